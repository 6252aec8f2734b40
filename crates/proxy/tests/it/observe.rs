use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    sync::mpsc,
};

use kaizala_actions::{
    lint::{Headers, Linter, Response, recorded::Recorded},
    operation::OperationId,
};
use kaizala_actions_proxy::{Mode, Outcome, Proxy};

use super::{
    upstream,
    wire::{JOB, PATH, POSTED, UNTITLED, Upstream, fields, ok, rules, split, start},
};

/// Every example of an exchange that can be sent: as it came it passes, and what is found is what
/// the linter finds in the file.
#[test]
fn every_example_passes_as_it_is_and_is_judged_as_in_a_file() {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../openapi/examples/exchanges"
    );
    let (mut sent, mut with_findings) = (0, 0);
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_none_or(|extension| extension != "ndjson")
        {
            continue;
        }
        for line in fs::read(&path).unwrap().split(|byte| *byte == b'\n') {
            let Ok(Recorded { mut exchange, .. }) = Recorded::read(line) else {
                continue;
            };
            let response = exchange.response.take();
            let response = response.unwrap_or_else(|| {
                let json = ("content-type", "application/json");
                Response::new(200)
                    .header(json.0, json.1)
                    .body(POSTED.as_bytes())
            });
            let request = &exchange.request;
            let url = &request.url;
            let start_of_path = url.find("://").map_or(0, |at| at + 3);
            let target = url[start_of_path..]
                .find('/')
                .map(|at| &url[start_of_path + at..]);
            let target = target
                .filter(|target| target.parse::<hyper::Uri>().is_ok() && !target.contains('#'));
            let Some(target) = target else { continue };
            // What has a hole cannot be sent.
            if !request.unresolved.is_empty() || !exchange.gaps.is_empty() || response.status < 200
            {
                continue;
            }
            let head = |headers: &Headers<'_>, length: usize| {
                let fields = headers.iter();
                let lines = fields.map(|(name, value)| format!("{name}: {value}\r\n"));
                lines.collect::<String>() + &format!("Content-Length: {length}\r\n")
            };
            let body = response.body.as_deref().unwrap();
            let mut answer = format!(
                "HTTP/1.1 {} As It Came\r\n{}Date: today\r\n\r\n",
                response.status,
                head(&response.headers, body.len())
            )
            .into_bytes();
            answer.extend_from_slice(body);
            let upstream = Upstream::saying(answer.clone());
            let proxy = start(Proxy::builder(&upstream.url()));
            let body = request.body.as_deref().unwrap();
            let mut text = format!(
                "{} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{}\r\n",
                request.method,
                head(&request.headers, body.len())
            )
            .into_bytes();
            text.extend_from_slice(body);
            let got = proxy.raw(&text);

            let (came, meant) = (upstream.only(), split(&text));
            let came = split(came.as_bytes());
            assert_eq!(came.head.lines().next(), meant.head.lines().next());
            let own = ["host", "connection"];
            assert_eq!(fields(&came.head, &own), fields(&meant.head, &own));
            assert_eq!(came.body, meant.body);
            let meant = split(&answer);
            assert_eq!(got.head.lines().next(), meant.head.lines().next());
            assert_eq!(fields(&got.head, &own), fields(&meant.head, &own));
            assert_eq!(got.body, meant.body);

            let mut exchange = exchange.clone().response(response.clone());
            exchange.request.url = target.into();
            // As it was sent.
            exchange.request.headers.add("host", "localhost");
            let report = Linter::new().lint_exchange(&exchange);
            let expected: Vec<_> = report
                .parts
                .iter()
                .flat_map(|part| &part.report.findings)
                .collect();
            let expected: Vec<_> = expected.iter().map(|finding| finding.rule.id).collect();
            assert_eq!(proxy.rules(), expected, "{}", String::from_utf8_lossy(line));
            sent += 1;
            with_findings += usize::from(!expected.is_empty());
        }
    }
    assert!(sent > 40 && with_findings > 30, "{sent}, {with_findings}");
}

#[test]
fn what_is_wrong_is_told_and_changes_nothing() {
    let upstream = Upstream::saying(ok(r#"{"referenceId":7}"#));
    let proxy = start(Proxy::builder(&upstream.url()));
    let answer = proxy.send("POST", PATH, UNTITLED);
    assert_eq!(
        (answer.status, &*answer.body),
        (200, &br#"{"referenceId":7}"#[..])
    );
    assert!(upstream.only().ends_with(UNTITLED));
    let told = &proxy.told(1)[0];
    assert_eq!(rules(told), ["KZ301", "KZ302"]);
    assert_eq!((told.outcome, told.status), (Outcome::Passed, Some(200)));
    assert_eq!(told.operation.map(OperationId::as_str), Some("postAction"));
    let counted = r#"findings_total{operation="postAction",rule="KZ301",severity="error"}"#;
    assert_eq!(proxy.metric(counted), 1);
}

#[test]
fn parts_of_bodies_pass_at_once() {
    let (first, seen) = mpsc::channel::<Vec<u8>>();
    let (go_on, may_go) = mpsc::channel::<()>();
    let may_go = std::sync::Mutex::new(may_go);
    let upstream = Upstream::doing(move |stream| {
        let mut part = [0; 4096];
        let mut bytes = Vec::new();
        while !bytes.ends_with(b"half of ") {
            let count = stream.read(&mut part).unwrap();
            bytes.extend_from_slice(&part[..count]);
        }
        first.send(bytes).unwrap();
        may_go.lock().unwrap().recv().unwrap();
        let _ = stream.read(&mut part).unwrap();
        stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nall")
            .unwrap();
        may_go.lock().unwrap().recv().unwrap();
        stream.write_all(b" of it").unwrap();
    });
    let proxy = start(Proxy::builder(&upstream.url()));
    let mut client = TcpStream::connect(proxy.proxy.address()).unwrap();
    let head = format!("POST {PATH} HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nhalf of ");
    client.write_all(head.as_bytes()).unwrap();
    let bytes = seen.recv().unwrap();
    assert!(bytes.ends_with(b"half of "));
    client.write_all(b"it").unwrap();
    go_on.send(()).unwrap();
    let mut part = [0; 4096];
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"all") {
        let count = client.read(&mut part).unwrap();
        bytes.extend_from_slice(&part[..count]);
    }
    go_on.send(()).unwrap();
    let mut rest = [0; 6];
    client.read_exact(&mut rest).unwrap();
    assert_eq!(&rest, b" of it");
}

#[test]
fn other_apis_pass_and_are_counted() {
    let upstream = Upstream::saying("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nother");
    let proxy = start(Proxy::builder(&upstream.url()).enforce());
    for (method, path) in [
        ("GET", "/v1/groups/g/messages?a=b"),
        ("PATCH", "/other"),
        ("OPTIONS", PATH),
    ] {
        let answer = proxy.send(method, path, "{not json");
        assert_eq!(
            (answer.status, &*answer.body),
            (200, &b"other"[..]),
            "{method}"
        );
    }
    let told = proxy.told(3);
    assert_eq!(
        [told[0].is_foreign, told[1].is_foreign, told[2].is_foreign],
        [true, true, false]
    );
    assert!(told.iter().all(|exchange| exchange.findings.is_empty()));
    let counted = r#"exchanges_total{operation="other",outcome="passed"}"#;
    assert_eq!(proxy.metric(counted), 2);

    let closed = start(Proxy::builder(&upstream.url()).only_actions());
    assert_eq!(closed.send("GET", "/other", "").status, 404);
    assert_eq!(closed.send("OPTIONS", PATH, "").status, 200);
    assert_eq!(upstream.received().len(), 4);
}

#[test]
fn what_is_off_is_not_judged() {
    let upstream = Upstream::saying(ok("[]"));
    for (requests, responses, expected) in [
        (Mode::Off, Mode::Off, &[][..]),
        (Mode::Off, Mode::Observe, &["KZ302"]),
        (Mode::Observe, Mode::Off, &["KZ301"]),
    ] {
        let proxy = Proxy::builder(&upstream.url())
            .requests(requests)
            .responses(responses);
        let proxy = start(proxy);
        assert_eq!(proxy.send("POST", PATH, UNTITLED).status, 200);
        assert_eq!(proxy.rules(), expected, "{requests:?}, {responses:?}");
    }
}

#[test]
fn a_move_passes_and_is_not_followed() {
    let text = "HTTP/1.1 308 Permanent Redirect\r\nLocation: http://127.0.0.1:1/v1\r\n\
                Content-Length: 0\r\n\r\n";
    let upstream = Upstream::saying(text);
    let proxy = start(Proxy::builder(&upstream.url()).enforce());
    let answer = proxy.send("POST", PATH, JOB);
    assert_eq!(answer.status, 308);
    assert_eq!(answer.header("location"), Some("http://127.0.0.1:1/v1"));
    assert_eq!(upstream.received().len(), 1);
}

#[test]
fn a_coded_body_passes_as_it_came_and_is_judged_decoded() {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(UNTITLED.as_bytes()).unwrap();
    let body = encoder.finish().unwrap();
    let upstream = Upstream::saying(ok(POSTED));
    let text = |coding: &str| {
        let mut text = format!(
            "POST {PATH} HTTP/1.1\r\nhost: a\r\naccessToken: t\r\nconnection: close\r\n\
             content-type: application/json\r\ncontent-encoding: {coding}\r\n\
             content-length: {}\r\n\r\n",
            body.len()
        )
        .into_bytes();
        text.extend_from_slice(&body);
        text
    };
    let proxy = start(Proxy::builder(&upstream.url()));
    assert_eq!(proxy.raw(text("gzip")).status, 200);
    assert_eq!(proxy.rules(), ["KZ301"]);
    assert_eq!(proxy.raw(text("lzma")).status, 200);
    assert_eq!(proxy.told(2)[1].unjudged.len(), 1);
    assert_eq!(upstream.received().len(), 2);

    let proxy = start(Proxy::builder(&upstream.url()).enforce());
    assert_eq!(proxy.raw(text("gzip")).status, 400);
    let answer = proxy.raw(text("lzma"));
    assert_eq!(
        (answer.status, &answer.json()["errorCode"]),
        (415, &"UnsupportedMediaType".into())
    );
    assert_eq!(upstream.received().len(), 2);
}

#[test]
fn trailers_pass() {
    let answer = "HTTP/1.1 200 OK\r\ntrailer: x-sum\r\ntransfer-encoding: chunked\r\n\r\n\
                  2\r\n{}\r\n0\r\nx-sum: 7\r\n\r\n";
    let text = format!(
        "POST {PATH} HTTP/1.1\r\nhost: a\r\naccessToken: t\r\nte: trailers\r\nconnection: close, te\r\n\
         content-type: application/json\r\ntrailer: x-sum\r\ntransfer-encoding: chunked\r\n\r\n\
         {:x}\r\n{JOB}\r\n0\r\nx-sum: 5\r\n\r\n",
        JOB.len()
    );
    for mode in [Mode::Observe, Mode::Enforce] {
        let upstream = Upstream::saying(answer);
        let proxy = Proxy::builder(&upstream.url()).requests(mode);
        let proxy = start(proxy);
        let mut client = TcpStream::connect(proxy.proxy.address()).unwrap();
        client.write_all(text.as_bytes()).unwrap();
        let mut got = String::new();
        client.read_to_string(&mut got).unwrap();
        assert!(got.ends_with("0\r\nx-sum: 7\r\n\r\n"), "{got}");
        let came = upstream.only();
        assert!(came.ends_with("0\r\nx-sum: 5\r\n\r\n"), "{came}");
        assert!(!came.contains("\r\nte:"), "{came}");
    }
    // What the helper reads is what was sent.
    let mut bytes = text.clone().into_bytes();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut stream = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    assert_eq!(
        upstream::read(&mut stream, &mut bytes),
        Some(text.into_bytes())
    );
}
