//! The command `rebrand`. Everything is in the library; see `cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    rebrand::cli::run()
}
