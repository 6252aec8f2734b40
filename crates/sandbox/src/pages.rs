//! The reference of the contract, at `/` and below it. Browsers that read it are not clients of the
//! API: they need no token, and their requests are neither recorded nor affected by faults.

use std::sync::{Arc, LazyLock, OnceLock};

use hyper::{Method, Response, body::Bytes};
use kaizala_actions_reference::{self as docs, Engine, File};

use super::{body::AnswerBody, file};

/// A file, and its text as it is sent.
type Page = (File, Bytes);

/// The pages of a sandbox; generated when the first is requested.
#[derive(Clone, Default)]
pub(super) struct Pages(Option<Arc<WithPlayground>>);

struct WithPlayground {
    engine: Engine,
    pages: OnceLock<Vec<Page>>,
}

impl Pages {
    pub fn with_playground(engine: Engine) -> Self {
        let pages = OnceLock::new();
        Self(Some(Arc::new(WithPlayground { engine, pages })))
    }

    fn all(&self) -> &[Page] {
        // Those of all sandboxes without a playground.
        static PLAIN: LazyLock<Vec<Page>> = LazyLock::new(|| pages(None));
        match &self.0 {
            None => &PLAIN,
            Some(it) => it.pages.get_or_init(|| pages(Some(&it.engine))),
        }
    }

    /// The page at a path; `None` if there is none.
    pub fn answer(&self, method: &Method, path: &str) -> Option<Response<AnswerBody>> {
        // Calls of the API have longer paths, and do not wait for the pages to be generated.
        let name = path.strip_prefix('/')?;
        if name.contains('/') {
            return None;
        }
        // The first page is also at the root.
        let mut all = self.all().iter();
        let (page, text) = all.find(|(file, _)| name.is_empty() || file.name == name)?;
        let (media_type, policy) = (page.media_type, page.policy);
        Some(file::answer(method, media_type, policy, text.clone()))
    }
}

fn pages(engine: Option<&Engine>) -> Vec<Page> {
    let files = docs::served_files_with(engine).into_iter();
    let page = |mut file: File| {
        let text = std::mem::take(&mut file.text).into();
        (file, text)
    };
    files.map(page).collect()
}
