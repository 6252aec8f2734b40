//! `--fix` and `--diff` of several bodies in one file.

use crate::helpers::{CASING, Folder, JOB, UNTITLED};

/// A job that takes several lines, of which a fix takes one away.
fn with_null(title: usize) -> (String, String) {
    let text = |due: &str| {
        format!(
            "{{\n  \"actionType\": \"Job\",\n  \"actionBody\": {{\n    \"title\": \"{title}\",{due}\n    \"assignedTo\": [\"a\"]\n  }}\n}}"
        )
    };
    (text("\n    \"dueDate\": null,"), text(""))
}

#[test]
fn each_body_is_fixed_at_its_place_and_the_rest_stays_as_it_is() {
    let (null, nothing) = with_null(1);
    let literal = (
        "{'actionType': 'Job', actionBody: {\"title\": 'a}',\n\"assignedTo\": ['b',]}}",
        "{\"actionType\": \"Job\", \"actionBody\": {\"title\": \"a}\",\n\"assignedTo\": [\"b\"]}}",
    );
    let fill = |casing: &str, null: &str, literal: &str| {
        [
            format!("[\r\n\t{casing} ,\n{null}, {JOB},{casing}\n\n, {literal}\n]"),
            format!("\u{feff}\n{null} {casing}{casing}\t{UNTITLED}\n\n{null}\n \n"),
            format!("{casing}\n{null}\nnonsense {casing} [{{}}, {casing}"),
        ]
    };
    let wrong = fill(CASING, &null, literal.0);
    let right = fill(JOB, &nothing, literal.1);
    for (wrong, right) in wrong.iter().zip(right) {
        let folder = Folder::with(&[("bodies.txt", wrong)]);
        let fix = [
            "lint",
            "--fix",
            "--input",
            "bodies",
            "--format",
            "concise",
            "bodies.txt",
        ];
        let answer = folder.run(&fix);
        assert_eq!(folder.read("bodies.txt"), right, "{}", answer.err);
        // What is left is what the fixed file has.
        let left = folder.run(&[
            "lint",
            "--input",
            "bodies",
            "--format",
            "concise",
            "bodies.txt",
        ]);
        assert_eq!((left.out, left.code), (answer.out, answer.code));
        let again = folder.run(&fix);
        assert!(again.err.ends_with("0 findings fixed\n"), "{}", again.err);
        // So it is with a pipe.
        let stdin = folder.run_in(
            "",
            &["lint", "--fix", "--input", "bodies", "-"],
            wrong.as_bytes(),
        );
        assert_eq!(stdin.out, right);
    }
}

#[test]
fn the_format_of_several_bodies_need_not_be_named() {
    let folder = Folder::with(&[("list.json", &format!("[{CASING},\n {CASING}]\n"))]);
    let answer = folder.run(&["lint", "--fix", "list.json"]);
    assert_eq!(folder.read("list.json"), format!("[{JOB},\n {JOB}]\n"));
    assert_eq!(
        (answer.code, answer.out),
        (Some(0), String::new()),
        "{}",
        answer.err
    );
    assert!(
        answer.err.starts_with("2 findings fixed in 1 file\n"),
        "{}",
        answer.err
    );
}

#[test]
fn a_body_that_is_too_long_is_left_and_those_around_it_are_fixed() {
    let long = format!("{{'x': '{}'}}", "x".repeat(9 << 20));
    let bodies = format!("[{CASING},\n{long},\n{CASING}, {CASING}]");
    let folder = Folder::with(&[("bodies.json", &bodies)]);
    let answer = folder.run(&["lint", "--diff", "--input", "bodies", "bodies.json"]);
    let headers: Vec<_> = answer
        .out
        .lines()
        .filter(|line| line.starts_with("@@"))
        .collect();
    assert_eq!(headers, ["@@ -1 +1 @@", "@@ -3 +3 @@"], "{}", answer.err);
    let answer = folder.run(&[
        "lint",
        "--fix",
        "--input",
        "bodies",
        "--quiet",
        "bodies.json",
    ]);
    assert!(
        answer.err.ends_with("3 findings fixed in 1 file\n"),
        "{}",
        answer.err
    );
    assert!(folder.read("bodies.json") == bodies.replace(CASING, JOB));
}

#[cfg(unix)]
#[test]
fn a_diff_of_bodies_is_a_patch_that_gives_what_a_fix_gives() {
    let (wrong, right): (Vec<_>, Vec<_>) = (0..2_000)
        .map(|number| {
            let (null, nothing) = with_null(number);
            // Some changes are alone, some are many in a row.
            match number % 50 {
                0 | 7..12 => (null, nothing.clone()),
                _ => (nothing.clone(), nothing),
            }
        })
        .unzip();
    let folder = Folder::with(&[
        ("list.json", &format!("[{}]", wrong.join(",\n"))),
        ("bodies.txt", &(wrong.join(" ") + "\n")),
        ("one.json", &wrong[0]),
    ]);
    let names = ["bodies.txt", "list.json", "one.json"];
    let patch = folder.run(&[&["lint", "--diff"], &names[..]].concat()).out;
    folder.write("all.patch", patch.as_bytes());
    let Ok(patched) = std::process::Command::new("patch")
        .args(["-p0", "--input=all.patch", "--quiet"])
        .current_dir(folder.0.path())
        .status()
    else {
        return; // Not everybody has it.
    };
    assert!(patched.success());
    assert!(folder.read("list.json") == format!("[{}]", right.join(",\n")));
    assert!(folder.read("bodies.txt") == right.join(" ") + "\n");
    assert_eq!(folder.read("one.json"), right[0]);
}

#[test]
fn a_line_that_is_too_long_for_a_diff_is_fixed() {
    let long = CASING.replace("Check", &"x".repeat(10_000));
    let folder = Folder::with(&[("list.json", &format!("[{}]", vec![long; 900].join(",")))]);
    let answer = folder.run(&["lint", "--diff", "list.json"]);
    let message = "list.json: a line of more than 8 MiB is not shown; --fix fixes it";
    assert!(answer.err.contains(message), "{}", answer.err);
    assert_eq!(answer.code, Some(2));
    let answer = folder.run(&["lint", "--fix", "--quiet", "list.json"]);
    assert_eq!(answer.err, "900 findings fixed in 1 file\n");
}

#[test]
fn what_is_not_a_file_of_bodies_is_refused() {
    for (input, text) in [
        ("csv", "body\n{}\n"),
        ("exchanges", "{\"request\": {}}\n"),
        ("curl", "curl x\n"),
        ("postman", "{\"info\": {}, \"item\": []}"),
    ] {
        let folder = Folder::with(&[("a", text)]);
        for mode in ["--fix", "--diff"] {
            let answer = folder.run(&["lint", mode, "--input", input, "a"]);
            let message = "a: only files of bodies can be fixed: one body, one on each line, or \
                           several one after another or in a list";
            assert!(answer.err.contains(message), "{input}: {}", answer.err);
            assert_eq!((answer.code, folder.read("a")), (Some(2), text.to_owned()));
        }
    }
}
