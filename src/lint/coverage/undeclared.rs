//! What an input has that the contract lacks.

use std::collections::BTreeMap;

/// How many names of each kind are kept: they come from the input, which may have any number.
const MOST: usize = 100;

/// Names that the contract lacks, with what they belong to and how often each occurs. Of more than
/// 100 the first by order are kept and the others are only counted, so that neither the order of the
/// input nor its division into parts makes a difference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undeclared {
    names: BTreeMap<(String, String), usize>,
    others: usize,
}

impl Undeclared {
    pub(super) const NOTHING: Self = Self {
        names: BTreeMap::new(),
        others: 0,
    };

    /// What each belongs to, its name, and how often it occurs.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, usize)> {
        let names = self.names.iter();
        names.map(|((of, name), count)| (of.as_str(), name.as_str(), *count))
    }

    /// How often names occur that are not kept.
    #[must_use]
    pub fn others(&self) -> usize {
        self.others
    }

    /// Whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && self.others == 0
    }

    pub(super) fn add(&mut self, of: &str, name: &str, count: usize) {
        *self
            .names
            .entry((of.to_owned(), name.to_owned()))
            .or_default() += count;
        // A name that is dropped, and comes again, is dropped again: those that are kept precede it.
        if self.names.len() > MOST
            && let Some((_, count)) = self.names.pop_last()
        {
            self.others += count;
        }
    }

    pub(super) fn add_others(&mut self, count: usize) {
        self.others += count;
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (of, name, count) in other.iter() {
            self.add(of, name, count);
        }
        self.others += other.others;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_depends_neither_on_the_order_nor_on_the_parts() {
        let names: Vec<_> = (0..300)
            .map(|number| format!("{:03}", number * 7919 % 250))
            .collect();
        let of = |names: &mut dyn Iterator<Item = &String>| {
            let mut undeclared = Undeclared::default();
            names.for_each(|name| undeclared.add("x", name, 1));
            undeclared
        };
        let whole = of(&mut names.iter());
        assert_eq!(whole.iter().count(), MOST);
        assert_eq!(
            whole.iter().map(|(_, _, count)| count).sum::<usize>() + whole.others(),
            300
        );
        assert_eq!(of(&mut names.iter().rev()), whole);
        for cut in [1, 50, 150, 299] {
            let mut merged = of(&mut names[..cut].iter());
            merged.merge(&of(&mut names[cut..].iter()));
            assert_eq!(merged, whole);
        }
    }
}
