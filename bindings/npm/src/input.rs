//! The room that JavaScript writes a text to: one that stays, since most texts are short.

use std::cell::RefCell;

use wasm_bindgen::prelude::wasm_bindgen;

/// The most bytes that stay.
const MOST: usize = 1 << 20;

thread_local! {
    static ROOM: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// The address of room for a text of this many bytes.
#[wasm_bindgen]
#[must_use]
pub fn room(length: usize) -> usize {
    ROOM.with_borrow_mut(|room| {
        if room.len() < length {
            // What was there is not needed any more.
            room.clear();
            room.resize(length.max(1 << 12), 0);
        }
        room.as_ptr().addr()
    })
}

/// What is made of the text of this length that is there.
pub(crate) fn read<T>(length: usize, take: impl FnOnce(&[u8]) -> T) -> T {
    ROOM.with_borrow_mut(|room| {
        let taken = take(room.get(..length).unwrap_or_default());
        if room.len() > MOST {
            *room = Vec::new();
        }
        taken
    })
}
