//! Routes a request: to the pages, to the sandbox's own endpoints, to the documents, or to the API.

use std::sync::Arc;

use hyper::{
    Request, Response,
    body::Incoming,
    header::{CONNECTION, HeaderValue, TRANSFER_ENCODING},
    http::{request::Parts, uri::Authority},
};
use kaizala_actions_http::{BOTH_LENGTHS, ClientConnection, Handler, discard};

use super::{
    answer::Answer,
    body::AnswerBody,
    control::{self, CONTROL},
    cors, dashboard, gate, handler, published,
    service::Service,
};

/// The target of a request.
enum Route {
    /// A page, which is the answer.
    Page(Response<AnswerBody>),
    /// The sandbox's own endpoints.
    Control,
    /// The documents and the API.
    Api {
        host: Authority,
        /// The origin of the page that sent it, if it is not the sandbox's own.
        origin: Option<HeaderValue>,
    },
}

impl Handler for Service {
    type Body = AnswerBody;

    async fn answer(
        self: &Arc<Self>,
        request: Request<Incoming>,
        connection: &ClientConnection,
    ) -> Result<Response<AnswerBody>, &'static str> {
        answer(self, request, connection).await
    }
}

/// Answers a request.
///
/// # Errors
/// The connection must be cut without an answer, because of a fault or because the linter failed.
async fn answer(
    service: &Arc<Service>,
    request: Request<Incoming>,
    connection: &ClientConnection,
) -> Result<Response<AnswerBody>, &'static str> {
    let (parts, body) = request.into_parts();
    let is_ambiguous = connection.wire.is_next_ambiguous(&parts.headers);
    let is_last = parts.headers.contains_key(TRANSFER_ENCODING);
    let mut response = match route(service, &parts, is_ambiguous) {
        Err(refusal) => {
            discard(&parts.headers, body).await;
            refusal.into_response()
        }
        Ok(Route::Page(page)) => page,
        // Not recorded: the list of exchanges should not include requests for it.
        Ok(Route::Control) => {
            let answer = control::answer(service, &parts, body, &connection.activity).await;
            answer.unwrap_or_else(|refusal| refusal.into_response())
        }
        Ok(Route::Api { host, origin }) => {
            // Preflights and documents are not recorded either: they are not calls of the API.
            let mut response = if origin.is_some() && cors::is_preflight(&parts) {
                cors::preflight()
            } else if let Some(document) = published::answer(&parts.method, parts.uri.path(), &host)
            {
                document
            } else {
                handler::answer(service, parts, body, &connection.activity).await?
            };
            if !service.options.origins.is_empty() {
                cors::allow(&mut response, origin);
            }
            response
        }
    };
    if is_last {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(CONNECTION, close);
    }
    Ok(response)
}

/// The target of a request.
///
/// # Errors
/// The answer to a request that is refused.
fn route(service: &Service, parts: &Parts, is_ambiguous: bool) -> Result<Route, Box<Answer>> {
    let host = gate::host(parts)?;
    if is_ambiguous {
        return Err(Answer::refusal(400, BOTH_LENGTHS));
    }
    let (method, path) = (&parts.method, parts.uri.path());
    // Pages contain no state, and may be linked to from anywhere.
    #[cfg(feature = "pages")]
    if let Some(page) = service.options.pages.answer(method, path) {
        return Ok(Route::Page(page));
    }
    if let Some(page) = dashboard::answer(method, path) {
        return Ok(Route::Page(page));
    }
    let options = &service.options;
    if path.starts_with(CONTROL) {
        gate::admit(&parts.headers, &host, &options.hosts, None)?;
        return Ok(Route::Control);
    }
    let allowed = Some(&*options.origins);
    let origin = gate::admit(&parts.headers, &host, &options.hosts, allowed)?.cloned();
    Ok(Route::Api { host, origin })
}
