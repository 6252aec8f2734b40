//! The patterns of the contract over ASCII text.

use std::sync::OnceLock;

use regex_automata::{
    Anchored, Input,
    dfa::{Automaton as _, StartKind, dense},
    util::syntax,
};

/// A pattern, compiled when the first string needs it. The build guarantees that it is anchored at
/// both ends.
pub(crate) struct Pattern {
    pattern: &'static str,
    automaton: OnceLock<Option<Box<dense::DFA<Vec<u32>>>>>,
}

impl Pattern {
    pub fn new(pattern: &'static str) -> Self {
        Self {
            pattern,
            automaton: OnceLock::new(),
        }
    }

    /// Whether a text is ASCII and certainly matches. Beyond ASCII, `.` and classes match bytes
    /// here and characters there.
    pub fn surely_matches(&self, text: &str) -> bool {
        let automaton = self.automaton.get_or_init(|| {
            dense::Builder::new()
                .syntax(syntax::Config::new().unicode(false).utf8(false))
                .configure(dense::Config::new().start_kind(StartKind::Anchored))
                .build(self.pattern)
                .ok()
                .map(Box::new)
        });
        let input = Input::new(text).anchored(Anchored::Yes);
        let end = automaton
            .as_ref()
            .map(|automaton| automaton.try_search_fwd(&input));
        text.is_ascii() && matches!(end, Some(Ok(Some(end))) if end.offset() == text.len())
    }
}
