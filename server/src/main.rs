//! The command `jiban`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand};
use jiban::clock::Clock;
use jiban::serve::{Options, start};

/// A public service hall in one program.
#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the hall.
    Serve {
        /// The database.
        #[arg(long, default_value = "data/hall.db")]
        db: PathBuf,
        /// Where to listen.
        #[arg(long, default_value = "127.0.0.1:3000")]
        listen: SocketAddr,
        /// Seed the demo hall into an empty database.
        #[arg(long)]
        demo: bool,
        /// Where phones find the hall.
        #[arg(long)]
        public_url: Option<String>,
    },
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let Command::Serve { db, listen, demo, public_url } = Cli::parse().command;
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let demo_password = std::env::var("JIBAN_DEMO_PASSWORD").ok();
    let running =
        start(Options { db, listen, public_url, demo, demo_password, clock: Clock::Machine })
            .await?;
    println!("http://{}  phones: {}", running.address, running.base);
    if let Some(password) = &running.made_password {
        println!("password: {password}");
    }
    tokio::signal::ctrl_c().await?;
    running.stop().await;
    Ok(())
}
