//! Holds the fast pass to the linter proper.

use super::{clean, recognise_clean};
use crate::{body::BodyKind, lint::Linter};

/// What the linter proper says against the fast pass, if that was too sure.
pub fn disagreement(kind: BodyKind, text: &[u8]) -> Option<String> {
    let linter = Linter::new();
    let too_sure = clean(kind, text).is_some() && !linter.explain(text, Some(kind)).is_clean();
    let recognised = recognise_clean(text).map(|(kind, _)| kind);
    let proper = || linter.explain(text, None);
    let mistaken =
        recognised.is_some_and(|kind| proper().body != Some(kind) || !proper().is_clean());
    (too_sure || mistaken).then(|| {
        format!(
            "{kind}, recognised as {recognised:?}: {}",
            String::from_utf8_lossy(text)
        )
    })
}
