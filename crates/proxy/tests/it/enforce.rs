use std::{fs, path::Path};

use kaizala_actions::{
    lint::{Linter, Request, Rule, Severity},
    operation::OperationId,
    support::Method,
};
use kaizala_actions_proxy::{ErrorForm, Mode, Outcome, Proxy};

use super::wire::{JOB, PATH, POSTED, UNTITLED, Upstream, fields, ok, request, rules, start};

/// Every body of the examples: refused if and only if the linter has an error on it.
#[test]
fn exactly_what_the_linter_refuses_is_refused() {
    let upstream = Upstream::saying(ok(POSTED));
    let proxy = Proxy::builder(&upstream.url()).requests(Mode::Enforce);
    let proxy = start(proxy.responses(Mode::Off));
    let (mut passed, mut refused) = (0, 0);
    for (kind, path) in [
        ("post-action.request", PATH.to_owned()),
        ("respond-to-action.request", format!("{PATH}/a/responses")),
    ] {
        for folder in ["valid", "invalid", "lenient"] {
            let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi/examples");
            for file in bodies(&Path::new(root).join(folder).join(kind)) {
                let body = fs::read(&file).unwrap();
                let Ok(body) = String::from_utf8(body) else {
                    continue;
                };
                let text = request("POST", &path, &body);
                let judged = Request::new("POST", &*path)
                    .header("accessToken", "token-of-a-test")
                    .header("content-type", "application/json")
                    .body(body.as_bytes());
                let expected = Linter::new().lint_request(&judged).refusal();
                let answer = proxy.raw(&text);
                assert_eq!(answer.status, expected.unwrap_or(200), "{}", file.display());
                match expected {
                    None => passed += 1,
                    Some(_) => refused += 1,
                }
                assert_eq!(upstream.received().len(), passed);
            }
        }
    }
    assert!(passed > 20 && refused > 20, "{passed}, {refused}");
}

fn bodies(folder: &Path) -> Vec<std::path::PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = paths
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    paths.sort();
    paths
}

#[test]
fn a_refusal_is_problem_details_and_the_error_body_of_the_contract() {
    let upstream = Upstream::saying(ok(POSTED));
    let proxy = start(Proxy::builder(&upstream.url()).enforce());
    let answer = proxy.send("POST", PATH, UNTITLED);
    assert_eq!(answer.status, 400);
    assert_eq!(
        answer.header("content-type"),
        Some("application/problem+json")
    );
    let body = answer.json();
    assert_eq!(body["type"], "urn:kaizala-actions:rule:KZ301");
    assert_eq!(body["title"], "missing-member");
    assert_eq!(body["status"], 400);
    let message = "KZ301 missing-member at /actionBody: `title` is missing";
    assert!(
        body["detail"].as_str().unwrap().starts_with(message),
        "{body}"
    );
    assert_eq!(body["message"], body["detail"]);
    assert_eq!(body["errorCode"], "InvalidParameters");
    assert_eq!(body["errorCategoryKey"], "ParameterException");
    assert_eq!(body["findings"][0]["rule"], "KZ301");
    assert_eq!(body["findings"][0]["part"], "request.body");
    assert_eq!(upstream.received().len(), 0);
    let told = &proxy.told(1)[0];
    assert_eq!(
        (told.outcome, told.status),
        (Outcome::RequestRefused, Some(400))
    );
    assert_eq!(rules(told), ["KZ301"]);

    let proxy = Proxy::builder(&upstream.url())
        .enforce()
        .errors(ErrorForm::Kaizala)
        .docs_url("https://docs.example/rules.html#");
    let proxy = start(proxy);
    let answer = proxy.send("POST", PATH, UNTITLED);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(
        answer.json()["type"],
        "https://docs.example/rules.html#KZ301"
    );
}

#[test]
fn the_status_is_that_of_the_contract() {
    let upstream = Upstream::saying(ok(POSTED));
    let proxy = start(Proxy::builder(&upstream.url()).enforce());
    let without = |field: &str| request("POST", PATH, JOB).replace(field, "");
    for (text, status, code) in [
        (
            without("accessToken: token-of-a-test\r\n"),
            401,
            "InvalidToken",
        ),
        (
            without("content-type: application/json\r\n"),
            415,
            "UnsupportedMediaType",
        ),
        (request("PUT", PATH, ""), 405, "MethodNotAllowed"),
        (request("HEAD", PATH, ""), 405, ""),
        (
            request("GET", &format!("{PATH}?actionType=audio"), ""),
            400,
            "InvalidParameters",
        ),
        (
            request("GET", &format!("{PATH}?actionType=job&actionType=poll"), ""),
            400,
            "InvalidParameters",
        ),
    ] {
        let answer = proxy.raw(&text);
        assert_eq!(answer.status, status, "{text}");
        if code.is_empty() {
            assert_eq!(answer.body, b"");
        } else {
            assert_eq!(answer.json()["errorCode"], code, "{text}");
        }
        if status == 405 {
            assert_eq!(answer.header("allow"), Some("GET, POST"));
        }
    }
    assert_eq!(upstream.received().len(), 0);
}

#[test]
fn a_response_with_an_error_is_replaced() {
    let upstream = Upstream::saying(ok(r#"{"referenceId": 7, "secret": "x"}"#));
    let proxy = start(Proxy::builder(&upstream.url()).responses(Mode::Enforce));
    let answer = proxy.send("POST", PATH, JOB);
    assert_eq!(answer.status, 502);
    let body = answer.json();
    assert_eq!(body["type"], "urn:kaizala-actions:rule:KZ302");
    assert_eq!(body["errorCode"], "BadGateway");
    assert_eq!(body["findings"][0]["part"], "response.body");
    assert_eq!(upstream.received().len(), 1);
    assert_eq!(proxy.told(1)[0].outcome, Outcome::ResponseRefused);

    let upstream = Upstream::saying(ok(POSTED));
    let proxy = start(Proxy::builder(&upstream.url()).enforce());
    let answer = proxy.send("POST", PATH, JOB);
    assert_eq!((answer.status, &*answer.body), (200, POSTED.as_bytes()));
    assert_eq!(proxy.rules(), [""; 0]);
}

#[test]
fn warnings_refuse_only_if_they_are_to() {
    let upstream = Upstream::saying(ok(POSTED));
    let body = JOB.replace("\"Job\"", "\"job\"");
    let proxy = start(Proxy::builder(&upstream.url()).enforce());
    assert_eq!(proxy.send("POST", PATH, &body).status, 200);
    let proxy = Proxy::builder(&upstream.url())
        .enforce()
        .refuse_from(Severity::Warning);
    let answer = start(proxy).send("POST", PATH, &body);
    assert_eq!(
        (answer.status, &answer.json()["errorCode"]),
        (400, &"InvalidParameters".into())
    );
}

#[test]
fn modes_are_by_operation_and_one_beats_all() {
    let upstream = Upstream::saying(ok(POSTED));
    let list = format!("{PATH}?actionType=audio");
    let builder = || {
        let list = OperationId::ListActions;
        Proxy::builder(&upstream.url())
            .enforce()
            .operation(list, Mode::Observe, Mode::Off)
    };
    let proxy = start(builder());
    assert_eq!(proxy.send("POST", PATH, UNTITLED).status, 400);
    assert_eq!(proxy.send("GET", &list, "").status, 200);
    let proxy = start(builder().override_all(Mode::Observe));
    assert_eq!(proxy.send("POST", PATH, UNTITLED).status, 200);
    let proxy = start(builder().override_all(Mode::Enforce));
    assert_eq!(proxy.send("GET", &list, "").status, 400);
}

#[test]
fn the_settings_are_the_linters() {
    let upstream = Upstream::saying(ok(POSTED));
    let body = r#"{"actionType":"Announcement","actionBody":{"title":"Holiday"}}"#;
    let proxy = start(Proxy::builder(&upstream.url()).enforce());
    assert_eq!(proxy.send("POST", PATH, body).status, 400);
    assert_eq!(proxy.send("PUT", PATH, body).status, 405);
    let linter = Linter::new().allow("announcement", Method::Post);
    let linter = linter.ignore(Rule::find("unknown-operation").unwrap());
    let proxy = start(Proxy::builder(&upstream.url()).enforce().linter(linter));
    assert_eq!(proxy.send("POST", PATH, body).status, 200);
    assert_eq!(proxy.send("PUT", PATH, body).status, 200);
}

#[test]
fn how_is_judged_may_change_on_the_way() {
    let upstream = Upstream::saying(ok(POSTED));
    let proxy = start(Proxy::builder(&upstream.url()));
    assert_eq!(proxy.send("POST", PATH, UNTITLED).status, 200);
    let options = Proxy::builder("what others say does not count");
    proxy.proxy.reload(&options.clone().enforce()).unwrap();
    assert_eq!(proxy.send("POST", PATH, UNTITLED).status, 400);
    proxy.proxy.reload(&options).unwrap();
    assert_eq!(proxy.send("POST", PATH, UNTITLED).status, 200);
}

/// Nothing of the contract passes as another API.
#[test]
fn a_path_in_disguise_is_refused() {
    let upstream = Upstream::saying(ok(POSTED));
    let proxy = start(Proxy::builder(&upstream.url()).enforce());
    for path in [
        "/v1/groups/g/%61ctions",
        "/v1/groups/g/%2561ctions",
        "/%76%31/groups/g/actions",
        "/v1/./groups/g/actions",
        "/v1/x/../groups/g/actions",
        "/v1/groups/x/%2e%2e/g/actions",
        "/v1/groups/g;a=b/actions;c",
        "/v1%2Fgroups/g/actions",
        "/V1/groups/g/actions",
        "//v1/groups/g/actions",
        "/v1//groups/g/actions",
        "/v1/groups/g/Actions/",
    ] {
        let answer = proxy.send("POST", path, UNTITLED);
        // One that is nearly a path of the contract is a finding.
        assert!([400, 404].contains(&answer.status), "{path}");
    }
    assert_eq!(upstream.received().len(), 0);

    // What an upstream may take is still judged.
    let proxy = start(Proxy::builder(&upstream.url()));
    assert_eq!(
        proxy
            .send("POST", "/v1/./groups/g/%61ctions", UNTITLED)
            .status,
        200
    );
    assert_eq!(proxy.rules(), ["KZ301"]);
    assert!(
        upstream
            .only()
            .starts_with("POST /v1/./groups/g/%61ctions HTTP/1.1\r\n")
    );
}

/// What is judged is what passes on.
#[test]
fn a_field_that_is_only_for_the_connection_is_not_judged() {
    let upstream = Upstream::saying(ok(POSTED));
    let proxy = start(Proxy::builder(&upstream.url()).enforce());
    let named =
        request("POST", PATH, JOB).replace("connection: close", "connection: close, AccessToken");
    assert_eq!(proxy.raw(&named).status, 401);
    let named =
        request("POST", PATH, JOB).replace("connection: close", "connection: close, content-type");
    assert_eq!(proxy.raw(&named).status, 415);
    assert_eq!(upstream.received().len(), 0);
}

#[test]
fn the_token_and_numbers_are_in_nothing_that_is_told() {
    let upstream = Upstream::saying(ok(
        r#"{"referenceId": 7, "token-of-a-test": "token-of-a-test"}"#,
    ));
    let proxy = start(Proxy::builder(&upstream.url()).enforce());
    let body = UNTITLED.replace("Job", "token-of-a-test +911234500001");
    let path = format!("{PATH}?accessToken=token-of-a-test&from=%2B911234500001");
    let answers = [
        proxy.send("POST", &path, &body),
        proxy.send("POST", PATH, JOB),
    ];
    let told = format!("{:?}{:?}{}", answers, proxy.told(2), proxy.proxy.metrics());
    for secret in ["token-of-a-test", "911234500001"] {
        assert!(!told.contains(secret), "{told}");
    }
    assert_eq!(answers.map(|answer| answer.status), [400, 502]);
    // It still passes.
    assert_eq!(upstream.received().len(), 1);
    assert!(fields(&upstream.only(), &[]).contains(&"accessToken: token-of-a-test".to_owned()));
}
