//! The linter and its settings.

use std::sync::Arc;

use serde_json::Value;

use super::{
    report::Report,
    reported::ReportedRules,
    rule::{Example, Rule, Severity},
    settings::Settings,
    survey::Survey,
};
use crate::{
    body::BodyKind,
    contract::Contract,
    mask::Hidden,
    support::{ActionType, Method},
};

/// The default limit of listed findings for each text.
const MOST_FINDINGS: usize = 1000;

/// Judges bodies by the contract.
///
/// ```
/// use kaizala_actions::{
///     body::BodyKind,
///     lint::{Linter, Rule, Severity},
///     support::Method,
/// };
///
/// let body = br#"{"actionType": "Announcement", "actionBody": {"title": "Holiday"}}"#;
/// assert!(Linter::new().lint(BodyKind::PostActionRequest, body).has_errors());
///
/// let lenient = Linter::new().allow("announcement", Method::Post);
/// assert!(lenient.lint(BodyKind::PostActionRequest, body).is_clean());
///
/// let rule = Rule::find("unsupported-method").unwrap();
/// let softer = Linter::new().severity(rule, Severity::Warning);
/// assert!(!softer.lint(BodyKind::PostActionRequest, body).has_errors());
/// ```
#[derive(Clone)]
pub struct Linter {
    pub(super) contract: &'static Contract,
    pub(super) settings: Settings,
    pub(super) survey: Option<Survey>,
    /// What is secret, whatever a text says.
    pub(super) secrets: Arc<Hidden>,
    /// The limit of listed findings; `None` to list none without a note about it.
    pub(super) most: Option<usize>,
    /// The rules whose findings are no longer listed.
    pub(super) reported: Option<Arc<ReportedRules>>,
    /// Whether reports about exchanges have no parts without findings.
    pub(super) skips_clean: bool,
}

impl Default for Linter {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for Linter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Linter")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

impl Linter {
    /// A linter with the default severities.
    #[must_use]
    pub fn new() -> Self {
        Self {
            contract: Contract::get(),
            settings: Settings::default(),
            survey: None,
            secrets: Arc::default(),
            most: Some(MOST_FINDINGS),
            reported: None,
            skips_clean: false,
        }
    }

    /// A linter with the settings that an example of a rule needs.
    #[must_use]
    pub fn for_example(example: &Example) -> Self {
        let most = example.most_findings;
        let linter = most.map_or_else(Self::new, |most| Self::new().most_findings(most));
        let survey = example.survey;
        let survey = survey.and_then(|survey| Survey::read(survey.as_bytes()).ok());
        survey.into_iter().fold(linter, Self::survey)
    }

    /// Accepts a type although the matrix does not support the method for it, or does not have the
    /// type at all; its body is then taken as a free object (D-01, D-04). The type may be any
    /// string, in any case; an id or a label of the matrix also allows the value that bodies use.
    #[must_use]
    pub fn allow(mut self, action_type: &str, method: Method) -> Self {
        let known = action_type.parse::<ActionType>();
        let name = known.map_or_else(
            |_| action_type.to_owned(),
            |known| known.row().body_value.to_owned(),
        );
        self.settings.allow(name, method);
        self
    }

    /// Ignores the findings of a rule.
    #[must_use]
    pub fn ignore(mut self, rule: &'static Rule) -> Self {
        self.settings.set(rule, None);
        self
    }

    /// Sets the severity of a rule, for requests and responses alike.
    #[must_use]
    pub fn severity(mut self, rule: &'static Rule, severity: Severity) -> Self {
        self.settings.set(rule, Some(severity));
        self
    }

    /// Sets the maximum number of listed findings for each text, by default 1,000: errors before
    /// warnings before notes. [`unlisted`](Report::unlisted) counts the others, and one more
    /// finding says how many there are.
    #[must_use]
    pub fn most_findings(mut self, most: usize) -> Self {
        self.most = Some(most);
        self
    }

    /// Only counts findings, which is faster: all of them are [`unlisted`](Report::unlisted).
    ///
    /// ```
    /// use kaizala_actions::lint::{Linter, Severity};
    ///
    /// let report = Linter::new().count_only().lint_unknown(br#"{"actionType": "job", "actionBody": {}}"#);
    /// assert_eq!(report.findings, []);
    /// let counts = [Severity::Error, Severity::Warning].map(|severity| report.count(severity));
    /// assert_eq!(counts, [2, 1]);
    /// ```
    #[must_use]
    pub fn count_only(mut self) -> Self {
        self.most = None;
        self
    }

    /// Lists no findings of the rules that a report has already, but counts them: that is enough
    /// for a report of counts that names the first place of each rule, and nearly as fast as
    /// [`count_only`](Self::count_only).
    ///
    /// ```
    /// use std::sync::Arc;
    ///
    /// use kaizala_actions::{
    ///     body::BodyKind,
    ///     lint::{Linter, ReportedRules, Severity},
    /// };
    ///
    /// let reported = Arc::new(ReportedRules::default());
    /// let linter = Linter::new().list_first(reported.clone());
    /// let lint = || linter.lint(BodyKind::PostActionRequest, br#"{"actionType": "Job"}"#);
    /// let first = lint();
    /// assert_eq!(first.findings.len(), 1);
    /// reported.add(first.findings[0].rule);
    /// let second = lint();
    /// assert_eq!((second.findings.len(), second.count(Severity::Error)), (0, 1));
    /// ```
    #[must_use]
    pub fn list_first(mut self, reported: impl Into<Arc<ReportedRules>>) -> Self {
        self.reported = Some(reported.into());
        self
    }

    /// Judges responses as responses to this survey, question by question: the number of answers,
    /// the kind of each, and whether the chosen options exist.
    ///
    /// ```
    /// use kaizala_actions::lint::{Linter, Survey};
    ///
    /// let survey = Survey::read(br#"{"actionType": "Survey", "actionBody": {"questions": [{"title": "How many?", "type": "Numeric"}]}}"#)?;
    /// let response = br#"{"actionType": "Survey", "actionBody": {"Answers": ["two"]}}"#;
    /// assert!(Linter::new().lint_unknown(response).is_clean());
    /// assert!(Linter::new().survey(survey).lint_unknown(response).has_errors());
    /// # Ok::<(), kaizala_actions::lint::SurveyError>(())
    /// ```
    #[must_use]
    pub fn survey(mut self, survey: Survey) -> Self {
        self.survey = Some(survey);
        self
    }

    /// Masks these secrets as well, wherever a report repeats them.
    ///
    /// ```
    /// use kaizala_actions::{body::BodyKind, lint::Linter, mask::Hidden};
    ///
    /// let linter = Linter::new().hidden(Hidden::of_secrets(["opaque-0001"]));
    /// let report = linter.lint(BodyKind::PostActionRequest, br#"{"actionType": "opaque-0001"}"#);
    /// assert!(!report.is_clean() && !format!("{report:?}").contains("opaque"));
    /// ```
    #[must_use]
    pub fn hidden(mut self, secrets: impl Into<Arc<Hidden>>) -> Self {
        self.secrets = secrets.into();
        self
    }

    /// Judges a body of a known kind.
    #[must_use]
    pub fn lint(&self, kind: BodyKind, text: impl AsRef<[u8]>) -> Report {
        self.judge(text.as_ref(), Some(kind))
    }

    /// Judges a value; locations refer to its text without white space.
    ///
    /// ```
    /// use kaizala_actions::{body::BodyKind, lint::Linter};
    ///
    /// let body = serde_json::json!({"actionType": "Job", "actionBody": {"assignedTo": ["+911234500001"]}});
    /// let report = Linter::new().lint_value(BodyKind::PostActionRequest, &body);
    /// for finding in &report {
    ///     assert_eq!(finding.rule.name, "missing-member");
    /// }
    /// assert_eq!(report.errors().count(), 1);
    /// ```
    #[must_use]
    pub fn lint_value(&self, kind: BodyKind, value: &Value) -> Report {
        self.lint(kind, value.to_string())
    }

    /// Judges a body whose kind is recognised by its members; see `x-kaizala-recognition` in the
    /// OpenAPI document.
    #[must_use]
    pub fn lint_unknown(&self, text: impl AsRef<[u8]>) -> Report {
        self.judge(text.as_ref(), None)
    }

    fn judge(&self, text: &[u8], given: Option<BodyKind>) -> Report {
        let mut report = self.run(text, given);
        report.hide_those_of(text, &self.secrets);
        report
    }
}
