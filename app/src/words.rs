//! The texts of the screens.
//!
//! Each audience has a table of its own beside its pages, made with [`words!`], in Chinese and
//! English: a text that lacks one of them does not compile. Further languages are files
//! (`app/languages/`), whose tables are put in when the program starts, or when a kiosk's
//! visitor chooses one. The language is a signal in the page's context; a kiosk resets it when
//! the visitor has left.

use std::any::Any;
use std::collections::BTreeMap;
use std::sync::{OnceLock, RwLock};

use jiban_domain::Lang;
use leptos::prelude::*;

/// A table of texts as data: for those who read and write files of languages.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    pub name: &'static str,
    /// The names of the texts; the other two are in the same order.
    pub keys: &'static [&'static str],
    pub zh: &'static [&'static str],
    pub en: &'static [&'static str],
}

/// Makes a table of texts: `words! { pub Name { key: "中文" | "English", … } }`.
#[macro_export]
macro_rules! words {
    ($(#[$doc:meta])* pub $name:ident { $($key:ident: $zh:literal | $en:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[allow(clippy::struct_field_names)]
        pub struct $name { $(pub $key: &'static str),+ }

        impl $name {
            const ZH: Self = Self { $($key: $zh),+ };
            const EN: Self = Self { $($key: $en),+ };

            /// The table as data.
            #[allow(dead_code, reason = "only what visitors read is in other languages")]
            pub const TABLE: $crate::words::Table = $crate::words::Table {
                name: stringify!($name),
                keys: &[$(stringify!($key)),+],
                zh: &[$($zh),+],
                en: &[$($en),+],
            };

            /// The table of a language.
            pub fn of(lang: ::jiban_domain::Lang) -> &'static Self {
                let base = match lang.base() {
                    ::jiban_domain::Lang::Zh => &Self::ZH,
                    _ => &Self::EN,
                };
                if lang.base() == lang {
                    return base;
                }
                let table = $crate::words::translated(lang, stringify!($name), |words| {
                    Some(Self { $($key: words.next()?),+ })
                });
                table.unwrap_or(base)
            }
        }
    };
}

/// The texts of one table in a further language, in the order of its keys.
struct Translated {
    lang: Lang,
    name: &'static str,
    words: Vec<&'static str>,
    /// The table, once somebody has asked for it.
    table: OnceLock<Option<&'static (dyn Any + Send + Sync)>>,
}

/// What was put in. Nothing is taken out, so each table lives as long as the program.
static TRANSLATED: RwLock<Vec<&'static Translated>> = RwLock::new(Vec::new());

/// All texts of a language: of each table by its name, in the order of its keys.
pub type Texts = BTreeMap<String, Vec<String>>;

/// Puts in the texts of a further language. A second time changes nothing.
pub fn put_in(lang: Lang, texts: Texts) {
    let Ok(mut translated) = TRANSLATED.write() else { return };
    if translated.iter().any(|known| known.lang == lang) {
        return;
    }
    for (name, words) in texts {
        let words = words.into_iter().map(|word| &*word.leak()).collect();
        let table = OnceLock::new();
        translated.push(Box::leak(Box::new(Translated { lang, name: name.leak(), words, table })));
    }
}

/// The further languages as an attribute of a machine's document: `zh-Hant=繁體中文;ja=日本語`.
pub fn known_languages() -> String {
    let each = Lang::others().into_iter().map(|known| format!("{}={}", known.tag, known.name));
    each.collect::<Vec<_>>().join(";")
}

/// Makes the languages of such an attribute known.
pub fn make_known(languages: &str) {
    for (tag, name) in languages.split(';').filter_map(|known| known.split_once('=')) {
        Lang::make_known(tag, name);
    }
}

/// Whether the texts of a language are here.
pub fn has(lang: Lang) -> bool {
    lang.base() == lang
        || TRANSLATED.read().is_ok_and(|all| all.iter().any(|known| known.lang == lang))
}

/// The texts of one table in a further language.
pub fn texts(lang: Lang, name: &str) -> Option<Vec<&'static str>> {
    let all = TRANSLATED.read().ok()?;
    Some(all.iter().find(|known| known.lang == lang && known.name == name)?.words.clone())
}

/// For [`words!`]: the table of this name in a further language, made of its texts by `make`;
/// `None` if it was not put in.
pub fn translated<T: Send + Sync + 'static>(
    lang: Lang,
    name: &str,
    make: fn(&mut dyn Iterator<Item = &'static str>) -> Option<T>,
) -> Option<&'static T> {
    let known = {
        let all = TRANSLATED.read().ok()?;
        *all.iter().find(|known| known.lang == lang && known.name == name)?
    };
    let made = known.table.get_or_init(|| {
        let table = make(&mut known.words.iter().copied())?;
        Some(Box::leak(Box::new(table)) as &(dyn Any + Send + Sync))
    });
    (*made)?.downcast_ref()
}

/// Replaces the placeholders of a sentence: `fill("前面还有 {n} 人", &[("n", &3)])`.
pub fn fill(sentence: &str, values: &[(&str, &dyn std::fmt::Display)]) -> String {
    debug_assert!(
        sentence.split('{').skip(1).all(|rest| {
            let name = rest.split('}').next();
            values.iter().any(|(given, _)| name == Some(*given))
        }),
        "a placeholder of {sentence:?} has no value"
    );
    values.iter().fold(sentence.to_owned(), |sentence, (name, value)| {
        sentence.replace(&format!("{{{name}}}"), &value.to_string())
    })
}

/// The page's language. The page provides it with [`speak`].
pub fn lang() -> RwSignal<Lang> {
    expect_context()
}

/// Provides the language signal to a page and everything in it.
pub fn speak(first: Lang) -> RwSignal<Lang> {
    let lang = RwSignal::new(first);
    provide_context(lang);
    lang
}

#[cfg(test)]
mod tests {
    use super::*;

    words! {
        pub SampleWords {
            one: "一" | "one",
            two: "二" | "two",
        }
    }

    #[test]
    fn a_sentence_is_filled_by_name() {
        assert_eq!(fill("{a}人，{b}分钟", &[("b", &2), ("a", &1)]), "1人，2分钟");
    }

    #[test]
    fn a_further_language_has_its_own_words_where_they_were_put_in() {
        let lang = Lang::make_known("x-words", "Words");
        assert_eq!(SampleWords::of(lang).two, "two", "not put in");
        assert!(!has(lang));
        let texts = |one: &str| {
            let words = vec![one.to_owned(), "zwei".to_owned()];
            Texts::from([(SampleWords::TABLE.name.to_owned(), words)])
        };
        put_in(lang, texts("eins"));
        put_in(lang, texts("another"));
        assert!(has(lang));
        assert_eq!((SampleWords::of(lang).one, SampleWords::of(lang).two), ("eins", "zwei"));
        assert_eq!(SampleWords::of(Lang::Zh).one, "一");
        // A table of another build has fewer texts: then the base's words are shown.
        let short = Lang::make_known("x-short", "Short");
        put_in(short, Texts::from([("SampleWords".to_owned(), vec!["eins".to_owned()])]));
        assert_eq!(SampleWords::of(short).one, "one");
    }
}
