//! The binary, what it answers, and folders to run it in.
#![allow(dead_code, reason = "each test binary takes what it needs")]

use std::{
    fs,
    io::Write as _,
    process::{Command, Output, Stdio},
    thread,
};

/// The root of the workspace, where the contract and the files of the README are.
pub const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
pub const JOB: &str = r#"{"actionType":"Job","actionBody":{"title":"Check the doors","assignedTo":["+911234500001"]}}"#;
pub const CASING: &str = r#"{"actionType":"job","actionBody":{"title":"Check the doors","assignedTo":["+911234500001"]}}"#;
pub const UNTITLED: &str = r#"{"actionType":"Job","actionBody":{"assignedTo":["+911234500001"]}}"#;

/// The tool with arguments, and without what the environment would change.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kaizala-actions"));
    command
        .args(arguments)
        .env_remove("NO_COLOR")
        .env_remove("KAIZALA_ACCESS_TOKEN")
        .env_remove("KAIZALA_ENDPOINT");
    command
}

/// Runs it to its end, with a text on stdin.
pub fn output(command: &mut Command, stdin: impl AsRef<[u8]>) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let (mut pipe, stdin) = (child.stdin.take().expect("piped"), stdin.as_ref().to_vec());
    // Apart, since it answers while it reads. If it does not want its input, it closes it.
    let writer = thread::spawn(move || drop(pipe.write_all(&stdin)));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("it writes");
    output
}

pub fn tool(arguments: &[&str], stdin: impl AsRef<[u8]>) -> Output {
    output(&mut command(arguments), stdin)
}

pub fn stdout(output: &Output) -> &str {
    text(&output.stdout)
}

pub fn stderr(output: &Output) -> &str {
    text(&output.stderr)
}

pub fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

/// A folder of its own for a test, removed at the end; the tool is run in it.
pub struct Folder(pub tempfile::TempDir);

/// What the tool answered.
pub struct Answer {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Folder {
    pub fn empty() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self::empty();
        for (name, text) in files {
            folder.write(name, text.as_bytes());
        }
        folder
    }

    pub fn write(&self, name: &str, text: &[u8]) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().expect("inside the folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    pub fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().expect("UTF-8").to_owned()
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).expect(name)
    }

    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).expect("the folder");
        let mut names: Vec<_> = entries
            .map(|entry| {
                entry
                    .expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort();
        names
    }

    pub fn run(&self, arguments: &[&str]) -> Answer {
        self.run_in("", arguments, b"")
    }

    pub fn run_in(&self, folder: &str, arguments: &[&str], stdin: &[u8]) -> Answer {
        let output = output(
            command(arguments).current_dir(self.0.path().join(folder)),
            stdin,
        );
        Answer {
            code: output.status.code(),
            out: stdout(&output).to_owned(),
            err: stderr(&output).to_owned(),
        }
    }
}

impl Answer {
    pub fn expect(&self, code: i32, out: &str, err: &str) {
        assert_eq!((self.code, &*self.out, &*self.err), (Some(code), out, err));
    }

    /// The rules of the findings in a concise report, in their order.
    pub fn rules(&self) -> Vec<&str> {
        self.out
            .lines()
            .filter_map(|line| line.split("] ").nth(1)?.split(':').next())
            .collect()
    }
}
