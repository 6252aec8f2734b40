//! The arguments of the commands that call the API.

use std::{num::NonZero, path::PathBuf};

use clap::{Subcommand, ValueEnum, builder::PossibleValuesParser, builder::TypedValueParser as _};
use kaizala_actions::{support, types::ListableActionType};

/// A call of the API.
#[derive(Debug, Subcommand)]
pub(crate) enum Call {
    List(ListArgs),
    Post(PostArgs),
    Get(GetArgs),
    Respond(RespondArgs),
}

#[derive(Debug, clap::Args)]
pub(crate) struct Service {
    /// Endpoint that came with the access token
    #[arg(
        long,
        value_name = "URL",
        env = "KAIZALA_ENDPOINT",
        hide_env_values = true
    )]
    pub endpoint: Option<String>,
    /// Accept plain http to another machine, which exposes the access token
    #[arg(long)]
    pub allow_insecure: bool,
    /// Retry throttled calls, and GETs whose connection fails
    #[arg(long)]
    pub retry: bool,
    /// Group id
    pub group: String,
}

/// List the actions of one type in a group
///
/// The access token is read from the environment variable `KAIZALA_ACCESS_TOKEN`.
///
/// Exit code: 0 if all was listed, 1 if the service refused or broke the contract, 2 if the call
/// could not be made.
#[derive(Debug, clap::Args)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    pub service: Service,
    /// List all pages, not only the first
    #[arg(long)]
    pub all: bool,
    /// Read at most this many pages [default: 1000]
    #[arg(long, value_name = "NUMBER", requires = "all")]
    pub max_pages: Option<NonZero<usize>>,
    /// List actions from this time on, in epoch seconds
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(i64).range(0..))]
    pub from_date: Option<i64>,
    /// Set the number of actions per page
    #[arg(long, value_parser = clap::value_parser!(i64).range(1..))]
    pub count: Option<i64>,
    /// Set the output format
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
    /// Action type
    #[arg(value_name = "TYPE", value_parser = listable())]
    pub action_type: ListableActionType,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum ListFormat {
    /// A table on a terminal, JSON otherwise
    #[default]
    Auto,
    /// One row per action
    Table,
    /// One JSON object per action
    Json,
}

/// Post an action to a group
///
/// The access token is read from the environment variable `KAIZALA_ACCESS_TOKEN`.
///
/// The body is linted first and sent unchanged. Exit code: 0 if it was posted, 1 if the contract or
/// the service refused it, 2 if it could not be read or sent.
#[derive(Debug, clap::Args)]
pub(crate) struct PostArgs {
    #[command(flatten)]
    pub service: Service,
    /// File with the body, or - for stdin
    #[arg(default_value = "-")]
    pub body: PathBuf,
}

/// Get the details of an action
///
/// The access token is read from the environment variable `KAIZALA_ACCESS_TOKEN`.
///
/// Exit code: 0 if there is an answer, 1 if the service refused or broke the contract, 2 if the call
/// could not be made.
#[derive(Debug, clap::Args)]
pub(crate) struct GetArgs {
    #[command(flatten)]
    pub service: Service,
    /// Include each response
    #[arg(long)]
    pub details: bool,
    /// Action id
    pub action: String,
}

/// Respond to an action
///
/// The access token is read from the environment variable `KAIZALA_ACCESS_TOKEN`.
///
/// The body is linted first and sent unchanged. Exit code: 0 if it was accepted, 1 if the contract
/// or the service refused it, 2 if it could not be read or sent.
#[derive(Debug, clap::Args)]
pub(crate) struct RespondArgs {
    #[command(flatten)]
    pub service: Service,
    /// Action id
    pub action: String,
    /// File with the body, or - for stdin
    #[arg(default_value = "-")]
    pub body: PathBuf,
}

fn listable() -> impl clap::builder::TypedValueParser<Value = ListableActionType> {
    let names = support::rows()
        .iter()
        .filter(|row| row.get)
        .filter_map(|row| row.id);
    PossibleValuesParser::new(names).try_map(|name| name.parse::<ListableActionType>())
}
