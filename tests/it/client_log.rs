//! What the client logs, and what nobody ever sees: the access token.

use std::{
    error::Error as _,
    fs,
    io::{self, Write},
    sync::{Arc, Mutex, OnceLock},
};

use crate::loopback::{Loopback, answer, success};
use kaizala_actions::{
    client::{AccessToken, Checks, Client, Pace},
    types::{JobRequest, ListableActionType},
};
use tracing_subscriber::fmt::format::FmtSpan;

const TOKEN: &str = "token-of-the-tests";
const GROUP: &str = "5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2";
const ACTION: &str = "0d9c6a52-7be1-4f0a-8c35-1e42b7d9f608";
const PHONE: &str = "+911234500001";

/// All that is logged in this process: a subscriber of one thread alone would miss spans that
/// another thread met first.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn of_all() -> &'static Self {
        static LOG: OnceLock<Log> = OnceLock::new();
        LOG.get_or_init(|| {
            let log = Self::default();
            let writer = log.clone();
            let subscriber = tracing_subscriber::fmt()
                .with_ansi(false)
                .with_max_level(tracing::Level::TRACE);
            subscriber
                .with_writer(move || writer.clone())
                .with_span_events(FmtSpan::FULL)
                .init();
            log
        })
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// All that is said while calls succeed and fail, by every `Debug`, `Display` and event, of
/// services that repeat the token too.
#[tokio::test]
async fn nothing_shows_the_token() {
    let log = Log::of_all();
    let token = AccessToken::new(TOKEN).unwrap();
    let details = r#"{"actionDetails": {}}"#;
    let echo = format!(r#"{{"message": "{TOKEN} and {TOKEN}", "errorCode": "{TOKEN}"}}"#);
    let elsewhere = Loopback::with_body(details);
    let location = format!("Location: {}/{TOKEN}\r\n", elsewhere.endpoint());
    let headers = format!("X-Echo: {TOKEN}\r\n");
    let answers = [
        answer("401 Unauthorized", &headers, &echo),
        answer("429 Too Many Requests", &headers, &echo),
        answer("308 Permanent Redirect", &location, &echo),
        answer("200 OK", &headers, &echo),
        answer(
            "200 OK",
            &headers,
            &format!(r#"{{"{TOKEN}": 1, "actionDetails": "{TOKEN}"}}"#),
        ),
        answer("200 OK", "", TOKEN),
        String::new(),
        success(details),
    ];

    let mut shown = vec![format!("{token:?} {token:#?}")];
    for answer in answers {
        for checks in [Checks::Off, Checks::Strict, Checks::trace()] {
            let server = Loopback::with_answers(vec![answer.clone()]);
            let client = Client::builder()
                .checks(checks)
                .pace(Pace::DOCUMENTED)
                .connect(&server.endpoint(), token.clone())
                .unwrap();
            let get = client.get_action().group_id(GROUP).action_id(ACTION);
            let post = client
                .post_action()
                .group_id(GROUP)
                .body(JobRequest::new("Check the doors", [PHONE]));
            let list = client.list_all(GROUP, ListableActionType::Job);
            shown.push(format!("{client:?} {client:#?} {get:?} {list:?} {post:?}"));
            for error in [get.send().await.err(), post.send().await.err()]
                .into_iter()
                .flatten()
            {
                shown.push(format!(
                    "{error} {error:?} {error:#} {error:#?} {:?} {:?}",
                    error.source(),
                    error.answer()
                ));
                shown.extend(error.answer().map(|answer| answer.text().into_owned()));
            }
            assert!(server.requests()[0].contains(&format!("\naccesstoken: {TOKEN}\n")));
        }
    }

    let log = log.text();
    assert!(
        log.contains("operation=\"postAction\"") && log.contains("the answer breaks the contract"),
        "{log}"
    );
    assert!(!log.contains(PHONE), "{log}");
    shown.push(log);
    for snapshot in fs::read_dir("tests/it/snapshots").unwrap() {
        // Those of requests are of what goes over the wire, by the token of the tests.
        let path = snapshot.unwrap().path();
        if !path.to_string_lossy().contains("wire@") {
            shown.push(fs::read_to_string(path).unwrap());
        }
    }
    for text in shown {
        assert!(!text.contains(TOKEN), "{text}");
    }
}

#[tokio::test]
async fn a_call_is_a_span() {
    let log = Log::of_all();
    let server = Loopback::with_answer("403 Forbidden", "", "");
    let client = Client::connect(&server.endpoint(), AccessToken::new(TOKEN).unwrap()).unwrap();
    client
        .get_action()
        .group_id("group-of-this-test")
        .action_id(ACTION)
        .send()
        .await
        .unwrap_err();
    let text = log.text();
    let line = text
        .lines()
        .find(|line| line.contains(r#"group="group-of-this-test""#) && line.contains("close"))
        .unwrap();
    for part in [
        "call{",
        r#"operation="getAction""#,
        "status=403",
        "duration_ms=",
    ] {
        assert!(line.contains(part), "{part}: {line}");
    }
}
