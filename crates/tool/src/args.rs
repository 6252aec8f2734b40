//! The arguments, from which help and completions are generated.

use std::path::PathBuf;

use clap::{
    Parser, Subcommand, ValueEnum, ValueHint,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
};
use clap_complete::Shell;
use kaizala_actions::{
    body::BodyKind,
    contract::{Dialect, Form},
    lint::Rule,
};

#[cfg(feature = "proxy")]
use crate::proxy::ProxyArgs;
#[cfg(feature = "sandbox")]
use crate::serve::ServeArgs;
use crate::{
    lint::LintArgs,
    merge::MergeArgs,
    parsers::{body_kind, rules},
    playground::engine_folder,
};

/// Check recorded requests and responses of Microsoft Kaizala's /actions API, call the API, and
/// print its contract.
#[derive(Debug, Parser)]
#[command(
    name = "kaizala-actions",
    version,
    propagate_version = true,
    arg_required_else_help = true
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Lint(Box<LintArgs>),
    Merge(MergeArgs),
    #[cfg(feature = "client")]
    #[command(flatten)]
    Call(crate::calls::Call),
    /// Print which action types can be listed (GET) and posted (POST)
    Matrix {
        /// Set the output format
        #[arg(long, value_enum, default_value_t)]
        format: TableFormat,
    },
    /// List the rules of the linter
    Rules {
        /// Set the output format
        #[arg(long, value_enum, default_value_t)]
        format: RulesFormat,
    },
    /// Explain a rule, with an example, the fix and the source
    Explain {
        /// Id or name of the rule, as in KZ201 or unsupported-method
        #[arg(value_parser = rules(), hide_possible_values = true)]
        rule: &'static Rule,
    },
    /// Print the OpenAPI document
    Spec {
        /// In which form
        #[arg(long, value_enum, default_value_t)]
        form: SpecForm,
        /// Set the output format
        #[arg(long, value_enum, default_value_t)]
        format: SpecFormat,
    },
    /// Print the JSON Schema of a body, or of kaizala-actions.toml
    Schema {
        /// Set the dialect
        #[arg(long, value_enum, default_value_t)]
        draft: Draft,
        /// Kind of body, or config for kaizala-actions.toml
        #[arg(value_name = "OPERATION.DIRECTION|config", value_parser = subject())]
        of: Subject,
    },
    /// Write the reference as HTML pages, which need neither a server nor a network
    Docs {
        /// Write to this folder; only files of an earlier reference are replaced
        #[arg(long, value_name = "FOLDER", default_value = "kaizala-actions-docs")]
        output: PathBuf,
        /// Add a playground: a page with the linter, from the folder bindings/npm/dist, which `npm run
        /// build` makes; without FOLDER, that of a build with the feature `playground`
        #[arg(long, value_name = "FOLDER", num_args = 0..=1, default_missing_value = "", value_parser = engine_folder(), value_hint = ValueHint::DirPath)]
        playground: Option<PathBuf>,
    },
    #[cfg(feature = "sandbox")]
    Serve(Box<ServeArgs>),
    #[cfg(feature = "proxy")]
    Proxy(Box<ProxyArgs>),
    /// Start a sandbox and show each operation, a refusal, and the linter on what was recorded
    #[cfg(all(feature = "client", feature = "sandbox"))]
    Demo,
    /// Print a manual page
    Man {
        /// Command to describe [default: the tool itself]
        #[arg(conflicts_with = "output")]
        command: Option<String>,
        /// Write all pages to this folder instead
        #[arg(long, value_name = "FOLDER")]
        output: Option<PathBuf>,
    },
    /// Print shell completions
    Completions {
        /// Shell
        shell: Shell,
    },
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum TableFormat {
    #[default]
    Text,
    Markdown,
    Json,
    /// RFC 4180, with a header line
    Csv,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum RulesFormat {
    #[default]
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum SpecForm {
    /// OpenAPI 3.0, as it was written
    #[default]
    #[value(name = "3.0")]
    OpenApi30,
    /// OpenAPI 3.1
    #[value(name = "3.1")]
    OpenApi31,
    /// With parameters and responses where they are used, and references to schemas alone
    Dereferenced,
    /// Without extensions, the members whose names begin with x-
    Plain,
}

impl From<SpecForm> for Form {
    fn from(form: SpecForm) -> Self {
        match form {
            SpecForm::OpenApi30 => Self::OpenApi30,
            SpecForm::OpenApi31 => Self::OpenApi31,
            SpecForm::Dereferenced => Self::Dereferenced,
            SpecForm::Plain => Self::Plain,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum SpecFormat {
    /// The form 3.0 with its comments
    #[default]
    Yaml,
    Json,
}

/// The subject of a JSON Schema.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Subject {
    Body(BodyKind),
    Config,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Draft {
    /// Draft 2020-12
    #[default]
    #[value(name = "2020-12")]
    Draft202012,
    /// Draft-07, for older tools
    #[value(name = "7", aliases = ["07", "draft-07"])]
    Draft7,
}

impl From<Draft> for Dialect {
    fn from(draft: Draft) -> Self {
        match draft {
            Draft::Draft202012 => Self::Draft202012,
            Draft::Draft7 => Self::Draft7,
        }
    }
}

fn subject() -> impl TypedValueParser<Value = Subject> {
    let kinds = BodyKind::ALL.iter().copied().map(body_kind);
    let names = kinds.chain([PossibleValue::new("config")]);
    PossibleValuesParser::new(names).map(|name| name.parse().map_or(Subject::Config, Subject::Body))
}
