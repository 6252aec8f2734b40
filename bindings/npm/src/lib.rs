//! The linter for JavaScript: what `src/api.js` calls, with texts and JSON between the two.

mod data;
mod exchange;
mod input;
mod options;
mod report;

use kaizala_actions::lint::{Linter, Report};
use wasm_bindgen::prelude::wasm_bindgen;

pub use data::{contract, explain, kinds, matrix, rules, safe_json, safe_line, schema};
pub use input::room;
use options::Options;
use report::{FixedRow, ReportRow, Unnamed, json};

/// A linter with its options.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Session {
    linter: Linter,
    options: Options,
    /// The report about the last body that was not clean.
    report: Option<Report>,
}

#[wasm_bindgen]
impl Session {
    /// A linter with these options, as JSON.
    ///
    /// # Errors
    /// What is wrong with them.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str) -> Result<Session, String> {
        let options: Options = serde_json::from_str(options).map_err(|error| error.to_string())?;
        Ok(Self {
            linter: options.linter()?,
            options,
            report: None,
        })
    }

    /// Judges a body of this length in the [room](room). The result is the index of its kind if there
    /// is no finding, as in most bodies; otherwise it is negative, and [`report`](Self::report) has
    /// the report.
    pub fn judge(&mut self, length: usize) -> i32 {
        let report = input::read(length, |body| self.lint(body));
        if report.is_clean()
            && let Some(kind) = report.body
        {
            return kind as i32;
        }
        self.report = Some(report);
        -1
    }

    /// The report about the body that was judged last, as JSON without names.
    pub fn report(&mut self) -> String {
        let report = self.report.take();
        let rows = report.map(|report| json(&Unnamed(ReportRow::new(&report, &self.options))));
        rows.unwrap_or_default()
    }

    /// Fixes a body of this length in the room; the result is JSON.
    #[must_use]
    pub fn fix(&self, length: usize) -> String {
        let fixed = input::read(length, |body| match self.options.kind {
            Some(kind) => self.linter.fix(kind, body),
            None => self.linter.fix_unknown(body),
        });
        json(&FixedRow::new(&fixed, &self.options))
    }

    /// Judges an exchange of this length in the room; the result is JSON.
    #[must_use]
    pub fn exchange(&self, length: usize) -> String {
        input::read(length, |text| {
            exchange::judge(&self.linter, &self.options, text)
        })
    }

    fn lint(&self, body: &[u8]) -> Report {
        match self.options.kind {
            Some(kind) => self.linter.lint(kind, body),
            None => self.linter.lint_unknown(body),
        }
    }
}
