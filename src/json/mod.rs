//! JSON text: its grammar, and a document as a tree with locations. The maximum depth is [`DEPTH`]
//! in `tree.rs`.

mod cursor;
mod dialect;
mod faults;
mod flaw;
mod mark;
mod names;
mod node;
mod number;
mod parse;
mod scanner;
mod string;
mod tokens;
mod tree;

pub use cursor::{Cursor, Numeral, Span, SyntaxError};
pub use dialect::{Deviation, DeviationKind, count};
pub use flaw::Flaw;
pub use mark::{BYTE_ORDER_MARK, without_mark};
pub(crate) use names::Names;
pub use node::{Data, Inside, Member, Node};
pub use number::Number;
pub(crate) use parse::value;
pub use parse::{Fault, Parsed, parse};
pub use scanner::{Event, Scanner};
pub(crate) use tree::Kind;
pub use tree::{DEPTH, Tree};
