//! The pad on which a visitor signs at the counter. It is large, since the clerk turns the
//! screen towards the visitor.

use jiban_domain::{CaseId, Lang};
use leptos::prelude::*;

use super::post_file::post_file;
use super::state::use_reception;
use crate::api::Refused;
use crate::api::reception::UploadedFile;
use crate::parts::signature;

/// A signature of a case that is being drawn.
#[derive(Clone, Copy)]
pub struct Pad {
    /// Something was drawn.
    pub drawn: RwSignal<bool>,
    drawing: signature::Pad,
    /// The id of the saved file, with the drawing that it is of: after a lost answer it is not
    /// sent again.
    saved: RwSignal<Option<(u64, String)>>,
}

impl Pad {
    pub fn new() -> Self {
        let drawing = signature::Pad::default();
        Self { drawn: drawing.drawn, drawing, saved: RwSignal::new(None) }
    }

    /// Saves it on the server; returns the file's id.
    ///
    /// # Errors
    /// The server's refusal, or [`Refused::no_answer`].
    pub async fn save(self, case: CaseId, lang: Lang) -> Result<String, Refused> {
        let changes = self.drawing.changes().unwrap_or_default();
        let saved = self.saved.try_get_untracked().flatten();
        if let Some((_, file)) = saved.filter(|(of, _)| *of == changes) {
            return Ok(file);
        }
        let Some(blob) = self.drawing.picture().await else { return Err(Refused::no_answer(lang)) };
        let url = format!("/api/counter/signature?case={}", case.0);
        let saved = post_file::<UploadedFile>(&url, (&blob, ""), lang, |_| ()).await?.file;
        let _ = self.saved.try_set(Some((changes, saved.clone())));
        Ok(saved)
    }
}

#[component]
pub fn SignaturePad(pad: Pad) -> impl IntoView {
    let reception = use_reception();
    view! {
        <signature::SignaturePad
            pad=pad.drawing
            sign_here=Signal::derive(move || reception.words().sign_here)
            sign_again=Signal::derive(move || reception.words().sign_again)
        />
    }
}
