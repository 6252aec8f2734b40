//! The linter: what is wrong with a body or an exchange, why, and how to fix it.
//!
//! [`Linter::lint`] is pure and total: it reads no file, prints nothing, and returns a [`Report`]
//! for any bytes.
//!
//! ```
//! use kaizala_actions::{body::BodyKind, lint::Linter};
//!
//! let body = br#"{"actionType": "Job", "actionBody": {"assignedTo": ["+911234500001"]}}"#;
//! let report = Linter::new().lint(BodyKind::PostActionRequest, body);
//! assert_eq!(
//!     report.to_string(),
//!     "1:37: error[KZ301] missing-member: `title` is missing (/actionBody)",
//! );
//! ```

mod check;
mod command_line;
mod coverage;
mod document;
mod edit;
mod exchange;
mod explanation;
pub(crate) mod fast;
mod finding;
mod fix;
mod instance;
mod json_finding;
mod json_report;
mod json_rule;
mod judge;
#[cfg(any(test, target_family = "wasm"))]
mod keywords;
mod linter;
mod origin;
mod packed;
mod part;
mod place;
mod plan;
mod pointer;
mod recognition;
mod remedy;
mod report;
mod reported;
mod rule;
mod rules;
mod schema;
mod seen;
mod settings;
mod shown;
mod survey;
mod text;
mod union;
#[cfg(not(target_family = "wasm"))]
mod validator;
mod violation;
mod walk;

pub use coverage::{Aspect, Coverage, CoverageError, Seen, Undeclared};
pub use edit::{Edit, Fix};
pub use exchange::recorded;
pub use exchange::{
    Called, Exchange, ExchangeReport, Gap, Headers, PartReport, Request, RequestReport, Response,
    Unresolved, UnresolvedKind,
};
pub use finding::Unlisted;
pub use fix::Fixed;
pub use json_finding::{JsonEdit, JsonFinding, JsonFix};
pub use linter::Linter;
pub use origin::{Location, Origin};
pub use packed::{Packed, packed};
pub use part::Part;
pub use place::{Position, PositionError};
pub use remedy::Remedy;
pub use report::{Finding, Report};
pub use reported::ReportedRules;
pub use rule::{Example, Rule, Severity};
pub use seen::SeenType;
pub use survey::{Survey, SurveyError};
pub use text::{is_unprintable, nearest, printable, truncate};
