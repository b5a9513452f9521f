//! What the provider publishes about itself: its addresses (OIDC Discovery 1.0) and its
//! keys. Both are kept for an hour; keys are fetched anew as soon as a token names another.

use std::sync::Arc;

use hyper::Uri;
use hyper::header::{ACCEPT, HeaderMap, HeaderValue};
use jiban_domain::Millis;
use jsonwebtoken::jwk::Jwk;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::Mutex;

use super::config::address;
use super::{BOUNDS, Fault};
use crate::post;

/// How long what was fetched is believed.
const KEPT: Millis = 60 * 60_000;
/// How long a provider that did not answer is not asked again: visitors who wait would ask one
/// after another.
const AWAY: Millis = 5_000;

/// The provider's document, as far as it is needed.
#[derive(Debug, Clone, Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    userinfo_endpoint: Option<String>,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
}

/// The provider's addresses.
#[derive(Debug)]
pub(super) struct Metadata {
    pub authorization: Uri,
    pub token: Uri,
    pub userinfo: Option<Uri>,
    jwks: Uri,
    /// The secret goes into the body and not into a header, which is usual.
    pub secret_in_body: bool,
}

/// What was fetched, and when.
#[derive(Debug)]
struct Fetched<T> {
    known: Option<(Arc<T>, Millis)>,
    failed: Option<(Fault, Millis)>,
}

impl<T> Default for Fetched<T> {
    fn default() -> Self {
        Self { known: None, failed: None }
    }
}

impl<T> Fetched<T> {
    /// What is known and still believed, or why it cannot be fetched just now.
    fn now(&self, now: Millis) -> Option<Result<Arc<T>, Fault>> {
        let known = self.known.as_ref().filter(|(_, at)| (*at..at + KEPT).contains(&now));
        if let Some((known, _)) = known {
            return Some(Ok(known.clone()));
        }
        let failed = self.failed.as_ref().filter(|(_, at)| (*at..at + AWAY).contains(&now));
        failed.map(|(fault, _)| Err(fault.clone()))
    }

    fn keep(&mut self, fetched: Result<T, Fault>, now: Millis) -> Result<Arc<T>, Fault> {
        match fetched {
            Ok(fetched) => {
                let fetched = Arc::new(fetched);
                *self = Self { known: Some((fetched.clone(), now)), failed: None };
                Ok(fetched)
            }
            Err(fault) => {
                self.failed = Some((fault.clone(), now));
                Err(fault)
            }
        }
    }
}

/// What is known of the provider. Times are steady milliseconds. Each is fetched once for all who
/// wait for it.
#[derive(Debug, Default)]
pub(super) struct Published {
    metadata: Mutex<Fetched<Metadata>>,
    keys: Mutex<Fetched<Vec<Jwk>>>,
}

impl Published {
    pub(super) async fn metadata(&self, issuer: &str, now: Millis) -> Result<Arc<Metadata>, Fault> {
        let mut kept = self.metadata.lock().await;
        if let Some(known) = kept.now(now) {
            return known;
        }
        let fetched = metadata(issuer).await;
        kept.keep(fetched, now)
    }

    /// The keys; fetched anew where `other_than` those. That is asked for by tokens alone which
    /// came from the provider itself, so no stranger can make the server fetch them again.
    pub(super) async fn keys(
        &self,
        metadata: &Metadata,
        other_than: Option<&Arc<Vec<Jwk>>>,
        now: Millis,
    ) -> Result<Arc<Vec<Jwk>>, Fault> {
        let mut kept = self.keys.lock().await;
        match kept.now(now) {
            Some(Ok(known)) if other_than.is_some_and(|old| Arc::ptr_eq(old, &known)) => {}
            Some(known) => return known,
            None => {}
        }
        let fetched = keys(&metadata.jwks).await;
        kept.keep(fetched, now)
    }
}

async fn metadata(issuer: &str) -> Result<Metadata, Fault> {
    let place = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
    let place = address(&place).map_err(|why| Fault::Away(format!("its document {why}")))?;
    let document: Document = json(&place, HeaderMap::new()).await?;
    if document.issuer != issuer {
        let why = format!("its document is of the issuer {:?}", document.issuer);
        return Err(Fault::Away(why));
    }
    let address = |text: &str| address(text).map_err(|why| Fault::Away(format!("{text:?} {why}")));
    let ways = document.token_endpoint_auth_methods_supported.unwrap_or_default();
    let has = |way: &str| ways.iter().any(|one| one == way);
    Ok(Metadata {
        authorization: address(&document.authorization_endpoint)?,
        token: address(&document.token_endpoint)?,
        userinfo: document.userinfo_endpoint.as_deref().map(address).transpose()?,
        jwks: address(&document.jwks_uri)?,
        secret_in_body: has("client_secret_post") && !has("client_secret_basic"),
    })
}

async fn keys(place: &Uri) -> Result<Vec<Jwk>, Fault> {
    #[derive(Deserialize)]
    struct Keys {
        keys: Vec<Value>,
    }
    let Keys { keys } = json(place, HeaderMap::new()).await?;
    // A key of a kind that is not known here does not spoil the others.
    Ok(keys.into_iter().filter_map(|key| serde_json::from_value(key).ok()).collect())
}

/// Asks for JSON.
///
/// # Errors
/// [`Fault::Away`].
pub(super) async fn json<T: DeserializeOwned>(
    place: &Uri,
    mut headers: HeaderMap,
) -> Result<T, Fault> {
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    let answer = post::get(place, headers, BOUNDS).await;
    let answer = answer.map_err(|error| Fault::Away(format!("{} {error}", place.path())))?;
    if answer.status != 200 {
        return Err(Fault::Away(format!("{} answered {}", place.path(), answer.status)));
    }
    serde_json::from_slice(&answer.body)
        .map_err(|_| Fault::Away(format!("{} answered no JSON that is expected", place.path())))
}
