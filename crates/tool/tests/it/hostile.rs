//! What runners of CI servers would obey, and what does not show: in no report, whatever a document
//! or its name says.

use clap::ValueEnum as _;
use kaizala_actions::lint::is_unprintable;
use kaizala_actions_cli::report::Format;
use proptest::prelude::*;

use crate::{
    formats::{checked, render},
    helpers::Folder,
};

/// As the runners of GitHub and Azure read a line: the one trims it, and both look for the other
/// form anywhere.
fn is_command(line: &str) -> bool {
    let anywhere = |mark: &str| {
        let after = line.split(mark).skip(1);
        after.into_iter().any(|rest| {
            let name = rest.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric());
            name.starts_with('[')
        })
    };
    line.trim_start().starts_with("::") || anywhere("##")
}

fn commands(text: &str) -> Vec<&str> {
    text.split(['\n', '\r'])
        .filter(|line| is_command(line))
        .collect()
}

fn hidden(text: &str) -> Vec<char> {
    let hidden = |letter: &char| *letter != '\n' && is_unprintable(*letter);
    text.chars().filter(hidden).collect()
}

fn words() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            ":", "::", "::error::", "::add-mask::x", "#", "##", "##[", "##[error]", "##vso[task.setvariable variable=a]b", "##teamcity[",
            "[", "]", "vso", "\n", "\r", "\r\n", " ", "\t", "\u{a0}", "\u{85}", "\u{9b}31m", "\u{7f}", "\u{1b}[0m", "\u{202e}", "\u{ad}",
            "\u{180e}", "\u{fffb}", "\u{e0041}", "\u{fe0f}", "\u{3164}", "\"", "\\", "a", "/",
        ])
        .prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_report_has_a_command_or_what_does_not_show(path in words(), message in words(), pointer in words()) {
        for format in Format::value_variants() {
            let report = render(*format, &[checked(&path, &message, &pointer), checked(&pointer, &path, &message)]);
            prop_assert_eq!(hidden(&report), Vec::<char>::new(), "{:?}: {}", format, report);
            let commands = commands(&report);
            if *format == Format::Github {
                // Its own alone.
                for command in commands {
                    prop_assert!(["::warning ", "::error::"].iter().any(|own| command.starts_with(own)), "{command}");
                    prop_assert!(!is_command(&command[2..]), "{command}");
                }
            } else {
                prop_assert_eq!(commands, Vec::<&str>::new(), "{:?}: {}", format, report);
            }
        }
    }
}

/// A line with something to fix between lines that are commands.
const LINES: &str = concat!(
    "::error::above\n \u{a0}::warning::x\n",
    r###"{"actionType":"job","actionBody":{"title":"##[error]pwned ##vso[task.complete result=Failed]","assignedTo":["a"]}}"###,
    "\n::notice::below\n{\"a\": \"\r::error::inside\"}\n",
);

#[test]
fn neither_the_files_nor_their_names_are_commands() {
    let folder = Folder::with(&[("::error::a.ndjson", LINES)]);
    for mode in [
        &["--format", "concise"][..],
        &["--format", "full"],
        &["--format", "summary", "--statistics"],
        &["--format", "json"],
        &["--diff"],
        &["--diff", "--color", "always"],
    ] {
        let arguments = [&["lint", "--input", "ndjson"], mode, &["::error::a.ndjson"]].concat();
        let answer = folder.run(&arguments);
        for text in [&answer.out, &answer.err] {
            assert_eq!(commands(text), Vec::<&str>::new(), "{arguments:?}: {text}");
        }
        assert!(!answer.out.is_empty(), "{arguments:?}: {}", answer.err);
    }
    // A fix writes what was there all the same, but for what it fixes.
    folder.run(&[
        "lint",
        "--fix",
        "--input",
        "ndjson",
        "--quiet",
        "::error::a.ndjson",
    ]);
    assert_eq!(
        folder.read("::error::a.ndjson"),
        LINES.replace("\"job\"", "\"Job\"").replace("\"\r", "\"\\r")
    );
}
