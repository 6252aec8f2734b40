//! Makes of the options what a proxy runs with.

use std::sync::{
    Arc, RwLock,
    atomic::{AtomicBool, AtomicUsize},
};

use rustls::ServerConfig;

use super::{
    budget::Budget,
    builder::ProxyBuilder,
    error::ProxyError,
    metrics::Metrics,
    mirror::Mirror,
    record::Recorder,
    rules::Rules,
    service::Service,
    tls::{Certificate, Tls},
    upstream::Upstream,
};

impl ProxyBuilder {
    /// How messages are judged. Only what is found is wanted.
    pub(super) fn rules(&self) -> Rules {
        let mut rules = self.rules.clone();
        rules.linter = rules.linter.skip_clean_parts();
        rules
    }

    /// What TLS needs, if clients speak it.
    pub(super) fn tls_config(&self) -> Result<Option<ServerConfig>, ProxyError> {
        self.certificate.as_ref().map(Certificate::read).transpose()
    }

    /// What all connections share.
    ///
    /// # Errors
    /// An option that cannot work.
    pub(super) fn service(self) -> Result<Service, ProxyError> {
        let refuse = |option| move |problem| ProxyError::Option { option, problem };
        let server = |url: &str| {
            let roots = self.roots.as_deref();
            Upstream::new(url, roots, self.keeps_host, self.limits.connect)
        };
        let upstream = server(&self.upstream).map_err(refuse("upstream"))?;
        let mirror = self.mirror.as_deref().map(server).transpose();
        let mirror = mirror
            .map_err(refuse("mirror"))?
            .map(|server| Arc::new(Mirror::new(server, self.limits.upstream)));
        let tls = self.tls_config()?.map(|config| Arc::new(Tls::new(config)));
        let rules = self.rules();
        let recorder = match self.record {
            Some(record) if record.file.as_os_str().is_empty() => {
                let problem = "it has no file".to_owned();
                return Err(refuse("record")(problem));
            }
            Some(record) if !(0.0..=1.0).contains(&record.sample) => {
                let problem = "a share is a number from 0 to 1".to_owned();
                return Err(refuse("sample")(problem));
            }
            Some(record) => {
                let file = record.file.clone();
                let recorder = Recorder::new(record);
                Some(recorder.map_err(|error| ProxyError::Record(file, error))?)
            }
            None => None,
        };
        Ok(Service {
            rules: RwLock::new(Arc::new(rules)),
            is_closed: self.is_closed,
            adds_forwarded: self.adds_forwarded,
            wording: self.wording,
            upstream,
            mirror,
            tls,
            budget: Budget::new(self.limits.buffer),
            limits: self.limits,
            metrics: Metrics::new(),
            recorder,
            observer: self.observer,
            in_flight: AtomicUsize::new(0),
            is_draining: AtomicBool::new(false),
        })
    }
}
