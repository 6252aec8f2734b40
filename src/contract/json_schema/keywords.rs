//! The keywords of a schema under construction.

use serde_json::{Map, Value};

/// Adds the keywords of a schema.
pub(super) fn extend(keywords: &mut Map<String, Value>, more: Value) {
    if let Value::Object(more) = more {
        keywords.extend(more);
    }
}
