//! The ID token: by whom, for whom and when it was made, and that nobody else made it (OIDC
//! Core 1.0, 3.1.3.7). Times are the hall's, not the machine's.

use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde_json::{Map, Value};

use super::{Fault, signature};

/// How far the clocks of hall and provider may be apart, in seconds.
const APART: f64 = 120.0;

/// What a token must say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expected<'a> {
    pub issuer: &'a str,
    pub client_id: &'a str,
    pub nonce: &'a str,
    /// Seconds since 1970.
    pub now: f64,
}

/// Why a token is not taken.
#[derive(Debug, PartialEq)]
pub(super) enum NotTaken {
    /// None of these keys is the one that it names; the provider may have a newer.
    UnknownKey,
    Fault(Fault),
}

fn invalid(why: &str) -> NotTaken {
    NotTaken::Fault(Fault::Invalid(why.to_owned()))
}

/// The claims of a token.
///
/// # Errors
/// It is not to be believed, and why.
pub(super) fn claims(
    token: &str,
    keys: &[Jwk],
    expected: Expected<'_>,
) -> Result<Map<String, Value>, NotTaken> {
    signature::install();
    // "none" is no algorithm to the library, so that its header cannot be read.
    let header = decode_header(token).map_err(|_| invalid("its header is none"))?;
    if header.crit.is_some() {
        return Err(invalid("it demands an extension"));
    }
    let algorithm = header.alg;
    let allowed = [Algorithm::RS256, Algorithm::PS256, Algorithm::ES256, Algorithm::EdDSA];
    if !allowed.contains(&algorithm) {
        return Err(invalid("it is signed by an algorithm that is refused"));
    }
    let fitting: Vec<&Jwk> = keys.iter().filter(|key| signature::fits(key, algorithm)).collect();
    let key = match &header.kid {
        Some(id) => fitting.into_iter().find(|key| key.common.key_id.as_ref() == Some(id)),
        // Without a name it can be of one key alone.
        None if fitting.len() == 1 => fitting.into_iter().next(),
        None => None,
    };
    let key = key.ok_or(NotTaken::UnknownKey)?;
    let key = DecodingKey::from_jwk(key).map_err(|_| invalid("the provider's key is none"))?;
    let mut validation = Validation::new(algorithm);
    validation.set_issuer(&[expected.issuer]);
    validation.set_audience(&[expected.client_id]);
    validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
    // By the machine's clock; the hall's counts, below.
    validation.validate_exp = false;
    let claims = decode::<Map<String, Value>>(token, &key, &validation)
        .map_err(|error| NotTaken::Fault(Fault::Invalid(error.to_string())))?
        .claims;
    check(&claims, expected).map_err(NotTaken::Fault)?;
    Ok(claims)
}

/// What the library does not check, or by another clock.
fn check(claims: &Map<String, Value>, expected: Expected<'_>) -> Result<(), Fault> {
    let invalid = |why: &str| Err(Fault::Invalid(why.to_owned()));
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    if text("iss") != Some(expected.issuer) {
        return invalid("it is of several issuers");
    }
    if text("nonce") != Some(expected.nonce) {
        return invalid("it was made for another sign-in");
    }
    let several = claims.get("aud").and_then(Value::as_array).is_some_and(|all| all.len() > 1);
    let names_party = claims.contains_key("azp") || several;
    if names_party && text("azp") != Some(expected.client_id) {
        return invalid("it was made for another party");
    }
    let seconds = |name: &str| claims.get(name).and_then(Value::as_f64);
    let (Some(until), Some(made)) = (seconds("exp"), seconds("iat")) else {
        return invalid("it has no times");
    };
    let from = match claims.get("nbf") {
        Some(from) => from.as_f64().ok_or_else(|| Fault::Invalid("nbf is no time".to_owned()))?,
        None => made,
    };
    // It was asked for a moment ago: what is over or not yet good comes of a clock.
    if until <= expected.now - APART {
        return Err(Fault::Clock(format!("it ended {} s ago", expected.now - until)));
    }
    if made.max(from) > expected.now + APART {
        return Err(Fault::Clock(format!("it begins in {} s", made.max(from) - expected.now)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A key and its signatures, made by OpenSSL: ring makes no RSA keys.
    const MODULUS: &str = "6WJu586YPZKnky2wjmV38H21WCHg4O2g-IaMDEfCoONeo1U71WWgOHEKR6DuvaBScuYXc6Snvb61EiRwVe6jNPIKxZel5PsdLAjPYNXT5YcF-jnNK4t45PGfpuudmiDrtnnCOOCM1_R5RcWMdeylTkNxKVPYPmp5Q93a83LOJHrnKh6Dn3hATwLd89kbt360HnXPi8pqefyWGCRgmE3i3vQoU7l-ifPr1U0d_dUed5KcOUwO-TYf-auO4GpDMSngZWdN0AbWjY19vPQLTY1zdu65H3ye0yrfYeCKIEW2RlZ0UerazV_z9RkQVDKVQtjU0b3YbM-ivUzOZfAb7ezfcw";
    const CLAIMS: &str = "eyJpc3MiOiJodHRwczovL2lkLmV4YW1wbGUiLCJhdWQiOiJoYWxsIiwic3ViIjoiMSIsIm5vbmNlIjoibiIsImlhdCI6MTAwMCwiZXhwIjoxMzAwfQ";
    const RS256: (&str, &str) = (
        "eyJhbGciOiJSUzI1NiJ9",
        "PiD5f-poobTq62eeKprmj0dq6M4c9bPgnw51-chjeNM6FM66CLT-Yq_kTTP8CMrqwOYlW9i_LaDQ3JujQ0jrBrmQhHcEv_bWpt07DyuHt9Bet1OKc8C8bSlPk1iaB-Q_Tz_6x00Rm7eQ1279O7N6c7ZNADkRk6QV07VTuYCwM7hyJwd2ZmBC3UxwxPYVu7zFMuyntbAqkD-vf9bvW0hj5Z0Su-620_scr_Hpnv5rnvc1j7AwBbjQRjkC2jJX7lY-AfIvPlsXyxUdNiDugBK12FO-cQkJkrJiutvxdQ9DOZi0PmjPObTPY7Skd76fjRwZTAfoLlH-jCekl5hV1wym1A",
    );
    const PS256: (&str, &str) = (
        "eyJhbGciOiJQUzI1NiJ9",
        "wZSrem-fwOu3J5U8nEMQssHaMog77REqUFzBR4BUcD8a16-uPYXyLFFfmtjAkw7AH4BgkXAIXym2qUCPJmEYbCHTL8p1AuUp7a0MMVDO49C9we_pY7-bP6UD0a5TkARnvSwZrWrxuLrrQ-V_bOkmXkhw_9TPm4BR1rrmydRG6VmKuxDwwCeVPYkTQGQNw8hvEZW3bLa2ZMl5VCd-3MhANxGtcfxvjmSv5zR5jzs0zp4bp49g0U08mARkkAEIFbBKOZz6ascc6m2NrZk0vxtiwfKWP8crFIn4h-HFpgRvGdzNZNTwTQ3kyDT7DRrqBm1Td1D9dXVbD6OX_S9cTWlK3g",
    );
    const EXPECTED: Expected<'_> =
        Expected { issuer: "https://id.example", client_id: "hall", nonce: "n", now: 1000.0 };

    fn token((header, signature): (&str, &str)) -> String {
        format!("{header}.{CLAIMS}.{signature}")
    }

    fn key(more: &Value) -> Jwk {
        let mut key = json!({ "kty": "RSA", "n": MODULUS, "e": "AQAB" });
        key.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        serde_json::from_value(key).unwrap()
    }

    #[test]
    fn rsa_is_verified_in_both_ways() {
        let keys = [key(&json!({}))];
        for signed in [RS256, PS256] {
            assert_eq!(claims(&token(signed), &keys, EXPECTED).unwrap()["sub"], "1");
        }
        for mixed in [(RS256.0, PS256.1), (PS256.0, RS256.1)] {
            let fault = claims(&token(mixed), &keys, EXPECTED).unwrap_err();
            assert!(matches!(fault, NotTaken::Fault(Fault::Invalid(_))), "{fault:?}");
        }
    }

    #[test]
    fn a_key_signs_what_it_is_for() {
        let takes = |keys: &[Jwk]| match claims(&token(RS256), keys, EXPECTED) {
            Ok(_) => true,
            Err(NotTaken::UnknownKey) => false,
            Err(other) => panic!("{other:?}"),
        };
        assert!(takes(&[key(&json!({ "use": "sig", "alg": "RS256" }))]));
        for other in [json!({ "use": "enc" }), json!({ "alg": "PS256" }), json!({ "alg": "RS512" })]
        {
            assert!(!takes(&[key(&other)]), "{other}");
        }
        let two = [key(&json!({ "kid": "a" })), key(&json!({ "kid": "b" }))];
        assert!(!takes(&two), "it names neither");
        assert!(!takes(&[]));
    }

    #[test]
    fn clocks_may_be_two_minutes_apart() {
        let at = |now: f64| claims(&token(RS256), &[key(&json!({}))], Expected { now, ..EXPECTED });
        for now in [880.0, 1000.0, 1419.0] {
            assert!(at(now).is_ok(), "{now}");
        }
        for now in [879.0, 1420.0, f64::MAX] {
            let fault = at(now).unwrap_err();
            assert!(matches!(fault, NotTaken::Fault(Fault::Clock(_))), "{now}: {fault:?}");
        }
    }
}
