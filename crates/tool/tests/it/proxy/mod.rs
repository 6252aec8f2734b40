//! `proxy`, as a program in front of `serve`.

mod guide;
mod kill;
mod tls;
mod trouble;
mod watch;

use std::{fs, time::Duration};

use serde_json::Value;

use crate::{
    helpers::{Folder, JOB, UNTITLED, tool},
    http::send,
    server::Server,
};

const PATH: &str = "/v1/groups/g/actions";

#[test]
fn a_line_for_each_exchange_and_each_finding_without_secrets() {
    let server = Server::start(&[]);
    let mut proxy = Server::proxy(&server.url(), &["--requests", "enforce"]);
    let query = format!("{PATH}?actionType=job&secret=%2B911234500001");
    for (method, path, body, status) in [
        ("POST", PATH, JOB, 200),
        ("POST", PATH, UNTITLED, 400),
        ("GET", &query, "", 200),
        ("GET", "/_sandbox/health", "", 200),
    ] {
        assert_eq!(
            send(proxy.address, method, path, body).status,
            status,
            "{path}"
        );
    }
    proxy.signal("-TERM");
    assert!(proxy.child.wait().unwrap().success());
    let log = proxy.log();
    for secret in ["token-of-a-test", "911234500001"] {
        assert!(!log.contains(secret), "{log}");
    }
    let lines: Vec<_> = log.lines().collect();
    assert!(
        lines[0].starts_with("POST /v1/groups/g/actions 200 "),
        "{log}"
    );
    assert!(
        lines[0].contains(" ms, upstream ") && lines[0].ends_with(" ms"),
        "{log}"
    );
    assert!(
        lines[1].starts_with("POST /v1/groups/g/actions 400 "),
        "{log}"
    );
    assert!(
        lines[1].ends_with(" ms, request refused, 1 finding"),
        "{log}"
    );
    let finding = "  error[KZ301] missing-member: `title` is missing (request.body /actionBody)";
    assert_eq!(lines[2], finding);
    assert!(
        lines[3].starts_with("GET /v1/groups/g/actions 200 "),
        "{log}"
    );
    assert!(lines[5].starts_with("GET /_sandbox/health 200 "), "{log}");
}

#[test]
fn the_log_may_be_json() {
    let server = Server::start(&[]);
    let mut proxy = Server::proxy(&server.url(), &["--log", "json"]);
    send(proxy.address, "POST", PATH, UNTITLED);
    proxy.signal("-INT");
    assert!(proxy.child.wait().unwrap().success());
    let log = proxy.log();
    let lines: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines[0]["exchange"]["operation"], "postAction");
    assert_eq!(lines[0]["exchange"]["status"], 400);
    assert_eq!(lines[0]["exchange"]["outcome"], "passed");
    assert_eq!(lines[1]["finding"]["rule"], "KZ301");
    assert_eq!(lines[1]["finding"]["part"], "request.body");
}

#[test]
fn lint_reads_the_record_while_it_grows() {
    let server = Server::start(&[]);
    let folder = Folder::empty();
    let file = folder.path("calls.ndjson");
    let proxy = Server::proxy(&server.url(), &["--record", &file, "--quiet"]);
    for (bodies, errors) in [(1, 1), (2, 2)] {
        send(proxy.address, "POST", PATH, UNTITLED);
        let is_there = || fs::read_to_string(&file).unwrap().lines().count() == bodies;
        while !is_there() {
            std::thread::sleep(Duration::from_millis(5));
        }
        let report = tool(&["lint", "--format", "json", &file], "");
        assert_eq!(report.status.code(), Some(1));
        let report: Value = serde_json::from_slice(&report.stdout).unwrap();
        assert_eq!(report["summary"]["errors"], errors, "{report:#}");
    }
}

#[test]
fn the_settings_file_counts_as_for_lint() {
    let server = Server::start(&["--allow", "announcement:post"]);
    let folder = Folder::with(&[(
        "kaizala-actions.toml",
        "allow = [\"announcement:post\"]\ndeny-warnings = true\n",
    )]);
    let file = folder.path("kaizala-actions.toml");
    let mut arguments = vec!["--enforce", "--quiet"];
    let bare = Server::proxy(&server.url(), &arguments);
    let body = r#"{"actionType":"Announcement","actionBody":{"title":"Holiday"}}"#;
    assert_eq!(send(bare.address, "POST", PATH, body).status, 400);
    let casing = JOB.replace("\"Job\"", "\"job\"");
    assert_eq!(send(bare.address, "POST", PATH, &casing).status, 200);
    arguments.extend(["--config", &file]);
    let mut command = crate::helpers::command(&[
        "proxy",
        "--upstream",
        &server.url(),
        "--listen",
        "127.0.0.1:0",
    ]);
    command.args(arguments);
    let proxy = Server::spawn(command);
    assert_eq!(send(proxy.address, "POST", PATH, body).status, 200);
    assert_eq!(send(proxy.address, "POST", PATH, &casing).status, 400);
}

#[test]
fn modes_are_read_from_the_file_and_read_again() {
    let server = Server::start(&[]);
    let modes = "[proxy]\nrequests = \"enforce\"\n";
    let folder = Folder::with(&[("kaizala-actions.toml", modes)]);
    let mut command = crate::helpers::command(&["proxy", "--upstream", &server.url()]);
    command
        .args(["--listen", "127.0.0.1:0"])
        .current_dir(folder.0.path());
    command.stderr(std::process::Stdio::piped());
    let mut proxy = Server::spawn(command);
    // The sandbox refuses it too, but not as problem details.
    let is_refused = || {
        let answer = send(proxy.address, "POST", PATH, UNTITLED);
        answer.header("content-type") == Some("application/problem+json")
    };
    let until = |expected| {
        for _ in 0..1000 {
            if is_refused() == expected {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("it stays as it was");
    };
    assert!(is_refused());
    let post = "[[proxy.operations]]\noperation = \"postAction\"\nrequests = \"observe\"\n";
    folder.write("kaizala-actions.toml", format!("{modes}{post}").as_bytes());
    proxy.signal("-HUP");
    until(false);
    folder.write("kaizala-actions.toml", modes.as_bytes());
    proxy.signal("-HUP");
    until(true);
    folder.write(
        "kaizala-actions.toml",
        b"[proxy]\nrequests = \"off\"\nresponse = 1\n",
    );
    proxy.signal("-HUP");
    std::thread::sleep(Duration::from_millis(50));
    assert!(is_refused());
    proxy.signal("-TERM");
    assert!(proxy.child.wait().unwrap().success());
    let log = proxy.log();
    let wrong = "kaizala-actions: kaizala-actions.toml:3:1: unknown key `response`; did you mean `responses`?\n\
                 note: the settings stay as they were\n";
    assert!(log.contains(wrong), "{log}");
    assert!(
        log.contains("note: the settings were read again\n"),
        "{log}"
    );
}

#[test]
fn what_cannot_work_is_refused() {
    let upstream = ["proxy", "--upstream", "http://127.0.0.1:1"];
    for (more, code, expected) in [
        (&["--record-secrets"][..], 2, "--record <FILE>"),
        (
            &["--record", "/tmp/none", "--record-secrets"],
            2,
            "give --record-secrets twice",
        ),
        (
            &["--record", "/none/a"],
            2,
            "the proxy cannot record in /none/a: ",
        ),
        (&["--enforce", "--observe"], 2, "cannot be used with"),
        (
            &["--override", "enforce"],
            2,
            "[possible values: observe, off]",
        ),
        (&["--operation", "postAction"], 2, "write OPERATION=MODE"),
        (
            &["--sample", "2", "--record", "/tmp/none"],
            2,
            "write a number from 0 to 1",
        ),
        (
            &["--record-max", "many", "--record", "a"],
            2,
            "write a number of bytes, as in 100M",
        ),
        (&["--listen", "4011"], 2, "as in 127.0.0.1:4011"),
        (&["--tls-cert", "a"], 2, "--tls-key <FILE>"),
        (&["--tls-key", "a"], 2, "--tls-cert <FILE>"),
        (
            &["--tls-cert", "/none/a", "--tls-key", "a"],
            2,
            "the certificate is refused: /none/a: No such file",
        ),
        (
            &["--mirror", "127.0.0.1:2"],
            2,
            "the mirror is refused: write an http or https URL",
        ),
        (&["--admin", "localhost"], 2, "as in 127.0.0.1:4012"),
        (
            &["--header-timeout", "0"],
            2,
            "write a number of seconds, from 1 on",
        ),
        (&["--body-limit", "1X"], 2, "write a number of bytes"),
        (&["--docs-url", "docs"], 2, "write a URL, as in"),
    ] {
        let output = tool(&[&upstream[..], more].concat(), "");
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{more:?}: {error}");
        assert!(error.contains(expected), "{more:?}: {error}");
    }
    let upstream = ["proxy", "--upstream", "https://a", "--ca", "none.pem"];
    let output = tool(&upstream, "");
    let error = String::from_utf8_lossy(&output.stderr);
    let expected = "the upstream is refused: none.pem: ";
    assert!(error.contains(expected), "{error}");
    let output = tool(&["proxy", "--upstream", "http://user:hunter2@a"], "");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(
        error.contains("the upstream is refused") && !error.contains("hunter2"),
        "{error}"
    );
}
