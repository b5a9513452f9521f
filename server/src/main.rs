//! The command `jiban`.

use std::io::{Write as _, stderr};
use std::process::ExitCode;

use clap::Parser as _;
use jiban::cli::Cli;
use jiban::commands;

#[tokio::main]
async fn main() -> ExitCode {
    match commands::run(Cli::parse().command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The exit code tells it too, where nobody reads this.
            let _ = writeln!(stderr(), "jiban: {error}");
            ExitCode::FAILURE
        }
    }
}
