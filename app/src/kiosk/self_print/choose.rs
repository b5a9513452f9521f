//! What somebody may print.

use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::super::hall_snapshot::hall_snapshot;
use super::super::notice::Notice;
use super::super::pager::{Pager, Paging, rows_of};
use super::super::return_home::FinishButton;
use super::super::scene::{CardRead, PrintAsked, Screen};
use super::super::visit::visit;
use super::words::words;
use crate::api::ask;
use crate::api::self_print::{ListPrintables, Offered, Print, Proved};
use crate::parts::icon::{self, Icon};
use crate::words::{fill, lang};

/// How many documents fit on one page.
const ROWS: usize = 5;
const LARGE_ROWS: usize = 3;

#[component]
pub fn PrintablesPage(
    proved: Proved,
    /// The card that was read.
    card: Option<CardRead>,
) -> impl IntoView {
    let visit = visit();
    let kiosk = hall_snapshot().id.get_value();
    let (pass, name) = (proved.pass, proved.name);
    let list = RwSignal::new(proved.printables);
    // What was printed meanwhile is another thing now, and the reasons are in one language.
    let language = lang();
    Effect::new({
        let kiosk = kiosk.clone();
        move || {
            let lang = language.get();
            let question = ListPrintables { kiosk: kiosk.clone(), pass };
            spawn_local(async move {
                if let Ok(now) = ask(&question, lang).await {
                    let _ = list.try_set(now.printables);
                }
            });
        }
    });
    let heading = move || match name.as_str() {
        "" => words().choose.to_owned(),
        name => fill(words().hello, &[("name", &name)]),
    };
    let paging = Paging::new(rows_of(ROWS, LARGE_ROWS), move || list.with(Vec::len));
    let choose = move |offered: &Offered| {
        let needs_code =
            offered.refused.as_ref().is_some_and(|refused| refused.code == "code_needed");
        if needs_code {
            visit.go(Screen::PrintCode(card.clone()));
        } else if offered.refused.is_none() {
            visit.go(Screen::Printing(Box::new(PrintAsked {
                print: Print {
                    request_id: Uuid::new_v4(),
                    kiosk: kiosk.clone(),
                    pass,
                    item: offered.item.clone(),
                    lang: visit.lang.get_untracked(),
                },
                name: offered.name.clone(),
            })));
        }
    };
    let choose = StoredValue::new(choose);
    let rows = move || {
        let visible = list.with(|list| paging.visible(list));
        visible
            .into_iter()
            .map(|offered| {
                let chosen = offered.clone();
                let on_choose = move || choose.with_value(|choose| choose(&chosen));
                view! { <Row offered on_choose /> }
            })
            .collect_view()
    };
    let is_empty = Memo::new(move |_| list.with(Vec::is_empty));
    move || {
        if is_empty.get() {
            return view! {
                <Notice icon=icon::PRINT tone="calm" title=move || words().nothing.to_owned()>
                    <p>{move || words().nothing_next}</p>
                    <FinishButton />
                </Notice>
            }
            .into_any();
        }
        let heading = heading.clone();
        view! {
            <section class="page printables">
                <div class="title">
                    <h1>{heading}</h1>
                </div>
                <ul class="matter-list" style=("--rows", move || paging.rows.get().to_string())>
                    {rows}
                </ul>
                <Pager paging />
                <FinishButton />
            </section>
        }
        .into_any()
    }
}

/// A document: its name, what it is of, and the reason where it cannot be printed now.
#[component]
fn Row(offered: Offered, on_choose: impl Fn() + 'static) -> impl IntoView {
    let lang = lang();
    let Offered { kind, name, about, number, refused, .. } = offered;
    let needs_code = refused.as_ref().is_some_and(|refused| refused.code == "code_needed");
    let disabled = refused.is_some() && !needs_code;
    let details = move || {
        let mut parts: Vec<String> =
            about.iter().map(|one| one.get(lang.get()).to_owned()).collect();
        if !number.is_empty() {
            parts.push(fill(words().case, &[("number", &number)]));
        }
        parts.join(" · ")
    };
    let reason = refused.filter(|_| disabled).map(|refused| {
        view! { <span class="reason">{refused.message}</span> }
    });
    let mark = move || {
        if needs_code {
            words().enter_code.to_owned()
        } else if disabled {
            words().not_now.to_owned()
        } else {
            kind.name().get(lang.get()).to_owned()
        }
    };
    view! {
        <li>
            <button class="matter" disabled=disabled on:click=move |_| on_choose()>
                <span class="document">
                    <span class="name">{move || name.get(lang.get()).to_owned()}</span>
                    <span class="soft">{details}</span>
                    {reason}
                </span>
                <span class="marks">
                    <span class="mark" class:good=!disabled>
                        {mark}
                    </span>
                </span>
                <Icon path=icon::PRINT />
            </button>
        </li>
    }
}
