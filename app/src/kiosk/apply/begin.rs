//! A draft of a matter or bundle is begun.

use jiban_domain::HallId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::super::hall_snapshot::hall_snapshot;
use super::super::notice::Notice;
use super::super::scene::Screen;
use super::super::visit::visit;
use super::words::KioskApplyWords;
use crate::api::apply::BeginDraft;
use crate::api::{Refused, ask};
use crate::parts::icon;
use crate::words::lang;

/// Begins a draft, and opens it.
#[component]
pub fn BeginPage(
    hall: HallId,
    /// Of the matter or bundle.
    id: String,
    is_bundle: bool,
) -> impl IntoView {
    let visit = visit();
    let lang = lang();
    let snapshot = hall_snapshot();
    let refused = RwSignal::new(None::<Refused>);
    let call = BeginDraft {
        request_id: Uuid::new_v4(),
        hall,
        matter: (!is_bundle).then(|| id.as_str().into()),
        bundle: is_bundle.then(|| id.as_str().into()),
        kiosk: Some(snapshot.id.get_value()),
    };
    spawn_local(async move {
        let answer = ask(&call, lang.get_untracked()).await;
        // The visitor may have left meanwhile.
        if refused.try_get_untracked().is_none() {
            return;
        }
        match answer {
            Ok(draft) => visit.open_from_home(Screen::Fill(draft.token)),
            Err(refusal) => refused.set(Some(refusal)),
        }
    });
    move || match refused.get() {
        None => view! {
            <section class="notice calm" role="status">
                <h1>{move || KioskApplyWords::of(lang.get()).beginning}</h1>
                <div class="working" aria-hidden="true"></div>
            </section>
        }
        .into_any(),
        Some(refused) => view! {
            <Notice icon=icon::GUIDE title=refused.message>
                <p>{refused.next}</p>
            </Notice>
        }
        .into_any(),
    }
}
