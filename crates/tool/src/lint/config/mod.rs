//! `kaizala-actions.toml`: its keys, how it is found and read, how it is printed, and its schema.

mod file;
mod key;
mod print;
mod schema;
mod value;

pub(crate) use file::{AMONG_EXCHANGES, Config};
pub(crate) use key::{KEYS, Setting};
pub(crate) use print::print;
pub(crate) use schema::schema;
