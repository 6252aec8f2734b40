//! What a terminal shows, by `script` of util-linux, which every Debian has.

use std::process::{Command, Stdio};

use crate::runs::TOOL;

/// What a command of a shell writes to a terminal of so many columns.
fn shown(columns: usize, command: &str, environment: &[(&str, &str)]) -> String {
    let command = format!(
        "stty rows 40 cols {columns}; {}",
        command.replace("TOOL", &TOOL)
    );
    let output = Command::new("script")
        .args(["--quiet", "--return", "--command", &command, "/dev/null"])
        .env_remove("NO_COLOR")
        .env("TERM", "xterm")
        .envs(environment.iter().copied())
        .stdin(Stdio::null())
        .output()
        .expect("script of util-linux");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn no_color_hides_colour_and_not_the_progress() {
    let slow = "(echo '{}'; sleep 1.5; echo '{}'; sleep 1; echo '{}') | TOOL lint --input ndjson -";
    for (no_color, has_color) in [("", true), ("1", false)] {
        let text = shown(80, slow, &[("NO_COLOR", no_color)]);
        assert!(text.contains("B/s"), "no progress: {text:?}");
        assert_eq!(text.contains("\u{1b}[1m"), has_color, "{text:?}");
    }
}

#[test]
fn lint_does_not_wait_for_a_terminal() {
    let text = shown(80, "TOOL lint; echo \"exit code $?\"", &[]);
    assert!(
        text.contains("pipe a body to stdin") && text.contains("exit code 2"),
        "{text:?}"
    );
}

#[test]
fn tables_are_broken_between_words() {
    for command in ["matrix", "rules"] {
        let whole = Command::new(&*TOOL)
            .args(command.split(' '))
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
            .output()
            .expect("the binary starts");
        let whole = String::from_utf8(whole.stdout).expect("UTF-8");
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
        let narrow = shown(60, &format!("cd '{root}'; TOOL {command}"), &[]);
        assert!(
            whole.lines().any(|line| line.chars().count() > 60),
            "{whole}"
        );
        let wide: Vec<_> = narrow
            .lines()
            .filter(|line| line.chars().count() > 60)
            .collect();
        assert!(wide.is_empty(), "{command}: {wide:?}");
        // Each word is whole, and none is missing.
        let mut words: Vec<_> = whole.split_whitespace().collect();
        let mut shown: Vec<_> = narrow.split_whitespace().collect();
        words.sort_unstable();
        shown.sort_unstable();
        assert_eq!(shown, words, "{command}");
    }
}
