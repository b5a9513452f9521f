//! The guard before every route of kiosks: whichever kiosk a request names, in its address or
//! its body, it must come from that kiosk, where the hall file says so. A new route needs
//! nothing but its row with an action of [`jiban_domain::access::Rule::Kiosk`].

use axum::body::{Body, Bytes};
use axum::extract::{Query, Request};
use axum::http::{HeaderMap, Uri, header};
use http_body_util::{BodyExt as _, Limited};
use jiban_domain::{KioskId, Refusal, typed};
use serde::Deserialize;

use super::extract::BODY_LIMIT;
use crate::change::terminals::KeyHash;
use crate::service::HallService;

/// The hash of the key by which a kiosk's call was admitted; none where none was needed.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct UsedKey(pub Option<KeyHash>);

/// The kiosks that a body names.
#[derive(Deserialize, Default)]
struct Named {
    kiosk: Option<KioskId>,
    issue: Option<NamedInside>,
}

#[derive(Deserialize)]
struct NamedInside {
    kiosk: Option<KioskId>,
}

/// The key that a request brings.
pub(super) fn key(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, key) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}

/// Whether a request for a kiosk may go on; what it was admitted by is in its extensions.
pub(super) async fn admit(service: &HallService, request: Request) -> Result<Request, Refusal> {
    if key(request.headers()).is_none() && !service.asks_for_keys() {
        return Ok(request);
    }
    let mut kiosks: Vec<KioskId> = in_address(request.uri()).collect();
    let is_json = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.to_ascii_lowercase().contains("json"));
    let (mut parts, mut body) = request.into_parts();
    if is_json {
        let bytes = collect(body).await?;
        // What names a kiosk twice is not looked into by guessing which is meant.
        let named: Named = serde_json::from_slice(&bytes)
            .map_err(|error| Refusal::BadRequest(error.to_string()))?;
        let inside = named.issue.and_then(|issue| issue.kiosk);
        // As the handler reads it, without what cannot be seen.
        let read = |id: KioskId| KioskId(typed::visible(id.as_str()));
        kiosks.extend(named.kiosk.into_iter().chain(inside).map(read));
        body = Body::from(bytes);
    }
    let key = key(&parts.headers);
    let mut used = UsedKey::default();
    for kiosk in &kiosks {
        used = UsedKey(service.admit_kiosk(kiosk, key)?);
    }
    if kiosks.is_empty() {
        service.admit_any_kiosk(key)?;
    }
    parts.extensions.insert(used);
    Ok(Request::from_parts(parts, body))
}

fn in_address(uri: &Uri) -> impl Iterator<Item = KioskId> {
    let named = Query::<Vec<(String, String)>>::try_from_uri(uri);
    let named = named.map(|Query(named)| named).unwrap_or_default();
    named.into_iter().filter(|(name, _)| name == "kiosk").map(|(_, id)| id.as_str().into())
}

async fn collect(body: Body) -> Result<Bytes, Refusal> {
    match Limited::new(body, BODY_LIMIT).collect().await {
        Ok(bytes) => Ok(bytes.to_bytes()),
        Err(error) if error.is::<http_body_util::LengthLimitError>() => Err(Refusal::TooLarge),
        Err(_) => {
            Err(Refusal::BadRequest("the body is incomplete, or arrived too slowly".to_owned()))
        }
    }
}
