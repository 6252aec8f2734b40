//! The state file, with the real program.

use std::{
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use kaizala_actions::sandbox::Sandbox;
use serde_json::json;

use super::wire::{get, post, posted, raw, request, runtime, send, start};

const PATH: &str = "/v1/groups/g/actions";
const JOB: &str =
    r#"{"actionType": "Job", "actionBody": {"title": "Doors", "assignedTo": ["+911234500001"]}}"#;

pub struct Server {
    pub child: Child,
    pub address: SocketAddr,
}

impl Server {
    pub fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kaizala-actions"));
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--quiet"])
            .args(arguments);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it runs");
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line
            .trim()
            .strip_prefix("http://")
            .and_then(|address| address.parse().ok())
            .expect("an address");
        Self { child, address }
    }

    pub fn health(&self) -> serde_json::Value {
        send(self.address, "GET", "/_sandbox/health", "").json()
    }

    pub fn signal(&self, name: &str) {
        let status = Command::new("kill")
            .args([name, &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(status.success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn with_state(file: &Path) -> Sandbox {
    start(Sandbox::builder().deterministic(5).state(file))
}

#[test]
fn the_state_outlives_the_sandbox() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.sqlite");
    let sandbox = with_state(&file);
    let id = posted(&sandbox, PATH, JOB)["actionId"]
        .as_str()
        .unwrap()
        .to_owned();
    let responses = format!("{PATH}/{id}/responses");
    let response = posted(
        &sandbox,
        &responses,
        r#"{"actionType": "Job", "actionBody": {"isCompleted": false}}"#,
    )["responseId"]
        .clone();
    let edit =
        json!({"actionType": "Job", "responseId": response, "actionBody": {"isCompleted": true}});
    posted(&sandbox, &responses, &edit.to_string());
    posted(
        &sandbox,
        PATH,
        r#"{"id": "com.example.inspection", "actionBody": {"title": "Round"}}"#,
    );
    let snapshot = sandbox.snapshot();
    drop(sandbox);

    let sandbox = with_state(&file);
    assert_eq!(sandbox.snapshot(), snapshot);
    // Ids and times go on where they were.
    let next = posted(&sandbox, PATH, JOB);
    assert_ne!(next["actionId"], id.as_str());
    let times: Vec<_> = sandbox.snapshot()["groups"]["g"]
        .as_array()
        .unwrap()
        .iter()
        .map(|action| action["creationTime"].as_i64().unwrap() - 1_514_764_800)
        .collect();
    assert_eq!(times, [0, 3, 4]);
    posted(&sandbox, "/_sandbox/reset", "");
    drop(sandbox);
    assert_eq!(with_state(&file).snapshot()["groups"], json!({}));
}

#[test]
fn a_file_in_use_or_of_another_kind_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.sqlite");
    let _sandbox = with_state(&file);
    let refusal = |file: &Path| {
        let error = runtime()
            .block_on(Sandbox::builder().state(file).start())
            .expect_err("it is refused");
        std::error::Error::source(&error).unwrap().to_string()
    };
    assert!(refusal(&file).contains("locked"), "{}", refusal(&file));
    let other = folder.path().join("other");
    std::fs::write(&other, "this is no database, and it is longer than a header of one would be at the very least, or so I hope").unwrap();
    assert!(
        refusal(&other).contains("not a database"),
        "{}",
        refusal(&other)
    );
    assert!(refusal(&folder.path().join("none/state")).contains("unable to open"));
}

#[test]
fn what_was_answered_is_there_after_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.sqlite");
    let arguments = ["--state", file.to_str().unwrap()];
    let mut server = Server::start(&arguments);
    let (address, answered) = (server.address, AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                while let Ok(answer) = raw(address, request("POST", PATH, JOB).as_bytes()) {
                    assert_eq!(answer.status, 200);
                    answered.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        let begun = Instant::now();
        while answered.load(Ordering::SeqCst) < 200 && begun.elapsed() < Duration::from_secs(20) {
            thread::sleep(Duration::from_millis(1));
        }
        // SIGKILL, in the middle of it.
        server.child.kill().unwrap();
    });
    let answered = answered.load(Ordering::SeqCst) as u64;
    assert!(answered >= 200, "{answered}");
    drop(server);
    let kept = Server::start(&arguments).health()["actions"]
        .as_u64()
        .unwrap();
    // Whoever got no answer may have been heard all the same: one for each client at most.
    assert!(
        (answered..=answered + 8).contains(&kept),
        "{answered} answered, {kept} kept"
    );
}

#[test]
fn sigterm_lets_what_is_under_way_end() {
    let mut server = Server::start(&[]);
    let address = server.address;
    let faults = r#"[{"kind": "latency", "milliseconds": 500}]"#;
    assert_eq!(send(address, "PUT", "/_sandbox/faults", faults).status, 200);
    thread::scope(|scope| {
        let slow = scope.spawn(|| send(address, "POST", PATH, JOB).status);
        thread::sleep(Duration::from_millis(150));
        server.signal("-TERM");
        assert_eq!(slow.join().unwrap(), 200);
    });
    assert!(server.child.wait().unwrap().success());
    assert!(raw(address, b"GET / HTTP/1.1\r\n\r\n").is_err());
}

#[test]
fn dropping_frees_the_port() {
    let sandbox = start(Sandbox::builder());
    let address = sandbox.address();
    assert_eq!(post(&sandbox, PATH, JOB).status, 200);
    drop(sandbox);
    let again = start(Sandbox::builder().listen(address));
    assert_eq!(get(&again, "/_sandbox/health").json()["actions"], 0);
}
