//! What the contract wants of every request and progenitor does not do.

use progenitor_client::{ClientHooks, ClientInfo as _, OperationInfo};
use reqwest::{Request, header::HeaderName};

use super::{
    connection::Connection,
    contract,
    generated::{Client, Error},
};
use crate::body::BodyKind;

/// D-28. Header names have no case on the wire, and reqwest takes lower case alone.
const ACCESS_TOKEN: HeaderName = HeaderName::from_static("accesstoken");

/// Progenitor sends the version of the document in it, which the service has never heard of.
const API_VERSION: HeaderName = HeaderName::from_static("api-version");

impl ClientHooks<Connection> for Client {
    async fn pre<E>(&self, request: &mut Request, operation: &OperationInfo) -> Result<(), Error<E>> {
        if let Some(kind) = request_kind(operation) {
            let body = request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default();
            if let Some(objections) = contract::objections(kind, body) {
                return Err(Error::Custom(format!("not sent, since it is no {kind}: {objections}")));
            }
        }
        let headers = request.headers_mut();
        headers.remove(API_VERSION);
        headers.insert(ACCESS_TOKEN, self.inner().token.header().clone());
        Ok(())
    }
}

/// The body that an operation sends, if it sends one: `post_action` sends `post-action.request`.
fn request_kind(operation: &OperationInfo) -> Option<BodyKind> {
    format!("{}.request", operation.operation_id.replace('_', "-")).parse().ok()
}
