//! The tool, through its real binary. What takes long is in `tests/slow`.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop"
)]

// Findings that are known already.
mod baselines;
// The presets of `--map`.
mod presets;
// Collections of Postman.
mod collections;
// The commands that call the API.
#[cfg(feature = "client")]
mod calls;
// Arguments, files, exit codes.
mod command_line;
// The completions of shells.
#[cfg(unix)]
mod completions;
// Reports of counts.
mod counts;
// What of the contract an input exercises.
mod coverage;
// The published forms of the contract in `openapi/dist`.
mod dist;
// The reference, as `docs` writes it.
mod docs;
// Recorded calls.
mod exchanges;
// Which files are read, and which are not.
#[cfg(unix)]
mod files;
// `--fix` and `--diff` of several bodies.
mod fix_bodies;
// `--fix` and `--diff`.
mod fix_option;
// What people have, as it is found.
mod found;
// Names of an earlier version.
mod former_names;
// What each format of report looks like.
#[cfg(unix)]
mod formats;
// The page of a report.
#[cfg(unix)]
mod html_report;
// What reports do with texts that mean something to others.
#[cfg(unix)]
mod hostile;
// The hooks of pre-commit and GitHub.
#[cfg(unix)]
mod hooks;
// The manual and the completions.
mod manual;
// What is not judged, and what there is to be of it.
mod not_judged;
// Names of files that look like options.
#[cfg(unix)]
mod options;
// The console blocks and the links of the README and the guide.
#[cfg(unix)]
mod pages;
// The picture of a terminal in the README.
mod picture;
// Files of requests, flows.
mod requests;
// The proxy, as a program.
#[cfg(all(feature = "proxy", feature = "sandbox", unix))]
mod proxy;
// The report of each rule's fixture.
mod reports;
// The server, as a program.
#[cfg(all(feature = "sandbox", unix))]
mod serve;
// `kaizala-actions.toml` and the command line.
mod settings;
// `--survey`.
mod surveys;
// Tables with a column of bodies, logs that a map explains, and ids.
mod tables_and_logs;
// The words of texts for people, in all packages.
mod words;

#[cfg(all(feature = "proxy", feature = "sandbox", unix))]
#[path = "../../../../tests/helpers/certificates.rs"]
mod certificates;
#[path = "../../../../tests/helpers/corpus.rs"]
mod corpus;
#[path = "../helpers/mod.rs"]
mod helpers;
#[path = "../../../../tests/helpers/html.rs"]
mod html;
#[cfg(feature = "sandbox")]
#[path = "../../../../tests/helpers/http.rs"]
mod http;
#[cfg(all(feature = "proxy", feature = "sandbox", unix))]
#[path = "../helpers/killing.rs"]
mod killing;
#[cfg(feature = "client")]
#[path = "../../../../tests/helpers/loopback.rs"]
mod loopback;
#[cfg(all(feature = "sandbox", unix))]
#[path = "../helpers/server.rs"]
mod server;
