//! Finding a case without its slip: its number, and the last four of the
//! applicant's.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::known::known;
use super::scene::Screen;
use super::visit::{Sought, visit};
use super::words::words;
use crate::api::case::FindCase;
use crate::api::{Refused, ask};
use crate::parts::icon::{self, Icon};
use crate::parts::letters::Letters;
use crate::print::grouped;

/// Figures of a case's number.
const NUMBER: usize = 12;
/// Signs of the end of an identity number or credit code.
const LAST: usize = 4;

/// The two fields and the keys.
#[component]
pub fn FindPage() -> impl IntoView {
    let visit = visit();
    let sought = visit.sought;
    // Credit codes end in letters now and then; identity numbers in X at most.
    let letters = RwSignal::new(false);
    let refused = RwSignal::new(None::<Refused>);
    let asking = RwSignal::new(false);
    let in_number = Memo::new(move |_| sought.with(|sought| sought.number.len() < NUMBER));
    let whole = move || sought.with(|it| it.number.len() == NUMBER && it.last_four.len() == LAST);
    let typed = move |sign: char| {
        refused.set(None);
        sought.update(|it| it.take(sign));
    };
    let erased = move || {
        refused.set(None);
        sought.update(Sought::erase);
    };
    let cleared = move || {
        refused.set(None);
        sought.set(Sought::default());
    };
    let known = known();
    let go = move |_| {
        if asking.get_untracked() || !untrack(whole) {
            return;
        }
        asking.set(true);
        let lang = visit.lang.get_untracked();
        let Sought { number, last_four } = sought.get_untracked();
        let question = FindCase { number, last_four, kiosk: Some(known.id.get_value()) };
        spawn_local(async move {
            let answer = ask(&question, lang).await;
            // The visitor may have left meanwhile: their case stays theirs.
            if asking.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(found) => {
                    sought.set(Sought::default());
                    visit.arrive_from_home(Screen::Followed(found.token));
                }
                Err(no) => refused.set(Some(no)),
            }
        });
    };
    let said = move || {
        refused.get().map(|no| {
            view! {
                <p class="wrong" role="alert">
                    <strong>{no.message}</strong>
                    " "
                    {no.next}
                </p>
            }
        })
    };
    let field = move |label: fn() -> &'static str, said: Signal<String>, now: Signal<bool>| {
        view! {
            <div class="sought" class:now=now>
                <span class="soft">{label}</span>
                <output class="typed number" aria-live="polite">
                    {said}
                </output>
            </div>
        }
    };
    let number = Signal::derive(move || sought.with(|it| in_groups(&it.number)));
    let last = Signal::derive(move || sought.with(|it| it.last_four.clone()));
    view! {
        <section class="page find">
            <div class="title">
                <h1>{move || words().find_title}</h1>
                <p class="soft">{move || words().find_hint}</p>
            </div>
            <div class="fields">
                {field(|| words().find_number, number, in_number.into())}
                {field(|| words().find_last, last, Signal::derive(move || !in_number.get()))}
                {said}
            </div>
            {move || {
                if letters.get() {
                    let on_figures = move || letters.set(false);
                    view! { <LetterPad typed erased cleared on_figures /> }.into_any()
                } else {
                    let on_letters = move || letters.set(true);
                    let more = Signal::derive(move || !in_number.get());
                    view! { <Figures typed erased on_letters more /> }.into_any()
                }
            }}
            <button class="key" disabled=move || !whole() || asking.get() on:click=go>
                {move || words().find_go}
            </button>
        </section>
    }
}

/// `261125 00017 3`, as far as it is typed.
fn in_groups(number: &str) -> String {
    if number.len() == NUMBER {
        return grouped(number);
    }
    match number.len() {
        ..=6 => number.to_owned(),
        7..=11 => format!("{} {}", &number[..6], &number[6..]),
        _ => format!("{} {} {}", &number[..6], &number[6..11], &number[11..]),
    }
}

/// 0 to 9 and X, as on a telephone.
#[component]
fn Figures(
    typed: impl Fn(char) + Copy + Send + Sync + 'static,
    erased: impl Fn() + Copy + Send + 'static,
    on_letters: impl Fn() + Copy + Send + 'static,
    /// Letters may be typed.
    more: Signal<bool>,
) -> impl IntoView {
    let key = move |sign: char| {
        view! {
            <button class="button letter" on:click=move |_| typed(sign)>
                {sign}
            </button>
        }
    };
    view! {
        <div class="keypad">
            {"123456789".chars().map(key).collect_view()}
            <button
                class="button letter"
                disabled=move || !more.get()
                on:click=move |_| typed('X')
            >
                "X"
            </button>
            {key('0')}
            <button
                class="button"
                on:click=move |_| erased()
                aria-label=move || words().erase
            >
                <Icon path=icon::ERASE />
            </button>
            <button
                class="button letters-key"
                class:away=move || !more.get()
                on:click=move |_| on_letters()
            >
                {move || words().find_letters}
            </button>
        </div>
    }
}

#[component]
fn LetterPad(
    typed: impl Fn(char) + Copy + Send + Sync + 'static,
    erased: impl Fn() + Copy + Send + 'static,
    cleared: impl Fn() + Copy + Send + 'static,
    on_figures: impl Fn() + Copy + Send + 'static,
) -> impl IntoView {
    let all: Vec<char> = ('A'..='Z').collect();
    view! {
        <div class="letter-pad">
            <Letters
                enabled=Signal::stored(all)
                erase=Signal::derive(|| words().erase.to_owned())
                clear=Signal::derive(|| words().clear.to_owned())
                on_letter=typed
                on_erase=erased
                on_clear=cleared
            />
            <button class="button" on:click=move |_| on_figures()>
                {move || words().find_figures}
            </button>
        </div>
    }
}

impl Sought {
    /// Takes a sign into the field it belongs to.
    fn take(&mut self, sign: char) {
        if self.number.len() < NUMBER {
            if sign.is_ascii_digit() {
                self.number.push(sign);
            }
        } else if self.last_four.len() < LAST {
            self.last_four.push(sign);
        }
    }

    /// Takes the last sign back.
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
    fn signs_fill_the_number_and_then_the_last_four() {
        let mut sought = Sought::default();
        for sign in "261125X000173002X9".chars() {
            sought.take(sign);
        }
        assert_eq!(sought.number, "261125000173");
        assert_eq!(sought.last_four, "002X");
        for _ in 0..5 {
            sought.erase();
        }
        assert_eq!(sought.number, "26112500017");
        assert_eq!(sought.last_four, "");
        assert_eq!(in_groups("26112500017"), "261125 00017");
        assert_eq!(in_groups("261"), "261");
    }
}
