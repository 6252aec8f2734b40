//! What the contract wants of every request and progenitor does not do.

use progenitor_client::{ClientHooks, ClientInfo as _, OperationInfo};
use reqwest::{Body, Request, header::HeaderName};

use super::{
    connection::Connection,
    generated::{Client, Error},
};
use crate::{
    body::BodyKind,
    lint::{Linter, Severity},
};

/// D-28. Header names have no case on the wire, and reqwest takes lower case alone.
const ACCESS_TOKEN: HeaderName = HeaderName::from_static("accesstoken");

/// Progenitor sends the version of the document in it, of which the service knows nothing.
const API_VERSION: HeaderName = HeaderName::from_static("api-version");

impl ClientHooks<Connection> for Client {
    async fn pre<E>(&self, request: &mut Request, operation: &OperationInfo) -> Result<(), Error<E>> {
        if let Some(kind) = request_kind(operation) {
            let body = request.body().and_then(Body::as_bytes).unwrap_or_default();
            check(kind, body).map_err(Error::Custom)?;
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

/// Holds a body against the contract: the support matrix, the schema and the rules of meaning, as the linter knows them.
fn check(kind: BodyKind, body: &[u8]) -> Result<(), String> {
    let report = Linter::new().lint(kind, body);
    let errors: Vec<_> = report.findings.iter().filter(|finding| finding.severity == Severity::Error).map(ToString::to_string).collect();
    if errors.is_empty() { Ok(()) } else { Err(format!("not sent, since it is no {kind}: {}", errors.join("; "))) }
}
