//! A proxy that is killed while it records.

use std::{
    fs::File,
    io::{Read as _, Seek as _, SeekFrom},
    net::TcpStream,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use serde_json::Value;

use crate::{
    helpers::{Folder, JOB, UNTITLED},
    http::{raw, request},
    server::Server,
};

const PATH: &str = "/v1/groups/g/actions";

/// Kills it so many times, each time once so many exchanges have been recorded, and checks that all
/// that was written is whole lines, but for the last one, which the next start takes away.
pub fn kill_and_read(times: u64, clients: usize, exchanges: usize) {
    let server = Server::start(&[]);
    let folder = Folder::empty();
    let file = folder.path("calls.ndjson");
    // The bytes of the rounds before, all of them whole lines.
    let mut before = 0;
    for round in 0..times {
        let mut proxy = Server::proxy(&server.url(), &["--record", &file, "--quiet"]);
        let done = Arc::new(AtomicBool::new(false));
        let clients: Vec<_> = (0..clients)
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
        let written = || {
            let mut text = String::new();
            let mut record = File::open(&file).unwrap();
            record.seek(SeekFrom::Start(before)).unwrap();
            record.read_to_string(&mut text).unwrap();
            text
        };
        while written().lines().count() < exchanges {
            thread::sleep(Duration::from_millis(2));
        }
        thread::sleep(Duration::from_millis(round % 10));
        proxy.child.kill().unwrap();
        proxy.child.wait().unwrap();
        done.store(true, Ordering::Relaxed);
        for client in clients {
            client.join().unwrap();
        }
        assert!(TcpStream::connect(proxy.address).is_err());
        let text = written();
        let whole = text.rfind('\n').map_or(0, |at| at + 1);
        for line in text[..whole].lines() {
            let exchange: Value = serde_json::from_str(line).unwrap();
            assert_eq!(exchange["request"]["method"], "POST");
        }
        let now = text[..whole].lines().count();
        assert!(now + 1 >= exchanges, "{now} in round {round}");
        before += whole as u64;
    }
}
