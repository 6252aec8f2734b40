//! Every operation and every type of the contract, with the generated client.

use kaizala_actions::{
    contract,
    lint::Linter,
    support::{ActionType, Method},
    types::{ActionRequest, ListableActionType, ResponseRequest},
};
use kaizala_actions_sandbox::Sandbox;
use serde_json::{Value, json};

use super::wire::{assert_lawful, client, start};

const GROUP: &str = "5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2";

/// The examples of the alternatives of a union of the document.
fn examples(union: &str) -> Vec<Value> {
    let document = contract::document();
    let schemas = &document["components"]["schemas"];
    let references = schemas[union]["oneOf"]
        .as_array()
        .unwrap()
        .iter()
        .map(|alternative| alternative["$ref"].as_str().unwrap());
    references
        .map(|reference| schemas[reference.rsplit('/').next().unwrap()]["example"].clone())
        .collect()
}

/// Whether the list of a type says the ids of its actions.
fn is_listed_with_id(name: &str) -> bool {
    let examples = examples("ListedAction");
    let mut listed = examples.iter();
    listed.any(|it| it["actionType"] == name && it["actionBody"].get("actionId").is_some())
}

#[test]
fn every_type_is_posted_listed_detailed_and_answered() {
    let sandbox = start(Sandbox::builder());
    let client = client(&sandbox);
    super::wire::runtime().block_on(async {
        let mut with_id = Vec::new();
        let news = examples("ActionRequest");
        for example in &news {
            let action: ActionRequest = serde_json::from_value(example.clone()).unwrap();
            let posted = client
                .post_action()
                .group_id(GROUP)
                .body(action)
                .send()
                .await
                .unwrap()
                .into_inner();
            let type_or_package = [&example["actionType"], &example["id"]]
                .into_iter()
                .find_map(Value::as_str)
                .unwrap()
                .to_owned();
            with_id.extend(posted.action_id.clone().map(|id| (type_or_package, id)));
        }
        let names: Vec<_> = with_id.iter().map(|(name, _)| name.as_str()).collect();
        let package = news
            .iter()
            .find_map(|example| example["id"].as_str())
            .unwrap();
        let posted = news
            .iter()
            .filter_map(|example| example["actionType"].as_str());
        let listed_with_id = posted.filter(|name| is_listed_with_id(name));
        assert_eq!(names, listed_with_id.chain([package]).collect::<Vec<_>>());
        assert!(names.starts_with(&["Job", "Survey", "LetsMeet", "Poll"]));

        for id in ListableActionType::ALL {
            let list = client
                .list_actions()
                .group_id(GROUP)
                .action_type(*id)
                .send()
                .await
                .unwrap()
                .into_inner();
            let expected = usize::from(ActionType::from(*id).supports(Method::Post));
            assert_eq!(
                (list.actions.len(), list.has_more),
                (expected, Some(false)),
                "{id}"
            );
        }
        for (name, id) in &with_id {
            let details = client
                .get_action()
                .group_id(GROUP)
                .action_id(id)
                .get_details(true)
                .send()
                .await
                .unwrap()
                .into_inner();
            assert_eq!(details.action_id.as_ref(), Some(id), "{name}");
        }
        for mut example in examples("ResponseRequest") {
            let of = example["actionType"].as_str().unwrap_or(package).to_owned();
            if example.get("id").is_some() {
                example["id"] = json!(package);
            }
            let (_, id) = with_id.iter().find(|(name, _)| *name == of).unwrap();
            let response: ResponseRequest = serde_json::from_value(example).unwrap();
            let answered = client
                .respond_to_action()
                .group_id(GROUP)
                .action_id(id)
                .body(response)
                .send()
                .await
                .unwrap();
            assert_eq!(answered.response_id.len(), 36);
        }
    });
    assert_lawful(&sandbox);
}

#[test]
fn types_that_can_only_be_listed_come_from_a_seed() {
    let listed = examples("ListedAction");
    let only_listed: Vec<_> = listed
        .iter()
        .filter(|example| !example["actionType"].as_str().unwrap().parse::<ActionType>().unwrap().supports(Method::Post))
        .map(|example| json!({"body": {"actionType": example["actionType"], "actionBody": example["actionBody"]}}))
        .collect();
    let ids = ListableActionType::ALL.iter().copied();
    let ids = ids.filter(|id| !ActionType::from(*id).supports(Method::Post));
    assert_eq!(only_listed.len(), ids.clone().count());
    let sandbox =
        start(Sandbox::builder().seed(json!({"groups": {GROUP: only_listed}}).to_string()));
    let client = client(&sandbox);
    super::wire::runtime().block_on(async {
        for id in ids {
            let list = client
                .list_actions()
                .group_id(GROUP)
                .action_type(id)
                .send()
                .await
                .unwrap()
                .into_inner();
            assert_eq!(list.actions.len(), 1, "{id}");
        }
    });
    assert_lawful(&sandbox);
}

#[test]
fn what_is_posted_in_a_lenient_spelling_is_listed_in_the_canonical_one() {
    let sandbox = start(Sandbox::builder().deterministic(1));
    let path = "/v1/groups/g/actions";
    let body = r#"{"ActionType": "letsmeet", "actionBody": {"TITLE": "Kick-off", "startingTime": "2018-01-01T09:00:00Z",
        "duration": 45.0, "agenda": null, "Place": {"Name": "Room 3"}, "isSenderOnly": true}}"#;
    super::wire::posted(&sandbox, path, body);
    // Undeclared members of the request that have names of the answer, and other types than it
    // wants.
    let body = r#"{"actionType": "Poll", "actionBody": {"question": "Where?", "choices": [{"title": "Here"}], "isSenderOnly": "yes"}}"#;
    super::wire::posted(&sandbox, path, body);
    let list = super::wire::get(&sandbox, &format!("{path}?actionType=letsmeet")).json();
    let mut listed = list["actions"][0]["actionBody"].clone();
    listed.as_object_mut().unwrap().remove("actionId");
    let expected = json!({"title": "Kick-off", "startingTime": "2018-01-01T09:00:00Z", "duration": 45, "isSenderOnly": true,
        "place": {"name": "Room 3"}});
    assert_eq!(listed, expected);
    let list = super::wire::get(&sandbox, &format!("{path}?actionType=poll")).json();
    assert_eq!(list["actions"][0]["actionBody"]["isSenderOnly"], false);
    assert_lawful(&sandbox);
}

#[test]
fn what_is_allowed_on_purpose_is_taken_and_cannot_be_listed() {
    let sandbox = start(
        Sandbox::builder().linter(
            Linter::new()
                .allow("announcement", Method::Post)
                .allow("Album", Method::Post),
        ),
    );
    for name in ["Announcement", "Album"] {
        let posted = super::wire::posted(
            &sandbox,
            "/v1/groups/g/actions",
            &json!({"actionType": name, "actionBody": {}}).to_string(),
        );
        assert_eq!(posted.get("actionId"), None);
    }
    let restored = super::wire::posted(
        &sandbox,
        "/_sandbox/restore",
        &sandbox.snapshot().to_string(),
    );
    assert_eq!(restored["actions"], 2);
    assert_eq!(
        super::wire::get(&sandbox, "/v1/groups/g/actions?actionType=album").status,
        400
    );
    assert_lawful(&sandbox);
}
