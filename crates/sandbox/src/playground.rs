//! The playground among the pages.

use kaizala_actions_reference::Engine;

use super::{builder::SandboxBuilder, pages::Pages};

impl SandboxBuilder {
    /// Adds a playground to the pages: the linter on a page, for which this is the engine.
    #[cfg_attr(docsrs, doc(cfg(feature = "pages")))]
    #[must_use]
    pub fn playground(mut self, engine: Engine) -> Self {
        self.options.pages = Pages::with_playground(engine);
        self
    }
}
