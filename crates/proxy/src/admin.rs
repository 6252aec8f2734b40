//! Health and metrics, at an address of their own.

use std::sync::{Arc, atomic::Ordering};

use hyper::{
    Method, Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header::{ALLOW, CONTENT_TYPE, HeaderValue},
};
use kaizala_actions_http::{ClientConnection, Handler, discard};

use super::{bodies::Passing, metrics, service::Service};

/// Answers `/health`, `/ready` and `/metrics`.
pub(super) struct Admin(pub Arc<Service>);

impl Handler for Admin {
    type Body = Passing;

    async fn answer(
        self: &Arc<Self>,
        request: Request<Incoming>,
        connection: &ClientConnection,
    ) -> Result<Response<Passing>, &'static str> {
        let (parts, body) = request.into_parts();
        connection.activity.busy();
        // What the wire has seen of the request is no longer needed.
        let _ = connection.wire.is_next_ambiguous(&parts.headers);
        discard(&parts.headers, body).await;
        if !matches!(parts.method, Method::GET | Method::HEAD) {
            let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "GET only\n".to_owned());
            let get = HeaderValue::from_static("GET, HEAD");
            response.headers_mut().insert(ALLOW, get);
            return Ok(response);
        }
        let is_draining = self.0.is_draining.load(Ordering::Relaxed);
        Ok(match parts.uri.path() {
            "/health" => plain(StatusCode::OK, "ok\n".to_owned()),
            "/ready" if is_draining => {
                plain(StatusCode::SERVICE_UNAVAILABLE, "draining\n".to_owned())
            }
            "/ready" => plain(StatusCode::OK, "ready\n".to_owned()),
            "/metrics" => {
                let mut response = plain(StatusCode::OK, self.0.told());
                let media_type = HeaderValue::from_static(metrics::MEDIA_TYPE);
                response.headers_mut().insert(CONTENT_TYPE, media_type);
                response
            }
            _ => plain(
                StatusCode::NOT_FOUND,
                "there are /health, /ready and /metrics\n".to_owned(),
            ),
        })
    }
}

fn plain(status: StatusCode, text: String) -> Response<Passing> {
    let mut response = Response::new(Passing::own(Bytes::from(text)));
    *response.status_mut() = status;
    let media_type = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, media_type);
    response
}
