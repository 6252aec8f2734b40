//! The enums that the unions of the contract become.

use kaizala_actions::types::{
    ActionDetails, ActionList, ActionRequest, JobRequest, ListedAction, PostedAction,
    PostedResponse, ResponseRequest, ServiceError,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

fn error_of<T: DeserializeOwned>(value: Value) -> String {
    serde_json::from_value::<T>(value)
        .err()
        .unwrap()
        .to_string()
}

#[test]
fn a_malformed_alternative_is_named_by_its_tag() {
    let listed = |body| json!({"referenceId": "r", "actionType": "Job", "actionBody": body});
    assert_eq!(
        error_of::<ListedAction>(listed(json!({"actionId": "a"}))),
        "actionType Job: missing field title"
    );
    assert_eq!(
        error_of::<ListedAction>(listed(json!({"actionId": "a", "title": 1}))),
        "actionType Job: invalid type: integer 1, expected a string"
    );
    assert_eq!(
        error_of::<ActionRequest>(json!({"actionType": "Poll"})),
        "actionType Poll: missing field actionBody"
    );
    assert_eq!(
        error_of::<ResponseRequest>(json!({"actionType": "Survey", "actionBody": {}})),
        "actionType Survey: missing field Answers"
    );
}

#[test]
fn the_alternative_without_the_tag_is_named_by_that() {
    assert_eq!(
        error_of::<ActionRequest>(json!({"actionBody": {}})),
        "no actionType: missing field id"
    );
    let package: ActionRequest =
        serde_json::from_value(json!({"id": "com.example.checklist", "actionBody": {}})).unwrap();
    assert!(matches!(package, ActionRequest::Package(_)));
    assert_eq!(
        serde_json::to_value(package).unwrap(),
        json!({"id": "com.example.checklist", "actionBody": {}})
    );
}

#[test]
fn a_closed_union_refuses_a_tag_that_it_does_not_have() {
    assert_eq!(
        error_of::<ResponseRequest>(json!({"actionType": "Poll", "actionBody": {}})),
        r#"actionType "Poll" is not one of Job, Survey"#
    );
    assert_eq!(
        error_of::<ResponseRequest>(json!({"actionType": null})),
        "actionType null is not one of Job, Survey"
    );
}

#[test]
fn an_open_union_keeps_the_whole_object() {
    let object = json!({"b": [1, {"x": null}], "actionType": "Hologram", "a": 2.5});
    let action: ListedAction = serde_json::from_value(object.clone()).unwrap();
    assert!(matches!(&action, ListedAction::Unknown(kept) if kept["actionType"] == "Hologram"));
    assert_eq!(serde_json::to_value(&action).unwrap(), object);
    // Not so without a tag, or with one that is no text: that is no action at all.
    assert_eq!(
        error_of::<ListedAction>(json!({"referenceId": "r"})),
        "missing field actionType"
    );
    assert!(
        error_of::<ListedAction>(json!({"actionType": 5}))
            .starts_with("actionType 5 is not one of Image, ")
    );
}

#[test]
fn an_alternative_converts_into_its_union() {
    let job = JobRequest::new("Check the doors", ["+911234500001"]);
    let action = ActionRequest::from(job.clone());
    assert_eq!(action, ActionRequest::Job(job));
    assert_eq!(
        serde_json::to_string(&action).unwrap(),
        r#"{"actionType":"Job","actionBody":{"assignedTo":["+911234500001"],"title":"Check the doors"}}"#
    );
}

/// Serialising and deserialising again is the identity, for every example of the contract.
#[test]
fn every_example_of_the_contract_survives() {
    fn check<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(example: &Value) {
        let value: T = serde_json::from_value(example.clone())
            .unwrap_or_else(|error| panic!("{error}: {example}"));
        let again: T = serde_json::from_value(serde_json::to_value(&value).unwrap()).unwrap();
        assert_eq!(value, again);
    }

    let document: Value = serde_json::from_str(kaizala_actions::contract::JSON).unwrap();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let checks: [(_, fn(&Value)); 8] = [
        ("ActionList", check::<ActionList>),
        ("ListedAction", check::<ListedAction>),
        ("ActionRequest", check::<ActionRequest>),
        ("PostedAction", check::<PostedAction>),
        ("ActionDetails", check::<ActionDetails>),
        ("ResponseRequest", check::<ResponseRequest>),
        ("PostedResponse", check::<PostedResponse>),
        ("ServiceError", check::<ServiceError>),
    ];
    for (name, check) in checks {
        check(&schemas[name]["example"]);
        for alternative in schemas[name]["oneOf"].as_array().into_iter().flatten() {
            let pointer = alternative["$ref"]
                .as_str()
                .unwrap()
                .trim_start_matches('#');
            check(&document.pointer(pointer).unwrap()["example"]);
        }
    }
}
