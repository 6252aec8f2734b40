//! The guide's session with the proxy, run as it is printed, but for the ports.

use std::{path::Path, process::Command};

use crate::{helpers::Folder, server::Server};

#[test]
fn the_session_with_the_proxy_goes_as_the_guide_says() {
    let guide = include_str!("../../../../../docs/guide/proxy.md");
    let sessions = guide.split("```shell-session\n").skip(1);
    let sessions = sessions.map(|text| text.split_once("```").unwrap().0);
    let text: String = sessions.collect::<Vec<_>>().join("\n");
    let mut steps = text.trim().strip_prefix("$ ").unwrap().split("\n$ ");
    assert_eq!(
        steps.next(),
        Some("kaizala-actions serve --deterministic 7 --quiet &\nhttp://127.0.0.1:4010\n")
    );
    let start = steps.next().unwrap();
    let start = start.strip_prefix("kaizala-actions proxy --upstream http://127.0.0.1:4010 ");
    let (options, url) = start.unwrap().split_once(" &\n").unwrap();
    assert_eq!(url, "http://127.0.0.1:4011\n");

    let server = Server::start(&["--deterministic", "7"]);
    let folder = Folder::empty();
    let options = options.replace("calls.ndjson", &folder.path("calls.ndjson"));
    let proxy = Server::proxy(&server.url(), &options.split(' ').collect::<Vec<_>>());
    let tool = Path::new(env!("CARGO_BIN_EXE_kaizala-actions"));
    let path = format!(
        "{}:{}",
        tool.parent().unwrap().display(),
        std::env::var("PATH").unwrap()
    );
    let mut count = 0;
    for step in steps {
        // The output begins after the last line that goes on.
        let goes_on = step.lines().take_while(|line| line.ends_with('\\')).count();
        let lines: Vec<_> = step.lines().collect();
        let (command, expected) = lines.split_at(goes_on + 1);
        let command = command.join("\n");
        let sent = command.replace("127.0.0.1:4011", &proxy.address.to_string());
        let output = Command::new("sh")
            .args(["-c", &sent])
            .current_dir(folder.0.path())
            .env("PATH", &path)
            .output()
            .unwrap();
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(
            printed.trim_end(),
            expected.join("\n").trim_end(),
            "{command}"
        );
        count += 1;
    }
    assert_eq!(count, 3);
}
