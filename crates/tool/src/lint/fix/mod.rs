//! `lint --fix` and `lint --diff`.

mod diff;
mod fixer;
mod lines;
mod pieces;
mod rewrite;
mod sink;
mod state;

pub(crate) use diff::run as diff;
pub(crate) use fixer::Fixer;
