//! Why a proxy does not start.

use std::{error::Error, fmt, io, net::SocketAddr, path::PathBuf};

/// Why a proxy could not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum ProxyError {
    /// It cannot listen at this address.
    Listen(SocketAddr, io::Error),
    /// It cannot record in this file.
    Record(PathBuf, io::Error),
    /// An option is invalid.
    Option {
        /// The name of the option.
        option: &'static str,
        /// What is wrong with it.
        problem: String,
    },
    /// The system provides no thread.
    Thread(io::Error),
}

impl fmt::Display for ProxyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen(address, _) => write!(f, "the proxy cannot listen at {address}"),
            Self::Record(file, _) => write!(f, "the proxy cannot record in {}", file.display()),
            Self::Option { option, problem } => write!(f, "the {option} is refused: {problem}"),
            Self::Thread(_) => f.write_str("the proxy has no thread to run on"),
        }
    }
}

impl From<io::Error> for ProxyError {
    fn from(error: io::Error) -> Self {
        Self::Thread(error)
    }
}

impl Error for ProxyError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(match self {
            Self::Listen(_, error) | Self::Record(_, error) | Self::Thread(error) => error,
            Self::Option { .. } => return None,
        })
    }
}
