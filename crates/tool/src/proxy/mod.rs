//! `kaizala-actions proxy`.

mod args;
mod log;
mod recording;
mod values;
mod watched;

pub(crate) use args::ProxyArgs;

use std::{error::Error, fs, future::pending, io::Write, pin::pin, time::Duration};

use kaizala_actions::lint::{Linter, Severity, Survey};
use kaizala_actions_proxy::{Mode, Proxy, ProxyBuilder};

use crate::{
    console,
    exit::Exit,
    lint::{Config, LintArgs, ModeName, Modes},
    parsers::misspelt,
    serving::{again, end},
    text::about,
};
use log::Log;
use watched::Watched;

/// What the proxy may take to stop, beyond what running exchanges may.
const PATIENCE: Duration = Duration::from_secs(2);

const SECRETS: &str = "note: the record has access tokens and phone numbers";

/// Passes exchanges until a signal ends it.
pub(crate) fn run(args: &ProxyArgs, out: &mut dyn Write) -> Result<Exit, Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let log = (!args.quiet).then(|| Log::start(args.log)).transpose()?;
    let outcome = runtime.block_on(async {
        let certificate = [args.tls_cert.clone(), args.tls_key.clone()];
        let mut watched = Watched::new(!args.no_config, args.config.clone(), certificate);
        let mut builder = builder(args, &mut watched)?;
        if args.record_secrets > 0 {
            console::say(SECRETS);
        }
        if let Some(log) = &log {
            builder = builder.observe(log.observer());
        }
        let (mut end, mut again) = (pin!(end()?), again()?);
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
        let recording = async {
            match &args.record {
                Some(file) => recording::watch(&proxy, file).await,
                None => pending().await,
            }
        };
        let mut recording = Box::pin(recording);
        loop {
            tokio::select! {
                () = &mut end => break,
                never = &mut recording => match never {},
                () = again() => reload(&proxy, args, &mut watched),
                () = watched.changed(), if args.watch => reload(&proxy, args, &mut watched),
            }
        }
        drop(recording);
        // A second signal ends what is still running.
        let mut now = pin!(self::end()?);
        tokio::select! {
            _ = tokio::time::timeout(args.grace() + PATIENCE, proxy.stop()) => {}
            () = &mut now => {}
        }
        Ok(Exit::Clean)
    });
    if let Some(log) = log {
        log.end();
    }
    outcome
}

/// Reads the settings again.
fn reload(proxy: &Proxy, args: &ProxyArgs, watched: &mut Watched) {
    let options = builder(args, watched);
    let reload = |options| {
        let done = proxy.reload(&options);
        done.map_err(|error| console::chain(&error))
    };
    match options.and_then(reload) {
        Ok(()) => console::say("note: the settings were read again"),
        Err(problem) => {
            console::complain(&problem);
            console::say("note: the settings stay as they were");
        }
    }
}

fn builder(args: &ProxyArgs, watched: &mut Watched) -> Result<ProxyBuilder, String> {
    let mut settings = LintArgs {
        allow: args.allow.clone(),
        ignore: args.ignore.clone(),
        severity: args.severity.clone(),
        survey: args.survey.clone(),
        deny_warnings: args.deny_warnings,
        ..LintArgs::default()
    };
    let mut modes = Modes::default();
    if !args.no_config
        && let Some(config) = Config::find(args.config.as_deref())?
    {
        settings.add(config.said.args);
        modes = config.said.proxy;
    }
    // Also if it cannot be read: it may be written later.
    watched.survey(settings.survey.as_deref());
    misspelt(&settings.allow).for_each(|note| console::say(&note));
    let mut builder = args.builder()?.linter(linter(&settings)?);
    if settings.deny_warnings == Some(true) {
        builder = builder.refuse_from(Severity::Warning);
    }
    Ok(with_modes(builder, args, modes))
}

/// The modes: those of the file, those of the command line for everything, for one direction, and
/// for one operation.
fn with_modes(mut builder: ProxyBuilder, args: &ProxyArgs, file: Modes) -> ProxyBuilder {
    let beats = args.beats.or(file.beats);
    let file = if args.mode().is_some() {
        Modes::default()
    } else {
        file
    };
    let mode = |given: Option<ModeName>, file: Option<ModeName>| {
        let one = given.or(file).map(Mode::from);
        one.or(args.mode()).unwrap_or_default()
    };
    let requests = mode(args.requests, file.requests);
    let responses = mode(args.responses, file.responses);
    builder = builder.requests(requests).responses(responses);
    for of in file.operations {
        let own = |mode: Option<ModeName>, all| mode.map_or(all, Mode::from);
        let modes = (own(of.requests, requests), own(of.responses, responses));
        builder = builder.operation(of.operation, modes.0, modes.1);
    }
    for (operation, (requests, responses)) in &args.operations {
        builder = builder.operation(*operation, (*requests).into(), (*responses).into());
    }
    match beats {
        Some(mode) => builder.override_all(mode.into()),
        None => builder,
    }
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
        if let (Some(certificate), Some(key)) = (&self.tls_cert, &self.tls_key) {
            builder = builder.tls(certificate, key);
        }
        if let Some(url) = &self.mirror {
            builder = builder.mirror(url);
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
