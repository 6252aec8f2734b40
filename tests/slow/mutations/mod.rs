//! Every part of the document is dropped, renamed, or made another value, one at a time. The build
//! refuses what is left, and says where, what and how to mend it; or it makes Rust that parses and a
//! contract that judges all examples. It never panics.
//!
//! A sample is tried, the same each time: one in 29, beginning with the first. `MUTATIONS=7` begins
//! with another one, and `MUTATIONS=all` tries all, which takes long. What becomes of each, and which
//! verdicts change where the document is taken, is in `target/tmp/mutations.txt`.

mod compiled;
mod mutation;

use std::{
    collections::BTreeMap,
    env,
    fmt::Write as _,
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    process::Command,
    thread,
};

use kaizala_actions::contract::Contract;
use serde_json::{Value, json};

use crate::corpus;
use generator::{Output, Refusal};
use mutation::Mutation;

#[path = "../../../build/mod.rs"]
#[allow(dead_code, reason = "build.rs uses the rest")]
mod generator;

const YAML: &str = include_str!("../../../openapi/kaizala-actions.yaml");
const NOTES: &str = include_str!("../../../openapi/README.md");

/// One mutation in so many is checked; of these, those that the checks let pass make Rust and a
/// contract if they are one in so many.
const SAMPLE: (usize, usize) = (29, 5);

/// The file with the contract that a process of this test judges by.
const JUDGED: &str = "KAIZALA_JUDGED_CONTRACT";

/// The verdict on each example, by its name.
type Verdicts = BTreeMap<String, String>;

/// What the document makes, and what its contract says of the examples.
struct Original {
    document: Value,
    outputs: Vec<Output>,
    verdicts: Verdicts,
}

#[test]
fn a_mutated_document_is_refused_with_a_place_or_makes_a_contract() {
    let document = generator::parse(YAML).expect("YAML");
    let outputs = generator::generate(&document, NOTES).expect("a right document");
    let verdicts = judge(text_of(&outputs, "contract.json")).expect("verdicts");
    assert!(verdicts.len() > 400, "{}", verdicts.len());
    let all = Mutation::all(&document);
    assert!(all.len() > 10_000, "{}", all.len());
    let which = env::var("MUTATIONS").unwrap_or_else(|_| "0".to_owned());
    let first = which.parse().unwrap_or_default();
    let (step, step_of_accepted) = if which == "all" { (1, 1) } else { SAMPLE };
    let tried: Vec<_> = all.iter().skip(first).step_by(step).collect();

    let original = Original {
        document,
        outputs,
        verdicts,
    };
    let workers = thread::available_parallelism().map_or(2, usize::from);
    let share = |worker| {
        let own = tried.iter().enumerate().skip(worker).step_by(workers);
        let tried = own.map(|(index, mutation)| {
            let is_generated = index % step_of_accepted == 0;
            (index, (mutation, original.try_one(mutation, is_generated)))
        });
        tried.collect::<Vec<_>>()
    };
    let outcomes: BTreeMap<_, _> = thread::scope(|scope| {
        let share = &share;
        let shares: Vec<_> = (0..workers)
            .map(|worker| scope.spawn(move || share(worker)))
            .collect();
        let shares = shares.into_iter();
        shares.flat_map(|it| it.join().expect("a share")).collect()
    });
    let (mut log, mut failures) = (String::new(), Vec::new());
    for (mutation, outcome) in outcomes.values() {
        match outcome {
            Ok(said) => _ = writeln!(log, "{mutation}: {said}"),
            Err(failure) => failures.push(format!("{mutation}: {failure}")),
        }
    }
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mutations.txt");
    fs::write(&path, log).expect("a file");
    let (wrong, of) = (failures.len(), tried.len());
    assert!(
        failures.is_empty(),
        "{wrong} of {of}:\n{}",
        failures.join("\n")
    );
}

impl Original {
    /// What becomes of a mutation, in words.
    fn try_one(&self, mutation: &Mutation, is_generated: bool) -> Result<String, String> {
        let document = mutation.apply(&self.document);
        let caught = |run: &dyn Fn() -> Result<Vec<Output>, Refusal>| {
            catch_unwind(AssertUnwindSafe(run)).map_err(|_| "the build panics".to_owned())
        };
        let checked = caught(&|| generator::checks::run(&document, NOTES).map(|_| Vec::new()))?;
        if let Err(refusal) = checked {
            return placed(&document, &refusal, mutation);
        }
        if !is_generated {
            return Ok("taken, not tried".to_owned());
        }
        match caught(&|| generator::generate(&document, NOTES))? {
            Err(refusal) => placed(&document, &refusal, mutation),
            Ok(outputs) => self.serves(&outputs),
        }
    }

    /// What the examples say of what was made.
    fn serves(&self, outputs: &[Output]) -> Result<String, String> {
        let mut changed = Vec::new();
        for (name, text) in outputs {
            if text == text_of(&self.outputs, name) {
                continue;
            }
            changed.push(*name);
            if !name.contains("json") {
                syn::parse_file(text).map_err(|error| format!("{name}: {error}"))?;
            }
        }
        if !changed.contains(&"contract.json") {
            return Ok(format!("taken, changes {}", changed.join(", ")));
        }
        let verdicts = judge(text_of(outputs, "contract.json"))?;
        let other = verdicts
            .iter()
            .filter(|(name, verdict)| self.verdicts.get(*name) != Some(verdict));
        let other: Vec<_> = other.map(|(name, _)| name.as_str()).collect();
        Ok(match other[..] {
            [] => "taken, all verdicts as before".to_owned(),
            [first, ..] => format!("taken, {} verdicts change, as on {first}", other.len()),
        })
    }
}

fn text_of<'o>(outputs: &'o [Output], name: &str) -> &'o str {
    let mut outputs = outputs.iter();
    outputs
        .find(|(other, _)| *other == name)
        .map_or("", |(_, text)| text)
}

/// A refusal says where, what and how to mend it, and the place is one of the document.
fn placed(document: &Value, refusal: &Refusal, mutation: &Mutation) -> Result<String, String> {
    let place = refusal.place.strip_prefix('#').unwrap_or("no pointer");
    let parent = place.rsplit_once('/').map_or("", |(parent, _)| parent);
    let is_there = document
        .pointer(place)
        .or(document.pointer(parent))
        .is_some();
    let is_whole = [&refusal.problem, &refusal.help]
        .iter()
        .all(|it| !it.trim().is_empty() && !it.contains('\n'));
    // The root is the place of what is missing in it, and of nothing else.
    let is_near = !place.is_empty() || mutation.place.matches('/').count() == 1;
    if is_there && is_whole && is_near {
        Ok(refusal.to_string())
    } else {
        Err(format!("refused without a place: {refusal}"))
    }
}

/// Has a process of its own judge all examples, since there the contract is another, and a panic
/// ends no test.
fn judge(contract: &str) -> Result<Verdicts, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let path = folder.path().join("contract.json");
    fs::write(&path, contract).map_err(|error| error.to_string())?;
    let mut command = Command::new(env::current_exe().map_err(|error| error.to_string())?);
    let test = concat!(module_path!(), "::judges_by_another_contract");
    let test = test.split_once("::").map_or(test, |(_, test)| test);
    command
        .args([test, "--exact", "--nocapture"])
        .env(JUDGED, &path);
    let output = command.output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let verdicts = fs::read(path.with_extension("verdicts")).map_err(|error| error.to_string())?;
    serde_json::from_slice(&verdicts).map_err(|error| error.to_string())
}

/// What `judge` runs; by itself there is nothing to do.
#[test]
fn judges_by_another_contract() {
    let Ok(path) = env::var(JUDGED) else { return };
    let text = fs::read_to_string(&path).expect("a file");
    let contract: Contract = serde_json::from_str(&text).expect("a contract");
    assert!(contract.replace_embedded());
    let contract = Contract::get();
    for name in contract.schema_names() {
        assert!(contract.schema(name).is_some());
        let schema = serde_json::from_str(contract.text(name).expect("a schema")).expect("JSON");
        jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    let bodies = corpus::examples().expect("examples");
    let bodies = bodies
        .iter()
        .map(|it| (it.label(), corpus::render(&it.report())));
    let exchanges = corpus::exchanges().expect("exchanges");
    let exchanges = exchanges
        .iter()
        .map(|it| (format!("exchanges/{}", it.name), it.render()));
    let verdicts: Verdicts = bodies.chain(exchanges).collect();
    fs::write(
        Path::new(&path).with_extension("verdicts"),
        json!(verdicts).to_string(),
    )
    .expect("a file");
}
