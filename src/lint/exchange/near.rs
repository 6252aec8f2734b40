//! Paths that nearly match one of the contract's: a word is misspelt, or runs into the id next to
//! it (D-37).

use crate::contract::Contract;

/// How many words of a path may be misspelt.
const MOST: usize = 2;

/// The path of the contract that these segments probably mean; `None` if they are too different.
/// The segments before the contract's own path must be its base, or, if the host `is_ours`, may be
/// anything.
pub(super) fn near(contract: &Contract, segments: &[&str], is_ours: bool) -> Option<String> {
    let base = contract.base.trim_start_matches('/');
    let found = contract.operations.iter().filter_map(|operation| {
        let own: Vec<_> = operation.segments().collect();
        let with_base: Vec<_> = std::iter::once(base).chain(own.iter().copied()).collect();
        // A gateway may put anything in front of the base.
        let found = (0..segments.len())
            .filter_map(|start| align(&with_base, &segments[start..], MOST))
            .chain(align(&own, segments, MOST))
            .chain(
                (0..segments.len().min(if is_ours { usize::MAX } else { 0 }))
                    .filter_map(|start| align(&own, &segments[start..], MOST)),
            );
        found.min_by_key(|(errors, _)| *errors)
    });
    let (_, mut words) = found.min_by_key(|(errors, _)| *errors)?;
    words.reverse();
    if words.first().is_none_or(|first| first != base) {
        words.insert(0, base.to_owned());
    }
    Some(format!("/{}", words.join("/")))
}

/// The number of misspelt words, and the segments that are meant, the last first; `None` if too
/// many differ.
fn align(wanted: &[&str], segments: &[&str], most: usize) -> Option<(usize, Vec<String>)> {
    let (Some((name, wanted_rest)), Some((segment, rest))) =
        (wanted.split_first(), segments.split_first())
    else {
        return (wanted.is_empty() && segments.is_empty()).then(|| (0, Vec::new()));
    };
    let go_on = |errors: usize, wanted: &[&str], words: &[&str]| {
        let (more, mut meant) = align(wanted, rest, most.checked_sub(errors)?)?;
        meant.extend(words.iter().rev().map(|word| (*word).to_owned()));
        Some((errors + more, meant))
    };
    if is_parameter(name) {
        // `<id>actions`
        let run_in = wanted_rest.split_first().and_then(|(next, after)| {
            let value = strip_end(segment, next).filter(|value| may_be_id(value))?;
            go_on(1, after, &[value, next])
        });
        return go_on(0, wanted_rest, &[segment]).or(run_in);
    }
    if name.eq_ignore_ascii_case(segment) {
        return go_on(0, wanted_rest, &[name]);
    }
    if is_misspelt(segment, name)
        && let Some(found) = go_on(1, wanted_rest, &[name])
    {
        return Some(found);
    }
    // `groups<id>`, `v1groups`
    let (next, after) = wanted_rest.split_first()?;
    let value = segment.get(name.len()..)?;
    if !segment[..name.len()].eq_ignore_ascii_case(name) {
        return None;
    }
    if is_parameter(next) && may_be_id(value) {
        go_on(1, after, &[name, value])
    } else if next.eq_ignore_ascii_case(value) {
        go_on(1, after, &[name, next])
    } else {
        None
    }
}

/// Whether a segment of the contract's path is a parameter.
pub(super) fn is_parameter(segment: &str) -> bool {
    segment.starts_with('{')
}

fn strip_end<'s>(segment: &'s str, word: &str) -> Option<&'s str> {
    let at = segment.len().checked_sub(word.len())?;
    let end = segment.get(at..)?;
    end.eq_ignore_ascii_case(word).then(|| &segment[..at])
}

/// Whether a part of a segment looks like an id, and not like the rest of a word.
fn may_be_id(value: &str) -> bool {
    !value.is_empty() && value.bytes().any(|byte| !byte.is_ascii_alphabetic())
}

/// Whether two words differ by one letter, or by two in a long word.
fn is_misspelt(segment: &str, name: &str) -> bool {
    // Compare the lengths first: a segment can be of any length.
    if name.len() < 4 || segment.len().abs_diff(name.len()) > 2 {
        return false;
    }
    strsim::osa_distance(&segment.to_ascii_lowercase(), name) * 4 <= name.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_misspelt_or_run_in_is_known() {
        let table = [
            ("v1/groups7d1c@2/actions", Some("/v1/groups/7d1c@2/actions")),
            ("v1/groups/g/action", Some("/v1/groups/g/actions")),
            ("v1/group/g/actions", Some("/v1/groups/g/actions")),
            ("v1/groups/7d1c@2actions", Some("/v1/groups/7d1c@2/actions")),
            ("v1groups/g/actions", Some("/v1/groups/g/actions")),
            ("V1/Groups/g/Acitons", Some("/v1/groups/g/actions")),
            (
                "gateway/v1/groups/g/action/a",
                Some("/v1/groups/g/actions/a"),
            ),
            ("groups/g/action", Some("/v1/groups/g/actions")),
            (
                "v1/groups/g/actions/a/response",
                Some("/v1/groups/g/actions/a/responses"),
            ),
            ("v1/groups/g/members", None),
            ("v1/groups/g/messages", None),
            ("v1/groups/g", None),
            ("v1/subgroups/g/actions", None),
            ("v1/groupsettings/actions", None),
            ("v1/users/u/actions", None),
            ("v2/group/g/action", None),
            ("", None),
        ];
        for (path, expected) in table {
            let segments: Vec<_> = path.split('/').collect();
            let found = near(Contract::get(), &segments, false);
            assert_eq!(found.as_deref(), expected, "{path}");
        }
    }
}
