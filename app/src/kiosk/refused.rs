//! A request was refused: what happened, what to do next, and a countdown home.

use leptos::prelude::*;

use super::notice::Notice;
use super::return_home::{ReturnCountdown, return_home_after};
use super::visit::visit;
use super::words::words;
use crate::api::Refused;
use crate::parts::icon;

const SHOWN_SECONDS: u32 = 30;

#[component]
pub fn RefusedPage(refused: Refused) -> impl IntoView {
    let visit = visit();
    let left = return_home_after(Signal::stored(SHOWN_SECONDS));
    view! {
        <Notice icon=icon::WARN title=Signal::stored(refused.message)>
            <p>{refused.next}</p>
            <div class="keys">
                <button class="key" on:click=move |_| visit.home()>
                    {move || words().home}
                </button>
            </div>
            <ReturnCountdown left />
        </Notice>
    }
}
