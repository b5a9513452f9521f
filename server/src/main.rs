//! The command `jiban`.

use std::process::ExitCode;

use clap::Parser as _;
use jiban::cli::Cli;
use jiban::commands;

#[tokio::main]
async fn main() -> ExitCode {
    match commands::run(Cli::parse().command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("jiban: {error}");
            ExitCode::FAILURE
        }
    }
}
