//! What a server that ends leaves behind.

use std::{
    io::Write as _,
    net::TcpStream,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use crate::{
    http::{raw, request, send},
    server::Server,
};

const PATH: &str = "/v1/groups/g/actions";
const JOB: &str =
    r#"{"actionType": "Job", "actionBody": {"title": "Doors", "assignedTo": ["+911234500001"]}}"#;

#[test]
fn what_was_answered_is_there_after_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state");
    let arguments = ["--state", file.to_str().unwrap()];
    let mut server = Server::start(&arguments);
    let (address, answered) = (server.address, AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                while let Ok(answer) = raw(address, request("POST", PATH, JOB).as_bytes()) {
                    assert_eq!(answer.status, 200);
                    answered.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        let begun = Instant::now();
        while answered.load(Ordering::SeqCst) < 200 && begun.elapsed() < Duration::from_secs(20) {
            thread::sleep(Duration::from_millis(1));
        }
        // SIGKILL, in the middle of it.
        server.child.kill().unwrap();
    });
    let answered = answered.load(Ordering::SeqCst) as u64;
    assert!(answered >= 200, "{answered}");
    drop(server);
    let kept = Server::start(&arguments).health()["actions"]
        .as_u64()
        .unwrap();
    // Whoever got no answer may have been heard all the same: one for each client at most.
    assert!(
        (answered..=answered + 8).contains(&kept),
        "{answered} answered, {kept} kept"
    );
}

/// As on a full disk: no file of the process may have more than so many blocks of 512 bytes.
#[cfg(target_os = "linux")]
#[test]
fn on_a_full_disk_what_was_answered_is_kept_and_the_rest_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state");
    let arguments = ["--state", file.to_str().unwrap()];
    let server = Server::start_after("trap '' XFSZ; ulimit -f 8", &arguments);
    let answers = (0..40).map(|_| send(server.address, "POST", PATH, JOB));
    let answers: Vec<_> = answers.collect();
    let kept = answers.iter().take_while(|answer| answer.status == 200);
    let kept = kept.count() as u64;
    assert!((1..40).contains(&kept), "{kept}");
    let refusal = answers.last().unwrap();
    let message = refusal.json()["message"].to_string();
    assert_eq!(refusal.status, 500, "{message}");
    assert!(message.contains("the state cannot be kept in"), "{message}");
    // What is there can still be read, here and by the next.
    let health = send(server.address, "GET", "/_sandbox/health", "");
    assert_eq!(
        (health.status, &health.json()["actions"]),
        (503, &kept.into())
    );
    assert_ne!(health.json()["status"], "ok");
    let list = send(
        server.address,
        "GET",
        &format!("{PATH}?actionType=job&count=100"),
        "",
    );
    assert_eq!(
        list.json()["actions"].as_array().unwrap().len() as u64,
        kept
    );
    // Too much for the disk is not restored, and what is there stays.
    let snapshot = send(server.address, "GET", "/_sandbox/snapshot", "")
        .json()
        .to_string();
    let much = snapshot.replace("\"Doors\"", &format!("\"{}\"", "x".repeat(1000)));
    assert_eq!(
        send(server.address, "POST", "/_sandbox/restore", &much).status,
        500
    );
    let after = send(server.address, "GET", "/_sandbox/snapshot", "")
        .json()
        .to_string();
    assert_eq!(after, snapshot);
    drop(server);
    let server = Server::start(&arguments);
    assert_eq!(server.health()["actions"], kept);
    assert_eq!(send(server.address, "POST", PATH, JOB).status, 200);
    drop(server);
    // A reset leaves the full disk, and all goes on.
    let server = Server::start_after("trap '' XFSZ; ulimit -f 8", &arguments);
    assert_eq!(send(server.address, "POST", PATH, JOB).status, 500);
    assert_eq!(
        send(server.address, "POST", "/_sandbox/reset", "").status,
        200
    );
    assert_eq!(send(server.address, "POST", PATH, JOB).status, 200);
    assert_eq!(
        (&server.health()["status"], &server.health()["actions"]),
        (&"ok".into(), &1.into())
    );
    drop(server);
    assert_eq!(Server::start(&arguments).health()["actions"], 1);
}

#[test]
fn sigterm_lets_what_is_under_way_end() {
    let mut server = Server::start(&[]);
    let address = server.address;
    let faults = r#"[{"kind": "latency", "milliseconds": 500}]"#;
    assert_eq!(send(address, "PUT", "/_sandbox/faults", faults).status, 200);
    thread::scope(|scope| {
        let slow = scope.spawn(|| send(address, "POST", PATH, JOB).status);
        thread::sleep(Duration::from_millis(150));
        server.signal("-TERM");
        assert_eq!(slow.join().unwrap(), 200);
    });
    assert!(server.child.wait().unwrap().success());
    assert!(raw(address, b"GET / HTTP/1.1\r\n\r\n").is_err());
}

/// Whatever it is at, and however long that would take.
#[test]
fn sigterm_ends_it_within_two_seconds() {
    const PAGE: &str = "GET /_sandbox/snapshot HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let half = &request("POST", PATH, JOB)[..100];
    let faults = r#"[{"kind": "latency", "milliseconds": 86400000}]"#;
    let late = request("POST", PATH, JOB);
    let title = "x".repeat(100_000);
    let much = format!(
        r#"{{"groups": {{"g": [{}]}}}}"#,
        vec![format!(r#"{{"body": {}}}"#, JOB.replace("Doors", &title)); 100].join(",")
    );
    // What is set up before, and what is under way when the signal comes.
    let table: [(&str, &str, &str, &str); 5] = [
        ("a latency", "/_sandbox/faults", faults, &late),
        ("half a request", "/_sandbox/health", "", half),
        ("a head that never ends", "/_sandbox/health", "", "GET /"),
        (
            "a snapshot that nobody reads",
            "/_sandbox/restore",
            &much,
            PAGE,
        ),
        (
            "a large restore",
            "/_sandbox/health",
            "",
            &request("POST", "/_sandbox/restore", &much),
        ),
    ];
    for (what, path, body, under_way) in table {
        let mut server = Server::start(&[]);
        let method = match path {
            "/_sandbox/faults" => "PUT",
            "/_sandbox/health" => "GET",
            _ => "POST",
        };
        assert_eq!(
            send(server.address, method, path, body).status,
            200,
            "{what}"
        );
        let mut stream = TcpStream::connect(server.address).unwrap();
        stream.write_all(under_way.as_bytes()).unwrap();
        thread::sleep(Duration::from_millis(100));
        let begun = Instant::now();
        server.signal("-TERM");
        assert!(server.child.wait().unwrap().success(), "{what}");
        assert!(
            begun.elapsed() < Duration::from_secs(2),
            "{what}: {:?}",
            begun.elapsed()
        );
    }
}
