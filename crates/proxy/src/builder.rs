//! The options of a proxy.

use std::{
    fmt,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use kaizala_actions::{
    lint::{Linter, Severity},
    operation::OperationId,
};

use super::{
    exchange::ProxiedExchange,
    mode::Mode,
    record::Recording,
    refusal::{ErrorForm, Wording},
    rules::Rules,
    service::{Limits, Observer},
    tls::Certificate,
};

/// Options of a proxy; made by [`Proxy::builder`](crate::Proxy::builder).
#[derive(Clone)]
pub struct ProxyBuilder {
    pub(super) listen: SocketAddr,
    pub(super) admin: Option<SocketAddr>,
    pub(super) certificate: Option<Certificate>,
    pub(super) upstream: String,
    pub(super) mirror: Option<String>,
    pub(super) roots: Option<PathBuf>,
    pub(super) keeps_host: bool,
    pub(super) rules: Rules,
    pub(super) is_closed: bool,
    pub(super) adds_forwarded: bool,
    pub(super) wording: Wording,
    pub(super) limits: Limits,
    pub(super) record: Option<Recording>,
    pub(super) observer: Option<Observer>,
}

impl fmt::Debug for ProxyBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The URL may contain a password.
        f.debug_struct("ProxyBuilder")
            .field("listen", &self.listen)
            .field("modes", &self.rules.modes)
            .finish_non_exhaustive()
    }
}

impl ProxyBuilder {
    pub(super) fn new(upstream: &str) -> Self {
        Self {
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            admin: None,
            certificate: None,
            upstream: upstream.to_owned(),
            mirror: None,
            roots: None,
            keeps_host: false,
            rules: Rules::default(),
            is_closed: false,
            adds_forwarded: false,
            wording: Wording::default(),
            limits: Limits::default(),
            record: None,
            observer: None,
        }
    }

    /// Sets the address to listen at; the default is a free port of the loopback interface.
    #[must_use]
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// Answers `/health`, `/ready` and `/metrics` at this address; by default, at none.
    #[must_use]
    pub fn admin(mut self, address: SocketAddr) -> Self {
        self.admin = Some(address);
        self
    }

    /// Speaks TLS to clients, with the certificate and the private key in these PEM files. The
    /// certificates that lead to its root may follow it.
    #[must_use]
    pub fn tls(mut self, certificate: impl Into<PathBuf>, key: impl Into<PathBuf>) -> Self {
        self.certificate = Some(Certificate {
            chain: certificate.into(),
            key: key.into(),
        });
        self
    }

    /// Sends a copy of each request that passes to this http or https URL, too, and drops its
    /// answers. Copies have access tokens. Those with a body that is larger than the limit, or for
    /// which there is no memory, and those that arrive while many others are on their way, are not
    /// sent, but counted.
    #[must_use]
    pub fn mirror(mut self, url: &str) -> Self {
        self.mirror = Some(url.to_owned());
        self
    }

    /// Sets the mode for requests; the default is [`Mode::Observe`].
    #[must_use]
    pub fn requests(mut self, mode: Mode) -> Self {
        self.rules.modes.requests = mode;
        self
    }

    /// Sets the mode for responses; the default is [`Mode::Observe`].
    #[must_use]
    pub fn responses(mut self, mode: Mode) -> Self {
        self.rules.modes.responses = mode;
        self
    }

    /// Refuses requests and responses with errors.
    #[must_use]
    pub fn enforce(self) -> Self {
        self.requests(Mode::Enforce).responses(Mode::Enforce)
    }

    /// Sets the modes for the requests and the responses of one operation.
    #[must_use]
    pub fn operation(mut self, operation: OperationId, requests: Mode, responses: Mode) -> Self {
        let modes = (requests, responses);
        self.rules.modes.operations.push((operation, modes));
        self
    }

    /// Sets a mode for everything, whatever else is set.
    #[must_use]
    pub fn override_all(mut self, mode: Mode) -> Self {
        self.rules.modes.beats = Some(mode);
        self
    }

    /// Refuses because of findings of this severity and above; the default is [`Severity::Error`].
    #[must_use]
    pub fn refuse_from(mut self, severity: Severity) -> Self {
        self.rules.least = severity;
        self
    }

    /// Refuses paths of other APIs with 404; by default, they pass.
    #[must_use]
    pub fn only_actions(mut self) -> Self {
        self.is_closed = true;
        self
    }

    /// Sets the linter that judges, for example one that allows a type or ignores a rule.
    #[must_use]
    pub fn linter(mut self, linter: Linter) -> Self {
        self.rules.linter = linter;
        self
    }

    /// Sets how refusals are written.
    #[must_use]
    pub fn errors(mut self, form: ErrorForm) -> Self {
        self.wording.form = form;
        self
    }

    /// Sets what the `type` of a refusal begins with; the id of the rule follows. The default is
    /// `urn:kaizala-actions:rule:`.
    #[must_use]
    pub fn docs_url(mut self, url: &str) -> Self {
        self.wording.docs_url = Some(url.to_owned());
        self
    }

    /// Adds the certificates in this PEM file to those that the upstream's and the mirror's may be
    /// signed with.
    #[must_use]
    pub fn roots(mut self, file: impl Into<PathBuf>) -> Self {
        self.roots = Some(file.into());
        self
    }

    /// Passes the `host` header on as it came; by default, it names the upstream.
    #[must_use]
    pub fn preserve_host(mut self) -> Self {
        self.keeps_host = true;
        self
    }

    /// Adds the headers `x-forwarded-for`, `x-forwarded-host`, `x-forwarded-proto` and `via`.
    #[must_use]
    pub fn forwarded(mut self) -> Self {
        self.adds_forwarded = true;
        self
    }

    /// Sets the maximum size of a body that is judged; the default is 8 MiB. Larger ones pass, or
    /// are refused with 413 or 502 where the mode is [`Mode::Enforce`].
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.rules.body_limit = bytes;
        self
    }

    /// Sets the maximum size of all bodies in memory; the default is 64 MiB. Beyond it, bodies pass
    /// without being judged, or are refused with 503 where the mode is [`Mode::Enforce`].
    #[must_use]
    pub fn buffer(mut self, bytes: usize) -> Self {
        self.limits.buffer = bytes;
        self
    }

    /// Sets the maximum number of connections; one more closes the one that has been idle for the
    /// longest time.
    #[must_use]
    pub fn connection_limit(mut self, connections: usize) -> Self {
        self.limits.connections = connections;
        self
    }

    /// Sets the time for the head of a request, also after another one; the default is 30 s.
    #[must_use]
    pub fn header_timeout(mut self, time: Duration) -> Self {
        self.limits.head = time;
        self
    }

    /// Sets the time between two parts of a body; the default is 60 s.
    #[must_use]
    pub fn idle_timeout(mut self, time: Duration) -> Self {
        self.limits.idle = time;
        self
    }

    /// Sets the time to connect to the upstream; the default is 5 s.
    #[must_use]
    pub fn connect_timeout(mut self, time: Duration) -> Self {
        self.limits.connect = time;
        self
    }

    /// Sets the time from the end of a request until the upstream answers; the default is 60 s.
    #[must_use]
    pub fn upstream_timeout(mut self, time: Duration) -> Self {
        self.limits.upstream = time;
        self
    }

    /// Sets the time for a whole exchange; the default is 300 s.
    #[must_use]
    pub fn total_timeout(mut self, time: Duration) -> Self {
        self.limits.total = time;
        self
    }

    /// Sets the time that running exchanges have once the proxy stops; the default is 10 s.
    #[must_use]
    pub fn grace(mut self, time: Duration) -> Self {
        self.limits.grace = time;
        self
    }

    /// Appends exchanges to this file, a line of JSON for each, which the linter reads. Secrets and
    /// phone numbers are masked.
    #[must_use]
    pub fn record(mut self, file: impl Into<PathBuf>) -> Self {
        self.recording().file = file.into();
        self
    }

    /// Does not mask secrets and phone numbers in the record.
    #[must_use]
    pub fn record_secrets(mut self) -> Self {
        self.recording().has_secrets = true;
        self
    }

    /// Replaces the record once it has this number of bytes; the last one is kept with `.1` at the
    /// end of its name.
    #[must_use]
    pub fn record_max(mut self, bytes: u64) -> Self {
        self.recording().most = Some(bytes);
        self
    }

    /// Records only exchanges with findings that refuse.
    #[must_use]
    pub fn record_only_failing(mut self) -> Self {
        self.recording().only_failing = true;
        self
    }

    /// Records a share of the exchanges, evenly: every hundredth for 0.01.
    #[must_use]
    pub fn sample(mut self, share: f64) -> Self {
        self.recording().sample = share;
        self
    }

    /// Calls a function with every exchange, once it is over. Secrets and phone numbers are masked.
    #[must_use]
    pub fn observe(mut self, observer: impl Fn(&ProxiedExchange) + Send + Sync + 'static) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    fn recording(&mut self) -> &mut Recording {
        self.record.get_or_insert_default()
    }
}
