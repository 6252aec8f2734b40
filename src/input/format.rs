//! Which formats there are, and which a file has.

use clap::ValueEnum;

use super::{Ndjson, Split, Whole};

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// One body
    Json,
    /// A body on each line
    Ndjson,
}

impl Format {
    /// By the first bytes of a file.
    pub fn detect(start: &[u8], ended: bool) -> Self {
        let text = start.trim_ascii_start();
        let mut values = serde_json::Deserializer::from_slice(text).into_iter::<serde::de::IgnoredAny>();
        let first = values.next().is_some_and(|value| value.is_ok());
        let end = values.byte_offset();
        let line = text.iter().position(|byte| *byte == b'\n').unwrap_or(text.len());
        let more = !text[end..].trim_ascii().is_empty() || !ended;
        if first && end <= line && more && text.starts_with(b"{") { Self::Ndjson } else { Self::Json }
    }

    /// Finds the records.
    pub fn split(self) -> Box<dyn Split> {
        match self {
            Self::Json => Box::<Whole>::default(),
            Self::Ndjson => Box::<Ndjson>::default(),
        }
    }

    /// Whether a file is one document.
    pub fn is_single(self) -> bool {
        self == Self::Json
    }
}
