//! One connection to a printer: ask, send, wait for word. Every wait has its
//! limit.

use std::io;
use std::sync::atomic::{AtomicU32, Ordering};

use jiban_app::api::kiosk::PrinterNow;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout, timeout_at};

use super::escpos::{self, ask_state};
use super::replies::{self, Ear, Reply};
use super::{Outcome, Patience};

/// Bytes written at once; each such part has its own time limit, so that a
/// slow printer is no dead one.
const PART: usize = 4096;
const RAW_PORT: u16 = 9100;

pub struct Talk {
    stream: TcpStream,
    patience: Patience,
}

impl Talk {
    pub async fn open(address: &str, patience: Patience) -> io::Result<Self> {
        let address = match address.rsplit_once(':') {
            Some((_, port)) if port.parse::<u16>().is_ok() => address.to_owned(),
            _ => format!("{address}:{RAW_PORT}"),
        };
        let stream = timeout(patience.connect, TcpStream::connect(address)).await??;
        stream.set_nodelay(true)?;
        Ok(Self { stream, patience })
    }

    /// How the printer is now.
    pub async fn state(&mut self) -> PrinterNow {
        let online = self.ask(escpos::ONLINE).await;
        if online.is_none() {
            return PrinterNow::Offline;
        }
        let cause = self.ask(escpos::CAUSE).await;
        let roll = self.ask(escpos::ROLL).await;
        replies::state(online, cause, roll)
    }

    /// Sends a job to a printer that can print, and waits for its word. Once
    /// begun it never fails: what was sent may be printed, now or later.
    pub async fn send(&mut self, job: &[u8]) -> Outcome {
        let mark = next_mark();
        let receipt = escpos::ask_receipt(mark);
        for part in job.chunks(PART).chain([receipt.as_slice()]) {
            let written = timeout(self.patience.write, self.stream.write_all(part)).await;
            if !matches!(written, Ok(Ok(()))) {
                return Outcome::Unknown;
            }
        }
        if self.is_done(mark).await { Outcome::Confirmed } else { Outcome::Unknown }
    }

    /// Whether the printer says that it is done. Ends early when it says that
    /// it has stopped: the visitor waits for the screen.
    async fn is_done(&mut self, mark: [u8; 4]) -> bool {
        let until = Instant::now() + self.patience.done;
        let mut ear = Ear::default();
        let mut bytes = [0; 64];
        loop {
            let pause = until.min(Instant::now() + self.patience.answer);
            match timeout_at(pause, self.stream.read(&mut bytes)).await {
                Ok(Ok(0) | Err(_)) => return false,
                Ok(Ok(read)) => {
                    for reply in ear.hear(&bytes[..read]) {
                        match reply {
                            Reply::Receipt(echo) if echo == mark => return true,
                            Reply::InTurn { paper_out } => return !paper_out,
                            Reply::State(state) if state & 0x60 == 0x60 => return false,
                            Reply::Receipt(_) | Reply::State(_) => {}
                        }
                    }
                }
                Err(_) if Instant::now() >= until => return false,
                Err(_) => {
                    let question = ask_state(escpos::ROLL);
                    let asked = timeout_at(until, self.stream.write_all(&question)).await;
                    if !matches!(asked, Ok(Ok(()))) {
                        return false;
                    }
                }
            }
        }
    }

    /// One answer of one byte. Anything else that comes is from something that
    /// is no printer.
    async fn ask(&mut self, about: u8) -> Option<u8> {
        self.forget_unasked();
        let question = ask_state(about);
        let asked = self.stream.write_all(&question);
        timeout(self.patience.answer, asked).await.ok()?.ok()?;
        let until = Instant::now() + self.patience.answer;
        let mut ear = Ear::default();
        let mut bytes = [0; 64];
        loop {
            let read = timeout_at(until, self.stream.read(&mut bytes)).await.ok()?.ok()?;
            if read == 0 {
                return None;
            }
            match ear.hear(&bytes[..read]).as_slice() {
                [] => {}
                [Reply::State(state)] => return Some(*state),
                _ => return None,
            }
        }
    }

    fn forget_unasked(&mut self) {
        let mut bytes = [0; 64];
        while matches!(self.stream.try_read(&mut bytes), Ok(read) if read > 0) {}
    }

    /// Says goodbye. Hanging up with an answer unread would throw away what the
    /// printer has not yet taken in.
    pub async fn close(mut self) {
        self.forget_unasked();
        let _ = timeout(self.patience.answer, self.stream.shutdown()).await;
    }
}

/// A mark no other job of this process has. Printable letters only, as printers
/// want it.
fn next_mark() -> [u8; 4] {
    static LAST: AtomicU32 = AtomicU32::new(0);
    let count = LAST.fetch_add(1, Ordering::Relaxed);
    [18, 12, 6, 0].map(|shift| b'0' + u8::try_from((count >> shift) & 0x3f).unwrap_or_default())
}
