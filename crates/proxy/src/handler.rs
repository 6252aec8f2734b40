//! Answers the requests of all connections.

use std::sync::Arc;

use hyper::{
    Request, Response,
    body::Incoming,
    header::{CONNECTION, HeaderValue, TRANSFER_ENCODING},
};
use kaizala_actions_http::{ClientConnection, Handler, discard};

use super::{bodies::Passing, call, head, service::Service};

impl Handler for Service {
    type Body = Passing;

    async fn answer(
        self: &Arc<Self>,
        request: Request<Incoming>,
        connection: &ClientConnection,
    ) -> Result<Response<Passing>, &'static str> {
        let (parts, body) = request.into_parts();
        connection.activity.busy();
        // Only hyper knows where its body ends: nothing after it could be checked.
        let is_last = parts.headers.contains_key(TRANSFER_ENCODING);
        let mut response = match head::check(&parts, &connection.wire) {
            Ok(()) => call::answer(self, parts, body, connection).await?,
            Err(refusal) => {
                self.metrics.malformed();
                discard(&parts.headers, body).await;
                refusal.closing().response(&self.wording).map(Passing::own)
            }
        };
        if is_last {
            let close = HeaderValue::from_static("close");
            response.headers_mut().insert(CONNECTION, close);
        }
        Ok(response)
    }

    fn unreadable(&self) {
        self.metrics.malformed();
    }
}
