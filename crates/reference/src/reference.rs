//! What the pages are made from, and where on them a schema is.

use std::collections::BTreeMap;

use kaizala_actions::{
    body::BodyKind,
    contract::{self, Contract, Union},
    operation::OperationId,
    support::{self, Method, Row},
};
use serde_json::Value;

use super::{
    site::{OPERATIONS, OVERVIEW, POLICY, SERVED_POLICY},
    snippets::{self, Snippets},
    value::{is_object, items, members, named, text},
};

pub(super) struct Reference {
    /// Whether the pages are for the sandbox to serve.
    pub is_served: bool,
    /// Whether there is a playground among them.
    pub has_playground: bool,
    pub document: Value,
    /// A page each: the types of the matrix, and what has no type.
    pub topics: Vec<Topic>,
    pub rulings: Vec<Entry>,
    pub snippets: Vec<Snippets>,
    /// The page and the anchor of each schema.
    places: BTreeMap<String, String>,
}

/// A row of a table of the `contract::NOTES`.
pub(super) struct Entry {
    /// What its first cell names.
    pub names: Vec<String>,
    /// The rest, as Markdown.
    pub text: String,
}

/// What a page is about: a type of the matrix, or the alternative of the unions that has no type.
pub(super) struct Topic {
    pub file: String,
    pub label: String,
    pub row: Option<&'static Row>,
    /// The schemas of its bodies, where it has them.
    pub listed: Option<String>,
    pub posted: Option<String>,
    pub answered: Option<String>,
}

impl Reference {
    pub fn new() -> Self {
        let document = contract::document();
        let topics = topics(&document);
        let mut reference = Self {
            is_served: false,
            has_playground: false,
            document,
            topics,
            rulings: entries("## Rulings"),
            snippets: snippets::all(),
            places: BTreeMap::new(),
        };
        reference.places = reference.find_places();
        reference
    }

    pub fn policy(&self) -> &'static str {
        if self.is_served {
            SERVED_POLICY
        } else {
            POLICY
        }
    }

    pub fn title(&self) -> &str {
        text(&self.document["info"], "title")
    }

    pub fn version(&self) -> &str {
        text(&self.document["info"], "version")
    }

    pub fn schema(&self, name: &str) -> &Value {
        &self.document["components"]["schemas"][name]
    }

    /// The parts of the document that `$ref` names, or the value itself.
    pub fn resolved<'r>(&'r self, value: &'r Value) -> &'r Value {
        value["$ref"]
            .as_str()
            .and_then(|reference| self.document.pointer(reference.strip_prefix('#')?))
            .unwrap_or(value)
    }

    /// The operations, with their paths and methods, in the order of the document.
    pub fn operations(&self) -> impl Iterator<Item = (&str, &str, &Value)> {
        members(&self.document["paths"]).flat_map(|(path, methods)| {
            let operations = members(methods).filter(|(name, _)| *name != "parameters");
            operations.map(move |(method, value)| (&**path, &**method, value))
        })
    }

    /// The parameters of an operation, those of its path first.
    pub fn parameters<'r>(&'r self, path: &str, operation: &'r Value) -> Vec<&'r Value> {
        let shared = items(&self.document["paths"][path], "parameters");
        let all = shared.chain(items(operation, "parameters"));
        all.map(|parameter| self.resolved(parameter)).collect()
    }

    /// Where the table of a schema is.
    pub fn place(&self, schema: &str) -> Option<&str> {
        self.places.get(schema).map(String::as_str)
    }

    /// The page of the type that bodies call so.
    pub fn topic(&self, row: &Row) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.row == Some(row))
    }

    /// The schemas that a schema is made of, itself first, each before its parts; the alternatives
    /// of a union of actions are not of it.
    pub fn reachable<'r>(&'r self, root: &'r str) -> Vec<&'r str> {
        let mut found = vec![root];
        self.visit(self.schema(root), &mut found);
        found
    }

    fn visit<'r>(&'r self, value: &'r Value, found: &mut Vec<&'r str>) {
        if let Some(name) = named(value) {
            let schema = self.schema(name);
            if !found.contains(&name) && schema["x-kaizala-matrix"].is_null() {
                found.push(name);
                self.visit(schema, found);
            }
            return;
        }
        let members = members(&value["properties"]).map(|(_, member)| member);
        let alternatives = items(value, "oneOf");
        for part in members.chain(alternatives).chain(value.get("items")) {
            self.visit(part, found);
        }
    }

    fn find_places(&self) -> BTreeMap<String, String> {
        let mut places = BTreeMap::new();
        let mut add = |name: &str, place: String| {
            places.entry(name.to_owned()).or_insert(place);
        };
        let roots = self.topics.iter().flat_map(|topic| {
            let schemas = [&topic.posted, &topic.listed, &topic.answered];
            let names = schemas.into_iter().flatten();
            names.map(move |name| (topic.file.as_str(), name.as_str()))
        });
        for (file, root) in roots.chain(answers().map(|name| (OPERATIONS, name))) {
            for name in self.reachable(root) {
                let place = if is_object(self.schema(name)) {
                    format!("{file}#{name}")
                } else {
                    file.to_owned()
                };
                add(name, place);
            }
        }
        for kind in BodyKind::ALL {
            let operation = kind
                .operation()
                .map(OperationId::as_str)
                .unwrap_or_default();
            add(kind.schema(), format!("{OPERATIONS}#{operation}"));
        }
        // What stands for the rows of the matrix.
        for (name, schema) in members(&self.document["components"]["schemas"]) {
            if !schema["x-kaizala-matrix"].is_null() {
                add(name, format!("{OVERVIEW}#matrix"));
            }
        }
        places
    }
}

/// The schemas of the bodies of answers, which the page of operations describes.
pub(super) fn answers() -> impl Iterator<Item = &'static str> {
    let answers = BodyKind::ALL.iter().filter(|kind| !kind.is_request());
    answers.map(|kind| kind.schema())
}

/// The unions by the column of the matrix that decides about their tags, and that of the answers,
/// which the document alone lists.
fn topics(document: &Value) -> Vec<Topic> {
    let contract = Contract::get();
    let by_column = |column| {
        members(&document["components"]["schemas"])
            .filter_map(|(name, _)| contract.union(name))
            .find(|union| union.column == Some(column))
    };
    let (listed, posted) = (by_column(Method::Get), by_column(Method::Post));
    let answered = contract.union(BodyKind::RespondToActionRequest.schema());
    let tagged =
        |union: Option<&Union>, row: &Row| union?.alternatives.get(row.body_value).cloned();
    let bare = |union: Option<&Union>| Some(union?.bare.as_ref()?.schema.clone());
    let rows = support::rows().iter().map(|row| Topic {
        file: format!("type-{}.html", row.body_value.to_lowercase()),
        label: row.label.to_owned(),
        row: Some(row),
        listed: tagged(listed, row),
        posted: tagged(posted, row),
        answered: tagged(answered, row),
    });
    let untyped = bare(posted).map(|schema| Topic {
        file: "package.html".to_owned(),
        label: "Action package".to_owned(),
        row: None,
        listed: bare(listed),
        posted: Some(schema),
        answered: bare(answered),
    });
    rows.chain(untyped).collect()
}

/// The sources, by the tags that facts name them with.
pub(super) fn sources() -> Vec<Entry> {
    entries("## Sources")
}

/// What to use where the matrix says No; the name of each is the method and the type.
pub(super) fn alternatives() -> Vec<Entry> {
    entries("## Alternatives")
}

/// The rows of the first table below a heading of the `contract::NOTES`.
fn entries(heading: &str) -> Vec<Entry> {
    let lines = contract::NOTES
        .lines()
        .skip_while(|line| *line != heading)
        .skip(1)
        .take_while(|line| !line.starts_with("## "));
    let rows = lines.filter_map(|line| {
        line.strip_prefix("| ")?
            .strip_suffix(" |")?
            .split_once(" | ")
    });
    // After the names of the columns and the rule below them.
    rows.skip(2)
        .map(|(names, text)| Entry {
            names: names
                .split(", ")
                .map(|name| name.trim_matches('`').to_owned())
                .collect(),
            text: text.to_owned(),
        })
        .collect()
}
