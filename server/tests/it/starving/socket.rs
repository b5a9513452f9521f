//! A client that sends what it likes.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

/// Nothing here is measured; a test that waits for what never comes must end.
const FOR_EVER: Duration = Duration::from_mins(2);

/// A connection of a client.
pub struct Socket(BufReader<TcpStream>);

impl Socket {
    pub async fn open(address: SocketAddr) -> Self {
        Self(BufReader::new(TcpStream::connect(address).await.unwrap()))
    }

    /// A connection from another address of this machine.
    pub async fn open_from(own: [u8; 4], address: SocketAddr) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(SocketAddr::from((own, 0))).unwrap();
        Self(BufReader::new(socket.connect(address).await.unwrap()))
    }

    /// Sends bytes; false if the server has closed the connection.
    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        timeout(FOR_EVER, self.0.get_mut().write_all(bytes.as_ref()))
            .await
            .expect("the server does not read")
            .is_ok()
    }

    /// Sends the head of a request without a body.
    pub async fn get(&mut self, path: &str, cookie: &str) {
        let head = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\ncookie: {cookie}\r\n\r\n");
        assert!(self.send(head).await);
    }

    /// Sends the head of a request with a body of this length.
    pub async fn post(&mut self, path: &str, kind: &str, length: usize) {
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: {kind}\r\n\
             content-length: {length}\r\n\r\n"
        );
        assert!(self.send(head).await);
    }

    /// The status of the next answer and its headers, in lower case. `None` if the connection
    /// was closed instead.
    pub async fn head(&mut self) -> Option<(u16, String)> {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if self.line(&mut head).await == 0 {
                return None;
            }
        }
        let head = head.to_lowercase();
        Some((head[9..12].parse().unwrap(), head))
    }

    /// Reads the body of an answer with this head.
    pub async fn body(&mut self, head: &str) {
        let length = head.split("content-length: ").nth(1).unwrap().split("\r\n").next().unwrap();
        let mut body = vec![0; length.parse().unwrap()];
        timeout(FOR_EVER, self.0.read_exact(&mut body)).await.expect("no body").unwrap();
    }

    async fn line(&mut self, text: &mut String) -> usize {
        let line = timeout(FOR_EVER, self.0.read_line(text)).await;
        // A reset is an end as well.
        line.expect("the server does not answer").unwrap_or(0)
    }

    /// Waits until the server has closed the connection.
    pub async fn closed(&mut self) {
        let mut rest = Vec::new();
        let end = timeout(FOR_EVER, self.0.read_to_end(&mut rest)).await;
        let _ = end.expect("the server holds the connection");
    }

    /// The next snapshot of a stream; `None` at its end.
    pub async fn snapshot(&mut self) -> Option<Value> {
        loop {
            let mut line = String::new();
            // The last chunk of an answer is empty.
            if self.line(&mut line).await == 0 || line == "0\r\n" {
                return None;
            }
            if let Some(data) = line.strip_prefix("data: {") {
                return Some(serde_json::from_str(&format!("{{{data}")).unwrap());
            }
        }
    }
}
