//! Lists of many pages, and the connections that they are read over.

use crate::loopback::{KeepAlive, Loopback, answer, success};
use futures_util::TryStreamExt as _;
use kaizala_actions::{
    client::{AccessToken, Client, Error},
    types::{ListableActionType, ListedAction},
};
use serde_json::json;

const GROUP: &str = "5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2";

fn connect(endpoint: &str) -> Client {
    Client::connect(endpoint, AccessToken::new("token-of-the-tests").unwrap()).unwrap()
}

fn page(actions: &[(&str, i64)], has_more: bool) -> String {
    let actions = actions
        .iter()
        .map(|(reference, time)| json!({"referenceId": reference, "actionType": "Hologram", "creationTime": time, "actionBody": {}}));
    success(&json!({"actions": actions.collect::<Vec<_>>(), "hasMore": has_more}).to_string())
}

fn reference(action: &ListedAction) -> String {
    action.reference_id().unwrap_or_default().to_owned()
}

fn queries(server: &Loopback) -> Vec<String> {
    let targets = server
        .requests()
        .into_iter()
        .map(|request| request.split(' ').nth(1).unwrap().to_owned());
    targets
        .map(|target| target.split_once('?').unwrap().1.to_owned())
        .collect()
}

#[tokio::test]
async fn pages_are_followed_by_time_and_what_comes_again_is_left_out() {
    let server = Loopback::with_answers(vec![
        page(&[("a", 10), ("b", 11), ("c", 11)], true),
        page(&[("b", 11), ("c", 11), ("d", 11)], true),
        page(&[("b", 11), ("c", 11), ("d", 11), ("e", 12)], false),
    ]);
    let list = connect(&server.endpoint())
        .list_all(GROUP, ListableActionType::Job)
        .from_date(9)
        .page_size(3);
    let actions: Vec<_> = list.stream().try_collect().await.unwrap();
    assert_eq!(
        actions.iter().map(reference).collect::<Vec<_>>(),
        ["a", "b", "c", "d", "e"]
    );
    assert_eq!(
        queries(&server),
        [
            "actionType=job&count=3&fromDate=9",
            "actionType=job&count=3&fromDate=10",
            "actionType=job&count=6&fromDate=10"
        ]
    );
}

#[tokio::test]
async fn pages_are_asked_for_when_they_are_wanted() {
    let server = Loopback::with_answer("200 OK", "", "");
    drop(
        connect(&server.endpoint())
            .list_all(GROUP, ListableActionType::Job)
            .stream(),
    );
    assert!(server.requests().is_empty());

    let server = Loopback::with_answers(vec![
        page(&[("a", 10), ("b", 11)], true),
        answer("500 Internal Server Error", "", ""),
    ]);
    let mut stream = connect(&server.endpoint())
        .list_all(GROUP, ListableActionType::Job)
        .stream();
    assert_eq!(reference(&stream.try_next().await.unwrap().unwrap()), "a");
    assert_eq!(reference(&stream.try_next().await.unwrap().unwrap()), "b");
    assert_eq!(server.requests().len(), 1);
    assert!(matches!(
        stream.try_next().await,
        Err(Error::Service { .. })
    ));
    assert!(matches!(stream.try_next().await, Ok(None)));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_service_that_repeats_itself_is_an_error_at_the_end() {
    let server = Loopback::with_answers(vec![page(&[("a", 10), ("b", 11)], true)]);
    let mut stream = connect(&server.endpoint())
        .list_all(GROUP, ListableActionType::Job)
        .stream();
    let mut listed = Vec::new();
    let error = loop {
        match stream.try_next().await {
            Ok(action) => listed.push(reference(&action.expect("an error before the end"))),
            Err(error) => break error,
        }
    };
    assert_eq!(listed, ["a", "b"]);
    assert!(
        matches!(
            error,
            Error::Stalled {
                from_date: Some(10),
                ..
            }
        ),
        "{error:?}"
    );
    assert_eq!(
        error.to_string(),
        "listActions: the list has more, but asking from 10 on brings nothing new"
    );
    assert!(matches!(stream.try_next().await, Ok(None)));
}

#[tokio::test]
async fn clones_share_kept_connections() {
    let server = KeepAlive::start();
    let client = connect(&server.endpoint());
    for _ in 0..5 {
        client
            .clone()
            .get_action()
            .group_id(GROUP)
            .action_id("a")
            .send()
            .await
            .unwrap();
    }
    assert_eq!(server.connections(), 1);
}

/// Fresh actions for ever: time goes on, or it does not.
#[tokio::test]
async fn a_list_without_an_end_has_one() {
    for step in [1, 0] {
        let mut given = 0;
        let server = Loopback::with(move |_| {
            given += 1;
            let references = [given * 2, given * 2 + 1].map(|id| format!("r{id}"));
            let [first, second] = references.each_ref().map(String::as_str);
            page(&[(first, given * step), (second, (given + 1) * step)], true)
        });
        let list = connect(&server.endpoint()).list_all(GROUP, ListableActionType::Job);
        let mut stream = list.max_pages(20).stream();
        let mut listed = 0;
        let error = loop {
            match stream.try_next().await {
                Ok(action) => listed += usize::from(action.is_some()),
                Err(error) => break error,
            }
        };
        assert!(
            matches!(error, Error::TooManyPages { most: 20, .. }),
            "{error:?}"
        );
        assert_eq!(
            error.to_string(),
            "listActions: the list goes on after 20 pages, which is the limit"
        );
        assert_eq!((listed, server.requests().len()), (40, 20));
        let counts = queries(&server).into_iter().filter_map(|query| {
            let count = query
                .split('&')
                .find_map(|pair| pair.strip_prefix("count="))?;
            count.parse::<i64>().ok()
        });
        assert!(counts.max().unwrap_or_default() <= 1000);
    }
}
