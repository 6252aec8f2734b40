//! The Rust blocks of the README of this workspace and of the guide, which belong to no single
//! package: they run as documentation tests. The program of this package is in `main.rs`.

#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../../../docs/guide/client.md")]
struct Client;

#[cfg(doctest)]
#[doc = include_str!("../../../docs/guide/proxy.md")]
struct Proxy;

#[cfg(doctest)]
#[doc = include_str!("../../../docs/guide/sandbox.md")]
struct Sandbox;
