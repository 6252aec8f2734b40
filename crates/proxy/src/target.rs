//! Targets that are written so that another server may read them as another path.

use percent_encoding::percent_decode_str;

/// How often a path is decoded: some servers decode twice.
const MOST_DECODED: usize = 3;

/// The target as a server may read it that decodes the path, takes away dot segments and parameters
/// of segments, and knows `\` as a slash; `None` if that is how it is written.
pub(super) fn plain(target: &str) -> Option<String> {
    let (path, query) = match target.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (target, None),
    };
    let mut read = path.to_owned();
    for _ in 0..MOST_DECODED {
        let decoded = percent_decode_str(&read).decode_utf8_lossy().into_owned();
        if decoded == read {
            break;
        }
        read = decoded;
    }
    let mut segments: Vec<&str> = Vec::new();
    for segment in read.split(['/', '\\']).skip(1) {
        match segment.split(';').next().unwrap_or_default() {
            "." => {}
            ".." => {
                segments.pop();
            }
            name => segments.push(name),
        }
    }
    let mut plain = String::new();
    for segment in segments {
        plain.extend(["/", segment]);
    }
    if plain == path {
        return None;
    }
    if let Some(query) = query {
        plain.extend(["?", query]);
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_read_as_the_most_lenient_server_does() {
        let actions = "/v1/groups/g/actions";
        for text in [
            "/v1/groups/g/%61ctions",
            "/v1/groups/g/%2561ctions",
            "/%76%31/groups/g/actions",
            "/v1/../v1/groups/g/actions",
            "/v1/./groups/g/./actions",
            "/v1/groups/x/%2e%2E/g/actions",
            "/v1/groups/g;a=b/actions;c",
            "/v1%2Fgroups/g/actions",
            "/v1\\groups\\g\\actions",
            "/../v1/groups/g/actions",
        ] {
            assert_eq!(plain(text).as_deref(), Some(actions), "{text}");
            let queried = format!("{text}?a=%61/../b");
            assert_eq!(plain(&queried), Some(format!("{actions}?a=%61/../b")));
        }
        for text in [
            actions,
            "/v1/groups/g/actions?a=/../%61",
            "//v1/groups/",
            "/",
        ] {
            assert_eq!(plain(text), None, "{text}");
        }
    }
}
