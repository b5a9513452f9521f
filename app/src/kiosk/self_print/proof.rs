//! Who is there: a card on the reader, or a pick-up code with the identity number.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::hall_snapshot::hall_snapshot;
use super::super::keypad::Keypad;
use super::super::scanned_code::{PICK_UP_CODE_LEN, is_pick_up_code, on_scanned};
use super::super::scene::{CardRead, Screen};
use super::super::typed::{Typed, Wrong};
use super::super::visit::{Visit, visit};
use super::words::words;
use crate::api::self_print::{Prove, ReadSelfPrint, SelfPrintNow};
use crate::api::{Refused, ask};
use crate::parts::icon::{self, Icon};
use crate::words::{fill, lang};

const NUMBER_LEN: usize = 18;

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
    on_scanned(move |word, number| {
        // Something was typed that is no card: the server says so, where the card was expected.
        let is_for_card = matches!(word, "identity" | "unreadable");
        if is_for_card {
            proving.send(Prove {
                kiosk: kiosk.clone(),
                number: number.to_owned(),
                card: true,
                name: None,
                pick_up_code: None,
            });
        }
        is_for_card
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

/// The keys for a pick-up code, and for the number where no card was read.
#[component]
pub fn CodePage(
    /// The card that was read before, which needs the code as well.
    card: Option<CardRead>,
) -> impl IntoView {
    let kiosk = hall_snapshot().id;
    let proving = Proving::new();
    let typed = RwSignal::new(CodeAndNumber::default());
    let has_card = card.is_some();
    let card = StoredValue::new(card);
    let in_code = Memo::new(move |_| typed.with(CodeAndNumber::is_in_code));
    let complete = move || typed.with(|typed| typed.is_complete(has_card));
    let on_character = move |character: char| {
        proving.refused.set(None);
        typed.update(|typed| typed.write(character, has_card));
    };
    let on_erase = move || {
        proving.refused.set(None);
        typed.update(CodeAndNumber::erase);
    };
    let send = move || {
        if !untrack(complete) {
            return;
        }
        let (typed, read) = (typed.get_untracked(), card.get_value());
        proving.send(Prove {
            kiosk: kiosk.get_value(),
            number: read.as_ref().map_or(typed.number, |card| card.number.clone()),
            card: has_card,
            name: read.and_then(|card| card.name),
            pick_up_code: Some(typed.code),
        });
    };
    // What a reader read goes into the field that it is for, and is sent once both are full.
    on_scanned(move |word, scanned| {
        let is_ours = match word {
            "code" => is_pick_up_code(scanned),
            // Another card is another person, who begins anew.
            "identity" => card.with_value(|card| {
                card.as_ref().is_none_or(|card| card.number.eq_ignore_ascii_case(scanned))
            }),
            _ => false,
        };
        if is_ours {
            proving.refused.set(None);
            typed.update(|typed| *typed = typed.scanned(scanned, has_card));
            // The same card once more says nothing new.
            if word == "code" || !has_card {
                send();
            }
        }
        is_ours
    });
    let in_number = Signal::derive(move || !in_code.get());
    let code = Signal::derive(move || typed.with(|typed| typed.code.clone()));
    let number = Signal::derive(move || typed.with(|typed| in_groups(&typed.number)));
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
                                typed=number
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
                on:click=move |_| send()
            >
                {move || words().go}
            </button>
        </section>
    }
}

/// What is typed for a proof: the code first, then the number where no card was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct CodeAndNumber {
    code: String,
    number: String,
}

impl CodeAndNumber {
    const fn is_in_code(&self) -> bool {
        self.code.len() < PICK_UP_CODE_LEN
    }

    const fn is_complete(&self, has_card: bool) -> bool {
        !self.is_in_code() && (has_card || self.number.len() == NUMBER_LEN)
    }

    /// Writes a sign where it fits: figures, and X at the end of the number alone.
    fn write(&mut self, sign: char, has_card: bool) {
        if self.is_in_code() {
            if sign.is_ascii_digit() {
                self.code.push(sign);
            }
            return;
        }
        let length = self.number.len();
        let fits = length < NUMBER_LEN && (sign.is_ascii_digit() || length == NUMBER_LEN - 1);
        if !has_card && fits {
            self.number.push(sign);
        }
    }

    /// Erases the last sign of the field that is written in, or of the other where that is empty.
    fn erase(&mut self) {
        let (first, other) = if self.is_in_code() {
            (&mut self.code, &mut self.number)
        } else {
            (&mut self.number, &mut self.code)
        };
        if first.pop().is_none() {
            other.pop();
        }
    }

    /// With what a reader read in the field that it is for.
    fn scanned(&self, scanned: &str, has_card: bool) -> Self {
        let before = self.before(scanned, has_card);
        if is_pick_up_code(scanned) {
            Self { code: scanned.to_owned(), ..before }
        } else if has_card {
            before
        } else {
            Self { number: scanned.to_owned(), ..before }
        }
    }

    /// As it was before a reader typed `scanned`, since its keys write here as a person's do:
    /// what gives what is here now if `scanned` follows, and the most of it where several do.
    /// With a card it is the least: of a card that is read again nothing is to stay in the code.
    /// An input method or a camera hides the keys, and then it is as it was.
    fn before(&self, scanned: &str, has_card: bool) -> Self {
        let gives_this = |candidate: &Self| {
            let mut typed = candidate.clone();
            scanned.chars().for_each(|sign| typed.write(sign, has_card));
            typed == *self
        };
        let beginnings = |text: &str| {
            let text = text.to_owned();
            (0..=text.len()).map(move |length| text[..length].to_owned())
        };
        let only_code = beginnings(&self.code).map(|code| Self { code, number: String::new() });
        let with_number =
            beginnings(&self.code).map(|code| Self { code, number: self.number.clone() });
        let all_code =
            beginnings(&self.number).map(|number| Self { code: self.code.clone(), number });
        let mut found = only_code.chain(with_number).chain(all_code).filter(gives_this);
        let found = if has_card { found.next() } else { found.next_back() };
        found.unwrap_or_else(|| self.clone())
    }
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

    fn typed(code: &str, number: &str) -> CodeAndNumber {
        CodeAndNumber { code: code.to_owned(), number: number.to_owned() }
    }

    #[test]
    fn an_identity_number_is_typed_in_groups_with_x_at_its_end_alone() {
        let mut fields = typed("482913", "");
        "1101X0519491231002X9".chars().for_each(|sign| fields.write(sign, false));
        assert_eq!(fields, typed("482913", "11010519491231002X"));
        assert_eq!(in_groups(&fields.number), "110105 19491231 002X");
        assert_eq!(in_groups("1101051"), "110105 1");
        assert_eq!(in_groups(""), "");
    }

    #[test]
    fn what_is_erased_is_of_the_field_that_is_written_in() {
        let mut fields = typed("48", "11010519491231002X");
        fields.erase();
        assert_eq!(fields, typed("4", "11010519491231002X"));
        fields.erase();
        fields.erase();
        assert_eq!(fields, typed("", "11010519491231002"), "the code is empty already");
        let mut fields = typed("482913", "1");
        fields.erase();
        fields.erase();
        assert_eq!(fields, typed("48291", ""));
    }

    #[test]
    fn what_a_reader_types_is_in_its_own_field_alone() {
        let number = "11010519491231002X";
        let code = "482913";
        for (before, has_card, scanned, after) in [
            (typed("", ""), false, number, typed("", number)),
            (typed("48", ""), false, number, typed("48", number)),
            (typed(code, ""), false, number, typed(code, number)),
            (typed(code, "1101"), false, number, typed(code, number)),
            (typed("", ""), false, code, typed(code, "")),
            (typed("48", ""), false, code, typed(code, "")),
            (typed(code, ""), false, code, typed(code, "")),
            (typed(code, "110"), false, code, typed(code, "110")),
            (typed("", number), false, code, typed(code, number)),
            (typed("482914", number), false, code, typed(code, number)),
            (typed("48", ""), true, number, typed("48", "")),
            (typed(code, ""), true, number, typed(code, "")),
            (typed("482914", ""), true, code, typed(code, "")),
        ] {
            let mut fields = before;
            scanned.chars().for_each(|sign| fields.write(sign, has_card));
            assert_eq!(fields.scanned(scanned, has_card), after, "{scanned}");
        }
        // A camera types nothing.
        assert_eq!(typed("4", "110").scanned(code, false), typed(code, "110"));
    }
}
