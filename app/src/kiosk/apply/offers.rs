//! What the server offers for the fields that are empty, asked for again when answers changed.

use std::time::Duration;

use jiban_domain::Token;
use jiban_domain::form::offer::Offered;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::drafts::OfferedAnswers;
use crate::api::get;
use crate::apply::Offers;
use crate::apply::live_draft::LiveDraft;
use crate::words::lang;

/// Somebody who types is not asked after each key.
const QUIET: Duration = Duration::from_millis(700);

/// What is offered now, until the page's owner is disposed of.
pub(super) fn offers(live: LiveDraft, draft: Token) -> Offers {
    let offered = RwSignal::new(Vec::<Offered>::new());
    let lang = lang();
    let waiting = StoredValue::new_local(None::<TimeoutHandle>);
    let ask = move || {
        spawn_local(async move {
            let address = format!("/api/apply/offers?token={draft}");
            let answer = get::<OfferedAnswers>(&address, lang.get_untracked()).await;
            // Without an answer nothing is offered, and everything can be typed.
            let _ = offered.try_set(answer.map(|answer| answer.offers).unwrap_or_default());
        });
    };
    let stop = move || {
        if let Some(handle) = waiting.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    Effect::new(move || {
        live.values.track();
        stop();
        // What is offered rests on what the server has.
        if live.connected.get() && live.kept.get() {
            waiting.set_value(set_timeout_with_handle(ask, QUIET).ok());
        }
    });
    on_cleanup(stop);
    let take = Callback::new(move |one: Offered| live.write(&one.field, one.value));
    Offers { offered: offered.into(), take }
}
