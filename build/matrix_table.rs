//! Checks the support matrix in the descriptions of operations, for readers who do not see
//! extensions: the table must equal `x-kaizala-support`.

use serde_json::Value;

use super::{
    operations,
    refusal::{Refusal, refuse},
    support::Row,
};

/// The operations whose types are in the matrix.
const OPERATIONS: &[&str] = &["listActions", "postAction"];

const HEAD: &str =
    "| Action | List (GET) | Post (POST) | `actionType` in the query | `actionType` in bodies |";

/// Checks the tables.
///
/// # Errors
/// A [`Refusal`] for the first line of a table that is missing or wrong.
pub fn check(document: &Value, rows: &[Row<'_>]) -> Result<(), Refusal> {
    let head = [HEAD, "| --- | --- | --- | --- | --- |"].map(str::to_owned);
    let expected: Vec<_> = head.into_iter().chain(rows.iter().map(line)).collect();
    let operations = operations::find(document)?;
    for operation in operations.iter().filter(|it| OPERATIONS.contains(&it.id)) {
        let place = format!("{}/description", operation.place);
        let description = operation.value["description"].as_str().unwrap_or_default();
        let lines: Vec<_> = description
            .lines()
            .filter(|line| line.starts_with('|'))
            .collect();
        let differs =
            |index: &usize| lines.get(*index) != expected.get(*index).map(String::as_str).as_ref();
        let Some(index) = (0..lines.len().max(expected.len())).find(differs) else {
            continue;
        };
        let problem = format!(
            "line {} of its table is not that of x-kaizala-support",
            index + 1
        );
        let help = match expected.get(index) {
            Some(line) => format!("write `{line}`"),
            None => "remove it".to_owned(),
        };
        return refuse(place, problem, help);
    }
    Ok(())
}

fn line(row: &Row<'_>) -> String {
    let answer = |supported| if supported { "Yes" } else { "No" };
    let id = row.id.map_or("n/a".to_owned(), |id| format!("`{id}`"));
    let (get, post) = (answer(row.get), answer(row.post));
    format!(
        "| {} | {get} | {post} | {id} | `{}` |",
        row.label, row.body_value
    )
}
