//! The Rust blocks of the README of this workspace, which belongs to no package alone: they run as
//! documentation tests. The program of this package is in `main.rs`.

#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
