//! The rules: a file for each, with its row (what, why, bad, good, source, ruling) and the wording
//! of its findings.
//!
//! Families by the first digit: 0 the document, 1 envelope and naming, 2 the support matrix, 3 the
//! schema, 4 meaning, 5 responses, 6 exchanges. An id is permanent and never reused.

/// What every rule file needs.
mod prelude {
    pub(super) use serde_json::Value;

    pub(super) use super::examples::{JOB, JOBS, LIST_JOBS, LUNCH, LUNCH_ANSWERED, POST_JOB};
    pub(super) use crate::contract::Schema;
    pub(super) use crate::json::{Data, Member, Node, Span};
    pub(super) use crate::lint::{
        check::{Check, Guard},
        edit::{Edit, Fix},
        finding::{Draft, Sink},
        instance::Instance,
        pointer::Pointer,
        remedy::Remedy,
        rule::{Example, Rule, Severity},
        text::{described, excerpt, list, part, quoted, shorten, snippet, suggestion},
    };
}

use super::{check::Check, rule::Rule, text::nearest};
use crate::contract::Schema;

// First, because of its macros.
#[macro_use]
mod examples;

pub mod answer_count;
pub mod answer_kind;
pub mod bearer_token;
pub mod byte_order_mark;
pub mod conflicting_duration;
pub mod conflicting_selectors;
pub mod conflicting_tokens;
pub mod date_question;
pub mod duplicate_key;
pub mod duration_spelling;
pub mod empty_list;
pub mod empty_package;
pub mod error_in_success;
pub mod incomplete_record;
pub mod instance_id;
pub mod integer_spelling;
pub mod invalid_date;
pub mod invalid_exchange;
pub mod invalid_format;
pub mod invalid_json;
pub mod invalid_unicode;
pub mod list_instead_of_details;
pub mod location_with_image;
pub mod many_subscribers;
pub mod member_casing;
pub mod misplaced_member;
pub mod missing_body;
pub mod missing_header;
pub mod missing_member;
pub mod missing_parameter;
pub mod missing_selector;
pub mod missing_time;
pub mod missing_token;
pub mod nesting_depth;
pub mod null_member;
pub mod number_range;
pub mod options_required;
pub mod options_unused;
pub mod out_of_range;
pub mod path_spelling;
pub mod properties_on_survey;
pub mod property_type_number;
pub mod record_too_long;
pub mod repeated_member;
pub mod repeated_parameter;
pub mod time_in_milliseconds;
pub mod too_many_findings;
pub mod undocumented_status;
pub mod unknown_action_type;
pub mod unknown_body;
pub mod unknown_listed_type;
pub mod unknown_member;
pub mod unknown_operation;
pub mod unknown_option;
pub mod unknown_parameter;
pub mod unknown_value;
pub mod unresolved_value;
pub mod unsupported_method;
pub mod unsupported_response;
pub mod value_casing;
pub mod wrong_content_type;
pub mod wrong_type;

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
    &too_many_findings::RULE,       // KZ009
    &incomplete_record::RULE,       // KZ010
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
    &invalid_date::RULE,            // KZ415
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
    &conflicting_tokens::RULE,      // KZ613
    &unresolved_value::RULE,        // KZ614
];

/// The semantic rules, and when each looks at the values whose schema names it.
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
    (&invalid_date::RULE, invalid_date::CHECK),
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

/// The checks that a schema requests for its values, by the names in its `x-kaizala-checks`.
pub(super) fn checks(schema: &Schema) -> impl Iterator<Item = Check> {
    let check = |name: &String| CHECKS.iter().find(|(rule, _)| rule.name == name);
    let checks = schema.checks.iter().filter_map(check);
    checks.map(|(_, check)| *check)
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
        let is_meant = |own: &str| own.eq_ignore_ascii_case(name);
        let mut all = ALL.iter().copied();
        all.find(|rule| is_meant(rule.id) || is_meant(rule.name))
    }

    /// The rule with the most similar id or name, if one is similar enough.
    #[must_use]
    pub fn nearest(name: &str) -> Option<&'static Self> {
        let names = ALL.iter().flat_map(|rule| [rule.id, rule.name]);
        nearest(name, names).and_then(Self::find)
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    const ROOT: &str = env!("CARGO_MANIFEST_DIR");

    fn module(rule: &Rule) -> String {
        rule.name.replace('-', "_")
    }

    /// The files of a folder, by their paths from the root, with their code outside tests.
    fn sources(folder: &Path) -> Vec<(String, String)> {
        let entries = fs::read_dir(folder).unwrap();
        let read = |path: &Path| {
            let text = fs::read_to_string(path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            let lines = code.lines().filter(|line| !line.trim().starts_with("//"));
            let place = path.strip_prefix(ROOT).unwrap().to_str().unwrap();
            vec![(place.replace('\\', "/"), lines.collect())]
        };
        entries
            .map(|entry| entry.unwrap().path())
            .flat_map(|path| {
                if path.is_dir() {
                    sources(&path)
                } else {
                    read(&path)
                }
            })
            .collect()
    }

    /// Whether code calls a function of a module of this name.
    fn calls(code: &str, module: &str) -> bool {
        let in_name = |letter: char| letter.is_alphanumeric() || letter == '_';
        let path = format!("{module}::");
        code.match_indices(&path).any(|(at, _)| {
            let rest = code[at + path.len()..].trim_start_matches(in_name);
            !code[..at].ends_with(in_name) && rest.starts_with('(')
        })
    }

    #[test]
    fn the_list_says_the_id_of_each_rule() {
        let listed = include_str!("mod.rs").lines().filter_map(|line| {
            let (rule, id) = line.trim().split_once("// KZ")?;
            Some((rule.trim(), format!("KZ{id}")))
        });
        let listed: Vec<_> = listed.filter(|(rule, _)| rule.starts_with('&')).collect();
        assert_eq!(listed.len(), ALL.len());
        for (rule, (listed, id)) in ALL.iter().zip(listed) {
            assert_eq!(listed, format!("&{}::RULE,", module(rule)));
            assert_eq!(id, rule.id);
        }
        assert!(ALL.is_sorted_by_key(|rule| rule.id));
    }

    #[test]
    fn each_rule_says_what_reports_it() {
        let mut sources = sources(&Path::new(ROOT).join("src/lint"));
        sources.sort();
        for rule in ALL {
            let module = module(rule);
            let callers: Vec<_> = sources
                .iter()
                .filter(|(_, code)| calls(code, &module))
                .map(|(path, _)| path.as_str())
                .collect();
            let expected = if CHECKS.iter().any(|(checked, _)| checked == rule) {
                assert!(callers.is_empty(), "{module}: {callers:?}");
                // Which names the rule.
                assert!(crate::contract::JSON.contains(&format!("\"{}\"", rule.name)));
                vec!["x-kaizala-checks"]
            } else {
                callers
            };
            let file = format!("{ROOT}/src/lint/rules/{module}.rs");
            let text = fs::read_to_string(file).unwrap();
            let doc = text.lines().map_while(|line| line.strip_prefix("//!"));
            let doc: String = doc.collect();
            let (_, said) = doc.split_once(" Reported by: ").unwrap_or_default();
            // Between the names it may say what each reports.
            let quoted = said.split('`').skip(1).step_by(2);
            let is_file = |name: &&str| name.starts_with("src/") || *name == "x-kaizala-checks";
            let named: Vec<_> = quoted.filter(is_file).collect();
            assert_eq!(named, expected, "{module}");
        }
    }
}
