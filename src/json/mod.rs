//! JSON text: its grammar, and a document as a tree that knows where each part stands.

mod cursor;
mod dialect;
mod mark;
mod number;
mod parse;
mod scanner;
mod string;
mod tree;

pub use cursor::{Cursor, Numeral, Span, SyntaxError};
pub use dialect::{Deviation, Kind, count};
pub use mark::{BYTE_ORDER_MARK, without_mark};
pub use number::Number;
pub use parse::{Fault, Parsed, parse};
pub use scanner::{Event, Scanner};
pub use tree::{DEPTH, Data, Flaw, Inside, Member, Node, Tree};
