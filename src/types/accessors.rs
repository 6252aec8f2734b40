//! Members that most listed actions have in common, generated from their types.

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde_json::Value;

include!(concat!(env!("OUT_DIR"), "/accessors.rs"));

impl super::ListedAction {
    /// When it was sent: `sentAt`, or else `creationTime` (D-09).
    ///
    /// ```
    /// use kaizala_actions::types::ListedAction;
    ///
    /// let action: ListedAction = serde_json::from_str(
    ///     r#"{"referenceId": "r", "actionType": "Whiteboard", "creationTime": 1514764800, "sender": "+911234500001", "actionBody": {}}"#,
    /// )?;
    /// assert_eq!(action.time().unwrap().to_rfc3339(), "2018-01-01T00:00:00+00:00");
    /// assert_eq!(action.reference_id(), Some("r"));
    /// assert_eq!(action.sender(), Some("+911234500001"));
    /// assert_eq!(action.action_type(), "Whiteboard");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn time(&self) -> Option<DateTime<Utc>> {
        let seconds = || DateTime::from_timestamp(self.creation_time()?, 0);
        self.sent_at().or_else(seconds)
    }
}

/// A member of an action that the contract does not know.
fn read<T: DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(value).ok()
}
