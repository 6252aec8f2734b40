mod loopback;

use kaizala_actions::lint::{Gap, Part, Request, recorded::Recorded};

use super::{super::split::Content, *};

/// The records of a script, with what each calls.
fn all(script: &str) -> Vec<(String, Result<Recorded<'static>, Malformed>)> {
    let Calls { found, done, .. } = calls(script.as_bytes(), true);
    assert_eq!(done, script.len());
    let each = found.into_iter().map(|Found { text, content, .. }| {
        let Content::Exchange(read) = content else {
            unreachable!("a call is an exchange")
        };
        (script[text].to_owned(), read)
    });
    each.collect()
}

fn one(script: &str) -> (String, Result<Recorded<'static>, Malformed>) {
    let mut all = all(script);
    assert_eq!(all.len(), 1, "{script}");
    all.remove(0)
}

/// The method, the URL, the header fields and the body, a line each; `?` where the body is not
/// known, and `…` for a gap.
fn sent(recorded: &Recorded<'_>) -> String {
    let Request {
        method,
        url,
        headers,
        body,
        unresolved,
        ..
    } = &recorded.exchange.request;
    let headers: Vec<_> = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    let is_form = |gap: &Gap| gap.problem.contains("form");
    let unknown = if recorded.exchange.gaps.iter().any(is_form) {
        "?"
    } else {
        "…"
    };
    let body = body.as_ref().map_or(unknown.to_owned(), |body| {
        let (mut text, mut at) = (String::new(), 0);
        for gap in unresolved {
            text += &String::from_utf8_lossy(&body[at..gap.span.start]);
            text += "…";
            at = gap.span.end;
        }
        text + &String::from_utf8_lossy(&body[at..])
    });
    format!("{method} {url} [{}] {body}", headers.join(", "))
}

fn shown(script: &str) -> String {
    let (_, read) = one(script);
    read.map_or_else(|problem| problem.problem, |recorded| sent(&recorded))
}

#[test]
fn commands_say_what_curl_would_send() {
    let table = [
        ("curl /a", "GET /a [] "),
        ("curl -X PUT --url /a", "PUT /a [] "),
        ("curl -sSXDELETE /a -o /dev/null", "DELETE /a [] "),
        (
            "curl -d 1 -d 2 /a",
            "POST /a [content-type: application/x-www-form-urlencoded] 1&2",
        ),
        (
            "curl --json '{}' /a",
            "POST /a [content-type: application/json] {}",
        ),
        (
            "curl /a --data-raw '@x' -H 'Content-Type: application/json'",
            "POST /a [Content-Type: application/json] @x",
        ),
        ("curl -G -d a=1 -d b=2 /a", "GET /a?a=1&b=2 [] "),
        ("curl -I /a", "HEAD /a [] "),
        (
            "curl -H 'A: 1' -H 'B;' -H 'C:' -HD:4 /a",
            "GET /a [A: 1, B: , D: 4] ",
        ),
        (
            "curl --max-time 5 --compressed -A agent -k /a",
            "GET /a [] ",
        ),
        (
            "curl -F a=b /a",
            "POST /a [content-type: multipart/form-data] ?",
        ),
        (
            "curl -d \"$BODY\" -H 'content-type: application/json' /a",
            "POST /a [content-type: application/json] …",
        ),
        (
            "curl --oauth2-bearer abc /a",
            "GET /a [Authorization: Bearer abc] ",
        ),
        (
            r#"curl --data-raw $'{"a":"it\'s\u0021\n\x41\101"}' /a"#,
            "POST /a [content-type: application/x-www-form-urlencoded] {\"a\":\"it's!\nAA\"}",
        ),
        (
            r#"curl -d "{\"a\":\"\$x\"}" /a"#,
            r#"POST /a [content-type: application/x-www-form-urlencoded] {"a":"$x"}"#,
        ),
        (
            "curl \\\n  -d '{'\"'\"'}' \\\r\n  /a # the end",
            "POST /a [content-type: application/x-www-form-urlencoded] {'}",
        ),
        ("curl -- -a", "GET -a [] "),
        (
            "curl --json '{\"a\":' --json '1}' /a",
            "POST /a [content-type: application/json] {\"a\":1}",
        ),
        (
            "curl -d 1 --json 2 -d 3 /a",
            "POST /a [content-type: application/json] 12&3",
        ),
        (
            "curl --data-urlencode '{\"a\": 1}' /a",
            "POST /a [content-type: application/x-www-form-urlencoded] %7B%22a%22%3A+1%7D",
        ),
        (
            "curl --data-urlencode 'a b=c d' --data-urlencode '=e f' /a",
            "POST /a [content-type: application/x-www-form-urlencoded] a b=c+d&e+f",
        ),
        (
            "curl --url-query 'a=b c' --url-query '+d=e%20f' '/a?b=1#c'",
            "GET /a?b=1&a=b+c&d=e%20f [] ",
        ),
        (
            "curl -G --data-urlencode 'a=1 2' -d b /a",
            "GET /a?a=1+2&b [] ",
        ),
        ("curl -T body.json /a", "PUT /a [] …"),
    ];
    for (command, expected) in table {
        assert_eq!(shown(command), expected, "{command}");
    }
}

#[test]
fn a_body_in_plain_quotes_stands_in_the_command() {
    let verbatim = |command: &str| {
        let (record, read) = one(command);
        let spot = read.expect("a command").spots[Part::RequestBody as usize].clone();
        spot.verbatim.then(|| record[spot.span].to_owned())
    };
    for (command, expected) in [
        ("curl -d '{\"a\":1}' /a", Some("{\"a\":1}")),
        ("curl -d{} /a", Some("{}")),
        ("curl -d \"{'a'}\" /a", Some("{'a'}")),
        ("curl --data-raw $'{}' /a", Some("{}")),
        ("curl --data-raw $'{\\n}' /a", None),
        ("curl -d '{'\"'\"'}' /a", None),
        ("curl -d 1 -d 2 /a", None),
        ("curl -d @- /a <<E\n{$a}\nE\n", Some("{$a}\n")),
        ("echo '{}' | curl -d @- /a", Some("{}")),
        ("curl -d \"$(cat <<'E'\n{}\nE\n)\" /a", Some("{}")),
    ] {
        assert_eq!(verbatim(command).as_deref(), expected, "{command}");
    }
}

#[test]
fn what_cannot_be_followed_says_why() {
    let table = [
        ("curl", "no URL", 0),
        ("curl -d", "-d without a value", 5),
        ("curl -d \"a", "a quote without an end", 8),
        (
            "curl -d “{}” /a",
            "a typographic quote, which a shell does not understand",
            8,
        ),
        (
            "curl –d '{}' /a",
            "a typographic dash, which a shell does not understand",
            5,
        ),
        (
            "curl /a `\n -d 1",
            "a command for PowerShell, whose backtick goes on in the next line",
            8,
        ),
        (
            "curl.exe \"/a\" ^\r\n -d 1",
            "a command for cmd.exe, which quotes otherwise",
            14,
        ),
        ("wget -q", "no URL", 0),
        (
            "wget -i urls",
            "what is sent is in another file, which is not read",
            8,
        ),
        (
            "curl -K options /a",
            "what is sent is in another file, which is not read",
            8,
        ),
        (
            "curl -H @headers /a",
            "what is sent is in another file, which is not read",
            8,
        ),
        ("curl /a /b", "a second URL for one call", 8),
        ("curl /a -s: /b", "several calls in one command", 8),
        (
            "curl ^\"https://x^\"",
            "a command for cmd.exe, which quotes otherwise",
            5,
        ),
    ];
    for (command, problem, at) in table {
        let malformed = one(command).1.expect_err(command);
        assert_eq!(
            (malformed.problem.as_str(), malformed.span.start),
            (problem, at),
            "{command}"
        );
    }
}

#[test]
fn calls_are_found_wherever_a_shell_runs_them() {
    for script in [
        "R=$(CALL)",
        "R=`CALL`",
        "echo \"$(CALL | jq .a)\"",
        "timeout 60 CALL",
        "env A=1 CALL",
        "command CALL",
        "sudo -u me CALL",
        "nohup CALL &",
        "time CALL",
        "A=1 B=2 CALL",
        "if ! CALL; then exit 1; fi",
        "if CALL\nthen\n:\nfi",
        "while CALL; do sleep 1; done",
        "until CALL; do sleep 1; done",
        "for i in 1 2; do CALL; done",
        "( CALL )",
        "{ CALL; }",
        "f() { CALL; }",
        "function f { CALL; }",
        "case $1 in a) CALL;; esac",
        "true && CALL || false",
        "[ -n \"$A\" ] && CALL",
        "CALL > out.json",
        "CALL 2>&1",
        "CALL >> log 2>&1 &",
        "CALL 2>/dev/null | jq .",
        "CALL &> log",
        "CALL | tee a | jq",
        "$ CALL",
        "user@host:~$ CALL",
        "> CALL",
        "% CALL",
        "\u{feff}CALL",
        "#!/bin/sh\r\nset -e\r\nCALL\r\n",
        "eval \"x\"; CALL",
        "cat <<EOF\ntext\nEOF\nCALL",
        "trap 'rm x' EXIT\nCALL",
        "# it's\nCALL # isn't it",
        "echo '\n' ; CALL",
    ] {
        for call in [
            "curl -s '/a?b=1&c=2' -H 'd: e'",
            "curl -s \\\n  '/a?b=1&c=2' \\\n -H 'd: e'",
        ] {
            let script = script.replace("CALL", call);
            let sent: Vec<_> = all(&script)
                .iter()
                .map(|(_, read)| read.as_ref().map(sent))
                .map(|read| read.expect("read"))
                .collect();
            assert_eq!(sent, ["GET /a?b=1&c=2 [d: e] "], "{script}");
        }
    }
}

#[test]
fn a_body_is_found_wherever_a_shell_has_it() {
    let posted = "POST /a [content-type: application/x-www-form-urlencoded] ";
    for (script, body) in [
        ("curl -d @- /a <<'E'\n{\"a\":$b}\nE\n", "{\"a\":$b}\n"),
        ("curl -d @- /a <<E\n{\"a\":$b}\nE\n", "{\"a\":…}\n"),
        ("curl -d @- /a <<-E\n\t{}\n\tE\n", "{}\n\t"),
        ("curl -d @- /a > log <<E 2>&1 &\n{}\nE\n", "{}\n"),
        ("curl -d @- /a <<E | jq .\n{}\nE\n", "{}\n"),
        ("curl /a <<E -d @-\n{}\nE\n", "{}\n"),
        ("cat <<E | curl -d @- /a\n{}\nE\n", "{}\n"),
        ("curl -d @- /a <<< '{}'", "{}"),
        ("curl -d @- /a <<< \"{$b}\"", "{…}"),
        ("echo '{}' | curl -d @- /a", "{}"),
        ("echo -n '{' \"}\" | curl -d @- /a", "{ }"),
        ("printf '%s' '{}' | curl -d @- /a", "{}"),
        ("printf '%s\\n' \"$b\" | curl -d @- /a", "…"),
        ("cat body.json | curl -d @- /a", "…"),
        ("jq . x | tee y | curl -d @- /a", "…"),
        ("curl -d @- /a < body.json", "…"),
        ("curl -d @body.json /a", "…"),
        ("while read b; do curl -d @- /a; done", "…"),
        ("curl -d \"$(cat body.json)\" /a", "…"),
        ("curl -d \"$(cat <<E\n{}\nE\n)\" /a", "{}"),
        ("curl -d '{\"a\":'$b'}' /a", "{\"a\":…}"),
        ("curl -d '{\"a\":'\"$b\"'}' /a", "{\"a\":…}"),
        ("curl -d {\\\"a\\\":$b} /a", "{\"a\":…}"),
        ("curl -d \"{\\\"a\\\":${b:-1}}\" /a", "{\"a\":…}"),
        ("xargs -I{} curl -d {} /a", "…"),
        ("wget --post-data '{}' /a", "{}"),
        ("wget --post-data='{}' -O - -q /a", "{}"),
        ("wget --post-file=body.json /a", "…"),
        ("wget --method=post --body-data '{}' /a", "{}"),
        (
            "wget /a --header 'content-type: application/x-www-form-urlencoded' --post-file - <<< '{}'",
            "{}",
        ),
    ] {
        assert_eq!(shown(script), format!("{posted}{body}"), "{script}");
    }
}

#[test]
fn several_calls_of_a_script_are_found_in_their_order() {
    let table: &[(&str, &[&str])] = &[
        (
            "curl /a\ncurl /b; curl /c | curl /d",
            &["/a", "/b", "/c", "/d"],
        ),
        ("curl /a -d \"$(curl /b)\"", &["/a", "/b"]),
        ("curl /a --next -X PUT /b -: /c", &["/a", "/b", "/c"]),
        ("wget -q /a /b", &["/a", "/b"]),
        ("$ curl /a\n{\"it\": \"isn't\"}\n$ curl /b", &["/a", "/b"]),
        (
            "echo curl /a; which curl /b; # curl /c\ngit config x 'curl /d'",
            &[],
        ),
        ("curl $A/${B:-c}/`d`?e=$(f)", &["$A/$B/$value?e=$value"]),
    ];
    for (script, expected) in table {
        let urls: Vec<_> = (all(script).iter())
            .map(|(_, read)| {
                read.as_ref()
                    .expect("read")
                    .exchange
                    .request
                    .url
                    .to_string()
            })
            .collect();
        assert_eq!(urls, *expected, "{script}");
    }
}

#[test]
fn what_no_shell_would_understand_is_not_passed_over() {
    for script in [
        "curl -d 'a",
        "echo 'x\ncurl /a",
        "curl -d (1) /a",
        "foo ( curl /a",
    ] {
        let found = all(script);
        assert!(!found.is_empty(), "{script}");
    }
}

#[test]
fn scripts_are_recognised() {
    let table = [
        ("curl /a", true),
        ("wget /a", true),
        ("set -e\nR=$(curl /a)", true),
        ("if ! curl /a; then :; fi", true),
        ("user@host:~$ curl /a", true),
        ("curl.exe /a", true),
        ("{\"a\": \"x; curl /a\"}", false),
        ("curly", false),
        ("# curl /a", false),
        ("there is no curl here", false),
        ("apt install curl wget", false),
    ];
    for (text, expected) in table {
        assert_eq!(is_script(text.as_bytes()), expected, "{text}");
    }
}

#[test]
fn calls_that_others_make_are_counted() {
    for (script, count) in [
        ("ssh host curl https://a/", 1),
        ("bash -c 'curl https://a/'", 1),
        ("eval \"wget https://a/\"", 1),
        ("echo 'curl https://a/'", 0),
        ("curl https://a/ | grep curl", 0),
        ("# curl https://a/", 0),
    ] {
        assert_eq!(calls(script.as_bytes(), true).unread, count, "{script}");
    }
}
