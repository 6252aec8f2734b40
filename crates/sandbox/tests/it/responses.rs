//! Responses: counts, completion, details, edits.

use kaizala_actions_sandbox::Sandbox;
use serde_json::{Value, json};

use super::wire::{assert_lawful, get, post, posted, start};

const PATH: &str = "/v1/groups/g/actions";

fn action(sandbox: &Sandbox, body: &str) -> String {
    posted(sandbox, PATH, body)["actionId"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn details(sandbox: &Sandbox, id: &str, query: &str) -> Value {
    get(sandbox, &format!("{PATH}/{id}{query}")).json()["actionDetails"].clone()
}

fn listed(sandbox: &Sandbox, id: &str) -> Value {
    get(sandbox, &format!("{PATH}?actionType={id}")).json()["actions"][0]["actionBody"].clone()
}

#[test]
fn a_job_is_complete_when_as_many_say_so_as_it_has_assignees() {
    let sandbox = start(Sandbox::builder());
    let job = r#"{"actionType": "Job", "actionBody": {"title": "Doors", "assignedTo": ["+911234500001", "+911234500002"]}}"#;
    let id = action(&sandbox, job);
    let respond = |body: &str| {
        posted(&sandbox, &format!("{PATH}/{id}/responses"), body)["responseId"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let state = || {
        let (job, details) = (listed(&sandbox, "job"), details(&sandbox, &id, ""));
        (
            job["responseCount"].clone(),
            job["isCompleted"].clone(),
            details["responseCount"].clone(),
            details["status"].clone(),
        )
    };
    assert_eq!(state(), (json!(0), json!(false), json!(0), json!(false)));
    respond(r#"{"actionType": "Job", "actionBody": {"isCompleted": true}}"#);
    let second = respond(r#"{"actionType": "Job", "actionBody": {"isCompleted": false}}"#);
    assert_eq!(state(), (json!(1), json!(false), json!(2), json!(false)));
    let edit = format!(
        r#"{{"actionType": "Job", "responseId": "{second}", "actionBody": {{"isCompleted": true}}}}"#
    );
    assert_eq!(respond(&edit), second);
    assert_eq!(state(), (json!(2), json!(true), json!(2), json!(true)));
    assert_eq!(
        details(&sandbox, &id, "")["assignee"][1],
        json!({"mobileNumber": "+911234500002"})
    );
    assert_lawful(&sandbox);
}

#[test]
fn single_answers_come_with_get_details_alone() {
    let sandbox = start(Sandbox::builder().deterministic(1));
    let survey = r#"{"actionType": "Survey", "actionBody": {"title": "Training", "dueDate": 2, "questions": [{"title": "Well?", "type": "Text"}]}}"#;
    let id = action(&sandbox, survey);
    for answer in ["yes", "no"] {
        let body = json!({"actionType": "Survey", "actionBody": {"Answers": [answer, 5, ["a"]]}})
            .to_string();
        posted(&sandbox, &format!("{PATH}/{id}/responses/"), &body);
    }
    assert!(
        details(&sandbox, &id, "?getDetails=false")
            .get("responses")
            .is_none()
    );
    let details = details(&sandbox, &id, "/?getDetails=true");
    assert_eq!(details["expiryDate"], "2018-01-01T02:00:00Z");
    assert_eq!(details["acceptMultipleResponses"], false);
    let responses: Vec<_> = details["responses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|response| response["response"].clone())
        .collect();
    assert_eq!(
        responses,
        [json!(["yes", 5, ["a"]]), json!(["no", 5, ["a"]])]
    );
    assert_eq!(listed(&sandbox, "survey")["responseCount"], 2);
    assert_lawful(&sandbox);
}

#[test]
fn a_response_is_to_an_action_of_its_kind_that_is_there() {
    let sandbox = start(Sandbox::builder());
    let job = action(
        &sandbox,
        r#"{"actionType": "Job", "actionBody": {"title": "Doors", "assignedTo": ["+911234500001"]}}"#,
    );
    let package = action(
        &sandbox,
        r#"{"id": "com.example.inspection.3", "actionBody": {"title": "Round"}}"#,
    );
    let refused = |path: &str, body: Value| {
        let answer = post(&sandbox, path, &body.to_string());
        (
            answer.status,
            answer.json()["message"].as_str().unwrap().to_owned(),
        )
    };
    let done = json!({"actionType": "Job", "actionBody": {"isCompleted": true}});
    let to = |id: &str| format!("{PATH}/{id}/responses");
    let survey = json!({"actionType": "Survey", "actionBody": {"Answers": []}});
    assert_eq!(
        refused(&to(&job), survey),
        (
            409,
            "the action is a Job, and this answers a Survey".to_owned()
        )
    );
    let (status, message) = refused(
        &to(&package),
        json!({"id": "com.example.other", "actionBody": {"Answers": []}}),
    );
    assert!(
        status == 409 && message.contains("com.example.other"),
        "{message}"
    );
    assert_eq!(refused(&to(&package), done.clone()).0, 409);
    let (status, message) = refused(&to("nothing"), done.clone());
    assert!(status == 404 && message.contains("no action"), "{message}");
    let mut edit = done;
    edit["responseId"] = json!("nothing");
    let (status, message) = refused(&to(&job), edit);
    assert!(
        status == 409 && message.contains("no response"),
        "{message}"
    );
    let elsewhere = get(&sandbox, &format!("/v1/groups/h/actions/{job}"));
    assert_eq!(elsewhere.status, 404);
    posted(
        &sandbox,
        &to(&package),
        r#"{"id": "com.example.inspection.3", "actionBody": {"Answers": ["Yes"]}}"#,
    );
    assert_lawful(&sandbox);
}
