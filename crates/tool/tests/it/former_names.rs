//! Names that an earlier version of the contract had, at everything that reads a name.

use kaizala_actions::body::BodyKind;
#[cfg(all(feature = "sandbox", unix))]
use kaizala_actions::operation::OperationId;

use crate::helpers::Folder;

/// A body that has a finding whichever kind it is read as.
const BODY: &str = r#"{"errorCode": 1, "surplus": 1}"#;

/// A way to have a name read. What it gives must be the same for the former and the present name.
type Reader = (&'static str, fn(&Folder, &str) -> String);

const READERS: &[Reader] = &[
    ("--as", |folder, name| {
        lint(folder, &["--as", name, "--format", "json", "a.json"])
    }),
    ("settings", |folder, name| {
        folder.write("kaizala-actions.toml", format!("as = {name:?}").as_bytes());
        lint(folder, &["--format", "json", "a.json"]) + &lint(folder, &["--print-config"])
    }),
    ("overrides", |folder, name| {
        let text = format!("[[overrides]]\npaths = [\"a.json\"]\nas = {name:?}");
        folder.write("kaizala-actions.toml", text.as_bytes());
        lint(folder, &["--format", "json", "a.json"]) + &lint(folder, &["--print-config"])
    }),
    ("baselines", |folder, name| {
        lint(folder, &["--as", name, "--write-baseline", "b", "a.json"]);
        folder.read("b")
    }),
    ("schema", |folder, name| folder.run(&["schema", name]).out),
    ("schema --draft", |folder, name| {
        folder.run(&["schema", "--draft", "7", name]).out
    }),
];

/// What `lint` prints, without the settings of the reader before.
fn lint(folder: &Folder, arguments: &[&str]) -> String {
    let answer = folder.run(&[&["lint"], arguments].concat());
    assert!(matches!(answer.code, Some(0 | 1)), "{}", answer.err);
    answer.out
}

#[test]
fn every_reader_takes_the_former_names_of_bodies_and_writes_the_present_one() {
    let mut tried = 0;
    for kind in BodyKind::ALL {
        for former in kind.former_names() {
            for (reader, read) in READERS {
                let given = |name| read(&Folder::with(&[("a.json", BODY)]), name);
                let (before, now) = (given(former), given(kind.name()));
                assert!(!now.is_empty(), "{reader}");
                assert_eq!(before, now, "{reader} of {former}");
                assert!(!before.contains(former), "{reader} writes {former}");
                tried += 1;
            }
            let help = Folder::empty().run(&["schema", "--help"]).out;
            assert!(help.contains(kind.name()) && !help.contains(former));
        }
    }
    assert_eq!(tried, 2 * READERS.len(), "two bodies had another name");
}

#[cfg(all(feature = "sandbox", unix))]
#[test]
fn faults_take_the_former_names_of_operations() {
    use crate::{http::send, server::Server};

    let mut tried = 0;
    for operation in OperationId::ALL {
        for former in operation.former_names() {
            let faults = format!(r#"[{{"kind": "failure", "operation": "{former}"}}]"#);
            let folder = Folder::with(&[("faults.json", &faults)]);
            let server = Server::start(&["--faults", &folder.path("faults.json")]);
            for put in [false, true] {
                if put {
                    let answer = send(server.address, "PUT", "/_sandbox/faults", &faults);
                    assert_eq!(answer.status, 200);
                }
                let set = send(server.address, "GET", "/_sandbox/faults", "").json();
                assert_eq!(set[0]["operation"], operation.as_str(), "{set}");
            }
            tried += 1;
        }
    }
    assert_eq!(tried, 1, "one operation had another name");
}

#[cfg(all(feature = "sandbox", unix))]
#[test]
fn a_state_file_names_no_operation_and_so_outlives_a_new_name() {
    use crate::{helpers::JOB, http::send, server::Server};

    let folder = Folder::empty();
    let path = folder.path("state");
    let server = Server::start(&["--state", &path]);
    let posted = send(server.address, "POST", "/v1/groups/g/actions", JOB).json();
    let id = posted["actionId"].as_str().expect("an id");
    let responses = format!("/v1/groups/g/actions/{id}/responses");
    let done = r#"{"actionType": "Job", "actionBody": {"isCompleted": true}}"#;
    assert_eq!(send(server.address, "POST", &responses, done).status, 200);
    drop(server);
    let state = folder.read("state");
    assert!(state.contains("isCompleted"), "{state}");
    let operations = OperationId::ALL.iter().map(|operation| operation.as_str());
    let bodies = BodyKind::ALL.iter().map(|kind| kind.name());
    for name in operations.chain(bodies) {
        assert!(!state.contains(name), "{name} in {state}");
    }
}
