//! Pools of open connections.
//!
//! A connection depends on a task of the runtime that it was opened in, and hangs or breaks with
//! it, so each runtime has its own connections. Connections to this machine do not use a proxy, to
//! which the address would mean itself.

use std::{
    collections::VecDeque,
    fmt,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use reqwest::{Client, Url, redirect::Policy};
use rustls::ClientConfig;
use tokio::runtime::Id;

use super::endpoint;

/// The maximum number of pools: tests make a runtime each.
const MOST_POOLS: usize = 16;

/// One pool for each runtime, and another for connections to this machine.
pub(super) struct Pools {
    tls: ClientConfig,
    timeout: Duration,
    /// The most recently used pool is the last.
    made: Mutex<VecDeque<(Key, Client)>>,
}

/// The runtime, and whether the connections are to this machine.
type Key = (Id, bool);

impl Pools {
    pub fn new(tls: ClientConfig, timeout: Duration) -> Self {
        Self {
            tls,
            timeout,
            made: Mutex::default(),
        }
    }

    /// The HTTP client for requests to this URL in this runtime.
    pub fn client(&self, runtime: Id, url: &Url) -> Result<Client, reqwest::Error> {
        let key = (runtime, endpoint::is_local(url));
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let place = made.iter().position(|(other, _)| *other == key);
        let client = match place.and_then(|place| made.remove(place)) {
            Some((_, client)) => client,
            None => self.build(key.1)?,
        };
        if made.len() == MOST_POOLS {
            made.pop_front();
        }
        made.push_back((key, client.clone()));
        Ok(client)
    }

    /// An HTTP client without connections.
    pub fn build(&self, local: bool) -> Result<Client, reqwest::Error> {
        let builder = Client::builder()
            // D-27. On a redirect to another host, reqwest only removes the standard authorization
            // headers.
            .redirect(Policy::none())
            // Only `Retry` decides about retries.
            .retry(reqwest::retry::never())
            .timeout(self.timeout)
            .tls_backend_preconfigured(self.tls.clone());
        let builder = if local {
            // Whatever a resolver returns for the name.
            let addresses = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
            let addresses = addresses.map(|address| SocketAddr::new(address, 0));
            builder.no_proxy().resolve_to_addrs("localhost", &addresses)
        } else {
            builder
        };
        builder.build()
    }
}

impl fmt::Debug for Pools {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pools").finish_non_exhaustive()
    }
}
