//! The state file.

use std::path::Path;

use kaizala_actions_sandbox::Sandbox;
use serde_json::json;

use super::wire::{get, post, posted, runtime, start};

const PATH: &str = "/v1/groups/g/actions";
const JOB: &str =
    r#"{"actionType": "Job", "actionBody": {"title": "Doors", "assignedTo": ["+911234500001"]}}"#;

fn with_state(file: &Path) -> Sandbox {
    start(Sandbox::builder().deterministic(5).state(file))
}

#[test]
fn the_state_outlives_the_sandbox() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state");
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
    let file = folder.path().join("state");
    let _sandbox = with_state(&file);
    let refusal = |file: &Path| {
        let error = runtime()
            .block_on(Sandbox::builder().state(file).start())
            .expect_err("it is refused");
        std::error::Error::source(&error).unwrap().to_string()
    };
    assert!(refusal(&file).contains("locked"), "{}", refusal(&file));
    let other = folder.path().join("other");
    std::fs::write(&other, "{}").unwrap();
    assert!(
        refusal(&other).contains("not a state file"),
        "{}",
        refusal(&other)
    );
    std::fs::write(&other, "SQLite format 3\0 and so on").unwrap();
    let sqlite = refusal(&other);
    assert!(sqlite.contains("an earlier version"), "{sqlite}");
    assert!(refusal(&folder.path().join("none/state")).contains("No such file"));
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
