//! Bodies that types cannot write down.

use progenitor_client::ResponseValue;
use reqwest::{
    Method, Request,
    header::{ACCEPT, CONTENT_TYPE, HeaderValue},
};
use serde_json::Value;

use super::{Error, generated::Client};
use crate::{body::BodyKind, operation::OperationId};

impl Client {
    /// Sends a body byte for byte, a recorded one say, and returns the answer as it came; all else
    /// is as with the builders.
    ///
    /// `values` are those of the parameters of [`OperationId::path`], in their order.
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
    /// As with the builders; [`Error::InvalidRequest`] for an operation that takes no body, or
    /// another number of values.
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
