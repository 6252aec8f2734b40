//! Answers that change nothing: a page, or a part of one.

use hyper::{
    Method, Response,
    body::Bytes,
    header::{
        CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    },
};

use super::{answer::Answer, body::AnswerBody};

/// The answer with a text, for GET and HEAD. `policy` is its content security policy, to which this
/// adds what only a header can set: that no other page frames it.
pub(super) fn answer(
    method: &Method,
    media_type: &str,
    policy: &str,
    text: impl Into<Bytes>,
) -> Response<AnswerBody> {
    if let Err(refusal) = Answer::only(method, &[Method::GET, Method::HEAD]) {
        return refusal.into_response();
    }
    // The answer to HEAD is the same; hyper leaves out the body.
    let mut response = Response::new(AnswerBody::Left(text.into().into()));
    let policy = format!("{policy}; frame-ancestors 'none'");
    for (name, value) in [
        (CONTENT_TYPE, media_type),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (CONTENT_SECURITY_POLICY, &policy),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
