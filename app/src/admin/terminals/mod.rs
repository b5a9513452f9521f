//! The terminals of a hall: how each is, and its key. A supervisor looks, the director acts.

pub mod facts;
pub mod keys;
pub mod words;

use jiban_domain::Lang;
use jiban_domain::terminal_event::TerminalEventKind;
use leptos::prelude::*;

use self::facts::facts;
use self::keys::{Asked, KeyDialog, PairForm};
use self::words::TerminalWords;
use super::state::AdminState;
use crate::api::terminals::{TerminalNow, TerminalsNow};
use crate::parts::clock::date_and_time;
use crate::parts::live::listen;
use crate::words::fill;

/// The page. Its stream belongs to it.
#[component]
pub fn Terminals(
    admin: AdminState,
    /// The hall; a supervisor's first where none is chosen.
    hall: Option<String>,
    lang: Lang,
) -> impl IntoView {
    let query = hall.map(|hall| format!("?hall={hall}")).unwrap_or_default();
    let live = listen::<TerminalsNow>(&format!("/events/terminals{query}"));
    let asked = RwSignal::new(None::<Asked>);
    // The browser does not say why a stream ended. A request tells.
    Effect::new(move |_| {
        if live.stale_since.get().is_some() {
            admin.session().check();
        }
    });
    let words = TerminalWords::of(lang);
    let may_act =
        Memo::new(move |_| live.now.with(|now| now.as_ref().is_some_and(|now| now.may_act)));
    let kiosks = Memo::new(move |_| {
        live.now.with(|now| {
            let all = now.iter().flat_map(|now| &now.terminals);
            all.map(|one| (one.kiosk.clone(), one.name.clone())).collect::<Vec<_>>()
        })
    });
    let list = move || {
        live.now.with(|now| match now {
            None => view! { <p class="soft empty">{words.loading}</p> }.into_any(),
            Some(now) if now.terminals.is_empty() => {
                view! { <p class="soft empty">{words.none}</p> }.into_any()
            }
            Some(now) => now
                .terminals
                .iter()
                .map(|one| terminal(now, one, asked, lang))
                .collect_view()
                .into_any(),
        })
    };
    view! {
        <div class="terminals">
            {move || may_act.get().then(|| view! { <PairForm admin kiosks lang /> })} {list}
            <KeyDialog admin asked lang />
        </div>
    }
}

/// How a terminal is, in one word, and how that looks.
fn state(one: &TerminalNow, lang: Lang) -> (&'static str, &'static str) {
    let words = TerminalWords::of(lang);
    match (&one.report, one.there) {
        (None, _) if one.heard_at.is_some() => (words.by_browser, "mark"),
        (None, _) => (words.never, "mark"),
        (Some(_), false) => (words.silent, "mark bad"),
        (Some(_), true) if !one.alerts.is_empty() => (words.ill, "mark warn"),
        (Some(_), true) => (words.well, "mark good"),
    }
}

/// What happened, in words; a kind that a newer terminal sends is shown as it is.
fn what_happened(kind: &str, lang: Lang) -> String {
    kind.parse::<TerminalEventKind>()
        .map_or_else(|_| kind.to_owned(), |kind| kind.name().get(lang).to_owned())
}

fn terminal(
    now: &TerminalsNow,
    one: &TerminalNow,
    asked: RwSignal<Option<Asked>>,
    lang: Lang,
) -> AnyView {
    let words = TerminalWords::of(lang);
    let (word, class) = state(one, lang);
    let heading = format!("terminal-{}", one.kiosk);
    let at = |at| date_and_time(at, &now.time_zone, lang);
    let alerts = one
        .alerts
        .iter()
        .map(|alert| {
            let what = alert.kind.name().get(lang).to_owned();
            let since = at(alert.since);
            let line = fill(words.since, &[("what", &what), ("at", &since)]);
            view! { <li class="care bad">{line}</li> }
        })
        .collect_view();
    let alerts =
        (!one.alerts.is_empty()).then(|| view! { <ul class="terminal-alerts">{alerts}</ul> });
    let events = (!one.events.is_empty()).then(|| {
        let rows = one
            .events
            .iter()
            .map(|event| {
                view! {
                    <tr>
                        <td class="number">{at(event.at)}</td>
                        <td>{what_happened(&event.kind, lang)}</td>
                        <td>{event.detail.clone()}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <details>
                <summary>{fill(words.events, &[("n", &one.events.len())])}</summary>
                <table>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        }
    });
    let actions = (now.may_act && one.key.is_some()).then(|| {
        let button = |word: &'static str, revoke: bool| {
            let ask = Asked { kiosk: one.kiosk.clone(), revoke };
            view! {
                <button
                    class="button small"
                    type="button"
                    on:click=move |_| asked.set(Some(ask.clone()))
                >
                    {word}
                </button>
            }
        };
        view! {
            <p class="terminal-actions">
                {button(words.change_key, false)} {button(words.revoke, true)}
            </p>
        }
    });
    view! {
        <section class="sheet terminal" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>
                <span class="entry-badge number">{one.kiosk.to_string()}</span>
                {one.name.get(lang).to_owned()}
                <span class=class>{word}</span>
            </h2>
            {alerts} {facts(now, one, lang)} {events} {actions}
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happened_is_told_in_words_and_what_is_unknown_as_it_is() {
        assert_eq!(what_happened("browser_died", Lang::Zh), "浏览器中断");
        assert_eq!(what_happened("browser_died", Lang::En), "browser died");
        assert_eq!(what_happened("of_a_newer_terminal", Lang::En), "of_a_newer_terminal");
    }
}
