//! The program in a process of its own, which can be killed.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

/// A server that runs until it is killed or dropped.
pub struct Process {
    pub child: Child,
    pub address: SocketAddr,
}

impl Process {
    /// Starts `jiban serve` and waits until it serves. `prefix` is a command to
    /// start it by.
    pub async fn start(prefix: &[&str], db: &Path) -> Self {
        Self::with(prefix, db, &[]).await
    }

    /// The same with further settings, by their variables.
    pub async fn with(prefix: &[&str], db: &Path, settings: &[(&str, &str)]) -> Self {
        let command = [prefix, &[env!("CARGO_BIN_EXE_jiban")]].concat();
        let mut child = Command::new(command[0])
            .args(&command[1..])
            .args(["serve", "--demo", "--listen", "127.0.0.1:0", "--db"])
            .arg(db)
            .env("JIBAN_DEMO_PASSWORD", super::PASSWORD)
            // It is loaded as by a full hall. `prefix` may set another value.
            .env("JIBAN_LIMITS", "off")
            .envs(settings.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        // It prints its pages' addresses once it serves.
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        loop {
            let line = lines.next_line().await.unwrap().expect("it ended instead of serving");
            if let Some((_, rest)) = line.split_once("http://") {
                let address = rest.split('/').next().unwrap().parse().unwrap();
                return Self { child, address };
            }
        }
    }
}

pub async fn get(address: SocketAddr, path: &str) -> std::io::Result<String> {
    exchange(
        address,
        &format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"),
    )
    .await
}

/// Sends bytes, and reads the answer to its end.
pub async fn exchange_bytes(address: SocketAddr, request: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(request).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(answer)
}

pub async fn exchange(address: SocketAddr, request: &str) -> std::io::Result<String> {
    let answer = exchange_bytes(address, request.as_bytes()).await?;
    String::from_utf8(answer).map_err(std::io::Error::other)
}

/// Posts JSON to a path.
pub async fn post(address: SocketAddr, path: &str, body: &Value) -> std::io::Result<String> {
    let body = body.to_string();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    exchange(address, &(head + &body)).await
}
