//! A Chinese name without a keyboard: letters make syllables, whose characters are offered by
//! how often they are used; what is not among them is put together of its parts, or called by its
//! number (`73A5`). The server finds (`api::kiosk::FindCharacters`), so that a kiosk need not
//! hold the dictionary.

use std::time::Duration;

use jiban_domain::Lang;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::words::KioskBookingWords;
use crate::api::ask;
use crate::api::kiosk::FindCharacters;
use crate::kiosk::keypad::Keypad;
use crate::kiosk::pager::{Pager, Paging};
use crate::kiosk::visit::visit;
use crate::kiosk::words::words as kiosk_words;
use crate::parts::letters::Letters;
use crate::words::lang;

/// Candidates on one page.
const CANDIDATES: usize = 12;
/// Nobody's name is longer.
const LONGEST: usize = 20;
/// How many characters at the end are the parts of one.
const PARTS: usize = 2;
/// Of a number in Unicode's notation.
const UNICODE_FIGURES: &str = "0123456789ABCDEF";
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// How the next character is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Looking {
    /// By its reading in letters.
    Letters,
    /// By its number in Unicode.
    Number,
    /// By its parts, which are the last characters of the name.
    Parts,
}

/// What is typed and found on the page.
#[derive(Clone, Copy)]
pub(in crate::kiosk) struct Writing {
    name: RwSignal<String>,
    /// Characters that the text may have.
    longest: usize,
    typed: RwSignal<String>,
    looking: RwSignal<Looking>,
    found: RwSignal<Vec<char>>,
}

impl Writing {
    pub fn new(name: RwSignal<String>, longest: usize) -> Self {
        let writing = Self {
            name,
            longest,
            typed: RwSignal::new(String::new()),
            looking: RwSignal::new(Looking::Letters),
            found: RwSignal::new(Vec::new()),
        };
        let lang = visit().lang;
        Effect::new(move || {
            let text = asked_for(
                writing.looking.get(),
                &writing.typed.get(),
                &writing.name.get_untracked(),
            );
            if text.is_empty() {
                writing.found.set(Vec::new());
            } else {
                writing.find(text, lang.get_untracked());
            }
        });
        writing
    }

    fn look(self, how: Looking) {
        self.typed.set(String::new());
        self.looking.set(how);
    }

    fn choose(self, sign: char) {
        self.name.update(|name| {
            if self.looking.get_untracked() == Looking::Parts {
                let kept = name.chars().count().saturating_sub(PARTS);
                *name = name.chars().take(kept).collect();
            }
            if name.chars().count() < self.longest {
                name.push(sign);
            }
        });
        self.look(Looking::Letters);
    }

    fn type_in(self, sign: char) {
        if self.looking.get_untracked() == Looking::Parts {
            self.looking.set(Looking::Letters);
        }
        self.typed.update(|typed| typed.push(sign.to_ascii_lowercase()));
    }

    fn erase(self) {
        let text = if self.typed.with_untracked(String::is_empty) { self.name } else { self.typed };
        text.update(|text| _ = text.pop());
    }

    fn clear(self) {
        self.look(Looking::Letters);
        self.name.set(String::new());
    }

    /// Asks the server, until there is an answer or something else is looked for.
    fn find(self, text: String, lang: Lang) {
        spawn_local(async move {
            let is_first = self.name.try_with_untracked(String::is_empty).unwrap_or_default();
            let answer = ask(&FindCharacters { text: text.clone(), is_first }, lang).await;
            // The visitor may have left the page meanwhile.
            let now = self.looking.try_get_untracked().and_then(|looking| {
                let typed = self.typed.try_get_untracked()?;
                Some(asked_for(looking, &typed, &self.name.try_get_untracked()?))
            });
            if now.as_ref() != Some(&text) {
                return;
            }
            if let Ok(answer) = answer {
                let _ = self.found.try_set(answer.characters);
            } else {
                set_timeout(move || self.find(text, lang), RETRY_AFTER);
            }
        });
    }
}

/// The page that writes into `name`; `done` leads on from it.
#[component]
pub fn NamePage(name: RwSignal<String>, done: impl Fn() + Send + 'static) -> impl IntoView {
    let lang = lang();
    let words = move || KioskBookingWords::of(lang.get());
    let writing = Writing::new(name, LONGEST);
    view! {
        <section class="page search name-page">
            <div class="title">
                <h1>{move || words().your_name}</h1>
                <p class="soft" data-heard="">
                    {move || words().name_hint}
                </p>
            </div>
            <CharacterKeys writing>
                <button class="key" data-key="Enter" on:click=move |_| done()>
                    {move || words().name_done}
                </button>
            </CharacterKeys>
        </section>
    }
}

/// The characters that were found, and the keys by which they are looked for.
#[component]
pub(in crate::kiosk) fn CharacterKeys(
    writing: Writing,
    /// Keys after the others.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let lang = lang();
    let words = move || KioskBookingWords::of(lang.get());
    let name = writing.name;
    let paging = Paging::new(Signal::stored(CANDIDATES), move || writing.found.with(Vec::len));
    let candidates = move || {
        let key = move |sign: char| {
            view! {
                <button class="button candidate" on:click=move |_| writing.choose(sign)>
                    {sign}
                </button>
            }
        };
        writing.found.with(|found| paging.visible(found)).into_iter().map(key).collect_view()
    };
    let too_few = move || name.with(|name| name.chars().count() < PARTS);
    let by_number = move || writing.looking.get() == Looking::Number;
    let swap = move |_| {
        writing.look(if by_number() { Looking::Letters } else { Looking::Number });
    };
    let keys = move || {
        if by_number() {
            view! {
                <Keypad
                    keys=UNICODE_FIGURES
                    class="letters"
                    on_character=move |figure| writing.type_in(figure)
                    on_erase=move || writing.erase()
                />
            }
            .into_any()
        } else {
            view! {
                <Letters
                    erase=Signal::derive(|| kiosk_words().erase.to_owned())
                    clear=Signal::derive(|| kiosk_words().clear.to_owned())
                    on_letter=move |letter| writing.type_in(letter)
                    on_erase=move || writing.erase()
                    on_clear=move || writing.clear()
                />
            }
            .into_any()
        }
    };
    view! {
            <div class="results">
                <div class="candidates" role="group" aria-label=move || words().candidates>
                    {candidates}
                </div>
                <Pager paging />
            </div>
            <div class="typing">
                <output class="typed" aria-live="polite">
                    {name}
                    <span class="soft">{writing.typed}</span>
                </output>
                {keys}
                <div class="ends">
                    <button
                        class="button"
                        disabled=too_few
                        on:click=move |_| writing.look(Looking::Parts)
                    >
                        {move || words().join}
                    </button>
                    <button class="button" on:click=swap>
                        {move || if by_number() { words().by_letters } else { words().by_number }}
                    </button>
                    {children.map(|children| children())}
                </div>
            </div>
    }
}

/// What the server is asked for.
fn asked_for(looking: Looking, typed: &str, name: &str) -> String {
    match looking {
        Looking::Letters => typed.to_owned(),
        Looking::Number if typed.is_empty() => String::new(),
        Looking::Number => format!("U+{typed}"),
        Looking::Parts => {
            let before = name.chars().count().saturating_sub(PARTS);
            name.chars().skip(before).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_is_asked_for_letters_a_number_or_the_last_two_characters() {
        assert_eq!(asked_for(Looking::Letters, "yue", "李"), "yue");
        assert_eq!(asked_for(Looking::Number, "73a5", "李"), "U+73a5");
        assert_eq!(asked_for(Looking::Number, "", "李"), "");
        assert_eq!(asked_for(Looking::Parts, "", "李王月"), "王月");
    }
}
