//! Accepts and watches connections, and closes idle ones if there are too many.

use std::{
    collections::HashMap,
    error::Error,
    future::{Future, poll_fn},
    io::ErrorKind,
    net::SocketAddr,
    pin::pin,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use hyper::{
    Request, Response,
    body::{Body, Incoming},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{self, AbortHandle, Id},
    time::timeout,
};
use tokio_util::io::InspectReader;

use super::{activity::Activity, lock::lock, timer::Timer, transport::Transport, wire::Wire};

/// How many connections are closed at once if the process has too many open files.
const ROOM: usize = 16;

/// The size of the buffers for the head of a request, and for reading and writing.
const MOST_HEAD: usize = 64 << 10;

/// Answers the requests of all connections.
pub trait Handler: Send + Sync + 'static {
    /// The body of an answer.
    type Body: Body<Data: Send, Error: Into<Box<dyn Error + Send + Sync>>> + Send + 'static;

    /// Answers a request.
    ///
    /// # Errors
    /// The connection must be cut without an answer, and why.
    fn answer(
        self: &Arc<Self>,
        request: Request<Incoming>,
        connection: &ClientConnection,
    ) -> impl Future<Output = Result<Response<Self::Body>, &'static str>> + Send;

    /// The head of a request is not HTTP, or too long. It has been answered.
    fn unreadable(&self) {}
}

/// What a handler knows of the connection of a request.
#[derive(Debug)]
pub struct ClientConnection {
    /// The address of the client.
    pub peer: SocketAddr,
    /// What it has sent.
    pub wire: Wire,
    /// Whether it is idle.
    pub activity: Arc<Activity>,
    /// For what its requests wait for, one after the other.
    pub timer: Timer,
}

/// Limits of connections.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The number of connections.
    pub connections: usize,
    /// The time for the head of a request, also if there was one before it, and for what the
    /// transport does before the first one.
    pub head: Duration,
    /// How long running requests may take once the server stops.
    pub grace: Duration,
    /// Whether names of header fields keep their case.
    pub keeps_case: bool,
}

/// The open connections.
type Connections = HashMap<Id, (Arc<Activity>, AbortHandle)>;

/// Closes those that have been idle for the longest time.
fn make_room(connections: &mut Connections, count: usize) -> usize {
    let mut idle: Vec<_> = connections
        .iter()
        .filter_map(|(key, (activity, _))| Some((activity.idle_since()?, *key)))
        .collect();
    idle.sort_unstable_by_key(|(since, _)| *since);
    idle.truncate(count);
    for (_, key) in &idle {
        if let Some((_, task)) = connections.remove(key) {
            task.abort();
        }
    }
    idle.len()
}

/// What all connections share.
struct Served<T, H> {
    transport: Arc<T>,
    handler: Arc<H>,
    limits: Limits,
}

/// Serves until the server stops, and then ends running requests.
pub async fn serve<T: Transport, H: Handler>(
    listener: TcpListener,
    transport: Arc<T>,
    handler: Arc<H>,
    limits: Limits,
    mut stop: watch::Receiver<bool>,
) {
    let served = Arc::new(Served {
        transport,
        handler,
        limits,
    });
    let connections = Arc::new(Mutex::new(Connections::default()));
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                take(stream, peer, &served, &connections, stop.clone());
                let mut connections = lock(&connections);
                if connections.len() > limits.connections {
                    make_room(&mut connections, 1);
                }
            }
            // The peer closed the connection before it was accepted.
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::ConnectionAborted
                        | ErrorKind::ConnectionReset
                        | ErrorKind::ConnectionRefused
                ) => {}
            Err(_) => {
                // Most probably, the process has too many open files. Close idle connections; if
                // there are none, one will soon be closed.
                let room = make_room(&mut lock(&connections), ROOM);
                let pause = if room > 0 { 1 } else { 50 };
                tokio::time::sleep(Duration::from_millis(pause)).await;
            }
        }
    }
    drop(listener);
    let end = Instant::now() + limits.grace;
    while !lock(&connections).is_empty() && Instant::now() < end {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn take<T: Transport, H: Handler>(
    stream: TcpStream,
    peer: SocketAddr,
    served: &Arc<Served<T, H>>,
    connections: &Arc<Mutex<Connections>>,
    stop: watch::Receiver<bool>,
) {
    // Answers are small, and clients wait for each.
    let _ = stream.set_nodelay(true);
    let activity = Arc::new(Activity::new());
    let connection = ClientConnection {
        peer,
        wire: Wire::default(),
        activity: activity.clone(),
        timer: Timer::default(),
    };
    let mut open = lock(connections);
    let task = {
        let (served, connections) = (served.clone(), connections.clone());
        tokio::spawn(async move {
            answer_all(stream, &served, &connection, stop).await;
            lock(&connections).remove(&task::id());
        })
    };
    open.insert(task.id(), (activity, task.abort_handle()));
}

async fn answer_all<T: Transport, H: Handler>(
    stream: TcpStream,
    served: &Served<T, H>,
    connection: &ClientConnection,
    mut stop: watch::Receiver<bool>,
) {
    let (handler, limits) = (&served.handler, served.limits);
    let opened = tokio::select! {
        opened = timeout(limits.head, served.transport.open(stream)) => opened,
        _ = stop.wait_for(|stop| *stop) => return,
    };
    let Ok(Some(stream)) = opened else {
        return;
    };
    let service = service_fn(|request| async move {
        let answer = handler.answer(request, connection).await;
        connection.activity.idle();
        answer
    });
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_header_size(MOST_HEAD)
        .max_buf_size(MOST_HEAD)
        .preserve_header_case(limits.keeps_case)
        // A client may shut down its sending half and still wait for the answer.
        .half_close(true);
    let stream = InspectReader::new(stream, |bytes: &[u8]| connection.wire.saw(bytes));
    let mut serving = pin!(builder.serve_connection(TokioIo::new(stream), service));
    let mut outcome = tokio::select! {
        ended = serving.as_mut() => Some(ended),
        _ = stop.wait_for(|stop| *stop) => None,
    };
    if outcome.is_none() {
        serving.as_mut().graceful_shutdown();
        outcome = Some(poll_fn(|context| serving.as_mut().poll(context)).await);
    }
    // Other errors of a connection are handled by the peer.
    if let Some(Err(error)) = outcome
        && error.is_parse()
    {
        handler.unreadable();
    }
}
