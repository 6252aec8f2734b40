//! Words remedies for findings: in terms of the command line, or in those of another front end.

use std::borrow::Cow;

use super::{Finding, Remedy};

/// In terms of the command line.
fn options(remedy: Remedy) -> String {
    match remedy {
        Remedy::Allow {
            action_type,
            method,
        } => format!("--allow {action_type}:{method} lets it pass").to_lowercase(),
        Remedy::SetKind => "say which it is with --as OPERATION.DIRECTION".to_owned(),
        Remedy::Ignore(rule) => format!("--ignore {} if the recorder left it out", rule.name),
        Remedy::ReadSchema(kind) => {
            format!("`kaizala-actions schema {kind}` prints what it has to be")
        }
        Remedy::ListMore => "--most-findings N lists more".to_owned(),
    }
}

impl Finding {
    /// The finding with its remedy in its help, in terms of the command line, as the command's
    /// reports have it.
    #[must_use]
    pub fn with_options(this: Cow<'_, Self>) -> Cow<'_, Self> {
        Self::with_remedy(this, |remedy| Some(options(remedy)))
    }

    /// The finding with its remedy in its help, in other terms; as it is if there are none for the
    /// remedy.
    #[must_use]
    pub fn with_remedy(
        this: Cow<'_, Self>,
        words: impl FnOnce(Remedy) -> Option<String>,
    ) -> Cow<'_, Self> {
        let Some((remedy, words)) = this.remedy.and_then(|it| Some((it, words(it)?))) else {
            return this;
        };
        // The schema says everything that the help says.
        let help = this.help.as_deref();
        let help = help.filter(|_| !matches!(remedy, Remedy::ReadSchema(_)));
        let help = help.map_or(words.clone(), |help| format!("{help}; {words}"));
        let mut worded = this;
        worded.to_mut().help = Some(help.into());
        worded
    }
}
