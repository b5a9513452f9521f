//! The languages of a kiosk. Chinese and English are in its module; the texts of another are
//! fetched when a visitor chooses it.

use jiban_domain::Lang;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::visit::Visit;
use crate::api::get;
use crate::words::{Texts, has, put_in};

/// The language after this one, by the key that goes through all of them.
pub fn next(lang: Lang) -> Lang {
    let all = Lang::all();
    let at = all.iter().position(|known| *known == lang).map_or(0, |at| at + 1);
    all.get(at).copied().unwrap_or_default()
}

/// Changes to a language, once its texts are here.
pub fn choose(visit: Visit, lang: Lang) {
    visit.idle_seconds.set(0);
    if has(lang) {
        visit.lang.set(lang);
        return;
    }
    let asked_in = visit.number.get_untracked();
    spawn_local(async move {
        let texts = get::<Texts>(&format!("/api/languages/{}", lang.tag()), Lang::Zh).await;
        // The next visitor did not choose it.
        if let Ok(texts) = texts
            && visit.number.get_untracked() == asked_in
        {
            put_in(lang, texts);
            visit.lang.set(lang);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_goes_through_all_languages() {
        let other = Lang::make_known("x-kiosk", "Kiosk");
        let mut seen = vec![Lang::Zh];
        loop {
            let after = next(seen[seen.len() - 1]);
            if after == Lang::Zh {
                break;
            }
            seen.push(after);
        }
        assert_eq!(seen[1], Lang::En);
        assert!(seen.contains(&other));
    }
}
