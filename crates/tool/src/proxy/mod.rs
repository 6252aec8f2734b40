//! `kaizala-actions proxy`.

mod args;
mod log;

pub(crate) use args::ProxyArgs;

use std::{error::Error, fs, io::Write, pin::pin, time::Duration};

use kaizala_actions::lint::{Linter, Severity, Survey};
use kaizala_actions_proxy::{Mode, Proxy, ProxyBuilder};

use crate::{
    console,
    exit::Exit,
    lint::{Config, LintArgs},
    parsers::misspelt,
    serving::end,
    text::about,
};
use log::Log;

/// What the proxy may take to stop, beyond what running exchanges may.
const PATIENCE: Duration = Duration::from_secs(2);

const SECRETS: &str = "note: the record has access tokens and phone numbers";

/// Passes exchanges until a signal ends it.
pub(crate) fn run(args: ProxyArgs, out: &mut dyn Write) -> Result<Exit, Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let grace = args.grace();
    let has_secrets = args.record_secrets > 0;
    let log = (!args.quiet).then(|| Log::start(args.log)).transpose()?;
    let outcome = runtime.block_on(async {
        let mut builder = builder(args)?;
        if has_secrets {
            console::say(SECRETS);
        }
        if let Some(log) = &log {
            builder = builder.observe(log.observer());
        }
        let mut end = pin!(end()?);
        let started = tokio::select! {
            started = builder.start() => started,
            () = &mut end => return Ok(Exit::Clean),
        };
        let proxy = started.map_err(|error| console::chain(&error))?;
        writeln!(out, "{}", proxy.url())?;
        if let Some(admin) = proxy.admin_address() {
            writeln!(out, "http://{admin}")?;
        }
        out.flush()?;
        end.await;
        // A second signal ends what is still running.
        let mut again = pin!(self::end()?);
        tokio::select! {
            _ = tokio::time::timeout(grace + PATIENCE, proxy.stop()) => {}
            () = &mut again => {}
        }
        Ok(Exit::Clean)
    });
    if let Some(log) = log {
        log.end();
    }
    outcome
}

fn builder(args: ProxyArgs) -> Result<ProxyBuilder, String> {
    let mut settings = LintArgs {
        allow: args.allow.clone(),
        ignore: args.ignore.clone(),
        severity: args.severity.clone(),
        survey: args.survey.clone(),
        deny_warnings: args.deny_warnings,
        ..LintArgs::default()
    };
    if !args.no_config
        && let Some(config) = Config::find(args.config.as_deref())?
    {
        settings.add(config.said.args);
    }
    misspelt(&settings.allow).for_each(|note| console::say(&note));
    let mut builder = args.builder()?.linter(linter(&settings)?);
    if settings.deny_warnings == Some(true) {
        builder = builder.refuse_from(Severity::Warning);
    }
    // The options for all, then those for one direction, then those for one operation.
    if let Some(mode) = args.mode() {
        builder = builder.requests(mode).responses(mode);
    }
    if let Some(mode) = args.requests {
        builder = builder.requests(mode.into());
    }
    if let Some(mode) = args.responses {
        builder = builder.responses(mode.into());
    }
    for (operation, (requests, responses)) in args.operations {
        builder = builder.operation(operation, requests.into(), responses.into());
    }
    if let Some(mode) = args.beats {
        builder = builder.override_all(Mode::from(mode));
    }
    Ok(builder)
}

/// The linter with the settings of `lint`.
fn linter(settings: &LintArgs) -> Result<Linter, String> {
    let mut linter = Linter::new();
    for (name, method) in &settings.allow {
        linter = linter.allow(name, *method);
    }
    for (rule, severity) in settings.weights() {
        linter = match severity {
            Some(severity) => linter.severity(rule, severity),
            None => linter.ignore(rule),
        };
    }
    if let Some(path) = &settings.survey {
        let text = fs::read(path).map_err(about(path))?;
        linter = linter.survey(Survey::read(&text).map_err(about(path))?);
    }
    Ok(linter)
}

/// A proxy with the options that are only its own.
impl ProxyArgs {
    fn builder(&self) -> Result<ProxyBuilder, String> {
        let mut builder = Proxy::builder(&self.upstream)
            .listen(self.listen)
            .errors(self.errors.into())
            .body_limit(self.body_limit)
            .buffer(self.buffer)
            .header_timeout(Duration::from_secs(self.header_timeout))
            .idle_timeout(Duration::from_secs(self.idle_timeout))
            .connect_timeout(Duration::from_secs(self.connect_timeout))
            .upstream_timeout(Duration::from_secs(self.upstream_timeout))
            .total_timeout(Duration::from_secs(self.total_timeout))
            .grace(self.grace());
        if let Some(address) = self.admin {
            builder = builder.admin(address);
        }
        if let Some(url) = &self.docs_url {
            builder = builder.docs_url(url);
        }
        if let Some(file) = &self.ca {
            builder = builder.roots(file);
        }
        if self.preserve_host {
            builder = builder.preserve_host();
        }
        if self.forwarded {
            builder = builder.forwarded();
        }
        if self.only_actions {
            builder = builder.only_actions();
        }
        if let Some(file) = &self.record {
            builder = builder.record(file);
        }
        match self.record_secrets {
            0 => {}
            1 => return Err(SAID_ONCE.to_owned()),
            _ => builder = builder.record_secrets(),
        }
        if let Some(bytes) = self.record_max {
            builder = builder.record_max(bytes);
        }
        if self.record_only.is_some() {
            builder = builder.record_only_failing();
        }
        if let Some(share) = self.sample {
            builder = builder.sample(share);
        }
        Ok(builder)
    }
}

const SAID_ONCE: &str = "the record would have access tokens and phone numbers: give --record-secrets twice if it is to have them";
