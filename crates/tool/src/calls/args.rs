//! The arguments of the calls.

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
    /// The endpoint that came with the access token
    #[arg(
        long,
        value_name = "URL",
        env = "KAIZALA_ENDPOINT",
        hide_env_values = true
    )]
    pub endpoint: Option<String>,
    /// Take an endpoint that is http on another machine, where the access token can be read on the
    /// way
    #[arg(long)]
    pub allow_insecure: bool,
    /// Wait and try again when throttled, and GETs when the connection fails
    #[arg(long)]
    pub retry: bool,
    /// Which group
    pub group: String,
}

/// List the actions of one type in a group
///
/// The access token is taken from the environment variable `KAIZALA_ACCESS_TOKEN`, never from an
/// argument.
///
/// Exit code: 0 when all was listed, 1 when the service refused or broke the contract, 2 when the
/// call could not be made.
#[derive(Debug, clap::Args)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    pub service: Service,
    /// All pages, not the first alone
    #[arg(long)]
    pub all: bool,
    /// How many pages to read at most, 1,000 unless given
    #[arg(long, value_name = "NUMBER", requires = "all")]
    pub max_pages: Option<NonZero<usize>>,
    /// From when on, in epoch seconds
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(i64).range(0..))]
    pub from_date: Option<i64>,
    /// How many actions a page may have
    #[arg(long, value_parser = clap::value_parser!(i64).range(1..))]
    pub count: Option<i64>,
    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
    /// Which type
    #[arg(value_name = "TYPE", value_parser = listable())]
    pub action_type: ListableActionType,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum ListFormat {
    /// A table on a terminal, else JSON
    #[default]
    Auto,
    /// A line with columns for each action
    Table,
    /// A line of JSON for each action
    Json,
}

/// Post an action to a group
///
/// The access token is taken from the environment variable `KAIZALA_ACCESS_TOKEN`, never from an
/// argument.
///
/// The body is linted first and sent as it is. Exit code: 0 when it was posted, 1 when the contract
/// or the service refused it, 2 when it could not be read or sent.
#[derive(Debug, clap::Args)]
pub(crate) struct PostArgs {
    #[command(flatten)]
    pub service: Service,
    /// A file with the body, or - for stdin
    #[arg(default_value = "-")]
    pub body: PathBuf,
}

/// Get the details of an action
///
/// The access token is taken from the environment variable `KAIZALA_ACCESS_TOKEN`, never from an
/// argument.
///
/// Exit code: 0 with an answer, 1 when the service refused or broke the contract, 2 when the call
/// could not be made.
#[derive(Debug, clap::Args)]
pub(crate) struct GetArgs {
    #[command(flatten)]
    pub service: Service,
    /// With every single response
    #[arg(long)]
    pub details: bool,
    /// Which action
    pub action: String,
}

/// Answer an action
///
/// The access token is taken from the environment variable `KAIZALA_ACCESS_TOKEN`, never from an
/// argument.
///
/// The body is linted first and sent as it is. Exit code: 0 when it was taken, 1 when the contract
/// or the service refused it, 2 when it could not be read or sent.
#[derive(Debug, clap::Args)]
pub(crate) struct RespondArgs {
    #[command(flatten)]
    pub service: Service,
    /// Which action
    pub action: String,
    /// A file with the body, or - for stdin
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
