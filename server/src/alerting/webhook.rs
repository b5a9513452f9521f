//! Standard Webhooks 1.0: the body is signed together with its id and the time of the try.

use std::fmt;

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit as _, Mac as _};
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde::Deserialize;
use sha2::Sha256;

use super::AlertMessage;
use crate::outgoing::{self, NotSent};

/// Where alerts are posted, and with whose signature.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    url: String,
    /// `whsec_` and base64 of 24 to 64 bytes.
    secret: String,
}

// The secret must not reach the log through `{:?}`.
impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook").field("url", &self.url).finish_non_exhaustive()
    }
}

impl Webhook {
    pub(super) fn fault(&self) -> Option<String> {
        if self.key().is_none() {
            return Some(
                "webhook.secret must be whsec_ and base64 of 24 to 64 random bytes".to_owned(),
            );
        }
        outgoing::address(&self.url).err().map(|error| format!("webhook.url: {error}"))
    }

    fn key(&self) -> Option<Vec<u8>> {
        let encoded = self.secret.strip_prefix("whsec_")?;
        let key = BASE64.decode(encoded.as_bytes()).ok()?;
        (24..=64).contains(&key.len()).then_some(key)
    }

    /// The signature of a message, as its header has it.
    pub fn signature(&self, id: &str, seconds: i64, body: &str) -> Option<String> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key()?).ok()?;
        mac.update(format!("{id}.{seconds}.{body}").as_bytes());
        Some(format!("v1,{}", BASE64.encode(&mac.finalize().into_bytes())))
    }

    pub(super) async fn post(&self, message: &AlertMessage, seconds: i64) -> Result<(), NotSent> {
        let signature = self.signature(&message.id, seconds, &message.json);
        let signature = signature.ok_or_else(|| NotSent::unreachable(&"the secret is no key"))?;
        let kind = HeaderValue::from_static("application/json");
        let mut headers = HeaderMap::from_iter([(CONTENT_TYPE, kind)]);
        for (name, value) in [
            ("webhook-id", message.id.clone()),
            ("webhook-timestamp", seconds.to_string()),
            ("webhook-signature", signature),
        ] {
            let value =
                HeaderValue::from_str(&value).map_err(|error| NotSent::unreachable(&error))?;
            headers.insert(HeaderName::from_static(name), value);
        }
        outgoing::send(&self.url, headers, message.json.clone()).await.map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the Standard Webhooks reference libraries.
    #[test]
    fn it_signs_as_the_standard_says() {
        let webhook = Webhook {
            url: "http://127.0.0.1/".to_owned(),
            secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned(),
        };
        let body = r#"{"test": 2432232314}"#;
        let signature =
            webhook.signature("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body).unwrap();
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assert!(!format!("{webhook:?}").contains("MfKQ"));
    }

    #[test]
    fn a_secret_that_is_none_is_told_at_the_start() {
        for secret in ["", "whsec_", "whsec_AAAA", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"] {
            let webhook =
                Webhook { url: "https://x.example/".to_owned(), secret: secret.to_owned() };
            assert!(webhook.fault().is_some_and(|fault| fault.contains("secret")), "{secret}");
        }
    }
}
