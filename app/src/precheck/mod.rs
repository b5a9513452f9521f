//! Drafts that were sent before the visit (预审), at a counter and in the office: a list, the
//! longest waiting first, and one of them read as a document with remarks beside its fields.
//!
//! - [`desk`]: what every part reads
//! - [`list`], [`document`], [`remarks`], [`foot`], [`visit`], [`see_paper`]: the parts
//! - [`keyboard`]: what keys do
//! - [`answers`]: what was filled in, also beside a case
//! - [`words`]: what the screens say

pub mod answers;
pub mod desk;
mod document;
mod foot;
mod keyboard;
mod list;
mod remarks;
mod see_paper;
mod visit;
pub mod words;

use leptos::prelude::*;

use crate::parts::viewer::Viewer;
use desk::Desk;
use document::Document;
use list::List;
pub use list::state_class;
pub use see_paper::SeePaper;

/// The list and the draft that is read.
#[component]
pub fn PrecheckDesk(desk: Desk) -> impl IntoView {
    keyboard::listen(desk);
    let files = Signal::derive(move || document::files(desk));
    view! {
        <div class="precheck">
            <List desk />
            <Document desk />
        </div>
        <Viewer all=files at=desk.viewer />
    }
}
