//! An index of ids that does not store them.

use std::hash::{BuildHasher as _, RandomState};

use hashbrown::HashTable;

/// The locations of ids; the caller can read the id at a location.
#[derive(Clone)]
pub(super) struct Index<P> {
    places: HashTable<P>,
    hasher: RandomState,
}

impl<P> Default for Index<P> {
    fn default() -> Self {
        Self {
            places: HashTable::new(),
            hasher: RandomState::new(),
        }
    }
}

impl<P: Copy> Index<P> {
    pub fn find<'i>(&self, id: &str, id_at: impl Fn(P) -> Option<&'i str>) -> Option<P> {
        let is_it = |place: &P| id_at(*place) == Some(id);
        self.places.find(self.hasher.hash_one(id), is_it).copied()
    }

    /// Adds the location of an id, which must already be readable there.
    pub fn insert<'i>(&mut self, id: &str, place: P, id_at: impl Fn(P) -> Option<&'i str>) {
        let hash = |place: &P| self.hasher.hash_one(id_at(*place).unwrap_or_default());
        let known = self.hasher.hash_one(id);
        self.places.insert_unique(known, place, hash);
    }
}
