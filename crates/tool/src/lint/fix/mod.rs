//! `lint --fix` and `lint --diff`.
//!
//! `pieces.rs` divides a file into bodies and passes each to `Judge::fix` in `lint/judge.rs`, which
//! calls the library, `src/lint/fix.rs`. What a fix changes is in the file of the rule,
//! `src/lint/rules/NAME.rs`, where it calls `Draft::fix`. With `--fix`, `fixer.rs` writes the
//! fixed text and passes it to the linter; with `--diff`, `diff.rs` prints the changes.

mod diff;
mod fixer;
mod lines;
mod pieces;
mod rewrite;
mod sink;
mod state;

pub(crate) use diff::run as diff;
pub(crate) use fixer::Fixer;
