//! The reference of the contract, at `/` and beside it. A browser that reads it is no client of the
//! API: it needs no token, and what it asks for is neither recorded nor touched by faults.

use std::sync::LazyLock;

use hyper::{
    Method, Response,
    body::Bytes,
    header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS},
};
use kaizala_actions_reference::{self as docs, File};

use super::{answer::Answer, body::AnswerBody};

/// As the pages say themselves, and what only a header can say: that no page of another frames
/// them.
static POLICY: LazyLock<String> =
    LazyLock::new(|| format!("{}; frame-ancestors 'none'", docs::POLICY));

/// Made when the first is asked for.
static FILES: LazyLock<Vec<File>> = LazyLock::new(docs::files);

/// The page at a path; none where the path is none of the reference.
pub(super) fn answer(method: &Method, path: &str) -> Option<Response<AnswerBody>> {
    // Calls of the API have longer paths, and do not wait for the pages to be made.
    let name = path.strip_prefix('/')?;
    if name.contains('/') {
        return None;
    }
    // The first is at the root too.
    let mut files = FILES.iter();
    let file = files.find(|file| name.is_empty() || file.name == name)?;
    if let Err(refusal) = Answer::only(method, &[Method::GET, Method::HEAD]) {
        return Some(refusal.into_response());
    }
    // A HEAD gets the same; hyper leaves the body out.
    let page = Response::builder()
        .header(CONTENT_TYPE, file.media_type)
        .header(X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(REFERRER_POLICY, "no-referrer")
        .header(CONTENT_SECURITY_POLICY, POLICY.as_str());
    let text = Bytes::from_static(file.text.as_bytes());
    page.body(AnswerBody::Left(text.into())).ok()
}
