//! Bodies that types cannot write down.

use progenitor_client::ResponseValue;
use reqwest::{
    Method, Request,
    header::{ACCEPT, CONTENT_TYPE, HeaderValue},
};
use serde_json::Value;

use super::{Error, generated::Client};
use crate::body::BodyKind;

impl Client {
    /// Sends a body byte for byte, a recorded one say, and returns the answer as it came; all else
    /// is as with the builders.
    ///
    /// `values` are those of the parameters of [`BodyKind::path`], in their order.
    ///
    /// ```no_run
    /// use kaizala_actions::{body::BodyKind, client::Client};
    ///
    /// # async fn example(client: Client, group: &str) -> Result<(), Box<dyn std::error::Error>> {
    /// let body = std::fs::read("job.json")?;
    /// let posted = client.send_raw(BodyKind::PostActionRequest, &[group], body).await?;
    /// println!("{}", posted["referenceId"]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As with the builders; [`Error::InvalidRequest`] for a kind of body that is not sent, or
    /// another number of values.
    pub async fn send_raw(
        &self,
        kind: BodyKind,
        values: &[&str],
        body: Vec<u8>,
    ) -> Result<ResponseValue<Value>, Error> {
        let operation = kind.operation().filter(|_| kind.is_request());
        let Some((operation, answer)) =
            operation.and_then(|it| Some((it, BodyKind::of_operation(it, false)?)))
        else {
            return Err(Error::InvalidRequest(format!(
                "{kind} is no body that is sent"
            )));
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
