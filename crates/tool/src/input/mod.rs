//! What can be read: files of bodies or of exchanges, as a stream of records.
//!
//! A format is a `Split`, which finds where each record begins and ends, and is cheap; records are
//! read elsewhere, by several threads.

mod batch;
mod bodies;
mod csv;
mod decode;
mod document;
mod exchanges;
mod flow;
mod format;
mod har;
mod har_entry;
mod http;
mod log;
mod message;
mod ndjson;
mod pointer;
mod postman;
mod presets;
mod reading;
mod recognised;
mod record;
mod shell;
mod split;
mod template;
mod whole;

#[cfg(test)]
mod tests;

pub(crate) use batch::{Batch, Batches};
pub(crate) use decode::{Source, compression, decode, read};
pub(crate) use format::{Format, START, known_format};
pub(crate) use log::Map;
pub(crate) use postman::Environment;
pub(crate) use reading::Reading;
pub(crate) use record::Record;
pub(crate) use split::{Content, Flaw, MOST, Split, Step};
