//! The commands that call the API: `list`, `post`, `get` and `respond`.

mod args;
mod list;
mod post;
mod show;

use std::{error::Error as StdError, io::Write};

pub(super) use args::Call;
use args::Service;

use super::{Exit, complain};
use kaizala_actions::client::{AccessToken, Client, Error, Pace, Retry};

/// The only place that the access token is taken from: arguments are for all on the machine to see.
const TOKEN: &str = "KAIZALA_ACCESS_TOKEN";

/// Makes the call, on a runtime of its own.
pub(super) fn run(call: &Call, out: &mut dyn Write) -> Result<Exit, Box<dyn StdError>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        match call {
            Call::List(args) => list::run(args, out).await,
            Call::Post(args) => post::post(args, out).await,
            Call::Respond(args) => post::respond(args, out).await,
            Call::Get(args) => {
                let client = connect(&args.service, None)?;
                let request = client
                    .get_action()
                    .group_id(args.group.as_str())
                    .action_id(args.action.as_str());
                match request.get_details(args.details).send().await {
                    Ok(details) => {
                        show::json(&*details, out)?;
                        Ok(Exit::Clean)
                    }
                    Err(error) => Ok(failure(&error)),
                }
            }
        }
    })
}

fn connect(service: &Service, pace: Option<Pace>) -> Result<Client, Box<dyn StdError>> {
    let token = std::env::var(TOKEN)
        .map_err(|_| format!("no access token: set the environment variable {TOKEN}"))?;
    let mut builder = Client::builder();
    if let Some(pace) = pace {
        builder = builder.pace(pace);
    }
    if service.retry {
        builder = builder.retry(Retry::default());
    }
    let token = AccessToken::new(&token).map_err(|error| format!("{TOKEN}: {error}"))?;
    builder
        .connect(&service.endpoint, token)
        .map_err(|error| chain(&error).into())
}

/// Says why a call failed: 1 where contract or service refused it, 2 where it could not be made.
fn failure(error: &Error) -> Exit {
    complain(&chain(error));
    match error {
        Error::Refused { .. }
        | Error::EndpointMoved { .. }
        | Error::Throttled { .. }
        | Error::Service { .. }
        | Error::ErrorInSuccess { .. }
        | Error::Contract { .. }
        | Error::Stalled { .. } => Exit::Findings,
        // The request is not valid, or there was no answer that could be read.
        _ => Exit::Failure,
    }
}

/// An error and its causes, in one line.
fn chain(error: &dyn StdError) -> String {
    let mut parts = vec![error.to_string()];
    let mut cause = error.source();
    while let Some(error) = cause {
        parts.push(error.to_string());
        cause = error.source();
    }
    parts.join(": ")
}
