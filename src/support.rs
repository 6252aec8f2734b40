//! The support matrix: which action type may be listed (GET) and which may be posted (POST).
//!
//! The table is generated from `x-kaizala-support` of the OpenAPI document; this module only asks
//! it. It is enforced twice. The build refuses a document whose unions and enums of ids have other
//! types than the matrix (`build/checks.rs`), so that types of Rust, JSON Schemas and the linter's
//! unions cannot hold what it forbids. At run time [`check`] decides: the linter asks it for
//! types in plain strings and for those that a union or an enum does not list, in bodies and in
//! queries (`lint::settings`). What it refuses is the finding `unsupported-method`, unless the user
//! has allowed the type. The sandbox answers from the linter's findings, and the client lints a
//! request before it opens a socket.
//!
//! ```
//! use kaizala_actions::support::{self, ActionType, Method};
//!
//! let audio: ActionType = "audio".parse()?;
//! assert!(support::check(audio, Method::Post).is_ok());
//! let refused = support::check(audio, Method::Get).unwrap_err();
//! assert_eq!(refused.to_string(), "GET of Audio (Audio Attachment) is not supported");
//! # Ok::<(), support::UnknownActionType>(())
//! ```

use std::{borrow::Cow, error::Error, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

include!(concat!(env!("OUT_DIR"), "/support.rs"));

/// An HTTP method of the API, and the corresponding column of the support matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// Lists actions, or fetches the details of one.
    Get,
    /// Posts an action, or a response to one.
    Post,
}

/// A row of the support matrix, as the API's documentation prints it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Row {
    /// The type of the row.
    #[serde(skip)]
    pub action_type: ActionType,
    /// Its name for people, such as `Let's Meet`.
    pub label: &'static str,
    /// The value of the query parameter `actionType`; `None` if the table prints `n/a`.
    pub id: Option<&'static str>,
    /// The value of `actionType` in a body, such as `LetsMeet`.
    pub body_value: &'static str,
    /// Whether actions of this type can be listed.
    pub get: bool,
    /// Whether actions of this type can be posted.
    pub post: bool,
}

/// An id in the spelling of a machine translation of the documentation (D-03).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Translation {
    /// The translated id, such as `travail`.
    pub name: &'static str,
    /// `fr` or `de`.
    pub language: &'static str,
    /// The year or years of the page.
    pub seen: &'static str,
    /// The types that it may mean: several if the translation gave two ids the same name.
    pub stands_for: &'static [ActionType],
}

/// A claim of another source that differs from the matrix or adds to it (D-01, D-04, D-07).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Claim {
    /// The type as a body would spell it; not always a type of the matrix.
    pub body_value: &'static str,
    /// The method that the source claims to support.
    pub method: Method,
    /// The source, by the tags of `openapi/README.md`.
    pub sources: &'static [&'static str],
    /// The claim in one clause.
    pub note: &'static str,
}

/// The whole matrix, in the order of the documentation.
#[must_use]
pub fn rows() -> &'static [Row] {
    ROWS
}

/// The known machine-translated ids from the French and German documentation.
#[must_use]
pub fn translations() -> &'static [Translation] {
    TRANSLATIONS
}

/// What other sources claim about a type, by the value it has in bodies, in any case.
pub fn claims(body_value: &str) -> impl Iterator<Item = &'static Claim> {
    CLAIMS
        .iter()
        .filter(move |claim| claim.body_value.eq_ignore_ascii_case(body_value))
}

/// Whether the matrix supports a method for a type.
///
/// # Errors
/// [`Unsupported`] if the matrix says no.
pub fn check(action_type: ActionType, method: Method) -> Result<(), Unsupported> {
    if action_type.supports(method) {
        Ok(())
    } else {
        Err(Unsupported {
            action_type,
            method,
        })
    }
}

impl ActionType {
    /// Its row of the matrix.
    #[must_use]
    pub fn row(self) -> &'static Row {
        // The enum and the table are generated from one list, in one order.
        &ROWS[self as usize]
    }

    /// Whether the matrix supports a method for it; [`check`] returns an error instead.
    #[must_use]
    pub fn supports(self, method: Method) -> bool {
        match method {
            Method::Get => self.row().get,
            Method::Post => self.row().post,
        }
    }

    /// The type of this name in bodies or in the query parameter, in any case.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        let is = |other: &str| other.eq_ignore_ascii_case(name);
        ROWS.iter()
            .find(|row| is(row.body_value) || row.id.is_some_and(is))
            .map(|row| row.action_type)
    }
}

impl fmt::Display for ActionType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.row().body_value)
    }
}

impl FromStr for ActionType {
    type Err = UnknownActionType;

    /// Parses an id, a body value or a label, in any case.
    fn from_str(name: &str) -> Result<Self, UnknownActionType> {
        let by_label = || {
            ROWS.iter()
                .find(|row| row.label.eq_ignore_ascii_case(name))
                .map(|row| row.action_type)
        };
        Self::by_name(name)
            .or_else(by_label)
            .ok_or_else(|| UnknownActionType {
                name: name.to_owned(),
            })
    }
}

impl TryFrom<&str> for ActionType {
    type Error = UnknownActionType;

    fn try_from(name: &str) -> Result<Self, UnknownActionType> {
        name.parse()
    }
}

/// As a body spells it.
impl Serialize for ActionType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// By any name that [`FromStr`] takes.
impl<'de> Deserialize<'de> for ActionType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = Cow::<str>::deserialize(deserializer)?;
        name.parse().map_err(de::Error::custom)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Get => "GET",
            Self::Post => "POST",
        })
    }
}

impl FromStr for Method {
    type Err = UnknownMethod;

    fn from_str(name: &str) -> Result<Self, UnknownMethod> {
        match name.to_ascii_lowercase().as_str() {
            "get" => Ok(Self::Get),
            "post" => Ok(Self::Post),
            _ => Err(UnknownMethod),
        }
    }
}

/// The matrix does not support a method for a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unsupported {
    /// The type.
    pub action_type: ActionType,
    /// The method.
    pub method: Method,
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Row {
            label, body_value, ..
        } = self.action_type.row();
        write!(f, "{} of {body_value}", self.method)?;
        if label != body_value {
            write!(f, " ({label})")?;
        }
        f.write_str(" is not supported")
    }
}

impl Error for Unsupported {}

/// A name that is not an id, a body value or a label of the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownActionType {
    /// The name.
    pub name: String,
}

impl UnknownActionType {
    /// The translated ids with this spelling: pages of several years may have the same name.
    pub fn translations(&self) -> impl Iterator<Item = &'static Translation> {
        let name = self.name.to_lowercase();
        TRANSLATIONS
            .iter()
            .filter(move |translation| translation.name.to_lowercase() == name)
    }

    /// All types that it may mean as a machine translation; empty if it is not one.
    #[must_use]
    pub fn stands_for(&self) -> Vec<ActionType> {
        let mut types: Vec<_> = self
            .translations()
            .flat_map(|translation| translation.stands_for)
            .copied()
            .collect();
        types.sort_unstable();
        types.dedup();
        types
    }
}

impl fmt::Display for UnknownActionType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not an action type", self.name)?;
        let ids: Vec<_> = self
            .stands_for()
            .iter()
            .filter_map(|action_type| action_type.row().id)
            .collect();
        if ids.is_empty() {
            Ok(())
        } else {
            write!(f, ", but a machine translation of {}", ids.join(" or "))
        }
    }
}

impl Error for UnknownActionType {}

/// A method that is neither GET nor POST.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownMethod;

impl fmt::Display for UnknownMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a method is get or post")
    }
}

impl Error for UnknownMethod {}
