//! The rules: a file for each, with its row (what, why, bad, good, source, ruling) and the words of its findings.
//!
//! Families by the first digit: 0 the document, 1 envelope and naming, 2 the support matrix, 3 the schema, 4 meaning,
//! 5 responses, 6 exchanges. An id is permanent and never given again.

/// What every rule file needs.
mod prelude {
    pub(super) use serde_json::Value;

    pub(super) use super::{nearest, quoted, shorten};
    pub(super) use crate::lint::{
        finding::{Draft, Edit, Fix, Sink, excerpt},
        json::{Data, Member, Node, Span},
        pointer::Pointer,
        rule::{Example, Guard, Look, Place, Rule, Severity},
    };
}

use super::rule::Rule;

macro_rules! rules {
    ($($name:ident,)*) => {
        $(pub(super) mod $name;)*

        /// All rules, in the order of their ids.
        pub(super) static ALL: &[&Rule] = &[$(&$name::RULE,)*];
    };
}

rules! {
    invalid_json,
    duplicate_key,
    invalid_unicode,
    nesting_depth,
    byte_order_mark,
    number_range,
    invalid_exchange,
    record_too_long,
    unknown_body,
    missing_selector,
    conflicting_selectors,
    member_casing,
    repeated_member,
    value_casing,
    null_member,
    unknown_member,
    misplaced_member,
    unsupported_method,
    unknown_action_type,
    unknown_listed_type,
    unsupported_response,
    missing_member,
    wrong_type,
    unknown_value,
    out_of_range,
    invalid_format,
    integer_spelling,
    options_required,
    options_unused,
    conflicting_duration,
    duration_spelling,
    date_question,
    property_type_number,
    properties_on_survey,
    empty_package,
    empty_list,
    many_subscribers,
    instance_id,
    answer_count,
    answer_kind,
    unknown_option,
    list_instead_of_details,
    error_in_success,
    missing_time,
    location_with_image,
    unknown_operation,
    path_spelling,
    missing_parameter,
    unknown_parameter,
    repeated_parameter,
    time_in_milliseconds,
    missing_token,
    bearer_token,
    wrong_content_type,
    missing_header,
    missing_body,
    undocumented_status,
}

/// The name, of several, that was probably meant.
pub(crate) fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let lower = name.to_lowercase();
    let close = |other: &str| strsim::osa_distance(&lower, &other.to_lowercase());
    // A third of the letters may differ: more, and it is another word. By the lengths alone first, since a name from a
    // document can be of any length.
    let length = name.chars().count();
    let near = |distance: usize, other: &str| distance * 3 <= other.chars().count();
    let candidates = names.filter(|other| near(length.abs_diff(other.chars().count()), other));
    let found = candidates.map(|other| (close(other), other)).min_by_key(|(distance, _)| *distance);
    found.filter(|(distance, other)| near(*distance, other)).map(|(_, other)| other)
}

/// A name as a JSON string.
fn quoted(name: &str) -> String {
    serde_json::Value::from(name).to_string()
}

/// A text of the document, short enough for a message.
pub(super) fn shorten(text: &str) -> String {
    const MOST: usize = 40;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
