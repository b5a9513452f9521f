//! Searching matters by pinyin: 身份证 is found by SFZ or SHENFEN; in English
//! also by the letters of the English name.

use jiban_domain::{Lang, pinyin};
use leptos::prelude::*;

use super::hall_snapshot::hall_snapshot;
use super::offer::{Offer, OfferFilter};
use super::offer_list::OfferList;
use super::scene::Purpose;
use super::visit::visit;
use super::words::words;
use crate::parts::letters::Letters;
use crate::words::lang;

/// Fewer rows than elsewhere: the letters need the space.
const ROWS: usize = 4;

#[component]
pub fn SearchPage() -> impl IntoView {
    let snapshot = hall_snapshot();
    let visit = visit();
    let lang = lang();
    // While the hall is closed, guides can still be found and read.
    let purpose = if snapshot.hall.get_untracked().open { Purpose::Take } else { Purpose::Read };
    let all = Memo::new(move |_| OfferFilter::All.offers(snapshot));
    let found = Memo::new(move |_| all.with(|all| find(all, &visit.search_text.get(), lang.get())));
    let next =
        Memo::new(move |_| all.with(|all| next_letters(all, &visit.search_text.get(), lang.get())));
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
                {nothing} <OfferList offers=found purpose rows=ROWS />
            </div>
            <div class="typing">
                <output class="typed number" aria-live="polite">
                    {move || visit.search_text.get()}
                </output>
                <Letters
                    enabled=next
                    erase=Signal::derive(move || words().erase.to_owned())
                    clear=Signal::derive(move || words().clear.to_owned())
                    on_letter=move |letter| visit.search_text.update(|typed| typed.push(letter))
                    on_erase=move || {
                        visit.search_text.update(|typed| {
                            typed.pop();
                        });
                    }
                    on_clear=move || visit.search_text.set(String::new())
                />
            </div>
        </section>
    }
}

/// How well an offer matches the letters, the smaller the better: they begin a
/// word of its English name (in English only), its pinyin, or a later syllable
/// of its pinyin.
fn rank(offer: &Offer, typed: &str, lang: Lang) -> Option<usize> {
    let words = || {
        let name = &offer.name.en;
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
    in_english.or_else(|| pinyin::find(&offer.spelling, typed).map(|at| 2 + at.min(1)))
}

/// The offers that match the letters, the best first.
fn find(all: &[Offer], typed: &str, lang: Lang) -> Vec<Offer> {
    let mut found: Vec<_> =
        all.iter().filter_map(|offer| Some((rank(offer, typed, lang)?, offer))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, offer)| offer.clone()).collect()
}

/// The letters that can be typed next and still find something.
fn next_letters(all: &[Offer], typed: &str, lang: Lang) -> Vec<char> {
    ('A'..='Z')
        .filter(|letter| {
            let longer = format!("{typed}{letter}");
            all.iter().any(|offer| rank(offer, &longer, lang).is_some())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiban_domain::Text;
    use jiban_domain::setup::Handling;

    use super::super::offer::OfferKind;
    use super::*;

    fn matter(name: &str, en: &str, id: &str, spelling: &str) -> Offer {
        let kind = OfferKind::Matter { handling: Handling::Promised, self_service: false };
        let (id, spelling) = (id.to_owned(), spelling.to_owned());
        Offer { id, name: Text::new(name, en), spelling, kind }
    }

    fn matters() -> Vec<Offer> {
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
        find(&matters(), typed, lang).into_iter().map(|offer| offer.id).collect()
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
    fn only_letters_that_still_find_something_are_enabled() {
        assert_eq!(next_letters(&matters(), "S", Lang::Zh), ['F', 'H', 'Y']);
        assert_eq!(next_letters(&matters(), "SHE", Lang::Zh), ['F', 'H', 'N']);
        assert_eq!(names("SHENFEN", Lang::Zh), ["JMSFZHL"]);
        assert_eq!(next_letters(&matters(), "SYDJ", Lang::Zh), ['I']);
        assert!(next_letters(&matters(), "SHIYEDENGJI", Lang::Zh).is_empty());
    }
}
