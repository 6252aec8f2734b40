//! `kaizala-actions.toml`: finds, reads and prints it, and has its schema.

mod file;
mod modes;
mod print;
mod schema;
mod value;

#[cfg(any(test, fuzzing))]
pub(crate) use file::read;
pub(crate) use file::{AMONG_EXCHANGES, Config};
#[cfg(feature = "proxy")]
pub(crate) use modes::{ModeName, Modes, Override};
pub(crate) use print::print;
pub(crate) use schema::schema;
