//! Very many options of curl in one word.

use crate::{linear::assert_linear, runs::lint_text};

fn command(letters: usize) -> String {
    format!(
        "curl -{} https://api.kaiza.la/v1/groups/ours/actions\n",
        "s".repeat(letters)
    )
}

#[test]
fn grouped_options_are_read_in_one_pass() {
    assert_linear(200_000, command, |command| {
        let answer = lint_text(&["--input", "curl", "--format", "concise"], command.clone());
        assert_eq!(answer.code, Some(1), "{}", answer.err);
    });
}
