//! Sign-in by OIDC: a provider vouches for who somebody is. The Authorization Code flow
//! with PKCE, state and nonce; nothing of a visitor is kept here.
//!
//! - [`config`]: the operator's file about the provider
//! - [`metadata`]: what the provider publishes: its addresses and keys
//! - [`id_token`], [`signature`]: whether a token is to be believed

mod config;
mod id_token;
mod metadata;
mod signature;

use std::time::Duration;

use data_encoding::{BASE64, BASE64URL_NOPAD};
use hyper::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use jiban_domain::{Lang, Millis, Text};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

pub use config::{ProviderConfig, ProviderFault};
use id_token::{Expected, NotTaken};
use metadata::{Metadata, Published};

use crate::post::{self, Bounds};

/// A visitor waits for each of these.
const BOUNDS: Bounds = Bounds {
    connect: Duration::from_secs(3),
    answer: Duration::from_secs(5),
    answer_bytes: 256 * 1024,
};

/// The longest name, number or telephone that is taken, in characters.
const LONGEST: usize = 120;

/// Why nobody is signed in. The words are for the log; nothing personal is in them.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Fault {
    #[error("the provider cannot be reached: {0}")]
    Away(String),
    #[error("the provider's answer is not to be believed: {0}")]
    Invalid(String),
    #[error("the clocks differ: {0}")]
    Clock(String),
    #[error("the provider does not say who it is: {0}")]
    Nobody(String),
}

/// One try to sign in: what is sent with it, and must come back. Each is a random text.
#[derive(Clone)]
pub struct Attempt {
    pub state: String,
    pub nonce: String,
    /// Of PKCE (RFC 7636): only who began can redeem the code.
    pub verifier: String,
}

/// Who signed in, as the provider says.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    pub number: String,
    pub name: String,
    pub telephone: Option<String>,
}

// Personal data must not reach a log through `{:?}`.
impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Identity").finish_non_exhaustive()
    }
}

/// The times that a try is judged by.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// The hall's.
    pub now: Millis,
    pub steady: Millis,
}

/// The provider by whom people sign in.
#[derive(Debug)]
pub struct Provider {
    config: ProviderConfig,
    published: Published,
}

/// What the provider gives for a code.
#[derive(Deserialize)]
struct Tokens {
    id_token: String,
    #[serde(default)]
    access_token: Option<String>,
}

impl Provider {
    pub fn new(config: ProviderConfig) -> Self {
        Self { config, published: Published::default() }
    }

    /// What visitors know it by.
    pub fn label(&self) -> &Text {
        &self.config.label
    }

    /// As it names itself.
    pub fn issuer(&self) -> &str {
        &self.config.issuer
    }

    /// Where a browser is sent to sign in.
    ///
    /// # Errors
    /// [`Fault::Away`].
    pub async fn sign_in_address(
        &self,
        attempt: &Attempt,
        back: &str,
        lang: Lang,
        times: Times,
    ) -> Result<String, Fault> {
        let metadata = self.metadata(times).await?;
        let challenge = BASE64URL_NOPAD.encode(&Sha256::digest(attempt.verifier.as_bytes()));
        let query = form(&[
            ("response_type", "code"),
            ("client_id", &self.config.client_id),
            ("redirect_uri", back),
            ("scope", &self.config.scope()),
            ("state", &attempt.state),
            ("nonce", &attempt.nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
            ("ui_locales", lang.tag()),
        ]);
        let address = metadata.authorization.to_string();
        let joint = if address.contains('?') { '&' } else { '?' };
        Ok(format!("{address}{joint}{query}"))
    }

    /// Who signed in, for the code that came back.
    ///
    /// # Errors
    /// The provider is away, or what it says is not to be believed or not enough.
    pub async fn redeem(
        &self,
        attempt: &Attempt,
        code: &str,
        back: &str,
        times: Times,
    ) -> Result<Identity, Fault> {
        let metadata = self.metadata(times).await?;
        let tokens = self.tokens(&metadata, attempt, code, back).await?;
        let mut claims = self.claims(&metadata, &tokens.id_token, &attempt.nonce, times).await?;
        let wanted = &self.config.claims;
        let lacks =
            text(&claims, &wanted.number).is_none() || text(&claims, &wanted.name).is_none();
        if lacks && let (Some(place), Some(token)) = (&metadata.userinfo, &tokens.access_token) {
            let more = userinfo(place, token).await?;
            // It must be about the same person, or a stranger's answer could be slipped in.
            if more.get("sub").is_none() || more.get("sub") != claims.get("sub") {
                return Err(Fault::Invalid("userinfo is about somebody else".to_owned()));
            }
            for (name, value) in more {
                claims.entry(name).or_insert(value);
            }
        }
        let said = |claim: &str| {
            text(&claims, claim).ok_or_else(|| Fault::Nobody(format!("no claim {claim:?}")))
        };
        Ok(Identity {
            number: said(&wanted.number)?,
            name: said(&wanted.name)?,
            telephone: text(&claims, &wanted.telephone),
        })
    }

    async fn metadata(&self, times: Times) -> Result<std::sync::Arc<Metadata>, Fault> {
        self.published.metadata(&self.config.issuer, times.steady).await
    }

    async fn tokens(
        &self,
        metadata: &Metadata,
        attempt: &Attempt,
        code: &str,
        back: &str,
    ) -> Result<Tokens, Fault> {
        let id = self.config.client_id.as_str();
        let mut body = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", back),
            ("code_verifier", &attempt.verifier),
        ];
        let mut headers = HeaderMap::new();
        let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
        headers.insert(CONTENT_TYPE, kind);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        match &self.config.client_secret {
            Some(secret) if metadata.secret_in_body => {
                body.extend([("client_id", id), ("client_secret", secret)]);
            }
            Some(secret) => {
                // Both are encoded as in a form before (RFC 6749, 2.3.1).
                let both = format!("{}:{}", encoded(id), encoded(secret));
                let basic = format!("Basic {}", BASE64.encode(both.as_bytes()));
                let mut basic = HeaderValue::try_from(basic)
                    .map_err(|_| Fault::Away("the secret cannot be sent".to_owned()))?;
                basic.set_sensitive(true);
                headers.insert(AUTHORIZATION, basic);
            }
            None => body.push(("client_id", id)),
        }
        let answer = post::post(&metadata.token, headers, form(&body).into(), BOUNDS).await;
        let answer = answer.map_err(|error| Fault::Away(format!("tokens: {error}")))?;
        if answer.status >= 500 {
            return Err(Fault::Away(format!("tokens: it answered {}", answer.status)));
        }
        if answer.status != 200 {
            // The body is left out of the log: it may repeat what was sent.
            return Err(Fault::Invalid(format!("it refused the code with {}", answer.status)));
        }
        serde_json::from_slice(&answer.body)
            .map_err(|_| Fault::Invalid("it gave no ID token".to_owned()))
    }

    async fn claims(
        &self,
        metadata: &Metadata,
        token: &str,
        nonce: &str,
        times: Times,
    ) -> Result<Map<String, Value>, Fault> {
        #[allow(clippy::cast_precision_loss)] // Milliseconds of a date are exact.
        let now = times.now as f64 / 1000.0;
        let expected =
            Expected { issuer: &self.config.issuer, client_id: &self.config.client_id, nonce, now };
        let keys = self.published.keys(metadata, None, times.steady).await?;
        let claims = match id_token::claims(token, &keys, expected) {
            Err(NotTaken::UnknownKey) => {
                let keys = self.published.keys(metadata, Some(&keys), times.steady).await?;
                id_token::claims(token, &keys, expected)
            }
            claims => claims,
        };
        claims.map_err(|why| match why {
            NotTaken::UnknownKey => Fault::Invalid("the provider does not have its key".to_owned()),
            NotTaken::Fault(fault) => fault,
        })
    }
}

/// What the provider says of somebody beside the token.
async fn userinfo(place: &hyper::Uri, token: &str) -> Result<Map<String, Value>, Fault> {
    let mut bearer = HeaderValue::try_from(format!("Bearer {token}"))
        .map_err(|_| Fault::Invalid("its access token cannot be sent".to_owned()))?;
    bearer.set_sensitive(true);
    metadata::json(place, HeaderMap::from_iter([(AUTHORIZATION, bearer)])).await
}

/// A claim that is a text or a number: by its name, or by a JSON pointer.
fn text(claims: &Map<String, Value>, name: &str) -> Option<String> {
    let found = match name.strip_prefix('/').and_then(|path| path.split_once('/')) {
        Some((first, rest)) => claims.get(first)?.pointer(&format!("/{rest}"))?,
        None => claims.get(name.strip_prefix('/').unwrap_or(name))?,
    };
    let text = match found {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty() && text.chars().count() <= LONGEST).then_some(text)
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn form(pairs: &[(&str, &str)]) -> String {
    let pairs = pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}
