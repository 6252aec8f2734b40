//! The engine of the playground, which is built from the same linter as the tool: a build of the
//! tool can only contain one that was there before.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::builder::{OsStringValueParser, TypedValueParser};
use kaizala_actions_reference::Engine;

use crate::text::about;

#[cfg(feature = "playground")]
const BUILT_IN: Option<&str> = Some(include_str!("../../../bindings/npm/dist/engine.js"));
#[cfg(not(feature = "playground"))]
const BUILT_IN: Option<&str> = None;

/// How to get one.
const HELP: &str = "`npm run build` in bindings/npm makes it, for --playground bindings/npm/dist";

/// Takes the folder, which may be left out: then it is empty.
pub(crate) fn engine_folder() -> impl TypedValueParser<Value = PathBuf> {
    OsStringValueParser::new().map(PathBuf::from)
}

/// Reads it from what the build of the npm package made; without a folder, takes that of this build.
pub(crate) fn engine(folder: &Path) -> Result<Engine, String> {
    if folder.as_os_str().is_empty() {
        let text = BUILT_IN.ok_or_else(|| format!("this build contains no playground; {HELP}"))?;
        return Engine::new(text.to_owned()).map_err(|error| error.to_string());
    }
    let path = folder.join(Engine::FILE);
    let text =
        fs::read_to_string(&path).map_err(|error| format!("{}; {HELP}", about(&path)(error)))?;
    Engine::new(text).map_err(about(&path))
}
