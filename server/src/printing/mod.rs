//! Printing on ESC/POS printers, in the network or at this machine: a layout is rastered and
//! sent. The layout of slips is [`jiban_app::slip`]; the jobs decide which slip is printed when.
//! A4 pages go by [`ipp`].
//!
//! Every step has a time limit, whatever the printer does, and nothing is ever sent twice
//! automatically.

mod connection;
mod device;
mod escpos;
pub mod fonts;
pub mod glyphs;
pub mod ipp;
pub mod raster;
mod replies;
pub mod spool;
mod turn;
// Test equipment: it belongs to the example, which can be run by itself.
#[cfg(test)]
#[path = "../../examples/printer/emulator/mod.rs"]
mod emulator;
#[cfg(test)]
mod tests;

use std::time::Duration;

use jiban_app::slip;
use jiban_domain::print_job::PrinterNow;
use jiban_domain::setup::EscposPrinter;
use jiban_domain::slip::Slip;

use connection::Connection;
use raster::RasterError;
use turn::{Known, Turn};

/// The result of printing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The printer confirmed after the cut that it is done.
    Confirmed,
    /// The slip may have been printed, or may be printed later. It must not be sent again
    /// automatically.
    Unknown,
    /// Nothing was sent, for this reason. Printing again is safe.
    Failed(PrinterNow),
}

/// The time limit of each step.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// For the connection.
    pub connect: Duration,
    /// For the answer to a status request.
    pub answer: Duration,
    /// For writing the next part of a picture.
    pub write: Duration,
    /// From the last byte to the confirmation, beside the time that the length takes.
    pub done: Duration,
}

impl Default for Timeouts {
    /// A printer takes two to four seconds for a slip, and is given three more for each
    /// 150 mm. The kiosk informs the visitor about an unknown slip after twenty seconds at the
    /// latest.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            answer: Duration::from_millis(1500),
            write: Duration::from_secs(8),
            done: Duration::from_secs(12),
        }
    }
}

/// A network printer, and how long it is waited for.
#[derive(Debug, Clone)]
pub struct Printer {
    pub setup: EscposPrinter,
    pub timeouts: Timeouts,
}

/// Prints a slip. The printer's status is requested first; nothing is sent to a printer that
/// cannot print.
pub async fn print(printer: &EscposPrinter, slip: &Slip) -> Outcome {
    Printer::of(printer).print(slip).await
}

/// Prints any other drawing that was made for the dots of this printer.
pub async fn print_drawing(printer: &EscposPrinter, svg: String) -> Outcome {
    let dots = printer.dots();
    let drawn = tokio::task::spawn_blocking(move || {
        let mut job = escpos::Job::new();
        job.picture(&raster::raster(&svg, dots)?);
        Ok(job.cut(dots))
    });
    let drawn = drawn.await.map_err(|_| DrawError::Aborted);
    Printer::of(printer).send(drawn.and_then(|job| job.map_err(DrawError::Raster))).await
}

/// The status of a network printer. It is [`PrinterNow::Offline`] also if slips cannot be
/// drawn because no Chinese font is installed; see [`fonts::chinese`].
pub async fn status(printer: &EscposPrinter) -> PrinterNow {
    if fonts::chinese().is_err() {
        return PrinterNow::Offline;
    }
    Printer::of(printer).status().await
}

impl Printer {
    fn of(setup: &EscposPrinter) -> Self {
        Self { setup: setup.clone(), timeouts: Timeouts::default() }
    }

    /// Its status now; of one that is not asked, only whether it can be reached.
    async fn status(&self) -> PrinterNow {
        let Ok(mut turn) = Turn::take(&self.setup, self.timeouts.connect).await else {
            return PrinterNow::Offline;
        };
        match Connection::open(&turn.way, self.timeouts).await {
            Ok(mut connection) => {
                let status = self.status_by(&mut connection, &mut turn).await;
                connection.close().await;
                status
            }
            Err(_) => PrinterNow::Offline,
        }
    }

    async fn status_by(&self, connection: &mut Connection, turn: &mut Turn) -> PrinterNow {
        if !self.setup.status {
            return PrinterNow::Unknown;
        }
        connection.status(turn.known().unwrap_or(&mut Known::default())).await
    }

    /// Prints a slip.
    pub async fn print(&self, slip: &Slip) -> Outcome {
        self.send(self.draw(slip).await).await
    }

    async fn send(&self, drawn: Result<Vec<u8>, DrawError>) -> Outcome {
        let job = match drawn {
            Ok(job) => job,
            Err(error) => {
                tracing::error!(
                    printer = self.setup.address,
                    "the slip could not be drawn: {error}"
                );
                return Outcome::Failed(PrinterNow::Offline);
            }
        };
        let unreachable = |error: std::io::Error| {
            tracing::warn!(printer = self.setup.address, "no connection: {error}");
            Outcome::Failed(PrinterNow::Offline)
        };
        let mut turn = match Turn::take(&self.setup, self.timeouts.connect).await {
            Ok(turn) => turn,
            Err(error) => return unreachable(error),
        };
        let mut connection = match Connection::open(&turn.way, self.timeouts).await {
            Ok(connection) => connection,
            Err(error) => return unreachable(error),
        };
        let status = self.status_by(&mut connection, &mut turn).await;
        let outcome = if status.prints() {
            let mut unknown = Known::default();
            let known = turn.known().unwrap_or(&mut unknown);
            connection.send(&job, known, self.setup.after_cut).await
        } else {
            Outcome::Failed(status)
        };
        connection.close().await;
        if outcome != Outcome::Confirmed {
            tracing::warn!(printer = self.setup.address, ?outcome, "a slip was not confirmed");
        }
        outcome
    }

    /// The bytes of the job. Drawing is slow, so it runs on a blocking thread.
    async fn draw(&self, slip: &Slip) -> Result<Vec<u8>, DrawError> {
        let (slip, dots, native_qr) = (slip.clone(), self.setup.dots(), self.setup.native_qr);
        tokio::task::spawn_blocking(move || draw(&slip, dots, native_qr))
            .await
            .map_err(|_| DrawError::Aborted)?
            .map_err(DrawError::Raster)
    }
}

#[derive(Debug, thiserror::Error)]
enum DrawError {
    #[error(transparent)]
    Raster(RasterError),
    #[error("drawing was aborted")]
    Aborted,
}

fn draw(slip: &Slip, dots: u32, native_qr: bool) -> Result<Vec<u8>, RasterError> {
    let mut job = escpos::Job::new();
    if native_qr {
        let around = slip::around_qr(slip, dots);
        job.picture(&raster::raster(&around.above, dots)?);
        job.qr(&slip.qr, around.module);
        if let Some(below) = around.below {
            job.picture(&raster::raster(&below, dots)?);
        }
    } else {
        job.picture(&raster::raster(&slip::svg(slip, dots), dots)?);
    }
    Ok(job.cut(dots))
}
