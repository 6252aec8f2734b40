//! Accepts and watches connections, and closes idle ones if there are too many.

use std::{
    collections::HashMap,
    future::poll_fn,
    io::ErrorKind,
    pin::pin,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{self, AbortHandle, Id},
};
use tokio_util::io::InspectReader;

use super::{activity::Activity, lock::lock, router, service::Service, wire::Wire};

/// How long running requests may take once the sandbox stops.
const GRACE: Duration = Duration::from_secs(1);

/// How many connections are closed at once if the process has too many open files.
const ROOM: usize = 16;

/// The size of the buffers for the head of a request, and for reading and writing.
const MOST_HEAD: usize = 64 << 10;

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

/// Serves until the sandbox stops, and then ends running requests.
pub(super) async fn run(
    listener: TcpListener,
    service: Arc<Service>,
    mut stop: watch::Receiver<bool>,
) {
    let connections = Arc::new(Mutex::new(Connections::default()));
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        match accepted {
            Ok((stream, _)) => {
                take(stream, &service, &connections, stop.clone());
                let mut connections = lock(&connections);
                if connections.len() > service.options.limits.connections {
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
    let end = Instant::now() + GRACE;
    while !lock(&connections).is_empty() && Instant::now() < end {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn take(
    stream: TcpStream,
    service: &Arc<Service>,
    connections: &Arc<Mutex<Connections>>,
    stop: watch::Receiver<bool>,
) {
    // Answers are small, and clients wait for each.
    let _ = stream.set_nodelay(true);
    let activity = Arc::new(Activity::new());
    let mut open = lock(connections);
    let task = {
        let (service, activity, connections) =
            (service.clone(), activity.clone(), connections.clone());
        tokio::spawn(async move {
            serve(stream, &service, &activity, stop).await;
            lock(&connections).remove(&task::id());
        })
    };
    open.insert(task.id(), (activity, task.abort_handle()));
}

async fn serve(
    stream: TcpStream,
    service: &Arc<Service>,
    activity: &Activity,
    mut stop: watch::Receiver<bool>,
) {
    let wire = &Wire::default();
    let handler = service_fn(|request| async move {
        let answer = router::answer(service, request, wire, activity).await;
        activity.idle();
        answer
    });
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(service.options.limits.time)
        .max_header_size(MOST_HEAD)
        .max_buf_size(MOST_HEAD)
        // A client may shut down its sending half and still wait for the answer.
        .half_close(true);
    let stream = InspectReader::new(stream, |bytes: &[u8]| wire.saw(bytes));
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), handler));
    tokio::select! {
        // Errors of a connection are handled by the peer.
        _ = connection.as_mut() => return,
        _ = stop.wait_for(|stop| *stop) => connection.as_mut().graceful_shutdown(),
    }
    let _ = poll_fn(|context| connection.as_mut().poll(context)).await;
}
