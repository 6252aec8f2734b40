//! The commands that call the API, through the real binary and a real socket.

use std::{
    net::TcpListener,
    process::{Command, Output},
};

use serde_json::{Value, json};

use crate::{
    helpers::{self, CASING, JOB, UNTITLED, command, text},
    loopback::{Loopback, answer, success},
};

const TOKEN: &str = "token-of-the-tests";
const GROUP: &str = "5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2";
const ACTION: &str = "0d9c6a52-7be1-4f0a-8c35-1e42b7d9f608";
const DONE: &str = r#"{"actionType":"Job","actionBody":{"isCompleted":true}}"#;

/// Runs the tool against an endpoint, with the token in its environment.
fn call(endpoint: &str, arguments: &[&str], stdin: &str) -> Output {
    run(
        command(arguments)
            .env("KAIZALA_ACCESS_TOKEN", TOKEN)
            .args(["--endpoint", endpoint]),
        stdin,
    )
}

/// Runs it, and looks for the token in what it says.
fn run(command: &mut Command, stdin: &str) -> Output {
    let output = helpers::output(command, stdin);
    assert!(!format!("{output:?}").contains(TOKEN), "{output:?}");
    output
}

#[test]
fn post_sends_the_body_as_it_is_and_prints_the_answer() {
    for (body, arguments) in [
        (JOB, &["post", GROUP][..]),
        (CASING, &["post", GROUP, "-"][..]),
    ] {
        let server = Loopback::with_body(r#"{"referenceId":"r","actionId":"a"}"#);
        let output = call(&server.endpoint(), arguments, body);
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
        assert_eq!(
            text(&output.stdout),
            "{\n  \"referenceId\": \"r\",\n  \"actionId\": \"a\"\n}\n"
        );
        let request = server.request();
        assert!(
            request.starts_with(&format!("POST /v1/groups/{GROUP}/actions HTTP/1.1\n"))
                && request.ends_with(body),
            "{request}"
        );
        assert!(
            request.contains(&format!("\naccesstoken: {TOKEN}\n")),
            "{request}"
        );
    }
}

#[test]
fn post_lints_before_it_sends() {
    let server = Loopback::with_body("{}");
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), UNTITLED).expect("a body");
    let path = file.path().to_str().expect("UTF-8");
    let output = call(&server.endpoint(), &["post", GROUP, path], "");
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), ""));
    let report = text(&output.stderr);
    assert!(
        report.starts_with("error[KZ301] missing-member: `title` is missing\n"),
        "{report}"
    );
    assert!(
        report.contains(&format!("--> {path}:1:34 at /actionBody"))
            && report.ends_with("not sent: the contract refuses it\n"),
        "{report}"
    );
    assert_eq!(server.requests(), Vec::<String>::new());
}

#[test]
fn respond_answers_an_action() {
    let server = Loopback::with_body(r#"{"responseId":"r"}"#);
    let output = call(&server.endpoint(), &["respond", GROUP, ACTION], DONE);
    assert_eq!(
        (output.status.code(), text(&output.stdout)),
        (Some(0), "{\n  \"responseId\": \"r\"\n}\n"),
        "{output:?}"
    );
    assert!(server.request().starts_with(&format!(
        "POST /v1/groups/{GROUP}/actions/{ACTION}/responses HTTP/1.1\n"
    )));
    assert_eq!(
        call(&server.endpoint(), &["respond", GROUP, ACTION], JOB)
            .status
            .code(),
        Some(1)
    );
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn get_prints_the_details() {
    let server = Loopback::with_body(r#"{"actionDetails":{"title":"Check"}}"#);
    let output = call(&server.endpoint(), &["get", GROUP, ACTION, "--details"], "");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(
        serde_json::from_slice::<Value>(&output.stdout).expect("JSON"),
        json!({"actionDetails": {"title": "Check"}})
    );
    assert!(server.request().starts_with(&format!(
        "GET /v1/groups/{GROUP}/actions/{ACTION}?getDetails=true HTTP/1.1\n"
    )));
}

/// Actions of which each has a second of its own, by `fromDate` and `count` of the request.
fn pages(of: i64) -> Loopback {
    Loopback::with(move |request| {
        let parameter = |name: &str| -> Option<i64> {
            let query = request
                .lines()
                .next()?
                .split(' ')
                .nth(1)?
                .split_once('?')?
                .1;
            query
                .split('&')
                .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')?.parse().ok())
        };
        let (first, count) = (
            parameter("fromDate").unwrap_or(1_512_086_400),
            parameter("count").unwrap_or(30),
        );
        let actions = (first.max(1_512_086_400)..1_512_086_400 + of).map(|time| {
            json!({"referenceId": format!("r{}", time - 1_512_086_400), "actionType": "Hologram", "creationTime": time, "actionBody": {}})
        });
        let actions: Vec<_> = actions.collect();
        let has_more = i64::try_from(actions.len()).expect("few") > count;
        let page: Vec<_> = actions
            .into_iter()
            .take(usize::try_from(count).expect("not below 0"))
            .collect();
        success(&json!({"actions": page, "hasMore": has_more}).to_string())
    })
}

#[test]
fn list_prints_a_line_of_json_for_each_action_in_a_pipe() {
    let server = pages(7);
    let output = call(
        &server.endpoint(),
        &[
            "list",
            GROUP,
            "job",
            "--count",
            "3",
            "--from-date",
            "1512086402",
        ],
        "",
    );
    let references: Vec<_> = text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON")["referenceId"].clone())
        .collect();
    assert_eq!(
        (output.status.code(), references),
        (Some(0), vec![json!("r2"), json!("r3"), json!("r4")])
    );
    assert_eq!(
        text(&output.stderr),
        "kaizala-actions: there is more: --all lists all pages\n"
    );
    let request = server.request();
    assert!(
        request.starts_with(&format!(
            "GET /v1/groups/{GROUP}/actions?actionType=job&count=3&fromDate=1512086402 HTTP"
        )),
        "{request}"
    );
}

#[test]
fn list_all_follows_the_pages_without_repeating_an_action() {
    let server = pages(100);
    let output = call(&server.endpoint(), &["list", GROUP, "job", "--all"], "");
    let references: Vec<_> = text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON")["referenceId"].clone())
        .collect();
    assert_eq!(
        references,
        (0..100)
            .map(|index| json!(format!("r{index}")))
            .collect::<Vec<_>>()
    );
    assert_eq!(
        (output.status.code(), text(&output.stderr)),
        (Some(0), ""),
        "no progress in a pipe"
    );
    assert_eq!(server.requests().len(), 4);
}

#[test]
fn list_all_prints_what_came_before_an_error() {
    let page = json!({"actions": [{"referenceId": "r", "actionType": "Hologram", "actionBody": {}}], "hasMore": true}).to_string();
    let server = Loopback::with_answers(vec![
        success(&page),
        answer("500 Internal Server Error", "", ""),
    ]);
    let output = call(&server.endpoint(), &["list", GROUP, "job", "--all"], "");
    assert_eq!(text(&output.stdout).lines().count(), 1);
    assert_eq!(
        (output.status.code(), text(&output.stderr)),
        (
            Some(1),
            "kaizala-actions: listActions: the service answered 500\n"
        )
    );

    let output = call(
        &Loopback::with_body(&page).endpoint(),
        &["list", GROUP, "job", "--all"],
        "",
    );
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        text(&output.stderr),
        "kaizala-actions: listActions: the list has more, but asking again brings nothing new\n"
    );
}

#[test]
fn a_table_has_a_line_for_each_action_and_nothing_that_moves_the_cursor() {
    let body = json!({"actions": [
        {"referenceId": "6f1d2b94-0c7e-4c55-9a3b-d82e5f60b117", "actionType": "Hologram", "sender": "+911234500001",
         "creationTime": 1_481_179_788, "actionBody": {"title": "a\u{1b}[2J\u{202e}\n", "rays": 2}},
        {"referenceId": "r", "actionType": "Hologram", "sentAt": "2017-12-20T08:33:51Z", "actionBody": {"note": "x".repeat(200)}},
    ]});
    let server = Loopback::with_body(&body.to_string());
    let output = call(
        &server.endpoint(),
        &["list", GROUP, "job", "--format", "table"],
        "",
    );
    let lines: Vec<_> = text(&output.stdout).lines().collect();
    assert_eq!(
        lines[..2],
        [
            "Sent                  Sender           Reference                             Body",
            r"2016-12-08T06:49:48Z  +911234500001    6f1d2b94-0c7e-4c55-9a3b-d82e5f60b117  title: a\u{1b}[2J\u{202e}\u{a}, rays: 2",
        ]
    );
    assert!(
        lines[2].starts_with("2017-12-20T08:33:51Z  -                r       ")
            && lines[2].ends_with("xxx…"),
        "{lines:?}"
    );
}

#[test]
fn untrusted_text_is_never_raw() {
    let controls = "\u{1b}]0;title\u{7}\u{9b}31m\u{202e}";
    let server = Loopback::with_body(&json!({"actionDetails": {"title": controls}}).to_string());
    let output = call(&server.endpoint(), &["get", GROUP, ACTION], "");
    assert_eq!(
        serde_json::from_slice::<Value>(&output.stdout).expect("JSON")["actionDetails"]["title"],
        controls
    );
    assert!(
        !text(&output.stdout).contains(['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}']),
        "{output:?}"
    );

    let server = Loopback::with_answer(
        "400 Bad Request",
        "",
        &json!({"message": controls}).to_string(),
    );
    let output = call(&server.endpoint(), &["get", GROUP, ACTION], "");
    assert_eq!(
        text(&output.stderr),
        "kaizala-actions: getAction: the service answered 400: \\u{1b}]0;title\\u{7}\\u{9b}31m\\u{202e}\n"
    );
}

#[test]
fn exit_codes_tell_refused_from_not_run() {
    let refused = Loopback::with_answer(
        "401 Unauthorized",
        "",
        r#"{"message":"no","errorCode":"InvalidToken"}"#,
    );
    let odd = Loopback::with_body(r#"{"actionDetails": 7}"#);
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        format!("http://{}", listener.local_addr().expect("an address"))
    };
    let table: &[(&str, &[&str], &str, i32)] = &[
        (&refused.endpoint(), &["get", GROUP, ACTION], "", 1),
        (&refused.endpoint(), &["list", GROUP, "job"], "", 1),
        (&refused.endpoint(), &["post", GROUP], JOB, 1),
        (&refused.endpoint(), &["respond", GROUP, ACTION], DONE, 1),
        (&refused.endpoint(), &["post", GROUP], "{", 1),
        (&odd.endpoint(), &["get", GROUP, ACTION], "", 1),
        (&closed, &["get", GROUP, ACTION], "", 2),
        (&closed, &["post", GROUP], JOB, 2),
        (
            &refused.endpoint(),
            &["post", GROUP, "no/such/file.json"],
            "",
            2,
        ),
        (&refused.endpoint(), &["list", GROUP, "audio"], "", 2),
        (
            &refused.endpoint(),
            &["list", GROUP, "job", "--count", "0"],
            "",
            2,
        ),
        ("ftp://127.0.0.1", &["get", GROUP, ACTION], "", 2),
    ];
    for (endpoint, arguments, stdin, expected) in table {
        let output = call(endpoint, arguments, stdin);
        assert_eq!(
            output.status.code(),
            Some(*expected),
            "{arguments:?}: {output:?}"
        );
        assert!(
            !output.stderr.is_empty() && output.stdout.is_empty(),
            "{arguments:?}: {output:?}"
        );
    }
}

#[test]
fn the_token_comes_from_the_environment_alone() {
    let arguments = ["get", GROUP, ACTION, "--endpoint", "http://127.0.0.1:1"];
    let output = run(&mut command(&arguments), "");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        text(&output.stderr),
        "kaizala-actions: no access token: set the environment variable KAIZALA_ACCESS_TOKEN\n"
    );

    let output = run(
        command(&arguments).env("KAIZALA_ACCESS_TOKEN", "Bearer token"),
        "",
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("without a word such as Bearer in front of it"),
        "{output:?}"
    );

    for command in ["list", "post", "get", "respond"] {
        let help = run(&mut self::command(&[command, "--help"]), "");
        let help = text(&help.stdout).to_owned();
        assert!(
            help.contains("KAIZALA_ACCESS_TOKEN") && !help.contains("--token"),
            "{help}"
        );
    }
}

#[test]
fn retry_waits_and_tries_again() {
    let throttled = answer("429 Too Many Requests", "Retry-After: 0\r\n", "");
    let server =
        || Loopback::with_answers(vec![throttled.clone(), success(r#"{"actionDetails":{}}"#)]);
    assert_eq!(
        call(&server().endpoint(), &["get", GROUP, ACTION], "")
            .status
            .code(),
        Some(1)
    );
    assert_eq!(
        call(&server().endpoint(), &["get", GROUP, ACTION, "--retry"], "")
            .status
            .code(),
        Some(0)
    );
}

/// Before a socket is opened, by every command that takes an id.
#[test]
fn an_id_that_leads_to_another_path_is_not_sent() {
    let server = Loopback::with_body(r#"{"referenceId":"r","actions":[],"actionDetails":{}}"#);
    let endpoint = server.endpoint();
    for id in [
        "",
        "..",
        r"a\..\..\..\internal\delete",
        "../../internal",
        "%2e%2e%2f",
        "a\t..",
    ] {
        let calls: &[&[&str]] = &[
            &["post", id],
            &["list", id, "job"],
            &["list", id, "job", "--all"],
            &["get", id, ACTION],
            &["get", GROUP, id],
            &["respond", id, ACTION],
            &["respond", GROUP, id],
        ];
        for arguments in calls {
            let body = if arguments[0] == "post" { JOB } else { DONE };
            let output = call(&endpoint, arguments, body);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            let said = text(&output.stderr);
            assert!(
                said.contains(": not sent: ") && output.stdout.is_empty(),
                "{arguments:?}: {said}"
            );
        }
    }
    assert_eq!(server.requests(), Vec::<String>::new());
}

#[test]
fn a_parameter_that_the_contract_refuses_is_not_sent() {
    let output = call("http://127.0.0.1:1", &["list", "undefined", "job"], "");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        text(&output.stderr),
        "kaizala-actions: listActions: not sent: error[KZ603] missing-parameter: `groupId` was never filled in: \
         undefined (/path/groupId)\n"
    );
}

/// The proxies of the environment are for others, and only where http to others is allowed.
#[test]
fn proxies_and_plain_http() {
    let (server, proxy) = (
        Loopback::with_body(r#"{"actionDetails":{}}"#),
        Loopback::with_body(r#"{"actionDetails":{}}"#),
    );
    let get = |endpoint: &str, arguments: &[&str]| {
        let mut command = command(&["get", GROUP, ACTION, "--endpoint", endpoint]);
        for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"] {
            command.env(name, proxy.endpoint());
        }
        for name in ["NO_PROXY", "no_proxy", "REQUEST_METHOD"] {
            command.env_remove(name);
        }
        run(
            command.args(arguments).env("KAIZALA_ACCESS_TOKEN", TOKEN),
            "",
        )
    };
    for host in ["127.0.0.1", "localhost", "127.1"] {
        let endpoint = server.endpoint().replace("127.0.0.1", host);
        let output = get(&endpoint, &[]);
        assert_eq!(output.status.code(), Some(0), "{host}: {output:?}");
    }
    assert_eq!((server.requests().len(), proxy.requests().len()), (3, 0));

    let output = get("http://192.0.2.1", &[]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        text(&output.stderr),
        "kaizala-actions: the endpoint is http on another machine, and the access token could be \
         read on the way: use https, or allow it with --allow-insecure\n"
    );
    assert!(proxy.requests().is_empty());

    let output = get("http://192.0.2.1", &["--allow-insecure"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let request = proxy.request();
    assert!(
        request.starts_with("GET http://192.0.2.1/v1/groups/"),
        "{request}"
    );
}

#[test]
fn a_list_without_an_end_ends_at_a_limit() {
    let mut given = 0;
    let server = Loopback::with(move |_| {
        given += 2;
        let action = |time: i32| json!({"referenceId": time.to_string(), "actionType": "Hologram", "creationTime": time, "actionBody": {}});
        success(
            &json!({"actions": [action(given), action(given + 1)], "hasMore": true}).to_string(),
        )
    });
    let output = call(
        &server.endpoint(),
        &["list", GROUP, "job", "--all", "--max-pages", "5"],
        "",
    );
    assert_eq!(
        (output.status.code(), text(&output.stdout).lines().count()),
        (Some(1), 10)
    );
    assert_eq!(
        text(&output.stderr),
        "kaizala-actions: listActions: the list goes on after 5 pages, which is the limit: --max-pages raises it\n"
    );
    assert_eq!(server.requests().len(), 5);
}
