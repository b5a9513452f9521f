//! The case in hand: its papers at the left, what it is at the right, what can
//! be done at the foot.

use leptos::prelude::*;

use super::aside::Aside;
use super::levers::Levers;
use super::materials::Materials;
use super::room::room;
use crate::parts::icon::{self, Icon};

/// The sheet.
#[component]
pub fn Receiving() -> impl IntoView {
    let room = room();
    // Made once for each case: news of it must not take what was typed.
    let which = Memo::new(move |_| {
        room.case.with(|case| {
            case.as_ref().map(|case| case.as_ref().map(|case| case.id).map_err(Clone::clone))
        })
    });
    move || match which.get() {
        None => view! { <p class="soft loading">{move || room.words().loading}</p> }.into_any(),
        Some(Err(refused)) => view! {
            <div class="none" role="alert">
                <Icon path=icon::WARN />
                <p>
                    <b>{refused.message}</b>
                </p>
                <p class="soft">{refused.next}</p>
            </div>
        }
        .into_any(),
        Some(Ok(id)) => view! {
            <div class="receiving">
                <div class="columns">
                    <Materials case=id />
                    <Aside />
                </div>
                <Levers />
            </div>
        }
        .into_any(),
    }
}
