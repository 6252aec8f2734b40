//! The kinds of thing that the contract declares.

/// A kind of thing that the contract declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Aspect {
    /// Cells of the support matrix, by method; those that say No are exercised by a refusal.
    Matrix,
    /// Operations, by method.
    Operations,
    /// Statuses, by operation.
    Statuses,
    /// Parameters of the path and the query, by operation.
    Parameters,
    /// Members of bodies, by schema, as JSON Pointers with `*` for an index.
    Members,
    /// Values of enums, by schema and member, or by operation and parameter.
    Values,
    /// Alternatives of `oneOf`: schemas by union, and JSON types by schema and member.
    Alternatives,
    /// Rules, by their severity in requests.
    Rules,
}

impl Aspect {
    /// All of them, in the order of reports.
    pub const ALL: [Self; 8] = [
        Self::Matrix,
        Self::Operations,
        Self::Statuses,
        Self::Parameters,
        Self::Members,
        Self::Values,
        Self::Alternatives,
        Self::Rules,
    ];

    /// As it appears in reports: `members`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Matrix => "matrix",
            Self::Operations => "operations",
            Self::Statuses => "statuses",
            Self::Parameters => "parameters",
            Self::Members => "members",
            Self::Values => "values",
            Self::Alternatives => "alternatives",
            Self::Rules => "rules",
        }
    }

    /// What an input can have of it that the contract lacks, such as `types` for the matrix; `None`
    /// if there is nothing, or only values.
    #[must_use]
    pub fn undeclared_name(self) -> Option<&'static str> {
        match self {
            Self::Matrix => Some("types"),
            Self::Operations => Some("paths"),
            Self::Statuses | Self::Parameters | Self::Members => Some(self.name()),
            Self::Values | Self::Alternatives | Self::Rules => None,
        }
    }
}
