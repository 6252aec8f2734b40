//! What `serve` logs, and what it does not.

use std::{
    io::{BufRead as _, BufReader, Read as _},
    process::{Command, Stdio},
};

use crate::http::{raw, request};

#[test]
fn a_line_for_each_request_without_tokens_and_phone_numbers() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kaizala-actions"));
    command.args([
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--throttle",
        "3/min",
        "--token",
        "token-of-a-test",
    ]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let address = line.trim().trim_start_matches("http://").parse().unwrap();

    let path = "/v1/groups/g/actions";
    let job = r#"{"actionType": "Job", "actionBody": {"title": "Doors", "assignedTo": ["+911234500001"], "dueIn": 1}}"#;
    let requests = [
        request("POST", path, job),
        request(
            "POST",
            path,
            r#"{"actionType": "Job", "actionBody": {"phone": "+911234500001"}}"#,
        ),
        request(
            "GET",
            &format!("{path}?actionType=job&secret=%2B911234500001"),
            "",
        ),
        request("GET", "/elsewhere", ""),
        request("GET", path, ""),
    ];
    let statuses: Vec<_> = requests
        .iter()
        .map(|request| raw(address, request.as_bytes()).unwrap().status)
        .collect();
    assert_eq!(statuses, [200, 400, 200, 404, 429]);
    assert!(
        Command::new("kill")
            .args(["-TERM", &child.id().to_string()])
            .status()
            .unwrap()
            .success()
    );
    let mut log = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut log)
        .unwrap();
    assert!(child.wait().unwrap().success());

    let lines: Vec<_> = log
        .lines()
        .map(|line| line.split(' ').take(3).collect::<Vec<_>>().join(" "))
        .collect();
    let expected = [
        "POST /v1/groups/g/actions 200",
        "POST /v1/groups/g/actions 400",
        "GET /v1/groups/g/actions 200",
        "GET /elsewhere 404",
        "GET /v1/groups/g/actions 429",
    ];
    assert_eq!(lines, expected, "{log}");
    assert!(
        log.lines().next().unwrap().ends_with("ms, 1 finding"),
        "{log}"
    );
    assert!(
        !log.contains("token-of-a-test") && !log.contains("12345"),
        "{log}"
    );
}
