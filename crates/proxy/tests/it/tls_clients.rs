//! Clients with TLS, with the library that the proxy has and a certificate that OpenSSL makes.

use std::{
    fs,
    io::Write as _,
    net::{SocketAddr, TcpStream},
    path::Path,
    sync::Arc,
    time::Duration,
};

use kaizala_actions_proxy::{Proxy, ProxyBuilder, ProxyError};
use rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned,
    crypto::ring::default_provider,
    pki_types::{CertificateDer, ServerName, pem::PemObject as _},
};

use super::wire::{
    Answer, JOB, PATH, POSTED, Started, UNTITLED, Upstream, fields, ok, read, request, runtime,
    split, start, until,
};
use crate::certificates::certificates;

/// The certificate of an authority, and a proxy in front of an upstream that answers posts.
struct Front {
    folder: tempfile::TempDir,
    upstream: Upstream,
    proxy: Started,
}

fn front(set: impl FnOnce(ProxyBuilder) -> ProxyBuilder) -> Front {
    let folder = tempfile::tempdir().unwrap();
    certificates(folder.path());
    let upstream = Upstream::saying(ok(POSTED));
    let builder = with_tls(Proxy::builder(&upstream.url()), folder.path());
    Front {
        proxy: start(set(builder)),
        folder,
        upstream,
    }
}

fn with_tls(builder: ProxyBuilder, folder: &Path) -> ProxyBuilder {
    builder.tls(folder.join("server.pem"), folder.join("server.key"))
}

impl Front {
    /// Sends a text over TLS; `None` if the certificate is not trusted.
    fn raw(&self, text: &str) -> Option<Answer> {
        raw(
            self.proxy.proxy.address(),
            &self.folder.path().join("ca.pem"),
            text,
        )
    }
}

fn raw(address: SocketAddr, authority: &Path, text: &str) -> Option<Answer> {
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_file(authority).unwrap())
        .unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::IpAddress(address.ip().into());
    let session = ClientConnection::new(Arc::new(config), name).unwrap();
    let stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let mut stream = StreamOwned::new(session, stream);
    stream.write_all(text.as_bytes()).ok()?;
    Some(read(&mut stream).unwrap())
}

#[test]
fn calls_with_tls_are_passed_and_judged_as_others() {
    let front = front(|builder| builder.enforce().forwarded());
    assert!(front.proxy.proxy.url().starts_with("https://127.0.0.1:"));
    let answer = front.raw(&request("POST", PATH, JOB)).unwrap();
    assert_eq!((answer.status, answer.body), (200, POSTED.into()));
    let sent = front.upstream.only();
    assert!(
        fields(&split(sent.as_bytes()).head, &[]).contains(&"x-forwarded-proto: https".to_owned()),
        "{sent}"
    );
    assert_eq!(
        front.raw(&request("POST", PATH, UNTITLED)).unwrap().status,
        400
    );
    // What comes over the wire is looked at after it is decrypted.
    let both = format!(
        "POST {PATH} HTTP/1.1\r\nhost: s\r\nconnection: close\r\ncontent-length: 5\r\n\
         transfer-encoding: chunked\r\n\r\n0\r\n\r\n"
    );
    assert_eq!(front.raw(&both).unwrap().status, 400);
    assert_eq!(front.upstream.received().len(), 1);
    assert_eq!(front.proxy.metric("malformed_requests_total"), 1);
    assert_eq!(front.proxy.metric("tls_failures_total"), 0);
}

#[test]
fn a_connection_without_tls_is_closed_and_counted() {
    let front = front(|builder| builder.header_timeout(Duration::from_millis(200)));
    let address = front.proxy.proxy.address();
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .write_all(request("POST", PATH, JOB).as_bytes())
        .unwrap();
    // Whether as an alert of TLS or by a reset: there is no answer.
    assert!(read(&mut stream).is_err());
    until("it is counted", || {
        front.proxy.metric("tls_failures_total") == 1
    });
    // One that sends nothing is closed in time.
    let mut silent = TcpStream::connect(address).unwrap();
    silent
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let closed = read(&mut silent).unwrap_err();
    assert_eq!(closed.kind(), std::io::ErrorKind::UnexpectedEof);
    assert!(front.upstream.received().is_empty());
}

#[test]
fn the_certificate_is_read_again() {
    let front = front(|builder| builder);
    let again = |folder: &Path| {
        let options = with_tls(Proxy::builder(&front.upstream.url()), folder);
        front.proxy.proxy.reload(&options)
    };
    let post = request("POST", PATH, JOB);
    let other = tempfile::tempdir().unwrap();
    certificates(other.path());
    let new_authority = other.path().join("ca.pem");
    let by_new = || raw(front.proxy.proxy.address(), &new_authority, &post);
    assert!(by_new().is_none());
    again(other.path()).unwrap();
    assert_eq!(by_new().unwrap().status, 200);
    assert!(front.raw(&post).is_none());
    // A file that is half written changes nothing.
    fs::write(other.path().join("server.key"), "-----BEGIN").unwrap();
    assert!(matches!(
        again(other.path()),
        Err(ProxyError::Option { option: "key", .. })
    ));
    assert_eq!(by_new().unwrap().status, 200);
}

#[test]
fn files_that_are_no_certificate_are_named() {
    let folder = tempfile::tempdir().unwrap();
    certificates(folder.path());
    fs::write(folder.path().join("empty"), "").unwrap();
    fs::write(
        folder.path().join("broken"),
        "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n",
    )
    .unwrap();
    let refused = |certificate: &str, key: &str| {
        let (certificate, key) = (folder.path().join(certificate), folder.path().join(key));
        let builder = Proxy::builder("http://127.0.0.1:9").tls(certificate, key);
        let error = runtime().block_on(builder.start()).unwrap_err().to_string();
        let folder = folder.path().join("").display().to_string();
        error.replace(&folder, "")
    };
    for (certificate, key, expected) in [
        (
            "none",
            "server.key",
            "the certificate is refused: none: No such file or directory (os error 2)",
        ),
        (
            "empty",
            "server.key",
            "the certificate is refused: empty: it has no certificate",
        ),
        (
            "server.key",
            "server.key",
            "the certificate is refused: server.key: it has no certificate",
        ),
        (
            "server.pem",
            "server.pem",
            "the key is refused: server.pem: it has no private key",
        ),
        (
            "server.pem",
            "ca.key",
            "the key is refused: ca.key: it is not the key of the certificate",
        ),
    ] {
        assert_eq!(refused(certificate, key), expected);
    }
    let broken = refused("broken", "server.key");
    assert!(
        broken.starts_with("the certificate is refused: broken: it is not PEM: "),
        "{broken}"
    );
}
