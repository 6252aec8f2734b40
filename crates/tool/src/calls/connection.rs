//! Builds the client for a call, and reports why a call failed.

use std::error::Error as StdError;

use kaizala_actions::client::{AccessToken, Client, ConnectError, Error, Pace, Retry};

use super::args::Service;
use crate::{
    console::{chain, complain},
    exit::Exit,
};

/// The only source of the access token: arguments are visible to other users of the machine.
const TOKEN: &str = "KAIZALA_ACCESS_TOKEN";

const NO_ENDPOINT: &str = "no endpoint: give --endpoint URL, or set the environment variable \
                           KAIZALA_ENDPOINT, to the endpoint that came with the access token";

const INSECURE: &str = "the endpoint is http on another machine, and the access token could be \
                        read on the way: use https, or allow it with --allow-insecure";

pub(crate) fn connect(service: &Service, pace: Option<Pace>) -> Result<Client, Box<dyn StdError>> {
    let endpoint = service.endpoint.as_ref().ok_or(NO_ENDPOINT)?;
    let token = std::env::var(TOKEN)
        .map_err(|_| format!("no access token: set the environment variable {TOKEN}"))?;
    let mut builder = Client::builder();
    if let Some(pace) = pace {
        builder = builder.pace(pace);
    }
    if service.retry {
        builder = builder.retry(Retry::default());
    }
    if service.allow_insecure {
        builder = builder.allow_insecure();
    }
    let token = AccessToken::new(&token).map_err(|error| format!("{TOKEN}: {error}"))?;
    builder
        .connect(endpoint, token)
        .map_err(|error| match error {
            ConnectError::Insecure => INSECURE.into(),
            error => chain(&error).into(),
        })
}

/// Reports why a call failed.
pub(crate) fn failure(error: &Error) -> Exit {
    complain(&chain(error));
    Exit::of_call(error)
}
