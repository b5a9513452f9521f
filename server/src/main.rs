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
            // If this cannot be written, the exit code still reports the failure.
            let _ = writeln!(stderr(), "jiban: {error}");
            ExitCode::FAILURE
        }
    }
}
