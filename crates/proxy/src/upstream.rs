//! The upstream, and the connections to it.

use std::{
    error::Error,
    fmt,
    net::{IpAddr, SocketAddr},
    path::Path,
    sync::Arc,
    time::Duration,
};

use hyper::{
    HeaderMap, Request, Response, Uri, Version,
    body::Incoming,
    header::{HOST, HeaderValue},
    http::{
        Extensions,
        uri::{self, Authority, Scheme},
    },
};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use rustls::{
    ClientConfig,
    crypto::ring::default_provider,
    pki_types::{CertificateDer, pem::PemObject as _},
};
use rustls_platform_verifier::Verifier;

use super::{bodies::Passing, draft::Head};

/// How long an unused connection is kept.
const IDLE: Duration = Duration::from_mins(1);

/// How many unused connections are kept.
const MOST_IDLE: usize = 1024;

/// The size of a buffer for the head of a response, and for reading.
const MOST_HEAD: usize = 64 << 10;

/// Where requests go.
pub(super) struct Upstream {
    scheme: Scheme,
    authority: Authority,
    /// The same as a header field.
    host: HeaderValue,
    keeps_host: bool,
    client: Client<HttpsConnector<HttpConnector>, Passing>,
}

/// Why the upstream gave no answer.
pub(super) struct Failure {
    /// Whether there is no connection to it. Otherwise it closed the connection, or sent something
    /// else than a response.
    pub is_unreached: bool,
    /// What the system or a library says.
    pub cause: String,
}

impl fmt::Debug for Upstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upstream")
            .field("authority", &self.authority)
            .finish_non_exhaustive()
    }
}

impl Upstream {
    /// # Errors
    /// What is wrong with the URL or the file of certificates.
    pub fn new(
        url: &str,
        roots: Option<&Path>,
        keeps_host: bool,
        connect: Duration,
    ) -> Result<Self, String> {
        // The text is not quoted: it may contain a password.
        let wanted =
            "write an http or https URL without a user and a path, as in https://api.kaiza.la";
        let uri: Uri = url.parse().map_err(|_| wanted)?;
        let scheme = uri
            .scheme()
            .filter(|scheme| [&Scheme::HTTP, &Scheme::HTTPS].contains(scheme));
        let is_host = |authority: &&Authority| {
            !authority.as_str().contains('@') && !authority.host().is_empty()
        };
        let authority = uri.authority().filter(is_host);
        let (Some(scheme), Some(authority)) = (scheme, authority) else {
            return Err(wanted.to_owned());
        };
        if !matches!(uri.path(), "" | "/") || uri.query().is_some() {
            return Err(wanted.to_owned());
        }
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(connect));
        connector.enforce_http(false);
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls(scheme.as_str(), roots)?)
            .https_or_http()
            .enable_http1()
            .wrap_connector(connector);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(MOST_IDLE)
            .http1_preserve_header_case(true)
            .http1_max_buf_size(MOST_HEAD)
            .set_host(false)
            // Only where nothing was sent.
            .retry_canceled_requests(true)
            .build(connector);
        Ok(Self {
            scheme: scheme.clone(),
            authority: authority.clone(),
            host: HeaderValue::from_str(authority.as_str()).map_err(|_| wanted)?,
            keeps_host,
            client,
        })
    }

    /// Whether it is written as this address.
    pub fn is_at(&self, address: SocketAddr) -> bool {
        let named: Option<SocketAddr> = self.authority.as_str().parse().ok();
        let reaches =
            |ip: IpAddr| ip == address.ip() || address.ip().is_unspecified() && ip.is_loopback();
        named.is_some_and(|named| named.port() == address.port() && reaches(named.ip()))
    }

    /// The request that is sent, with these header fields.
    pub fn request(
        &self,
        head: &Head,
        mut headers: HeaderMap,
        extensions: Extensions,
        body: Passing,
    ) -> Option<Request<Passing>> {
        if !self.keeps_host || !headers.contains_key(HOST) {
            headers.insert(HOST, self.host.clone());
        }
        let mut uri = uri::Parts::default();
        uri.scheme = Some(self.scheme.clone());
        uri.authority = Some(self.authority.clone());
        uri.path_and_query = Some(head.target.clone());
        let mut request = Request::new(body);
        *request.method_mut() = head.method.clone();
        *request.uri_mut() = Uri::from_parts(uri).ok()?;
        *request.version_mut() = Version::HTTP_11;
        *request.headers_mut() = headers;
        *request.extensions_mut() = extensions;
        Some(request)
    }

    pub async fn send(&self, request: Request<Passing>) -> Result<Response<Incoming>, Failure> {
        let sent = self.client.request(request).await;
        sent.map_err(|error| Failure {
            is_unreached: error.is_connect(),
            cause: root(&error),
        })
    }
}

/// What an error comes from: the others only say what was tried.
fn root(mut error: &dyn Error) -> String {
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}

/// The roots are those of the platform, and those of the file.
fn tls(scheme: &str, roots: Option<&Path>) -> Result<ClientConfig, String> {
    let provider = Arc::new(default_provider());
    let words = |error: &dyn Error| error.to_string();
    let builder = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|error| words(&error))?;
    // To read the roots of the platform takes time.
    if scheme == "http" {
        let none = builder.with_root_certificates(rustls::RootCertStore::empty());
        return Ok(none.with_no_client_auth());
    }
    let mut extra = Vec::new();
    if let Some(file) = roots {
        let about = |problem: String| format!("{}: {problem}", file.display());
        let certificates =
            CertificateDer::pem_file_iter(file).map_err(|error| about(root(&error)))?;
        for certificate in certificates {
            extra.push(certificate.map_err(|error| about(root(&error)))?);
        }
        if extra.is_empty() {
            return Err(about("there is no certificate in the file".to_owned()));
        }
    }
    let verifier =
        Verifier::new_with_extra_roots(extra, provider).map_err(|error| words(&error))?;
    let builder = builder.dangerous();
    let builder = builder.with_custom_certificate_verifier(Arc::new(verifier));
    Ok(builder.with_no_client_auth())
}
