//! A booking becomes a number: by the code on the phone, or by what the visitor types.

use jiban_domain::Token;
use jiban_domain::ticket::Priority;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::number_pad::NumberPad;
use super::words::KioskBookingWords;
use crate::api::booking::{CheckIn, CheckedIn};
use crate::api::kiosk::Issue;
use crate::api::{Refused, ask};
use crate::kiosk::hall_snapshot::{HallSnapshot, hall_snapshot};
use crate::kiosk::notice::Notice;
use crate::kiosk::scanned_code::on_scanned;
use crate::kiosk::scene::{IssuedTicket, Screen};
use crate::kiosk::typed::{Typed, Wrong};
use crate::kiosk::visit::{Visit, visit};
use crate::parts::icon;
use crate::words::{fill, lang};

/// One check-in at a time.
#[derive(Clone, Copy)]
struct Checking {
    visit: Visit,
    snapshot: HallSnapshot,
    sending: RwSignal<bool>,
    refused: RwSignal<Option<Refused>>,
    /// Arrived too late for the booking's place.
    late: RwSignal<Option<(CheckedIn, Box<IssuedTicket>)>>,
}

impl Checking {
    fn new() -> Self {
        Self {
            visit: visit(),
            snapshot: hall_snapshot(),
            sending: RwSignal::new(false),
            refused: RwSignal::new(None),
            late: RwSignal::new(None),
        }
    }

    fn send(self, token: Option<Token>, typed: Option<String>) {
        if self.sending.get_untracked() {
            return;
        }
        self.sending.set(true);
        self.refused.set(None);
        let lang = self.visit.lang.get_untracked();
        let request = CheckIn {
            request_id: Uuid::new_v4(),
            kiosk: self.snapshot.id.get_value(),
            token,
            typed,
            lang,
            screen_only: self.visit.screen_only.get_untracked(),
        };
        spawn_local(async move {
            let answer = ask(&request, lang).await;
            // If the visitor has left, the next one must not see their number.
            if self.sending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(arrived) => self.arrived(&request, arrived),
                Err(refusal) => self.refused.set(Some(refusal)),
            }
        });
    }

    fn arrived(self, request: &CheckIn, arrived: CheckedIn) {
        let issue = Issue {
            request_id: request.request_id,
            kiosk: request.kiosk.clone(),
            matter: arrived.matter.clone(),
            priority: Priority::None,
            lang: request.lang,
            screen_only: request.screen_only,
            accepts_later: true,
        };
        let ticket = Box::new(IssuedTicket { issue, issued: arrived.issued.clone() });
        if arrived.late {
            self.late.set(Some((arrived, ticket)));
        } else {
            self.visit.replace(Screen::Ticket(ticket));
        }
    }
}

/// Checks in with a scanned code at once, or by what is typed.
#[component]
pub fn CheckInPage(token: Option<Token>) -> impl IntoView {
    let checking = Checking::new();
    if token.is_some() {
        checking.send(token, None);
    }
    move || match (checking.late.get(), token) {
        (Some((arrived, ticket)), _) => view! { <LatePage arrived ticket /> }.into_any(),
        (None, Some(_)) => view! { <ScannedPage checking /> }.into_any(),
        (None, None) => view! { <TypePage checking /> }.into_any(),
    }
}

#[component]
fn LatePage(arrived: CheckedIn, ticket: Box<IssuedTicket>) -> impl IntoView {
    let visit = visit();
    let lang = lang();
    let words = move || KioskBookingWords::of(lang.get());
    let say = move || fill(words().late, &[("when", &arrived.when.get(lang.get()))]);
    view! {
        <Notice icon=icon::PROGRESS title=move || words().late_title.to_owned()>
            <p data-heard="">{say}</p>
            <div class="keys">
                <button class="key" on:click=move |_| visit.replace(Screen::Ticket(ticket.clone()))>
                    {move || words().show_number}
                </button>
            </div>
        </Notice>
    }
}

#[component]
fn ScannedPage(checking: Checking) -> impl IntoView {
    let lang = lang();
    let title = move || match checking.refused.get() {
        Some(refused) => refused.message,
        None => KioskBookingWords::of(lang.get()).working.to_owned(),
    };
    let next = move || checking.refused.get().map(|refused| view! { <p>{refused.next}</p> });
    view! {
        <Notice icon=icon::CALENDAR tone="calm" title=title>
            {next}
        </Notice>
    }
}

#[component]
fn TypePage(checking: Checking) -> impl IntoView {
    let lang = lang();
    let typed = RwSignal::new(String::new());
    let words = move || KioskBookingWords::of(lang.get());
    // A card in the reader, or a code from a telephone's screen, says the same.
    on_scanned(move |word, code| match word {
        "identity" | "code" => {
            typed.set(code.to_owned());
            checking.send(None, Some(code.to_owned()));
            true
        }
        "token" => {
            checking.send(code.parse().ok(), None);
            true
        }
        _ => false,
    });
    let blocked = move || typed.with(|typed| typed.len() < 7) || checking.sending.get();
    let go = move |_| {
        if !untrack(blocked) {
            checking.send(None, Some(typed.get_untracked()));
        }
    };
    view! {
        <section class="page find">
            <div class="title">
                <h1>{move || words().type_title}</h1>
                <p class="soft" data-heard="">
                    {move || words().type_hint}
                </p>
            </div>
            <div class="fields">
                <Typed label=Signal::derive(move || words().typed) typed />
                <Wrong refused=checking.refused.into() />
            </div>
            <NumberPad typed />
            <button class="key" data-key="Enter" disabled=blocked on:click=go>
                {move || words().go}
            </button>
        </section>
    }
}
