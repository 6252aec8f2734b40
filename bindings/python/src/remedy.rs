//! Words remedies for findings in terms of Python: the arguments of `lint`.

use std::borrow::Cow;

use kaizala_actions::{
    lint::{Finding, JsonFinding, Origin, Remedy},
    mask,
};

/// A finding as `--format json` has it, except that its help names arguments in the place of options.
/// Secrets and phone numbers are masked.
pub(crate) fn row<'f>(finding: &'f Finding, origin: &Origin) -> JsonFinding<'f> {
    if finding.remedy.is_none() {
        return JsonFinding::new(finding, origin);
    }
    let finding: Cow<'_, Finding> = Finding::with_remedy(mask::shown(finding), words);
    JsonFinding::unmasked(&finding, origin).into_owned()
}

fn words(remedy: Remedy) -> Option<String> {
    Some(match remedy {
        Remedy::Allow {
            action_type,
            method,
        } => {
            let allowed = format!("{action_type}:{method}").to_lowercase();
            format!("allow=[\"{allowed}\"] lets it pass")
        }
        Remedy::SetKind => "say which it is with kind=\"OPERATION.DIRECTION\"".to_owned(),
        Remedy::Ignore(rule) => {
            let name = rule.name;
            format!("rules={{\"{name}\": \"off\"}} if the recorder left it out")
        }
        Remedy::ReadSchema(kind) => {
            format!("`kaizala_actions.schema(\"{kind}\")` returns what it has to be")
        }
        Remedy::ListMore => "most_findings=N lists more".to_owned(),
        _ => return None,
    })
}
