//! The hall said no: what it said, what to do next, and home by itself.

use leptos::prelude::*;

use super::leaving::{Leaving, leave_after};
use super::notice::Notice;
use super::visit::visit;
use super::words::words;
use crate::api::Refused;
use crate::parts::icon;

const STAYS_SECONDS: u32 = 30;

/// A refusal.
#[component]
pub fn RefusedPage(
    /// As the hall said it.
    refused: Refused,
) -> impl IntoView {
    let visit = visit();
    let left = leave_after(Signal::stored(STAYS_SECONDS));
    view! {
        <Notice icon=icon::WARN title=Signal::stored(refused.message)>
            <p>{refused.next}</p>
            <div class="keys">
                <button class="key" on:click=move |_| visit.home()>
                    {move || words().home}
                </button>
            </div>
            <Leaving left />
        </Notice>
    }
}
