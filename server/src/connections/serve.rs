//! Takes connections, and gives their requests to a router.

use std::net::SocketAddr;

use axum::Router;
use axum_server::{Handle, Server};
use tokio::net::TcpListener;

use super::{Acceptor, HEAD_TIMEOUT, PING_INTERVAL};

/// Bytes of the head of a request.
const HEAD_BYTES: usize = 64 * 1024;
/// Requests at once on one connection of HTTP/2: a page loads some files, and has streams.
const STREAMS_PER_CONNECTION: u32 = 64;
/// Bytes that a client of HTTP/2 may send before they are read.
const WINDOW: u32 = 128 * 1024;

/// Serves until it is told to stop by its handle.
pub async fn serve(
    listener: TcpListener,
    acceptor: Acceptor,
    connections: Handle<SocketAddr>,
    routes: Router,
) {
    let mut server = Server::from_listener(listener)
        .acceptor(acceptor)
        .handle(connections)
        // From the first byte on: before a whole request, hyper's own time-outs do not begin.
        .first_request_timeout(HEAD_TIMEOUT);
    let mut http1 = server.http_builder().http1();
    http1.header_read_timeout(HEAD_TIMEOUT).max_buf_size(HEAD_BYTES);
    let mut http2 = server.http_builder().http2();
    // What is not read yet, or not sent yet, is in memory.
    http2
        .keep_alive_interval(PING_INTERVAL)
        .max_concurrent_streams(STREAMS_PER_CONNECTION)
        .initial_stream_window_size(WINDOW)
        .initial_connection_window_size(2 * WINDOW)
        .max_send_buf_size(WINDOW as usize);
    let clients = routes.into_make_service_with_connect_info::<SocketAddr>();
    if let Err(error) = server.serve(clients).await {
        tracing::error!(%error, "the server has stopped");
    }
}
