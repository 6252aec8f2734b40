//! Cuts a column into pieces that one thread judges at a time.

use arrow_array::{Array, ArrayRef};
use arrow_schema::ArrowError;
use pyo3::{PyErr, Python};

use super::{
    bodies::bodies,
    import::{Arrays, Column},
};

/// The maximum number of bodies of a piece: with as many findings as are listed, their texts fit
/// into an array.
const MOST_ROWS: usize = 4096;

/// The number of bytes after which a piece ends.
const MOST_BYTES: usize = 4 << 20;

/// Rows of the column, and of the ids.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub bodies: ArrayRef,
    pub ids: Option<ArrayRef>,
}

/// Why the reading ended before its end.
#[derive(Debug)]
pub(super) enum Interruption {
    /// A signal, such as that of Ctrl-C.
    Signal(PyErr),
    /// The columns have different lengths.
    Length,
    /// A column could not be read.
    Source(ArrowError),
}

/// The pieces of a column and its ids, whose arrays may end at other rows.
pub(super) struct Pieces {
    bodies: Cursor,
    ids: Option<Cursor>,
}

impl Pieces {
    pub fn new(bodies: Column, ids: Option<Column>) -> Self {
        Self {
            bodies: Cursor::new(bodies.arrays),
            ids: ids.map(|ids| Cursor::new(ids.arrays)),
        }
    }

    fn piece(&mut self) -> Result<Option<Piece>, Interruption> {
        Python::attach(|py| py.check_signals().map_err(Interruption::Signal))?;
        let has_bodies = self.bodies.fill()?;
        let mut rows = length(self.bodies.rest.as_ref());
        if let Some(ids) = &mut self.ids {
            if ids.fill()? != has_bodies {
                return Err(Interruption::Length);
            }
            rows = rows.min(length(ids.rest.as_ref()));
        }
        if !has_bodies {
            return Ok(None);
        }
        Ok(self.bodies.take(rows).map(|bodies| Piece {
            ids: self.ids.as_mut().and_then(|ids| ids.skip(bodies.len())),
            bodies,
        }))
    }
}

impl Iterator for Pieces {
    type Item = Result<Piece, Interruption>;

    fn next(&mut self) -> Option<Self::Item> {
        self.piece().transpose()
    }
}

/// What is left of a column.
struct Cursor {
    arrays: Arrays,
    /// What is left of the current array.
    rest: Option<ArrayRef>,
}

impl Cursor {
    fn new(arrays: Arrays) -> Self {
        // What a stream says after its end is not defined.
        let arrays = Box::new(arrays.fuse());
        Self { arrays, rest: None }
    }

    /// Takes the next array once the current one is used up; whether there are rows.
    fn fill(&mut self) -> Result<bool, Interruption> {
        while length(self.rest.as_ref()) == 0 {
            match self.arrays.next() {
                Some(array) => self.rest = Some(array.map_err(Interruption::Source)?),
                None => return Ok(false),
            }
        }
        Ok(true)
    }

    /// At most as many rows as this, and as fit in a piece.
    fn take(&mut self, rows: usize) -> Option<ArrayRef> {
        let rest = self.rest.as_ref()?;
        let (bodies, mut bytes) = (bodies(rest), 0);
        let mut fitting = (0..rows.min(MOST_ROWS)).take_while(|row| {
            let fits = bytes < MOST_BYTES;
            bytes += bodies(*row).map_or(0, <[u8]>::len);
            fits
        });
        let rows = fitting.by_ref().count();
        drop(fitting);
        drop(bodies);
        self.skip(rows)
    }

    /// This many rows.
    fn skip(&mut self, rows: usize) -> Option<ArrayRef> {
        let rest = self.rest.take()?;
        let taken = rest.slice(0, rows);
        self.rest = Some(rest.slice(rows, rest.len() - rows));
        Some(taken)
    }
}

fn length(array: Option<&ArrayRef>) -> usize {
    array.map_or(0, Array::len)
}
