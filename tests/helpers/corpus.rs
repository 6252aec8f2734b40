//! The example bodies of the contract, as they lie in `openapi/examples`.
#![allow(dead_code, reason = "each test binary takes what it needs")]

use std::{
    error::Error,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

use kaizala_actions::{
    body::BodyKind,
    lint::{ExchangeReport, Linter, Part, Report, Survey},
};

pub type Outcome = Result<(), Box<dyn Error>>;

/// Where bodies lie that are to be recognised, not judged as the kind that their folder names.
const UNKNOWN: &str = "unknown";

pub struct Example {
    /// `valid`, `lenient` or `invalid`.
    pub set: String,
    /// None where it is to be recognised.
    pub kind: Option<BodyKind>,
    pub name: String,
    pub text: Vec<u8>,
    /// The survey that it is judged as a response to, if there is one beside it.
    pub survey: Option<Survey>,
    /// How many findings are listed at most, if a file beside it says so.
    pub most_findings: Option<usize>,
    path: PathBuf,
}

impl Example {
    /// A linter that is set as the files beside the example say.
    pub fn linter(&self) -> Linter {
        let linter = self
            .most_findings
            .map_or_else(Linter::new, |most| Linter::new().most_findings(most));
        self.survey.iter().cloned().fold(linter, Linter::survey)
    }

    pub fn report(&self) -> Report {
        let linter = self.linter();
        self.kind.map_or_else(
            || linter.lint_unknown(&self.text),
            |kind| linter.lint(kind, &self.text),
        )
    }

    /// What is expected of the linter, in the form of [`render`].
    pub fn findings(&self) -> io::Result<String> {
        findings(&self.path)
    }

    /// Makes a report the expected one.
    pub fn expect(&self, findings: &str) -> io::Result<()> {
        expect(&self.path, findings)
    }

    /// What to call it in a failure: `valid/post-action.request/job`.
    pub fn label(&self) -> String {
        format!(
            "{}/{}/{}",
            self.set,
            self.kind.map_or(UNKNOWN, BodyKind::name),
            self.name
        )
    }
}

/// What is expected of the file at a path: what the file beside it says, nothing if there is none.
/// One test alone reads and writes these, since others run at the same time.
pub fn findings(path: &Path) -> io::Result<String> {
    match fs::read_to_string(path.with_extension("findings")) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        read => read,
    }
}

/// Makes a report the expected one of the file at a path.
pub fn expect(path: &Path, findings: &str) -> io::Result<()> {
    let path = path.with_extension("findings");
    match findings {
        "" if path.exists() => fs::remove_file(path),
        "" => Ok(()),
        _ => fs::write(path, findings),
    }
}

/// Where the examples are: in the root of the workspace, of which members share this module.
pub fn folder() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = package
        .ancestors()
        .map(|folder| folder.join("openapi/examples"));
    folders.find(|folder| folder.is_dir()).unwrap_or_default()
}

/// All bodies, in the order of their paths.
pub fn examples() -> Result<Vec<Example>, Box<dyn Error>> {
    let root = folder();
    let mut examples = Vec::new();
    for set in ["valid", "lenient", "invalid"] {
        for folder in entries(&root.join(set))? {
            let name = folder.file_name().unwrap_or_default().to_string_lossy();
            let kind = if name == UNKNOWN {
                None
            } else {
                Some(
                    name.parse()
                        .map_err(|error| format!("{}: {error}", folder.display()))?,
                )
            };
            for path in entries(&folder)? {
                match extension(&path).as_str() {
                    ".json" => examples.push(read(set, kind, path)?),
                    ".findings" | ".survey" | ".most" if path.with_extension("json").exists() => {}
                    _ => {
                        return Err(format!(
                            "{}: neither a body nor the findings or the survey of one",
                            path.display()
                        )
                        .into());
                    }
                }
            }
        }
    }
    Ok(examples)
}

/// Exchanges, each on a line, and what is expected of the linter.
pub struct Exchanges {
    pub name: String,
    pub text: Vec<u8>,
    pub path: PathBuf,
}

impl Exchanges {
    /// The exchanges, each as JSON.
    pub fn lines(&self) -> impl Iterator<Item = &[u8]> {
        let lines = self.text.split(|byte| *byte == b'\n');
        lines.filter(|line| !line.is_empty())
    }

    pub fn reports(&self) -> Vec<ExchangeReport<'static>> {
        let lines = self.lines();
        lines
            .map(|line| Linter::new().lint_exchange_json(line))
            .collect()
    }

    /// A line for each finding: the six columns of a body's, the number of the exchange, and its
    /// part.
    pub fn render(&self) -> String {
        let mut lines = String::new();
        for (index, report) in self.reports().iter().enumerate() {
            for part in &report.parts {
                let name = part.part.map_or("record", Part::name);
                for line in render(&part.report).lines() {
                    let _ = writeln!(lines, "{line}\t{}\t{name}", index + 1);
                }
            }
        }
        lines
    }
}

/// All files of exchanges, in the order of their names.
pub fn exchanges() -> Result<Vec<Exchanges>, Box<dyn Error>> {
    let mut exchanges = Vec::new();
    for path in entries(&folder().join("exchanges"))? {
        match extension(&path).as_str() {
            ".ndjson" => {
                exchanges.push(Exchanges {
                    name: stem(&path),
                    text: fs::read(&path)?,
                    path,
                });
            }
            ".findings" if path.with_extension("ndjson").exists() => {}
            _ => {
                return Err(format!(
                    "{}: neither exchanges nor the findings of some",
                    path.display()
                )
                .into());
            }
        }
    }
    Ok(exchanges)
}

/// A report in the form of a file of findings: a line each, six columns.
pub fn render(report: &Report) -> String {
    report
        .findings
        .iter()
        .fold(String::new(), |mut lines, finding| {
            let (rule, start) = (finding.rule, finding.start);
            let _ = writeln!(
                lines,
                "{}\t{}\t{}\t{}\t{}\t{}",
                rule.id, rule.name, finding.severity, finding.pointer, start.line, start.column
            );
            lines
        })
}

fn read(set: &str, kind: Option<BodyKind>, path: PathBuf) -> Result<Example, Box<dyn Error>> {
    let beside = |ending| match fs::read_to_string(path.with_extension(ending)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        read => read.map(Some),
    };
    let survey = beside("survey")?
        .map(|text| Survey::read(text.as_bytes()))
        .transpose()?;
    let most_findings = beside("most")?
        .map(|text| text.trim().parse())
        .transpose()?;
    Ok(Example {
        set: set.to_owned(),
        kind,
        name: stem(&path),
        text: fs::read(&path)?,
        survey,
        most_findings,
        path,
    })
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn extension(path: &Path) -> String {
    path.extension()
        .map(|extension| format!(".{}", extension.to_string_lossy()))
        .unwrap_or_default()
}
