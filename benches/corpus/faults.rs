//! What makes a body one that the linter refuses, one fault at a time.

use serde_json::{Value, json};

use super::{
    change::{
        Change, DUE, JOB, MEETING, Make, POLL, SURVEY, TITLED, any_question, changes, remove,
    },
    text,
};

changes! {
    pub FAULTS
    values {
        "no type": |body, _| remove(body, "actionType"),
        "no body": |body, _| remove(body, "actionBody"),
        "a required member missing": |body, _| remove_first(&mut body["actionBody"]),
        "machine-translated type": |body, _| body["actionType"] = "travail".into(),
        "German type": |body, _| body["actionType"] = "Umfrage".into(),
        "unsupported type": |body, _| body["actionType"] = "Announcement".into(),
        "type that cannot be posted": |body, _| body["actionType"] = "ShareLocation".into(),
        "unknown type": |body, _| body["actionType"] = "Quiz".into(),
        "type as a number": |body, _| body["actionType"] = 7.into(),
        "type and package": |body, _| body["id"] = "com.contoso.care.1".into(),
        "body as text": |body, _| body["actionBody"] = "{}".into(),
        "body as a list": |body, _| body["actionBody"] = json!([]),
        "empty body": |body, _| body["actionBody"] = json!({}),
        "title as a number" in TITLED: |body, _| body["actionBody"]["title"] = 5.into(),
        "two titles" in TITLED: |body, _| body["actionBody"]["TITLE"] = "twice".into(),
        "due date as a date" in DUE: |body, _| body["actionBody"]["dueDate"] = "2018-03-01T09:00:00Z".into(),
        "due date in the past" in DUE: |body, random| body["actionBody"]["dueDate"] = (-1 - random.below(90) as i64).into(),
        "due date as a fraction" in DUE: |body, _| body["actionBody"]["dueDate"] = 1.5.into(),
        "subscribers as text": |body, _| body["subscribers"] = "+911234500001".into(),
        "number among subscribers": |body, _| body["subscribers"] = json!(["+911234500001", 911_234_500_002_i64]),
        "question without options" in SURVEY: |body, random| {
            let question = any_question(body, random);
            question["type"] = "SingleOption".into();
            remove(question, "options");
        },
        "question of an unknown type" in SURVEY: |body, random| any_question(body, random)["type"] = "Essay".into(),
        "question without a title" in SURVEY: |body, random| remove(any_question(body, random), "title"),
        "option as text" in SURVEY: |body, random| any_question(body, random)["options"] = json!([text(random, 2)]),
        "yes as text" in SURVEY: |body, _| body["actionBody"]["isAnonymous"] = "true".into(),
        "assignee as text" in JOB: |body, _| body["actionBody"]["assignedTo"] = body["actionBody"]["assignedTo"][0].take(),
        "choices as texts" in POLL: |body, random| body["actionBody"]["choices"] = json!([text(random, 2), text(random, 3)]),
        "question as null" in POLL: |body, _| body["actionBody"]["question"] = Value::Null,
        "place beyond the pole" in MEETING: |body, _| body["actionBody"]["place"] = json!({"latitude": 91, "longitude": 0}),
        "starting time without zone" in MEETING: |body, _| body["actionBody"]["startingTime"] = "2018-03-01T09:00".into(),
        "two durations" in MEETING: |body, _| body["actionBody"]["DurationInMins"] = 30.into(),
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

fn remove_first(object: &mut Value) {
    if let Some(first) = object
        .as_object()
        .and_then(|members| members.keys().next().cloned())
    {
        remove(object, &first);
    }
}
