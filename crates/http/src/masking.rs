//! Exchanges without what a record should not have.

use std::borrow::Cow;

use kaizala_actions::{
    lint::{Headers, Request, Response},
    mask::Hidden,
};

/// What is masked in a text.
pub type Extent = for<'t> fn(&Hidden, &'t [u8]) -> Cow<'t, [u8]>;

/// Masks the secrets of an exchange wherever it repeats them.
#[derive(Debug)]
pub struct Masking {
    hidden: Hidden,
    extent: Extent,
}

impl Masking {
    /// For this exchange: [`Hidden::secrets`], or [`Hidden::all`] to mask phone numbers as well.
    #[must_use]
    pub fn new(request: &Request<'_>, response: Option<&Response<'_>>, extent: Extent) -> Self {
        let hidden = request.hidden(response);
        Self { hidden, extent }
    }

    /// A text of it.
    #[must_use]
    pub fn words(&self, text: &str) -> String {
        String::from_utf8_lossy(&self.bytes(text.as_bytes())).into_owned()
    }

    /// A body of it.
    #[must_use]
    pub fn bytes<'t>(&self, text: &'t [u8]) -> Cow<'t, [u8]> {
        (self.extent)(&self.hidden, text)
    }

    /// Header fields of it.
    #[must_use]
    pub fn fields(&self, headers: &Headers<'_>) -> Headers<'static> {
        let mut fields = Headers::default();
        for (name, value) in headers.masked().iter() {
            fields.add(self.words(name), self.words(value));
        }
        fields
    }
}
