//! Settings that are read again once their file has changed.

use std::{process::Stdio, thread::sleep, time::Duration};

use crate::{
    helpers::{Folder, UNTITLED, command},
    http::send,
    server::Server,
};

const POST: &str = "/v1/groups/g/actions";
const RESPOND: &str = "/v1/groups/g/actions/a/responses";
const SETTINGS: &str = "survey = \"survey.json\"\n[proxy]\nrequests = \"enforce\"\n";
const RICE: &str = r#"{"actionType":"Survey","actionBody":{"title":"Lunch","questions":[
    {"title":"What?","type":"SingleOption","options":[{"title":"Rice"},{"title":"Bread"}]}]}}"#;
const SOUP: &str = r#"{"actionType":"Survey","actionBody":{"Answers":["Soup"]}}"#;

#[test]
fn a_change_of_the_settings_or_the_survey_is_noticed() {
    let server = Server::start(&[]);
    let files = [("kaizala-actions.toml", SETTINGS), ("survey.json", RICE)];
    let folder = Folder::with(&files);
    let mut proxy = command(&["proxy", "--upstream", &server.url(), "--watch"]);
    proxy
        .args(["--listen", "127.0.0.1:0"])
        .current_dir(folder.0.path())
        .stderr(Stdio::piped());
    let mut proxy = Server::spawn(proxy);
    // The sandbox refuses it too, but not as problem details.
    let refuses = |path, body| {
        let answer = send(proxy.address, "POST", path, body);
        answer.header("content-type") == Some("application/problem+json")
    };
    let until = |path, body, expected| {
        for _ in 0..1000 {
            if refuses(path, body) == expected {
                return;
            }
            sleep(Duration::from_millis(10));
        }
        panic!("it stays as it was");
    };
    assert!(refuses(POST, UNTITLED) && refuses(RESPOND, SOUP));

    folder.write("survey.json", RICE.replace("Bread", "Soup").as_bytes());
    until(RESPOND, SOUP, false);
    assert!(refuses(POST, UNTITLED));

    let rules = format!("{SETTINGS}[rules]\nmissing-member = \"warning\"\n");
    folder.write("kaizala-actions.toml", rules.as_bytes());
    until(POST, UNTITLED, false);

    // A file that takes the place of the other, as editors do it.
    folder.write("next.toml", SETTINGS.as_bytes());
    std::fs::rename(
        folder.path("next.toml"),
        folder.path("kaizala-actions.toml"),
    )
    .expect("moved");
    until(POST, UNTITLED, true);

    folder.write("kaizala-actions.toml", b"[proxy]\nrequest = \"off\"\n");
    sleep(Duration::from_millis(1500));
    assert!(refuses(POST, UNTITLED));
    proxy.signal("-TERM");
    assert!(proxy.child.wait().expect("it ends").success());
    let log = proxy.log();
    let wrong = "kaizala-actions: kaizala-actions.toml:2:1: unknown key `request`; did you mean `requests`?\n\
                 note: the settings stay as they were\n";
    assert_eq!(log.matches(wrong).count(), 1, "{log}");
    let again = "note: the settings were read again\n";
    assert_eq!(log.matches(again).count(), 3, "{log}");
}
