//! The linter for Python: what the module `kaizala_actions` calls, with bytes and JSON between the
//! two. Its classes are in Python.

mod column;
mod data;
mod exchange;
mod linter;
mod remedy;
mod report;
mod sandbox;

use pyo3::prelude::*;

/// The part of `kaizala_actions` that is in Rust.
#[pymodule(gil_used = false)]
mod kaizala_actions_native {
    #[pymodule_export]
    use crate::{
        column::ColumnReport,
        data::{contract, explain, kinds, matrix, rules, run, schema},
        linter::Linter,
        sandbox::Sandbox,
    };
}
