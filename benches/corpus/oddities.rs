//! What the linter takes and has a note or a warning about, as archives have it: most of it stems
//! from clients that spell as another page of the documentation does, or that serialise all they
//! have.

use serde_json::{Value, json};

use super::{
    Random,
    change::{
        Change, DUE, JOB, MEDIA, MEETING, Make, POLL, SURVEY, any_question, changes, questions,
        remove,
    },
    phone, phones, text,
};

changes! {
    pub NOTES
    values {
        "a question of type Date" in SURVEY: |body, random| ask(any_question(body, random), "Date"),
        "the first question of type Date" in SURVEY: |body, _| ask(&mut questions(body)[0], "Date"),
        "a last question of type Date" in SURVEY: |body, random| questions(body).push(json!({"title": text(random, 6), "type": "Date"})),
        "some questions of type Date" in SURVEY: |body, random| (0..4).for_each(|_| ask(any_question(body, random), "Date")),
        "a duration in minutes" in MEETING: |body, _| respell(&mut body["actionBody"], |name| name.replace("duration", "DurationInMins")),
        "many subscribers": |body, random| body["subscribers"] = (0..31 + random.below(9)).map(|_| phone(random)).collect(),
        "a package that says nothing": |body, random| instantiate(body, json!({}), random),
        "a property whose type is a number": |body, random| {
            let property = property(random);
            instantiate(body, json!({"title": text(random, 5), "properties": [property]}), random);
        },
        "properties whose types are numbers": |body, random| {
            let properties: Vec<_> = (0..2 + random.below(9)).map(|_| property(random)).collect();
            instantiate(body, json!({"title": text(random, 5), "properties": properties}), random);
        },
    }
    texts {}
}

changes! {
    pub WARNINGS
    values {
        "type in lower case": |body, _| revalue(&mut body["actionType"], str::to_lowercase),
        "type in capitals": |body, _| revalue(&mut body["actionType"], str::to_uppercase),
        "question type in capitals" in SURVEY: |body, random| revalue(&mut any_question(body, random)["type"], str::to_uppercase),
        "all question types in capitals" in SURVEY: |body, _| questions(body).iter_mut().for_each(|question| revalue(&mut question["type"], str::to_uppercase)),
        "question of type date" in SURVEY: |body, random| ask(any_question(body, random), "date"),
        "outer members in Pascal case": |body, _| respell(body, pascal),
        "inner members in Pascal case": |body, _| respell(&mut body["actionBody"], pascal),
        "all members in Pascal case": |body, _| respell_all(body),
        "all members in Pascal case, with nulls" in DUE: |body, _| {
            body["subscribers"] = Value::Null;
            body["actionBody"]["dueDate"] = Value::Null;
            respell_all(body);
        },
        "Choices" in POLL: |body, _| respell(&mut body["actionBody"], |name| name.replace("choices", "Choices")),
        "a question in Pascal case" in SURVEY: |body, random| respell(any_question(body, random), pascal),
        "minutes in lower case" in MEETING: |body, _| respell(&mut body["actionBody"], |name| name.replace("duration", "durationInMins")),
        "null due date" in DUE: |body, _| body["actionBody"]["dueDate"] = Value::Null,
        "null caption" in MEDIA: |body, _| body["actionBody"]["caption"] = Value::Null,
        "null place" in MEETING: |body, _| body["actionBody"]["place"] = Value::Null,
        "null package": |body, _| body["id"] = Value::Null,
        "null options" in SURVEY: |body, random| {
            let question = any_question(body, random);
            ask(question, "Text");
            question["options"] = Value::Null;
        },
        "null subscribers": |body, _| {
            body["subscribers"] = Value::Null;
            body["replyToReferenceId"] = Value::Null;
        },
        "nobody assigned" in JOB: |body, _| body["actionBody"]["assignedTo"] = json!([]),
        "no choices" in POLL: |body, _| body["actionBody"]["choices"] = json!([]),
        "no questions" in SURVEY: |body, _| body["actionBody"]["questions"] = json!([]),
        "unused options" in SURVEY: |body, random| {
            let question = any_question(body, random);
            ask(question, "Numeric");
            question["options"] = json!([{"title": text(random, 3)}, {"title": text(random, 2)}]);
        },
        "empty unused options" in SURVEY: |body, random| {
            let question = any_question(body, random);
            ask(question, "Location");
            question["options"] = json!([]);
        },
        "due date as a fraction of zeros" in DUE: |body, random| body["actionBody"]["dueDate"] = (random.below(200) as f64).into(),
        "expiry as a fraction of zeros" in POLL: |body, random| body["actionBody"]["expiryInHours"] = (random.below(720) as f64).into(),
        "misspelt member": |body, random| body["actionBody"]["tilte"] = text(random, 4).into(),
        "cover image" in SURVEY: |body, random| {
            body["actionBody"]["CoverImage"] = text(random, 6).into();
            body["actionBody"]["visibility"] = random.below(3).into();
        },
        "member of a response": |body, random| body["actionBody"]["responseCount"] = random.below(90).into(),
        "subscribers inside": |body, random| body["actionBody"]["subscribers"] = phones(random, 12),
        "type inside too": |body, _| body["actionBody"]["actionType"] = body["actionType"].clone(),
        "properties on a survey" in SURVEY: |body, random| body["actionBody"]["properties"] = json!([property_of_type(random, "Text".into())]),
    }
    texts {}
}

/// Makes a question one of another type, that offers no options.
fn ask(question: &mut Value, kind: &str) {
    question["type"] = kind.into();
    remove(question, "options");
}

/// Makes an action an instance of a package.
fn instantiate(action: &mut Value, body: Value, random: &mut Random) {
    remove(action, "actionType");
    action["id"] = format!("com.contoso.care.{}", random.below(40)).into();
    action["actionBody"] = body;
}

fn property(random: &mut Random) -> Value {
    let number = random.below(8);
    property_of_type(random, number.into())
}

fn property_of_type(random: &mut Random, kind: Value) -> Value {
    json!({"name": text(random, 1), "type": kind, "value": text(random, 5)})
}

fn revalue(value: &mut Value, respelt: fn(&str) -> String) {
    *value = respelt(value.as_str().unwrap_or_default()).into();
}

/// Spells the members of an object in another way, and leaves them in their places.
fn respell(object: &mut Value, respelt: fn(&str) -> String) {
    if let Some(members) = object.as_object_mut() {
        *members = std::mem::take(members)
            .into_iter()
            .map(|(name, value)| (respelt(&name), value))
            .collect();
    }
}

fn respell_all(value: &mut Value) {
    respell(value, pascal);
    match value {
        Value::Object(members) => members.values_mut().for_each(respell_all),
        Value::Array(items) => items.iter_mut().for_each(respell_all),
        _ => (),
    }
}

fn pascal(name: &str) -> String {
    let (first, rest) = name.split_at(1);
    first.to_uppercase() + rest
}
