use std::fs;

use kaizala_actions::lint::{Linter, recorded::Recorded};
use kaizala_actions_proxy::{Mode, Proxy, ProxyBuilder, ProxyError};
use serde_json::Value;

use super::wire::{JOB, PATH, POSTED, UNTITLED, Upstream, ok, rules, runtime, start};

/// Sends the bodies, and gives the lines of the record.
fn recorded(builder: impl FnOnce(ProxyBuilder) -> ProxyBuilder, bodies: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("record.ndjson");
    let upstream = Upstream::saying(ok(POSTED));
    let proxy = start(builder(Proxy::builder(&upstream.url()).record(&file)));
    for body in bodies {
        proxy.send("POST", PATH, body);
    }
    runtime().block_on(proxy.proxy.stop());
    let text = fs::read_to_string(file).unwrap();
    assert!(text.is_empty() || text.ends_with('\n'));
    text.lines().map(str::to_owned).collect()
}

#[test]
fn the_record_is_what_lint_reads() {
    let casing = JOB.replace("\"Job\"", "\"job\"");
    let bodies = [JOB, UNTITLED, &casing, "{"];
    let lines = recorded(|it| it, &bodies);
    assert_eq!(lines.len(), 4);
    for (line, body) in lines.iter().zip(bodies) {
        let exchange = Recorded::read(line.as_bytes()).unwrap().exchange;
        let masked = body.replace("911234500001", "************");
        assert_eq!(exchange.request.body.as_deref(), Some(masked.as_bytes()));
        assert_eq!(
            exchange.response.unwrap().body.as_deref(),
            Some(POSTED.as_bytes())
        );
        assert!(
            !line.contains("911234500001") && !line.contains("token-of-a-test"),
            "{line}"
        );
        let found = Linter::new().lint_exchange_json(line.as_bytes());
        let found: Vec<_> = found
            .parts
            .iter()
            .flat_map(|part| &part.report.findings)
            .collect();
        let expected = {
            let upstream = Upstream::saying(ok(POSTED));
            let proxy = start(Proxy::builder(&upstream.url()));
            proxy.send("POST", PATH, body);
            rules(&proxy.told(1)[0])
        };
        let found: Vec<_> = found.iter().map(|finding| finding.rule.id).collect();
        assert_eq!(found, expected, "{line}");
        let members: Value = serde_json::from_str(line).unwrap();
        assert_eq!(
            (&members["operation"], &members["outcome"]),
            (&"postAction".into(), &"passed".into())
        );
    }
}

#[test]
fn secrets_are_recorded_only_if_they_are_to_be() {
    let lines = recorded(ProxyBuilder::record_secrets, &[JOB]);
    assert!(lines[0].contains("+911234500001") && lines[0].contains("token-of-a-test"));
}

#[test]
fn what_failed_is_enough_if_it_is_to_be() {
    let lines = recorded(ProxyBuilder::record_only_failing, &[JOB, UNTITLED, JOB]);
    assert_eq!(lines.len(), 1);
    assert!(!lines[0].contains("Doors"));
    // What was refused has no response.
    let lines = recorded(|it| it.record_only_failing().enforce(), &[UNTITLED]);
    let members: Value = serde_json::from_str(&lines[0]).unwrap();
    assert_eq!(
        (&members["outcome"], &members["response"]),
        (&"request-refused".into(), &Value::Null)
    );
}

#[test]
fn a_sample_is_even() {
    let bodies = [JOB; 10];
    assert_eq!(recorded(|it| it.sample(0.2), &bodies).len(), 2);
    assert_eq!(recorded(|it| it.sample(0.0), &bodies).len(), 0);
}

#[test]
fn a_record_is_replaced_once_it_is_large() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("record.ndjson");
    let upstream = Upstream::saying(ok(POSTED));
    let proxy = start(
        Proxy::builder(&upstream.url())
            .record(&file)
            .record_max(2000),
    );
    for _ in 0..20 {
        proxy.send("POST", PATH, JOB);
    }
    runtime().block_on(proxy.proxy.stop());
    let old = folder.path().join("record.ndjson.1");
    for file in [&file, &old] {
        let text = fs::read_to_string(file).unwrap();
        assert!(!text.is_empty() && text.len() <= 2000);
        assert!(
            text.lines()
                .all(|line| serde_json::from_str::<Value>(line).is_ok())
        );
    }
}

#[test]
fn what_was_not_judged_is_not_recorded_but_counted() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("record.ndjson");
    let upstream = Upstream::saying(ok(POSTED));
    let proxy = start(Proxy::builder(&upstream.url()).record(&file).body_limit(50));
    proxy.send("POST", PATH, JOB);
    proxy.told(1);
    assert_eq!(proxy.metric("records_dropped_total"), 1);
    assert_eq!(fs::read_to_string(&file).unwrap(), "");
}

#[test]
fn options_that_cannot_work_are_refused() {
    let url = "http://127.0.0.1:1";
    for (builder, expected) in [
        (Proxy::builder(""), "upstream"),
        (Proxy::builder("127.0.0.1:80"), "upstream"),
        (Proxy::builder("ftp://a"), "upstream"),
        (Proxy::builder("http://user:secret@a"), "upstream"),
        (Proxy::builder("http://a/v1"), "upstream"),
        (Proxy::builder("http://a?b"), "upstream"),
        (Proxy::builder("https://a").roots("/none"), "upstream"),
        (
            Proxy::builder(url).record("/tmp/none").sample(2.0),
            "sample",
        ),
        (
            Proxy::builder(url)
                .record_only_failing()
                .requests(Mode::Off),
            "record",
        ),
    ] {
        let error = runtime().block_on(builder.start()).err();
        let Some(ProxyError::Option { option, problem }) = error else {
            panic!("{expected}: {error:?}");
        };
        assert_eq!(option, expected, "{problem}");
        assert!(!problem.contains("secret"), "{problem}");
    }
}
