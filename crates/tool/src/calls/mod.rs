//! The commands that call the API: `list`, `post`, `get` and `respond`.

mod args;
mod connection;
mod list;
mod post;
mod show;

use std::{error::Error, io::Write};

pub(crate) use args::Call;

use kaizala_actions::operation::OperationId;

use crate::exit::Exit;

/// Makes the call, in its own runtime.
pub(crate) fn run(call: &Call, out: &mut dyn Write) -> Result<Exit, Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        match call {
            Call::List(args) => list::run(args, out).await,
            Call::Post(args) => {
                let path = [&*args.service.group];
                post::send(
                    &args.service,
                    OperationId::PostAction,
                    &path,
                    &args.body,
                    out,
                )
                .await
            }
            Call::Respond(args) => {
                let path = [&*args.service.group, &args.action];
                let operation = OperationId::RespondToAction;
                post::send(&args.service, operation, &path, &args.body, out).await
            }
            Call::Get(args) => {
                let client = connection::connect(&args.service, None)?;
                let request = client
                    .get_action()
                    .group_id(args.service.group.as_str())
                    .action_id(args.action.as_str());
                match request.get_details(args.details).send().await {
                    Ok(details) => {
                        show::json(&*details, out)?;
                        Ok(Exit::Clean)
                    }
                    Err(error) => Ok(connection::failure(&error)),
                }
            }
        }
    })
}
