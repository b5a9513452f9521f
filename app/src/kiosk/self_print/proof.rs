//! Who is there: a card on the reader, or a pick-up code with the identity number.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::hall_snapshot::hall_snapshot;
use super::super::keypad::Keypad;
use super::super::scene::{CardRead, Screen};
use super::super::typed::{Typed, Wrong};
use super::super::visit::{Visit, visit};
use super::words::words;
use crate::api::self_print::{Prove, ReadSelfPrint, SelfPrintNow};
use crate::api::{Refused, ask};
use crate::parts::icon::{self, Icon};
use crate::words::{fill, lang};

const CODE_LEN: usize = 6;
const NUMBER_LEN: usize = 18;

/// What a reader of cards tells the pages, see `scanned_code`: an event, and a word with the
/// code in an attribute of the document.
const SCANNED_EVENT: &str = "kiosk-scanned";
const SCANNED: &str = "data-scanned";

/// Sends a proof, and shows what it opens.
#[derive(Clone, Copy)]
struct Proving {
    visit: Visit,
    sending: RwSignal<bool>,
    refused: RwSignal<Option<Refused>>,
}

impl Proving {
    fn new() -> Self {
        Self { visit: visit(), sending: RwSignal::new(false), refused: RwSignal::new(None) }
    }

    fn send(self, proof: Prove) {
        if self.sending.get_untracked() {
            return;
        }
        let visit = self.visit;
        let card =
            proof.card.then(|| CardRead { number: proof.number.clone(), name: proof.name.clone() });
        self.refused.set(None);
        self.sending.set(true);
        visit.idle_seconds.set(0);
        let lang = visit.lang.get_untracked();
        spawn_local(async move {
            let answer = ask(&proof, lang).await;
            // If the visitor has left, the next one must not see what is theirs.
            if self.sending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(proved) => {
                    visit.hold_pass(proof.kiosk, proved.pass);
                    visit.open_from_home(Screen::Printables(Box::new((proved, card))));
                }
                Err(refusal) => self.refused.set(Some(refusal)),
            }
        });
    }
}

/// The first page: what can be printed, and the ways to prove who is there.
#[component]
pub fn ProofPage() -> impl IntoView {
    let visit = visit();
    let lang = lang();
    let kiosk = hall_snapshot().id.get_value();
    let proving = Proving::new();
    let now = RwSignal::new(None::<Result<SelfPrintNow, Refused>>);
    let question = ReadSelfPrint { kiosk: kiosk.clone() };
    spawn_local(async move {
        let answer = ask(&question, lang.get_untracked()).await;
        let _ = now.try_set(Some(answer));
    });
    listen_to_reader(move |number| {
        proving.send(Prove {
            kiosk: kiosk.clone(),
            // What is no number is told by the server as what it is.
            number,
            card: true,
            name: None,
            pick_up_code: None,
        });
    });
    let what = move || {
        let names = now.get().and_then(Result::ok).map(|now| now.statements).unwrap_or_default();
        let names: Vec<&str> = names.iter().map(|name| name.get(lang.get())).collect();
        let between = if lang.get().base() == jiban_domain::Lang::Zh { "、" } else { ", " };
        let statements = match &names[..] {
            [] => String::new(),
            names => fill(words().and_statements, &[("names", &names.join(between))]),
        };
        fill(words().what, &[("statements", &statements)])
    };
    let printer = move || {
        let now = now.get()?;
        let why = match now {
            Ok(now) if now.printer.prints() => return None,
            Ok(now) => {
                let why = now.printer.sentence().get(lang.get()).to_owned();
                fill(words().printer_now, &[("why", &why)])
            }
            Err(refused) => refused.in_a_line(lang.get()),
        };
        Some(view! { <p class="wrong" role="alert">{why}</p> })
    };
    let has_reader = Memo::new(move |_| {
        now.with(|now| {
            now.as_ref().is_some_and(|now| now.as_ref().is_ok_and(|now| now.card_reader))
        })
    });
    let reader = move || {
        has_reader.get().then(|| {
            view! {
                <h2>{move || if proving.sending.get() { words().reading } else { words().card }}</h2>
                <p class="soft">{move || words().card_next}</p>
            }
        })
    };
    let by_code = move || if has_reader.get() { words().or_code } else { words().by_code };
    view! {
        <section class="page self-print">
            <div class="title">
                <h1>{move || words().title}</h1>
                <p class="soft" data-heard="">
                    {what}
                </p>
            </div>
            <div class="hold">
                <Icon path=icon::CARD />
                {reader}
                <Wrong refused=proving.refused.into() />
                {printer}
                <button class="button" on:click=move |_| visit.go(Screen::PrintCode(None))>
                    <span>{by_code}</span>
                </button>
            </div>
        </section>
    }
}

/// Calls `read` with what a reader of cards typed, as long as this page is shown.
fn listen_to_reader(read: impl Fn(String) + 'static) {
    let listener = window_event_listener_untyped(SCANNED_EVENT, move |event| {
        let root = document().document_element();
        let told = root.and_then(|root| root.get_attribute(SCANNED)).unwrap_or_default();
        let number = match told.split_once(' ') {
            Some(("identity", number)) => number.to_owned(),
            // Something was typed that is no card: say so where the card was expected.
            None if told == "unreadable" => String::new(),
            _ => return,
        };
        event.prevent_default();
        read(number);
    });
    on_cleanup(move || listener.remove());
}

/// The keys for a pick-up code, and for the number where no card was read.
#[component]
pub fn CodePage(
    /// The card that was read before, which needs the code as well.
    card: Option<CardRead>,
) -> impl IntoView {
    let kiosk = hall_snapshot().id.get_value();
    let proving = Proving::new();
    let code = RwSignal::new(String::new());
    let number = RwSignal::new(String::new());
    let has_card = card.is_some();
    let in_code = Memo::new(move |_| code.with(String::len) < CODE_LEN);
    let complete = move || {
        code.with(String::len) == CODE_LEN && (has_card || number.with(String::len) == NUMBER_LEN)
    };
    let on_character = move |character: char| {
        proving.refused.set(None);
        if in_code.get_untracked() {
            if character.is_ascii_digit() {
                code.update(|code| code.push(character));
            }
        } else if !has_card && number.with_untracked(|number| fits(number, character)) {
            number.update(|number| number.push(character));
        }
    };
    let on_erase = move || {
        proving.refused.set(None);
        if number.try_update(String::pop).flatten().is_none() {
            code.update(|code| {
                code.pop();
            });
        }
    };
    let go = move |_| {
        if !untrack(complete) {
            return;
        }
        let read = card.clone();
        proving.send(Prove {
            kiosk: kiosk.clone(),
            number: read
                .as_ref()
                .map_or_else(|| number.get_untracked(), |card| card.number.clone()),
            card: has_card,
            name: read.and_then(|card| card.name),
            pick_up_code: Some(code.get_untracked()),
        });
    };
    let in_number = Signal::derive(move || !in_code.get());
    let shown = Signal::derive(move || number.with(|number| in_groups(number)));
    let hint = move || if has_card { words().card_code_hint } else { words().code_hint };
    view! {
        <section class="page find">
            <div class="title">
                <h1>{move || words().by_code}</h1>
                <p class="soft">{hint}</p>
            </div>
            <div class="fields">
                <Typed label=Signal::derive(|| words().code) typed=code now=in_code.into() />
                {(!has_card)
                    .then(|| {
                        view! {
                            <Typed
                                label=Signal::derive(|| words().number)
                                typed=shown
                                now=in_number
                            />
                        }
                    })}
                <Wrong refused=proving.refused.into() />
            </div>
            <Keypad on_character on_erase x_allowed=in_number />
            <button
                class="key"
                data-key="Enter"
                disabled=move || !complete() || proving.sending.get()
                on:click=go
            >
                {move || words().go}
            </button>
        </section>
    }
}

/// Whether a sign may follow in an identity number: figures, and X at the end alone.
fn fits(number: &str, next: char) -> bool {
    number.len() < NUMBER_LEN && (next.is_ascii_digit() || number.len() == NUMBER_LEN - 1)
}

/// `110105 19491231 002X`, as far as it is typed.
fn in_groups(number: &str) -> String {
    match number.len() {
        ..=6 => number.to_owned(),
        7..=14 => format!("{} {}", &number[..6], &number[6..]),
        _ => format!("{} {} {}", &number[..6], &number[6..14], &number[14..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_number_is_typed_in_groups_with_x_at_its_end_alone() {
        let mut number = String::new();
        for sign in "1101X0519491231002X9".chars() {
            if fits(&number, sign) {
                number.push(sign);
            }
        }
        assert_eq!(number, "11010519491231002X");
        assert_eq!(in_groups(&number), "110105 19491231 002X");
        assert_eq!(in_groups("1101051"), "110105 1");
        assert_eq!(in_groups(""), "");
    }
}
