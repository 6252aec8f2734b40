//! `kaizala-actions serve`.

use std::{
    error::Error,
    fs,
    io::{self, Write},
    net::SocketAddr,
    path::{Path, PathBuf},
    pin::pin,
    time::Duration,
};

use clap::ValueHint;
use kaizala_actions::{
    lint::{Linter, Rule, Severity, printable},
    support::Method,
};
use kaizala_actions_sandbox::{Fault, RecordedExchange, Sandbox, SandboxBuilder, StartError};

use crate::{
    console,
    exit::Exit,
    parsers::{allowance, misspelt, rules},
    playground::{engine, engine_folder},
    serving::{address, end},
    text::{about, count},
};

/// Run the sandbox: a server that enforces the contract and remembers what was posted
///
/// Every call needs the header accessToken; without --token any value is accepted. The reference is
/// at /, for a browser. SIGTERM or Ctrl-C stops it.
///
/// The OpenAPI document is at /openapi.json and /openapi.yaml, with this sandbox as its first
/// server, and the JSON Schemas are below /schemas/. A page of another origin, as that of Swagger UI
/// or of an app under development, may call the API and read these with --cors ORIGIN.
///
/// Its own endpoints are GET /_sandbox/health, POST /_sandbox/reset (back to the seed), GET
/// /_sandbox/snapshot and POST /_sandbox/restore (all that it remembers, in the format of a seed),
/// GET and DELETE /_sandbox/exchanges (as HAR), GET and PUT /_sandbox/faults. With --token they need
/// it too, except health. The page /_sandbox shows what they answer.
///
/// Faults are a JSON list, as in [{"kind": "throttled", "retryAfter": 7, "operation": "postAction",
/// "rate": 0.5, "times": 10}]. The kinds are latency (with milliseconds), throttled (retryAfter),
/// moved (location), failure, cut, cut-after, malformed and listed-as (actionType). The page
/// /sandbox.html says what each does.
#[derive(Debug, clap::Args)]
pub(crate) struct ServeArgs {
    /// Listen at this address; port 0 takes a free port
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4010", value_parser = address(4010))]
    listen: SocketAddr,
    /// Accept only this token; other users of the machine can see it in the list of processes
    #[arg(
        long = "token",
        value_name = "TOKEN",
        env = "KAIZALA_SANDBOX_TOKEN",
        hide_env_values = true
    )]
    tokens: Vec<String>,
    /// Accept only the tokens in this file, one per line; only you may be able to read it
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Accept this name in the Host header, in addition to addresses and localhost
    #[arg(long = "host", value_name = "NAME")]
    hosts: Vec<String>,
    /// Another origin whose pages may call the API, as in `http://localhost:3000`; the endpoints below
    /// /_sandbox/ stay closed to it
    #[arg(long = "cors", value_name = "ORIGIN")]
    origins: Vec<String>,
    /// Accept a type that the matrix does not list for a method, as in announcement:post
    #[arg(long, value_name = "TYPE:METHOD", value_parser = allowance)]
    allow: Vec<(String, Method)>,
    /// Ignore a rule, by id or name
    #[arg(long, value_name = "RULE", value_parser = rules(), hide_possible_values = true)]
    ignore: Vec<&'static Rule>,
    /// Treat findings of this rule as errors
    #[arg(long, value_name = "RULE", value_parser = rules(), hide_possible_values = true)]
    deny: Vec<&'static Rule>,
    /// Read the initial state from this JSON file; only its groups exist
    #[arg(long, value_name = "FILE")]
    seed: Option<PathBuf>,
    /// Make ids, times and media addresses reproducible, by this number
    #[arg(long, value_name = "N")]
    deterministic: Option<u64>,
    /// Keep the state in this file, one JSON object per change [default: in memory]
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Answer with 429 beyond this number of calls per minute and token
    #[arg(long, value_name = "N/min", value_parser = per_minute)]
    throttle: Option<u32>,
    /// Answer every call with 308 and this location
    #[arg(long, value_name = "URL")]
    moved_to: Option<String>,
    /// Read faults from this JSON file
    #[arg(long, value_name = "FILE")]
    faults: Option<PathBuf>,
    /// Limit the size of request bodies
    #[arg(long, value_name = "BYTES", default_value_t = 1 << 20)]
    body_limit: usize,
    /// Add a playground to the reference: a page with the linter, from the folder bindings/npm/dist,
    /// which `npm run build` makes; without FOLDER, that of a build with the feature `playground`
    #[arg(long, value_name = "FOLDER", num_args = 0..=1, default_missing_value = "", value_parser = engine_folder(), value_hint = ValueHint::DirPath)]
    playground: Option<PathBuf>,
    /// Do not log the requests
    #[arg(long)]
    quiet: bool,
}

/// How long the sandbox may take to stop.
const PATIENCE: Duration = Duration::from_millis(1500);

/// Serves until a signal ends it.
pub(crate) fn run(args: ServeArgs, out: &mut dyn Write) -> Result<Exit, Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        misspelt(&args.allow).for_each(|note| console::say(&note));
        let seed = args.seed.clone();
        let starting = builder(args)?.start();
        let mut end = pin!(end()?);
        let started = tokio::select! {
            started = starting => started,
            () = &mut end => return Ok(Exit::Clean),
        };
        let sandbox = started.map_err(|error| match (&error, seed) {
            (StartError::Seed(_), Some(file)) => about(&file)(console::chain(&error)),
            _ => console::chain(&error),
        })?;
        if let bytes @ 1.. = sandbox.dropped_bytes() {
            // Ignore errors: stderr may be closed.
            let _ = writeln!(
                io::stderr(),
                "note: the last change in the state file is incomplete; its {bytes} bytes are ignored"
            );
        }
        writeln!(out, "{}", sandbox.url())?;
        out.flush()?;
        end.await;
        // It may be doing anything, and its output may not be read.
        let _ = tokio::time::timeout(PATIENCE, sandbox.stop()).await;
        Ok(Exit::Clean)
    })
}

fn builder(args: ServeArgs) -> Result<SandboxBuilder, String> {
    let mut linter = Linter::new();
    for (name, method) in args.allow {
        linter = linter.allow(&name, method);
    }
    for rule in args.ignore {
        linter = linter.ignore(rule);
    }
    for rule in args.deny {
        linter = linter.severity(rule, Severity::Error);
    }
    let mut builder = Sandbox::builder()
        .listen(args.listen)
        .body_limit(args.body_limit)
        .linter(linter);
    let mut tokens = args.tokens;
    if let Some(file) = args.token_file {
        tokens.extend(tokens_in(&file)?);
    }
    for token in tokens {
        builder = builder.token(&token);
    }
    for host in args.hosts {
        builder = builder.host(&host);
    }
    for origin in args.origins {
        builder = builder.cors(&origin);
    }
    if let Some(file) = args.seed {
        builder = builder.seed(fs::read(&file).map_err(about(&file))?);
    }
    if let Some(number) = args.deterministic {
        builder = builder.deterministic(number);
    }
    if let Some(file) = args.state {
        builder = builder.state(file);
    }
    if let Some(per_minute) = args.throttle {
        builder = builder.throttle(per_minute);
    }
    if let Some(endpoint) = args.moved_to {
        builder = builder.moved_to(&endpoint);
    }
    if let Some(folder) = args.playground {
        builder = builder.playground(engine(&folder)?);
    }
    if let Some(file) = args.faults {
        let text = fs::read(&file).map_err(about(&file))?;
        let faults: Vec<Fault> = serde_json::from_slice(&text).map_err(about(&file))?;
        builder = faults.into_iter().fold(builder, SandboxBuilder::fault);
    }
    Ok(if args.quiet {
        builder
    } else {
        builder.observe(log)
    })
}

/// Reads the tokens from a file.
fn tokens_in(file: &Path) -> Result<Vec<String>, String> {
    let text = fs::read_to_string(file).map_err(about(file))?;
    let lines = text.lines().map(str::trim);
    let tokens: Vec<_> = lines
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect();
    if tokens.is_empty() {
        // Without any, every token would be accepted.
        return Err(about(file)("there is no token in it"));
    }
    Ok(tokens)
}

/// One line for each request, with secrets and phone numbers masked. The query, headers and bodies
/// are left out.
fn log(exchange: &RecordedExchange) {
    let exchange = exchange.masked();
    let path = exchange.target.split('?').next().unwrap_or_default();
    let status = exchange
        .status
        .map_or("cut".to_owned(), |status| status.as_u16().to_string());
    let findings = match exchange.findings {
        0 => String::new(),
        number => format!(", {}", count(number, "finding")),
    };
    let milliseconds = exchange.duration.as_secs_f64() * 1000.0;
    // Ignore errors: stderr may be closed.
    let _ = writeln!(
        io::stderr(),
        "{} {} {status} {milliseconds:.1} ms{findings}",
        exchange.method,
        printable(path)
    );
}

fn per_minute(text: &str) -> Result<u32, String> {
    text.strip_suffix("/min")
        .unwrap_or(text)
        .parse()
        .map_err(|_| "write N/min, as in 100/min".to_owned())
}
