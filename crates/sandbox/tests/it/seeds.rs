//! Seeds and snapshots.

use std::collections::HashSet;

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
fn ids_are_neither_repeated_nor_empty() {
    let job = |more: &str| {
        format!(
            r#"{{"body": {{"actionType": "Job", "actionBody": {{"title": "Doors", "assignedTo": ["+911234500001"]}}}}{more}}}"#
        )
    };
    let done = r#"{"body": {"actionType": "Job", "actionBody": {"isCompleted": true}}, "responseId": "ID"}"#;
    let answered = |id: &str, more: &str| {
        let done = done.replace("ID", id);
        job(&format!(r#", "responses": [{done}{more}]"#))
    };
    let groups = |groups: &[(&str, Vec<String>)]| {
        let groups = groups
            .iter()
            .map(|(name, actions)| format!(r#""{name}": [{}]"#, actions.join(", ")));
        format!(
            r#"{{"groups": {{{}}}}}"#,
            groups.collect::<Vec<_>>().join(", ")
        )
    };
    let [reference, action] =
        ["referenceId", "actionId"].map(|name| job(&format!(r#", "{name}": "a""#)));
    let sandbox =
        start(Sandbox::builder().seed(groups(&[("g", vec![reference.clone(), action.clone()])])));
    let before = sandbox.snapshot();
    for (document, expected) in [
        (
            groups(&[("g", vec![action.clone(), action.clone()])]),
            "/groups/g/1/actionId: the id",
        ),
        (
            groups(&[("g", vec![action.clone()]), ("h/~", vec![job(""), action])]),
            "/groups/h~1~0/1/actionId: the id",
        ),
        (
            groups(&[("g", vec![reference.clone(), reference])]),
            "/groups/g/1/referenceId: the id",
        ),
        (
            groups(&[("g", vec![answered("r", ""), answered("r", "")])]),
            "/groups/g/1/responses/0/responseId: the id",
        ),
        (
            groups(&[(
                "g",
                vec![answered("r", &format!(", {}", done.replace("ID", "r")))],
            )]),
            "/groups/g/0/responses/1/responseId: the id",
        ),
        (
            groups(&[("g", vec![job(r#", "actionId": """#)])]),
            "/groups/g/0/actionId: the id is empty",
        ),
        (
            groups(&[("g", vec![job(r#", "referenceId": """#)])]),
            "/groups/g/0/referenceId: the id is empty",
        ),
        (
            groups(&[("g", vec![answered("", "")])]),
            "/groups/g/0/responses/0/responseId: the id is empty",
        ),
        (
            groups(&[("g", vec![job("")]), ("g", vec![])]),
            "the group \"g\" is there twice",
        ),
        (groups(&[("", vec![job("")])]), "a group without a name"),
    ] {
        let refused = post(&sandbox, "/_sandbox/restore", &document);
        let message = refused.json()["message"].as_str().unwrap().to_owned();
        assert_eq!(refused.status, 400, "{document}");
        assert!(message.contains(expected), "{message}, not {expected}");
    }
    assert_eq!(sandbox.snapshot(), before);
}

#[test]
fn an_id_that_is_made_is_none_that_was_given() {
    let sandbox = start(Sandbox::builder().deterministic(9));
    let path = "/v1/groups/g/actions";
    let job = r#"{"actionType": "Job", "actionBody": {"title": "Doors", "assignedTo": ["+911234500001"]}}"#;
    let done = r#"{"actionType": "Job", "actionBody": {"isCompleted": true}}"#;
    let respond = |sandbox: &Sandbox, action: &Value| {
        let id = action["actionId"].as_str().unwrap();
        posted(sandbox, &format!("{path}/{id}/responses"), done);
    };
    for _ in 0..20 {
        let action = posted(&sandbox, path, job);
        respond(&sandbox, &action);
    }
    // Of what it has made, only the later half is there, and it counts from there.
    let mut snapshot = sandbox.snapshot();
    let actions = snapshot["groups"]["g"].as_array_mut().unwrap();
    actions.drain(..10);
    // One without ids, before those that have them.
    actions.insert(
        0,
        json!({"body": serde_json::from_str::<Value>(job).unwrap()}),
    );
    posted(&sandbox, "/_sandbox/restore", &snapshot.to_string());
    for _ in 0..40 {
        let action = posted(&sandbox, path, job);
        respond(&sandbox, &action);
    }
    let snapshot = sandbox.snapshot();
    let actions = snapshot["groups"]["g"].as_array().unwrap();
    let ids = |name: &str| -> HashSet<_> {
        actions
            .iter()
            .map(|action| action[name].to_string())
            .collect()
    };
    assert_eq!([ids("actionId").len(), ids("referenceId").len()], [51, 51]);
    let responses = actions
        .iter()
        .filter_map(|action| action["responses"].as_array())
        .flatten();
    let responses: HashSet<_> = responses
        .map(|response| response["responseId"].to_string())
        .collect();
    assert_eq!(responses.len(), 50);
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
