//! What can be wrong with a body, one fault at a time. Each fits a body of any type: where it names
//! a member that the type does not have, the member is then undeclared, which is a finding too.

use serde_json::{Value, json};

pub struct Fault {
    pub name: &'static str,
    pub spoil: Spoil,
}

pub enum Spoil {
    Value(fn(&mut Value)),
    Text(fn(&str) -> Vec<u8>),
}

macro_rules! faults {
    (values { $($value:literal: $spoil_value:expr,)* } texts { $($text:literal: $spoil_text:expr,)* }) => {
        pub const FAULTS: &[Fault] = &[
            $(Fault { name: $value, spoil: Spoil::Value($spoil_value) },)*
            $(Fault { name: $text, spoil: Spoil::Text($spoil_text) },)*
        ];
    };
}

faults! {
    values {
        "no type": |body| remove(body, "actionType"),
        "no body": |body| remove(body, "actionBody"),
        "a required member missing": |body| remove_first(&mut body["actionBody"]),
        "type in lower case": |body| body["actionType"] = body["actionType"].as_str().unwrap_or_default().to_lowercase().into(),
        "machine-translated type": |body| body["actionType"] = "travail".into(),
        "German type": |body| body["actionType"] = "Umfrage".into(),
        "unsupported type": |body| body["actionType"] = "Announcement".into(),
        "type that cannot be posted": |body| body["actionType"] = "ShareLocation".into(),
        "unknown type": |body| body["actionType"] = "Quiz".into(),
        "type as a number": |body| body["actionType"] = 7.into(),
        "type and package": |body| body["id"] = "com.contoso.care.1".into(),
        "body as text": |body| body["actionBody"] = "{}".into(),
        "body as a list": |body| body["actionBody"] = json!([]),
        "empty body": |body| body["actionBody"] = json!({}),
        "title as a number": |body| body["actionBody"]["title"] = 5.into(),
        "title in capitals": |body| rename(&mut body["actionBody"], "title", "Title"),
        "two titles": |body| body["actionBody"]["TITLE"] = "twice".into(),
        "null due date": |body| body["actionBody"]["dueDate"] = Value::Null,
        "due date as a date": |body| body["actionBody"]["dueDate"] = "2018-03-01T09:00:00Z".into(),
        "due date in the past": |body| body["actionBody"]["dueDate"] = (-1).into(),
        "due date as a fraction": |body| body["actionBody"]["dueDate"] = 1.5.into(),
        "due date as 10.0": |body| body["actionBody"]["dueDate"] = 10.0.into(),
        "misspelt member": |body| body["actionBody"]["tilte"] = "x".into(),
        "member of a response": |body| body["actionBody"]["responseCount"] = 1.into(),
        "subscribers inside": |body| body["actionBody"]["subscribers"] = json!(["+911234500001"]),
        "subscribers as text": |body| body["subscribers"] = "+911234500001".into(),
        "number among subscribers": |body| body["subscribers"] = json!(["+911234500001", 911_234_500_002_i64]),
        "many subscribers": |body| body["subscribers"] = (0..31).map(|n| format!("+91123450{n:04}")).collect(),
        "nobody assigned": |body| body["actionBody"]["assignedTo"] = json!([]),
        "no choices": |body| body["actionBody"]["choices"] = json!([]),
        "question without options": |body| body["actionBody"]["questions"] = json!([{"title": "Which?", "type": "SingleOption"}]),
        "question with unused options": |body| body["actionBody"]["questions"] = json!([{"title": "Why?", "type": "Text", "options": [{"title": "x"}]}]),
        "question of an unknown type": |body| body["actionBody"]["questions"] = json!([{"title": "Why?", "type": "Essay"}]),
        "question type in capitals": |body| body["actionBody"]["questions"] = json!([{"title": "Why?", "type": "TEXT"}]),
        "place beyond the pole": |body| body["actionBody"]["place"] = json!({"latitude": 91, "longitude": 0}),
        "starting time without zone": |body| body["actionBody"]["startingTime"] = "2018-03-01T09:00".into(),
        "two durations": |body| body["actionBody"]["DurationInMins"] = 30.into(),
        "properties": |body| body["actionBody"]["properties"] = json!([]),
    }
    texts {
        "cut": |text| text.as_bytes()[..text.len() - 2].to_vec(),
        "comma at the end": |text| text.replacen('}', ",}", 1).into_bytes(),
        "key without quotes": |text| text.replacen("\"actionType\"", "actionType", 1).into_bytes(),
        "single quotes": |text| text.replacen("\"actionType\"", "'actionType'", 1).into_bytes(),
        "repeated key": |text| text.replacen('{', "{\"actionType\":\"Job\",", 1).into_bytes(),
        "half of a surrogate pair": |text| text.replacen("\"actionBody\"", "\"\\ud83d\":1,\"actionBody\"", 1).into_bytes(),
        "byte that is no UTF-8": |text| [&text.as_bytes()[..text.len() - 1], b",\"x\":\"\xff\"}"].concat(),
        "huge number": |text| text.replacen('{', "{\"x\":1e400,", 1).into_bytes(),
        "text after the end": |text| format!("{text} {text}").into_bytes(),
    }
}

fn remove(object: &mut Value, name: &str) {
    if let Some(members) = object.as_object_mut() {
        members.shift_remove(name);
    }
}

fn remove_first(object: &mut Value) {
    if let Some(first) = object
        .as_object()
        .and_then(|members| members.keys().next().cloned())
    {
        remove(object, &first);
    }
}

fn rename(object: &mut Value, from: &str, to: &str) {
    let members = object.as_object_mut();
    if let Some(members) = members
        && let Some(value) = members.shift_remove(from)
    {
        members.insert(to.to_owned(), value);
    } else {
        object[to] = "x".into();
    }
}
