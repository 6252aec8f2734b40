//! Sends bodies that the types cannot represent.

use progenitor_client::ResponseValue;
use reqwest::{
    Method, Request,
    header::{ACCEPT, CONTENT_TYPE, HeaderValue},
};
use serde_json::Value;

use super::{Error, generated::Client};
use crate::{body::BodyKind, operation::OperationId};

impl Client {
    /// Sends a body byte for byte, such as a recorded one, and returns the answer unchanged;
    /// otherwise it works like the builders.
    ///
    /// `values` are the values of the parameters of [`OperationId::path`], in order.
    ///
    /// ```no_run
    /// use kaizala_actions::{client::Client, operation::OperationId};
    ///
    /// # async fn example(client: Client, group: &str) -> Result<(), Box<dyn std::error::Error>> {
    /// let body = std::fs::read("job.json")?;
    /// let posted = client.send_raw(OperationId::PostAction, &[group], body).await?;
    /// println!("{}", posted["referenceId"]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As for the builders; [`Error::InvalidRequest`] for an operation that takes no body, or for a
    /// wrong number of values.
    pub async fn send_raw(
        &self,
        operation: OperationId,
        values: &[&str],
        body: Vec<u8>,
    ) -> Result<ResponseValue<Value>, Error> {
        let body_of = |request| BodyKind::of_operation(operation, request);
        let (Some(_), Some(answer)) = (body_of(true), body_of(false)) else {
            let problem = "it takes no body".to_owned();
            return Err(Error::InvalidRequest { operation, problem });
        };
        let url = self.url(operation, values)?;
        let mut request = Request::new(Method::POST, url);
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().insert(ACCEPT, json.clone());
        request.headers_mut().insert(CONTENT_TYPE, json);
        *request.body_mut() = Some(body.into());
        self.call(request, operation, answer).await
    }
}
