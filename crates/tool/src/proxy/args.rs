//! The arguments of `proxy`.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use clap::{ArgAction, ValueEnum};
use kaizala_actions::{lint::Rule, operation::OperationId, support::Method};
use kaizala_actions_proxy::{ErrorForm, Mode};

use super::values::{beginning, memory, operation, seconds, share, size};
use crate::{
    lint::{ModeName, Override},
    parsers::{Weight, allowance, rules, severity},
    serving::address,
};

/// The headings of the help.
const MODES: &str = "Modes";
const RULES: &str = "Rules";
const LIMITS: &str = "Limits";
const RECORD: &str = "Record";
const CONNECTIONS: &str = "Connections";

const EXAMPLES: &str = "\
Examples:
  Report what is wrong, and change nothing
      kaizala-actions proxy --upstream https://api.example.com
  Refuse requests with errors, and only report those of responses
      kaizala-actions proxy --upstream https://api.example.com --requests enforce
  Record what fails, and check it while it is written
      kaizala-actions proxy --upstream https://api.example.com --record calls.ndjson --record-only failing
      kaizala-actions lint calls.ndjson";

/// Pass calls on to a server of the API, and report or refuse what the contract forbids
///
/// It listens for HTTP/1.1 and prints its URL, and on a second line that of --admin. In the mode
/// observe, the default, bodies pass as they came, at once, and copies of them are checked. In the
/// mode enforce, they are checked before they pass: a request with an error gets problem details
/// with the findings and never reaches the upstream, and a response with an error is replaced by
/// 502. Paths of other APIs pass.
///
/// The log on stderr has a line for each exchange and one for each finding, with secrets and phone
/// numbers masked. SIGTERM or Ctrl-C stops it once running exchanges are done; a second signal stops
/// it at once.
///
/// The keys allow, rules, survey and deny-warnings of kaizala-actions.toml apply as for lint, and its
/// table proxy has modes. SIGHUP or --watch reads it again, and the certificate; if one is wrong, all
/// stay as they were.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a command line")]
pub(crate) struct ProxyArgs {
    /// Pass calls on to this server, as in `https://api.kaiza.la`
    #[arg(help_heading = CONNECTIONS, long, value_name = "URL")]
    pub upstream: String,
    /// Listen at this address; port 0 takes a free port
    #[arg(help_heading = CONNECTIONS, long, value_name = "ADDRESS", default_value = "127.0.0.1:4011", value_parser = address(4011))]
    pub listen: SocketAddr,
    /// Answer /health, /ready and /metrics (OpenMetrics) at this address
    #[arg(help_heading = CONNECTIONS, long, value_name = "ADDRESS", value_parser = address(4012))]
    pub admin: Option<SocketAddr>,
    /// Speak TLS, with the certificate in this PEM file; those that lead to its root may follow it
    #[arg(help_heading = CONNECTIONS, long, value_name = "FILE", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// Use the private key in this PEM file for --tls-cert
    #[arg(help_heading = CONNECTIONS, long, value_name = "FILE", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// Send a copy of each request that passes to this server, too, and drop its responses; copies
    /// have access tokens
    #[arg(help_heading = CONNECTIONS, long, value_name = "URL")]
    pub mirror: Option<String>,
    /// Also trust the certificates in this PEM file
    #[arg(help_heading = CONNECTIONS, long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// Pass the Host header as it came [default: it names the upstream]
    #[arg(help_heading = CONNECTIONS, long)]
    pub preserve_host: bool,
    /// Add X-Forwarded-For, X-Forwarded-Host, X-Forwarded-Proto and Via
    #[arg(help_heading = CONNECTIONS, long)]
    pub forwarded: bool,
    /// Refuse requests and responses with errors
    #[arg(help_heading = MODES, long, conflicts_with = "observe")]
    pub enforce: bool,
    /// Only report what is wrong; the default
    #[arg(help_heading = MODES, long)]
    pub observe: bool,
    /// Set the mode for requests
    #[arg(help_heading = MODES, long, value_name = "MODE")]
    pub requests: Option<ModeName>,
    /// Set the mode for responses
    #[arg(help_heading = MODES, long, value_name = "MODE")]
    pub responses: Option<ModeName>,
    /// Set the mode for an operation, as in postAction=enforce, or for its requests and its
    /// responses, as in listActions=enforce,observe
    #[arg(help_heading = MODES, long = "operation", value_name = "OPERATION=MODE", value_parser = operation)]
    pub operations: Vec<(OperationId, (ModeName, ModeName))>,
    /// Set the mode for everything, whatever else is set
    #[arg(help_heading = MODES, long = "override", value_name = "MODE")]
    pub beats: Option<Override>,
    /// Refuse paths of other APIs
    #[arg(help_heading = MODES, long)]
    pub only_actions: bool,
    /// Set the media type of refusals
    #[arg(help_heading = MODES, long, value_enum, default_value_t)]
    pub errors: Errors,
    /// Begin the type of a refusal with this URL, which the id of the rule follows [default:
    /// urn:kaizala-actions:rule:]
    #[arg(help_heading = MODES, long, value_name = "URL", value_parser = beginning)]
    pub docs_url: Option<String>,
    /// Accept a type that the matrix does not list for a method, as in announcement:post
    #[arg(help_heading = RULES, long, value_name = "TYPE:METHOD", value_parser = allowance)]
    pub allow: Vec<(String, Method)>,
    /// Ignore a rule, by id or name
    #[arg(help_heading = RULES, long, value_name = "RULE", value_parser = rules(), hide_possible_values = true)]
    pub ignore: Vec<&'static Rule>,
    /// Set the severity of a rule, or turn it off, as in unknown-member=error
    #[arg(help_heading = RULES, long, value_name = "RULE=SEVERITY", value_parser = severity)]
    pub severity: Vec<Weight>,
    /// Refuse because of warnings, too
    #[arg(help_heading = RULES, long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub deny_warnings: Option<bool>,
    /// Check responses against this survey, as it was posted
    #[arg(help_heading = RULES, long, value_name = "FILE")]
    pub survey: Option<PathBuf>,
    /// Read settings from this file [default: kaizala-actions.toml here or in the nearest folder
    /// above]
    #[arg(help_heading = RULES, long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// Read no settings file
    #[arg(help_heading = RULES, long)]
    pub no_config: bool,
    /// Read the settings file, the survey and the certificate again when they change
    #[arg(help_heading = RULES, long)]
    pub watch: bool,
    /// Append exchanges to this file, a line of JSON for each; secrets and phone numbers are masked
    #[arg(help_heading = RECORD, long, value_name = "FILE")]
    pub record: Option<PathBuf>,
    /// Do not mask the record; give it twice
    #[arg(help_heading = RECORD, long, action = ArgAction::Count, requires = "record")]
    pub record_secrets: u8,
    /// Begin a new file beyond this size, as in 100M; the last one is kept as FILE.1
    #[arg(help_heading = RECORD, long, value_name = "SIZE", value_parser = size, requires = "record")]
    pub record_max: Option<u64>,
    /// Record only some exchanges
    #[arg(help_heading = RECORD, long, value_name = "WHICH", requires = "record")]
    pub record_only: Option<Which>,
    /// Record this share of the exchanges, evenly, as in 0.01
    #[arg(help_heading = RECORD, long, value_name = "SHARE", value_parser = share, requires = "record")]
    pub sample: Option<f64>,
    /// Limit the size of bodies that are checked, in bytes or as in 8M
    #[arg(help_heading = LIMITS, long, value_name = "SIZE", value_parser = memory, default_value_t = 8 << 20)]
    pub body_limit: usize,
    /// Limit the memory for all bodies, in bytes or as in 64M
    #[arg(help_heading = LIMITS, long, value_name = "SIZE", value_parser = memory, default_value_t = 64 << 20)]
    pub buffer: usize,
    /// Limit the time for the head of a request
    #[arg(help_heading = LIMITS, long, value_name = "SECONDS", value_parser = seconds, default_value_t = 30)]
    pub header_timeout: u64,
    /// Limit the time between two parts of a body
    #[arg(help_heading = LIMITS, long, value_name = "SECONDS", value_parser = seconds, default_value_t = 60)]
    pub idle_timeout: u64,
    /// Limit the time to connect to the upstream
    #[arg(help_heading = LIMITS, long, value_name = "SECONDS", value_parser = seconds, default_value_t = 5)]
    pub connect_timeout: u64,
    /// Limit the time from the end of a request until the upstream responds
    #[arg(help_heading = LIMITS, long, value_name = "SECONDS", value_parser = seconds, default_value_t = 60)]
    pub upstream_timeout: u64,
    /// Limit the time for an exchange
    #[arg(help_heading = LIMITS, long, value_name = "SECONDS", value_parser = seconds, default_value_t = 300)]
    pub total_timeout: u64,
    /// Limit the time for running exchanges after SIGTERM
    #[arg(help_heading = LIMITS, long, value_name = "SECONDS", default_value_t = 10)]
    pub grace: u64,
    /// Set the format of the log
    #[arg(long, value_enum, default_value_t)]
    pub log: LogFormat,
    /// Write no log
    #[arg(long)]
    pub quiet: bool,
}

impl ProxyArgs {
    /// The mode for everything, if it was given.
    pub fn mode(&self) -> Option<Mode> {
        if self.enforce {
            Some(Mode::Enforce)
        } else {
            self.observe.then_some(Mode::Observe)
        }
    }

    pub fn grace(&self) -> Duration {
        Duration::from_secs(self.grace)
    }
}

impl From<ModeName> for Mode {
    fn from(mode: ModeName) -> Self {
        match mode {
            ModeName::Off => Self::Off,
            ModeName::Observe => Self::Observe,
            ModeName::Enforce => Self::Enforce,
        }
    }
}

impl From<Override> for Mode {
    fn from(mode: Override) -> Self {
        match mode {
            Override::Observe => Self::Observe,
            Override::Off => Self::Off,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Errors {
    /// application/problem+json (RFC 9457)
    #[default]
    Problem,
    /// application/json, as the service has it; the body is the same
    Kaizala,
}

impl From<Errors> for ErrorForm {
    fn from(errors: Errors) -> Self {
        match errors {
            Errors::Problem => Self::Problem,
            Errors::Kaizala => Self::Kaizala,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Which {
    /// Those that are refused, or would be
    Failing,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum LogFormat {
    #[default]
    Text,
    /// A JSON object on each line
    Json,
}
