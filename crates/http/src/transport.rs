//! What HTTP is spoken over.

use std::future::Future;

use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};

/// Makes a stream for HTTP of a connection, for example by a TLS handshake.
pub trait Transport: Send + Sync + 'static {
    /// What requests are read from and answers are written to.
    type Stream: AsyncRead + AsyncWrite + Send + Unpin + 'static;

    /// Opens a stream over a connection that was accepted; `None` if the peer does not manage to.
    fn open(&self, connection: TcpStream) -> impl Future<Output = Option<Self::Stream>> + Send;
}

/// The connection as it is.
#[derive(Clone, Copy, Debug)]
pub struct Plain;

impl Transport for Plain {
    type Stream = TcpStream;

    async fn open(&self, connection: TcpStream) -> Option<TcpStream> {
        Some(connection)
    }
}
