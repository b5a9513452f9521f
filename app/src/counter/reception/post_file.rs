//! A file as the body of a POST, with its progress. `fetch` reports none, so this
//! is an `XMLHttpRequest`.

use jiban_domain::Lang;
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use serde::de::DeserializeOwned;
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::{Promise, encode_uri_component};
use web_sys::{Blob, ProgressEvent, XmlHttpRequest};

use crate::api::Refused;

/// Sends a file, with what its owner calls it; `on_progress` gets how much is sent, in
/// percent.
///
/// # Errors
/// The server's refusal, or [`Refused::no_answer`].
pub async fn post_file<A: DeserializeOwned>(
    url: &str,
    (blob, name): (&Blob, &str),
    lang: Lang,
    on_progress: impl Fn(u32) + 'static,
) -> Result<A, Refused> {
    let no_answer = |_: JsValue| Refused::no_answer(lang);
    let request = XmlHttpRequest::new().map_err(no_answer)?;
    request.open("POST", url).map_err(no_answer)?;
    // Systems do not know each type, and what a page of another site could send is refused.
    let kind = Some(blob.type_()).filter(|kind| !kind.is_empty() && !kind.starts_with("text/"));
    let kind = kind.unwrap_or_else(|| "application/octet-stream".to_owned());
    request.set_request_header("Content-Type", &kind).map_err(no_answer)?;
    let name = String::from(encode_uri_component(name));
    request.set_request_header("X-File-Name", &name).map_err(no_answer)?;
    request.set_request_header("Accept-Language", lang.tag()).map_err(no_answer)?;
    let upload = request.upload().map_err(no_answer)?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let on_progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.total() > 0.0 {
            on_progress((event.loaded() / event.total() * 100.0) as u32);
        }
    });
    upload.set_onprogress(Some(on_progress.as_ref().unchecked_ref()));
    let ended = Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
    request.send_with_opt_blob(Some(blob)).map_err(no_answer)?;
    JsFuture::from(ended).await.map_err(no_answer)?;
    let body = request.response_text().ok().flatten().unwrap_or_default();
    match request.status() {
        Ok(200) => serde_json::from_str(&body).map_err(|_| Refused::no_answer(lang)),
        _ => Err(serde_json::from_str(&body).unwrap_or_else(|_| Refused::no_answer(lang))),
    }
}
