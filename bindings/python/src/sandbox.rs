//! The sandbox: a server to test against.

use std::sync::{Mutex, PoisonError};

use kaizala_actions_cli::words;
use kaizala_actions_sandbox::{self as server, StartError};
use pyo3::{
    exceptions::{PyOSError, PyRuntimeError, PyValueError},
    prelude::*,
};
use tokio::runtime::{Builder, Runtime};

use crate::{linter::Linter, report::json};

/// A sandbox, which runs until it is stopped.
#[pyclass(frozen, module = "kaizala_actions")]
#[derive(Debug)]
pub(crate) struct Sandbox {
    /// Its URL.
    #[pyo3(get)]
    url: String,
    running: Mutex<Option<server::Sandbox>>,
}

#[pymethods]
impl Sandbox {
    #[new]
    fn new(
        py: Python<'_>,
        linter: &Linter,
        tokens: Vec<String>,
        seed: Option<Vec<u8>>,
        deterministic: Option<u64>,
        throttle: Option<u32>,
    ) -> PyResult<Self> {
        let mut builder = server::Sandbox::builder().linter(linter.0.clone());
        for token in tokens {
            builder = builder.token(&token);
        }
        if let Some(seed) = seed {
            builder = builder.seed(seed);
        }
        if let Some(number) = deterministic {
            builder = builder.deterministic(number);
        }
        if let Some(per_minute) = throttle {
            builder = builder.throttle(per_minute);
        }
        let started = py.detach(|| Ok::<_, PyErr>(runtime()?.block_on(builder.start())))?;
        let running = started.map_err(|error| refused(&error))?;
        Ok(Self {
            url: running.url().to_owned(),
            running: Mutex::new(Some(running)),
        })
    }

    /// The latest exchanges as an HTTP archive.
    fn har(&self) -> PyResult<String> {
        self.ask(server::Sandbox::har)
    }

    /// The whole state, in the format of a seed.
    fn snapshot(&self) -> PyResult<String> {
        self.ask(server::Sandbox::snapshot)
    }

    /// Replaces the faults.
    fn set_faults(&self, faults: &str) -> PyResult<()> {
        let wrong = |error: String| PyValueError::new_err(format!("faults: {error}"));
        let faults = serde_json::from_str(faults).map_err(|error| wrong(error.to_string()))?;
        self.with(|running| running.set_faults(faults))?
            .map_err(|error| wrong(error.to_string()))
    }

    /// Stops, if it still runs.
    fn stop(&self, py: Python<'_>) -> PyResult<()> {
        let running = self.lock().take();
        py.detach(|| {
            if let Some(running) = running {
                runtime()?.block_on(running.stop());
            }
            Ok(())
        })
    }
}

impl Sandbox {
    fn lock(&self) -> std::sync::MutexGuard<'_, Option<server::Sandbox>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T>(&self, act: impl FnOnce(&server::Sandbox) -> T) -> PyResult<T> {
        let running = self.lock();
        let stopped = || PyRuntimeError::new_err("the sandbox has been stopped");
        Ok(act(running.as_ref().ok_or_else(stopped)?))
    }

    fn ask(&self, ask: impl FnOnce(&server::Sandbox) -> serde_json::Value) -> PyResult<String> {
        json(&self.with(ask)?)
    }
}

/// What waits for the sandbox, which has a thread of its own.
fn runtime() -> PyResult<Runtime> {
    Ok(Builder::new_current_thread().build()?)
}

/// Why it could not start, with the causes.
fn refused(error: &StartError) -> PyErr {
    let message = words::chain(error);
    match error {
        StartError::Seed(_) | StartError::Option { .. } => PyValueError::new_err(message),
        _ => PyOSError::new_err(message),
    }
}
