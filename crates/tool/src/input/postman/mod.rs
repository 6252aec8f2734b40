//! Collections of Postman, version 2.1 and 2.0
//! (<https://schema.getpostman.com/json/collection/v2.1.0/collection.json>): each request, and each
//! response that is saved with one.

mod around;
mod auth;
mod environment;
mod names;
mod request;
mod response;
mod variable;

use kaizala_actions::{
    json::Node,
    lint::recorded::{Malformed, member},
};

pub(crate) use environment::Environment;

use self::{around::Around, names::Names};
use super::{
    message::{Message, enabled, records, text},
    split::Found,
    template::Filler,
};

/// What an environment is, where a collection is wanted.
pub(super) const IS_ENVIRONMENT: &str =
    "an environment of Postman: lint its collection, with --environment FILE";

/// The requests of a collection.
///
/// # Errors
/// What the file is instead.
pub(super) fn read(
    collection: &[u8],
    environment: Option<&Environment>,
) -> Result<Vec<Found>, String> {
    let mut is_environment = false;
    let found = records(collection, |root, found| {
        // An export by the API has it inside.
        let root = member(root, "collection").unwrap_or(root);
        is_environment = environment::is_one(root);
        let length = collection.len() + environment.map_or(0, Environment::length);
        let mut reader = Reader {
            filler: Filler::new(environment.and_then(Environment::variables), length),
            names: Names::default(),
            found,
        };
        reader.folder(root, &Around::default());
    });
    if is_environment {
        return Err(format!("not read, since it is {IS_ENVIRONMENT}"));
    }
    Ok(found)
}

struct Reader<'r> {
    filler: Filler<'r>,
    names: Names,
    found: &'r mut Vec<Found>,
}

impl Reader<'_> {
    /// A collection or a folder.
    fn folder(&mut self, node: Node<'_>, around: &Around) {
        let around = around.within(node);
        self.filler.enter(variable::list(node, "variable"));
        for item in enabled(node, "item") {
            self.names.enter(text(item, "name"));
            if member(item, "item").is_some() {
                self.folder(item, &around);
            } else if let Some(asked) = member(item, "request") {
                self.filler.enter(variable::list(item, "variable"));
                self.item(item, asked, &around.within(item));
                self.filler.leave();
            }
            self.names.leave();
        }
        self.filler.leave();
    }

    /// A request, and the responses that are saved with it.
    fn item(&mut self, item: Node<'_>, asked: Node<'_>, around: &Around) {
        let message = request::read(asked, around, &mut self.filler);
        if let Some(message) = message {
            self.found(message, asked);
        }
        for saved in enabled(item, "response") {
            self.names.enter(text(saved, "name"));
            self.saved(saved, asked, around);
            self.names.leave();
        }
    }

    /// A response that is saved, with the request that it answers.
    fn saved(&mut self, saved: Node<'_>, asked: Node<'_>, around: &Around) {
        let original = member(saved, "originalRequest").filter(|it| !it.is_null());
        if original.is_none() && !self.filler.takes(asked.span().len()) {
            let problem = "too many responses are saved with one request";
            let help = "let Postman save the request with each response (`originalRequest`)";
            let malformed = Malformed::new(0..1, problem, help);
            self.found.push(Found::new(saved.span(), Err(malformed)));
            return;
        }
        let request = request::read(original.unwrap_or(asked), around, &mut self.filler);
        let message = request.and_then(|message| response::read(saved, message));
        if let Some(message) = message {
            self.found(message, saved);
        }
    }

    fn found(&mut self, message: Message, at: Node<'_>) {
        let mut found = message.found(at.span());
        found.id = self.names.path();
        self.found.push(found);
    }
}
