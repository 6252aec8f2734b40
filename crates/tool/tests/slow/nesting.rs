//! Thousands of brackets that open.

use crate::runs::{Answer, FORMATS, JOB, lint_text};

const LEVELS: usize = 2_000;

fn ends_well(answer: &Answer, case: &str) {
    assert!(
        answer.code == Some(1) && !answer.err.contains("panicked"),
        "{case}: {:?} {}",
        answer.code,
        answer.err
    );
    // SARIF says what each rule is, which is most of it.
    assert!(
        answer.out.len() < 120_000,
        "{case}: {} bytes",
        answer.out.len()
    );
}

#[test]
fn two_thousand_levels_are_one_finding_in_every_format_of_input_and_report() {
    let opened = "[".repeat(LEVELS) + &"]".repeat(LEVELS);
    let objects = "{\"a\":".repeat(LEVELS) + "1" + &"}".repeat(LEVELS);
    for deep in [&opened, &objects] {
        let body = JOB.replace("\"Check the doors\"", deep);
        let escaped = serde_json::to_string(&body).unwrap();
        let url = "https://api.kaiza.la/v1/groups/5b0f7c1e@2/actions";
        let fields = r#"{"accessToken":"a","content-type":"application/json"}"#;
        let exchange = format!(
            r#"{{"request":{{"method":"POST","url":"{url}","headers":{fields},"body":{body}}}}}"#
        );
        let nested = format!(r#"{{"request":{{"method":"POST","url":{deep}}}}}"#);
        let fields = r#"[{"name":"accessToken","value":"a"},{"name":"content-type","value":"application/json"}]"#;
        let entry = |more: &str| {
            format!(
                r#"{{"log":{{"version":"1.2","creator":{{}},"entries":[{{"request":{{"method":"POST","url":"{url}","headers":{fields},"postData":{{"text":{escaped}}}}}{more}}}]}}}}"#
            )
        };
        let curl = format!(
            "curl {url} -H 'accessToken: a' -H 'content-type: application/json' -d '{body}'\n"
        );
        let cases = [
            ("json", body.clone(), "KZ004"),
            ("ndjson", format!("{body}\n{body}\n"), "KZ004"),
            ("exchanges", exchange, "KZ004"),
            ("exchanges", nested, "KZ007"),
            ("har", entry(""), "KZ004"),
            ("har", entry(&format!(",\"response\":{deep}")), "KZ007"),
            ("curl", curl, "KZ004"),
        ];
        for (input, text, rule) in cases {
            for format in FORMATS {
                let answer = lint_text(&["--input", input, "--format", format], text.clone());
                ends_well(&answer, &format!("{input} {format}"));
                assert!(
                    answer.text().contains(rule),
                    "{input} {format}: {}",
                    answer.text()
                );
            }
        }
    }
}

#[test]
fn what_is_never_closed_ends_too() {
    for input in ["json", "ndjson", "exchanges"] {
        for open in ["[", "{\"a\":", "{\"request\":[", "{\"log\":{\"entries\":["] {
            ends_well(
                &lint_text(
                    &["--input", input, "--format", "concise"],
                    open.repeat(LEVELS),
                ),
                input,
            );
        }
    }
    for deep in ["{".repeat(LEVELS), "[".repeat(LEVELS)] {
        ends_well(
            &lint_text(
                &["--input", "har", "--format", "concise"],
                format!("{{\"log\":{{\"entries\":[{{\"a\":{deep}"),
            ),
            "har",
        );
        ends_well(
            &lint_text(
                &["--input", "curl", "--format", "concise"],
                format!("curl -d '{deep}"),
            ),
            "curl",
        );
    }
}

#[test]
fn fixes_of_what_is_deep_end_too() {
    let text = format!(
        "{{actionType: 'Job', actionBody: {}}}",
        "[".repeat(LEVELS) + &"]".repeat(LEVELS)
    );
    let answer = lint_text(&["--fix", "-"], text);
    assert!(
        answer.code == Some(1) && !answer.err.contains("panicked"),
        "{}",
        answer.err
    );
}
