//! TLS to clients, and copies for a second server.

use std::{
    fs,
    io::{Read as _, Write as _},
    process::{Command, Stdio},
    thread::sleep,
    time::Duration,
};

use super::PATH;
use crate::{
    certificates::certificates,
    helpers::JOB,
    http::{request, send},
    server::Server,
};

/// What the proxy answers to a post, as `OpenSSL` receives it; nothing if it does not trust the
/// certificate.
fn answer(proxy: &Server, authority: &str) -> String {
    let mut client = Command::new("openssl")
        .args(["s_client", "-quiet", "-verify_return_error", "-CAfile"])
        .args([authority, "-connect", &proxy.address.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("openssl runs");
    let mut stdin = client.stdin.take().unwrap();
    // It may have ended.
    let _ = stdin.write_all(request("POST", PATH, JOB).as_bytes());
    let mut text = String::new();
    client
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    drop(stdin);
    client.wait().unwrap();
    text
}

#[test]
fn a_certificate_that_changes_is_read_again_and_the_mirror_gets_the_calls() {
    let (server, mirror) = (Server::start(&[]), Server::start(&[]));
    let (old, new) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    certificates(old.path());
    certificates(new.path());
    let path = |name: &str| old.path().join(name).display().to_string();
    let mut proxy = Server::proxy(
        &server.url(),
        &[
            "--mirror",
            &mirror.url(),
            "--tls-cert",
            &path("server.pem"),
            "--tls-key",
            &path("server.key"),
            "--watch",
        ],
    );
    let authorities = [&old, &new].map(|folder| folder.path().join("ca.pem"));
    let [by_old, by_new] = authorities.each_ref().map(|path| path.to_str().unwrap());
    assert!(answer(&proxy, by_old).starts_with("HTTP/1.1 200 OK\r\n"));
    assert_eq!(answer(&proxy, by_new), "");
    for name in ["server.pem", "server.key"] {
        fs::copy(new.path().join(name), old.path().join(name)).unwrap();
    }
    let mut tries = 0..100;
    while answer(&proxy, by_new).is_empty() {
        tries.next().expect("the certificate is read again");
        sleep(Duration::from_millis(100));
    }
    assert_eq!(answer(&proxy, by_old), "");
    proxy.signal("-TERM");
    assert!(proxy.child.wait().unwrap().success());
    assert!(proxy.log().contains("note: the settings were read again\n"));
    let jobs = format!("{PATH}?actionType=job");
    let listed = |server: &Server| {
        send(server.address, "GET", &jobs, "").json()["actions"]
            .as_array()
            .map(Vec::len)
    };
    assert_eq!((listed(&server), listed(&mirror)), (Some(2), Some(2)));
}
