//! `serve`, as a program.

mod logs;
mod readme;
mod state;
