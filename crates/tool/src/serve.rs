//! `kaizala-actions serve`.

use std::{
    error::Error,
    fs,
    io::{self, Write},
};

use kaizala_actions::lint::{Linter, Severity, printable};
use kaizala_actions_sandbox::{Builder, Exchange, Sandbox};

use super::{Exit, args::ServeArgs};

/// Serves until a signal ends it.
pub(super) fn run(args: ServeArgs, out: &mut dyn Write) -> Result<Exit, Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let end = end()?;
        let sandbox = builder(args)?
            .start()
            .await
            .map_err(|error| chain(&error))?;
        writeln!(out, "{}", sandbox.url())?;
        out.flush()?;
        end.await;
        sandbox.stop().await;
        Ok(Exit::Clean)
    })
}

fn builder(args: ServeArgs) -> Result<Builder, String> {
    let ServeArgs {
        listen,
        tokens,
        allow,
        ignore,
        deny,
        seed,
        deterministic,
        state,
        throttle,
        moved_to,
        body_limit,
        quiet,
    } = args;
    let linter = allow.iter().fold(Linter::new(), |linter, (name, method)| {
        linter.allow(name, *method)
    });
    let linter = ignore
        .iter()
        .fold(linter, |linter, rule| linter.ignore(rule));
    let linter = deny.iter().fold(linter, |linter, rule| {
        linter.severity(rule, Severity::Error)
    });
    let mut builder = Sandbox::builder()
        .listen(listen)
        .body_limit(body_limit)
        .linter(linter);
    builder = tokens
        .iter()
        .fold(builder, |builder, token| builder.token(token));
    if let Some(file) = seed {
        builder =
            builder.seed(fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?);
    }
    if let Some(number) = deterministic {
        builder = builder.deterministic(number);
    }
    if let Some(file) = state {
        builder = builder.state(file);
    }
    if let Some(per_minute) = throttle {
        builder = builder.throttle(per_minute);
    }
    if let Some(endpoint) = moved_to {
        builder = builder.moved_to(&endpoint);
    }
    Ok(if quiet { builder } else { builder.observe(log) })
}

/// One line for each request. The query is left out, and headers and bodies are: they hold tokens
/// and phone numbers.
fn log(exchange: &Exchange) {
    let path = exchange.target.split('?').next().unwrap_or_default();
    let status = exchange
        .status
        .map_or("cut".to_owned(), |status| status.as_u16().to_string());
    let findings = match exchange.findings {
        0 => String::new(),
        1 => ", 1 finding".to_owned(),
        count => format!(", {count} findings"),
    };
    let milliseconds = exchange.duration.as_secs_f64() * 1000.0;
    // A closed stderr leaves nobody to tell.
    let _ = writeln!(
        io::stderr(),
        "{} {} {status} {milliseconds:.1} ms{findings}",
        exchange.method,
        printable(path)
    );
}

/// The error and its causes in one line.
fn chain(error: &dyn Error) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {}", chain(cause)),
        None => error.to_string(),
    }
}

/// What asks the process to end. It is caught from here on, and not only when somebody waits for
/// it.
#[cfg(unix)]
fn end() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupted, mut terminated) = (
        signal(SignalKind::interrupt())?,
        signal(SignalKind::terminate())?,
    );
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}

#[cfg(windows)]
fn end() -> io::Result<impl Future<Output = ()>> {
    let mut interrupted = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupted.recv().await;
    })
}
