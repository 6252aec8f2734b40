//! What the pages are made from, and where on them a schema is.

use std::collections::BTreeMap;

use kaizala_actions::{
    body::BodyKind,
    contract::{self, Contract, Union},
    support::{self, Method, Row},
};
use serde_json::Value;

use super::{
    layout, schema,
    snippets::{self, Snippets},
};

pub(super) struct Reference {
    pub document: Value,
    /// A page each: the types of the matrix, and what has no type.
    pub topics: Vec<Topic>,
    pub rulings: Vec<Entry>,
    pub snippets: Vec<Snippets>,
    /// The page and the anchor of each schema.
    places: BTreeMap<String, String>,
}

/// A row of a table of the contract::NOTES.
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

impl Topic {
    fn schemas(&self) -> impl Iterator<Item = &String> {
        [&self.posted, &self.listed, &self.answered]
            .into_iter()
            .flatten()
    }
}

impl Reference {
    pub fn new() -> Self {
        let document = contract::document();
        let topics = topics(&document);
        let mut reference = Self {
            document,
            topics,
            rulings: entries("## Rulings"),
            snippets: snippets::all(),
            places: BTreeMap::new(),
        };
        reference.places = reference.find_places();
        reference
    }

    pub fn title(&self) -> &str {
        self.document["info"]["title"].as_str().unwrap_or_default()
    }

    pub fn version(&self) -> &str {
        self.document["info"]["version"]
            .as_str()
            .unwrap_or_default()
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
        let paths = self.document["paths"].as_object().into_iter().flatten();
        paths.flat_map(|(path, methods)| {
            methods
                .as_object()
                .into_iter()
                .flatten()
                .map(move |(method, value)| (&**path, &**method, value))
        })
    }

    /// Where the table of a schema is.
    pub fn place(&self, schema: &str) -> Option<&str> {
        self.places.get(schema).map(String::as_str)
    }

    /// The page of the type that bodies call so.
    pub fn topic(&self, row: &Row) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.row == Some(row))
    }

    fn find_places(&self) -> BTreeMap<String, String> {
        let mut places = BTreeMap::new();
        let of_topics = self.topics.iter().map(|topic| {
            (
                topic.file.as_str(),
                topic.schemas().map(String::as_str).collect(),
            )
        });
        for (file, roots) in of_topics.chain([(layout::OPERATIONS, answers())]) {
            for name in roots
                .into_iter()
                .flat_map(|root| schema::reachable(self, root))
            {
                let anchor = if schema::is_object(self.schema(&name)) {
                    format!("#{name}")
                } else {
                    String::new()
                };
                places
                    .entry(name)
                    .or_insert_with(|| format!("{file}{anchor}"));
            }
        }
        for kind in BodyKind::ALL {
            let operation = kind.operation_id().unwrap_or_default();
            places
                .entry(kind.schema().to_owned())
                .or_insert_with(|| format!("{}#{operation}", layout::OPERATIONS));
        }
        // What stands for the rows of the matrix.
        for (name, schema) in self.document["components"]["schemas"]
            .as_object()
            .into_iter()
            .flatten()
        {
            if !schema["x-kaizala-matrix"].is_null() {
                places
                    .entry(name.clone())
                    .or_insert_with(|| format!("{}#matrix", layout::OVERVIEW));
            }
        }
        places
    }
}

/// The schemas of the bodies of answers, which the page of operations describes.
pub(super) fn answers() -> Vec<&'static str> {
    BodyKind::ALL
        .iter()
        .filter(|kind| !kind.is_request())
        .map(|kind| kind.schema())
        .collect()
}

/// The unions by the column of the matrix that decides about their tags, and that of the answers,
/// which the document alone lists.
fn topics(document: &Value) -> Vec<Topic> {
    let contract = Contract::get();
    let names = || {
        document["components"]["schemas"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name)
    };
    let by_column = |column| {
        names()
            .filter_map(|name| contract.union(name))
            .find(|union| union.column == Some(column))
    };
    let (listed, posted) = (by_column(Method::Get), by_column(Method::Post));
    let answered = contract.union(BodyKind::PostActionResponseRequest.schema());
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

/// The rows of the first table below a heading of the contract::NOTES.
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
