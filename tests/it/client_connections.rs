//! Connections: to whom, and in which runtime. Proxies are tried with the tool, whose environment
//! can be set.

use std::{sync::LazyLock, thread};

use crate::loopback::KeepAlive;
use futures_util::FutureExt as _;
use kaizala_actions::client::{AccessToken, Client, ConnectError, Error};
use tokio::runtime::{Builder, Runtime};

fn token() -> AccessToken {
    AccessToken::new("token-of-the-tests").unwrap()
}

async fn get(client: &Client) -> Result<(), Error> {
    let request = client.get_action().group_id("ours").action_id("a");
    request.send().await.map(drop)
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

#[test]
fn plain_http_to_another_machine_has_to_be_allowed() {
    let elsewhere = "http://192.0.2.1";
    let error = Client::connect(elsewhere, token()).unwrap_err();
    assert!(matches!(error, ConnectError::Insecure), "{error:?}");
    assert_eq!(
        error.to_string(),
        "the endpoint is http on another machine, and the access token could be read on the way: \
         use https, or allow it with ClientBuilder::allow_insecure"
    );
    let builder = Client::builder().allow_insecure();
    builder.connect(elsewhere, token()).unwrap();
    Client::connect("https://192.0.2.1", token()).unwrap();
}

/// Whatever a resolver says: the name means this machine.
#[tokio::test]
async fn localhost_is_this_machine() {
    let server = KeepAlive::start();
    let endpoint = server.endpoint().replace("127.0.0.1", "localhost");
    get(&Client::connect(&endpoint, token()).unwrap())
        .await
        .unwrap();
    assert_eq!(server.connections(), 1);
}

/// As the tests of an application do that shares a client.
#[test]
fn one_client_serves_runtimes_one_after_another() {
    static SERVER: LazyLock<KeepAlive> = LazyLock::new(KeepAlive::start);
    static CLIENT: LazyLock<Client> =
        LazyLock::new(|| Client::connect(&SERVER.endpoint(), token()).unwrap());
    for _ in 0..20 {
        runtime().block_on(async {
            get(&CLIENT).await.unwrap();
            get(&CLIENT).await.unwrap();
        });
    }
    assert_eq!(SERVER.connections(), 20, "one for each runtime");
}

#[test]
fn a_runtime_that_rests_does_not_hold_up_another() {
    let server = KeepAlive::start();
    let client = Client::connect(&server.endpoint(), token()).unwrap();
    let resting = runtime();
    resting.block_on(get(&client)).unwrap();
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let client = client.clone();
            thread::spawn(move || runtime().block_on(get(&client)).unwrap())
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    resting.block_on(get(&client)).unwrap();
    assert_eq!(server.connections(), 5);
}

#[test]
fn a_call_outside_of_a_runtime_is_an_error() {
    let client = Client::connect("http://127.0.0.1:1", token()).unwrap();
    let error = get(&client).now_or_never().unwrap().unwrap_err();
    assert!(matches!(error, Error::NoRuntime { .. }), "{error:?}");
    assert!(!error.is_retryable() && !error.may_have_been_received());
    assert_eq!(
        error.to_string(),
        "getAction: not sent: there is no Tokio runtime here; call it within one"
    );
}
