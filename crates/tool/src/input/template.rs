//! Texts with variables as `{{name}}`, of Postman and of files of requests.

use std::{collections::HashMap, ops::Range};

use kaizala_actions::lint::Unresolved;

/// How often values of variables are looked at for variables.
const NESTED: usize = 5;

/// The longest text that is filled in: a few variables can name each other many times.
const LONGEST: usize = 1 << 20;

/// Variables and their values.
#[derive(Clone, Debug, Default)]
pub(super) struct Variables(HashMap<String, String>);

impl Variables {
    /// Adds a variable; a later one of the same name takes its place.
    pub fn set(&mut self, name: &str, value: &str) {
        self.0.insert(name.to_owned(), value.to_owned());
    }

    /// A text with the values that are known; the others stay as they are.
    pub fn filled(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for _ in 0..NESTED {
            let mut filled = String::with_capacity(text.len());
            let mut at = 0;
            for place in places(&text) {
                let name = text[place.start + 2..place.end - 2].trim();
                if let Some(value) = self.0.get(name) {
                    filled += &text[at..place.start];
                    filled += value;
                    at = place.end;
                }
            }
            if at == 0 || filled.len() > LONGEST {
                break;
            }
            filled += &text[at..];
            text = filled;
        }
        text
    }

    /// The same for a URL or a header field, with `$NAME` for what is not known.
    pub fn address(&self, text: &str) -> String {
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

    #[test]
    fn known_variables_are_filled_in_and_others_stay() {
        let mut variables = Variables::default();
        for (name, value) in [("a", "1"), ("b", "{{a}}2"), ("c", "{{c}}{{c}}")] {
            variables.set(name, value);
        }
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
                (variables.filled(text), variables.address(text)),
                (filled.to_owned(), address.to_owned())
            );
        }
        assert!(variables.filled("{{c}}").len() <= 5 << NESTED);
    }
}
