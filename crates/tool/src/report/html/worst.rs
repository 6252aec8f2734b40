//! The files with the most findings.

use std::mem;

use kaizala_actions::lint::Severity;

use crate::report::Checked;

/// How many files are named.
const MOST: usize = 20;

/// The findings of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OfFile {
    pub path: String,
    /// Of notes, of warnings and of errors.
    pub counts: [usize; 3],
}

impl OfFile {
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }
}

/// The files with the most findings; a run has the documents of a file one after the other.
#[derive(Debug, Default)]
pub(super) struct Worst {
    /// With the most findings first; of equals, the first.
    files: Vec<OfFile>,
    current: OfFile,
}

impl Worst {
    pub fn add(&mut self, checked: &Checked<'_>) {
        if self.current.path != checked.path {
            self.end();
            checked.path.clone_into(&mut self.current.path);
        }
        for severity in Severity::ALL {
            self.current.counts[severity as usize] += checked.report.count(severity);
        }
    }

    /// Those that have ended.
    pub fn files(&self) -> &[OfFile] {
        &self.files
    }

    /// Ends the current file.
    pub fn end(&mut self) {
        let file = mem::take(&mut self.current);
        let total = file.total();
        let at = self.files.partition_point(|other| other.total() >= total);
        if total > 0 && at < MOST {
            self.files.insert(at, file);
            self.files.truncate(MOST);
        }
    }

    /// Whether some files with findings are not named.
    pub fn is_cut(&self) -> bool {
        self.files.len() == MOST
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use kaizala_actions::lint::{Linter, Origin};

    use super::*;

    #[test]
    fn the_files_with_the_most_findings_are_kept_in_the_order_of_the_run() {
        let mut worst = Worst::default();
        let report = Linter::new().lint_unknown(b"{");
        let names: Vec<_> = (0..50).map(|number| format!("{number:02}")).collect();
        for (number, path) in names.iter().enumerate() {
            for _ in 0..number % 3 {
                worst.add(&Checked {
                    path,
                    origin: Origin::FILE,
                    id: None,
                    text: b"{",
                    report: Cow::Borrowed(&report),
                });
            }
        }
        worst.end();
        let files = worst.files();
        let counts: Vec<_> = files.iter().map(OfFile::total).collect();
        assert_eq!(counts, [[2; 16].as_slice(), &[1; 4]].concat());
        let paths: Vec<_> = files[14..18].iter().map(|file| &*file.path).collect();
        assert_eq!(paths, ["44", "47", "01", "04"]);
        assert!(worst.is_cut());
    }
}
