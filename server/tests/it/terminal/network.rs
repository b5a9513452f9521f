//! The network between a terminal and its server. It can be cut; and it stops at the calls of one
//! path, which are then in the hands of the test.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};

pub struct Network {
    /// Where the terminal finds the server.
    pub address: SocketAddr,
    cut: watch::Sender<bool>,
    calls: mpsc::UnboundedReceiver<StoppedCall>,
}

impl Network {
    /// The network to a server. It stops at the calls of a path, if one is given.
    pub async fn to(server: SocketAddr, path: Option<&str>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (cut, mut is_cut) = watch::channel(false);
        let (stopped, calls) = mpsc::unbounded_channel();
        let call = path.map(|path| format!("POST {path} "));
        tokio::spawn(async move {
            loop {
                let (terminal, _) = listener.accept().await.unwrap();
                let cut_now = *is_cut.borrow_and_update();
                // Whoever connects while it is cut is dropped.
                if !cut_now {
                    let (call, is_cut, stopped) = (call.clone(), is_cut.clone(), stopped.clone());
                    tokio::spawn(pass(terminal, server, call, is_cut, stopped));
                }
            }
        });
        Self { address, cut, calls }
    }

    /// Cuts it, or mends it.
    pub fn cut(&self, cut: bool) {
        self.cut.send_replace(cut);
    }

    /// The next call at which it stops: the whole request has left the terminal.
    pub async fn next_call(&mut self) -> StoppedCall {
        self.calls.recv().await.unwrap()
    }
}

/// A call on its way, with its two connections.
pub struct StoppedCall {
    terminal: TcpStream,
    server: TcpStream,
    request: Vec<u8>,
}

impl StoppedCall {
    /// Lets the server have it, and returns the answer, which the terminal does not have yet.
    pub async fn pass_on(&mut self) -> io::Result<Vec<u8>> {
        self.server.write_all(&self.request).await?;
        let mut answer = Vec::new();
        read_to_its_end(&mut self.server, &mut answer).await?;
        Ok(answer)
    }

    /// Lets the terminal have an answer. What follows on these connections is passed on.
    pub async fn pass_back(mut self, answer: &[u8]) {
        self.terminal.write_all(answer).await.unwrap();
        let Self { mut terminal, mut server, .. } = self;
        tokio::spawn(async move { copy_bidirectional(&mut terminal, &mut server).await });
    }
}

/// Passes everything on until the network is cut, or until a call comes at which it stops.
async fn pass(
    mut terminal: TcpStream,
    server: SocketAddr,
    call: Option<String>,
    mut is_cut: watch::Receiver<bool>,
    stopped: mpsc::UnboundedSender<StoppedCall>,
) -> io::Result<()> {
    let mut server = TcpStream::connect(server).await?;
    let (mut asked, mut answered) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
    loop {
        tokio::select! {
            read = terminal.read(&mut asked) => {
                let read = read?;
                // A request begins where the answer to the one before it has come.
                if call.as_ref().is_some_and(|call| asked[..read].starts_with(call.as_bytes())) {
                    let mut request = asked[..read].to_vec();
                    read_to_its_end(&mut terminal, &mut request).await?;
                    let _ = stopped.send(StoppedCall { terminal, server, request });
                    return Ok(());
                }
                if read == 0 {
                    return Ok(());
                }
                server.write_all(&asked[..read]).await?;
            }
            read = server.read(&mut answered) => {
                let read = read?;
                if read == 0 {
                    return Ok(());
                }
                terminal.write_all(&answered[..read]).await?;
            }
            // Cut, or the test has ended.
            _ = is_cut.changed() => return Ok(()),
        }
    }
}

/// Reads on until a request or an answer is there as a whole.
async fn read_to_its_end(from: &mut TcpStream, message: &mut Vec<u8>) -> io::Result<()> {
    while !is_whole(message) {
        if from.read_buf(message).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(())
}

/// Whether a head is there, and after it as much as it says.
fn is_whole(message: &[u8]) -> bool {
    let Some(head) = message.windows(4).position(|end| end == b"\r\n\r\n") else { return false };
    let lines = String::from_utf8_lossy(&message[..head]).to_lowercase();
    let length = lines.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.expect("a length in the head").parse().unwrap();
    message.len() >= head + 4 + length
}
