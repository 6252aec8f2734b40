//! The programs whose calls are read, and commands of them.

use tree_sitter::Node;

use super::word::Word;

/// Programs that run the command that follows their options.
pub(super) const RUNNERS: &[&str] = &[
    "$",
    "%",
    ">",
    "builtin",
    "chronic",
    "chrt",
    "command",
    "doas",
    "env",
    "exec",
    "ionice",
    "nice",
    "nohup",
    "parallel",
    "proxychains",
    "proxychains4",
    "retry",
    "setsid",
    "stdbuf",
    "strace",
    "sudo",
    "taskset",
    "time",
    "timeout",
    "torify",
    "torsocks",
    "unbuffer",
    "watch",
    "xargs",
];

/// The program that a command calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Program {
    Curl,
    Wget,
}

impl Program {
    /// The program of this name, if it is one.
    pub fn of(word: &[u8]) -> Option<Self> {
        let name = word.rsplit(|byte| matches!(byte, b'/' | b'\\')).next()?;
        let is = |names: [&str; 2]| {
            names
                .iter()
                .any(|other| name.eq_ignore_ascii_case(other.as_bytes()))
        };
        if is(["curl", "curl.exe"]) {
            Some(Self::Curl)
        } else if is(["wget", "wget.exe"]) {
            Some(Self::Wget)
        } else {
            None
        }
    }
}

/// A command.
pub(super) struct Command {
    pub program: Program,
    /// Its words, from the name of the program on.
    pub words: Vec<Word>,
    /// What it reads, if the script says so.
    pub input: Option<Word>,
}

/// Whether a node of the tree is a command.
pub(super) fn is_command(node: &Node<'_>) -> bool {
    node.kind() == "command"
}
