//! The client over a real socket: what it sends, what it makes of answers, and what it does not
//! send.

use std::{error::Error as _, future::IntoFuture as _};

use crate::loopback::Loopback;
use kaizala_actions::{
    body::BodyKind,
    client::{AccessToken, Client, Error},
    operation::OperationId,
    support::{ActionType, Method},
    types::{self, ActionRequest, ListableActionType, ListedAction, QuestionType, ResponseRequest},
};
use serde_json::{Value, json};

const TOKEN: &str = "token-of-the-tests";
const GROUP: &str = "5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2";
const ACTION: &str = "0d9c6a52-7be1-4f0a-8c35-1e42b7d9f608";

fn connect(server: &Loopback) -> Client {
    Client::connect(&server.endpoint(), token()).unwrap()
}

fn token() -> AccessToken {
    AccessToken::new(TOKEN).unwrap()
}

fn document() -> Value {
    serde_json::from_str(kaizala_actions::contract::JSON).unwrap()
}

/// The example of a schema of the contract.
fn example(schema: &str) -> Value {
    document()["components"]["schemas"][schema]["example"].clone()
}

/// The examples of a union's alternatives, by the name of the schema.
fn alternatives(union: &str) -> Vec<(String, Value)> {
    let document = document();
    let references = document["components"]["schemas"][union]["oneOf"]
        .as_array()
        .unwrap();
    references
        .iter()
        .map(|reference| {
            reference["$ref"]
                .as_str()
                .unwrap()
                .rsplit('/')
                .next()
                .unwrap()
                .to_owned()
        })
        .map(|schema| (schema.clone(), example(&schema)))
        .collect()
}

#[tokio::test]
async fn list_actions_asks_and_understands_every_listed_type() {
    let alternatives = alternatives("ListedAction");
    assert_eq!(alternatives.len(), ListableActionType::ALL.len());
    for (&action_type, (schema, example)) in ListableActionType::ALL.iter().zip(alternatives) {
        let body = json!({"actions": [&example], "hasMore": true});
        let server = Loopback::with_body(&body.to_string());

        let list = connect(&server)
            .list_actions()
            .group_id(GROUP)
            .action_type(action_type)
            .send()
            .await
            .unwrap()
            .into_inner();

        assert!(server.request().starts_with(&format!(
            "GET /v1/groups/{GROUP}/actions?actionType={action_type} HTTP/1.1\n"
        )));
        assert_eq!(list.has_more, Some(true));
        assert!(
            !matches!(list.actions[..], [ListedAction::Unknown(_)]),
            "{schema}"
        );
        assert_eq!(serde_json::to_value(&list).unwrap(), body, "{schema}");
    }
}

#[tokio::test]
async fn list_actions_sends_the_query() {
    let server = Loopback::with_body(r#"{"actions": []}"#);
    let client = connect(&server);
    let request = client
        .list_actions()
        .group_id(GROUP)
        .action_type(ListableActionType::Image);
    let list = request
        .from_date(1_512_086_400)
        .count(10)
        .send()
        .await
        .unwrap();
    assert_eq!((list.actions.len(), list.has_more), (0, None));
    insta::assert_snapshot!("wire@list_actions", server.request());
}

#[tokio::test]
async fn a_listed_type_that_the_contract_does_not_have_is_kept() {
    let body = json!({"actions": [
        {"referenceId": "6f1d2b94-0c7e-4c55-9a3b-d82e5f60b117", "actionType": "Hologram", "actionBody": {"rays": [1, 2.5, null]}},
    ]});
    let server = Loopback::with_body(&body.to_string());
    let list = connect(&server)
        .list_actions()
        .group_id(GROUP)
        .action_type(ListableActionType::Job)
        .send()
        .await
        .unwrap();
    assert!(
        matches!(&list.actions[..], [ListedAction::Unknown(object)] if object["actionType"] == "Hologram")
    );
    assert_eq!(serde_json::to_value(&*list).unwrap(), body);
}

#[tokio::test]
async fn post_action_sends_every_type_and_the_package() {
    for (schema, example) in alternatives("ActionRequest") {
        let server = Loopback::with_body(&self::example("PostedAction").to_string());
        let action: ActionRequest = serde_json::from_value(example.clone()).unwrap();

        let posted = connect(&server)
            .post_action()
            .group_id(GROUP)
            .body(action)
            .send()
            .await
            .unwrap();

        assert_eq!(
            serde_json::to_value(&*posted).unwrap(),
            self::example("PostedAction")
        );
        insta::assert_snapshot!(format!("wire@post_action-{schema}"), server.request());
    }
}

#[tokio::test]
async fn get_action_sends_the_query_and_keeps_undeclared_members() {
    let mut body = example("ActionDetails");
    body["actionDetails"]["priority"] = json!({"level": 2});
    let server = Loopback::with_body(&body.to_string());

    let details = connect(&server)
        .get_action()
        .group_id(GROUP)
        .action_id(ACTION)
        .get_details(true)
        .send()
        .await
        .unwrap();

    assert_eq!(
        details.action_details.extra["priority"],
        json!({"level": 2})
    );
    assert_eq!(serde_json::to_value(&*details).unwrap(), body);
    insta::assert_snapshot!("wire@get_action", server.request());
}

#[tokio::test]
async fn respond_to_action_sends_every_kind_of_answer() {
    for (schema, example) in alternatives("ResponseRequest") {
        let server = Loopback::with_body(&self::example("PostedResponse").to_string());
        let response: ResponseRequest = serde_json::from_value(example).unwrap();

        let client = connect(&server);
        let request = client
            .respond_to_action()
            .group_id(GROUP)
            .action_id(ACTION)
            .body(response);
        let posted = request.send().await.unwrap();

        assert_eq!(
            serde_json::to_value(&*posted).unwrap(),
            self::example("PostedResponse")
        );
        insta::assert_snapshot!(format!("wire@respond_to_action-{schema}"), server.request());
    }
}

#[tokio::test]
async fn an_endpoint_may_end_in_a_slash_and_in_v1() {
    for (tail, path) in [
        ("", "/v1"),
        ("/", "/v1"),
        ("/v1", "/v1"),
        ("/v1/", "/v1"),
        ("/proxy", "/proxy/v1"),
        ("/proxy/v1/", "/proxy/v1"),
    ] {
        let server = Loopback::with_body(r#"{"actionDetails": {}}"#);
        let client = Client::connect(&format!("{}{tail}", server.endpoint()), token()).unwrap();
        client
            .get_action()
            .group_id(GROUP)
            .action_id(ACTION)
            .send()
            .await
            .unwrap();
        assert!(
            server.request().starts_with(&format!(
                "GET {path}/groups/{GROUP}/actions/{ACTION} HTTP/1.1\n"
            )),
            "{tail}"
        );
    }
}

#[test]
fn an_endpoint_over_tls_is_taken() {
    Client::connect("https://api.kaiza.la", token()).unwrap();
}

#[test]
fn what_is_no_http_url_is_no_endpoint() {
    let table = [
        (
            "api.kaiza.la",
            r#"the endpoint "api.kaiza.la" is not a URL; write it as in https://api.kaiza.la"#,
        ),
        (
            "",
            r#"the endpoint "" is not a URL; write it as in https://api.kaiza.la"#,
        ),
        (
            "ftp://api.kaiza.la",
            r#"the endpoint "ftp://api.kaiza.la" is neither http nor https"#,
        ),
        (
            "https://me:secret@api.kaiza.la",
            "the endpoint has a user name, a query or a fragment; write it as in https://api.kaiza.la",
        ),
        (
            "https://api.kaiza.la?v=1",
            "the endpoint has a user name, a query or a fragment; write it as in https://api.kaiza.la",
        ),
        (
            "https://api.kaiza.la#v1",
            "the endpoint has a user name, a query or a fragment; write it as in https://api.kaiza.la",
        ),
    ];
    for (endpoint, message) in table {
        let error = Client::connect(endpoint, token()).unwrap_err();
        assert_eq!(error.to_string(), "the endpoint cannot be used");
        assert_eq!(error.source().unwrap().to_string(), message);
        assert!(!format!("{error:?}").contains("secret"));
    }
}

#[test]
fn what_cannot_be_a_token_is_none() {
    for text in [
        "",
        "Bearer token",
        "two\nlines",
        "carriage\rreturn",
        "nul\0",
        "bäh",
    ] {
        let error = AccessToken::new(text).unwrap_err();
        assert_eq!(
            error.to_string(),
            "an access token is printable ASCII without spaces, and without a word such as Bearer in front of it"
        );
    }
}

#[tokio::test]
async fn a_body_that_breaks_the_contract_is_not_sent() {
    let survey = types::SurveyRequest::new(
        "How was it?",
        [types::Question::new(
            "Would you come again?",
            QuestionType::SingleOption,
        )],
    );
    let mut meeting = types::LetsMeetRequest::new(
        "Kick-off",
        "2018-01-01T09:00:00Z"
            .parse::<chrono::DateTime<chrono::Utc>>()
            .unwrap(),
    );
    let mut place = types::MeetingPlace::default();
    (place.latitude, place.longitude) = (Some(200.0), Some(78.3));
    meeting.action_body.place = Some(place);

    for (action, name) in [
        (ActionRequest::from(survey), "options-required"),
        (ActionRequest::from(meeting), "out-of-range"),
    ] {
        let server = Loopback::with_body(&example("PostedAction").to_string());
        let error = connect(&server)
            .post_action()
            .group_id(GROUP)
            .body(action)
            .send()
            .await
            .unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("postAction: not sent, since it is not a post-action.request: "),
            "{error}"
        );
        let Error::Refused { report, .. } = error else {
            panic!("{error:?}")
        };
        assert!(
            report
                .findings
                .iter()
                .any(|finding| finding.rule.name == name),
            "{report}"
        );
        assert_eq!(server.requests(), Vec::<String>::new());
    }
}

/// A typed caller cannot write these down.
#[tokio::test]
async fn a_type_that_the_matrix_does_not_post_is_not_sent() {
    for row in kaizala_actions::support::rows() {
        let server = Loopback::with_body(&example("PostedAction").to_string());
        let body = json!({"actionType": row.body_value, "actionBody": {}}).to_string();

        let refused = connect(&server)
            .send_raw(OperationId::PostAction, &[GROUP], body.into_bytes())
            .await
            .unwrap_err();

        let Error::Refused { report, .. } = refused else {
            panic!("{refused:?}")
        };
        let is_refused_by_matrix = report
            .findings
            .iter()
            .any(|finding| finding.rule.name == "unsupported-method");
        assert_eq!(is_refused_by_matrix, !row.post, "{}: {report}", row.label);
        assert!(server.requests().is_empty(), "{}", row.label);
    }
}

#[tokio::test]
async fn a_raw_body_is_sent_byte_for_byte() {
    let server = Loopback::with_body(r#"{"referenceId": "r", "later": {"b": 1, "a": 2}}"#);
    let body = r#"{ "actionType":"job", "actionBody":{"title":"Check", "assignedTo":["+911234500001"], "colour":"red"} }"#;
    let answer = connect(&server)
        .send_raw(OperationId::PostAction, &["a b@2"], body.into())
        .await
        .unwrap();
    assert_eq!(
        answer.to_string(),
        r#"{"referenceId":"r","later":{"b":1,"a":2}}"#
    );
    let request = server.request();
    assert!(
        request.starts_with("POST /v1/groups/a%20b@2/actions HTTP/1.1\n")
            && request.ends_with(body),
        "{request}"
    );
}

#[tokio::test]
async fn a_raw_body_needs_its_parameters_and_an_operation_that_takes_it() {
    let client = Client::connect("http://127.0.0.1:1", token()).unwrap();
    let job = example("JobResponseRequest").to_string();
    for (operation, path) in [
        (OperationId::RespondToAction, &[GROUP][..]),
        (OperationId::RespondToAction, &[GROUP, ACTION, GROUP][..]),
        (OperationId::ListActions, &[GROUP][..]),
        (OperationId::GetAction, &[GROUP, ACTION][..]),
    ] {
        let error = client
            .send_raw(operation, path, job.clone().into_bytes())
            .await
            .unwrap_err();
        assert!(matches!(error, Error::InvalidRequest { .. }), "{error:?}");
    }
}

#[test]
fn the_query_enum_is_the_column_of_the_matrix() {
    for row in kaizala_actions::support::rows() {
        match ListableActionType::try_from(row.action_type) {
            Ok(listable) => {
                assert!(row.get);
                let id = listable.to_string();
                assert_eq!((Some(id.as_str()), id.parse()), (row.id, Ok(listable)));
                assert_eq!(ActionType::from(listable), row.action_type);
            }
            Err(unsupported) => {
                assert!(!row.get);
                assert_eq!(
                    (unsupported.action_type, unsupported.method),
                    (row.action_type, Method::Get)
                );
            }
        }
    }
}

#[test]
fn names_are_read_as_they_are_written() {
    use kaizala_actions::{
        contract::Type,
        lint::{Part, Severity},
    };
    fn check<T: ToString + std::str::FromStr + PartialEq + std::fmt::Debug>(all: &[T])
    where
        T::Err: std::fmt::Debug,
    {
        for value in all {
            assert_eq!(&value.to_string().parse::<T>().unwrap(), value);
        }
        assert!("unheard".parse::<T>().is_err() && "".parse::<T>().is_err());
    }
    check(&Severity::ALL);
    check(&Part::ALL);
    check(&Type::ALL);
    check(&[Method::Get, Method::Post]);
    check(ActionType::ALL);
    check(BodyKind::ALL);
    check(OperationId::ALL);
    check(ListableActionType::ALL);
    check(&[QuestionType::Date, QuestionType::AttachmentList]);
    check(&[types::PropertyTypeName::StringSet]);
    let unknown = "Job posting".parse::<ListableActionType>().unwrap_err();
    let ids = ListableActionType::ALL.iter().map(ToString::to_string);
    let ids = ids.collect::<Vec<_>>().join(", ");
    assert_eq!(unknown.to_string(), format!("a type is one of {ids}"));
}

#[test]
fn every_operation_that_sends_a_body_is_checked() {
    // The check finds the kind of body by the name of the operation, so the names have to agree.
    let operations = [
        "list_actions",
        "post_action",
        "get_action",
        "respond_to_action",
    ];
    for kind in BodyKind::ALL.iter().filter(|kind| kind.is_request()) {
        let name = kind
            .name()
            .strip_suffix(".request")
            .unwrap()
            .replace('-', "_");
        assert!(operations.contains(&name.as_str()), "{kind}");
    }
}

/// Holds when it compiles.
#[test]
fn a_client_goes_everywhere() {
    fn is_shared<T: Clone + Send + Sync + 'static>() {}
    fn is_sent<T: Send>(_: T) {}
    is_shared::<Client>();
    is_shared::<AccessToken>();
    is_sent::<Option<Error>>(None);
    is_shared::<kaizala_actions::client::ClientBuilder>();
    is_shared::<kaizala_actions::client::ListAll>();
    let client = Client::connect("http://127.0.0.1:1", token()).unwrap();
    is_sent(client.get_action().send());
    is_sent(client.list_all(GROUP, ListableActionType::Job).stream());
    is_sent(client.post_action().send().into_future());
}
