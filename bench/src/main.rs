//! Measures the real program: a release build of `jiban`, a child process on a
//! free port of this machine, with a database on a real disk. Prints one table,
//! each figure beside its bound measured in the same run.
//!
//! - [`figures`]: what is measured, one file for each figure
//! - [`server`]: the program measured; [`client`]: its load
//! - [`table`]: the table that is printed
//!
//! Nothing here is a test: a slow disk makes a poor figure, not a failure.

mod client;
mod figures;
mod numbers;
mod server;
mod table;

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use server::Workplace;
use table::Table;

/// Measures a release build of Jiban and prints one table.
#[derive(Parser)]
#[command(name = "cargo xtask bench --")]
struct Cli {
    #[command(subcommand)]
    part: Option<Part>,
    /// The program to measure.
    #[arg(long, env = "JIBAN_BIN", default_value = "target/release/jiban")]
    jiban: PathBuf,
    /// Folder for the databases of the run. It must be on a real disk, since
    /// every commit waits for it.
    #[arg(long, default_value = "target")]
    disk: PathBuf,
    /// Also write the table to this file.
    #[arg(long, default_value = "target/bench.md")]
    out: PathBuf,
    /// A twentieth of the old tickets and a tenth of the requests: a quick look, not
    /// a measurement.
    #[arg(long)]
    quick: bool,
    /// Only the figures whose title contains this: wait, issue, `call_next`, progress,
    /// streams, old, cases, drafts, photographs, terminal, loads.
    #[arg(long)]
    only: Option<String>,
}

#[derive(Subcommand)]
enum Part {
    /// Answers every request with a constant: the bound of HTTP itself.
    #[command(hide = true)]
    Constant {
        /// The address to listen on.
        listen: SocketAddr,
    },
}

/// The amount of work for each figure.
#[derive(Debug, Clone, Copy)]
pub struct Amount {
    /// Tickets issued for a figure with one connection.
    pub alone: usize,
    /// Tickets issued for a figure with many connections.
    pub many: usize,
    /// Progress look-ups for a figure.
    pub look_ups: usize,
    /// Calls for a figure.
    pub calls: usize,
    /// Old tickets, few and many.
    pub old: [usize; 2],
    /// Cases, few and many.
    pub cases: [usize; 2],
    /// Rounds of photographs uploaded.
    pub photographs: usize,
    /// For how many seconds pairs type.
    pub typing: u64,
    /// How often they do while numbers are taken.
    pub turns: usize,
}

const FULL: Amount = Amount {
    alone: 2_000,
    many: 40_000,
    look_ups: 100_000,
    calls: 300,
    old: [1_000, 1_000_000],
    cases: [10_000, 1_000_000],
    photographs: 10,
    typing: 20,
    turns: 5,
};
const QUICK: Amount = Amount {
    alone: 200,
    many: 4_000,
    look_ups: 10_000,
    calls: 50,
    old: [1_000, 50_000],
    cases: [1_000, 50_000],
    photographs: 2,
    typing: 5,
    turns: 1,
};

fn main() -> Result<()> {
    let cli = Cli::parse();
    // The load runs on one thread, so that the program measured has the rest of
    // the machine.
    let one_thread = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    if let Some(Part::Constant { listen }) = cli.part {
        return tokio::runtime::Runtime::new()?.block_on(figures::constant::serve(listen));
    }
    let amount = if cli.quick { QUICK } else { FULL };
    let jiban = cli
        .jiban
        .canonicalize()
        .with_context(|| format!("{} does not exist; build it first", cli.jiban.display()))?;
    let workplace = Workplace::new(jiban, &cli.disk)?;
    let mut table = Table::new(&workplace, cli.quick);
    let wanted = |title: &str| cli.only.as_deref().is_none_or(|only| title.contains(only));
    one_thread.block_on(measure(&workplace, amount, &mut table, &wanted));
    let text = table.to_string();
    println!("{text}");
    if let Some(folder) = cli.out.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(&cli.out, &text).with_context(|| format!("{}", cli.out.display()))?;
    eprintln!("also in {}", cli.out.display());
    Ok(())
}

/// Measures one thing after the other. If one fails, its row says so, and the
/// others are still measured.
async fn measure(
    workplace: &Workplace,
    amount: Amount,
    table: &mut Table,
    wanted: &impl Fn(&str) -> bool,
) {
    macro_rules! measure {
        ($($title:literal => $measure:expr),+ $(,)?) => {$(
            if wanted($title) {
                eprintln!("· {}", $title);
                if let Err(error) = $measure.await {
                    table.not_measured($title, &error);
                }
            }
        )+};
    }
    measure! {
        "the wait shown" => async { figures::wait::measure(table); anyhow::Ok(()) },
        "issue" => figures::issue::measure(workplace, amount, table),
        "call_next" => figures::call::measure(workplace, amount, table),
        "progress look-ups" => figures::look_up::measure(workplace, amount, table),
        "a call seen by streams" => figures::streams::measure(workplace, amount, table),
        "old tickets" => figures::old::measure(workplace, amount, table),
        "cases" => figures::cases::measure(workplace, amount, table),
        "drafts" => figures::drafts::measure(workplace, amount, table),
        "photographs" => figures::photographs::measure(workplace, amount, table),
        "terminal" => figures::terminal::measure(workplace, table),
        "what the browser loads" => figures::page::measure(workplace, table),
    }
}
