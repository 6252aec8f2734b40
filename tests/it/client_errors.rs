//! What a caller learns when a call fails, and which calls are made again.

use std::{
    error::Error as _,
    io::{Read as _, Write as _},
    net::TcpListener,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use crate::loopback::{Loopback, answer, success};
use kaizala_actions::{
    client::{AccessToken, Checks, Client, ClientBuilder, Error, Pace, Retry},
    operation::OperationId,
    types::{ActionDetails, JobRequest, ListableActionType},
};

const TOKEN: &str = "token-of-the-tests";
const GROUP: &str = "5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2";
const ACTION: &str = "0d9c6a52-7be1-4f0a-8c35-1e42b7d9f608";
const PHONE: &str = "+911234500001";
const DETAILS: &str = r#"{"actionDetails": {}}"#;
const SERVICE_ERROR: &str = r#"{"message": "The token is not valid", "errorCode": "InvalidToken", "errorCategoryKey": "AuthException"}"#;

fn token() -> AccessToken {
    AccessToken::new(TOKEN).unwrap()
}

fn connect(server: &Loopback, builder: ClientBuilder) -> Client {
    builder.connect(&server.endpoint(), token()).unwrap()
}

async fn get(client: &Client) -> Result<ActionDetails, Error> {
    Ok(client
        .get_action()
        .group_id(GROUP)
        .action_id(ACTION)
        .send()
        .await?
        .into_inner())
}

async fn post(client: &Client) -> Error {
    client
        .post_action()
        .group_id(GROUP)
        .body(JobRequest::new("Check the doors", [PHONE]))
        .send()
        .await
        .unwrap_err()
}

/// What a call says that gets one answer.
async fn error_of(status: &str, headers: &str, body: &str) -> Error {
    get(&connect(
        &Loopback::with_answer(status, headers, body),
        Client::builder(),
    ))
    .await
    .unwrap_err()
}

#[tokio::test]
async fn a_move_says_where_to_and_the_token_stays() {
    let elsewhere = Loopback::with_body(DETAILS);
    let location = format!("Location: {}\r\n", elsewhere.endpoint());
    let error = error_of("308 Permanent Redirect", &location, "").await;
    assert_eq!(
        error.to_string(),
        format!(
            "getAction: the endpoint has moved to {}",
            elsewhere.endpoint()
        )
    );
    assert!(!error.is_retryable());
    let Error::EndpointMoved { endpoint, .. } = error else {
        panic!("{error:?}")
    };
    assert_eq!(endpoint, elsewhere.endpoint());
    assert_eq!(elsewhere.requests(), Vec::<String>::new());
}

#[tokio::test]
async fn other_redirects_are_refusals() {
    let elsewhere = Loopback::with_body(DETAILS);
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "303 See Other",
        "307 Temporary Redirect",
    ] {
        let error = error_of(
            status,
            &format!("Location: {}\r\n", elsewhere.endpoint()),
            "",
        )
        .await;
        assert!(
            matches!(error, Error::Service { status, .. } if status.is_redirection()),
            "{error:?}"
        );
    }
    assert!(matches!(
        error_of("308 Permanent Redirect", "", "").await,
        Error::Service { .. }
    ));
    assert_eq!(elsewhere.requests(), Vec::<String>::new());
}

#[tokio::test]
async fn throttling_says_for_how_long() {
    let error = error_of(
        "429 Too Many Requests",
        "Retry-After: 30\r\n",
        SERVICE_ERROR,
    )
    .await;
    assert_eq!(
        error.to_string(),
        "getAction: too many calls; the next may follow in 30 s"
    );
    assert!(error.is_retryable() && !error.may_have_been_received());
    assert!(
        matches!(error, Error::Throttled { retry_after: Some(wait), .. } if wait == Duration::from_secs(30)),
        "{error:?}"
    );
    assert!(matches!(
        error_of("429 Too Many Requests", "", "").await,
        Error::Throttled {
            retry_after: None,
            ..
        }
    ));
}

#[tokio::test]
async fn a_refusal_says_what_the_service_said() {
    let error = error_of("401 Unauthorized", "X-Trace: 7\r\n", SERVICE_ERROR).await;
    assert_eq!(
        error.to_string(),
        "getAction: the service answered 401: The token is not valid (InvalidToken, AuthException)"
    );
    assert!(!error.is_retryable() && !error.may_have_been_received());
    let Error::Service {
        status,
        error,
        answer,
        ..
    } = error
    else {
        panic!("{error:?}")
    };
    assert_eq!(
        (status.as_u16(), error.error_code.as_deref()),
        (401, Some("InvalidToken"))
    );
    assert_eq!(
        (&answer.headers["x-trace"], &*answer.text()),
        (&"7".parse().unwrap(), SERVICE_ERROR)
    );
}

#[tokio::test]
async fn an_error_that_is_no_json_keeps_status_headers_and_a_bounded_body() {
    let page = format!("<html>{}</html>", "x".repeat(100_000));
    let error = error_of("502 Bad Gateway", "Content-Type: text/html\r\n", &page).await;
    assert_eq!(error.to_string(), "getAction: the service answered 502");
    assert!(error.is_retryable() && error.may_have_been_received());
    let answer = error.answer().unwrap();
    assert_eq!(
        (answer.status.as_u16(), &answer.headers["content-type"]),
        (502, &"text/html".parse().unwrap())
    );
    assert_eq!((answer.body.len(), answer.is_cut), (64 * 1024, true));
}

/// The table of `Error::is_retryable`.
#[tokio::test]
async fn which_statuses_may_be_tried_again() {
    for (status, retryable, received) in [
        (201, false, true),
        (302, false, true),
        (400, false, false),
        (404, false, false),
        (408, true, true),
        (429, true, false),
        (500, false, true),
        (501, false, true),
        (502, true, true),
        (503, true, true),
        (504, true, true),
    ] {
        let error = error_of(&format!("{status} Status"), "", "").await;
        assert_eq!(
            (error.is_retryable(), error.may_have_been_received()),
            (retryable, received),
            "{status}"
        );
    }
}

#[tokio::test]
async fn an_error_with_status_200_is_one() {
    let error = error_of("200 OK", "", SERVICE_ERROR).await;
    assert_eq!(
        error.to_string(),
        "getAction: the service answered 200 with an error: The token is not valid (InvalidToken, AuthException)"
    );
    assert!(matches!(error, Error::ErrorInSuccess { .. }), "{error:?}");
}

#[tokio::test]
async fn an_answer_outside_the_contract_says_where() {
    let server = Loopback::with_body(
        r#"{"actions": [{"referenceId": "r", "actionType": "Job", "actionBody": {"actionId": "a"}}]}"#,
    );
    let list = connect(&server, Client::builder())
        .list_actions()
        .group_id(GROUP)
        .action_type(ListableActionType::Job)
        .send()
        .await;
    let error = list.unwrap_err();
    assert_eq!(
        error.to_string(),
        "listActions: the answer breaks the contract /actions/0/actionBody: `title` is missing"
    );
    let Error::Contract {
        pointer, expected, ..
    } = error
    else {
        panic!("{error:?}")
    };
    assert_eq!(
        (pointer.as_str(), expected.as_deref()),
        ("/actions/0/actionBody", Some("`title`: string"))
    );

    let error = error_of("200 OK", "", r#"{"actionDetails": 7}"#).await;
    assert_eq!(
        error.to_string(),
        "getAction: the answer breaks the contract /actionDetails: expected object, found integer"
    );
    let error = error_of("200 OK", "", "<html>").await;
    assert!(
        matches!(&error, Error::Contract { pointer, .. } if pointer.is_empty()),
        "{error:?}"
    );
}

#[tokio::test]
async fn an_answer_may_be_too_large() {
    let server = Loopback::with_body(&format!(
        r#"{{"actionDetails": {{"title": "{}"}}}}"#,
        "x".repeat(5000)
    ));
    let error = get(&connect(&server, Client::builder().max_answer(4096)))
        .await
        .unwrap_err();
    assert!(
        matches!(error, Error::TooLarge { most: 4096, .. }),
        "{error:?}"
    );
    get(&connect(&server, Client::builder().max_answer(8192)))
        .await
        .unwrap();
}

#[tokio::test]
async fn silence_times_out() {
    // Accepts and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", silent.local_addr().unwrap());
    let client = Client::builder()
        .timeout(Duration::from_millis(100))
        .connect(&endpoint, token())
        .unwrap();
    let error = get(&client).await.unwrap_err();
    assert_eq!(error.to_string(), "getAction: no answer in time");
    assert!(
        matches!(error, Error::TimedOut { .. })
            && error.is_retryable()
            && error.may_have_been_received()
    );
}

/// Be they many or few: interim answers (100 to 199) are no answer.
#[tokio::test]
async fn interim_answers_without_an_end_time_out() {
    for (interim, pause) in [(1, 5), (1000, 0)] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            // Before there is a request, it would be another error.
            let _ = stream.read(&mut [0; 1024]).unwrap();
            let text = "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(interim);
            while stream.write_all(text.as_bytes()).is_ok() {
                thread::sleep(Duration::from_millis(pause));
            }
        });
        let client = Client::builder()
            .timeout(Duration::from_millis(200))
            .connect(&endpoint, token())
            .unwrap();
        let error = get(&client).await.unwrap_err();
        assert!(matches!(error, Error::TimedOut { .. }), "{error:?}");
        // The connection is closed, or the server would go on.
        tokio::task::spawn_blocking(|| server.join().unwrap())
            .await
            .unwrap();
    }
}

/// Nobody can say then whether the service has done what it was asked to.
#[tokio::test]
async fn a_connection_that_is_cut_after_sending_was_reached() {
    let cut = [
        String::new(),
        "HTTP/1.1 200 OK\r\n".to_owned(),
        answer("200 OK", "Content-Length: 1000\r\nX-Other: 1\r\n", "{"),
    ];
    for answer in cut {
        let client = connect(&Loopback::with_answers(vec![answer]), Client::builder());
        for (error, operation) in [
            (get(&client).await.unwrap_err(), OperationId::GetAction),
            (post(&client).await, OperationId::PostAction),
        ] {
            assert_eq!(error.operation(), operation);
            assert_eq!(
                error.to_string(),
                format!("{operation}: the connection broke before the answer was complete")
            );
            assert!(
                matches!(error, Error::Transport { .. }) && error.may_have_been_received(),
                "{error:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_closed_port_was_not_reached() {
    let client = Client::connect("http://127.0.0.1:1", token()).unwrap();
    let error = get(&client).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "getAction: the service cannot be reached"
    );
    assert!(
        matches!(error, Error::Transport { .. })
            && error.is_retryable()
            && !error.may_have_been_received()
            && error.source().is_some()
    );
}

#[tokio::test]
async fn a_missing_argument_is_not_sent() {
    let server = Loopback::with_body(DETAILS);
    let error = connect(&server, Client::builder())
        .get_action()
        .group_id(GROUP)
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "getAction: not sent: action_id was not initialized"
    );
    assert_eq!(server.requests(), Vec::<String>::new());
}

#[tokio::test]
async fn nothing_is_tried_again_unless_asked_for() {
    for answer in [
        answer("429 Too Many Requests", "Retry-After: 0\r\n", ""),
        String::new(),
    ] {
        let server = Loopback::with_answers(vec![answer]);
        get(&connect(&server, Client::builder())).await.unwrap_err();
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn throttled_calls_are_tried_again_after_the_time_given() {
    let throttled = answer("429 Too Many Requests", "Retry-After: 1\r\n", "");
    let server = Loopback::with_answers(vec![throttled, success(r#"{"referenceId": "r"}"#)]);
    let client = connect(&server, Client::builder().retry(Retry::default()));
    let started = Instant::now();
    client
        .post_action()
        .group_id(GROUP)
        .body(JobRequest::new("Check the doors", [PHONE]))
        .send()
        .await
        .unwrap();
    assert!(started.elapsed() >= Duration::from_secs(1));
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0], requests[1]);
}

#[tokio::test]
async fn a_get_is_tried_again_when_the_connection_breaks_and_a_post_never() {
    let broken = || Loopback::with_answers(vec![String::new(), success(DETAILS)]);
    let server = broken();
    get(&connect(&server, Client::builder().retry(Retry::default())))
        .await
        .unwrap();
    assert_eq!(server.requests().len(), 2);

    let server = broken();
    let error = post(&connect(&server, Client::builder().retry(Retry::default()))).await;
    assert!(
        matches!(error, Error::Transport { .. }) && error.may_have_been_received(),
        "{error:?}"
    );
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn tries_end() {
    let server = Loopback::with_answer("429 Too Many Requests", "Retry-After: 0\r\n", "");
    let mut retry = Retry::default();
    retry.tries = 2;
    let error = get(&connect(&server, Client::builder().retry(retry)))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Throttled { .. }), "{error:?}");
    assert_eq!(server.requests().len(), 2);

    // Longer than anyone would wait: not at all.
    for wait in [
        "86400",
        "18446744073709551615",
        "99999999999999999999",
        "Fri, 31 Dec 9999 23:59:59 GMT",
    ] {
        let header = format!("Retry-After: {wait}\r\n");
        let server = Loopback::with_answer("429 Too Many Requests", &header, "");
        get(&connect(&server, Client::builder().retry(Retry::default())))
            .await
            .unwrap_err();
        assert_eq!(server.requests().len(), 1, "{wait}");
    }
}

#[tokio::test]
async fn clones_share_a_pace() {
    let server = Loopback::with_body(DETAILS);
    let client = connect(
        &server,
        Client::builder().pace(Pace::new(2, Duration::from_millis(300))),
    );
    let started = Instant::now();
    for _ in 0..5 {
        get(&client.clone()).await.unwrap();
    }
    assert!(
        started.elapsed() >= Duration::from_millis(600),
        "{:?}",
        started.elapsed()
    );
}

#[tokio::test]
async fn a_move_to_a_named_host_is_followed_with_path_query_and_body() {
    let new = Loopback::with_body(r#"{"referenceId": "r", "actionDetails": {}}"#);
    let old = Loopback::with_answer(
        "308 Permanent Redirect",
        &format!("Location: {}/\r\n", new.endpoint()),
        "",
    );
    let host = new.endpoint().replace("http://", "");
    let client = connect(&old, Client::builder().follow_moves_to([host]));

    client
        .post_action()
        .group_id(GROUP)
        .body(JobRequest::new("Check the doors", [PHONE]))
        .send()
        .await
        .unwrap();
    client
        .clone()
        .get_action()
        .group_id(GROUP)
        .action_id(ACTION)
        .get_details(true)
        .send()
        .await
        .unwrap();

    let (asked, followed) = (old.requests(), new.requests());
    assert_eq!(
        (asked.len(), followed.len()),
        (1, 2),
        "what has moved once is asked no more"
    );
    assert_eq!(asked[0], followed[0]);
    assert!(
        followed[1].starts_with(&format!(
            "GET /v1/groups/{GROUP}/actions/{ACTION}?getDetails=true HTTP/1.1\n"
        )),
        "{}",
        followed[1]
    );
}

#[tokio::test]
async fn a_circle_of_moves_ends() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = listener.local_addr().unwrap().to_string();
    drop(listener);
    let server = Loopback::with_answer(
        "308 Permanent Redirect",
        &format!("Location: http://{host}\r\n"),
        "",
    );
    // Only hosts that were named, and by their port too.
    let client = connect(&server, Client::builder().follow_moves_to(["127.0.0.1"]));
    assert!(matches!(
        get(&client).await.unwrap_err(),
        Error::EndpointMoved { .. }
    ));
    assert_eq!(server.requests().len(), 1);

    let own = Arc::new(Mutex::new(String::new()));
    let target = Arc::clone(&own);
    let circle = Loopback::with(move |_| {
        answer(
            "308 Permanent Redirect",
            &format!("Location: {}\r\n", target.lock().unwrap()),
            "",
        )
    });
    *own.lock().unwrap() = circle.endpoint();
    let client = connect(
        &circle,
        Client::builder().follow_moves_to([circle.endpoint().replace("http://", "")]),
    );
    assert!(matches!(
        get(&client).await.unwrap_err(),
        Error::EndpointMoved { .. }
    ));
    assert_eq!(circle.requests().len(), 4);
}

#[tokio::test]
async fn checks_are_off_or_warn_or_refuse() {
    // Its type takes it, the contract does not: no such date, and an answer count below zero.
    let body = r#"{"actionDetails": {"responseCount": -1}}"#;
    get(&connect(&Loopback::with_body(body), Client::builder()))
        .await
        .unwrap();

    let told = Arc::new(Mutex::new(Vec::new()));
    let teller = Arc::clone(&told);
    let warn = Checks::warn(move |report| teller.lock().unwrap().push(report.to_string()));
    get(&connect(
        &Loopback::with_body(body),
        Client::builder().checks(warn),
    ))
    .await
    .unwrap();
    let told = told.lock().unwrap().clone();
    assert!(
        told.len() == 1 && told[0].contains("out-of-range"),
        "{told:?}"
    );

    let error = get(&connect(
        &Loopback::with_body(body),
        Client::builder().checks(Checks::Strict),
    ))
    .await
    .unwrap_err();
    assert!(
        matches!(&error, Error::Contract { pointer, .. } if pointer == "/actionDetails/responseCount"),
        "{error:?}"
    );
}

#[tokio::test]
async fn no_error_shows_what_the_service_repeats() {
    let copies = [
        TOKEN,
        "token%2Dof%2dthe%2Dtests",
        r"token\u002dof-the\u002Dtests",
        r"\u0074oken-of-the-test\u0073",
        "dG9rZW4tb2YtdGhlLXRlc3Rz",
    ];
    let statuses = [
        ("200 OK", ""),
        ("400 Bad Request", ""),
        ("400 Bad Request", "Set-Cookie: a=another-secret\r\n"),
        ("429 Too Many Requests", ""),
        (
            "308 Permanent Redirect",
            "Location: https://me:another-secret@api.kaiza.la\r\n",
        ),
        (
            "308 Permanent Redirect",
            "Location: https://api.kaiza.la?access_token=another-secret\r\n",
        ),
    ];
    for copy in copies {
        for (status, header) in statuses {
            let body = format!(
                r#"{{"message": "{copy} of +91 12345 00001", "errorCode": "{copy}", "{copy}": 1}}"#
            );
            let error = error_of(status, &format!("{header}X-Other: {copy}\r\n"), &body).await;
            let answer = error.answer().unwrap();
            let parsed: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
            let said = format!("{error} {error:?} {error:#?} {:?} {parsed}", answer.headers);
            for secret in [copy, TOKEN] {
                assert!(!said.contains(secret), "{copy}: {said}");
            }
            let said = format!("{error} {error:?} {error:#?}");
            for secret in ["another-secret", "12345 00001"] {
                assert!(!said.contains(secret), "{copy}: {said}");
            }
        }
    }
    for endpoint in [
        "https//me:another-secret@api.kaiza.la",
        "ftp://me:another-secret@api.kaiza.la",
        "https://api.kaiza.la?access_token=another-secret",
        "another-secret@",
    ] {
        let error = Client::connect(endpoint, token()).unwrap_err();
        let said = format!("{error:?} {}", std::error::Error::source(&error).unwrap());
        assert!(!said.contains("another-secret"), "{said}");
    }
}
