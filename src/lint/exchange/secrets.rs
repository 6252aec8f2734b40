//! The secrets of an exchange.

use super::message::{Headers, Request, Response};
use crate::mask::{Hidden, Learner};

impl Request<'_> {
    /// What to mask wherever the request or its response repeats it.
    ///
    /// ```
    /// use kaizala_actions::lint::Request;
    ///
    /// let request = Request::new("GET", "/v1/groups/ours/actions").header("accessToken", "a/secret+token");
    /// assert_eq!(request.hidden(None).words("a%2Fsecret%2Btoken is the token"), "****************** is the token");
    /// ```
    #[must_use]
    pub fn hidden(&self, response: Option<&Response<'_>>) -> Hidden {
        self.hidden_beside(Hidden::nothing(), response)
    }

    /// The same, and what is known to be secret.
    pub(in crate::lint) fn hidden_beside(
        &self,
        known: &Hidden,
        response: Option<&Response<'_>>,
    ) -> Hidden {
        let mut learner = Learner::knowing(known);
        learner.method(&self.method);
        learner.url(&self.url);
        message(&mut learner, &self.headers, self.body.as_deref());
        if let Some(response) = response {
            message(&mut learner, &response.headers, response.body.as_deref());
        }
        learner.finish()
    }
}

fn message(learner: &mut Learner, headers: &Headers<'_>, body: Option<&[u8]>) {
    for (name, value) in headers.iter() {
        learner.field(name, value);
    }
    learner.text(body.unwrap_or_default());
}
