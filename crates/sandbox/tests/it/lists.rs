//! Listing: order, `fromDate`, `count`, `hasMore`.

use kaizala_actions_sandbox::Sandbox;
use serde_json::Value;

use super::wire::{assert_lawful, get, posted, start};

const PATH: &str = "/v1/groups/g/actions";

fn job(title: usize) -> String {
    format!(
        r#"{{"actionType": "Job", "actionBody": {{"title": "{title}", "assignedTo": ["+911234500001"]}}}}"#
    )
}

/// The titles of a page, and whether there are more.
fn page(sandbox: &Sandbox, query: &str) -> (Vec<String>, bool) {
    let list = get(sandbox, &format!("{PATH}?actionType=job{query}")).json();
    let title = |action: &Value| action["actionBody"]["title"].as_str().unwrap().to_owned();
    (
        list["actions"]
            .as_array()
            .unwrap()
            .iter()
            .map(title)
            .collect(),
        list["hasMore"].as_bool().unwrap(),
    )
}

fn titles(range: std::ops::Range<usize>) -> Vec<String> {
    range.map(|title| title.to_string()).collect()
}

#[test]
fn a_list_is_in_the_order_of_posting_and_30_long() {
    let sandbox = start(Sandbox::builder().deterministic(1));
    for title in 0..35 {
        posted(&sandbox, PATH, &job(title));
    }
    assert_eq!(page(&sandbox, ""), (titles(0..30), true));
    assert_eq!(page(&sandbox, "&count=35"), (titles(0..35), false));
    assert_eq!(page(&sandbox, "&count=34"), (titles(0..34), true));
    assert_eq!(
        page(&sandbox, "&count=9223372036854775807"),
        (titles(0..35), false)
    );
    // The deterministic clock starts at 2018-01-01 and goes on by a second with each action.
    assert_eq!(
        page(&sandbox, "&fromDate=1514764830"),
        (titles(30..35), false)
    );
    assert_eq!(
        page(&sandbox, "&fromDate=1514764800&count=2"),
        (titles(0..2), true)
    );
    assert_eq!(page(&sandbox, "&fromDate=1514764835"), (vec![], false));
    assert_lawful(&sandbox);
}

#[test]
fn groups_and_types_are_apart() {
    let sandbox = start(Sandbox::builder());
    posted(&sandbox, PATH, &job(0));
    posted(&sandbox, "/v1/groups/h%40/actions", &job(1));
    posted(
        &sandbox,
        PATH,
        r#"{"actionType": "Image", "actionBody": {"mediaResource": "m"}}"#,
    );
    assert_eq!(page(&sandbox, "").0, ["0"]);
    assert_eq!(
        get(&sandbox, "/v1/groups/h@/actions?actionType=job").json()["actions"][0]["actionBody"]["title"],
        "1"
    );
    assert_eq!(
        get(&sandbox, "/v1/groups/nobody/actions?actionType=job").json()["actions"],
        serde_json::json!([])
    );
}

#[test]
fn the_same_number_and_calls_give_the_same_answers() {
    let run = |number| {
        let sandbox = start(Sandbox::builder().deterministic(number));
        posted(&sandbox, PATH, &job(0));
        posted(
            &sandbox,
            PATH,
            r#"{"actionType": "Image", "actionBody": {"mediaResource": "m"}}"#,
        );
        [
            page(&sandbox, "").0.join(","),
            get(&sandbox, &format!("{PATH}?actionType=image"))
                .json()
                .to_string(),
            sandbox.snapshot().to_string(),
        ]
    };
    assert_eq!(run(7), run(7));
    assert_ne!(run(7), run(8));
}

#[test]
fn a_page_has_some_mebibytes_at_most_whatever_is_asked_for() {
    let sandbox = start(Sandbox::builder());
    let long = "x".repeat(1 << 20 >> 1);
    let body = job(7).replace("\"7\"", &format!("\"{long}\""));
    for _ in 0..12 {
        posted(&sandbox, PATH, &body);
    }
    for count in ["9223372036854775807", "12"] {
        let (titles, has_more) = page(&sandbox, &format!("&count={count}"));
        assert!(
            (8..12).contains(&titles.len()) && has_more,
            "{count}: {}",
            titles.len()
        );
    }
}
