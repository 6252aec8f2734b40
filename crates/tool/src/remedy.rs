//! Words remedies for findings in terms of the command line.

use std::borrow::Cow;

use kaizala_actions::lint::{Finding, Remedy};

/// A finding whose help includes the options of the tool.
pub(crate) fn worded(mut finding: Cow<'_, Finding>) -> Cow<'_, Finding> {
    let words = match finding.remedy {
        Some(Remedy::Allow {
            action_type,
            method,
        }) => format!("--allow {action_type}:{method} lets it pass").to_lowercase(),
        Some(Remedy::SetKind) => "say which it is with --as OPERATION.DIRECTION".to_owned(),
        Some(Remedy::Ignore(rule)) => {
            format!("--ignore {} if the recorder left it out", rule.name)
        }
        Some(Remedy::ReadSchema(kind)) => {
            format!("`kaizala-actions schema {kind}` prints what it has to be")
        }
        Some(Remedy::ListMore) => "--most-findings N lists more".to_owned(),
        _ => return finding,
    };
    let help = finding.help.as_deref();
    // The schema says everything that the help says.
    let help = help.filter(|_| !matches!(finding.remedy, Some(Remedy::ReadSchema(_))));
    finding.to_mut().help = Some(match help {
        Some(help) => format!("{help}; {words}"),
        None => words,
    });
    finding
}
