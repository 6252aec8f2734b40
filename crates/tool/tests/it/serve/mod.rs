//! `serve`, as a program.

mod guide;
mod logs;
mod state;
