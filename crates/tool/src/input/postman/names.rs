//! The names of the folders, of the request in them, and of the response that is saved with it.

use kaizala_actions::lint::truncate;

/// The most characters that are kept of a name.
const NAME: usize = 80;

/// The most characters of a path. Many requests can be in the same folders.
const PATH: usize = 240;

const BETWEEN: &str = " / ";
const CUT: &str = "…";

/// Where a reader of a collection is.
#[derive(Default)]
pub(super) struct Names(Vec<String>);

impl Names {
    /// Goes to what has this name; what has none counts, too.
    pub fn enter(&mut self, name: Option<&str>) {
        let name = name.unwrap_or_default().trim();
        self.0.push(truncate(name, NAME));
    }

    /// Goes back to what is around.
    pub fn leave(&mut self) {
        self.0.pop();
    }

    /// `Folder / Sub / Request`. Of a long path, the last names are kept.
    pub fn path(&self) -> Option<String> {
        let mut left = PATH;
        let names = self.0.iter().filter(|name| !name.is_empty());
        let mut kept: Vec<&str> = Vec::new();
        for name in names.rev() {
            let Some(rest) = left.checked_sub(name.chars().count() + BETWEEN.len()) else {
                kept.push(CUT);
                break;
            };
            left = rest;
            kept.push(name);
        }
        kept.reverse();
        (!kept.is_empty()).then(|| kept.join(BETWEEN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(of: &[&str]) -> Option<String> {
        let mut names = Names::default();
        for name in of {
            names.enter(Some(name));
        }
        names.path()
    }

    #[test]
    fn a_path_has_all_names_unless_it_is_long() {
        let long = "x".repeat(NAME + 1);
        let cut = format!("{}…", "x".repeat(NAME));
        for (names, expected) in [
            (&[][..], None),
            (&["", " "], None),
            (&["Jobs", "", " Send "], Some("Jobs / Send".to_owned())),
            (&[&long], Some(cut.clone())),
            (
                &["a", &long, &long, &long, "b"],
                Some(format!("… / {cut} / {cut} / b")),
            ),
        ] {
            assert_eq!(path(names), expected, "{names:?}");
        }
    }
}
