//! Properties that hold for any bytes, for the targets in `fuzz/`, and the mutation of bodies. Each
//! check returns the violated property, if any.

mod masks;

pub use masks::masks;

pub use crate::lint::fast::mutate::{Random, mutate};
use crate::{body::BodyKind, lint::fast::agreement::disagreement};

/// For a body: if the fast pass calls it clean, the full linter has no finding, whatever the kind.
///
/// # Errors
/// The property that does not hold.
pub fn agreement(text: &[u8]) -> Result<(), String> {
    BodyKind::ALL
        .iter()
        .find_map(|kind| disagreement(*kind, text))
        .map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Inputs that failed once, tested without a fuzzer.
    #[test]
    fn all_seeds_hold() {
        type Check = fn(&[u8]) -> Result<(), String>;
        let checks: [(&str, Check); 2] = [("agreement", agreement), ("masks", masks)];
        for (target, check) in checks {
            let folder = format!("{}/fuzz/seeds/{target}", env!("CARGO_MANIFEST_DIR"));
            let mut count = 0;
            for entry in fs::read_dir(folder).expect("the seeds") {
                let path = entry.expect("an entry").path();
                if let Err(problem) = check(&fs::read(&path).expect("a seed")) {
                    unreachable!("{}: {problem}", path.display());
                }
                count += 1;
            }
            assert!(count > 3, "{target}: {count} seeds");
        }
    }
}
