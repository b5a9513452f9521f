//! The bound of HTTP itself: handlers of the same framework that answer a constant, and a
//! WebSocket that answers with what it was sent.

use std::net::SocketAddr;

use anyhow::Result;
use axum::Router;
use axum::body::Bytes;
use axum::extract::WebSocketUpgrade;
use axum::http::header::CONTENT_TYPE;
use axum::routing::{any, get};
use axum::serve::ListenerExt;
use tokio::net::TcpListener;

/// To a look-up.
const FOUND: &str = r#"{"number":"A001","state":"waiting","ahead":7,"wait_minutes":null}"#;
/// To a command, as long as that of an issued ticket.
const ISSUED: &str = r#"{"id":40000,"number":"A001","token":"0123456789abcdefghjkmnpqrs","progress_url":"http://127.0.0.1:30000/t/0123456789abcdefghjkmnpqrs","state":"waiting","ahead":10000,"wait_minutes":{"from":1000,"to":2000},"issued_at":1800000000000}"#;

/// Answers until the process is ended.
pub async fn serve(listen: SocketAddr) -> Result<()> {
    let json = |answer| ([(CONTENT_TYPE, "application/json")], answer);
    let look_up = move || async move { json(FOUND) };
    let command = move |_: Bytes| async move { json(ISSUED) };
    let echo = |socket: WebSocketUpgrade| async {
        socket.on_upgrade(|mut socket| async move {
            while let Some(Ok(message)) = socket.recv().await {
                if socket.send(message).await.is_err() {
                    return;
                }
            }
        })
    };
    let listener = TcpListener::bind(listen).await?.tap_io(|stream| {
        // As the program measured does.
        let _ = stream.set_nodelay(true);
    });
    let router = Router::new().route("/", get(look_up).post(command)).route("/echo", any(echo));
    axum::serve(listener, router).await?;
    Ok(())
}
