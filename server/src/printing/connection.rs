//! One connection to a printer: request the status, send a job, wait for the confirmation.
//! Every wait has a time limit.

use std::io;
use std::sync::atomic::{AtomicU32, Ordering};

use jiban_domain::print_job::PrinterNow;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout, timeout_at};

use super::escpos::{self, status_request};
use super::replies::{self, Reply, ReplyParser};
use super::{Outcome, Timeouts};

/// Bytes written at once. Each part has its own time limit, so that a slow printer does not
/// count as dead.
const PART: usize = 4096;
const RAW_PORT: u16 = 9100;

pub struct Connection {
    stream: TcpStream,
    timeouts: Timeouts,
}

impl Connection {
    pub async fn open(address: &str, timeouts: Timeouts) -> io::Result<Self> {
        let address = match address.rsplit_once(':') {
            Some((_, port)) if port.parse::<u16>().is_ok() => address.to_owned(),
            _ => format!("{address}:{RAW_PORT}"),
        };
        let stream = timeout(timeouts.connect, TcpStream::connect(address)).await??;
        stream.set_nodelay(true)?;
        Ok(Self { stream, timeouts })
    }

    /// The current status of the printer.
    pub async fn status(&mut self) -> PrinterNow {
        let online = self.request(escpos::ONLINE).await;
        if online.is_none() {
            return PrinterNow::Offline;
        }
        let cause = self.request(escpos::CAUSE).await;
        let roll = self.request(escpos::ROLL).await;
        replies::status(online, cause, roll)
    }

    /// Sends a job to a printer that can print, and waits for its confirmation. It never
    /// fails: once something was sent, it may be printed, now or later.
    pub async fn send(&mut self, job: &[u8]) -> Outcome {
        let mark = next_mark();
        let receipt = escpos::receipt_request(mark);
        for part in job.chunks(PART).chain([receipt.as_slice()]) {
            let written = timeout(self.timeouts.write, self.stream.write_all(part)).await;
            if !matches!(written, Ok(Ok(()))) {
                return Outcome::Unknown;
            }
        }
        if self.is_confirmed(mark).await { Outcome::Confirmed } else { Outcome::Unknown }
    }

    /// Whether the printer confirms the job. Returns early if it reports that it has
    /// stopped, since the visitor is waiting at the screen.
    async fn is_confirmed(&mut self, mark: [u8; 4]) -> bool {
        let until = Instant::now() + self.timeouts.done;
        let mut parser = ReplyParser::default();
        let mut bytes = [0; 64];
        loop {
            let wait = until.min(Instant::now() + self.timeouts.answer);
            match timeout_at(wait, self.stream.read(&mut bytes)).await {
                Ok(Ok(0) | Err(_)) => return false,
                Ok(Ok(read)) => {
                    for reply in parser.push(&bytes[..read]) {
                        match reply {
                            Reply::Receipt(echo) if echo == mark => return true,
                            Reply::InOrder { paper_out } => return !paper_out,
                            Reply::Status(status) if status & 0x60 == 0x60 => return false,
                            Reply::Receipt(_) | Reply::Status(_) => {}
                        }
                    }
                }
                Err(_) if Instant::now() >= until => return false,
                Err(_) => {
                    let request = status_request(escpos::ROLL);
                    let written = timeout_at(until, self.stream.write_all(&request)).await;
                    if !matches!(written, Ok(Ok(()))) {
                        return false;
                    }
                }
            }
        }
    }

    /// Requests one byte of status. Any other answer comes from something that is not a
    /// printer.
    async fn request(&mut self, about: u8) -> Option<u8> {
        self.discard_pending();
        let request = status_request(about);
        let written = self.stream.write_all(&request);
        timeout(self.timeouts.answer, written).await.ok()?.ok()?;
        let until = Instant::now() + self.timeouts.answer;
        let mut parser = ReplyParser::default();
        let mut bytes = [0; 64];
        loop {
            let read = timeout_at(until, self.stream.read(&mut bytes)).await.ok()?.ok()?;
            if read == 0 {
                return None;
            }
            match parser.push(&bytes[..read]).as_slice() {
                [] => {}
                [Reply::Status(status)] => return Some(*status),
                _ => return None,
            }
        }
    }

    fn discard_pending(&mut self) {
        let mut bytes = [0; 64];
        while matches!(self.stream.try_read(&mut bytes), Ok(read) if read > 0) {}
    }

    /// Closes the connection. If answers were left unread, the connection would be reset and
    /// the printer would lose what it has not read yet.
    pub async fn close(mut self) {
        self.discard_pending();
        let _ = timeout(self.timeouts.answer, self.stream.shutdown()).await;
    }
}

/// A mark that is unique to a job within this process, in printable characters as printers
/// require.
fn next_mark() -> [u8; 4] {
    static LAST: AtomicU32 = AtomicU32::new(0);
    let count = LAST.fetch_add(1, Ordering::Relaxed);
    [18, 12, 6, 0].map(|shift| b'0' + u8::try_from((count >> shift) & 0x3f).unwrap_or_default())
}
