//! Where a request goes: to the sandbox's own endpoints, to the pages, or to the API.

use std::sync::Arc;

use hyper::{
    Request, Response,
    body::Incoming,
    header::{CONNECTION, HeaderValue, TRANSFER_ENCODING},
    http::request::Parts,
};

#[cfg(feature = "pages")]
use super::pages;
use super::{
    activity::Activity,
    answer::Answer,
    body::AnswerBody,
    control::{self, CONTROL},
    gate, handler, intake,
    service::Service,
    wire::Wire,
};

/// Answers a request.
///
/// # Errors
/// The connection is to be cut without an answer, if a fault wants it or the linter failed.
pub(super) async fn answer(
    service: &Arc<Service>,
    request: Request<Incoming>,
    wire: &Wire,
    activity: &Activity,
) -> Result<Response<AnswerBody>, &'static str> {
    let (parts, body) = request.into_parts();
    let is_ambiguous = wire.is_next_ambiguous(&parts.headers);
    let is_last = parts.headers.contains_key(TRANSFER_ENCODING);
    let mut response = match admitted(service, &parts, is_ambiguous) {
        Err(refusal) => {
            intake::discard(&parts.headers, body).await;
            refusal.into_response()
        }
        Ok(Some(page)) => page,
        // Not recorded: who asks for the exchanges does not want to find the asking among them.
        Ok(None) if parts.uri.path().starts_with(CONTROL) => {
            let answer = control::answer(service, &parts, body, activity).await;
            answer.unwrap_or_else(|refusal| refusal.into_response())
        }
        Ok(None) => handler::answer(service, parts, body, activity).await?,
    };
    if is_last {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(CONNECTION, close);
    }
    Ok(response)
}

/// A page, or none if the request may go on.
///
/// # Errors
/// The refusal of one that may not.
fn admitted(
    service: &Service,
    parts: &Parts,
    is_ambiguous: bool,
) -> Result<Option<Response<AnswerBody>>, Box<Answer>> {
    let host = gate::host(parts)?;
    if is_ambiguous {
        let problem =
            "the length of the body is said twice: by `content-length` and by `transfer-encoding`";
        return Err(Answer::refusal(400, problem));
    }
    // They hold no state, and a link may lead to them from anywhere.
    #[cfg(feature = "pages")]
    if let Some(page) = pages::answer(&parts.method, parts.uri.path()) {
        return Ok(Some(page));
    }
    gate::admit(&parts.headers, &host, &service.options.hosts)?;
    Ok(None)
}
