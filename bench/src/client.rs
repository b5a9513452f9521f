//! The load: HTTP/1.1 by hand over one persistent connection. On a small machine a
//! full client would take the time that is being measured.

use std::net::SocketAddr;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// One persistent connection.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    address: SocketAddr,
    // What was read after the previous answer.
    read: Vec<u8>,
    request: Vec<u8>,
}

/// A response.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// Status line and headers.
    pub head: String,
    /// The body without its chunk framing, still compressed.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as JSON; any status but 200 is an error.
    pub fn json(&self) -> Result<Value> {
        if self.status != 200 {
            bail!("answered {}: {}", self.status, String::from_utf8_lossy(&self.body));
        }
        Ok(serde_json::from_slice(&self.body)?)
    }

    /// The first header with a name.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.head, name)
    }
}

impl Connection {
    pub async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, address, read: Vec::new(), request: Vec::new() })
    }

    /// Sends a GET. `more` holds further headers, each with its CRLF.
    pub async fn get(&mut self, path: &str, more: &str) -> Result<Answer> {
        self.send_get(path, more).await?;
        self.answer().await
    }

    /// Sends a POST with a JSON body.
    pub async fn post(&mut self, path: &str, more: &str, body: &str) -> Result<Answer> {
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n{more}\
             Content-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        self.stream.write_all(request.as_bytes()).await?;
        self.answer().await
    }

    /// Sends a POST with a file as its body.
    pub async fn send_file(
        &mut self,
        path: &str,
        more: &str,
        kind: &str,
        file: &[u8],
    ) -> Result<Answer> {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: {kind}\r\n{more}\
             Content-Length: {}\r\n\r\n",
            self.address,
            file.len()
        );
        self.stream.write_all(head.as_bytes()).await?;
        self.stream.write_all(file).await?;
        self.answer().await
    }

    async fn send_get(&mut self, path: &str, more: &str) -> Result<()> {
        self.request.clear();
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n{more}\r\n", self.address);
        self.request.extend_from_slice(request.as_bytes());
        self.stream.write_all(&self.request).await?;
        Ok(())
    }

    /// Opens a stream of events, which takes over the connection.
    pub async fn listen(mut self, path: &str) -> Result<Events> {
        self.send_get(path, "Accept: text/event-stream\r\n").await?;
        let head = self.head().await?;
        if status(&head)? != 200 {
            bail!("{path} answered {}", head.lines().next().unwrap_or_default());
        }
        Ok(Events { stream: self.stream, read: self.read })
    }

    async fn more(&mut self) -> Result<()> {
        if self.stream.read_buf(&mut self.read).await? == 0 {
            bail!("the server closed the connection");
        }
        Ok(())
    }

    async fn head(&mut self) -> Result<String> {
        loop {
            if let Some(end) = find(&self.read, b"\r\n\r\n") {
                let rest = self.read.split_off(end + 4);
                let head = std::mem::replace(&mut self.read, rest);
                return Ok(String::from_utf8(head)?);
            }
            self.more().await?;
        }
    }

    async fn answer(&mut self) -> Result<Answer> {
        let head = self.head().await?;
        let status = status(&head)?;
        let body = match header(&head, "content-length") {
            Some(length) => self.take(length.parse()?).await?,
            None if header(&head, "transfer-encoding") == Some("chunked") => self.chunks().await?,
            None => Vec::new(),
        };
        Ok(Answer { status, head, body })
    }

    async fn take(&mut self, length: usize) -> Result<Vec<u8>> {
        while self.read.len() < length {
            self.more().await?;
        }
        let rest = self.read.split_off(length);
        Ok(std::mem::replace(&mut self.read, rest))
    }

    async fn chunks(&mut self) -> Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let end = loop {
                match find(&self.read, b"\r\n") {
                    Some(end) => break end,
                    None => self.more().await?,
                }
            };
            let line = self.take(end + 2).await?;
            let length = usize::from_str_radix(str::from_utf8(&line)?.trim(), 16)?;
            let chunk = self.take(length + 2).await?;
            if length == 0 {
                return Ok(body);
            }
            body.extend_from_slice(&chunk[..length]);
        }
    }
}

/// A stream of server-sent events.
#[derive(Debug)]
pub struct Events {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Events {
    /// The next event, once it is complete. The server sends each as one chunk,
    /// whose framing is left in.
    pub async fn next(&mut self) -> Result<String> {
        loop {
            if let Some(end) = find(&self.read, b"\n\n") {
                let rest = self.read.split_off(end + 2);
                let event = std::mem::replace(&mut self.read, rest);
                return Ok(String::from_utf8(event)?);
            }
            if self.stream.read_buf(&mut self.read).await? == 0 {
                bail!("the stream ended");
            }
        }
    }
}

fn status(head: &str) -> Result<u16> {
    head.split(' ').nth(1).and_then(|status| status.parse().ok()).context("no HTTP answer")
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}
