//! A proxy that is killed while it records.

use std::{
    fs,
    net::TcpStream,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use serde_json::Value;

use super::PATH;
use crate::{
    helpers::{Folder, JOB, UNTITLED},
    http::{raw, request},
    server::Server,
};

/// Each time, all that was written is whole lines, but for the last one, which the next start takes
/// away.
#[test]
fn a_record_that_is_killed_has_whole_lines() {
    let server = Server::start(&[]);
    let folder = Folder::empty();
    let file = folder.path("calls.ndjson");
    let mut lines = 0;
    for round in 0..10 {
        let mut proxy = Server::proxy(&server.url(), &["--record", &file, "--quiet"]);
        let done = Arc::new(AtomicBool::new(false));
        let clients: Vec<_> = (0..4)
            .map(|_| {
                let (done, address) = (done.clone(), proxy.address);
                thread::spawn(move || {
                    while !done.load(Ordering::Relaxed) {
                        for body in [JOB, UNTITLED] {
                            // It may be gone.
                            let _ = raw(address, request("POST", PATH, body).as_bytes());
                        }
                    }
                })
            })
            .collect();
        let count = || fs::read_to_string(&file).unwrap().lines().count();
        while count() < lines + 20 {
            thread::sleep(Duration::from_millis(1));
        }
        thread::sleep(Duration::from_millis(round));
        proxy.child.kill().unwrap();
        proxy.child.wait().unwrap();
        done.store(true, Ordering::Relaxed);
        for client in clients {
            client.join().unwrap();
        }
        assert!(TcpStream::connect(proxy.address).is_err());
        let text = fs::read_to_string(&file).unwrap();
        let whole = text.rfind('\n').map_or(0, |at| at + 1);
        let now = text[..whole].lines().count();
        for line in text[..whole].lines() {
            let exchange: Value = serde_json::from_str(line).unwrap();
            assert_eq!(exchange["request"]["method"], "POST");
        }
        assert!(now >= lines + 19, "{now} after {lines} in round {round}");
        lines = now;
    }
}
