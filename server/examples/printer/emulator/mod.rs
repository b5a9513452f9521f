//! An emulated printer on a real socket, for tests and for trying a hall without paper
//! (`cargo run --example printer`). It behaves like real network printers, including their
//! vices: it accepts data that it cannot print, prints it later, and answers status requests
//! at once.

mod head;
#[allow(dead_code, reason = "whoever prints by the network alone needs no line")]
pub mod line;

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use image::GrayImage;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::AbortHandle;

use head::{Done, Head};

/// The paper roll.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    #[default]
    In,
    Low,
    /// Data is accepted and kept until there is paper.
    Out,
}

/// The state and the abilities of the printer.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools)] // Independent switches.
pub struct Switches {
    pub paper: Paper,
    /// While it is open, data is accepted and kept.
    pub cover_open: bool,
    /// Accepts the connection and never answers.
    pub silent: bool,
    /// Answers `GS ( H`.
    pub receipts: bool,
    /// Answers `GS r`.
    pub in_turn: bool,
    /// How long each command takes.
    pub slow: Duration,
    /// Cuts the connection after this many bytes of a job.
    pub drop_after: Option<usize>,
    /// The roll ends after this many commands of a job.
    pub paper_out_after: Option<usize>,
    /// Sends this instead of every answer.
    pub garbage: Option<Vec<u8>>,
}

impl Default for Switches {
    /// A ready printer that supports everything.
    fn default() -> Self {
        Self {
            paper: Paper::In,
            cover_open: false,
            silent: false,
            receipts: true,
            in_turn: true,
            slow: Duration::ZERO,
            drop_after: None,
            paper_out_after: None,
            garbage: None,
        }
    }
}

impl Switches {
    fn stopped(&self) -> bool {
        self.paper == Paper::Out || self.cover_open
    }

    /// The answer to `DLE EOT`.
    fn state(&self, about: u8) -> u8 {
        let when = |yes: bool, bits: u8| if yes { bits } else { 0 };
        0x12 | match about {
            1 => when(self.stopped(), 0x08),
            2 => when(self.cover_open, 0x04) | when(self.paper == Paper::Out, 0x20),
            4 => when(self.paper != Paper::In, 0x0c) | when(self.paper == Paper::Out, 0x60),
            _ => 0,
        }
    }
}

/// What was printed.
#[derive(Debug, Clone, Default)]
pub struct Tray {
    /// The slips, oldest first, black on white.
    pub slips: Vec<Arc<GrayImage>>,
    /// Bytes of jobs received, without status requests.
    pub received: usize,
    /// Unknown commands.
    pub faults: usize,
    /// Requests for a status or a confirmation.
    pub asked: usize,
}

struct Shared {
    switches: watch::Sender<Switches>,
    tray: watch::Sender<Tray>,
    /// One print head for all connections: data that is not printed yet outlives its
    /// connection.
    head: Mutex<Head>,
    folder: Option<PathBuf>,
}

/// A running printer; it stops when dropped.
pub struct Emulator {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: AbortHandle,
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Emulator {
    /// Starts on a port of the loopback address, 0 for any free one, with a print head of
    /// `width` dots. Slips are written to `folder` as `slip-001.png` and so on.
    pub async fn start(port: u16, width: u32, folder: Option<PathBuf>) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            switches: watch::Sender::new(Switches::default()),
            tray: watch::Sender::new(Tray::default()),
            head: Mutex::new(Head::new(width)),
            folder,
        });
        let printer = shared.clone();
        let task = tokio::spawn(async move {
            loop {
                // Like real printers: one connection at a time.
                if let Ok((stream, _)) = listener.accept().await {
                    let _ = printer.serve(stream).await;
                }
            }
        });
        Ok(Self { address, shared, task: task.abort_handle() })
    }

    /// `127.0.0.1:port`.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// Changes switches while it runs.
    pub fn set(&self, turn: impl FnOnce(&mut Switches)) {
        self.shared.switches.send_modify(turn);
    }

    /// What was printed so far.
    pub fn tray(&self) -> Tray {
        self.shared.tray.borrow().clone()
    }

    /// Waits until `count` slips were printed.
    pub async fn slips(&self, count: usize) -> Vec<Arc<GrayImage>> {
        let mut tray = self.shared.tray.subscribe();
        match tray.wait_for(|tray| tray.slips.len() >= count).await {
            Ok(tray) => tray.slips.clone(),
            Err(_) => Vec::new(),
        }
    }
}

impl Shared {
    fn head(&self) -> MutexGuard<'_, Head> {
        self.head.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn serve(&self, mut stream: TcpStream) -> io::Result<()> {
        let mut switches = self.switches.subscribe();
        let mut bytes = [0; 2048];
        let mut requests = StatusRequests::default();
        let mut job = 0;
        loop {
            self.print(&mut stream).await?;
            tokio::select! {
                read = stream.read(&mut bytes) => {
                    let read = read?;
                    if read == 0 {
                        return Ok(());
                    }
                    let (data, requested) = requests.separate(&bytes[..read]);
                    for about in requested {
                        self.tray.send_modify(|tray| tray.asked += 1);
                        let state = self.switches.borrow().state(about);
                        self.send(&mut stream, &[state]).await?;
                    }
                    job += data.len();
                    self.tray.send_modify(|tray| tray.received += data.len());
                    self.head().push(&data);
                    let limit = self.switches.borrow().drop_after;
                    if limit.is_some_and(|limit| job > limit) {
                        // The connection ends in the middle: the data is lost.
                        self.head().reset();
                        return Ok(());
                    }
                }
                _ = switches.changed() => {}
            }
        }
    }

    /// Executes the commands received, as far as paper and cover allow.
    async fn print(&self, stream: &mut TcpStream) -> io::Result<()> {
        loop {
            let switches = self.switches.borrow().clone();
            if switches.stopped() {
                return Ok(());
            }
            let Some(done) = self.head().step() else {
                return Ok(());
            };
            if let Some(left) = switches.paper_out_after {
                self.switches.send_modify(|now| {
                    now.paper_out_after = left.checked_sub(1);
                    if left == 0 {
                        now.paper = Paper::Out;
                    }
                });
            }
            tokio::time::sleep(switches.slow).await;
            if matches!(done, Done::Receipt(_) | Done::Roll) {
                self.tray.send_modify(|tray| tray.asked += 1);
            }
            match done {
                Done::Unknown => self.tray.send_modify(|tray| tray.faults += 1),
                Done::Cut(slip) => self.deliver(slip),
                Done::Receipt(mark) if switches.receipts => {
                    let [a, b, c, d] = mark;
                    self.send(stream, &[0x37, 0x22, a, b, c, d, 0]).await?;
                }
                Done::Roll if switches.in_turn => {
                    let low = if switches.paper == Paper::Low { 0x03 } else { 0 };
                    self.send(stream, &[low]).await?;
                }
                Done::Nothing | Done::Receipt(_) | Done::Roll => {}
            }
        }
    }

    fn deliver(&self, slip: GrayImage) {
        let count = self.tray.borrow().slips.len() + 1;
        if let Some(folder) = &self.folder {
            let file = folder.join(format!("slip-{count:03}.png"));
            match slip.save(&file) {
                Ok(()) => println!("slip {}", file.display()),
                Err(error) => eprintln!("{}: {error}", file.display()),
            }
        }
        self.tray.send_modify(|tray| tray.slips.push(Arc::new(slip)));
    }

    async fn send(&self, stream: &mut TcpStream, answer: &[u8]) -> io::Result<()> {
        let (silent, garbage) = {
            let switches = self.switches.borrow();
            (switches.silent, switches.garbage.clone())
        };
        if silent { Ok(()) } else { stream.write_all(garbage.as_deref().unwrap_or(answer)).await }
    }
}

/// Separates status requests from the data. Printers find them everywhere, even within
/// pictures.
#[derive(Default)]
struct StatusRequests {
    pending: Vec<u8>,
}

impl StatusRequests {
    fn separate(&mut self, bytes: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let (mut data, mut requested) = (Vec::new(), Vec::new());
        for byte in bytes {
            self.pending.push(*byte);
            match self.pending.as_slice() {
                [0x10] | [0x10, 0x04] => {}
                [0x10, 0x04, about @ 1..=4] => {
                    requested.push(*about);
                    self.pending.clear();
                }
                [.., 0x10] => {
                    self.pending.pop();
                    data.append(&mut self.pending);
                    self.pending.push(0x10);
                }
                _ => data.append(&mut self.pending),
            }
        }
        (data, requested)
    }
}
