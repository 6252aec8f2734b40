//! The reference of the contract, at `/` and below it. Browsers that read it are not clients of the
//! API: they need no token, and their requests are neither recorded nor affected by faults.

use std::sync::LazyLock;

use hyper::{Method, Response, body::Bytes};
use kaizala_actions_reference::{self as docs, File};

use super::{body::AnswerBody, file};

/// Generated when the first page is requested.
static FILES: LazyLock<Vec<File>> = LazyLock::new(docs::served_files);

/// The page at a path; `None` if there is none.
pub(super) fn answer(method: &Method, path: &str) -> Option<Response<AnswerBody>> {
    // Calls of the API have longer paths, and do not wait for the pages to be generated.
    let name = path.strip_prefix('/')?;
    if name.contains('/') {
        return None;
    }
    // The first page is also at the root.
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
