//! What must hold of any bytes, for the targets in `fuzz/`, and how these spoil bodies. The check
//! says what is wrong, if anything is.

pub use crate::lint::fast::mutate::{Random, mutate};
use crate::{body::BodyKind, lint::fast::agreement::disagreement};

/// Of a body: the fast pass never calls clean what the linter proper has something to say of,
/// whatever the body is taken for.
///
/// # Errors
/// What does not hold.
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

    /// What was found once is not to come back, also where nobody fuzzes.
    #[test]
    fn all_seeds_hold() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/seeds/agreement");
        let mut count = 0;
        for entry in fs::read_dir(folder).expect("the seeds") {
            let path = entry.expect("an entry").path();
            if let Err(problem) = agreement(&fs::read(&path).expect("a seed")) {
                unreachable!("{}: {problem}", path.display());
            }
            count += 1;
        }
        assert!(count > 3, "{count} seeds");
    }
}
