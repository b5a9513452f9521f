//! A provider of identities for tests: it signs tokens with keys of its own, checks what a hall
//! sends, and can be told to lie.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use ring::hmac;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _,
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub const CLIENT: &str = "hall & co";
pub const SECRET: &str = "a secret: with / odd + signs";

/// What it tells falsely, or how it fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vice {
    None,
    /// The person says no.
    Denied,
    Nonce,
    Issuer,
    Audience,
    /// Several audiences, made for another of them.
    Party,
    /// Several audiences, made for the hall: no vice.
    SeveralAudiences,
    Expired,
    NotYet,
    /// Times that are texts.
    NoTimes,
    /// Signed by a key that nobody knows, under the name of the known one.
    OtherKey,
    /// Not signed.
    Unsigned,
    /// Signed by the public key as a shared secret.
    SharedSecret,
    /// Broken after it was signed.
    Changed,
    /// It names an extension that must be understood.
    Critical,
    NoNumber,
    /// No identity number that could be one.
    WrongNumber,
    /// Number and name are in userinfo alone.
    InUserinfo,
    /// And there they are somebody else's.
    UserinfoOfAnother,
    /// Another provider answers.
    MixedUp,
    /// The tokens never come.
    Silent,
    Broken,
}

enum Signer {
    Es256(EcdsaKeyPair),
    EdDsa(Ed25519KeyPair),
}

struct Key {
    id: String,
    signer: Signer,
}

impl Key {
    fn es256(id: &str) -> Self {
        let (random, algorithm) = (SystemRandom::new(), &ECDSA_P256_SHA256_FIXED_SIGNING);
        let made = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, made.as_ref(), &random).unwrap();
        Self { id: id.to_owned(), signer: Signer::Es256(pair) }
    }

    fn eddsa(id: &str) -> Self {
        let made = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        let pair = Ed25519KeyPair::from_pkcs8(made.as_ref()).unwrap();
        Self { id: id.to_owned(), signer: Signer::EdDsa(pair) }
    }

    fn algorithm(&self) -> &'static str {
        match self.signer {
            Signer::Es256(_) => "ES256",
            Signer::EdDsa(_) => "EdDSA",
        }
    }

    fn public(&self) -> Value {
        let of = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
        match &self.signer {
            Signer::Es256(pair) => {
                let point = pair.public_key().as_ref();
                json!({ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": self.id,
                        "x": of(&point[1..33]), "y": of(&point[33..]) })
            }
            Signer::EdDsa(pair) => {
                json!({ "kty": "OKP", "crv": "Ed25519", "kid": self.id,
                        "x": of(pair.public_key().as_ref()) })
            }
        }
    }

    fn public_bytes(&self) -> Vec<u8> {
        match &self.signer {
            Signer::Es256(pair) => pair.public_key().as_ref().to_vec(),
            Signer::EdDsa(pair) => pair.public_key().as_ref().to_vec(),
        }
    }

    fn sign(&self, message: &str) -> Vec<u8> {
        match &self.signer {
            Signer::Es256(pair) => {
                pair.sign(&SystemRandom::new(), message.as_bytes()).unwrap().as_ref().to_vec()
            }
            Signer::EdDsa(pair) => pair.sign(message.as_bytes()).as_ref().to_vec(),
        }
    }
}

/// A code that was given out, and the question that it answers.
type Codes = HashMap<String, HashMap<String, String>>;

struct Inner {
    keys: Vec<Key>,
    vice: Vice,
    person: Value,
    /// Seconds since 1970.
    now: i64,
    codes: Codes,
    /// How often the keys were asked for.
    key_requests: usize,
}

/// The provider.
#[derive(Clone)]
pub struct IdentityProvider {
    pub issuer: String,
    inner: Arc<Mutex<Inner>>,
    serving: Arc<JoinHandle<()>>,
}

impl IdentityProvider {
    /// Starts it, at a time in milliseconds.
    pub async fn start(now: i64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}/people", listener.local_addr().unwrap());
        let inner = Arc::new(Mutex::new(Inner {
            keys: vec![Key::es256("first")],
            vice: Vice::None,
            person: json!({}),
            now: now / 1000,
            codes: HashMap::new(),
            key_requests: 0,
        }));
        let state = (issuer.clone(), inner.clone());
        let router = Router::new()
            .route("/people/.well-known/openid-configuration", get(document))
            .route("/people/keys", get(keys))
            .route("/people/authorize", get(authorize))
            .route("/people/token", post(token))
            .route("/people/userinfo", get(userinfo))
            .with_state(state);
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { issuer, inner, serving: Arc::new(serving) }
    }

    pub fn knows(&self, number: &str, name: &str) {
        self.inner.lock().unwrap().person = json!({
            "person": { "id_number": number }, "name": name, "phone_number": "13800138000",
        });
    }

    pub fn has(&self, vice: Vice) {
        self.inner.lock().unwrap().vice = vice;
    }

    /// It signs by a new key from now on, and the old one is gone.
    pub fn rotate(&self) {
        self.inner.lock().unwrap().keys = vec![Key::eddsa("second")];
    }

    /// Its clock goes on, to a time in milliseconds.
    pub fn set_clock(&self, now: i64) {
        self.inner.lock().unwrap().now = now / 1000;
    }

    pub fn key_requests(&self) -> usize {
        self.inner.lock().unwrap().key_requests
    }

    pub fn stop(&self) {
        self.serving.abort();
    }

    /// The operator's file about it.
    pub fn file(&self) -> String {
        format!(
            "label = {{ zh = \"浙里办\", en = \"Zhejiang account\" }}\nissuer = \"{}\"\n\
             client_id = \"{CLIENT}\"\nclient_secret = \"{SECRET}\"\nscopes = [\"profile\"]\n\
             [claims]\nnumber = \"/person/id_number\"\n",
            self.issuer
        )
    }
}

type Shared = State<(String, Arc<Mutex<Inner>>)>;

async fn document(State((issuer, _)): Shared) -> Json<Value> {
    let at = |path: &str| format!("{issuer}/{path}");
    Json(json!({
        "issuer": issuer, "authorization_endpoint": at("authorize"), "token_endpoint": at("token"),
        "jwks_uri": at("keys"), "userinfo_endpoint": at("userinfo"),
        "response_types_supported": ["code"], "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
    }))
}

async fn keys(State((_, inner)): Shared) -> Json<Value> {
    let mut inner = inner.lock().unwrap();
    inner.key_requests += 1;
    let mut keys: Vec<Value> = inner.keys.iter().map(Key::public).collect();
    // Of kinds that the hall does not know.
    keys.push(json!({ "kty": "EC", "crv": "SM2", "kid": "sm", "x": "AA", "y": "AA" }));
    keys.push(json!({ "kty": "oct", "kid": "shared", "k": "AAAA", "alg": "HS256" }));
    Json(json!({ "keys": keys }))
}

async fn authorize(
    State((issuer, inner)): Shared,
    Query(asked): Query<HashMap<String, String>>,
) -> Redirect {
    let mut inner = inner.lock().unwrap();
    assert_eq!((&*asked["response_type"], &*asked["client_id"]), ("code", CLIENT));
    assert_eq!((&*asked["code_challenge_method"], &*asked["scope"]), ("S256", "openid profile"));
    let back = asked["redirect_uri"].clone();
    let state = asked["state"].clone();
    if inner.vice == Vice::Denied {
        return Redirect::to(&format!("{back}?error=access_denied&state={state}"));
    }
    let code = format!("code{}", inner.codes.len());
    inner.codes.insert(code.clone(), asked);
    let from = if inner.vice == Vice::MixedUp { "https://other.example" } else { &issuer };
    Redirect::to(&format!("{back}?code={code}&state={state}&iss={from}"))
}

async fn token(
    State((issuer, inner)): Shared,
    headers: HeaderMap,
    Form(asked): Form<HashMap<String, String>>,
) -> Response {
    let vice = inner.lock().unwrap().vice;
    match vice {
        Vice::Silent => std::future::pending().await,
        Vice::Broken => return StatusCode::BAD_GATEWAY.into_response(),
        _ => {}
    }
    let mut inner = inner.lock().unwrap();
    let basic = headers[header::AUTHORIZATION].to_str().unwrap().strip_prefix("Basic ").unwrap();
    let basic = String::from_utf8(BASE64.decode(basic.as_bytes()).unwrap()).unwrap();
    assert_eq!(basic, "hall%20%26%20co:a%20secret%3A%20with%20%2F%20odd%20%2B%20signs");
    // A code is good once, and for whoever began alone.
    let Some(question) = inner.codes.remove(&asked["code"]) else {
        return (StatusCode::BAD_REQUEST, "{\"error\":\"invalid_grant\"}").into_response();
    };
    let challenge = BASE64URL_NOPAD.encode(&Sha256::digest(asked["code_verifier"].as_bytes()));
    assert_eq!(challenge, question["code_challenge"]);
    assert_eq!(asked["redirect_uri"], question["redirect_uri"]);
    assert_eq!(asked["grant_type"], "authorization_code");
    let token = id_token(&issuer, &inner, &question["nonce"]);
    Json(json!({ "id_token": token, "access_token": "access", "token_type": "Bearer" }))
        .into_response()
}

fn id_token(issuer: &str, inner: &Inner, nonce: &str) -> String {
    let (key, now, vice) = (inner.keys.last().unwrap(), inner.now, inner.vice);
    let mut claims = json!({
        "iss": issuer, "aud": CLIENT, "sub": "someone", "nonce": nonce, "iat": now,
        "exp": now + 300,
    });
    let mut header = json!({ "alg": key.algorithm(), "typ": "JWT", "kid": key.id });
    if !matches!(vice, Vice::InUserinfo | Vice::UserinfoOfAnother) {
        claims.as_object_mut().unwrap().extend(inner.person.as_object().unwrap().clone());
    }
    match vice {
        Vice::Nonce => claims["nonce"] = json!("another"),
        Vice::Issuer => claims["iss"] = json!("https://other.example"),
        Vice::Audience => claims["aud"] = json!("another"),
        Vice::Party => {
            claims["aud"] = json!([CLIENT, "another"]);
            claims["azp"] = json!("another");
        }
        Vice::SeveralAudiences => {
            claims["aud"] = json!(["another", CLIENT]);
            claims["azp"] = json!(CLIENT);
        }
        Vice::Expired => {
            claims["iat"] = json!(now - 900);
            claims["exp"] = json!(now - 600);
        }
        Vice::NotYet => {
            claims["iat"] = json!(now + 600);
            claims["exp"] = json!(now + 900);
        }
        Vice::NoTimes => claims["exp"] = json!((now + 300).to_string()),
        Vice::NoNumber => claims["person"] = json!({}),
        Vice::WrongNumber => claims["person"] = json!({ "id_number": "110105194912310020" }),
        Vice::Critical => header["crit"] = json!(["b64"]),
        Vice::Unsigned => header["alg"] = json!("none"),
        Vice::SharedSecret => header["alg"] = json!("HS256"),
        _ => {}
    }
    let of = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let message = format!("{}.{}", of(&header), of(&claims));
    let signature = match vice {
        Vice::Unsigned => Vec::new(),
        Vice::SharedSecret => {
            let key = hmac::Key::new(hmac::HMAC_SHA256, &key.public_bytes());
            hmac::sign(&key, message.as_bytes()).as_ref().to_vec()
        }
        Vice::OtherKey => Key::es256(&key.id).sign(&message),
        _ => key.sign(&message),
    };
    let message = if vice == Vice::Changed {
        claims["name"] = json!("别人");
        format!("{}.{}", of(&header), of(&claims))
    } else {
        message
    };
    format!("{message}.{}", BASE64URL_NOPAD.encode(&signature))
}

async fn userinfo(State((_, inner)): Shared, headers: HeaderMap) -> Json<Value> {
    assert_eq!(headers[header::AUTHORIZATION], "Bearer access");
    let inner = inner.lock().unwrap();
    let mut said = inner.person.clone();
    let somebody = inner.vice == Vice::UserinfoOfAnother;
    said["sub"] = json!(if somebody { "another" } else { "someone" });
    Json(said)
}
