//! `kaizala-actions.toml`: finds, reads and prints it, and has its schema.

mod file;
mod print;
mod schema;
mod value;

pub(crate) use file::{AMONG_EXCHANGES, Config};
pub(crate) use print::print;
pub(crate) use schema::schema;
