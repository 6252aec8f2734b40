//! The time to read and judge a file grows as the file does, whatever is in it.

use std::io::Cursor;

use super::super::{Format, Reading};
use crate::{lint::fuzzing::report, report};

#[path = "../../../../../tests/helpers/linear.rs"]
mod linear;

/// A shape that grows with a number, in a format: what files have, and what is hostile.
type Shape = (Format, &'static str, fn(usize) -> String);

const JOB: &str = r#"{"actionType":"Job","actionBody":{"title":"a","assignedTo":["b"]}}"#;
const LATE: &str =
    r#"{"actionType":"Job","actionBody":{"title":"a","assignedTo":["b"],"dueDate":"c"}}"#;
const URL: &str = "https://api.kaiza.la/v1/groups/ours/actions";

const SHAPES: &[Shape] = &[
    (Format::Json, "a long body", |count| {
        format!("[{}", lines(count, |_| JOB.to_owned()))
    }),
    (Format::Ndjson, "lines", |count| {
        lines(count / 4, |_| LATE.to_owned())
    }),
    (Format::Ndjson, "empty lines", |count| {
        "\n".repeat(10 * count)
    }),
    (Format::Bodies, "bodies", |count| {
        lines(count / 4, |_| format!("{JOB} {LATE}"))
    }),
    (Format::Bodies, "a list", |count| {
        format!("[{}]", list(count / 4, |_| LATE.to_owned()))
    }),
    (Format::Bodies, "open lists", |count| "[".repeat(10 * count)),
    (Format::Bodies, "open objects", |count| {
        "{\"a\":".repeat(10 * count)
    }),
    (Format::Bodies, "what is not a body", |count| {
        "] x ".repeat(count / 4)
    }),
    (Format::Bodies, "a text without an end", |count| {
        format!("{{\"{}", "[".repeat(10 * count))
    }),
    (Format::Exchanges, "lines", |count| {
        lines(count / 8, |_| exchange())
    }),
    (Format::Exchanges, "a list", |count| {
        format!("[{}]", list(count / 8, |_| exchange()))
    }),
    (Format::Exchanges, "open objects", |count| {
        "{\"request\":".repeat(count)
    }),
    (Format::Har, "entries", |count| {
        format!(
            r#"{{"log":{{"entries":[{}]}}}}"#,
            list(count / 8, |_| exchange())
        )
    }),
    (Format::Har, "other members", |count| {
        format!(
            r#"{{"log":{{{},"entries":[]}}}}"#,
            list(count, |index| format!(r#""a{index}":[]"#))
        )
    }),
    (Format::Curl, "calls", |count| {
        lines(count / 8, |_| {
            format!("curl -H 'accessToken: a' --json '{LATE}' {URL}")
        })
    }),
    (Format::Curl, "a call of many options", |count| {
        format!("curl {} {URL}", "-d a ".repeat(count))
    }),
    (Format::Curl, "a call of many requests", |count| {
        format!("curl {}", lines(count / 8, |_| format!("{URL} --next \\")))
    }),
    (Format::Csv, "rows", |count| {
        format!("id,body\n{}", lines(count / 4, |_| quoted(LATE)))
    }),
    (Format::Csv, "a long value", |count| {
        format!("id,body\n1,{}\n", quoted(&"\"".repeat(10 * count)))
    }),
    (Format::Csv, "a value without an end", |count| {
        format!("id,body\n1,\"{}", "\"\",\n".repeat(10 * count))
    }),
    (Format::Csv, "many columns", |count| {
        let names = list(count, |index| format!("a{index}"));
        format!(
            "{names},body\n{},{}\n{names}\n",
            list(count, |_| "\"\"".to_owned()),
            quoted(LATE)
        )
    }),
    (Format::Csv, "rows of many values", |count| {
        format!(
            "body\n{}",
            lines(count / 4, |_| format!("{},1,2,3,4,5,6", quoted(JOB)))
        )
    }),
    (Format::Csv, "empty lines", |count| {
        format!("body\n{}", "\n\r\n".repeat(10 * count))
    }),
    (Format::Log, "lines", |count| {
        lines(count / 8, |_| logged(LATE))
    }),
    (Format::Log, "bodies that are cut", |count| {
        lines(count / 8, |_| logged(&LATE[..40]))
    }),
    (Format::Log, "a line of many members", |count| {
        let more = list(count, |index| format!(r#""a{index}":"{index}""#));
        logged(LATE).replacen('{', &format!("{{{more},"), 1)
    }),
    (Format::Log, "a long body", |count| {
        logged(&"[{\\\"".repeat(count))
    }),
    (Format::Log, "values inside values", |count| {
        lines(count / 100, |_| {
            format!(r#"{{"request_body":{}{}}}"#, "[".repeat(99), "]".repeat(99))
        })
    }),
    (Format::Postman, "requests", |count| {
        collection(
            "",
            &list(count / 8, |_| request(URL, &LATE.replace('b', "{{a}}"))),
        )
    }),
    (Format::Postman, "variables that are not used", |count| {
        let variables = list(count, |index| {
            format!(r#"{{"key":"a{index}","value":"b"}}"#)
        });
        collection(
            &format!(r#""variable":[{variables}],"#),
            &list(count, |_| request("a", "1")),
        )
    }),
    (Format::Postman, "variables that refer to others", |count| {
        let variables = list(count, |index| {
            format!(r#"{{"key":"a{index}","value":"{{{{a{}}}}}"}}"#, index + 1)
        });
        let requests = list(count / 8, |index| {
            request(&format!("{{{{a{index}}}}}"), "1")
        });
        collection(&format!(r#""variable":[{variables}],"#), &requests)
    }),
    (Format::Postman, "a long value in many requests", |count| {
        let variable = format!(r#""variable":[{{"key":"a","value":"{}"}}],"#, long(count));
        collection(&variable, &list(count / 8, |_| request("a", "\"{{a}}\"")))
    }),
    (Format::Postman, "values that multiply", |count| {
        let again = "{{a}}".repeat(count / 8);
        let variable = format!(r#""variable":[{{"key":"a","value":"{again}"}}],"#);
        collection(&variable, &request("a", &again))
    }),
    (Format::Postman, "a long token in many requests", |count| {
        let auth = format!(
            r#""auth":{{"type":"bearer","bearer":{{"token":"{}"}}}},"#,
            "x".repeat(20 * count)
        );
        collection(&auth, &list(count / 8, |_| request(URL, "1")))
    }),
    (Format::Postman, "many details of a token", |count| {
        let details = list(count, |_| r#"{"key":"a"}"#.to_owned());
        let auth = format!(r#""auth":{{"type":"bearer","bearer":[{details}]}},"#);
        collection(&auth, &list(count, |_| request("a", "1")))
    }),
    (Format::Postman, "folders in folders", |count| {
        let (depth, requests) = (55, list(count / 16, |_| request(URL, "\"{{z}}\"")));
        let folder = format!(
            r#"{{"name":"{}","variable":[{{"key":"a","value":"b"}}],"item":["#,
            "x".repeat(count)
        );
        collection(
            "",
            &format!("{}{requests}{}", folder.repeat(depth), "]}".repeat(depth)),
        )
    }),
    (Format::Postman, "many folders", |count| {
        let variables = list(count, |index| {
            format!(r#"{{"key":"a{index}","value":"b"}}"#)
        });
        let folders = list(count, |_| r#"{"item":[],"auth":null}"#.to_owned());
        collection(&format!(r#""variable":[{variables}],"#), &folders)
    }),
    (Format::Postman, "parameters of a path", |count| {
        let variables = list(count, |index| {
            format!(r#"{{"key":"a{index}","value":"b"}}"#)
        });
        let path = lines(count, |index| format!("/:a{index}")).replace('\n', "");
        collection(
            "",
            &format!(r#"{{"request":{{"url":{{"raw":"{URL}{path}","variable":[{variables}]}}}}}}"#),
        )
    }),
    (Format::Postman, "parameters of a query", |count| {
        let query = list(count, |index| {
            format!(r#"{{"key":"a{index}","value":"b"}}"#)
        });
        collection(
            "",
            &format!(r#"{{"request":{{"url":{{"raw":"{URL}","query":[{query}]}}}}}}"#),
        )
    }),
    (Format::Postman, "header fields", |count| {
        let fields = list(count, |index| {
            format!(r#"{{"key":"a{index}","value":"b"}}"#)
        });
        collection(
            "",
            &format!(r#"{{"request":{{"url":"{URL}","header":[{fields}]}}}}"#),
        )
    }),
    (Format::Postman, "saved responses", |count| {
        let saved = list(count / 8, |_| r#"{"code":200,"body":"{}"}"#.to_owned());
        let item = request(URL, &long(count));
        collection(
            "",
            &format!(r#"{},"response":[{saved}]}}"#, &item[..item.len() - 1]),
        )
    }),
    (Format::Http, "requests", |count| {
        lines(count / 8, |_| call(LATE))
    }),
    (Format::Http, "marks", |count| "###\n".repeat(10 * count)),
    (Format::Http, "variables that refer to others", |count| {
        let variables = lines(count, |index| format!("@a{index}={{{{a{}}}}}", index + 1));
        variables + &lines(count / 8, |index| call(&format!("{{{{a{index}}}}}")))
    }),
    (Format::Http, "a long value in many requests", |count| {
        format!(
            "@a={}\n{}",
            long(count),
            lines(count / 8, |_| call("\"{{a}}\""))
        )
    }),
    (Format::Http, "a long address", |count| {
        format!("GET {URL}\n{}", "  ?a=b\n".repeat(count))
    }),
    (Format::Http, "header fields", |count| {
        format!(
            "GET {URL}\n{}",
            lines(count, |index| format!("a{index}: b"))
        )
    }),
    (Format::Http, "scripts without an end", |count| {
        "< {%\n".repeat(count)
    }),
    (Format::Http, "open braces", |count| {
        call(&"{{".repeat(10 * count))
    }),
    (Format::Flow, "calls", |count| {
        flow(&list(count / 8, |index| action(index, "a", LATE)))
    }),
    (Format::Flow, "calls in scopes", |count| {
        let (depth, calls) = (50, list(count / 16, |index| action(index, "a", LATE)));
        let scope = r#""s":{"type":"Scope","actions":{"#;
        flow(&format!(
            "{}{calls}{}",
            scope.repeat(depth),
            "}}".repeat(depth)
        ))
    }),
    (Format::Flow, "calls in calls", |count| {
        let mut inner = action(0, "a", &format!("\"{}\"", long(count)));
        for index in 0..20 {
            let outer = action(index, "a", LATE);
            inner = format!(r#"{},"actions":{{{inner}}}}}"#, &outer[..outer.len() - 1]);
        }
        flow(&inner)
    }),
    (Format::Flow, "parameters of a query", |count| {
        let queries = list(4 * count, |index| format!(r#""a{index}":"b""#));
        let address = format!("a{}", long(5 * count));
        flow(&action(0, &address, "1").replacen(
            r#""method""#,
            &format!(r#""queries":{{{queries}}},"method""#),
            1,
        ))
    }),
    (Format::Flow, "expressions", |count| {
        flow(&action(
            0,
            &"@{a".repeat(count),
            &format!("[{}]", list(count, |_| "\"@a()\"".to_owned())),
        ))
    }),
    (Format::Flow, "members in an action", |count| {
        let members = list(count, |index| format!(r#""a{index}":{{"b":[]}}"#));
        flow(&format!("{},{members}", action(0, "a", LATE)))
    }),
];

fn list(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect::<Vec<_>>().join(",")
}

/// A text that takes much longer than what refers to it.
fn long(count: usize) -> String {
    "x".repeat(200 * count)
}

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(|index| line(index) + "\n").collect()
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn exchange() -> String {
    format!(
        r#"{{"request":{{"method":"POST","url":"{URL}","headers":{{"accessToken":"a"}},"body":{LATE}}}}}"#
    )
}

fn logged(body: &str) -> String {
    format!(
        r#"{{"request_method":"POST","request_uri":"{URL}","request_body":{}}}"#,
        json(body)
    )
}

fn collection(members: &str, items: &str) -> String {
    format!(r#"{{"info":{{}},{members}"item":[{items}]}}"#)
}

fn request(url: &str, body: &str) -> String {
    let body = json(body);
    format!(
        r#"{{"name":"a","request":{{"method":"POST","url":"{url}","body":{{"mode":"raw","raw":{body}}}}}}}"#
    )
}

fn call(body: &str) -> String {
    format!("### a\nPOST {URL}\naccessToken: a\ncontent-type: application/json\n\n{body}\n")
}

fn flow(actions: &str) -> String {
    format!(r#"{{"definition":{{"actions":{{{actions}}}}}}}"#)
}

fn action(index: usize, address: &str, body: &str) -> String {
    format!(
        r#""a{index}":{{"type":"Http","inputs":{{"method":"POST","uri":"{URL}/{address}","body":{body}}}}}"#
    )
}

#[test]
#[expect(clippy::print_stdout, reason = "the test prints it if it fails")]
fn time_is_linear_in_the_bytes_of_every_shape() {
    for (format, name, shape) in SHAPES {
        let reading = Reading {
            map: (*format == Format::Log).then(|| "nginx".parse().expect("a map")),
            ..(*format).into()
        };
        // A failure does not say which shape it is.
        println!("{format:?}, {name}");
        linear::assert_linear(800, shape, |text| {
            let source = Box::new(Cursor::new(text.clone()));
            let written = report(source, &reading, report::Format::Concise);
            assert!(written.is_ok(), "{format:?}, {name}: {written:?}");
        });
    }
}
