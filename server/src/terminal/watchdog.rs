//! Tells systemd that the terminal is ready, and goes on. Without systemd nothing is told.

use std::net::SocketAddr;
use std::time::Duration;

use sd_notify::{NotifyState, notify};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

/// How often it is told. The unit starts the program again after 30 seconds without.
const EVERY: Duration = Duration::from_secs(5);
/// An answer that takes longer is none.
const ANSWER: Duration = Duration::from_secs(10);

/// Runs until it is dropped. It is told only while the terminal answers at its own address:
/// a program that no page can reach must be started again, whatever its other parts do.
pub async fn run(address: SocketAddr) {
    let mut ready = false;
    loop {
        if timeout(ANSWER, answers(address)).await.is_ok_and(|answers| answers) {
            // systemd names the process of the session as the one to be watched; it believes
            // its children as well (`NotifyAccess=all`).
            let state = if ready { NotifyState::Watchdog } else { NotifyState::Ready };
            match notify(&[state]) {
                Ok(()) => ready = true,
                Err(error) => tracing::warn!("systemd cannot be told: {error}"),
            }
        } else {
            tracing::error!("the terminal does not answer at its own address");
        }
        sleep(EVERY).await;
    }
}

/// Whether anything is answered: how well the terminal is, is not asked here, since a full
/// disk is not mended by starting again.
async fn answers(address: SocketAddr) -> bool {
    let Ok(mut connection) = TcpStream::connect(address).await else { return false };
    let request = format!("GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    let mut answer = [0; 5];
    connection.write_all(request.as_bytes()).await.is_ok()
        && connection.read_exact(&mut answer).await.is_ok()
        && answer == *b"HTTP/"
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    #[tokio::test]
    async fn only_an_answer_counts() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (asked, answered) = tokio::join!(answers(address), async {
            let (mut connection, _) = listener.accept().await.unwrap();
            let mut request = [0; 12];
            connection.read_exact(&mut request).await.unwrap();
            connection.write_all(b"HTTP/1.1 503 Service Unavailable\r\n\r\n").await.unwrap();
            request
        });
        assert!(asked);
        assert_eq!(&answered, b"GET /healthz");
        drop(listener);
        assert!(!answers(address).await);
    }
}
