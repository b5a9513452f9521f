//! Plain HTTP on a port that speaks TLS: a browser is sent to the https address, as people
//! type an address without its scheme.

use std::convert::Infallible;

use axum::body::Body;
use axum::http::{Method, Request, Response, StatusCode, header};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;

use super::HEAD_TIMEOUT;

/// Answers one request and closes the connection.
pub(super) async fn answer(stream: TcpStream) {
    let service = service_fn(|request| async move { Ok::<_, Infallible>(secure(&request)) });
    // Whoever does not wait for the answer does not get one.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

/// Sends a request to the https address. One that carries something is refused: what it sent
/// was already readable on the way, and its sender must learn of it.
fn secure(request: &Request<Incoming>) -> Response<Body> {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let address = host.map(|host| format!("https://{host}{path}"));
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let mut answer = Response::new(Body::from("This address needs https:// instead of http://.\n"));
    *answer.status_mut() = StatusCode::BAD_REQUEST;
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static("text/plain"));
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    if reads && let Some(address) = address.and_then(|address| address.parse().ok()) {
        headers.insert(header::LOCATION, address);
        // Not a permanent one: browsers would keep it after the certificate is gone.
        *answer.status_mut() = StatusCode::TEMPORARY_REDIRECT;
    }
    answer
}
