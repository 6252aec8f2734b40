//! The console blocks of the README, run as they are printed. Its Rust blocks are doctests of the crate.
#![cfg(feature = "cli")]

#[test]
fn console_blocks_print_what_they_say() {
    trycmd::TestCases::new()
        .register_bin("cargo", std::path::Path::new(env!("CARGO")))
        .register_bin("kaizala-actions", trycmd::cargo::cargo_bin!("kaizala-actions"))
        .env("NO_COLOR", "1")
        .case("README.md");
}
