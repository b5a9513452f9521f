//! `jiban terminal` in a process of its own, which can be killed.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use super::process::{exchange_bytes, get, post};

/// A terminal that runs until it is killed or dropped.
pub struct TerminalProcess {
    pub child: Child,
    pub address: SocketAddr,
}

/// Between two looks at what is waited for: a client that asks without pause is soon refused.
pub const PAUSE: std::time::Duration = std::time::Duration::from_millis(20);

/// A terminal that may not serve yet.
pub struct Starting(Child);

impl Starting {
    async fn serving(mut self) -> TerminalProcess {
        let mut lines = BufReader::new(self.0.stdout.take().unwrap()).lines();
        loop {
            let line = lines.next_line().await.unwrap().expect("it ended instead of serving");
            if let Some((_, rest)) = line.split_once("http://") {
                let address = rest.split('/').next().unwrap().parse().unwrap();
                return TerminalProcess { child: self.0, address };
            }
        }
    }

    /// Kills it, wherever it is.
    pub async fn kill(mut self) {
        self.0.start_kill().unwrap();
        self.0.wait().await.unwrap();
    }
}

impl TerminalProcess {
    /// Starts the terminal of kiosk K1, and waits until it serves.
    pub async fn start(server: SocketAddr, store: &Path) -> Self {
        Self::with(&[], server, store, &[]).await
    }

    /// The same by a command before it, and with further arguments.
    pub async fn with(
        prefix: &[&str],
        server: SocketAddr,
        store: &Path,
        arguments: &[&str],
    ) -> Self {
        Self::of_kiosk("K1", prefix, server, store, arguments).await
    }

    /// The terminal of any kiosk.
    pub async fn of_kiosk(
        kiosk: &str,
        prefix: &[&str],
        server: SocketAddr,
        store: &Path,
        arguments: &[&str],
    ) -> Self {
        Self::spawn(kiosk, prefix, server, store, arguments).serving().await
    }

    /// Starts it and does not wait.
    pub fn spawn(
        kiosk: &str,
        prefix: &[&str],
        server: SocketAddr,
        store: &Path,
        arguments: &[&str],
    ) -> Starting {
        let command = [prefix, &[env!("CARGO_BIN_EXE_jiban")]].concat();
        let child = Command::new(command[0])
            .args(&command[1..])
            .args(["terminal", "--no-browser", "--kiosk", kiosk, "--listen", "127.0.0.1:0"])
            .arg("--server")
            .arg(format!("http://{server}"))
            .arg("--store")
            .arg(store)
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        Starting(child)
    }

    /// Kills it, as kill -9 does.
    pub async fn kill(mut self) {
        self.child.start_kill().unwrap();
        self.child.wait().await.unwrap();
    }

    /// The status and the body of a call.
    pub async fn call(&self, path: &str, body: &Value) -> (u16, Value) {
        parsed(&post(self.address, path, body).await.unwrap())
    }

    /// The answer to a call that must be 200.
    pub async fn ok(&self, path: &str, body: &Value) -> Value {
        let (status, answer) = self.call(path, body).await;
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }

    pub async fn get(&self, path: &str) -> (u16, String) {
        let answer = get(self.address, path).await.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head[9..12].parse().unwrap(), body.to_owned())
    }

    /// The status and the answer to a photograph.
    pub async fn post_photograph(&self, path: &str, photograph: &[u8]) -> (u16, Value) {
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
             content-type: image/jpeg\r\ncontent-length: {}\r\n\r\n",
            photograph.len()
        );
        let request = [head.as_bytes(), photograph].concat();
        parsed(&String::from_utf8(exchange_bytes(self.address, &request).await.unwrap()).unwrap())
    }

    /// The head of an answer, whatever its body is.
    pub async fn head(&self, path: &str) -> String {
        let request =
            format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        let answer = exchange_bytes(self.address, request.as_bytes()).await.unwrap();
        let head = answer.windows(4).position(|end| end == b"\r\n\r\n").unwrap();
        String::from_utf8(answer[..head].to_vec()).unwrap().to_lowercase()
    }

    /// Waits until what it says of itself fits.
    pub async fn until(&self, fits: impl Fn(&str) -> bool) {
        loop {
            if let Ok(answer) = get(self.address, "/healthz").await
                && fits(&answer)
            {
                return;
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Waits until the server has everything again.
    pub async fn until_back(&self) {
        self.until(|told| told.contains(": reached") && told.contains("to hand in: 0\n")).await;
    }

    pub async fn until_cut_off(&self) {
        self.until(|told| told.contains("not reached")).await;
    }
}

fn parsed(answer: &str) -> (u16, Value) {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{answer:?}"));
    (head[9..12].parse().unwrap(), serde_json::from_str(body).unwrap_or_default())
}

/// A port that nobody uses, for a server that comes back at the same address.
pub fn free_port() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// A stream that somebody listens to.
pub struct Listening(tokio::io::Lines<BufReader<tokio::net::TcpStream>>);

impl Listening {
    /// Opens a stream, which may be a shared one.
    pub async fn to(address: SocketAddr, path: &str) -> Self {
        Self::by(address, &format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n\r\n")).await
    }

    /// Opens a stream for somebody who is signed in.
    pub async fn signed_in(address: SocketAddr, path: &str, cookie: &str) -> Self {
        let head = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\n\r\n");
        Self::by(address, &head).await
    }

    async fn by(address: SocketAddr, request: &str) -> Self {
        let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
        tokio::io::AsyncWriteExt::write_all(&mut stream, request.as_bytes()).await.unwrap();
        Self(BufReader::new(stream).lines())
    }

    /// Reads on until a snapshot fits.
    pub async fn until(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        while let Some(line) = self.0.next_line().await.unwrap() {
            let snapshot = line.strip_prefix("data: ");
            let snapshot = snapshot.and_then(|data| serde_json::from_str::<Value>(data).ok());
            if let Some(snapshot) = snapshot.filter(|snapshot| fits(snapshot)) {
                return snapshot;
            }
        }
        panic!("the stream has ended");
    }
}
