//! The address of the service after it has moved.

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
};

use reqwest::{Request, Url};

use super::endpoint;

/// The base of all requests, and the hosts it may move to.
#[derive(Debug)]
pub(super) struct Moves {
    /// The current base of requests.
    original: Url,
    current: Mutex<Url>,
    hosts: HashSet<String>,
    insecure: bool,
}

impl Moves {
    /// `hosts` as in `kms2.kaiza.la` or `127.0.0.1:4010`; `insecure` allows `http` on another
    /// machine.
    pub fn new(original: Url, hosts: impl IntoIterator<Item = String>, insecure: bool) -> Self {
        let hosts = hosts
            .into_iter()
            .map(|host| host.to_ascii_lowercase())
            .collect();
        Self {
            current: Mutex::new(original.clone()),
            original,
            hosts,
            insecure,
        }
    }

    /// The current base of requests.
    pub fn original(&self) -> &Url {
        &self.original
    }

    /// Changes the base of a request to the current one.
    pub fn aim(&self, request: &mut Request) {
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if *current != self.original {
            *request.url_mut() = rebased(request.url(), &self.original, &current);
        }
    }

    /// Remembers a new endpoint, if its host is one of those that the caller named. The header only
    /// holds the base (D-27), so path and query are kept. The scheme must not change: over http
    /// instead of https the token could be read on the way.
    pub fn accept(&self, location: &str) -> bool {
        let Ok(base) = endpoint::base(location) else {
            return false;
        };
        // The host and port of the base: a user name is refused.
        let is_welcome = self.hosts.contains(base.authority())
            && base.scheme() == self.original.scheme()
            && (self.insecure || endpoint::is_secure(&base));
        if is_welcome {
            *self.current.lock().unwrap_or_else(PoisonError::into_inner) = base;
        }
        is_welcome
    }
}

/// The URL with another base.
fn rebased(url: &Url, from: &Url, to: &Url) -> Url {
    let mut moved = to.clone();
    let path = url.path().strip_prefix(from.path()).unwrap_or_default();
    moved.set_path(&format!("{}{path}", to.path()));
    moved.set_query(url.query());
    moved
}

#[cfg(test)]
mod tests {
    use reqwest::Method;

    use super::*;

    #[test]
    fn only_named_hosts_are_followed_and_never_to_another_scheme() {
        let table = [
            ("https://kms2.kaiza.la", true),
            ("https://KMS2.kaiza.la/v1/", true),
            ("https://kms2.kaiza.la:444", false),
            ("https://kms2.kaiza.la.example.com", false),
            ("https://kms3.kaiza.la", false),
            ("http://kms2.kaiza.la", false),
            ("https://me@kms2.kaiza.la", false),
            ("/v1", false),
            ("", false),
        ];
        for (location, expected) in table {
            let moves = Moves::new(
                endpoint::base("https://api.kaiza.la").unwrap(),
                ["kms2.Kaiza.la".to_owned()],
                false,
            );
            assert_eq!(moves.accept(location), expected, "{location}");
        }
    }

    #[test]
    fn plain_http_leaves_this_machine_only_if_that_is_allowed() {
        for (insecure, expected) in [(false, false), (true, true)] {
            let moves = Moves::new(
                endpoint::base("http://127.0.0.1:4010").unwrap(),
                ["192.0.2.1".to_owned()],
                insecure,
            );
            assert_eq!(moves.accept("http://192.0.2.1"), expected);
        }
    }

    #[test]
    fn path_and_query_stay() {
        let moves = Moves::new(
            endpoint::base("https://api.kaiza.la/proxy").unwrap(),
            ["kms2.kaiza.la".to_owned()],
            false,
        );
        let url = "https://api.kaiza.la/proxy/v1/groups/a@2/actions?actionType=x%20y";
        let mut request = Request::new(Method::GET, url.parse().unwrap());
        moves.aim(&mut request);
        assert_eq!(request.url().as_str(), url);
        moves.accept("https://kms2.kaiza.la/");
        moves.aim(&mut request);
        assert_eq!(
            request.url().as_str(),
            "https://kms2.kaiza.la/v1/groups/a@2/actions?actionType=x%20y"
        );
    }
}
