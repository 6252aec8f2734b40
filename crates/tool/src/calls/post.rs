//! `post` and `respond`: bodies from files, linted and sent as they are.

use std::{
    error::Error,
    io::{self, IsTerminal as _, Write},
    path::Path,
};

use kaizala_actions::lint::Origin;
use kaizala_actions::{body::BodyKind, client};

use super::{
    args::{PostArgs, RespondArgs, Service},
    connect, failure, show,
};
use crate::{
    Exit, files,
    report::{Checked, Full, Renderer as _},
};

pub(super) async fn post(args: &PostArgs, out: &mut dyn Write) -> Result<Exit, Box<dyn Error>> {
    send(
        &args.service,
        BodyKind::PostActionRequest,
        &[&args.group],
        &args.body,
        out,
    )
    .await
}

pub(super) async fn respond(
    args: &RespondArgs,
    out: &mut dyn Write,
) -> Result<Exit, Box<dyn Error>> {
    send(
        &args.service,
        BodyKind::PostActionResponseRequest,
        &[&args.group, &args.action],
        &args.body,
        out,
    )
    .await
}

async fn send(
    service: &Service,
    kind: BodyKind,
    path: &[&str],
    file: &Path,
    out: &mut dyn Write,
) -> Result<Exit, Box<dyn Error>> {
    let client = connect(service, None)?;
    let (name, text) = files::file(file).read()?;
    match client.send_raw(kind, path, text.clone()).await {
        Ok(answer) => {
            show::json(&*answer, out)?;
            Ok(Exit::Clean)
        }
        Err(client::Error::Refused { report }) => {
            let mut stderr = io::stderr().lock();
            let color = stderr.is_terminal()
                && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
            Full::new(color).document(
                &Checked {
                    path: &name,
                    origin: Origin::FILE,
                    text: &text,
                    report,
                },
                &mut stderr,
            )?;
            writeln!(stderr, "not sent: the contract refuses it")?;
            Ok(Exit::Findings)
        }
        Err(error) => Ok(failure(&error)),
    }
}
