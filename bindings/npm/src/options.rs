//! The options of a linter.

use std::collections::BTreeMap;

use kaizala_actions::{
    body::BodyKind,
    lint::{Linter, Rule, Severity, Survey},
    support::Method,
};
use serde::Deserialize;

/// As JavaScript gives them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct Options {
    /// The kind of the bodies; `None` to detect it.
    pub kind: Option<BodyKind>,
    /// The survey that responses answer.
    survey: Option<String>,
    /// As in `announcement:post`.
    allow: Vec<String>,
    /// Severities by the id or the name of a rule; `off` to ignore it.
    rules: BTreeMap<String, String>,
    most_findings: Option<usize>,
    /// Whether help names options of the command line.
    pub for_command: bool,
}

impl Options {
    /// The linter that they ask for.
    pub fn linter(&self) -> Result<Linter, String> {
        let mut linter = Linter::new();
        if let Some(most) = self.most_findings {
            linter = linter.most_findings(most);
        }
        if let Some(survey) = &self.survey {
            let survey = Survey::read(survey.as_bytes());
            linter = linter.survey(survey.map_err(|error| format!("the survey: {error}"))?);
        }
        for allowed in &self.allow {
            let (name, method) = allowed
                .rsplit_once(':')
                .filter(|(name, _)| !name.is_empty())
                .ok_or("`allow` has TYPE:METHOD, as in announcement:post")?;
            let method: Method = method
                .parse()
                .map_err(|error| format!("`allow`: {error}"))?;
            linter = linter.allow(name, method);
        }
        for (name, severity) in &self.rules {
            let rule = Rule::find(name).ok_or_else(|| format!("`rules`: no rule `{name}`"))?;
            linter = match severity.as_str() {
                "off" => linter.ignore(rule),
                severity => {
                    let severity: Severity = severity
                        .parse()
                        .map_err(|_| "a severity is error, warning, note or off".to_owned())?;
                    linter.severity(rule, severity)
                }
            };
        }
        Ok(linter)
    }
}
