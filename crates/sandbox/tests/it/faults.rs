//! Faults on purpose, as a client sees them.

use std::time::{Duration, Instant};

use kaizala_actions::{
    client::{Client, Error},
    operation::OperationId,
    types::ListableActionType,
};
use kaizala_actions_sandbox::{Fault, FaultKind, Sandbox};

use super::wire::{assert_lawful, connect, get, post, raw, request, runtime, send, start};

const PATH: &str = "/v1/groups/g/actions";
const IMAGE: &str = r#"{"actionType": "Image", "actionBody": {"mediaResource": "m"}}"#;

fn actions(sandbox: &Sandbox) -> u64 {
    get(sandbox, "/_sandbox/health").json()["actions"]
        .as_u64()
        .unwrap()
}

#[test]
fn each_fault_happens_to_its_operation_alone() {
    let sandbox = start(Sandbox::builder());
    let with = |kind| {
        sandbox
            .set_faults(vec![
                Fault::new(kind).operation(OperationId::PostAction).times(1),
            ])
            .unwrap();
    };
    let listed = || get(&sandbox, &format!("{PATH}?actionType=image")).status;

    with(FaultKind::Throttled { retry_after: 7 });
    assert_eq!(listed(), 200);
    let answer = post(&sandbox, PATH, IMAGE);
    assert_eq!(
        (answer.status, answer.header("retry-after")),
        (429, Some("7"))
    );

    with(FaultKind::Moved {
        location: "https://kms2.example.com".to_owned(),
    });
    let answer = post(&sandbox, PATH, IMAGE);
    assert_eq!(
        (answer.status, answer.header("location")),
        (308, Some("https://kms2.example.com"))
    );

    with(FaultKind::Failure);
    let answer = post(&sandbox, PATH, IMAGE);
    assert_eq!(
        (answer.status, answer.json()["errorCode"].as_str()),
        (500, Some("InternalServerError"))
    );

    with(FaultKind::Cut);
    assert!(raw(sandbox.address(), request("POST", PATH, IMAGE).as_bytes()).is_err());
    assert_eq!(actions(&sandbox), 0, "up to here nothing was done");

    with(FaultKind::CutAfter);
    assert!(raw(sandbox.address(), request("POST", PATH, IMAGE).as_bytes()).is_err());
    assert_eq!(actions(&sandbox), 1, "done, and the answer lost");
    assert_lawful(&sandbox);

    with(FaultKind::Truncated);
    let answer = post(&sandbox, PATH, IMAGE);
    assert_eq!(answer.status, 200);
    assert!(serde_json::from_slice::<serde_json::Value>(&answer.body).is_err());

    with(FaultKind::ListedAs {
        action_type: "Sticker".to_owned(),
    });
    assert_eq!(post(&sandbox, PATH, IMAGE).status, 200);
    sandbox
        .set_faults(vec![
            Fault::new(FaultKind::ListedAs {
                action_type: "Sticker".to_owned(),
            })
            .times(1),
        ])
        .unwrap();
    let types = || -> Vec<String> {
        let list = get(&sandbox, &format!("{PATH}?actionType=image")).json();
        list["actions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|action| action["actionType"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(types(), ["Image", "Image", "Sticker"]);
    assert_eq!(
        types(),
        ["Image", "Image", "Image"],
        "it is still the picture that it was"
    );

    with(FaultKind::Latency { milliseconds: 100 });
    let begun = Instant::now();
    assert_eq!(post(&sandbox, PATH, IMAGE).status, 200);
    assert!(begun.elapsed() >= Duration::from_millis(100));
    assert_eq!(
        post(&sandbox, PATH, IMAGE).status,
        200,
        "the fault is used up"
    );
}

#[test]
fn faults_can_be_set_over_http_and_strike_at_their_rate() {
    let sandbox = start(Sandbox::builder().deterministic(3));
    let answer = send(
        sandbox.address(),
        "PUT",
        "/_sandbox/faults",
        r#"[{"kind": "failure", "operation": "postAction", "rate": 0.5}]"#,
    );
    assert_eq!(answer.status, 200);
    let failed = (0..60)
        .filter(|_| post(&sandbox, PATH, IMAGE).status == 500)
        .count();
    assert!((15..=45).contains(&failed), "{failed}");
    assert_eq!(actions(&sandbox), 60 - failed as u64);
    let set = get(&sandbox, "/_sandbox/faults").json();
    for (text, expected) in [
        (r#"[{"kind": "fire"}]"#, "unknown variant `fire`"),
        (
            r#"[{"kind": "cut"}, {"kind": "cut", "rate": 7}]"#,
            "the rate is not from 0 to 1 at line 1 column",
        ),
        (
            r#"[{"kind": "cut", "operation": "sendAction"}]"#,
            "an operation is one of listActions",
        ),
        (
            r#"[{"kind": "moved", "location": "foo"}]"#,
            "http or https URL",
        ),
        (r#"{"kind": "cut"}"#, "expected a sequence"),
    ] {
        let answer = send(sandbox.address(), "PUT", "/_sandbox/faults", text);
        assert_eq!(answer.status, 400, "{text}");
        let message = answer.json()["message"].to_string();
        assert!(message.contains(expected), "{message}");
    }
    assert_eq!(
        get(&sandbox, "/_sandbox/faults").json(),
        set,
        "those that were set stay"
    );
}

type IsDocumented = fn(&Error) -> bool;

#[test]
fn the_client_reports_every_fault_as_the_documented_error_and_does_not_hang() {
    let moved = FaultKind::Moved {
        location: "https://kms2.example.com".to_owned(),
    };
    let table: [(FaultKind, IsDocumented); 7] = [
        (
            FaultKind::Throttled { retry_after: 1 },
            |error| matches!(error, Error::Throttled { retry_after: Some(wait), .. } if wait.as_secs() == 1),
        ),
        (
            moved,
            |error| matches!(error, Error::EndpointMoved { endpoint, .. } if endpoint == "https://kms2.example.com"),
        ),
        (
            FaultKind::Failure,
            |error| matches!(error, Error::Service { status, error, .. } if status.as_u16() == 500 && error.message.is_some()),
        ),
        (FaultKind::Cut, |error| {
            matches!(error, Error::Transport { .. })
        }),
        (FaultKind::CutAfter, |error| {
            matches!(error, Error::Transport { .. })
        }),
        (FaultKind::Truncated, |error| {
            matches!(error, Error::Contract { .. })
        }),
        (
            FaultKind::Latency {
                milliseconds: 30_000,
            },
            |error| matches!(error, Error::TimedOut { .. }),
        ),
    ];
    let sandbox = start(Sandbox::builder());
    let client = connect(
        &sandbox,
        Client::builder().timeout(Duration::from_millis(500)),
    );
    let begun = Instant::now();
    runtime().block_on(async {
        for (kind, is_documented) in table {
            sandbox.set_faults(vec![Fault::new(kind.clone())]).unwrap();
            let listed = client
                .list_actions()
                .group_id("g")
                .action_type(ListableActionType::Job)
                .send()
                .await;
            let error = listed.expect_err("a fault");
            assert!(is_documented(&error), "{kind:?}: {error:?}");
        }
    });
    assert!(begun.elapsed() < Duration::from_secs(5));
}
