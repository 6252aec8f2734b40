//! The binary, and folders to run it in.
#![allow(dead_code, reason = "each test binary takes what it needs")]

use std::{
    fs,
    io::Write as _,
    process::{Command, Stdio},
};

/// The root of the workspace, where the contract and the files of the README are.
pub const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
pub const JOB: &str = r#"{"actionType":"Job","actionBody":{"title":"Check the doors","assignedTo":["+911234500001"]}}"#;
pub const CASING: &str = r#"{"actionType":"job","actionBody":{"title":"Check the doors","assignedTo":["+911234500001"]}}"#;
pub const UNTITLED: &str = r#"{"actionType":"Job","actionBody":{"assignedTo":["+911234500001"]}}"#;

/// A folder of its own for a test, removed at the end; the tool is run in it.
pub struct Folder(pub tempfile::TempDir);

/// What the tool answered.
pub struct Answer {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Folder {
    pub fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
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
        let mut child = Command::new(env!("CARGO_BIN_EXE_kaizala-actions"))
            .args(arguments)
            .current_dir(self.0.path().join(folder))
            .env_remove("NO_COLOR")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        // A tool that does not want its input closes it.
        let _ = child.stdin.take().expect("piped").write_all(stdin);
        let output = child.wait_with_output().expect("it ends");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Answer {
            code: output.status.code(),
            out: text(output.stdout),
            err: text(output.stderr),
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
