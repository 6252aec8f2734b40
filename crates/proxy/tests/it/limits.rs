use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
};

use kaizala_actions_proxy::{Mode, Proxy, Unjudged};

use super::wire::{JOB, PATH, POSTED, Upstream, ok, request, start, until};

#[test]
fn a_body_that_is_too_large_passes_or_is_refused() {
    let large = format!("{}{}", JOB, " ".repeat(2000));
    let upstream = Upstream::saying(ok(POSTED));
    let proxy = start(Proxy::builder(&upstream.url()).body_limit(1000));
    assert_eq!(proxy.send("POST", PATH, &large).status, 200);
    assert!(upstream.only().ends_with(&large));
    assert_eq!(proxy.told(1)[0].unjudged, [Unjudged::TooLarge]);
    assert_eq!(
        proxy.metric(r#"unjudged_bodies_total{reason="too-large"}"#),
        1
    );

    let proxy = start(Proxy::builder(&upstream.url()).body_limit(1000).enforce());
    let chunked =
        request("POST", PATH, "").replace("content-length: 0", "transfer-encoding: chunked");
    let chunked = format!("{chunked}{:x}\r\n{large}\r\n0\r\n\r\n", large.len());
    for answer in [proxy.send("POST", PATH, &large), proxy.raw(&chunked)] {
        assert_eq!(
            (answer.status, &answer.json()["errorCode"]),
            (413, &"RequestTooLarge".into())
        );
    }
    assert_eq!(upstream.received().len(), 1);

    let upstream = Upstream::saying(ok(&large));
    let proxy = start(Proxy::builder(&upstream.url()).body_limit(1000));
    assert_eq!(proxy.send("POST", PATH, JOB).body, large.as_bytes());
    let proxy = start(
        Proxy::builder(&upstream.url())
            .body_limit(1000)
            .responses(Mode::Enforce),
    );
    assert_eq!(proxy.send("POST", PATH, JOB).status, 502);
}

#[test]
fn the_memory_for_bodies_is_bounded() {
    let upstream = Upstream::saying(ok(POSTED));
    let large = format!("{}{}", JOB, " ".repeat(5000));
    for (mode, last) in [(Mode::Observe, 200), (Mode::Enforce, 503)] {
        let builder = Proxy::builder(&upstream.url())
            .requests(mode)
            .responses(Mode::Off);
        let proxy = start(builder.buffer(8000));
        let text = request("POST", PATH, &large);
        // One that holds most of it.
        let mut held = TcpStream::connect(proxy.proxy.address()).unwrap();
        held.write_all(&text.as_bytes()[..text.len() - 1]).unwrap();
        until("it is held", || proxy.metric("buffered_bytes") > 4000);
        let answer = proxy.send("POST", PATH, &large);
        assert_eq!(answer.status, last);
        if mode == Mode::Enforce {
            assert_eq!(answer.json()["errorCode"], "ServiceUnavailable");
        }
        assert_eq!(proxy.told(1)[0].unjudged, [Unjudged::NoMemory]);
        held.write_all(b" ").unwrap();
        let mut got = String::new();
        held.read_to_string(&mut got).unwrap();
        assert!(got.starts_with("HTTP/1.1 200 "), "{got}");
        until("nothing is held", || proxy.metric("buffered_bytes") == 0);
        assert_eq!(proxy.send("POST", PATH, &large).status, 200);
    }
}

#[test]
fn large_bodies_are_judged_too() {
    let people: Vec<_> = (0..100_000)
        .map(|at| format!("\"+9112345{at:05}\""))
        .collect();
    let body = format!(
        r#"{{"actionType":"Job","actionBody":{{"assignedTo":[{}]}}}}"#,
        people.join(",")
    );
    assert!(body.len() > 1 << 20);
    let upstream = Upstream::saying(ok(POSTED));
    let proxy = start(Proxy::builder(&upstream.url()));
    assert_eq!(proxy.send("POST", PATH, &body).status, 200);
    assert!(proxy.rules().contains(&"KZ301".to_owned()));
    assert!(upstream.only().ends_with(&body));
    let proxy = start(Proxy::builder(&upstream.url()).enforce());
    assert_eq!(proxy.send("POST", PATH, &body).status, 400);
    assert_eq!(upstream.received().len(), 1);
}
