//! A running proxy.

use std::{
    fmt,
    net::SocketAddr,
    sync::{Arc, atomic::Ordering},
};

use kaizala_actions_http::{self as http, Plain, Running};
use tokio::{net::TcpListener, sync::watch};

use super::{admin::Admin, builder::ProxyBuilder, error::ProxyError, service::Service};

/// A running proxy. It stops when it is dropped.
pub struct Proxy {
    service: Arc<Service>,
    addresses: Addresses,
    url: String,
    running: Running,
}

/// Where it listens, and where it reports about itself.
#[derive(Clone, Copy, Debug)]
struct Addresses {
    listen: SocketAddr,
    admin: Option<SocketAddr>,
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxy")
            .field("address", &self.addresses.listen)
            .finish_non_exhaustive()
    }
}

impl Proxy {
    /// A proxy in front of this http or https URL, that has not started yet.
    #[must_use]
    pub fn builder(upstream: &str) -> ProxyBuilder {
        ProxyBuilder::new(upstream)
    }

    /// Its URL: an endpoint for a client, as in `http://127.0.0.1:4011`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Its address.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.addresses.listen
    }

    /// The address at which it answers `/metrics` and the like, if it has one.
    #[must_use]
    pub fn admin_address(&self) -> Option<SocketAddr> {
        self.addresses.admin
    }

    /// What happened so far, in the text format of OpenMetrics.
    #[must_use]
    pub fn metrics(&self) -> String {
        self.service.told()
    }

    /// Why the latest exchange could not be written to the record, if it could not.
    #[must_use]
    pub fn record_failure(&self) -> Option<String> {
        self.service.recorder.as_ref()?.failure()
    }

    /// Judges exchanges that begin from now on by the linter, the modes, the severity and the limit
    /// of bodies of these options, and reads the certificate again, if there is one. All others stay
    /// as they were.
    ///
    /// # Errors
    /// [`ProxyError::Option`] if the certificate cannot be used; then nothing is changed.
    pub fn reload(&self, options: &ProxyBuilder) -> Result<(), ProxyError> {
        if let Some(tls) = &self.service.tls
            && let Some(config) = options.tls_config()?
        {
            tls.set(config);
        }
        self.service.set_rules(options.rules());
        Ok(())
    }

    /// Stops when running exchanges are done and judged, but after the time that they have for that
    /// at most.
    ///
    /// If the future is dropped earlier, the proxy ends as soon as it can, in the background.
    pub async fn stop(self) {
        self.running.stop().await;
    }
}

impl ProxyBuilder {
    /// Starts the proxy in a thread of its own.
    ///
    /// # Errors
    /// [`ProxyError`] if it cannot listen there, or cannot use an option.
    pub async fn start(self) -> Result<Proxy, ProxyError> {
        let prepare = async move {
            let listener = bind(self.listen).await?;
            let admin = match self.admin {
                Some(address) => Some(bind(address).await?),
                None => None,
            };
            let address = |listener: &TcpListener, wanted| {
                let address = listener.local_addr();
                address.map_err(|error| ProxyError::Listen(wanted, error))
            };
            let addresses = Addresses {
                listen: address(&listener, self.listen)?,
                admin: match (&admin, self.admin) {
                    (Some(admin), Some(wanted)) => Some(address(admin, wanted)?),
                    _ => None,
                },
            };
            let service = Arc::new(self.service()?);
            let mirror = service.mirror.as_ref().map(|mirror| mirror.server());
            let servers = [("upstream", Some(&service.upstream)), ("mirror", mirror)];
            for (option, server) in servers {
                if server.is_some_and(|server| server.is_at(addresses.listen)) {
                    let problem = "the proxy itself listens there".to_owned();
                    return Err(ProxyError::Option { option, problem });
                }
            }
            Ok::<_, ProxyError>(((service, addresses), (listener, admin)))
        };
        let serve =
            |(service, _), (listener, admin), stopped| serve(service, listener, admin, stopped);
        let ((service, addresses), running) = Running::start("proxy", prepare, serve).await?;
        Ok(Proxy {
            url: format!("{}://{}", service.scheme(), addresses.listen),
            service,
            addresses,
            running,
        })
    }
}

async fn bind(address: SocketAddr) -> Result<TcpListener, ProxyError> {
    let listener = TcpListener::bind(address).await;
    listener.map_err(|error| ProxyError::Listen(address, error))
}

/// Serves until the proxy stops, and all exchanges are over.
async fn serve(
    service: Arc<Service>,
    listener: TcpListener,
    admin: Option<TcpListener>,
    stopped: watch::Receiver<bool>,
) {
    let limits = service.limits.of_connections();
    if let Some(admin) = admin {
        // It answers as long as there are exchanges, and ends with the thread.
        let (sender, never) = watch::channel(false);
        let handler = Arc::new(Admin(service.clone()));
        let serving = http::serve(admin, Arc::new(Plain), handler, limits, never);
        tokio::spawn(async move {
            serving.await;
            drop(sender);
        });
    }
    let mut draining = stopped.clone();
    let draining = async {
        // The sender may be gone, which is a stop too.
        let _ = draining.wait_for(|stop| *stop).await;
        service.is_draining.store(true, Ordering::Relaxed);
        std::future::pending::<()>().await;
    };
    let handler = service.clone();
    let serving = async {
        match &service.tls {
            Some(tls) => http::serve(listener, tls.clone(), handler, limits, stopped).await,
            None => http::serve(listener, Arc::new(Plain), handler, limits, stopped).await,
        }
    };
    tokio::select! {
        () = serving => {}
        () = draining => {}
    }
    service.drained().await;
}
