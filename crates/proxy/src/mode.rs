//! What the proxy does with what the linter finds.

use kaizala_actions::operation::OperationId;

/// What to do with requests or with responses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mode {
    /// Pass them without judging them.
    Off,
    /// Pass them as they are, and report what is wrong with them.
    #[default]
    Observe,
    /// Refuse those with errors.
    Enforce,
}

/// The modes for a call: of its request, and of its response.
pub(super) type Pair = (Mode, Mode);

/// The modes of all operations.
#[derive(Clone, Debug, Default)]
pub(super) struct Modes {
    pub requests: Mode,
    pub responses: Mode,
    /// For one operation; the last one counts.
    pub operations: Vec<(OperationId, Pair)>,
    /// Takes precedence over all others.
    pub beats: Option<Mode>,
}

impl Modes {
    /// The modes for a call of this operation; `None` if the contract does not have it.
    pub fn of(&self, operation: Option<OperationId>) -> Pair {
        if let Some(mode) = self.beats {
            return (mode, mode);
        }
        let mut own = self.operations.iter().rev();
        let own = own.find(|(other, _)| Some(*other) == operation);
        own.map_or((self.requests, self.responses), |(_, modes)| *modes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_override_beats_an_operation_and_that_the_rest() {
        let (post, list) = (OperationId::PostAction, OperationId::ListActions);
        let mut modes = Modes {
            responses: Mode::Off,
            operations: vec![
                (post, (Mode::Off, Mode::Off)),
                (post, (Mode::Enforce, Mode::Observe)),
            ],
            ..Modes::default()
        };
        assert_eq!(modes.of(None), (Mode::Observe, Mode::Off));
        assert_eq!(modes.of(Some(list)), (Mode::Observe, Mode::Off));
        assert_eq!(modes.of(Some(post)), (Mode::Enforce, Mode::Observe));
        modes.beats = Some(Mode::Off);
        assert_eq!(modes.of(Some(post)), (Mode::Off, Mode::Off));
    }
}
