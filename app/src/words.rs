//! The texts of the screens in Chinese and English.
//!
//! Each audience has a table of its own beside its pages, made with [`words!`]:
//! a text that lacks a language does not compile. The language is a signal in
//! the page's context; a kiosk resets it when the visitor has left.

use jiban_domain::Lang;
use leptos::prelude::*;

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

            /// The table of a language.
            pub const fn of(lang: ::jiban_domain::Lang) -> &'static Self {
                match lang {
                    ::jiban_domain::Lang::Zh => &Self::ZH,
                    ::jiban_domain::Lang::En => &Self::EN,
                }
            }
        }
    };
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

    #[test]
    fn a_sentence_is_filled_by_name() {
        assert_eq!(fill("{a}人，{b}分钟", &[("b", &2), ("a", &1)]), "1人，2分钟");
    }
}
