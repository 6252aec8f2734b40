//! What holds of every format: records do not depend on how a file comes in, and no bytes are too
//! strange.

use std::{io, ops::Range};

use clap::ValueEnum as _;
use proptest::{collection::vec, prelude::*, sample::select, test_runner::RngSeed};

use super::{
    exchanges::Exchanges,
    split::{Split as _, Step},
    *,
};

mod shapes;

/// Where the records are of a text that comes in pieces of these lengths, over and over.
fn split(text: &[u8], format: Format, lengths: &[usize]) -> Vec<Range<usize>> {
    let mut split = Reading::from(format).split(format);
    let (mut found, mut at, mut seen) = (Vec::new(), 0, 0);
    for length in lengths.iter().cycle() {
        seen = text.len().min(seen + length);
        let last = seen == text.len();
        loop {
            match split.next(&text[at..seen], last) {
                Step::Record { text, done } | Step::Broken { text, done, .. } => {
                    found.push(at + text.start..at + text.end);
                    at += done;
                }
                Step::Records {
                    found: all, done, ..
                } => {
                    found.extend(all.iter().map(|it| at + it.text.start..at + it.text.end));
                    at += done;
                }
                Step::Skip(done) | Step::Aside { done, .. } => at += done,
                Step::More | Step::Refused(_) => break,
            }
        }
        if last {
            break;
        }
    }
    found
}

/// All records with their places.
fn records(text: &[u8], format: Format) -> Vec<(Vec<u8>, u64, usize, usize)> {
    let mut batches = Batches::new(Box::new(io::Cursor::new(text.to_vec())), &format.into())
        .expect("memory reads");
    let mut all = Vec::new();
    loop {
        let batch = match batches.next() {
            Ok(Some(batch)) => batch,
            Ok(None) => break,
            Err(error) => {
                // A table without a column of bodies is not read.
                assert!(error.to_string().contains("--body-column"), "{error}");
                break;
            }
        };
        for record in &batch.records {
            let origin = record.origin;
            all.push((
                batch.bytes[record.text.clone()].to_vec(),
                origin.offset,
                origin.start.line,
                origin.start.column,
            ));
        }
    }
    all
}

fn whole(text: &[u8], format: Format) -> Vec<String> {
    records(text, format)
        .into_iter()
        .map(|(text, ..)| String::from_utf8_lossy(&text).into_owned())
        .collect()
}

#[rustfmt::skip]
const TOKENS: &[&str] = &[
    "{", "}", "[", "]", ":", ",", "\"", "'", "\\", "\n", "\r\n", " ", "\t", "#", "$", "$'", ";", "&", "|", "é", "1",
    "\"\"", "\"{\"\"", "1,2\n", "{\"log\":{\"entries\":[", "]}}", "{\"request\":{\"method\":\"GET\",\"url\":\"/\"}}", "{\"a\":1}", "\"log\"", "\"entries\"", "curl ",
    "curl -d '{}' /v1/x", "wget ", "<<EOF\n", "\nEOF\n", "$(", ")", "`", "<<<", "\"", "if ", "; fi", "^\n", "`\n", "@-", " --next ", " -:", "\\\n", "-H 'a: b'", "--", "\u{feff}", "\0",
];

fn text() -> impl Strategy<Value = Vec<u8>> {
    let tokens = vec(select(TOKENS), 0..40).prop_map(|tokens| tokens.concat().into_bytes());
    prop_oneof![4 => tokens, 1 => vec(any::<u8>(), 0..200)]
}

/// A text with what a file of this format has to begin with.
fn beginning(format: Format, text: &[u8]) -> Vec<u8> {
    match format {
        Format::Csv => [b"a,body\n", text].concat(),
        _ => text.to_vec(),
    }
}

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 256,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn records_do_not_depend_on_how_the_file_comes_in(text in text(), lengths in vec(1_usize..7, 1..5)) {
        for format in Format::value_variants() {
            let text = beginning(*format, &text);
            prop_assert_eq!(split(&text, *format, &lengths), split(&text, *format, &[usize::MAX >> 1]), "{:?}", format);
        }
    }

    #[test]
    fn records_stand_where_they_say_in_their_order(text in text()) {
        for format in Format::value_variants() {
            let text = beginning(*format, &text);
            let mut last = 0;
            for (record, offset, line, _) in records(&text, *format) {
                let start = usize::try_from(offset).expect("small");
                prop_assert!(start >= last);
                prop_assert_eq!(&text[start..start + record.len()], &record[..]);
                prop_assert_eq!(line, text[..start].split(|byte| *byte == b'\n').count());
                // A call may have another in it.
                let is_nested = matches!(format, Format::Auto | Format::Curl | Format::Flow | Format::Postman);
                last = if is_nested { start } else { start + record.len() };
            }
        }
    }

    #[test]
    fn no_text_is_too_strange_to_be_read(text in text()) {
        let _ = Format::detect(&text, true);
        let _ = kaizala_actions::lint::recorded::Recorded::read(&text);
        let _ = super::har_entry::read(&text);
    }

    #[test]
    fn a_record_that_is_given_up_on_hides_none_that_begins_a_line_later(text in text(), cut in any::<prop::sample::Index>()) {
        let good = "{\"request\":{\"method\":\"GET\",\"url\":\"/found\"}}";
        let mut split = Exchanges::default();
        let mut within = true;
        let text = [&text[cut.index(text.len() + 1)..], b"\n", good.as_bytes(), b"\n"].concat();
        let mut at = 0;
        let mut found = false;
        loop {
            let rest = &text[at..];
            let step = if within { split.skip(rest, true, &mut within) } else { split.next(rest, true) };
            match step {
                Step::Record { text: range, done } | Step::Broken { text: range, done, .. } => {
                    found |= text[at..][range].ends_with(good.as_bytes());
                    at += done;
                }
                Step::Records { done, .. } | Step::Skip(done) | Step::Aside { done, .. } => at += done,
                Step::More | Step::Refused(_) => break,
            }
        }
        prop_assert!(found);
    }
}

#[test]
fn exchanges_are_lines_or_go_over_several() {
    let table: &[(&str, &[&str])] = &[
        ("{}\n{}\n", &["{}", "{}"]),
        ("{\n \"a\": {\n }\n}\n{}", &["{\n \"a\": {\n }\n}", "{}"]),
        ("{\"a\": \"cut\n{}\n", &["{\"a\": \"cut", "{}"]),
        (
            "{\"a\": {\n{}\nnothing\n{}",
            &["{\"a\": {", "{}", "nothing", "{}"],
        ),
        (
            "{\"a\": \"cut\nnothing\n{}",
            &["{\"a\": \"cut", "nothing", "{}"],
        ),
        ("\n\n{}\r\n\n", &["{}"]),
        ("{\"a\":\"}\"}\n", &["{\"a\":\"}\"}"]),
    ];
    for (text, expected) in table {
        assert_eq!(
            whole(text.as_bytes(), Format::Exchanges),
            *expected,
            "{text}"
        );
    }
}

#[test]
fn entries_of_an_archive_are_found_wherever_they_are() {
    let table: &[(&str, &[&str])] = &[
        (
            r#"{"log":{"version":"1.2","pages":[{"entries":[1]}],"entries":[{"a":"]"}, {"b":[{}]}],"x":[{}]}}"#,
            &[r#"{"a":"]"}"#, r#"{"b":[{}]}"#],
        ),
        (
            r#"{"entries":[{}],"log":{"comment":"entries","entries":[]}}"#,
            &[],
        ),
        (
            r#"{"log":{"entries":[{"a":1},nothing,{"b":2}]}}"#,
            &[r#"{"a":1}"#, "nothing,", r#"{"b":2}"#],
        ),
        // An archive that is cut is reported.
        (
            r#"{"log":{"entries":[{"a":1},{"b""#,
            &[r#"{"a":1}"#, r#"{"b""#],
        ),
        (r#"{"log":{"entries":[{"a":1}"#, &[r#"{"a":1}"#, ""]),
        (r#"{"log":{"#, &[""]),
        ("", &[""]),
    ];
    for (text, expected) in table {
        assert_eq!(whole(text.as_bytes(), Format::Har), *expected, "{text}");
    }
}

#[test]
fn what_is_wrong_with_an_archive_is_a_record_and_all_entries_are_found() {
    let table: &[(&str, &[&str])] = &[
        (
            r#"{"log":{"entries":[{"a":1}],"entries":[{"b":2}]}}"#,
            &[r#"{"a":1}"#, "[", r#"{"b":2}"#],
        ),
        (
            r#"{"log":{"entries":[{"a":1}]},"log":{"entries":[{"b":2}]}}"#,
            &[r#"{"a":1}"#, "{", r#"{"b":2}"#],
        ),
        (
            r#"{"log":{"entries":[{"a":1}]}}{"log":{"entries":[{"b":2}]}}"#,
            &[r#"{"a":1}"#, "{", r#"{"b":2}"#],
        ),
        (
            r#"[{"log":{"entries":[{"a":1}]}},{"log":{"entries":[{"b":2}]}}]"#,
            &["[", r#"{"a":1}"#, r#"{"b":2}"#],
        ),
        (
            r#"{"log":{"entries":[{"a":1}]}} -- the end é"#,
            &[r#"{"a":1}"#, "-"],
        ),
        (
            r#"{"log":{"entries":[{"a":1}{"b":2}]}}"#,
            &[r#"{"a":1}"#, "", r#"{"b":2}"#],
        ),
        (
            r#"{"log":{"entries":[{"a":1},,{"b":2}]}}"#,
            &[r#"{"a":1}"#, ",", r#"{"b":2}"#],
        ),
        (r#"{"log":{"entries":[{"a":1}}}"#, &[r#"{"a":1}"#, ""]),
        (r#"{"log" {"entries":[{"a":1}]}}"#, &["{", r#"{"a":1}"#]),
        (
            r#"{"log":{"version":"1.2" "entries":[{"a":1}]}}"#,
            &["\"", r#"{"a":1}"#],
        ),
        (
            r#"{"log":{"version":,"entries":[{"a":1}]}}"#,
            &[",", r#"{"a":1}"#],
        ),
        (r#"{"log":{"entries":{"a":1}}}"#, &["{"]),
        (r#"{"log":[{"entries":[]}]}"#, &["["]),
        (r#"{"log":{"version":"1.2"}}"#, &["}"]),
        (r#"{"pages":[]}"#, &["}"]),
        ("\u{feff}{\"log\":{\"entries\":[{}]}}\n", &["{}"]),
    ];
    for (text, expected) in table {
        assert_eq!(whole(text.as_bytes(), Format::Har), *expected, "{text}");
    }
}

#[test]
fn an_archive_that_is_cut_is_never_passed_over_in_silence() {
    let entry = |url: &str| {
        format!(
            r#"{{"request":{{"method":"GET","url":"{url}","headers":[{{"name":"accessToken","value":"é"}}]}},"response":{{"status":0}}}}"#
        )
    };
    let list = entry("https://api.kaiza.la/v1/groups/g/actions?actionType=job");
    let text = format!(
        r#"{{"log":{{"version":"1.2","pages":[{{"id":"a"}}],"entries":[{list}, {list}],"_x":"\""}}}}"#
    );
    let report = |text: &[u8], input: &Reading| {
        let source = Box::new(io::Cursor::new(text.to_vec()));
        let report = crate::lint::fuzzing::report(source, input, crate::report::Format::Concise);
        String::from_utf8(report.expect("memory reads")).expect("UTF-8")
    };
    for input in [Format::Har, Format::Auto] {
        for cut in 0..text.len() {
            let said = report(&text.as_bytes()[..cut], &input.into());
            assert!(said.contains("error["), "{input:?} {cut}: {said}");
        }
        assert!(!report(text.as_bytes(), &input.into()).contains("error["));
    }
}

#[test]
fn bodies_are_found_one_after_another_and_in_lists() {
    let table: &[(&str, &[&str])] = &[
        ("{\n \"a\": {}\n}\n{\n}\n", &["{\n \"a\": {}\n}", "{\n}"]),
        ("[{\"a\":\"]\"},\n {}]", &["{\"a\":\"]\"}", "{}"]),
        ("[{}] [{}]", &["{}", "{}"]),
        ("[{},{\"a\"", &["{}", "{\"a\""]),
        ("[{},", &["{}", ""]),
        ("{} nothing {}", &["{}", "nothing", "{}"]),
        ("[1, {}]", &["1,", "{}"]),
        ("\u{feff}{}", &["{}"]),
        ("", &[]),
    ];
    for (text, expected) in table {
        assert_eq!(whole(text.as_bytes(), Format::Bodies), *expected, "{text}");
    }
    let list = "[\n  {\"request\": {}},\n  {\"request\": {}}\n]";
    assert_eq!(
        whole(list.as_bytes(), Format::Exchanges),
        ["{\"request\": {}}", "{\"request\": {}}"]
    );
}

#[test]
fn a_record_that_is_too_long_is_cut_and_the_next_is_found() {
    let long = "x".repeat(3 * MOST);
    let texts = [
        (
            Format::Exchanges,
            format!("{{\"a\":\"{long}\"}}\n{{}}\n"),
            "{}",
        ),
        (
            Format::Har,
            format!("{{\"log\":{{\"entries\":[{{\"a\":\"{long}]}}\"}},{{\"b\":1}}]}}}}"),
            "{\"b\":1}",
        ),
        (
            Format::Curl,
            format!("curl -d '{long}' a\ncurl b\n"),
            "curl b",
        ),
        (Format::Ndjson, format!("\"{long}\"\n{{}}\n"), "{}"),
        (
            Format::Csv,
            format!("a,body\n1,\"{long}\n\"\"\"\n2,[]\n"),
            "[]",
        ),
    ];
    for (format, text, next) in texts {
        let mut batches =
            Batches::new(Box::new(io::Cursor::new(text.into_bytes())), &format.into())
                .expect("memory reads");
        let mut all = Vec::new();
        while let Some(batch) = batches.next().expect("memory reads") {
            all.extend(batch.records.iter().map(|record| {
                (
                    record.cut,
                    String::from_utf8_lossy(&batch.bytes[record.text.clone()]).into_owned(),
                )
            }));
        }
        let [(true, _), (false, after)] = &all[..] else {
            unreachable!("{format:?}: {} records", all.len())
        };
        assert_eq!(after, next, "{format:?}");
    }
}
