use super::*;

/// The method, the URL, the header fields and the body, a line each; `?` where the body is not
/// known.
fn shown(command: &str) -> String {
    let Recorded { exchange, .. } =
        read(command.as_bytes()).unwrap_or_else(|error| unreachable!("{command}: {error:?}"));
    let Request {
        method,
        url,
        headers,
        body,
        ..
    } = exchange.request;
    let headers: Vec<_> = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    let body = body.map_or("?".to_owned(), |body| {
        String::from_utf8_lossy(&body).into_owned()
    });
    format!("{method} {url} [{}] {body}", headers.join(", "))
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
        ("curl -F a=b /a", "POST /a [] ?"),
        (
            "curl -d \"$BODY\" -H 'content-type: application/json' /a",
            "POST /a [content-type: application/json] ?",
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
            "--next -d 1 -H 'content-type: a' /b",
            "POST /b [content-type: a] 1",
        ),
    ];
    for (command, expected) in table {
        assert_eq!(shown(command), expected, "{command}");
    }
}

#[test]
fn a_body_in_plain_quotes_stands_in_the_command() {
    let verbatim = |command: &str| {
        let spot =
            read(command.as_bytes()).expect("a command").spots[Part::RequestBody as usize].clone();
        spot.verbatim.then(|| command[spot.span].to_owned())
    };
    for (command, expected) in [
        ("curl -d '{\"a\":1}' /a", Some("{\"a\":1}")),
        ("curl -d{} /a", Some("{}")),
        ("curl -d \"{'a'}\" /a", Some("{'a'}")),
        ("curl --data-raw $'{}' /a", Some("{}")),
        ("curl --data-raw $'{\\n}' /a", None),
        ("curl -d '{'\"'\"'}' /a", None),
        ("curl -d 1 -d 2 /a", None),
    ] {
        assert_eq!(verbatim(command).as_deref(), expected, "{command}");
    }
}

#[test]
fn what_cannot_be_followed_says_why() {
    let table = [
        ("curl", "no URL", 0),
        ("curl -d", "-d without a value", 5),
        (
            "curl -d @body.json /a",
            "what is sent is in another file, which is not read",
            8,
        ),
        (
            "curl -T body.json /a",
            "what is sent is in another file, which is not read",
            8,
        ),
        ("curl -d 'a", "a quote without an end", 8),
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
        let malformed = read(command.as_bytes()).expect_err(command);
        assert_eq!(
            (malformed.problem.as_str(), malformed.span.start),
            (problem, at),
            "{command}"
        );
    }
}
