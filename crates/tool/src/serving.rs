//! What the commands that serve have in common: addresses, and signals that end them.

use std::{io, net::SocketAddr};

/// A parser of addresses, which suggests a port.
pub(crate) fn address(
    usual: u16,
) -> impl Fn(&str) -> Result<SocketAddr, String> + Clone + Send + Sync + 'static {
    move |text| {
        text.parse().map_err(|_| {
            let port = text
                .rsplit(':')
                .next()
                .and_then(|port| port.parse::<u16>().ok());
            let port = port.unwrap_or(usual);
            format!("write an IP address and a port, as in 127.0.0.1:{port}")
        })
    }
}

/// Signals that end the process. They are caught from here on, not only once they are awaited.
#[cfg(unix)]
pub(crate) fn end() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupted, mut terminated) = (
        signal(SignalKind::interrupt())?,
        signal(SignalKind::terminate())?,
    );
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}

#[cfg(windows)]
pub(crate) fn end() -> io::Result<impl Future<Output = ()>> {
    let mut interrupted = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupted.recv().await;
    })
}

/// A function that waits for the signal to read the settings again.
#[cfg(all(feature = "proxy", unix))]
pub(crate) fn again() -> io::Result<impl AsyncFnMut()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut hangups = signal(SignalKind::hangup())?;
    Ok(async move || {
        hangups.recv().await;
    })
}

/// There is no such signal.
#[cfg(all(feature = "proxy", windows))]
pub(crate) fn again() -> io::Result<impl AsyncFnMut()> {
    Ok(async || std::future::pending::<()>().await)
}
