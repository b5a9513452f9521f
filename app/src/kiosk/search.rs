//! Finding a matter by how it sounds: 身份证 is SFZ, or SHENFEN.

use jiban_domain::{Lang, sound};
use leptos::prelude::*;

use super::choice::{Choice, Of};
use super::known::known;
use super::matters::MatterRows;
use super::scene::Purpose;
use super::visit::visit;
use super::words::words;
use crate::parts::letters::Letters;
use crate::words::lang;

/// Fewer than elsewhere: the letters need the room.
const ROWS: usize = 4;

/// The search.
#[component]
pub fn SearchPage() -> impl IntoView {
    let known = known();
    let visit = visit();
    let lang = lang();
    // While the hall is closed the guides can still be found and read.
    let purpose = if known.hall.get_untracked().open { Purpose::Take } else { Purpose::Read };
    let all = Memo::new(move |_| Of::All.choices(known));
    let found = Memo::new(move |_| all.with(|all| find(all, &visit.typed.get(), lang.get())));
    let further =
        Memo::new(move |_| all.with(|all| next_letters(all, &visit.typed.get(), lang.get())));
    let nothing = move || {
        found.with(Vec::is_empty).then(|| {
            view! {
                <div class="nothing">
                    <h2>{words().search_none}</h2>
                    <p class="soft">{words().search_none_next}</p>
                </div>
            }
        })
    };
    view! {
        <section class="page search">
            <div class="title">
                <h1>{move || words().search}</h1>
                <p class="soft">{move || words().search_hint}</p>
            </div>
            <div class="results">
                {nothing} <MatterRows matters=found purpose rows=ROWS />
            </div>
            <div class="typing">
                <output class="typed number" aria-live="polite">
                    {move || visit.typed.get()}
                </output>
                <Letters
                    enabled=further
                    erase=Signal::derive(move || words().erase.to_owned())
                    clear=Signal::derive(move || words().clear.to_owned())
                    on_letter=move |letter| visit.typed.update(|typed| typed.push(letter))
                    on_erase=move || {
                        visit.typed.update(|typed| {
                            typed.pop();
                        });
                    }
                    on_clear=move || visit.typed.set(String::new())
                />
            </div>
        </section>
    }
}

/// How well letters lead to a matter, the smaller the better: they begin a word
/// of its English name (in English), begin its pinyin, or a later syllable of it.
fn rank(choice: &Choice, typed: &str, lang: Lang) -> Option<usize> {
    let words = || {
        let name = &choice.name.en;
        let starts = name.char_indices().filter(|(at, letter)| {
            letter.is_ascii_alphabetic()
                && !name[..*at].ends_with(|before: char| before.is_ascii_alphabetic())
        });
        starts.map(|(at, _)| {
            let letters = name[at..].chars().filter(char::is_ascii_alphabetic);
            letters.map(|letter| letter.to_ascii_uppercase()).collect::<String>()
        })
    };
    let in_english = (lang == Lang::En)
        .then(|| words().position(|from_here| from_here.starts_with(typed)))
        .flatten()
        .map(|word| word.min(1));
    in_english.or_else(|| sound::find(&choice.spelling, typed).map(|at| 2 + at.min(1)))
}

/// What the letters typed lead to, the best first.
fn find(all: &[Choice], typed: &str, lang: Lang) -> Vec<Choice> {
    let mut found: Vec<_> =
        all.iter().filter_map(|choice| Some((rank(choice, typed, lang)?, choice))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, choice)| choice.clone()).collect()
}

/// The letters after which something would still be found.
fn next_letters(all: &[Choice], typed: &str, lang: Lang) -> Vec<char> {
    ('A'..='Z')
        .filter(|letter| {
            let longer = format!("{typed}{letter}");
            all.iter().any(|choice| rank(choice, &longer, lang).is_some())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiban_domain::Text;
    use jiban_domain::setup::Handling;

    use super::super::choice::Kind;
    use super::*;

    fn matter(name: &str, en: &str, id: &str, spelling: &str) -> Choice {
        let kind = Kind::Matter { handling: Handling::Promised, self_service: false };
        let (id, spelling) = (id.to_owned(), spelling.to_owned());
        Choice { id, name: Text::new(name, en), spelling, kind }
    }

    fn matters() -> Vec<Choice> {
        vec![
            matter(
                "居民身份证换领",
                "Identity card renewal",
                "JMSFZHL",
                "ju min shen fen zheng huan ling",
            ),
            matter(
                "社会保障卡补领",
                "Social security card replacement",
                "SHBZKBL",
                "she hui bao zhang ka bu ling",
            ),
            matter("失业登记", "Unemployment registration", "SYDJ", "shi ye deng ji"),
        ]
    }

    fn names(typed: &str, lang: Lang) -> Vec<String> {
        find(&matters(), typed, lang).into_iter().map(|choice| choice.id).collect()
    }

    #[test]
    fn letters_narrow_the_list_and_beginnings_come_first() {
        assert_eq!(names("", Lang::Zh).len(), 3);
        assert_eq!(names("S", Lang::Zh), ["SHBZKBL", "SYDJ", "JMSFZHL"]);
        assert_eq!(names("SFZ", Lang::Zh), ["JMSFZHL"]);
        assert!(names("SFZX", Lang::Zh).is_empty());
    }

    #[test]
    fn english_names_are_found_in_english_only() {
        assert_eq!(names("CARD", Lang::En), ["JMSFZHL", "SHBZKBL"]);
        assert_eq!(names("SOCIALSEC", Lang::En), ["SHBZKBL"]);
        assert_eq!(names("S", Lang::En)[0], "SHBZKBL", "words before pinyin");
        assert!(names("ARD", Lang::En).is_empty(), "not from inside a word");
        assert!(names("CARD", Lang::Zh).is_empty());
    }

    #[test]
    fn only_letters_that_lead_on_are_offered() {
        assert_eq!(next_letters(&matters(), "S", Lang::Zh), ['F', 'H', 'Y']);
        assert_eq!(next_letters(&matters(), "SHE", Lang::Zh), ['F', 'H', 'N']);
        assert_eq!(names("SHENFEN", Lang::Zh), ["JMSFZHL"]);
        assert_eq!(next_letters(&matters(), "SYDJ", Lang::Zh), ['I']);
        assert!(next_letters(&matters(), "SHIYEDENGJI", Lang::Zh).is_empty());
    }
}
