//! Which dialog lies over a sheet.

use leptos::prelude::*;

use super::camera::CameraDialog;
use super::commitment::{AnswerDialog, CommitmentDialog};
use super::document::DocumentDialog;
use super::hand_over::{HandOverDialog, PostDialog};
use super::missing_notice::MissingNoticeDialog;
use super::promise::PromiseDialog;
use super::reason::ReasonDialog;
use super::say_why::SayWhyDialog;
use super::state::{DialogKind, use_reception};
use super::unreadable::UnreadableDialog;
use crate::parts::dialog::ModalDialog;

#[component]
pub fn ReceptionDialog() -> impl IntoView {
    let reception = use_reception();
    let content = move || {
        // Made anew in another language.
        reception.lang();
        Some(match reception.dialog.get()? {
            DialogKind::MissingNotice => view! { <MissingNoticeDialog /> }.into_any(),
            DialogKind::Promise => view! { <PromiseDialog /> }.into_any(),
            DialogKind::Camera(material) => view! { <CameraDialog material /> }.into_any(),
            DialogKind::Document(paper) => view! { <DocumentDialog paper /> }.into_any(),
            DialogKind::Decline => view! { <ReasonDialog decline=true /> }.into_any(),
            DialogKind::Withdraw => view! { <ReasonDialog decline=false /> }.into_any(),
            DialogKind::Unreadable(material) => view! { <UnreadableDialog material /> }.into_any(),
            DialogKind::HandOver => view! { <HandOverDialog /> }.into_any(),
            DialogKind::Post => view! { <PostDialog /> }.into_any(),
            DialogKind::Commitment => view! { <CommitmentDialog /> }.into_any(),
            DialogKind::Answer => view! { <AnswerDialog /> }.into_any(),
            DialogKind::SayWhy(case) => view! { <SayWhyDialog case /> }.into_any(),
        })
    };
    let large = move || {
        let dialog = reception.dialog.get();
        matches!(
            dialog,
            Some(
                DialogKind::Promise
                    | DialogKind::Commitment
                    | DialogKind::HandOver
                    | DialogKind::Camera(_)
            )
        )
    };
    view! {
        <ModalDialog
            class="asking"
            large=Signal::derive(large)
            open=Signal::derive(move || reception.dialog.with(Option::is_some))
            on_close=Callback::new(move |()| reception.close_dialog())
        >
            {content}
        </ModalDialog>
    }
}
