//! The reference of the contract, at `/` and beside it. A browser that reads it is no client of the
//! API: it needs no token, and what it asks for is neither recorded nor touched by faults.

use std::sync::LazyLock;

use hyper::{Method, Response, body::Bytes};
use kaizala_actions_reference::{self as docs, File};

use super::{body::AnswerBody, file};

/// Made when the first is asked for.
static FILES: LazyLock<Vec<File>> = LazyLock::new(docs::served_files);

/// The page at a path; none where the path is none of the reference.
pub(super) fn answer(method: &Method, path: &str) -> Option<Response<AnswerBody>> {
    // Calls of the API have longer paths, and do not wait for the pages to be made.
    let name = path.strip_prefix('/')?;
    if name.contains('/') {
        return None;
    }
    // The first is at the root too.
    let mut files = FILES.iter();
    let page = files.find(|file| name.is_empty() || file.name == name)?;
    let text = Bytes::from_static(page.text.as_bytes());
    Some(file::answer(
        method,
        page.media_type,
        docs::SERVED_POLICY,
        text,
    ))
}
