//! A WebSocket of the page, which is the server's: once both sides have agreed, bytes go to and
//! fro as they come.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, header};
use axum::response::Response;
use hyper_util::rt::TokioIo;
use jiban_domain::Refusal;
use tokio::io::copy_bidirectional;
use tokio::time::timeout;

use super::Terminal;
use super::server_link::{Away, PATIENCE, language_of};
use crate::http::response::Rejection;

/// What the two sides agree by.
const AGREEMENT: [HeaderName; 5] = [
    header::CONNECTION,
    header::UPGRADE,
    header::SEC_WEBSOCKET_KEY,
    header::SEC_WEBSOCKET_VERSION,
    header::SEC_WEBSOCKET_PROTOCOL,
];

pub(super) async fn open(
    terminal: Arc<Terminal>,
    mut request: Request,
) -> Result<Response, Rejection> {
    if !terminal.server.is_reached() {
        return Err(Refusal::NeedsServer.into());
    }
    let mut headers = language_of(request.headers());
    copy(&AGREEMENT, request.headers(), &mut headers);
    let target = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let begun = terminal.server.begin((Method::GET, &target), headers, Bytes::new());
    let begun = timeout(PATIENCE, begun).await;
    let mut answer = match begun.unwrap_or_else(|_| Err(Away("no answer in time".to_owned()))) {
        Ok(answer) => answer,
        Err(away) => {
            terminal.lost(&away).await;
            return Err(Refusal::NeedsServer.into());
        }
    };
    if answer.status() != StatusCode::SWITCHING_PROTOCOLS {
        return Ok(answer.map(Body::new));
    }
    let (page, server) = (hyper::upgrade::on(&mut request), hyper::upgrade::on(&mut answer));
    tokio::spawn(async move {
        let Ok((page, server)) = tokio::try_join!(page, server) else { return };
        // Either end closes both; the page opens another.
        let _ = copy_bidirectional(&mut TokioIo::new(page), &mut TokioIo::new(server)).await;
    });
    let mut agreed = Response::new(Body::empty());
    *agreed.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let accepted =
        [&AGREEMENT[..2], &[header::SEC_WEBSOCKET_ACCEPT, header::SEC_WEBSOCKET_PROTOCOL]];
    copy(&accepted.concat(), answer.headers(), agreed.headers_mut());
    Ok(agreed)
}

fn copy(names: &[HeaderName], from: &HeaderMap, to: &mut HeaderMap) {
    for name in names {
        if let Some(value) = from.get(name) {
            to.insert(name, value.clone());
        }
    }
}
