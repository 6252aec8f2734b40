//! Bodies that types cannot write down.

use progenitor_client::{ClientInfo as _, ResponseValue};
use reqwest::{
    Request, Url,
    header::{ACCEPT, CONTENT_TYPE, HeaderValue},
};
use serde_json::Value;

use super::{Error, generated::Client};
use crate::{body::BodyKind, support::Method};

impl Client {
    /// Sends a body byte for byte, a recorded one say, and returns the answer as it came; all else
    /// is as with the builders.
    ///
    /// `path` gives the parameters of [`BodyKind::path`] in their order.
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
    /// another number of parameters.
    pub async fn send_raw(
        &self,
        kind: BodyKind,
        path: &[&str],
        body: Vec<u8>,
    ) -> Result<ResponseValue<Value>, Error> {
        let answer = kind.operation().filter(|_| kind.is_request());
        let answer = answer.and_then(|id| BodyKind::of_operation(id, false));
        let (Some(answer), Some(Method::Post), Some(template)) =
            (answer, kind.method(), kind.path())
        else {
            return Err(Error::InvalidRequest(format!(
                "{kind} is no body that is sent"
            )));
        };
        let url = self.url(template, path)?;
        let mut request = Request::new(reqwest::Method::POST, url);
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().insert(ACCEPT, json.clone());
        request.headers_mut().insert(CONTENT_TYPE, json);
        *request.body_mut() = Some(body.into());
        self.call(request, answer).await
    }

    fn url(&self, template: &str, parameters: &[&str]) -> Result<Url, Error> {
        let refuse = || {
            Error::InvalidRequest(format!(
                "{template} takes other parameters than the {} given",
                parameters.len()
            ))
        };
        let mut url = self.baseurl().to_owned();
        let mut parameters = parameters.iter();
        for segment in template.split('/').skip(1) {
            url.push('/');
            if segment.starts_with('{') {
                url += &progenitor_client::encode_path(parameters.next().ok_or_else(refuse)?);
            } else {
                url += segment;
            }
        }
        if parameters.next().is_some() {
            return Err(refuse());
        }
        Url::parse(&url).map_err(|error| Error::InvalidRequest(error.to_string()))
    }
}
