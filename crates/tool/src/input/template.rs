//! Texts with variables as `{{name}}`, of Postman and of files of requests.

use std::{collections::HashMap, ops::Range};

use kaizala_actions::lint::Unresolved;

use super::split::MOST;

/// How often values of variables are looked at for variables.
const NESTED: usize = 5;

/// How much is always filled in, and how many times the length of a file beyond it. A few variables
/// can name each other many times, and many requests can have one long value.
const LEAST: usize = 256 << 10;
const TIMES: usize = 8;

/// Variables and their values: none where a value is not to be filled in.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Variables(HashMap<String, Option<String>>);

impl Variables {
    /// Adds a variable; a later one of the same name takes its place.
    pub fn set(&mut self, name: &str, value: Option<String>) {
        self.0.insert(name.to_owned(), value);
    }
}

/// Fills in the variables of a file.
pub(super) struct Filler<'v> {
    /// Those that take the place of all others of the same name.
    first: Option<&'v Variables>,
    /// Those of what is around, the innermost last.
    around: Vec<Variables>,
    /// How many bytes may still be filled in.
    left: usize,
}

impl<'v> Filler<'v> {
    /// For a text of this length, with what it is filled in from.
    pub fn new(first: Option<&'v Variables>, length: usize) -> Self {
        Self {
            first,
            around: Vec::new(),
            left: length.saturating_mul(TIMES).clamp(LEAST, MOST),
        }
    }

    /// Adds variables, which take the place of those of the same name.
    pub fn enter(&mut self, variables: Variables) {
        self.around.push(variables);
    }

    /// Takes away what was added last.
    pub fn leave(&mut self) {
        self.around.pop();
    }

    fn find(&self, name: &str) -> Option<&str> {
        let mut all = self.first.into_iter().chain(self.around.iter().rev());
        all.find_map(|variables| variables.0.get(name))?.as_deref()
    }

    /// Whether this many bytes may be filled in, which then are.
    pub fn takes(&mut self, bytes: usize) -> bool {
        let left = self.left.checked_sub(bytes);
        self.left = left.unwrap_or(self.left);
        left.is_some()
    }

    /// A text with the values that are known; the others stay as they are.
    pub fn filled(&mut self, text: &str) -> String {
        let mut text = text.to_owned();
        for _ in 0..NESTED {
            let (mut filled, mut at, mut left) = (String::new(), 0, self.left);
            for place in places(&text) {
                let name = text[place.start + 2..place.end - 2].trim();
                if let Some(value) = self.find(name)
                    && let Some(rest) = left.checked_sub(value.len())
                {
                    filled += &text[at..place.start];
                    filled += value;
                    (at, left) = (place.end, rest);
                }
            }
            self.left = left;
            if at == 0 {
                break;
            }
            filled += &text[at..];
            text = filled;
        }
        text
    }

    /// The same for a URL or a header field, with `$NAME` for what is not known.
    pub fn address(&mut self, text: &str) -> String {
        let text = self.filled(text);
        let (mut address, mut at) = (String::new(), 0);
        for place in places(&text) {
            address += &text[at..place.start];
            address.push('$');
            let name = text[place.start + 2..place.end - 2].chars();
            address.extend(name.filter(|character| character.is_alphanumeric()));
            at = place.end;
        }
        address + &text[at..]
    }
}

/// The gaps that are left in a text.
pub(super) fn gaps(text: &str) -> Vec<Unresolved> {
    Unresolved::templates(text.as_bytes()).collect()
}

/// Where variables are.
fn places(text: &str) -> impl Iterator<Item = Range<usize>> {
    Unresolved::templates(text.as_bytes()).map(|gap| gap.span)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables(list: &[(&str, &str)]) -> Variables {
        let mut variables = Variables::default();
        for (name, value) in list {
            variables.set(name, Some((*value).to_owned()));
        }
        variables
    }

    #[test]
    fn known_variables_are_filled_in_and_others_stay() {
        let mut filler = Filler::new(None, 0);
        filler.enter(variables(&[
            ("a", "1"),
            ("b", "{{a}}2"),
            ("c", "{{c}}{{c}}"),
        ]));
        for (text, filled, address) in [
            ("{{a}}/{{ b }}", "1/12", "1/12"),
            ("{{x-y}}{{a}}", "{{x-y}}1", "$xy1"),
            ("{{$guid}}", "{{$guid}}", "$guid"),
            (
                "{\"a\":{\"b\":{}}}",
                "{\"a\":{\"b\":{}}}",
                "{\"a\":{\"b\":{}}}",
            ),
        ] {
            assert_eq!(
                (filler.filled(text), filler.address(text)),
                (filled.to_owned(), address.to_owned())
            );
        }
        assert!(filler.filled("{{c}}").len() <= 5 << NESTED);
    }

    #[test]
    fn the_nearest_variable_counts_unless_one_comes_before_all() {
        let mut first = variables(&[("a", "first")]);
        first.set("d", None);
        let mut filler = Filler::new(Some(&first), 0);
        filler.enter(variables(&[("a", "1"), ("b", "1"), ("c", "1"), ("d", "1")]));
        filler.enter(variables(&[("b", "2")]));
        assert_eq!(filler.filled("{{a}} {{b}} {{c}} {{d}}"), "first 2 1 {{d}}");
        filler.leave();
        assert_eq!(filler.filled("{{b}}"), "1");
    }

    #[test]
    fn no_more_is_filled_in_than_a_multiple_of_what_is_there() {
        let mut filler = Filler::new(None, 100_000);
        filler.enter(variables(&[("a", &"x".repeat(1_000))]));
        let text = filler.filled(&"{{a}}".repeat(10_000));
        assert_eq!(text.matches('x').count(), 100_000 * TIMES);
        assert_eq!(filler.filled("{{a}}"), "{{a}}");
    }
}
