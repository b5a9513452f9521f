//! One connection to a printer: request the status, send a job, wait for the confirmation.
//! Every wait has a time limit.

use std::io;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use jiban_domain::print_job::PrinterNow;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout, timeout_at};

use super::device::Device;
use super::escpos::{self, status_request};
use super::replies::{self, Reply, ReplyParser};
use super::turn::{Known, Way};
use super::{Outcome, Timeouts};

/// Bytes written at once. Each part has its own time limit, so that a slow printer does not
/// count as dead.
const PART: usize = 4096;
/// Bytes of a job that a slow printer (50 mm a second, 80 mm paper) prints in a second.
const PRINTED_IN_A_SECOND: usize = 28_800;

/// A printer answers the second of two questions soon after the first.
const LINGERS: Duration = Duration::from_millis(250);

/// How the wait for a confirmation ended.
enum Confirmation {
    Given,
    /// The printer has stopped, or the connection has ended.
    Stopped,
    /// The printer is ready, but did not confirm.
    Missing,
    /// The printer says nothing.
    Silence,
}

/// What a status request brought.
enum Answer {
    Status(u8),
    /// Nothing, or nothing that means anything.
    Silence,
    /// Something that no printer says, or the end of the connection.
    Foreign,
}

impl Answer {
    const fn status(self) -> Option<u8> {
        match self {
            Self::Status(status) => Some(status),
            Self::Silence | Self::Foreign => None,
        }
    }
}

/// What bytes go through.
trait Wire: AsyncRead + AsyncWrite + Send + Unpin {
    /// Forgets what has come and was not read.
    fn discard(&mut self);

    /// How long what was asked may still come, and is not to be taken for the answer to
    /// something later. A connection ends with its job.
    fn lingers(&self) -> Duration;
}

impl Wire for TcpStream {
    fn discard(&mut self) {
        let mut bytes = [0; 64];
        while matches!(self.try_read(&mut bytes), Ok(read) if read > 0) {}
    }

    fn lingers(&self) -> Duration {
        Duration::ZERO
    }
}

impl Wire for Device {
    fn discard(&mut self) {
        Self::discard(self);
    }

    fn lingers(&self) -> Duration {
        LINGERS
    }
}

pub struct Connection {
    wire: Box<dyn Wire>,
    timeouts: Timeouts,
}

impl Connection {
    pub async fn open(way: &Way, timeouts: Timeouts) -> io::Result<Self> {
        let wire: Box<dyn Wire> = match way {
            Way::Network(addresses) => {
                let stream = timeout(timeouts.connect, TcpStream::connect(&**addresses)).await??;
                stream.set_nodelay(true)?;
                Box::new(stream)
            }
            Way::Device(path, baud) => Box::new(Device::open(path, *baud)?),
        };
        Ok(Self { wire, timeouts })
    }

    /// The current status of the printer. Some never answer, or answer with zeros, and print
    /// all the same. One that has answered before and does not now is in trouble.
    pub async fn status(&mut self, known: &mut Known) -> PrinterNow {
        let online = match self.request(escpos::ONLINE).await {
            Answer::Status(online) => online,
            Answer::Silence if !known.answers => return PrinterNow::Unknown,
            Answer::Silence | Answer::Foreign => return PrinterNow::Offline,
        };
        known.answers = true;
        let cause = self.request(escpos::CAUSE).await.status();
        let roll = self.request(escpos::ROLL).await.status();
        replies::status(online, cause, roll)
    }

    /// Sends a job to a printer that can print, and waits for its confirmation. It never
    /// fails: once something was sent, it may be printed, now or later.
    pub async fn send(&mut self, job: &[u8], known: &mut Known, after_cut: bool) -> Outcome {
        let mark = next_mark();
        let receipt = if after_cut { escpos::receipt_request(mark) } else { Vec::new() };
        for part in job.chunks(PART).chain([receipt.as_slice()]) {
            let written = timeout(self.timeouts.write, self.wire.write_all(part)).await;
            if !matches!(written, Ok(Ok(()))) {
                return Outcome::Unknown;
            }
        }
        if !after_cut {
            return Outcome::Unknown;
        }
        let patience = if known.may_confirm() {
            let length = u32::try_from(job.len() / PRINTED_IN_A_SECOND).unwrap_or(u32::MAX);
            self.timeouts.done + Duration::from_secs(length.into())
        } else {
            self.timeouts.answer
        };
        match self.confirmation(mark, patience, known.answers).await {
            Confirmation::Given => {
                known.confirmed();
                Outcome::Confirmed
            }
            Confirmation::Missing => {
                known.not_confirmed();
                Outcome::Unknown
            }
            // Of one that answers nothing there is nothing to wait for.
            Confirmation::Silence if !known.answers => {
                known.not_confirmed();
                Outcome::Unknown
            }
            Confirmation::Stopped | Confirmation::Silence => Outcome::Unknown,
        }
    }

    /// Waits for the printer to confirm the job. Returns early if it reports that it has
    /// stopped, since the visitor is waiting at the screen.
    /// Of a printer that does not answer status requests only the echo of the mark counts: a
    /// zero may be its answer to anything.
    async fn confirmation(
        &mut self,
        mark: [u8; 4],
        patience: Duration,
        answers: bool,
    ) -> Confirmation {
        let until = Instant::now() + patience;
        let mut parser = ReplyParser::default();
        let mut bytes = [0; 64];
        let mut is_ready = false;
        loop {
            let wait = until.min(Instant::now() + self.timeouts.answer);
            match timeout_at(wait, self.wire.read(&mut bytes)).await {
                Ok(Ok(0) | Err(_)) => return Confirmation::Stopped,
                Ok(Ok(read)) => {
                    for reply in parser.push(&bytes[..read]) {
                        match reply {
                            Reply::Receipt(echo) if echo == mark => return Confirmation::Given,
                            Reply::InOrder { .. } if !answers => {}
                            Reply::InOrder { paper_out: false } => return Confirmation::Given,
                            Reply::InOrder { paper_out: true } => return Confirmation::Stopped,
                            Reply::Status(status) if status & 0x60 == 0x60 => {
                                return Confirmation::Stopped;
                            }
                            Reply::Status(_) => is_ready = true,
                            Reply::Receipt(_) => {}
                        }
                    }
                }
                Err(_) if Instant::now() >= until => {
                    return if is_ready { Confirmation::Missing } else { Confirmation::Silence };
                }
                Err(_) if !answers => {}
                Err(_) => {
                    let request = status_request(escpos::ROLL);
                    let written = timeout_at(until, self.wire.write_all(&request)).await;
                    if !matches!(written, Ok(Ok(()))) {
                        return Confirmation::Stopped;
                    }
                }
            }
        }
    }

    /// Requests one byte of status.
    async fn request(&mut self, about: u8) -> Answer {
        self.discard_pending();
        let request = status_request(about);
        let written = timeout(self.timeouts.answer, self.wire.write_all(&request)).await;
        if !matches!(written, Ok(Ok(()))) {
            return Answer::Foreign;
        }
        // What an earlier job asked for may come now.
        let is_late = |reply: &Reply| matches!(reply, Reply::Receipt(_) | Reply::InOrder { .. });
        let mut until = Instant::now() + self.timeouts.answer;
        let mut parser = ReplyParser::default();
        let mut bytes = [0; 64];
        let mut noise = false;
        loop {
            let read = match timeout_at(until, self.wire.read(&mut bytes)).await {
                Ok(Ok(read)) if read > 0 => read,
                Err(_) if !noise => return Answer::Silence,
                _ => return Answer::Foreign,
            };
            let bytes = &bytes[..read];
            let replies = parser.push(bytes);
            match replies.as_slice() {
                [late @ .., Reply::Status(status)] if late.iter().all(is_late) => {
                    return Answer::Status(*status);
                }
                [] => noise = true,
                // Some printers answer with zeros, which mean nothing.
                late if late.iter().all(is_late) => until = until.min(Instant::now() + LINGERS),
                _ => return Answer::Foreign,
            }
        }
    }

    fn discard_pending(&mut self) {
        self.wire.discard();
    }

    /// Closes the connection. If answers were left unread, the connection would be reset and
    /// the printer would lose what it has not read yet.
    pub async fn close(mut self) {
        self.discard_pending();
        let (mut bytes, lingers) = ([0; 64], self.wire.lingers());
        if !lingers.is_zero() {
            while matches!(timeout(lingers, self.wire.read(&mut bytes)).await, Ok(Ok(1..))) {}
        }
        let _ = timeout(self.timeouts.answer, self.wire.shutdown()).await;
        // The system may wait until a slow line has taken what was written.
        let _ = tokio::task::spawn_blocking(move || drop(self.wire)).await;
    }
}

/// A mark that is unique to a job within this process, in printable characters as printers
/// require.
fn next_mark() -> [u8; 4] {
    static LAST: AtomicU32 = AtomicU32::new(0);
    let count = LAST.fetch_add(1, Ordering::Relaxed);
    [18, 12, 6, 0].map(|shift| b'0' + u8::try_from((count >> shift) & 0x3f).unwrap_or_default())
}
