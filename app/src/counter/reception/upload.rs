//! Sending a photograph or scan to a material.

use jiban_domain::{CaseId, Refusal};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Blob;

use super::post_file::post_file;
use super::state::ReceptionState;
use super::uploads::Upload;
use super::words::Words;
use crate::api::case::CaseShown;
use crate::api::{Refused, get};
use crate::parts::photograph::shrink::{MAX_SIZE, fit};

/// What the file chooser offers; the server inspects the content itself.
pub const TYPES: &str = "image/*,application/pdf,.pdf,.ofd";

/// Sends a file to a material of a case, with what its owner calls it.
pub fn upload(reception: ReceptionState, case: CaseId, material: u32, file: (Blob, String)) {
    let upload = reception.uploads.add(case, material, file);
    send(reception, upload);
}

/// Sends a file that was added, or sends it again.
pub fn send(reception: ReceptionState, upload: Upload) {
    let uploads = reception.uploads;
    let Upload { key, case, material, name, .. } = upload;
    let Some(blob) = uploads.blob(key) else { return };
    uploads.change(key, |one| {
        one.failed = None;
        one.percent = 0;
    });
    let files_before =
        untrack(|| reception.with_case(|case| file_count(case, material))).unwrap_or_default();
    spawn_local(async move {
        let lang = reception.counter.lang.get_untracked();
        let blob = fit(blob).await;
        if blob.size() > MAX_SIZE {
            uploads.change(key, |one| {
                one.may_retry = false;
                one.failed = Some(Words::of(lang).file_large.to_owned());
            });
            return;
        }
        let url = format!("/api/counter/attach?case={}&material={material}", case.0);
        let on_progress = move |percent| uploads.change(key, |one| one.percent = percent);
        let answer = post_file::<CaseShown>(&url, (&blob, &name), lang, on_progress).await;
        let arrived = match answer {
            Ok(case) => Ok(case),
            Err(refused) if refused.code == Refused::NO_ANSWER => {
                // The answer may be lost though the file has arrived.
                let url = format!("/api/counter/case?case={}", case.0);
                let now = get::<CaseShown>(&url, lang).await;
                now.ok().filter(|now| file_count(now, material) > files_before).ok_or(refused)
            }
            Err(refused) => Err(refused),
        };
        match arrived {
            Ok(case) => {
                reception.show_case(case);
                uploads.remove(key);
            }
            Err(refused) => {
                let unanswered = refused.code == Refused::NO_ANSWER;
                reception.leave_if_signed_out(&refused);
                uploads.change(key, |one| {
                    one.may_retry = unanswered || refused.code == Refusal::Unavailable.code();
                    one.failed = Some(if unanswered {
                        Words::of(lang).upload_failed.to_owned()
                    } else {
                        refused.in_a_line(lang)
                    });
                });
            }
        }
    });
}

fn file_count(case: &CaseShown, material: u32) -> usize {
    case.materials.iter().find(|one| one.id == material).map_or(0, |one| one.files.len())
}
