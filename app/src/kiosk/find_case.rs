//! Finding a case without its slip, by its number and the last four characters
//! of the applicant's number.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::hall_snapshot::hall_snapshot;
use super::keypad::Keypad;
use super::scene::Screen;
use super::typed::{Typed, Wrong};
use super::visit::{CaseQuery, visit};
use super::words::words;
use crate::api::case::FindCase;
use crate::api::{Refused, ask};
use crate::parts::letters::Letters;
use crate::print::grouped;

/// Digits of a case number.
const NUMBER_LEN: usize = 12;
/// Characters from the end of an identity number or credit code.
const LAST_LEN: usize = 4;

#[component]
pub fn FindCasePage() -> impl IntoView {
    let visit = visit();
    let case_query = visit.case_query;
    // A credit code may end in any letter, an identity number only in X.
    let letters = RwSignal::new(false);
    let refused = RwSignal::new(None::<Refused>);
    let sending = RwSignal::new(false);
    let in_number = Memo::new(move |_| case_query.with(|query| query.number.len() < NUMBER_LEN));
    let complete = move || {
        case_query
            .with(|query| query.number.len() == NUMBER_LEN && query.last_four.len() == LAST_LEN)
    };
    let on_character = move |character: char| {
        refused.set(None);
        case_query.update(|query| query.push(character));
    };
    let on_erase = move || {
        refused.set(None);
        case_query.update(CaseQuery::erase);
    };
    let on_clear = move || {
        refused.set(None);
        case_query.set(CaseQuery::default());
    };
    let snapshot = hall_snapshot();
    let go = move |_| {
        if sending.get_untracked() || !untrack(complete) {
            return;
        }
        sending.set(true);
        let lang = visit.lang.get_untracked();
        let CaseQuery { number, last_four } = case_query.get_untracked();
        let request = FindCase { number, last_four, kiosk: Some(snapshot.id.get_value()) };
        spawn_local(async move {
            let answer = ask(&request, lang).await;
            // If the visitor has left, the next one must not see their case.
            if sending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(found) => {
                    case_query.set(CaseQuery::default());
                    visit.open_from_home(Screen::Progress(found.token));
                }
                Err(refusal) => refused.set(Some(refusal)),
            }
        });
    };
    let letters_allowed = Signal::derive(move || !in_number.get());
    let number = Signal::derive(move || case_query.with(|query| in_groups(&query.number)));
    let last = Signal::derive(move || case_query.with(|query| query.last_four.clone()));
    view! {
        <section class="page find">
            <div class="title">
                <h1>{move || words().find_title}</h1>
                <p class="soft">{move || words().find_hint}</p>
            </div>
            <div class="fields">
                <Typed
                    label=Signal::derive(|| words().find_number)
                    typed=number
                    now=in_number.into()
                />
                <Typed label=Signal::derive(|| words().find_last) typed=last now=letters_allowed />
                <Wrong refused=refused.into() />
            </div>
            {move || {
                if letters.get() {
                    let on_digits = move || letters.set(false);
                    view! { <LetterPad on_character on_erase on_clear on_digits /> }.into_any()
                } else {
                    view! {
                        <Keypad on_character on_erase x_allowed=letters_allowed>
                            <button
                                class="button letters-key"
                                data-key="letters"
                                class:away=move || !letters_allowed.get()
                                on:click=move |_| letters.set(true)
                            >
                                {move || words().find_letters}
                            </button>
                        </Keypad>
                    }
                    .into_any()
                }
            }}
            <button class="key" data-key="Enter" disabled=move || !complete() || sending.get() on:click=go>
                {move || words().find_go}
            </button>
        </section>
    }
}

/// `261125 00017 3`, as far as it is typed.
fn in_groups(number: &str) -> String {
    if number.len() == NUMBER_LEN {
        return grouped(number);
    }
    match number.len() {
        ..=6 => number.to_owned(),
        7..=11 => format!("{} {}", &number[..6], &number[6..]),
        _ => format!("{} {} {}", &number[..6], &number[6..11], &number[11..]),
    }
}

#[component]
fn LetterPad(
    on_character: impl Fn(char) + Copy + Send + Sync + 'static,
    on_erase: impl Fn() + Copy + Send + 'static,
    on_clear: impl Fn() + Copy + Send + 'static,
    on_digits: impl Fn() + Copy + Send + 'static,
) -> impl IntoView {
    view! {
        <div class="letter-pad">
            <Letters
                erase=Signal::derive(|| words().erase.to_owned())
                clear=Signal::derive(|| words().clear.to_owned())
                on_letter=on_character
                on_erase
                on_clear
            />
            <button class="button" data-key="digits" on:click=move |_| on_digits()>
                {move || words().find_digits}
            </button>
        </div>
    }
}

impl CaseQuery {
    /// Adds a character to the first field that is not full.
    fn push(&mut self, character: char) {
        if self.number.len() < NUMBER_LEN {
            if character.is_ascii_digit() {
                self.number.push(character);
            }
        } else if self.last_four.len() < LAST_LEN {
            self.last_four.push(character);
        }
    }

    /// Removes the last character.
    fn erase(&mut self) {
        if self.last_four.pop().is_none() {
            self.number.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_fill_the_number_and_then_the_last_four() {
        let mut case_query = CaseQuery::default();
        for character in "261125X000173002X9".chars() {
            case_query.push(character);
        }
        assert_eq!(case_query.number, "261125000173");
        assert_eq!(case_query.last_four, "002X");
        for _ in 0..5 {
            case_query.erase();
        }
        assert_eq!(case_query.number, "26112500017");
        assert_eq!(case_query.last_four, "");
        assert_eq!(in_groups("26112500017"), "261125 00017");
        assert_eq!(in_groups("261"), "261");
    }
}
