//! The picture of a terminal in the README, drawn from what the tool prints.

use std::{env, fs, path::Path};

use anstyle_svg::Term;

use crate::helpers::{ROOT, command, output, stderr, stdout};

const COMMAND: &str = "kaizala-actions lint docs/samples/job.json";

#[test]
fn the_picture_shows_what_the_tool_prints() {
    let arguments: Vec<_> = COMMAND.split(' ').skip(1).collect();
    let mut tool = command(&arguments);
    let printed = output(tool.args(["--color", "always"]).current_dir(ROOT), "");
    // A terminal shows both.
    let (report, counts) = (stdout(&printed), stderr(&printed));
    let text = format!("\u{1b}[2m$\u{1b}[0m {COMMAND}\n{report}{counts}");
    let drawn = Term::new().render_svg(&text);
    let path = Path::new(ROOT).join("docs/terminal.svg");
    if env::var_os("UPDATE_DIST").is_some() {
        fs::write(&path, &drawn).expect("room");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == drawn, "`cargo run -p xtask` draws it");
}
