//! An upstream with TLS, whose certificate OpenSSL makes.

use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    path::Path,
    sync::Arc,
    thread,
};

use kaizala_actions_proxy::{Proxy, ProxyBuilder};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    crypto::ring::default_provider,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
};

use super::wire::{JOB, PATH, POSTED, ok, start};
use crate::certificates::certificates;

/// Answers one request on each connection, and gives its URL.
fn upstream(folder: &Path) -> String {
    let certificate = CertificateDer::from_pem_file(folder.join("server.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_file(folder.join("server.key")).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let session = ServerConnection::new(config.clone()).unwrap();
            let mut stream = StreamOwned::new(session, stream.unwrap());
            let mut request = Vec::new();
            while !request.ends_with(JOB.as_bytes()) {
                let mut part = [0; 4096];
                match stream.read(&mut part) {
                    // The client does not trust the certificate.
                    Ok(0) | Err(_) => break,
                    Ok(count) => request.extend_from_slice(&part[..count]),
                }
            }
            // The client may be gone.
            let _ = stream.write_all(&ok(POSTED));
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
    });
    url
}

#[test]
fn an_upstream_with_tls_is_trusted_by_the_file_alone() {
    let folder = tempfile::tempdir().unwrap();
    certificates(folder.path());
    let url = upstream(folder.path());
    let trusting = |builder: ProxyBuilder| builder.roots(folder.path().join("ca.pem"));
    let proxy = start(trusting(Proxy::builder(&url)));
    let answer = proxy.send("POST", PATH, JOB);
    assert_eq!((answer.status, answer.body), (200, POSTED.into()));
    let proxy = start(trusting(Proxy::builder(&url)).enforce());
    assert_eq!(proxy.send("POST", PATH, JOB).status, 200);
    let proxy = start(Proxy::builder(&url));
    assert_eq!(proxy.send("POST", PATH, JOB).status, 502);
    // The certificate is for another name.
    let other = url.replace("127.0.0.1", "localhost");
    let proxy = start(trusting(Proxy::builder(&other)));
    assert_eq!(proxy.send("POST", PATH, JOB).status, 502);
}
