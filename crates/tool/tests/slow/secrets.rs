//! No command shows a token or a phone number, wherever it is in an exchange and however it is
//! written there.

use std::fmt::Write as _;

use data_encoding::{BASE64, BASE64_NOPAD, BASE64URL_NOPAD};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use proptest::{prelude::*, test_runner::RngSeed};
use serde_json::{Value, json};

use crate::helpers::Folder;

const PATH: &str = "/v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions";

/// All formats, a baseline, the statistics and coverage, of one run.
const FORMATS: [&str; 11] = [
    "full", "concise", "json", "jsonl", "sarif", "junit", "github", "gitlab", "markdown",
    "summary", "html",
];

fn percent(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn percent_all(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        let _ = write!(encoded, "%{byte:02x}");
        encoded
    })
}

/// JSON strings of a text, with their quotes.
fn strings(text: &str) -> Vec<String> {
    let plain = json!(text).to_string();
    let escaped = text
        .encode_utf16()
        .fold(String::new(), |mut escaped, unit| {
            let _ = write!(escaped, "\\u{unit:04X}");
            escaped
        });
    let nested = json!(plain).to_string();
    vec![
        plain.replace('/', "\\/"),
        format!("\"{escaped}\""),
        nested,
        plain,
    ]
}

/// What a text is in another that repeats it.
fn copies(text: &str) -> Vec<String> {
    let in_base64 = format!("user:{text}");
    let mut copies = vec![
        percent(text),
        percent_all(text),
        percent(&percent(text)),
        text.replace(' ', "+"),
        BASE64.encode(text.as_bytes()),
        BASE64.encode(in_base64.as_bytes()),
        BASE64URL_NOPAD.encode(&in_base64.as_bytes()[2..]),
    ];
    copies.push(text.to_owned());
    copies
}

/// Requests that say that a text is a secret, each in its own way; the last value is a part of the
/// URL.
fn declared(token: &str) -> Vec<Value> {
    let encoded = percent(token);
    let header = |name: &str, value: String| json!({"url": PATH, "headers": {name: value}});
    let url = |url: String| json!({"url": url, "headers": {}});
    let body = |body: String| json!({"url": PATH, "headers": {}, "text": body});
    let mut declared = vec![
        header("accessToken", token.to_owned()),
        header("ACCESSTOKEN", format!("Bearer {token}")),
        header("Authorization", format!("Negotiate {token}")),
        header(
            "authorization",
            format!("Basic {}", BASE64.encode(format!("me:{token}").as_bytes())),
        ),
        header("X-Access-Token", token.to_owned()),
        header("x-api-key", token.to_owned()),
        header("Cookie", format!("a=b; session={token}")),
        header("Referer", format!("https://x/?refresh_token={encoded}")),
        url(format!("{PATH}?accessToken={encoded}")),
        url(format!("{PATH}?access%54oken={}", percent_all(token))),
        url(format!("{PATH}?a=b;access_token={encoded}&c=d")),
        url(format!("{PATH}?actionType=job#access_token={encoded}")),
        url(format!(
            "{PATH}?next=https%3A%2F%2Fx%3Faccess_token%3D{encoded}"
        )),
        url(format!("https://me:{encoded}@api.kaiza.la{PATH}")),
        url(format!("https://{encoded}@api.kaiza.la{PATH}")),
        body(format!("access_token={encoded}&a=b")),
    ];
    for string in strings(token) {
        declared.push(body(format!("{{\"accessToken\": {string}}}")));
        declared.push(body(format!("{{\"refresh_token\": [1, {string}]}}")));
        declared.push(body(format!(
            "{{\"applicationSecret\": {{\"value\": {string}}}}}"
        )));
        declared.push(body(format!(
            "[{{\"name\": \"x-api-key\", \"value\": {string}}}]"
        )));
        declared.push(body(
            json!(format!("{{\"access\\u0054oken\": {string}}}")).to_string(),
        ));
    }
    declared
}

/// Exchanges that repeat a text in all their places, and one that has it for a method.
fn exchanges(token: &str, copy: &str, declared: impl Iterator<Item = Value>) -> Vec<Value> {
    let declared = declared.flat_map(|request| {
        let text = request["text"].as_str().unwrap_or_default();
        let url = request["url"].as_str().unwrap();
        let mut headers = request["headers"].clone();
        headers["content-type"] = json!(copy);
        let query = |name: &str, value: &str| {
            let mark = if url.contains('#') { "" } else if url.contains('?') { "&" } else { "?" };
            format!("{url}{mark}{}={}", percent(name), percent(value))
        };
        let bodies = [
            text.to_owned(),
            json!({"actionType": copy, "actionBody": {}, copy: 1}).to_string(),
            format!("{{\"actionType\": {}, \"actionBody\"", strings(copy)[1]),
        ];
        let error = json!({"errorCode": copy, "message": [copy]}).to_string();
        // So that each of them declares it.
        let error = if text.is_empty() { error } else { format!("[{error}, {text}]") };
        let answer = json!({"status": 200, "headers": {"location": copy, "retry-after": copy}, "body": error});
        let post = |url: &str, body: &str| json!({"request": {"method": "POST", "url": url, "headers": headers, "body": body}, "response": answer});
        let get = |url: &str| json!({"request": {"method": "GET", "url": url, "headers": headers}, "response": answer});
        let mut all: Vec<_> = bodies.iter().map(|body| post(url, body)).collect();
        all.extend([
            get(&query(copy, "1")),
            get(&query("actionType", copy)),
            get(&query("count", copy)),
            get(&url.replace("5b0f7c1e", &percent(copy))),
            json!({"request": {"method": copy, "url": url, "headers": headers}, "response": answer}),
        ]);
        if !text.is_empty() {
            all.push(post(PATH, &format!("[{text}, {}]", json!({"actionType": copy, copy: copy}))));
        }
        all
    });
    let method = json!({"request": {"method": token, "url": PATH, "headers": {}}});
    declared.chain([method]).collect()
}

/// What a reader could make of an output: it itself, and with one encoding or the other undone.
fn readings(output: &str) -> Vec<String> {
    let unescaped = |text: &str| {
        let mut unescaped = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('\\') {
            unescaped += &rest[..at];
            rest = rest[at..].trim_start_matches('\\');
            let code = rest.strip_prefix('u').and_then(|rest| rest.get(..4));
            if let Some(code) = code.and_then(|code| u32::from_str_radix(code, 16).ok()) {
                unescaped.extend(char::from_u32(code));
                rest = &rest[5..];
            }
        }
        unescaped + rest
    };
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let markup = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&amp;", "&"),
        ("~1", "/"),
        ("~0", "~"),
    ];
    let plain = markup
        .iter()
        .fold(output.to_owned(), |text, (from, to)| text.replace(from, to));
    let (first, second) = (unescaped(&plain), decoded(&plain));
    let readings = [
        decoded(&first),
        unescaped(&second),
        first,
        second,
        output.to_owned(),
    ];
    readings
        .iter()
        .map(|text| text.replace('+', " ").to_lowercase())
        .collect()
}

/// Eight letters of a text in a row that stand in an output, or in the base64 that does.
fn leak(output: &str, secret: &str) -> Option<String> {
    let readings = readings(output);
    let plain = secret.replace('+', " ").to_lowercase();
    let letters: Vec<_> = plain.chars().collect();
    let mut parts: Vec<String> = letters
        .windows(8)
        .map(|part| part.iter().collect())
        .collect();
    for before in 0..3 {
        let bytes = [&vec![0; before][..], secret.as_bytes()].concat();
        for text in [BASE64_NOPAD.encode(&bytes), BASE64URL_NOPAD.encode(&bytes)] {
            let sure = &text[4..text.len() - 2];
            parts.extend(
                (0..sure.len() - 11).map(|at| sure[at..at + 12].replace('+', " ").to_lowercase()),
            );
        }
    }
    parts
        .into_iter()
        .find(|part| readings.iter().any(|text| text.contains(part)))
}

/// All that a run says of a text: on both streams and in all files.
fn said(arguments: &[&str], text: &str) -> Vec<(String, String)> {
    let folder = Folder::with(&[("in", text)]);
    let mut all = vec![
        "lint",
        "--statistics",
        "--coverage",
        "--write-baseline",
        "known.json",
    ];
    let outputs = FORMATS.map(|format| format!("{format}=out.{format}"));
    for output in &outputs {
        all.extend(["--output", output]);
    }
    all.extend(arguments);
    all.push("in");
    let answer = folder.run(&all);
    assert!(answer.code.is_some_and(|code| code < 2), "{}", answer.err);
    let files = folder.names().into_iter().filter(|name| name != "in");
    let files = files.map(|name| (name.clone(), folder.read(&name)));
    files
        .chain([("stdout".into(), answer.out), ("stderr".into(), answer.err)])
        .collect()
}

fn lines(texts: impl IntoIterator<Item = impl ToString>) -> String {
    texts
        .into_iter()
        .map(|text| text.to_string() + "\n")
        .collect()
}

// The same tokens in every run, so that what fails is due to a change.
proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 32, rng_seed: RngSeed::Fixed(26), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_report_shows_a_token(
        token in r#"[A-Za-z0-9]{4}[A-Za-z0-9+/=_.~,'"\\ &;%:@<>-]{8,24}[A-Za-z0-9]{4}"#,
        copy in any::<prop::sample::Index>(),
        start in any::<prop::sample::Index>(),
    ) {
        let copies = copies(&token);
        let copy = copy.get(&copies);
        // A few of them at a time: what they say is looked at in many ways.
        let declared = declared(&token);
        let count = declared.len();
        let chosen = (0..3).map(|turn| declared[(start.index(count) + turn * count / 3) % count].clone());
        let exchanges = exchanges(&token, copy, chosen);
        let leaks = |exchanges: &[Value]| {
            let said = said(&["--input", "exchanges"], &lines(exchanges));
            said.into_iter().find_map(|(name, output)| Some((name, leak(&output, &token)?)))
        };
        if let Some((name, leak)) = leaks(&exchanges) {
            let culprit = exchanges.iter().find(|exchange| leaks(&[(*exchange).clone()]).is_some());
            let culprit = culprit.map(Value::to_string);
            prop_assert!(false, "{leak:?} of {token:?}, copied as {copy:?}, in {name} for {culprit:?}");
        }
    }

    #[test]
    fn no_report_but_full_shows_a_phone_number(
        number in "[1-9][0-9]{10,13}",
        form in any::<prop::sample::Index>(),
        copy in any::<prop::sample::Index>(),
    ) {
        let forms = forms(&number);
        let (form, copy) = (form.get(&forms), copy.get(&forms));
        let bodies = bodies(form, copy);
        let calls = bodies.iter().map(|body| {
            let url = format!("{PATH}?actionType={}&from={}", percent(copy), percent(form));
            json!({"request": {"method": "POST", "url": url.replace("5b0f", &percent(copy)), "headers": {"content-type": copy}, "body": body}})
        });
        let calls = said(&["--input", "exchanges"], &lines(calls));
        let single = said(&["--input", "ndjson"], &lines(&bodies));
        let folder = Folder::with(&[("in.ndjson", &lines(&bodies))]);
        let diff = folder.run(&["lint", "--diff", "in.ndjson"]);
        let diff = [("diff".to_owned(), diff.out + &diff.err)];
        for (name, output) in calls.into_iter().chain(single).chain(diff) {
            if !name.ends_with("full") && name != "stdout" {
                let digits = digits(&output);
                let leak = digits.as_bytes().windows(8).map(String::from_utf8_lossy).find(|part| number.contains(&**part));
                prop_assert!(leak.is_none(), "{leak:?} of {form:?}, copied as {copy:?}, in {name}");
            }
        }
    }
}

/// A phone number as people write it.
fn forms(number: &str) -> Vec<String> {
    let (country, rest) = number.split_at(2);
    let (area, line) = rest.split_at(4);
    let in_script = |zero: u32| {
        number
            .chars()
            .filter_map(move |digit| char::from_u32(zero + digit.to_digit(10)?))
    };
    vec![
        format!("+{number}"),
        format!("+{country} {area} {line}"),
        format!("+{country}-{area}-{line}"),
        format!("+{country} ({area}) {line}"),
        format!("\u{202a}+{country}\u{a0}{area}\u{2011}{line}\u{202c}"),
        format!("+{}", in_script(0x966).collect::<String>()),
        format!("\u{ff0b}{}", in_script(0xff10).collect::<String>()),
        format!("call +{number} or +{country} {area} {line}"),
    ]
}

/// Bodies that say that a number is one, and repeat it.
fn bodies(form: &str, copy: &str) -> Vec<String> {
    let job = |inner: &str| {
        format!(r#"{{"actionType":"job","actionBody":{{"title":"a","assignedTo":["b"],{inner}}}}}"#)
    };
    let strings = strings(form);
    let inside = strings.iter().flat_map(|string| {
        let copy = json!(copy);
        [
            format!(r#""subscribers":[{string}],"sendToAllSubscribers":false"#),
            format!(r#""dueDate":{string},{copy}:null"#),
            format!(r#"{string}:1,"dueDate":{copy}"#),
            format!(r#""description":{string},"Description":{copy}"#),
        ]
    });
    let bare = digits(form);
    let mut bodies: Vec<_> = inside.map(|inner| job(&inner)).collect();
    bodies.push(job(&format!(
        r#""subscribers":["{bare}"],"sendToAllSubscribers":false"#
    )));
    bodies.push(format!(
        r#"{{"actionType":"{bare}","actionBody":{{"assignedTo":{}}}}}"#,
        json!(form)
    ));
    bodies.push(format!(
        r#"{{"actionType":"Job","actionBody":{{"title":1,"assignedTo":[{bare}]}}}}"#
    ));
    bodies.push(json!({"actionType": form, "actionBody": {copy: form}}).to_string());
    bodies.push(format!(r#"{{"actionType":{}"#, json!(form)));
    bodies
}

/// The digits of a text, and of what stands between them only what is in no number.
fn digits(text: &str) -> String {
    let ascii = |letter: char| match letter {
        '\u{966}'..='\u{96f}' => char::from_digit(u32::from(letter) - 0x966, 10),
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(letter) - 0xff10, 10),
        ' ' | '-' | '(' | ')' | '+' | '\u{a0}' | '\u{2011}' | '\u{202a}' | '\u{202c}'
        | '\u{ff0b}' => None,
        letter => Some(letter),
    };
    text.chars().filter_map(ascii).collect()
}
