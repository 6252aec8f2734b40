//! The rules: a file for each, with its row (what, why, bad, good, source, ruling) and the words of
//! its findings.
//!
//! Families by the first digit: 0 the document, 1 envelope and naming, 2 the support matrix, 3 the
//! schema, 4 meaning, 5 responses, 6 exchanges. An id is permanent and never given again.

/// What every rule file needs.
mod prelude {
    pub(super) use serde_json::Value;

    pub(super) use super::examples::{JOB, LIST_JOBS, LUNCH};
    pub(super) use crate::json::{Data, Member, Node, Span};
    pub(super) use crate::lint::{
        check::{Check, Guard},
        finding::{Draft, Edit, Fix, Sink},
        instance::Instance,
        pointer::Pointer,
        remedy::Remedy,
        rule::{Example, Rule, Severity},
        text::{excerpt, nearest, quoted, shorten},
    };
}

use super::{check::Check, rule::Rule, text::nearest};
use crate::contract::Schema;

mod examples;

pub(super) mod answer_count;
pub(super) mod answer_kind;
pub(super) mod bearer_token;
pub(super) mod byte_order_mark;
pub(super) mod conflicting_duration;
pub(super) mod conflicting_selectors;
pub(super) mod date_question;
pub(super) mod duplicate_key;
pub(super) mod duration_spelling;
pub(super) mod empty_list;
pub(super) mod empty_package;
pub(super) mod error_in_success;
pub(super) mod instance_id;
pub(super) mod integer_spelling;
pub(super) mod invalid_exchange;
pub(super) mod invalid_format;
pub(super) mod invalid_json;
pub(super) mod invalid_unicode;
pub(super) mod list_instead_of_details;
pub(super) mod location_with_image;
pub(super) mod many_subscribers;
pub(super) mod member_casing;
pub(super) mod misplaced_member;
pub(super) mod missing_body;
pub(super) mod missing_header;
pub(super) mod missing_member;
pub(super) mod missing_parameter;
pub(super) mod missing_selector;
pub(super) mod missing_time;
pub(super) mod missing_token;
pub(super) mod nesting_depth;
pub(super) mod null_member;
pub(super) mod number_range;
pub(super) mod options_required;
pub(super) mod options_unused;
pub(super) mod out_of_range;
pub(super) mod path_spelling;
pub(super) mod properties_on_survey;
pub(super) mod property_type_number;
pub(super) mod record_too_long;
pub(super) mod repeated_member;
pub(super) mod repeated_parameter;
pub(super) mod time_in_milliseconds;
pub(super) mod undocumented_status;
pub(super) mod unknown_action_type;
pub(super) mod unknown_body;
pub(super) mod unknown_listed_type;
pub(super) mod unknown_member;
pub(super) mod unknown_operation;
pub(super) mod unknown_option;
pub(super) mod unknown_parameter;
pub(super) mod unknown_value;
pub(super) mod unsupported_method;
pub(super) mod unsupported_response;
pub(super) mod value_casing;
pub(super) mod wrong_content_type;
pub(super) mod wrong_type;

/// All rules, in the order of their ids.
pub(super) static ALL: &[&Rule] = &[
    &invalid_json::RULE,            // KZ001
    &duplicate_key::RULE,           // KZ002
    &invalid_unicode::RULE,         // KZ003
    &nesting_depth::RULE,           // KZ004
    &byte_order_mark::RULE,         // KZ005
    &number_range::RULE,            // KZ006
    &invalid_exchange::RULE,        // KZ007
    &record_too_long::RULE,         // KZ008
    &unknown_body::RULE,            // KZ101
    &missing_selector::RULE,        // KZ102
    &conflicting_selectors::RULE,   // KZ103
    &member_casing::RULE,           // KZ104
    &repeated_member::RULE,         // KZ105
    &value_casing::RULE,            // KZ106
    &null_member::RULE,             // KZ107
    &unknown_member::RULE,          // KZ108
    &misplaced_member::RULE,        // KZ109
    &unsupported_method::RULE,      // KZ201
    &unknown_action_type::RULE,     // KZ202
    &unknown_listed_type::RULE,     // KZ203
    &unsupported_response::RULE,    // KZ204
    &missing_member::RULE,          // KZ301
    &wrong_type::RULE,              // KZ302
    &unknown_value::RULE,           // KZ303
    &out_of_range::RULE,            // KZ304
    &invalid_format::RULE,          // KZ305
    &integer_spelling::RULE,        // KZ306
    &options_required::RULE,        // KZ401
    &options_unused::RULE,          // KZ402
    &conflicting_duration::RULE,    // KZ403
    &duration_spelling::RULE,       // KZ404
    &date_question::RULE,           // KZ405
    &property_type_number::RULE,    // KZ406
    &properties_on_survey::RULE,    // KZ407
    &empty_package::RULE,           // KZ408
    &empty_list::RULE,              // KZ409
    &many_subscribers::RULE,        // KZ410
    &instance_id::RULE,             // KZ411
    &answer_count::RULE,            // KZ412
    &answer_kind::RULE,             // KZ413
    &unknown_option::RULE,          // KZ414
    &list_instead_of_details::RULE, // KZ501
    &error_in_success::RULE,        // KZ502
    &missing_time::RULE,            // KZ503
    &location_with_image::RULE,     // KZ504
    &unknown_operation::RULE,       // KZ601
    &path_spelling::RULE,           // KZ602
    &missing_parameter::RULE,       // KZ603
    &unknown_parameter::RULE,       // KZ604
    &repeated_parameter::RULE,      // KZ605
    &time_in_milliseconds::RULE,    // KZ606
    &missing_token::RULE,           // KZ607
    &bearer_token::RULE,            // KZ608
    &wrong_content_type::RULE,      // KZ609
    &missing_header::RULE,          // KZ610
    &missing_body::RULE,            // KZ611
    &undocumented_status::RULE,     // KZ612
];

/// The rules of meaning, with how they look at the values whose schema names them.
static CHECKS: &[(&Rule, Check)] = &[
    (&options_required::RULE, options_required::CHECK),
    (&options_unused::RULE, options_unused::CHECK),
    (&conflicting_duration::RULE, conflicting_duration::CHECK),
    (&duration_spelling::RULE, duration_spelling::CHECK),
    (&date_question::RULE, date_question::CHECK),
    (&property_type_number::RULE, property_type_number::CHECK),
    (&properties_on_survey::RULE, properties_on_survey::CHECK),
    (&empty_package::RULE, empty_package::CHECK),
    (&empty_list::RULE, empty_list::CHECK),
    (&many_subscribers::RULE, many_subscribers::CHECK),
    (&instance_id::RULE, instance_id::CHECK),
    (&answer_count::RULE, answer_count::CHECK),
    (&answer_kind::RULE, answer_kind::CHECK),
    (&unknown_option::RULE, unknown_option::CHECK),
    (
        &list_instead_of_details::RULE,
        list_instead_of_details::CHECK,
    ),
    (&error_in_success::RULE, error_in_success::CHECK),
    (&missing_time::RULE, missing_time::CHECK),
    (&location_with_image::RULE, location_with_image::CHECK),
];

/// The checks that a schema wants at its values, by the names of its `x-kaizala-checks`.
pub(super) fn checks(schema: &Schema) -> impl Iterator<Item = Check> {
    let check = |name: &String| CHECKS.iter().find(|(rule, _)| rule.name == name);
    schema
        .checks
        .iter()
        .filter_map(check)
        .map(|(_, check)| *check)
}

impl Rule {
    /// All rules, in the order of their ids.
    #[must_use]
    pub fn all() -> &'static [&'static Self] {
        ALL
    }

    /// The rule with this id or name, in any case.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        let mut all = Self::all().iter().copied();
        all.find(|rule| {
            [rule.id, rule.name]
                .iter()
                .any(|own| own.eq_ignore_ascii_case(name))
        })
    }

    /// The rule whose id or name is closest to this one, if any is close.
    #[must_use]
    pub fn nearest(name: &str) -> Option<&'static Self> {
        let names = Self::all().iter().flat_map(|rule| [rule.id, rule.name]);
        nearest(name, names).and_then(Self::find)
    }
}
