//! Photographs and scans on their way to the hall. Each goes by itself and says
//! how far it is; one that failed stays in its row until it is sent again or
//! given up. Nothing else waits for it.

use std::collections::HashMap;

use jiban_domain::{CaseId, Lang, Refusal};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use serde::de::DeserializeOwned;
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::Promise;
use web_sys::{Blob, ProgressEvent, XmlHttpRequest};

use super::words::Words;
use crate::api::case::CaseShown;
use crate::api::{Refused, get};
use crate::counter::state::CounterState;

/// The largest file the hall takes.
pub const LARGEST: f64 = 10.0 * 1024.0 * 1024.0;
/// The kinds it takes; it looks at the content itself.
pub const KINDS: [&str; 3] = ["image/jpeg", "image/png", "application/pdf"];

/// A file on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Unlike any other's here.
    pub key: u32,
    /// The case it belongs to.
    pub case: CaseId,
    /// The material it belongs to.
    pub material: u32,
    /// How much has gone, in percent.
    pub percent: u32,
    /// Why it did not go; none while it goes.
    pub failed: Option<String>,
    /// It may go another time; else it never will.
    pub again: bool,
}

/// All of them.
#[derive(Clone, Copy)]
pub struct Sending {
    all: RwSignal<Vec<Sent>>,
    count: StoredValue<u32>,
    /// What is sent, by their keys.
    blobs: StoredValue<HashMap<u32, Blob>, LocalStorage>,
}

impl Sending {
    /// None.
    pub fn new() -> Self {
        Self {
            all: RwSignal::new(Vec::new()),
            count: StoredValue::new(0),
            blobs: StoredValue::new_local(HashMap::new()),
        }
    }

    /// Those of a material.
    pub fn of(self, case: CaseId, material: u32) -> Vec<Sent> {
        let its = |one: &&Sent| one.case == case && one.material == material;
        self.all.with(|all| all.iter().filter(its).cloned().collect())
    }

    /// Lets go of one that has come, or is given up.
    pub fn drop(self, key: u32) {
        // The page may be gone by the time it has come.
        let _ = self.all.try_update(|all| all.retain(|one| one.key != key));
        self.blobs.try_update_value(|blobs| blobs.remove(&key));
    }

    fn change(self, key: u32, how: impl FnOnce(&mut Sent)) {
        let _ = self.all.try_update(|all| {
            if let Some(one) = all.iter_mut().find(|one| one.key == key) {
                how(one);
            }
        });
    }
}

/// Sends a file to a material of a case.
pub(super) fn send(page: CounterState, case: CaseId, material: u32, blob: Blob) {
    let sending = page.room.sending;
    let words = Words::of(page.lang.get_untracked());
    let wrong = if !KINDS.contains(&blob.type_().as_str()) {
        Some(words.file_kind)
    } else if blob.size() > LARGEST {
        Some(words.file_large)
    } else {
        None
    };
    let key = sending.count.get_value() + 1;
    sending.count.set_value(key);
    let failed = wrong.map(str::to_owned);
    let sent = Sent { key, case, material, percent: 0, failed, again: wrong.is_none() };
    sending.all.update(|all| all.push(sent.clone()));
    if wrong.is_none() {
        sending.blobs.update_value(|blobs| {
            blobs.insert(key, blob);
        });
        go(page, sent);
    }
}

/// Sends it, or sends it again.
pub(super) fn go(page: CounterState, sent: Sent) {
    let sending = page.room.sending;
    let Sent { key, case, material, .. } = sent;
    let Some(blob) = sending.blobs.with_value(|blobs| blobs.get(&key).cloned()) else { return };
    sending.change(key, |one| {
        one.failed = None;
        one.percent = 0;
    });
    let had = untrack(|| page.room.look(|case| files(case, material))).unwrap_or_default();
    spawn_local(async move {
        let lang = page.lang.get_untracked();
        let address = format!("/api/counter/attach?case={}&material={material}", case.0);
        let told = move |percent| sending.change(key, |one| one.percent = percent);
        let answer = post_file::<CaseShown>(&address, &blob, lang, told).await;
        let came = match answer {
            Ok(case) => Ok(case),
            Err(refused) if refused.code == Refused::NO_ANSWER => {
                // The answer may be lost and not the file.
                let address = format!("/api/counter/case?case={}", case.0);
                let now = get::<CaseShown>(&address, lang).await;
                now.ok().filter(|now| files(now, material) > had).ok_or(refused)
            }
            Err(refused) => Err(refused),
        };
        match came {
            Ok(case) => {
                page.room.show(case);
                sending.drop(key);
            }
            Err(refused) => {
                let lost = refused.code == Refused::NO_ANSWER;
                page.room.heed(&refused);
                sending.change(key, |one| {
                    one.again = lost || refused.code == Refusal::Unavailable.code();
                    let said = refused.in_a_line(lang);
                    one.failed =
                        Some(if lost { Words::of(lang).file_lost.to_owned() } else { said });
                });
            }
        }
    });
}

fn files(case: &CaseShown, material: u32) -> usize {
    case.materials.iter().find(|one| one.id == material).map_or(0, |one| one.files.len())
}

/// Sends a file as a body, and tells how much has gone, in percent.
///
/// # Errors
/// The hall's refusal, or [`Refused::no_answer`].
pub async fn post_file<A: DeserializeOwned>(
    address: &str,
    blob: &Blob,
    lang: Lang,
    gone: impl Fn(u32) + 'static,
) -> Result<A, Refused> {
    let no_answer = |_: JsValue| Refused::no_answer(lang);
    let request = XmlHttpRequest::new().map_err(no_answer)?;
    request.open("POST", address).map_err(no_answer)?;
    request.set_request_header("Content-Type", &blob.type_()).map_err(no_answer)?;
    request.set_request_header("Accept-Language", lang.tag()).map_err(no_answer)?;
    let upload = request.upload().map_err(no_answer)?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let on_progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.total() > 0.0 {
            gone((event.loaded() / event.total() * 100.0) as u32);
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
