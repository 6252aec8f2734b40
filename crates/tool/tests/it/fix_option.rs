use std::fs;

use crate::helpers::{CASING, Folder, JOB, UNTITLED, command};

#[test]
fn a_file_is_fixed_and_what_is_left_decides() {
    let both = CASING.replace("\"title\":\"Check the doors\",", "");
    let folder = Folder::with(&[
        ("clean.json", JOB),
        ("casing.json", CASING),
        ("both.json", &both),
    ]);
    let answer = folder.run(&["lint", "--fix", "--format", "concise", "."]);
    answer.expect(
        1,
        "./both.json:1:34: error[KZ301] missing-member: `title` is missing (/actionBody)\n",
        "2 findings fixed in 2 files\n",
    );
    assert_eq!(
        [
            folder.read("clean.json"),
            folder.read("casing.json"),
            folder.read("both.json")
        ],
        [JOB, JOB, UNTITLED]
    );
    assert_eq!(folder.names(), ["both.json", "casing.json", "clean.json"]);
    folder
        .run(&["lint", "--fix", "--format", "concise", "casing.json"])
        .expect(0, "", "0 findings fixed\n");
}

#[test]
fn a_file_without_anything_to_fix_is_not_written() {
    let folder = Folder::with(&[("untitled.json", UNTITLED)]);
    let path = folder.0.path().join("untitled.json");
    let before = fs::metadata(&path).expect("a file");
    folder.run(&["lint", "--fix", "untitled.json"]);
    let after = fs::metadata(&path).expect("a file");
    assert_eq!(
        before.modified().expect("a time"),
        after.modified().expect("a time")
    );
    #[cfg(unix)]
    assert_eq!(
        std::os::unix::fs::MetadataExt::ino(&before),
        std::os::unix::fs::MetadataExt::ino(&after)
    );
}

#[cfg(unix)]
#[test]
fn permissions_are_kept_and_links_are_followed() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
    let folder = Folder::with(&[("inside/casing.json", CASING)]);
    let (file, link) = (
        folder.0.path().join("inside/casing.json"),
        folder.0.path().join("link.json"),
    );
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("a file");
    // Not every file system has attributes.
    let noted = xattr::set(&file, "user.note", b"mine").is_ok();
    let before = fs::metadata(&file).expect("a file");
    symlink("inside/casing.json", &link).expect("a link");
    assert_eq!(folder.run(&["lint", "--fix", "link.json"]).code, Some(0));
    assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
    let after = fs::metadata(&file).expect("a file");
    assert_eq!(
        (after.mode(), after.uid(), after.gid()),
        (before.mode(), before.uid(), before.gid())
    );
    assert_eq!(folder.read("inside/casing.json"), JOB);
    let note = xattr::get(&file, "user.note").ok().flatten();
    assert_eq!(note.as_deref(), noted.then_some(&b"mine"[..]));
    assert_eq!(
        fs::read_dir(folder.0.path().join("inside"))
            .expect("a folder")
            .count(),
        1
    );
}

#[test]
fn lines_are_fixed_one_by_one_and_the_others_stay_as_they_are() {
    let long = format!("{{'x': '{}'}}", "x".repeat(9 << 20));
    let lines =
        format!("{JOB}\r\n\n  {CASING} \r\n{{'actionBody'\n\t\n{long}\n{UNTITLED}\n{CASING}");
    let folder = Folder::with(&[("bodies.ndjson", &lines)]);
    let answer = folder.run(&[
        "lint",
        "--fix",
        "--input",
        "ndjson",
        "--format",
        "concise",
        "bodies.ndjson",
    ]);
    assert_eq!(
        (answer.code, &*answer.err),
        (Some(1), "2 findings fixed in 1 file\n")
    );
    // Whoever compares these strings by assert_eq would print megabytes.
    assert!(folder.read("bodies.ndjson") == lines.replace(CASING, JOB));
}

#[test]
fn of_stdin_the_fixed_text_goes_to_stdout_and_the_report_to_stderr() {
    let folder = Folder::empty();
    let run = |stdin: &str| {
        folder.run_in(
            "",
            &["lint", "--fix", "--format", "concise", "-"],
            stdin.as_bytes(),
        )
    };
    run(CASING).expect(0, JOB, "1 finding fixed in 1 file\n");
    run(UNTITLED).expect(1, UNTITLED, "<stdin>:1:34: error[KZ301] missing-member: `title` is missing (/actionBody)\n0 findings fixed\n");
    run("{'a").expect(
        1,
        "{'a",
        "<stdin>:1:2: error[KZ001] invalid-json: a string without an end\n0 findings fixed\n",
    );
    let lines = format!("{CASING}\n{CASING}\n");
    run(&lines).expect(
        0,
        &lines.replace(CASING, JOB),
        "2 findings fixed in 1 file\n",
    );
}

#[cfg(target_os = "linux")]
#[test]
fn an_interrupted_fix_leaves_the_file_and_nothing_beside_it() {
    use std::{
        process::{Command, Stdio},
        thread::sleep,
        time::Duration,
    };
    let lines = format!("{CASING}\n").repeat(300_000);
    for (signal, code) in [("INT", 130), ("TERM", 143), ("HUP", 129)] {
        let folder = Folder::with(&[("lines.ndjson", &lines)]);
        let mut child = command(&[
            "lint",
            "--fix",
            "--output",
            "json=lint.json",
            "lines.ndjson",
        ])
        .current_dir(folder.0.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary starts");
        // Two temporary files.
        while folder.names().len() < 3 {
            let ended = child.try_wait().expect("a process");
            assert!(ended.is_none(), "it was too quick");
            sleep(Duration::from_millis(1));
        }
        let killed = Command::new("kill")
            .args([format!("-{signal}"), child.id().to_string()])
            .status();
        assert!(killed.expect("kill").success());
        let ended = child.wait().expect("it ends").code();
        if (signal, ended) == ("HUP", Some(0)) {
            return; // This runs under nohup, which it is to respect.
        }
        assert_eq!(ended, Some(code));
        // What was found until then is reported.
        assert_eq!(folder.names(), ["lines.ndjson", "lint.json"]);
        assert!(folder.read("lines.ndjson") == lines);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn whoever_is_asked_to_end_ends_though_nobody_reads_the_report() {
    use std::{
        process::{Command, Stdio},
        thread::sleep,
        time::Duration,
    };
    let lines = format!("{CASING}\n").repeat(20_000);
    let folder = Folder::with(&[("lines.ndjson", &lines)]);
    let mut child = command(&["lint", "--output", "json=lint.json", "lines.ndjson"])
        .current_dir(folder.0.path())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    while folder.names().len() < 2 {
        sleep(Duration::from_millis(1));
    }
    // A pipe holds 64 kB of it. By the second signal it ends at once.
    sleep(Duration::from_millis(300));
    for _ in 0..2 {
        let killed = Command::new("kill").arg(child.id().to_string()).status();
        assert!(killed.expect("kill").success());
        sleep(Duration::from_millis(100));
    }
    assert_eq!(child.wait().expect("it ends").code(), Some(143));
    assert_eq!(folder.names(), ["lines.ndjson"]);
}

#[cfg(unix)]
#[test]
fn hard_links_and_files_that_are_read_only_are_told() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::with(&[("a.json", CASING), ("c.json", CASING), ("d.json", JOB)]);
    let path = |name: &str| folder.0.path().join(name);
    for (of, name) in [("a.json", "b.txt"), ("d.json", "e.txt")] {
        fs::hard_link(path(of), path(name)).expect("a link");
    }
    for name in ["c.json", "d.json"] {
        fs::set_permissions(path(name), fs::Permissions::from_mode(0o444)).expect("a file");
    }
    let answer = folder.run(&["lint", "--fix", "--format", "concise", "."]);
    let real = path("a.json").canonicalize().expect("a file");
    answer.expect(
        2,
        "",
        &format!(
            "kaizala-actions: ./c.json: cannot be fixed: it is read-only; make it writable first\n\
             {}: fixed under this name alone; hard links with the old text: 1\n\
             1 finding fixed in 1 file\n",
            real.display()
        ),
    );
    assert_eq!(
        [
            folder.read("a.json"),
            folder.read("b.txt"),
            folder.read("c.json")
        ],
        [JOB, CASING, CASING]
    );
}

#[test]
fn stdin_is_fixed_as_it_comes_and_a_closed_pipe_is_no_error() {
    use std::{
        io::{BufRead as _, BufReader, Write as _},
        process::Stdio,
    };
    let mut child = command(&[
        "lint", "--fix", "--input", "ndjson", "--format", "concise", "-",
    ])
    .stdin(Stdio::piped())
    .stdout(Stdio::piped())
    .stderr(Stdio::piped())
    .spawn()
    .expect("the binary starts");
    let mut stdin = child.stdin.take().expect("piped");
    let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
    let mut line = String::new();
    for _ in 0..3 {
        stdin
            .write_all(format!("{CASING}\n").as_bytes())
            .expect("it reads");
        line.clear();
        stdout.read_line(&mut line).expect("it writes");
        assert_eq!(line.trim_end(), JOB);
    }
    drop(stdout);
    stdin
        .write_all(format!("{CASING}\n").repeat(1000).as_bytes())
        .expect("it reads on");
    stdin.write_all(UNTITLED.as_bytes()).expect("it reads on");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    let report = "<stdin>:1:34: error[KZ301] missing-member: `title` is missing (/actionBody)\n";
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&output.stderr).contains(report.trim_start_matches("<stdin>:1")),
        "{output:?}"
    );
}

#[test]
fn what_cannot_be_fixed_as_it_is_is_refused_and_left() {
    let folder = Folder::empty();
    folder.write("a.json.gz", &[0x1F, 0x8B, 8, 0]);
    for mode in ["--fix", "--diff"] {
        let answer = folder.run(&[
            "lint",
            mode,
            "--format",
            "concise",
            "a.json.gz",
            "none.json",
        ]);
        assert_eq!(answer.code, Some(2));
        assert!(
            answer
                .err
                .contains("a.json.gz: compressed files cannot be fixed: unpack it first\n"),
            "{}",
            answer.err
        );
        assert!(
            answer.err.contains("none.json: No such file"),
            "{}",
            answer.err
        );
    }
    assert_eq!(
        fs::read(folder.0.path().join("a.json.gz")).expect("a file"),
        [0x1F, 0x8B, 8, 0]
    );
    assert_eq!(
        folder.run(&["lint", "--fix", "--diff", "a.json"]).code,
        Some(2)
    );
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_no_file_or_has_no_room_beside_it_is_refused() {
    let folder = Folder::empty();
    let answer = folder.run(&["lint", "--fix", "/dev/null"]);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer
            .err
            .contains("/dev/null: not a regular file, so that it cannot be fixed"),
        "{}",
        answer.err
    );
}

#[test]
fn a_diff_shows_what_a_fix_would_do_and_does_nothing() {
    let pretty = "{\n  \"actionType\": \"job\",\n  \"actionBody\": {\n    \"title\": \"a\",\n    \"assignedTo\": [\"b\"],\n    \"subscribers\": [\"c\"]\n  }\n}";
    let folder = Folder::with(&[("clean.json", JOB), ("a/job.json", pretty)]);
    let diff = "--- a/job.json
+++ a/job.json
@@ -1,8 +1,8 @@
 {
-  \"actionType\": \"job\",
+  \"actionType\": \"Job\",
   \"actionBody\": {
     \"title\": \"a\",
-    \"assignedTo\": [\"b\"],
-    \"subscribers\": [\"c\"]
-  }
+    \"assignedTo\": [\"b\"]
+  },
+  \"subscribers\": [\"c\"]
 }
\\ No newline at end of file
";
    folder
        .run(&["lint", "--diff", "clean.json", "a/job.json"])
        .expect(1, diff, "2 findings would be fixed in 1 file\n");
    assert_eq!(folder.read("a/job.json"), pretty);
    folder
        .run(&["lint", "--diff", "clean.json"])
        .expect(0, "", "0 findings would be fixed\n");
}

#[test]
fn a_diff_of_lines_has_the_numbers_of_the_file() {
    let mut lines = vec![JOB; 40];
    for index in [4, 9, 17, 39] {
        lines[index] = CASING;
    }
    let folder = Folder::with(&[("bodies.ndjson", &(lines.join("\n") + "\n"))]);
    let answer = folder.run(&["lint", "--diff", "bodies.ndjson"]);
    let headers: Vec<_> = answer
        .out
        .lines()
        .filter(|line| line.starts_with("@@"))
        .collect();
    assert_eq!(
        headers,
        [
            "@@ -2,12 +2,12 @@",
            "@@ -15,7 +15,7 @@",
            "@@ -37,4 +37,4 @@"
        ]
    );
    let changes: Vec<_> = answer
        .out
        .lines()
        .filter(|line| line.starts_with(['-', '+']))
        .skip(2)
        .collect();
    let masked = |line: &str| line.replace("911234500001", "************");
    let (old, new) = (masked(&format!("-{CASING}")), masked(&format!("+{JOB}")));
    assert_eq!(changes, [&old, &new].repeat(4));
    assert_eq!(answer.code, Some(1));
    let note = "secrets and phone numbers are shown as stars: this diff cannot be applied; --fix makes the changes\n";
    assert_eq!(
        answer.err,
        format!("{note}4 findings would be fixed in 1 file\n")
    );
}

#[cfg(unix)]
#[test]
fn a_diff_is_a_patch_that_gives_what_a_fix_gives() {
    let named = |body: &str| body.replace("+911234500001", "b");
    let (casing, job) = (&*named(CASING), &*named(JOB));
    // Some changes are alone, some are many in a row.
    let is_wrong = |number: usize| {
        number % 7 < 2 || (1000..9000).contains(&number) && number % 5 < 4 || number == 9999
    };
    let lines: Vec<_> = (0..10_000)
        .map(|number| if is_wrong(number) { casing } else { job })
        .collect();
    let folder = Folder::with(&[("lines.ndjson", &lines.join("\n")), ("casing.json", casing)]);
    let patch = folder
        .run(&["lint", "--diff", "lines.ndjson", "casing.json"])
        .out;
    folder.write("all.patch", patch.as_bytes());
    let Ok(patched) = std::process::Command::new("patch")
        .args(["-p0", "--input=all.patch", "--quiet"])
        .current_dir(folder.0.path())
        .status()
    else {
        return; // Not everybody has it.
    };
    assert!(patched.success());
    assert!(folder.read("lines.ndjson") == lines.join("\n").replace(casing, job));
    assert_eq!(folder.read("casing.json"), job);
}

#[test]
fn ignored_rules_and_the_named_kind_hold_for_fixes_too() {
    let folder = Folder::with(&[
        ("casing.json", CASING),
        ("answer.json", r#"{"Message": null}"#),
    ]);
    assert_eq!(
        folder
            .run(&["lint", "--fix", "--ignore", "value-casing", "casing.json"])
            .code,
        Some(0)
    );
    assert_eq!(folder.read("casing.json"), CASING);
    folder.run(&["lint", "--fix", "--as", "error.response", "answer.json"]);
    assert_eq!(folder.read("answer.json"), "{}");
}
