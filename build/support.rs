//! The support matrix and the names around it, as Rust tables (`support.rs`).

use serde_json::Value;

#[cfg(feature = "client")]
use super::document::schemas;
use super::{
    document::{items, texts},
    names,
    refusal::{Refusal, refuse},
    table::{array, enumeration, pascal},
};

/// A row of `x-kaizala-support`.
pub struct Row<'d> {
    pub label: &'d str,
    /// `None` if the table prints `n/a`.
    pub id: Option<&'d str>,
    pub body_value: &'d str,
    pub get: bool,
    pub post: bool,
}

impl Row<'_> {
    /// Its names: the linter accepts any of these, in any case.
    fn names(&self) -> impl Iterator<Item = &str> {
        [self.label, self.body_value].into_iter().chain(self.id)
    }
}

/// The matrix, row by row.
///
/// # Errors
/// A [`Refusal`] for an incomplete row, or a duplicate name.
pub fn rows(document: &Value) -> Result<Vec<Row<'_>>, Refusal> {
    let place = "#/x-kaizala-support";
    let mut rows: Vec<Row<'_>> = Vec::new();
    for (index, value) in items(document, "x-kaizala-support").enumerate() {
        let place = format!("{place}/{index}");
        let Some(row) = row(value) else {
            return refuse(
                place,
                "a row that is not whole",
                "give it a label, an id (or null), a bodyValue, and get and post as booleans",
            );
        };
        if !names::is_pascal(row.body_value) {
            return refuse(
                format!("{place}/bodyValue"),
                format!(
                    "`{}` is not a name for a type",
                    row.body_value.escape_debug()
                ),
                "write it in PascalCase",
            );
        }
        if let Some(id) = row.id.filter(|id| !names::is_plain(id)) {
            return refuse(
                format!("{place}/id"),
                format!("`{}` is not an id", id.escape_debug()),
                "write letters and digits, a letter first",
            );
        }
        if row.id.is_none() && (row.get || row.post) {
            return refuse(
                place,
                "supported, but without an id",
                "give it an id, or set get and post to false",
            );
        }
        let is_taken = |other: &&Row<'_>| {
            let mut names = row.names();
            names.any(|name| other.names().any(|it| it.eq_ignore_ascii_case(name)))
        };
        if let Some(other) = rows.iter().find(is_taken) {
            return refuse(
                place,
                format!("a name of the row of `{}`", other.label.escape_debug()),
                "give each row its own label, id and bodyValue, whatever the case",
            );
        }
        rows.push(row);
    }
    Ok(rows)
}

fn row(value: &Value) -> Option<Row<'_>> {
    Some(Row {
        label: value["label"].as_str()?,
        id: match value.get("id")? {
            Value::Null => None,
            id => Some(id.as_str()?),
        },
        body_value: value["bodyValue"].as_str()?,
        get: value["get"].as_bool()?,
        post: value["post"].as_bool()?,
    })
}

/// The rows of one column, `get` or `post`.
///
/// # Errors
/// A [`Refusal`] for any other name.
pub fn column<'r, 'd>(
    rows: &'r [Row<'d>],
    name: &str,
    place: &str,
) -> Result<impl Iterator<Item = &'r Row<'d>> + use<'r, 'd>, Refusal> {
    let supports: fn(&&Row<'_>) -> bool = match name {
        "get" => |row| row.get,
        "post" => |row| row.post,
        _ => {
            return refuse(
                place,
                format!("`{name}` is not a column of the matrix"),
                "write get or post",
            );
        }
    };
    Ok(rows.iter().filter(supports))
}

/// A string enum whose values are the ids of a column of the matrix (`x-kaizala-matrix`), such as
/// that of the query parameter `actionType`.
#[cfg(feature = "client")]
pub struct Column<'d> {
    pub name: &'d str,
    /// The variant of `Method`.
    pub method: String,
    /// For each row, the body value, which makes the better name in Rust, and the id.
    pub values: Vec<(&'d str, &'d str)>,
}

/// The columns among the named schemas.
///
/// # Errors
/// As for [`rows`].
#[cfg(feature = "client")]
pub fn columns(document: &Value) -> Result<Vec<Column<'_>>, Refusal> {
    let rows = rows(document)?;
    let mut columns = Vec::new();
    for (name, schema) in schemas(document)? {
        if let (Some(matrix), Some(_)) = (schema["x-kaizala-matrix"].as_str(), schema.get("enum")) {
            columns.push(Column {
                name,
                method: pascal(matrix),
                values: column(&rows, matrix, name)?
                    .filter_map(|row| Some((row.body_value, row.id?)))
                    .collect(),
            });
        }
    }
    Ok(columns)
}

/// The machine-translated ids, as rows of a Rust table.
///
/// # Errors
/// A [`Refusal`] for a translation without an id, or one that is itself an id.
pub fn translations(document: &Value, rows: &[Row<'_>]) -> Result<Vec<String>, Refusal> {
    let extension = "x-kaizala-translations";
    let text = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let translation = |(index, value): (usize, &Value)| {
        let place = format!("#/{extension}/{index}");
        let [name, language, seen] = ["name", "language", "seen"].map(|it| text(value, it));
        let mut others = items(document, extension).take(index);
        if others.any(|other| other["name"] == *name && other["language"] == *language) {
            let help = "list all ids that it stands for in one row";
            return refuse(
                place,
                format!("a second row of `{}`", name.escape_debug()),
                help,
            );
        }
        if rows
            .iter()
            .any(|row| row.names().any(|it| it.eq_ignore_ascii_case(&name)))
        {
            let problem = format!("`{}` is a name of the matrix", name.escape_debug());
            return refuse(place, problem, "remove it: it is not a translation");
        }
        let mut types = Vec::new();
        for id in texts(value, "standsFor") {
            let Some(row) = rows.iter().find(|row| row.id == Some(id)) else {
                return refuse(
                    format!("{place}/standsFor"),
                    format!("`{}` is not an id of the matrix", id.escape_debug()),
                    "write ids of x-kaizala-support",
                );
            };
            types.push(format!("ActionType::{}", row.body_value));
        }
        let types = types.join(", ");
        Ok(format!(
            "Translation {{ name: {name:?}, language: {language:?}, seen: {seen:?}, \
             stands_for: &[{types}] }}"
        ))
    };
    let translations = items(document, extension).enumerate();
    translations.map(translation).collect()
}

/// The claims of other sources about types, as rows of a Rust table.
///
/// # Errors
/// A [`Refusal`] for a claim that the matrix makes, too.
pub fn claims(document: &Value, rows: &[Row<'_>]) -> Result<Vec<String>, Refusal> {
    let extension = "x-kaizala-elsewhere";
    let claim = |(index, value): (usize, &Value)| {
        let place = format!("#/{extension}/{index}");
        let text = |name: &str| value[name].as_str().unwrap_or_default();
        let (body_value, method, note) = (text("bodyValue"), text("method"), text("note"));
        if !names::is_pascal(body_value) {
            return refuse(
                format!("{place}/bodyValue"),
                format!("`{}` is not a name for a type", body_value.escape_debug()),
                "write it in PascalCase",
            );
        }
        let mut others = items(document, extension).take(index);
        if others.any(|other| other["bodyValue"] == body_value && other["method"] == method) {
            let help = "name all its sources in one";
            return refuse(place, format!("a second claim about `{body_value}`"), help);
        }
        if column(rows, method, &place)?.any(|row| row.body_value == body_value) {
            let problem = format!("the matrix says so of `{body_value}` itself");
            return refuse(
                place,
                problem,
                "remove it, or change the row in x-kaizala-support",
            );
        }
        let sources: Vec<_> = texts(value, "source").collect();
        Ok(format!(
            "Claim {{ body_value: {body_value:?}, method: Method::{}, sources: &{sources:?}, \
             note: {note:?} }}",
            pascal(method)
        ))
    };
    let claims = items(document, extension).enumerate();
    claims.map(claim).collect()
}

/// The tables as Rust text.
///
/// # Errors
/// As for [`rows`], [`translations`] and [`claims`].
pub fn render(document: &Value) -> Result<String, Refusal> {
    let rows = rows(document)?;
    let types = rows
        .iter()
        .map(|row| (row.label.to_owned(), row.body_value.to_owned()));
    let about = "An action type: a row of the support matrix.";
    let table = rows.iter().map(|row| {
        let Row {
            label,
            id,
            body_value,
            get,
            post,
        } = row;
        format!(
            "Row {{ action_type: ActionType::{body_value}, label: {label:?}, id: {id:?}, \
             body_value: {body_value:?}, get: {get}, post: {post} }}"
        )
    });
    Ok([
        enumeration(about, "ActionType", types),
        array("ROWS", "Row", table),
        array(
            "TRANSLATIONS",
            "Translation",
            translations(document, &rows)?,
        ),
        array("CLAIMS", "Claim", claims(document, &rows)?),
    ]
    .concat())
}
