//! Slips on paper: the one layout as a picture, and the talk with a network
//! printer. What lives elsewhere: the layout ([`jiban_app::slip`]), and which
//! slip is printed when (the jobs).
//!
//! Everything here ends within known limits, whatever the printer does, and
//! nothing is ever sent twice by itself.

mod escpos;
pub mod fonts;
pub mod raster;
mod replies;
mod talk;
// Test equipment: it belongs to the example, which can be run by itself.
#[cfg(test)]
#[path = "../../examples/printer/emulator/mod.rs"]
mod emulator;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use jiban_app::api::kiosk::PrinterNow;
use jiban_app::slip;
use jiban_domain::slip::Slip;

use talk::Talk;

/// What became of a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The printer said, after the cut, that it is done.
    Confirmed,
    /// Some of it may have been printed, or will be when the printer can
    /// again. It must not be printed anew by itself.
    Unknown,
    /// Nothing was sent, and why: printing it anew is safe.
    Failed(PrinterNow),
}

/// How long each part of the talk with a printer may take.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Until it takes the connection.
    pub connect: Duration,
    /// Until it answers a question about its state.
    pub answer: Duration,
    /// Until it takes the next part of a picture.
    pub write: Duration,
    /// From the last byte until it says that it is done.
    pub done: Duration,
}

impl Default for Patience {
    /// A slip takes a printer two to four seconds; the kiosk tells the visitor
    /// of an unknown slip at the latest after twenty.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            answer: Duration::from_millis(1500),
            write: Duration::from_secs(8),
            done: Duration::from_secs(15),
        }
    }
}

/// A printer on the network.
#[derive(Debug, Clone)]
pub struct Printer {
    /// `host:port`; without a port, 9100.
    pub address: String,
    /// Paper width in millimetres: 58 or 80.
    pub paper: u16,
    /// The printer draws the QR code itself.
    pub native_qr: bool,
    /// How long to wait for it.
    pub patience: Patience,
}

/// Prints a slip at an ESC/POS printer. Asks for the printer's state first and
/// sends nothing to one that cannot print.
pub async fn print(address: &str, paper: u16, native_qr: bool, slip: &Slip) -> Outcome {
    let address = address.to_owned();
    Printer { address, paper, native_qr, patience: Patience::default() }.print(slip).await
}

/// Prints another drawing than a slip, made for this paper.
pub async fn print_drawing(address: &str, paper: u16, svg: String) -> Outcome {
    let patience = Patience::default();
    let printer = Printer { address: address.to_owned(), paper, native_qr: false, patience };
    let drawn = tokio::task::spawn_blocking(move || {
        let mut job = escpos::Job::new();
        job.picture(&raster::raster(&svg, slip::dots(paper))?);
        Ok(job.cut(paper))
    });
    let drawn = drawn.await.map_err(|_| DrawFault::Stopped);
    printer.give(drawn.and_then(|job| job.map_err(DrawFault::Raster))).await
}

/// How a network printer is. [`PrinterNow::Offline`] too when slips cannot be
/// drawn for want of a font ([`fonts::chinese`] says so at the start).
pub async fn status(address: &str) -> PrinterNow {
    if fonts::chinese().is_err() {
        return PrinterNow::Offline;
    }
    state_of(address, Patience::default()).await
}

async fn state_of(address: &str, patience: Patience) -> PrinterNow {
    let turn = turn_at(address);
    let _turn = turn.lock().await;
    match Talk::open(address, patience).await {
        Ok(mut talk) => {
            let now = talk.state().await;
            talk.close().await;
            now
        }
        Err(_) => PrinterNow::Offline,
    }
}

impl Printer {
    /// Prints a slip.
    pub async fn print(&self, slip: &Slip) -> Outcome {
        self.give(self.draw(slip).await).await
    }

    async fn give(&self, drawn: Result<Vec<u8>, DrawFault>) -> Outcome {
        let job = match drawn {
            Ok(job) => job,
            Err(fault) => {
                tracing::error!(printer = self.address, "the slip could not be drawn: {fault}");
                return Outcome::Failed(PrinterNow::Offline);
            }
        };
        let turn = turn_at(&self.address);
        let _turn = turn.lock().await;
        let mut talk = match Talk::open(&self.address, self.patience).await {
            Ok(talk) => talk,
            Err(fault) => {
                tracing::warn!(printer = self.address, "no connection: {fault}");
                return Outcome::Failed(PrinterNow::Offline);
            }
        };
        let now = talk.state().await;
        let outcome = if now.prints() { talk.send(&job).await } else { Outcome::Failed(now) };
        talk.close().await;
        if outcome != Outcome::Confirmed {
            tracing::warn!(printer = self.address, ?outcome, "a slip was not confirmed");
        }
        outcome
    }

    /// The bytes of the job; drawing takes a while of computing.
    async fn draw(&self, slip: &Slip) -> Result<Vec<u8>, DrawFault> {
        let (slip, paper, native_qr) = (slip.clone(), self.paper, self.native_qr);
        tokio::task::spawn_blocking(move || draw(&slip, paper, native_qr))
            .await
            .map_err(|_| DrawFault::Stopped)?
            .map_err(DrawFault::Raster)
    }
}

#[derive(Debug, thiserror::Error)]
enum DrawFault {
    #[error(transparent)]
    Raster(raster::Fault),
    #[error("drawing stopped")]
    Stopped,
}

fn draw(slip: &Slip, paper: u16, native_qr: bool) -> Result<Vec<u8>, raster::Fault> {
    let width = slip::dots(paper);
    let mut job = escpos::Job::new();
    if native_qr {
        let around = slip::around_qr(slip, paper);
        job.picture(&raster::raster(&around.above, width)?);
        job.qr(&slip.qr, around.module);
        if let Some(below) = around.below {
            job.picture(&raster::raster(&below, width)?);
        }
    } else {
        job.picture(&raster::raster(&slip::svg(slip, paper), width)?);
    }
    Ok(job.cut(paper))
}

/// Printers take one connection at a time: who comes second would see a
/// printer that does not answer.
fn turn_at(address: &str) -> Arc<tokio::sync::Mutex<()>> {
    static TURNS: LazyLock<Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>> =
        LazyLock::new(Mutex::default);
    let mut turns = TURNS.lock().unwrap_or_else(PoisonError::into_inner);
    turns.entry(address.to_owned()).or_default().clone()
}
