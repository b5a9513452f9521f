//! The case in hand: its materials at the left, its facts at the right, its
//! actions at the foot.

use leptos::prelude::*;

use super::actions::ActionBar;
use super::materials::Materials;
use super::sidebar::Sidebar;
use super::state::use_reception;
use crate::parts::icon::{self, Icon};

#[component]
pub fn CaseSheet() -> impl IntoView {
    let reception = use_reception();
    // Rendered once for each case: an update of the case must not clear a field.
    #[allow(clippy::result_large_err, reason = "cloned only where a case cannot be shown")]
    let id = Memo::new(move |_| {
        reception.case.with(|case| {
            case.as_ref().map(|case| case.as_ref().map(|case| case.id).map_err(Clone::clone))
        })
    });
    move || match id.get() {
        None => {
            view! { <p class="soft loading">{move || reception.words().loading}</p> }.into_any()
        }
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
                    <Sidebar />
                </div>
                <ActionBar />
            </div>
        }
        .into_any(),
    }
}
