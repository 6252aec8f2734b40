//! `list`.

use std::{
    error::Error as StdError,
    io::{self, IsTerminal as _, Write},
};

use futures_util::TryStreamExt as _;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use kaizala_actions::{
    client::{Error, Pace},
    types::ListedAction,
};

use super::{
    args::{ListArgs, ListFormat},
    connection::{connect, failure},
    show,
};
use crate::{
    console::{columns, complain},
    exit::Exit,
};

pub(crate) async fn run(args: &ListArgs, out: &mut dyn Write) -> Result<Exit, Box<dyn StdError>> {
    let mut printer = Printer::new(args.format, out);
    if args.all {
        all(args, &mut printer).await
    } else {
        page(args, &mut printer).await
    }
}

/// The first page.
async fn page(args: &ListArgs, printer: &mut Printer<'_>) -> Result<Exit, Box<dyn StdError>> {
    let client = connect(&args.service, None)?;
    let mut request = client
        .list_actions()
        .group_id(args.service.group.as_str())
        .action_type(args.action_type);
    if let Some(from_date) = args.from_date {
        request = request.from_date(from_date);
    }
    if let Some(count) = args.count {
        request = request.count(count);
    }
    let list = match request.send().await {
        Ok(list) => list.into_inner(),
        Err(error) => return Ok(failure(&error)),
    };
    list.actions
        .iter()
        .try_for_each(|action| printer.print(action))?;
    if list.has_more == Some(true) {
        printer.out.flush()?;
        complain("there is more: --all lists all pages");
    }
    Ok(Exit::Clean)
}

/// All pages; what was listed before an error is printed anyway.
async fn all(args: &ListArgs, printer: &mut Printer<'_>) -> Result<Exit, Box<dyn StdError>> {
    let mut list = connect(&args.service, Some(Pace::DOCUMENTED))?
        .list_all(args.service.group.as_str(), args.action_type);
    if let Some(from_date) = args.from_date {
        list = list.from_date(from_date);
    }
    if let Some(count) = args.count {
        list = list.page_size(count);
    }
    if let Some(pages) = args.max_pages {
        list = list.max_pages(pages.get());
    }
    // Draws nothing if stderr is not a terminal.
    let progress = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    progress.set_style(ProgressStyle::with_template(
        "{spinner} {pos} actions in {elapsed}",
    )?);
    let mut actions = list.stream();
    let exit = loop {
        match actions.try_next().await {
            Ok(Some(action)) => {
                progress.inc(1);
                progress.suspend(|| {
                    printer.print(&action)?;
                    // On a terminal, each line is printed at once; a pipe is buffered.
                    if printer.terminal {
                        printer.out.flush()?;
                    }
                    io::Result::Ok(())
                })?;
            }
            Ok(None) => break Exit::Clean,
            Err(error) => {
                progress.finish_and_clear();
                printer.out.flush()?;
                if let Error::TooManyPages { .. } = error {
                    complain(&format!("{error}: --max-pages raises it"));
                    break Exit::of_call(&error);
                }
                break failure(&error);
            }
        }
    };
    progress.finish_and_clear();
    Ok(exit)
}

/// Prints actions as they arrive.
struct Printer<'o> {
    table: bool,
    terminal: bool,
    /// The width of the terminal.
    columns: Option<usize>,
    begun: bool,
    out: &'o mut dyn Write,
}

impl<'o> Printer<'o> {
    fn new(format: ListFormat, out: &'o mut dyn Write) -> Self {
        let terminal = io::stdout().is_terminal();
        let table = match format {
            ListFormat::Auto => terminal,
            ListFormat::Table => true,
            ListFormat::Json => false,
        };
        Self {
            table,
            terminal,
            columns: columns(),
            begun: false,
            out,
        }
    }

    fn print(&mut self, action: &ListedAction) -> io::Result<()> {
        if !self.table {
            return show::line(action, self.out);
        }
        if !std::mem::replace(&mut self.begun, true) {
            show::heading(self.columns, self.out)?;
        }
        show::row(action, self.columns, self.out)
    }
}
