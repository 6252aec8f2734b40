//! `lint --fix` and `lint --diff`.
//!
//! `pieces.rs` divides a file into bodies and passes each to `Judge::fix` in `lint/judge.rs`, which
//! calls `Linter::fix` of the library, in `src/lint/fix.rs`. With `--fix`, `fixer.rs` writes the
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
