//! TLS between clients and the proxy.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use kaizala_actions_http::Transport;
use rustls::{
    ServerConfig,
    crypto::ring::default_provider,
    pki_types::{
        CertificateDer, PrivateKeyDer,
        pem::{self, PemObject as _},
    },
};
use tokio::net::TcpStream;
use tokio_rustls::{TlsAcceptor, server::TlsStream};

use super::error::ProxyError;

/// The PEM files of a certificate.
#[derive(Clone, Debug)]
pub(super) struct Certificate {
    /// The certificate, and then those that lead to its root.
    pub chain: PathBuf,
    pub key: PathBuf,
}

/// Accepts connections with TLS, by a certificate that may change while the proxy runs.
pub(super) struct Tls {
    config: RwLock<Arc<ServerConfig>>,
    failures: AtomicU64,
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").finish_non_exhaustive()
    }
}

impl Tls {
    pub fn new(config: ServerConfig) -> Self {
        Self {
            config: RwLock::new(Arc::new(config)),
            failures: AtomicU64::new(0),
        }
    }

    /// Uses another certificate for connections from now on.
    pub fn set(&self, config: ServerConfig) {
        let now = self.config.write();
        *now.unwrap_or_else(PoisonError::into_inner) = Arc::new(config);
    }

    /// The connections that were closed because there was no TLS on them.
    pub fn failures(&self) -> u64 {
        self.failures.load(Ordering::Relaxed)
    }
}

impl Transport for Tls {
    type Stream = TlsStream<TcpStream>;

    async fn open(&self, connection: TcpStream) -> Option<TlsStream<TcpStream>> {
        let config = self.config.read();
        let config = config.unwrap_or_else(PoisonError::into_inner).clone();
        let opened = TlsAcceptor::from(config).accept(connection).await;
        if opened.is_err() {
            self.failures.fetch_add(1, Ordering::Relaxed);
        }
        opened.ok()
    }
}

impl Certificate {
    /// Reads both files.
    ///
    /// # Errors
    /// [`ProxyError::Option`], which names the file.
    pub fn read(&self) -> Result<ServerConfig, ProxyError> {
        let chain = CertificateDer::pem_file_iter(&self.chain)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| refused("certificate", &self.chain, &words(&error)))?;
        if chain.is_empty() {
            let problem = "it has no certificate";
            return Err(refused("certificate", &self.chain, problem));
        }
        let key = PrivateKeyDer::from_pem_file(&self.key).map_err(|error| {
            let problem = match error {
                pem::Error::NoItemsFound => "it has no private key".to_owned(),
                error => words(&error),
            };
            refused("key", &self.key, &problem)
        })?;
        let builder = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| refused("certificate", &self.chain, &error.to_string()))?;
        let config = builder.with_no_client_auth().with_single_cert(chain, key);
        let mut config = config.map_err(|error| match error {
            rustls::Error::InconsistentKeys(_) => {
                let problem = "it is not the key of the certificate";
                refused("key", &self.key, problem)
            }
            error => refused("certificate", &self.chain, &error.to_string()),
        })?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(config)
    }
}

fn words(error: &pem::Error) -> String {
    match error {
        pem::Error::Io(error) => error.to_string(),
        error => format!("it is not PEM: {error}"),
    }
}

fn refused(option: &'static str, file: &Path, problem: &str) -> ProxyError {
    let problem = format!("{}: {problem}", file.display());
    ProxyError::Option { option, problem }
}
