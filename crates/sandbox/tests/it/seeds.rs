//! Seeds and snapshots.

use kaizala_actions_sandbox::{Sandbox, StartError};
use serde_json::{Value, json};

use super::wire::{assert_lawful, get, post, posted, runtime, start};

fn seed() -> Value {
    json!({"groups": {
        "g": [
            {
                "body": {"actionType": "Job", "actionBody": {"title": "Doors", "assignedTo": ["+911234500001"]}},
                "actionId": "0d9c6a52-7be1-4f0a-8c35-1e42b7d9f608",
                "creationTime": 1_480_931_759,
                "responses": [{"body": {"actionType": "Job", "actionBody": {"isCompleted": true}}}],
            },
            {"body": {"actionType": "ShareLocation", "actionBody": {"latitude": 17.4, "longitude": 78.3}}},
        ],
        "empty": [],
    }})
}

#[test]
fn with_a_seed_only_its_groups_exist() {
    let sandbox = start(Sandbox::builder().seed(seed().to_string()));
    let jobs = get(&sandbox, "/v1/groups/g/actions?actionType=job").json();
    assert_eq!(jobs["actions"][0]["creationTime"], 1_480_931_759);
    assert_eq!(jobs["actions"][0]["actionBody"]["isCompleted"], true);
    assert_eq!(
        get(&sandbox, "/v1/groups/g/actions?actionType=shareLocation").json()["actions"][0]["actionBody"]
            ["latitude"],
        17.4
    );
    assert_eq!(
        get(&sandbox, "/v1/groups/empty/actions?actionType=job").status,
        200
    );
    for (method, path) in [
        ("GET", "/v1/groups/h/actions?actionType=job"),
        ("GET", "/v1/groups/h/actions/a"),
    ] {
        let answer = super::wire::send(sandbox.address(), method, path, "");
        assert_eq!(
            (answer.status, answer.json()["message"].as_str()),
            (404, Some(r#"there is no group "h""#)),
            "{path}"
        );
    }
    assert_eq!(
        post(
            &sandbox,
            "/v1/groups/h/actions",
            r#"{"actionType": "Image", "actionBody": {"mediaResource": "m"}}"#
        )
        .status,
        404
    );
    assert_lawful(&sandbox);
}

#[test]
fn a_bad_seed_says_where_and_why() {
    let refusal =
        |seed: Value| match runtime().block_on(Sandbox::builder().seed(seed.to_string()).start()) {
            Err(StartError::Seed(error)) => error.to_string(),
            other => panic!("{other:?}"),
        };
    let action = |body: Value| json!({"groups": {"a/b": [{"body": body}]}});
    for (seed, expected) in [
        (json!(1), "expected an object with the member `groups`"),
        (json!({"groups": {}, "other": 1}), "unknown field `other`"),
        (
            action(json!({"actionType": "Job", "actionBody": {"title": "Doors"}})),
            "/groups/a~1b/0/body: 1:34: error[KZ301]",
        ),
        (
            action(json!({"actionType": "PhotoWithLocation", "actionBody": {}})),
            "`imageUrl` is missing",
        ),
        (
            action(json!({"actionType": "Nothing", "actionBody": {}})),
            "unknown-action-type",
        ),
        (action(json!({"actionBody": {}})), "missing-selector"),
        (
            action(json!({"actionType": "LiveLocation", "actionBody": {}})),
            "unsupported-method: POST of LiveLocation",
        ),
    ] {
        let found = refusal(seed);
        assert!(found.contains(expected), "{found}\n{expected}");
    }
    let mut seed = seed();
    seed["groups"]["g"][0]["responses"][0]["body"] =
        json!({"actionType": "Survey", "actionBody": {"Answers": []}});
    assert_eq!(
        refusal(seed),
        "/groups/g/0/responses/0/body: the action is a Job, and this answers a Survey"
    );
}

#[test]
fn a_snapshot_is_restored_as_it_was_and_a_reset_goes_back_to_the_seed() {
    let sandbox = start(Sandbox::builder().deterministic(1).seed(seed().to_string()));
    let at_first = sandbox.snapshot();
    posted(
        &sandbox,
        "/v1/groups/g/actions",
        r#"{"actionType": "Image", "actionBody": {"mediaResource": "m"}}"#,
    );
    let snapshot = get(&sandbox, "/_sandbox/snapshot").json();
    assert_eq!(posted(&sandbox, "/_sandbox/reset", "")["actions"], 2);
    assert_eq!(sandbox.snapshot(), at_first);
    assert!(sandbox.exchanges().is_empty());
    assert_eq!(
        posted(&sandbox, "/_sandbox/restore", &snapshot.to_string())["actions"],
        3
    );
    assert_eq!(sandbox.snapshot(), snapshot);

    let other = start(Sandbox::builder());
    posted(&other, "/_sandbox/restore", &snapshot.to_string());
    assert_eq!(other.snapshot(), snapshot);
    let refused = post(&other, "/_sandbox/restore", "[]");
    assert_eq!(refused.status, 400);
    assert_eq!(
        other.snapshot(),
        snapshot,
        "nothing of a refused snapshot is taken"
    );
}

#[test]
fn exchanges_are_recorded_as_har_without_the_token() {
    let sandbox = start(Sandbox::builder());
    posted(
        &sandbox,
        "/v1/groups/g/actions",
        r#"{"actionType": "Image", "actionBody": {"mediaResource": "m"}}"#,
    );
    get(&sandbox, "/v1/groups/g/actions?actionType=image");
    let har = get(&sandbox, "/_sandbox/exchanges");
    assert!(!String::from_utf8_lossy(&har.body).contains("token-of-a-test"));
    let har = har.json();
    let entries = har["log"]["entries"].as_array().unwrap();
    assert_eq!(
        (har["log"]["version"].as_str(), entries.len()),
        (Some("1.2"), 2)
    );
    assert_eq!(
        entries[0]["request"]["postData"]["text"],
        r#"{"actionType": "Image", "actionBody": {"mediaResource": "m"}}"#
    );
    assert_eq!(
        entries[1]["request"]["queryString"],
        json!([{"name": "actionType", "value": "image"}])
    );
    assert_eq!(entries[1]["response"]["status"], 200);
    assert!(format!("{:?}", sandbox.exchanges()).contains("***"));
}
