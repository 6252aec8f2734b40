//! The command line tool; see `kaizala_actions_cli`.

fn main() -> std::process::ExitCode {
    kaizala_actions_cli::main()
}
