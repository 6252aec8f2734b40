//! The guide's session with the server, run as it is printed, but for the port.

use std::process::Command;

use crate::server::Server;

#[test]
fn the_session_with_the_server_goes_as_the_guide_says() {
    let guide = include_str!("../../../../../docs/guide/sandbox.md");
    let (_, session) =
        guide.split_once("```shell-session\n$ kaizala-actions serve --deterministic 7 --quiet &\nhttp://127.0.0.1:4010\n").unwrap();
    let (session, _) = session.split_once("```").unwrap();
    let server = Server::start(&["--deterministic", "7"]);
    let steps: Vec<_> = session.split("\n$ ").skip(1).collect();
    assert_eq!(steps.len(), 3);
    for step in steps {
        let (command, expected) = step.split_once("\n{").unwrap();
        let command = command.replace("127.0.0.1:4010", &server.address.to_string());
        let output = Command::new("sh").args(["-c", &command]).output().unwrap();
        assert_eq!(
            String::from_utf8_lossy(&output.stdout),
            format!("{{{}", expected.trim_end()),
            "{command}"
        );
    }
}
