//! `kaizala-actions.toml`: how it is found and read, how it is printed, and its schema.

mod file;
mod print;
mod schema;
mod value;

pub(crate) use file::{AMONG_EXCHANGES, Config};
pub(crate) use print::print;
pub(crate) use schema::schema;
