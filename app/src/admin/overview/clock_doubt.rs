//! The machine's clock is not believed: what is wrong, what waits for it, and the button by
//! which the director says that it is right.

use jiban_domain::Lang;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::admin::state::AdminState;
use crate::admin::words::OverviewWords;
use crate::api::admin::{AcceptClock, ClockDoubted};
use crate::api::{Refused, ask};
use crate::parts::clock::date_and_time;
use crate::parts::dialog::{DialogForm, ModalDialog};
use crate::words::fill;

#[component]
pub fn ClockDoubt(admin: AdminState, lang: Lang) -> impl IntoView {
    let words = OverviewWords::of(lang);
    let doubted = Memo::new(move |_| admin.now.with(|now| now.as_ref().and_then(|now| now.clock)));
    let zone = Memo::new(move |_| {
        admin.now.with(|now| now.as_ref().map(|now| now.time_zone.clone())).unwrap_or_default()
    });
    let asking = RwSignal::new(None::<ClockDoubted>);
    let refused = RwSignal::new(None::<Refused>);
    let busy = RwSignal::new(false);
    let shown = move |at| date_and_time(at, &zone.get(), lang);
    let machine = move |doubted: ClockDoubted| shown(admin.clock.get() + doubted.ahead);
    let accept = move || {
        let Some(ClockDoubted { ahead, .. }) = asking.get_untracked() else { return };
        busy.set(true);
        spawn_local(async move {
            let answer = ask(&AcceptClock { ahead }, lang).await;
            // The page may be gone by now, and its signals with it.
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(_) => asking.set(None),
                Err(why) => refused.set(Some(why)),
            }
        });
    };
    let message =
        Signal::derive(move || refused.with(|why| why.as_ref().map(|why| why.in_a_line(lang))));
    let notice = move || {
        let doubted = doubted.get()?;
        let what = if doubted.known {
            let hall = shown(admin.clock.get());
            fill(words.clock_jumped, &[("machine", &machine(doubted)), ("hall", &hall)])
        } else {
            let last = shown(doubted.since);
            fill(words.clock_at_start, &[("machine", &machine(doubted)), ("last", &last)])
        };
        let no_cases = (!doubted.known).then(|| view! { <p>{words.clock_no_cases}</p> });
        Some(view! {
            <section class="cares clock-doubt" role="alert">
                <h2>{words.clock_title}</h2>
                <p>
                    <b>{what}</b>
                </p>
                <p>{words.clock_waits}</p>
                {no_cases}
                <p>{words.clock_advice}</p>
                <button
                    class="button"
                    type="button"
                    on:click=move |_| {
                        refused.set(None);
                        asking.set(Some(doubted));
                    }
                >
                    {words.clock_accept}
                </button>
            </section>
        })
    };
    view! {
        {notice}
        <ModalDialog
            class="asking"
            open=Signal::derive(move || asking.with(Option::is_some))
            on_close=Callback::new(move |()| asking.set(None))
        >
            {move || {
                let asked = asking.get()?;
                let lead = fill(words.clock_confirm, &[("machine", &machine(asked))]);
                Some(view! { <DialogForm title=words.clock_accept.to_owned() lead=vec![lead] submit=Signal::derive(move || words.clock_accept.to_owned()) danger=true blocked=busy message=message on_submit=Callback::new(move |()| accept()) on_cancel=Callback::new(move |()| asking.set(None))>""</DialogForm> })
            }}
        </ModalDialog>
    }
}
