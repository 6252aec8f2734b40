//! What the proxy is measured against: one of the same libraries that forwards, and does nothing else.

use std::{env, io::Write as _};

use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioIo},
};
use tokio::net::TcpListener;

fn main() -> std::io::Result<()> {
    let upstream = env::args().nth(1).expect("the URL of the upstream");
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    let client: Client<_, Incoming> = Client::builder(TokioExecutor::new()).build(connector);
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        writeln!(std::io::stdout(), "http://{}", listener.local_addr()?)?;
        loop {
            let (stream, _) = listener.accept().await?;
            stream.set_nodelay(true)?;
            let (client, upstream) = (client.clone(), upstream.clone());
            let forward = service_fn(move |mut request: Request<Incoming>| {
                let uri = format!("{upstream}{}", request.uri()).parse();
                let client = client.clone();
                async move {
                    *request.uri_mut() = uri.expect("a target");
                    client.request(request).await
                }
            });
            tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), forward));
        }
    })
}
