//! Names of files that look like options.

use std::fs;

use crate::helpers::{Folder, JOB, UNTITLED};

/// As a shell's `*`, xargs and pre-commit pass them.
#[test]
fn the_name_of_a_file_is_never_an_option() {
    for name in [
        "--write-baseline=known.json",
        "--fix",
        "--quiet",
        "--output=json=out.json",
        "--ignore=missing-member",
        "--config=set.json",
        "--no-such-option.json",
        "--version",
        "-h",
        "-V",
        "-",
        "-x.json",
        "--as=post-action.request/a.json",
    ] {
        let folder = Folder::with(&[("a.json", UNTITLED)]);
        folder.write(name, b"");
        for arguments in [
            &["lint", "a.json", name][..],
            &["lint", "--deny-warnings", name, "a.json"],
        ] {
            let before = folder.names();
            let answer = folder.run(arguments);
            answer.expect(
                2,
                "",
                &format!(
                    "kaizala-actions: {name} is a file here and looks like an option: write ./{name} for the file, or rename it to use the option\n"
                ),
            );
            assert_eq!(folder.names(), before, "{name}");
        }
        // After `--`, and by a path, it is a file like any other, and a folder takes it so.
        let path = format!("./{name}");
        let mut arguments = vec![vec!["lint", "--format", "concise", "a.json", &path]];
        if name != "-" {
            arguments.push(vec!["lint", "--format", "concise", "a.json", "--", name]);
        }
        for arguments in arguments {
            let answer = folder.run(&arguments);
            assert_eq!((answer.code, &*answer.err), (Some(1), ""), "{arguments:?}");
            assert!(
                answer.out.contains("a.json:1:34: error[KZ301]"),
                "{}",
                answer.out
            );
            assert!(
                answer.out.contains(&format!("{name}:1:1: error[KZ001]")),
                "{}",
                answer.out
            );
        }
    }
}

#[test]
fn options_are_options_where_no_file_has_their_name() {
    let folder = Folder::with(&[("a.json", JOB), ("sub/--fix", "")]);
    for arguments in [
        &["lint", "--deny-warnings", "a.json"][..],
        &["lint", "--fix", "--quiet", "a.json"],
        &["lint", "a.json", "sub/--fix", "--version"],
    ] {
        assert_eq!(folder.run(arguments).code, Some(0), "{arguments:?}");
    }
    fs::write(folder.0.path().join("--"), "").expect("a file");
    assert_eq!(folder.run(&["lint", "--", "a.json"]).code, Some(0));
}
