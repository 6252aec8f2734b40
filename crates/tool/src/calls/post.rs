//! `post` and `respond`: bodies from files, linted and sent unchanged.

use std::{
    borrow::Cow,
    error::Error,
    io::{self, Write},
    path::Path,
};

use kaizala_actions::{
    client,
    lint::{Origin, Part},
    operation::OperationId,
};

use super::{
    args::Service,
    connection::{connect, failure},
    show,
};
use crate::{
    console::has_color,
    exit::Exit,
    files,
    report::{Checked, Full, Renderer as _},
};

/// Sends the body in a file to an operation, with these values of its path parameters.
pub(crate) async fn send(
    service: &Service,
    operation: OperationId,
    values: &[&str],
    file: &Path,
    out: &mut dyn Write,
) -> Result<Exit, Box<dyn Error>> {
    let client = connect(service, None)?;
    let (name, text) = files::file(file).read()?;
    match client.send_raw(operation, values, text.clone()).await {
        Ok(answer) => {
            show::json(&*answer, out)?;
            Ok(Exit::Clean)
        }
        Err(client::Error::Refused {
            part: Part::RequestBody,
            report,
            ..
        }) => {
            let mut stderr = io::stderr().lock();
            Full::new(has_color(&stderr)).document(
                &Checked {
                    path: &name,
                    origin: Origin::FILE,
                    id: None,
                    text: &text,
                    report: Cow::Owned(report),
                },
                &mut stderr,
            )?;
            writeln!(stderr, "not sent: the contract refuses it")?;
            Ok(Exit::Findings)
        }
        Err(error) => Ok(failure(&error)),
    }
}
