//! Parameters that would lead a call elsewhere, or that the contract refuses: no operation sends
//! them.

use crate::loopback::Loopback;
use kaizala_actions::{
    client::{AccessToken, Client, Error},
    lint::Part,
    operation::OperationId,
    types::{JobRequest, JobResponseRequest, ListableActionType},
};
use percent_encoding::percent_decode_str;
use proptest::prelude::*;

const GROUP: &str = "5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2";
/// An answer that every operation can read.
const ANSWER: &str =
    r#"{"actions": [], "referenceId": "r", "actionDetails": {}, "responseId": "r"}"#;

fn connect(server: &Loopback) -> Client {
    let token = AccessToken::new("token-of-the-tests").unwrap();
    Client::connect(&server.endpoint(), token).unwrap()
}

/// Calls every operation, by its builder and with a body as it is: the answer of each, and the path
/// that it should have asked for.
async fn call_all(
    client: &Client,
    group: &str,
    action: &str,
) -> Vec<(Result<(), Error>, Vec<String>)> {
    let job = || JobRequest::new("Check the doors", ["+911234500001"]);
    let done = || JobResponseRequest::new(true);
    let list = client
        .list_actions()
        .group_id(group)
        .action_type(ListableActionType::Job);
    let post = client.post_action().group_id(group).body(job());
    let get = client.get_action().group_id(group).action_id(action);
    let respond = client
        .respond_to_action()
        .group_id(group)
        .action_id(action)
        .body(done());
    let raw_job = serde_json::to_vec(&kaizala_actions::types::ActionRequest::from(job())).unwrap();
    let raw_done =
        serde_json::to_vec(&kaizala_actions::types::ResponseRequest::from(done())).unwrap();
    let (alone, both) = ([group], [group, action]);
    let post_raw = client.send_raw(OperationId::PostAction, &alone, raw_job);
    let respond_raw = client.send_raw(OperationId::RespondToAction, &both, raw_done);

    let path = |parts: &[&str]| {
        parts
            .iter()
            .map(|&part| part.to_owned())
            .collect::<Vec<_>>()
    };
    let actions = path(&["", "v1", "groups", group, "actions"]);
    let details = path(&["", "v1", "groups", group, "actions", action]);
    let responses = path(&["", "v1", "groups", group, "actions", action, "responses"]);
    vec![
        (list.send().await.map(drop), actions.clone()),
        (post.send().await.map(drop), actions.clone()),
        (get.send().await.map(drop), details),
        (respond.send().await.map(drop), responses.clone()),
        (post_raw.await.map(drop), actions),
        (respond_raw.await.map(drop), responses),
    ]
}

fn hostile() -> impl Strategy<Value = String> {
    let parts = [
        ".",
        "..",
        "%2e",
        "%2E%2e",
        "%252e",
        "/",
        "\\",
        "%2f",
        "%5C",
        "%255c",
        "\t",
        "\n",
        "\r",
        "\0",
        "%00",
        "%0a",
        "?",
        "#",
        "%3f",
        ";",
        " ",
        "+",
        "@2",
        ":",
        "&",
        "=",
        "%",
        "%zz",
        "群",
        "\u{202e}",
        "\u{ff0e}",
        "\u{2215}",
        "internal",
        "delete",
        "groups",
        "actions",
        "responses",
        "v1",
        "null",
        "http://example.com",
        "a",
    ];
    let parts = prop::collection::vec(prop::sample::select(parts.to_vec()), 0..6);
    prop_oneof![4 => parts.prop_map(|parts| parts.concat()), 1 => any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_id_is_one_segment_of_the_path_or_nothing_is_sent(
        (group, action) in prop_oneof![
            (hostile(), Just("a".to_owned())),
            (Just(GROUP.to_owned()), hostile()),
            (hostile(), hostile()),
        ],
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let server = Loopback::with_body(ANSWER);
        let mut calls = runtime.block_on(call_all(&connect(&server), &group, &action));
        // Of those that went out, in their order.
        let mut sent = server.requests().into_iter();
        for (answer, path) in calls.drain(..) {
            match answer {
                Ok(()) => {
                    let request = sent.next().unwrap();
                    let target = request.split(' ').nth(1).unwrap();
                    let asked = target.split('?').next().unwrap();
                    let decoded: Vec<_> = asked
                        .split('/')
                        .map(|segment| percent_decode_str(segment).decode_utf8().unwrap())
                        .collect();
                    prop_assert_eq!(decoded, path, "{}", target);
                }
                Err(Error::InvalidRequest { .. } | Error::Refused { part: Part::RequestLine, .. }) => {}
                Err(error) => prop_assert!(false, "{:?}", error),
            }
        }
        prop_assert_eq!(sent.next(), None);
    }
}

/// Each of these reached another path before ids were looked at.
#[tokio::test]
async fn known_ways_to_another_path_are_refused_before_a_socket_is_opened() {
    let ids = [
        "",
        ".",
        "..",
        "%2e%2e",
        "..%2f..",
        r"a\..\..\..\internal\delete",
        "../../internal",
        "a\n",
        "\t..",
        "..;",
        "undefined",
        "{groupId}",
    ];
    for id in ids {
        let server = Loopback::with_body(ANSWER);
        let client = connect(&server);
        for (answer, _) in call_all(&client, id, "a").await {
            answer.unwrap_err();
        }
        for (answer, path) in call_all(&client, GROUP, id).await {
            assert_eq!(answer.is_ok(), path.len() == 5, "{id:?}");
        }
        assert_eq!(server.requests().len(), 3, "{id:?}: without an action");
    }
}

#[tokio::test]
async fn parameters_of_the_query_are_held_to_the_contract() {
    let server = Loopback::with_body(ANSWER);
    let client = connect(&server);
    let list = || {
        let request = client.list_actions().group_id(GROUP);
        request.action_type(ListableActionType::Job)
    };
    let table = [
        (
            list().count(-1),
            "listActions: not sent: error[KZ304] out-of-range: -1 is less than 1 (/query/count)",
        ),
        (
            list().count(0),
            "listActions: not sent: error[KZ304] out-of-range: 0 is less than 1 (/query/count)",
        ),
        (
            list().from_date(-1),
            "listActions: not sent: error[KZ304] out-of-range: -1 is less than 0 (/query/fromDate)",
        ),
        (
            list().group_id("undefined"),
            "listActions: not sent: error[KZ603] missing-parameter: `groupId` was never filled in: undefined (/path/groupId)",
        ),
    ];
    for (request, message) in table {
        let error = request.send().await.unwrap_err();
        assert_eq!(error.to_string(), message);
        assert!(!error.is_retryable() && !error.may_have_been_received());
    }
    assert_eq!(server.requests(), Vec::<String>::new());
    list().count(1).from_date(0).send().await.unwrap();
}
