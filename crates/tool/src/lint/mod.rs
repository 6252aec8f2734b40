//! `kaizala-actions lint`.

mod args;
mod aside;
mod baseline;
mod config;
mod engine;
mod feed;
mod fix;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod judge;
mod judged;
mod output;
mod portion;
mod progress;
mod reports;
mod run;
mod settings;
mod worker;
mod writer;

pub(crate) use args::LintArgs;
pub(crate) use config::schema as config_schema;
#[cfg(feature = "proxy")]
pub(crate) use config::{Config, ModeName, Modes, Override};
pub(crate) use run::run;
