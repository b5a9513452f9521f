//! The program itself, in a process that can be killed.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

/// The program itself, as a process of its own.
pub struct Process {
    pub child: Child,
    pub address: SocketAddr,
}

impl Process {
    /// Starts it; `prefix` is a command to start it by.
    pub async fn start(prefix: &[&str], db: &Path) -> Self {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let listen = free.to_string();
        let program = env!("CARGO_BIN_EXE_jiban");
        let mut line: Vec<&str> = prefix.to_vec();
        line.push(program);
        let mut child = Command::new(line[0])
            .args(&line[1..])
            .args(["serve", "--demo", "--listen", &listen, "--db"])
            .arg(db)
            .env("JIBAN_DEMO_PASSWORD", super::PASSWORD)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        loop {
            if let Ok(answer) = get(free, "/healthz").await
                && answer.starts_with("HTTP/1.1 200")
            {
                return Self { child, address: free };
            }
            assert!(child.try_wait().unwrap().is_none(), "it ended instead of serving");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

pub async fn get(address: SocketAddr, path: &str) -> std::io::Result<String> {
    exchange(address, &format!("GET {path} HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n")).await
}

pub async fn exchange(address: SocketAddr, request: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}
