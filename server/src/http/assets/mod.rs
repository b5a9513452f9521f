//! The built files of the pages, which `cargo xtask build` writes.
//!
//! A release build of the server contains them. A debug build reads them from the
//! checkout at its start, so that a page can be changed without rebuilding the
//! server.
//!
//! The HTML documents around the pages are in `jiban_app::shell`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue, VARY,
};
use axum::http::{Response, StatusCode};
use axum::response::{IntoResponse, Redirect, Response as AnyResponse};
use axum::routing::get;
use jiban_app::shell::{Assets, Module};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[cfg_attr(debug_assertions, folder = "../target/site/debug")]
#[cfg_attr(not(debug_assertions), folder = "../target/site/release")]
struct Built;

static SITE: LazyLock<Site> = LazyLock::new(|| {
    let files = Built::iter()
        .filter_map(|path| Built::get(&path).map(|file| (path.into_owned(), file.data)));
    Site::gather(files)
});

/// `/assets/{name}` and `/favicon.svg`.
///
/// A name with a hash is answered with the file, which clients may cache for ever;
/// a plain name (`/assets/chime.wav`) redirects to the current hashed one.
pub fn router<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    routes(&SITE)
}

/// The addresses of the files that the HTML documents refer to.
pub fn names() -> Assets {
    let address = |name: &str| format!("/assets/{}", SITE.hashed_name(name));
    // `cargo leptos watch` builds one module for all pages, under a plain name.
    let watched = std::env::var("LEPTOS_OUTPUT_NAME").ok();
    let module = |name: &str| {
        let name = watched.as_deref().unwrap_or(name);
        Module { script: address(&format!("{name}.js")), wasm: address(&format!("{name}.wasm")) }
    };
    Assets {
        style: address("jiban.css"),
        kiosk_style: address("kiosk.css"),
        kiosk: module("kiosk"),
        desks: module("desks"),
        progress_script: address("progress.js"),
        supply_script: address("supply.js"),
        apply_script: address("apply.js"),
        beside_script: address("beside.js"),
        sign_script: address("sign.js"),
        stream_script: address("stream.js"),
        kiosk_script: address("machines/kiosk.js"),
        accessibility_script: address("machines/accessibility.js"),
        camera_script: address("machines/camera.js"),
        accessibility_style: address("accessibility.css"),
        streams_worker: address("streams.js"),
    }
}

/// Whether the pages were built; without them the server has only its API.
pub fn are_built() -> bool {
    SITE.files.contains_key(&format!("assets/{}", SITE.hashed_name("kiosk.wasm")))
}

/// The files by path (`assets/jiban.0123.css`), and the manifest's names for them.
struct Site {
    files: HashMap<String, Bytes>,
    names: HashMap<String, String>,
}

impl Site {
    fn gather(files: impl Iterator<Item = (String, Cow<'static, [u8]>)>) -> Self {
        let files: HashMap<String, Bytes> = files
            .map(|(path, bytes)| match bytes {
                Cow::Borrowed(bytes) => (path, Bytes::from_static(bytes)),
                Cow::Owned(bytes) => (path, Bytes::from(bytes)),
            })
            .collect();
        let manifest = files.get("manifest.txt").map(|bytes| String::from_utf8_lossy(bytes));
        let names = manifest.as_deref().unwrap_or_default().lines();
        let names = names.filter_map(|line| line.split_once(' '));
        let names = names.map(|(name, hashed)| (name.to_owned(), hashed.to_owned())).collect();
        Self { files, names }
    }

    /// The hashed name for a plain one; the plain one itself if nothing was built.
    fn hashed_name<'a>(&'a self, name: &'a str) -> &'a str {
        self.names.get(name).map_or(name, String::as_str)
    }

    fn answer(&self, name: &str, headers: &HeaderMap) -> AnyResponse {
        if self.names.values().any(|hashed| hashed == name) {
            return self.file(
                &format!("assets/{name}"),
                headers,
                "public, max-age=31536000, immutable",
            );
        }
        match self.names.get(name) {
            Some(hashed) => {
                let redirect = Redirect::temporary(&format!("/assets/{hashed}"));
                ([(CACHE_CONTROL, "no-cache")], redirect).into_response()
            }
            None => self.file(&format!("assets/{name}"), headers, "no-cache"),
        }
    }

    /// The file in the smallest encoding that the browser accepts.
    fn file(&self, path: &str, request: &HeaderMap, cache_control: &'static str) -> AnyResponse {
        let Some(plain) = self.files.get(path) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        let compressed = [("br", "br"), ("gzip", "gz")].into_iter().find_map(|(coding, suffix)| {
            let form = self.files.get(&format!("{path}.{suffix}"))?;
            accepts(request, coding).then_some((coding, form))
        });
        let mut answer =
            Response::new(Body::from(compressed.map_or(plain, |(_, form)| form).clone()));
        let headers = answer.headers_mut();
        headers.insert(CONTENT_TYPE, content_type(path));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache_control));
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        if let Some((coding, _)) = compressed {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        answer
    }
}

fn routes<S>(site: &'static Site) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    Router::new()
        .route(
            "/assets/{*name}",
            get(move |Path(name): Path<String>, headers: HeaderMap| async move {
                site.answer(&name, &headers)
            }),
        )
        .route(
            "/favicon.svg",
            get(move |headers: HeaderMap| async move {
                let path = format!("assets/{}", site.hashed_name("favicon.svg"));
                site.file(&path, &headers, "public, max-age=86400")
            }),
        )
}

fn content_type(path: &str) -> HeaderValue {
    let guess = mime_guess::from_path(path).first_raw();
    HeaderValue::from_static(match guess {
        Some("text/css") => "text/css; charset=utf-8",
        Some("text/javascript") => "text/javascript; charset=utf-8",
        Some("text/plain") => "text/plain; charset=utf-8",
        Some(other) => other,
        None => "application/octet-stream",
    })
}

/// Whether `Accept-Encoding` allows a coding: it names it or `*`, with a weight above
/// zero.
fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    let weight = |coding: &str| {
        headers
            .get_all(ACCEPT_ENCODING)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .find_map(|item| {
                let mut parts = item.split(';').map(str::trim);
                let named = parts.next()?.eq_ignore_ascii_case(coding);
                let weight = parts.find_map(|part| part.strip_prefix("q=")).unwrap_or("1");
                named.then(|| weight.parse::<f32>().unwrap_or(0.0))
            })
    };
    weight(coding).or_else(|| weight("*")).is_some_and(|weight| weight > 0.0)
}

#[cfg(test)]
mod tests;
