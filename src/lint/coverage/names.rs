//! Names of an input that a report may show: what looks like a value is replaced.

/// The replacement of what may be a value.
const VALUE: &str = "{}";

/// The longest name of a member, a parameter or a type.
const LONGEST: usize = 64;

/// The most digits of a name: more may be an id or a phone number.
const MOST_DIGITS: usize = 4;

/// The most segments of a path, and the longest name of one.
const MOST_SEGMENTS: usize = 8;
const LONGEST_SEGMENT: usize = 32;

/// The most capitals of a segment: more may be a token.
const MOST_CAPITALS: usize = 3;

/// The name of a member, a parameter or a type. An id, as in an object whose keys are ids, is a
/// value.
pub(super) fn name(name: &str) -> &str {
    let digits = name.chars().filter(|letter| letter.is_numeric()).count();
    if name.chars().nth(LONGEST).is_some() || digits > MOST_DIGITS {
        VALUE
    } else {
        name
    }
}

/// The path of a URL without its values. A segment is kept if it looks like the name of a resource,
/// unless it follows a plural, as in `/users/maria`.
pub(super) fn path(url: &str) -> String {
    let mut template = String::new();
    let mut is_in_collection = false;
    let mut segments = path_of(url).split(['/', '\\']).filter(|it| !it.is_empty());
    for segment in segments.by_ref().take(MOST_SEGMENTS) {
        let is_name = !is_in_collection && is_resource(segment);
        is_in_collection =
            is_name && segment.len() > 2 && segment.to_ascii_lowercase().ends_with('s');
        template.push('/');
        template += if is_name { segment } else { VALUE };
    }
    if segments.next().is_some() {
        template += "/…";
    }
    if template.is_empty() {
        template.push('/');
    }
    template
}

/// What follows the host, up to the query.
fn path_of(url: &str) -> &str {
    let url = url.trim_start();
    let url = &url[..url.find(['?', '#']).unwrap_or(url.len())];
    if url.starts_with('/') && !url.starts_with("//") {
        return url;
    }
    let rest = url.find("://").map_or(url, |at| &url[at + 3..]);
    let rest = rest.trim_start_matches('/');
    rest.find(['/', '\\']).map_or("", |at| &rest[at..])
}

fn is_resource(segment: &str) -> bool {
    let is_part = |letter: char| letter.is_ascii_alphabetic() || "-_.".contains(letter);
    let capitals = segment.bytes().filter(u8::is_ascii_uppercase).count();
    is_version(segment)
        || segment.len() <= LONGEST_SEGMENT
            && segment.starts_with(|first: char| first.is_ascii_alphabetic())
            && segment.chars().all(is_part)
            && capitals <= MOST_CAPITALS
}

/// As in `v1` or `v2.0`.
fn is_version(segment: &str) -> bool {
    let number = segment.strip_prefix(['v', 'V']).unwrap_or_default();
    let is_part =
        |part: &str| matches!(part.len(), 1..=2) && part.bytes().all(|it| it.is_ascii_digit());
    number.split('.').count() <= 3 && number.split('.').all(is_part)
}

/// A pointer with one more name.
pub(super) fn member(pointer: &str, name: &str) -> String {
    let name = name.replace('~', "~0").replace('/', "~1");
    format!("{pointer}/{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_keep_names_and_no_values() {
        let table = [
            (
                "/v1/groups/5b0f7c1e@2/messages?a=b",
                "/v1/groups/{}/messages",
            ),
            ("https://api.kaiza.la/v1/users/maria#x", "/v1/users/{}"),
            ("//host.example/api/me", "/api/me"),
            ("host.example/v2.0/ping", "/v2.0/ping"),
            ("{{base}}/v1/media", "/v1/media"),
            ("https://host", "/"),
            ("", "/"),
            ("/a/+911234500001/b", "/a/{}/b"),
            ("/reset/QWxhZGRpbjpvcGVu", "/reset/{}"),
            ("/%C3%A9/दर", "/{}/{}"),
            ("/a/b/c/d/e/f/g/h/i", "/a/b/c/d/e/f/g/h/…"),
            ("/v1.123/v1", "/{}/v1"),
        ];
        for (url, expected) in table {
            assert_eq!(path(url), expected, "{url}");
        }
    }

    #[test]
    fn names_are_short_and_no_ids() {
        assert_eq!(name("OptionKey12"), "OptionKey12");
        assert_eq!(name("रंग"), "रंग");
        for id in ["+911234500001", "5b0f7c1e-3d52", &"a".repeat(65), "१२३४५"] {
            assert_eq!(name(id), VALUE);
        }
        assert_eq!(member("/a", "b/c~d"), "/a/b~1c~0d");
    }
}
