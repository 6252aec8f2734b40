//! What can be done to a clean body, and what the lists of that share.

use serde_json::Value;

use super::Random;

pub struct Change {
    pub name: &'static str,
    /// The types of action that it is for; all where none is named.
    pub types: &'static [&'static str],
    pub make: Make,
}

pub enum Make {
    Value(fn(&mut Value, &mut Random)),
    Text(fn(&str) -> Vec<u8>),
}

pub const TITLED: &[&str] = &["Survey", "Job", "LetsMeet"];
pub const DUE: &[&str] = &["Survey", "Job"];
pub const SURVEY: &[&str] = &["Survey"];
pub const JOB: &[&str] = &["Job"];
pub const POLL: &[&str] = &["Poll"];
pub const MEETING: &[&str] = &["LetsMeet"];
pub const MEDIA: &[&str] = &["Image", "Document", "Audio"];

macro_rules! changes {
    (@types) => { &[] };
    (@types $types:ident) => { $types };
    (
        pub $list:ident
        values { $($value:literal $(in $types:ident)?: $make_value:expr,)* }
        texts { $($text:literal: $make_text:expr,)* }
    ) => {
        pub const $list: &[Change] = &[
            $(Change { name: $value, types: changes!(@types $($types)?), make: Make::Value($make_value) },)*
            $(Change { name: $text, types: &[], make: Make::Text($make_text) },)*
        ];
    };
}
pub(crate) use changes;

/// One of the questions of a survey.
pub fn any_question<'a>(body: &'a mut Value, random: &mut Random) -> &'a mut Value {
    let questions = questions(body);
    let index = random.index(questions.len());
    &mut questions[index]
}

pub fn questions(body: &mut Value) -> &mut Vec<Value> {
    match &mut body["actionBody"]["questions"] {
        Value::Array(questions) => questions,
        _ => unreachable!("a survey has questions"),
    }
}

pub fn remove(object: &mut Value, name: &str) {
    if let Some(members) = object.as_object_mut() {
        members.shift_remove(name);
    }
}
