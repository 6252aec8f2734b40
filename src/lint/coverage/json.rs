//! Coverage as JSON: what `lint --format json` prints, and `merge` reads.

use std::{error::Error, fmt};

use indexmap::IndexMap;
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, IgnoredAny},
};

use super::{aspect::Aspect, seen::Coverage};

/// The version of the contract, which decides what there is to see.
const CONTRACT: &str = env!("CARGO_PKG_VERSION");

/// By what each thing belongs to, and by its name.
type Counts = IndexMap<String, IndexMap<String, usize>>;

/// Every key is always present.
#[derive(Deserialize, Serialize)]
struct Form<T> {
    contract: String,
    totals: T,
    seen: IndexMap<String, Counts>,
    refused: Counts,
    undeclared: IndexMap<String, Lacking>,
}

#[derive(Serialize)]
struct Total {
    declared: usize,
    seen: usize,
}

#[derive(Default, Deserialize, Serialize)]
struct Lacking {
    seen: Counts,
    others: usize,
}

/// Why JSON is not a [`Coverage`] of this version of the contract.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CoverageError {
    /// It is of another version of the contract.
    Version {
        /// That version.
        found: String,
    },
    /// It has what this version of the contract does not have.
    Unknown {
        /// Where it is.
        place: String,
    },
}

impl fmt::Display for CoverageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version { found } => write!(
                f,
                "it covers version {found:?} of the contract, and this is {CONTRACT}"
            ),
            Self::Unknown { place } => write!(f, "the contract has no {place}"),
        }
    }
}

impl Error for CoverageError {}

impl Serialize for Coverage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut form = Form {
            contract: CONTRACT.to_owned(),
            totals: IndexMap::new(),
            seen: IndexMap::new(),
            refused: Counts::new(),
            undeclared: IndexMap::new(),
        };
        for aspect in Aspect::ALL {
            let (declared, seen) = self.total(aspect);
            form.totals.insert(aspect.name(), Total { declared, seen });
            let counts = form.seen.entry(aspect.name().to_owned()).or_default();
            for item in self.iter(aspect) {
                set(counts, item.of, item.name, item.count);
                if item.refused > 0 {
                    set(&mut form.refused, item.of, item.name, item.refused);
                }
            }
            if let Some(name) = aspect.undeclared_name() {
                let undeclared = self.undeclared(aspect);
                let lacking = form.undeclared.entry(name.to_owned()).or_default();
                lacking.others = undeclared.others();
                for (of, name, count) in undeclared.iter() {
                    set(&mut lacking.seen, of, name, count);
                }
            }
        }
        form.serialize(serializer)
    }
}

fn set(counts: &mut Counts, of: &str, name: &str, count: usize) {
    let counts = counts.entry(of.to_owned()).or_default();
    counts.insert(name.to_owned(), count);
}

/// Refuses what another version of the contract was covered by.
impl<'de> Deserialize<'de> for Coverage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let form = Form::<IgnoredAny>::deserialize(deserializer)?;
        read(&form).map_err(de::Error::custom)
    }
}

fn read(form: &Form<IgnoredAny>) -> Result<Coverage, CoverageError> {
    if form.contract != CONTRACT {
        return Err(CoverageError::Version {
            found: form.contract.clone(),
        });
    }
    let unknown = |place: &[&str]| CoverageError::Unknown {
        place: place.join(" "),
    };
    let mut coverage = Coverage::default();
    for (kind, counts) in &form.seen {
        let mut all = Aspect::ALL.into_iter();
        let aspect = all.find(|aspect| aspect.name() == kind);
        let aspect = aspect.ok_or_else(|| unknown(&[kind]))?;
        for (of, name, count) in flat(counts) {
            if !coverage.add_named(aspect, of, name, count) {
                return Err(unknown(&[kind, of, name]));
            }
        }
    }
    for (of, name, count) in flat(&form.refused) {
        if !coverage.add_refused(of, name, count) {
            return Err(unknown(&["matrix", of, name]));
        }
    }
    for (kind, lacking) in &form.undeclared {
        let mut all = Aspect::ALL.into_iter();
        let aspect = all.find(|aspect| aspect.undeclared_name() == Some(kind));
        let undeclared = coverage.lacks(aspect.ok_or_else(|| unknown(&[kind]))?);
        for (of, name, count) in flat(&lacking.seen) {
            undeclared.add(of, name, count);
        }
        undeclared.add_others(lacking.others);
    }
    Ok(coverage)
}

fn flat(counts: &Counts) -> impl Iterator<Item = (&str, &str, usize)> {
    counts.iter().flat_map(|(of, names)| {
        let names = names.iter();
        names.map(move |(name, count)| (of.as_str(), name.as_str(), *count))
    })
}
