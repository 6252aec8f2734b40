//! The proxy under load, next to a bare one that forwards with the same libraries and does nothing
//! else: calls a second, the processor time of the thread for a call, and latency.
//!
//! `cargo bench -p kaizala-actions-proxy --bench load -- SECONDS ROUNDS [NAME]`; with a name, only what
//! begins with it is measured.
#![allow(
    clippy::cast_precision_loss,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a program for the developers of this package"
)]

use std::{
    convert::Infallible,
    fs,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use http_body_util::Full;
use hyper::{
    Request, Response,
    body::{Bytes, Incoming},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioIo},
};
use kaizala_actions_proxy::{Mode, Proxy};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    runtime::{Builder, Runtime},
};

const CONNECTIONS: usize = 64;
const POSTED: &str = r#"{"referenceId":"64bf61b5-12ff-4be7-a530-49a82f30da44","actionId":"ae4c043b-8aee-41b8-9fd6-1f50b3e63afc"}"#;

fn runtime() -> Runtime {
    Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}

/// Serves in a thread of this name.
fn serve<F>(
    name: &str,
    answer: impl Fn(Request<Incoming>) -> F + Clone + Send + 'static,
) -> SocketAddr
where
    F: Future<Output = Result<Response<Either>, Infallible>> + 'static,
{
    let (send, address) = std::sync::mpsc::channel();
    let serve = move || {
        let local = tokio::task::LocalSet::new();
        local.block_on(&runtime(), async move {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            send.send(listener.local_addr().unwrap()).unwrap();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                stream.set_nodelay(true).unwrap();
                let answer = answer.clone();
                let connection = http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), service_fn(answer));
                tokio::task::spawn_local(connection);
            }
        });
    };
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(serve)
        .unwrap();
    address.recv().unwrap()
}

type Either = http_body_util::Either<Full<Bytes>, Incoming>;

fn upstream() -> SocketAddr {
    serve("upstream", |request| async move {
        let mut body = request.into_body();
        while let Some(Ok(_)) = http_body_util::BodyExt::frame(&mut body).await {}
        let mut response = Response::new(Either::Left(POSTED.into()));
        let json = "application/json".parse().unwrap();
        response.headers_mut().insert("content-type", json);
        Ok(response)
    })
}

/// A proxy that only forwards.
fn bare(upstream: SocketAddr) -> SocketAddr {
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    let client: Client<_, Incoming> = Client::builder(TokioExecutor::new()).build(connector);
    serve("bare", move |mut request| {
        let client = client.clone();
        async move {
            let uri = format!("http://{upstream}{}", request.uri());
            *request.uri_mut() = uri.parse().unwrap();
            Ok(client.request(request).await.unwrap().map(Either::Right))
        }
    })
}

/// A call whose body no other call has; some have a finding.
fn call(number: u64, with_findings: bool) -> String {
    let kind = if with_findings && number.is_multiple_of(20) {
        "job"
    } else {
        "Job"
    };
    let body = format!(
        r#"{{"actionType":"{kind}","actionBody":{{"title":"Check door {number}","assignedTo":["+9112345{:05}"],"dueDate":48}}}}"#,
        number % 100_000
    );
    format!(
        "POST /v1/groups/5b0f7c1e-3d52-4a86-9b1f-0c6d2e8a7f43@2/actions HTTP/1.1\r\nhost: localhost\r\n\
         accessToken: token-{number}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

async fn exchange(stream: &mut TcpStream, text: &str) {
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut part = [0; 4096];
    let mut got = Vec::new();
    while !got.ends_with(POSTED.as_bytes()) {
        let count = stream.read(&mut part).await.unwrap();
        assert!(count > 0, "{}", String::from_utf8_lossy(&got));
        got.extend_from_slice(&part[..count]);
    }
}

/// The number of calls in this time, over many connections.
fn load(address: SocketAddr, time: Duration, with_findings: bool, next: &Arc<AtomicU64>) -> u64 {
    let done = Arc::new(AtomicBool::new(false));
    let count = Arc::new(AtomicU64::new(0));
    runtime().block_on(async {
        let tasks: Vec<_> = (0..CONNECTIONS)
            .map(|_| {
                let (done, count, next) = (done.clone(), count.clone(), next.clone());
                tokio::spawn(async move {
                    let mut stream = TcpStream::connect(address).await.unwrap();
                    stream.set_nodelay(true).unwrap();
                    while !done.load(Ordering::Relaxed) {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        exchange(&mut stream, &call(number, with_findings)).await;
                        count.fetch_add(1, Ordering::Relaxed);
                    }
                })
            })
            .collect();
        tokio::time::sleep(time).await;
        done.store(true, Ordering::Relaxed);
        for task in tasks {
            task.await.unwrap();
        }
    });
    count.load(Ordering::Relaxed)
}

/// The median and the 99th percentile of calls one after the other.
fn latency(address: SocketAddr, next: &AtomicU64) -> (Duration, Duration) {
    let mut times = Vec::new();
    runtime().block_on(async {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        for _ in 0..3000 {
            let text = call(next.fetch_add(1, Ordering::Relaxed), false);
            let begun = Instant::now();
            exchange(&mut stream, &text).await;
            times.push(begun.elapsed());
        }
    });
    times.sort_unstable();
    (times[times.len() / 2], times[times.len() * 99 / 100])
}

/// The processor time of the threads with this name.
fn spent(name: &str) -> Duration {
    let tasks = fs::read_dir("/proc/self/task").unwrap();
    let nanoseconds = tasks.filter_map(|task| {
        let folder = task.ok()?.path();
        let comm = fs::read_to_string(folder.join("comm")).ok()?;
        let stat = fs::read_to_string(folder.join("schedstat")).ok()?;
        let spent = stat.split(' ').next()?.parse::<u64>().ok()?;
        (comm.trim() == name).then_some(spent)
    });
    Duration::from_nanos(nanoseconds.sum())
}

/// The memory of the process.
fn memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.unwrap_or_default().trim().to_owned()
}

fn main() {
    let mut numbers = std::env::args().filter_map(|argument| argument.parse().ok());
    let seconds = Duration::from_secs(numbers.next().unwrap_or(1));
    let rounds = numbers.next().unwrap_or(1);
    let wanted = std::env::args().nth(3).unwrap_or_default();
    let next = Arc::new(AtomicU64::new(0));
    let upstream = upstream();
    let bare = bare(upstream);
    let url = format!("http://{upstream}");
    let folder = std::env::temp_dir().join(format!("proxy-load-{}", std::process::id()));
    println!("memory before: {}", memory());
    for (name, with_findings, record, mode) in [
        ("off", false, false, Mode::Off),
        ("observe, valid bodies", false, false, Mode::Observe),
        ("enforce, 5 % with findings", true, false, Mode::Enforce),
        (
            "observe, 5 % with findings, recorded",
            true,
            true,
            Mode::Observe,
        ),
    ] {
        if !name.starts_with(&wanted) {
            continue;
        }
        let mut builder = Proxy::builder(&url).requests(mode).responses(mode);
        if record {
            builder = builder.record(&folder).record_max(100_000_000);
        }
        let proxy = runtime().block_on(builder.start()).expect("it starts");
        for _ in 0..rounds {
            let measure = |address, thread: &str| {
                let before = spent(thread);
                let calls = load(address, seconds, with_findings, &next);
                let time = spent(thread).saturating_sub(before).as_secs_f64() / calls as f64;
                (calls as f64 / seconds.as_secs_f64(), time * 1e6)
            };
            let (forwarded, forwarding) = measure(bare, "bare");
            let (passed, passing) = measure(proxy.address(), "proxy");
            println!(
                "{name}: {passed:.0}/s of {forwarded:.0}/s ({:.2}); {passing:.1} µs a call of {forwarding:.1} µs ({:.2}); memory {}",
                passed / forwarded,
                forwarding / passing,
                memory(),
            );
        }
        let direct = latency(bare, &next);
        let through = latency(proxy.address(), &next);
        let metrics = proxy.metrics();
        let metric = |name: &str| {
            let line = metrics.lines().find_map(|line| line.strip_prefix(name));
            line.unwrap_or_default()
                .trim()
                .parse::<f64>()
                .unwrap_or_default()
        };
        let judging = metric("kaizala_proxy_judging_seconds_sum")
            / metric("kaizala_proxy_judging_seconds_count");
        println!("  {:.1} µs of each call are for judging", judging * 1e6);
        println!("  one connection, median and 99th: {through:?}, of the bare one {direct:?}");
    }
    let _ = fs::remove_file(&folder);
    let _ = fs::remove_file(folder.with_extension("1"));
}
