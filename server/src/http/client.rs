//! The address of a request's client, found once for all layers and handlers.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::Extensions;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use ipnet::IpNet;
use jiban_domain::Refusal;
use jiban_domain::booking::BookingRefusal;
use jiban_domain::case::CaseRefusal;
use jiban_domain::draft::DraftRefusal;

use super::App;
use crate::limits::ClientAddress;

/// The proxies whose word counts.
pub type TrustedProxies = Arc<[IpNet]>;

/// Middleware: notes the client's address in the request's extensions.
pub(super) async fn note(
    State(trusted): State<TrustedProxies>,
    mut request: Request,
    next: Next,
) -> Response {
    let address = find(&request, &trusted);
    request.extensions_mut().insert(address);
    next.run(request).await
}

fn find(request: &Request, trusted: &[IpNet]) -> ClientAddress {
    let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<SocketAddr>>() else {
        return ClientAddress::default();
    };
    let lines: Vec<&str> = request
        .headers()
        .get_all("x-forwarded-for")
        .iter()
        // A value that is no text is one that no proxy writes.
        .map(|line| line.to_str().unwrap_or_default())
        .collect();
    ClientAddress::behind(peer.ip(), lines.into_iter(), trusted)
}

/// The address of the client of a request with these extensions.
pub(super) fn of(extensions: &Extensions) -> ClientAddress {
    extensions.get().copied().unwrap_or_default()
}

/// What was found by a token. One that nobody has is counted for the client, who is refused
/// after too many.
pub(super) fn known<T>(
    app: &App,
    client: ClientAddress,
    found: Result<T, Refusal>,
) -> Result<T, Refusal> {
    if let Err(
        Refusal::UnknownTicket
        | Refusal::Case(CaseRefusal::UnknownCase)
        | Refusal::Booking(BookingRefusal::UnknownBooking)
        | Refusal::Draft(DraftRefusal::UnknownDraft),
    ) = &found
    {
        app.service.unknown_token(client)?;
    }
    found
}

/// The client's address as handlers take it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Client(pub ClientAddress);

impl<S: Sync> FromRequestParts<S> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(of(&parts.extensions)))
    }
}
