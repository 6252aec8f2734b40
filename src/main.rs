//! The command line tool; see `kaizala_actions::cli`.

fn main() -> std::process::ExitCode {
    kaizala_actions::cli::main()
}
