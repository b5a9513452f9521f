//! Words in the two languages that every text has.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

pub use crate::lang::Lang;

/// A name or sentence in both languages. In a file it may be one plain string,
/// which then serves for both.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

// By hand and not untagged, so that a misspelt language is named with its
// place instead of "matches no variant".
impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Written;
        impl<'de> Visitor<'de> for Written {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, or { zh = \"…\", en = \"…\" }")
            }

            fn visit_str<E>(self, text: &str) -> Result<Text, E> {
                Ok(Text::from(text))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Text, A::Error> {
                let Both { zh, en } = Both::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Text { en: en.unwrap_or_else(|| zh.clone()), zh })
            }
        }
        from.deserialize_any(Written)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Both {
    zh: String,
    en: Option<String>,
}

/// A sentence in both languages, each a format string with its values named in
/// it: `text!("没有大厅“{hall}”" | "there is no hall \"{hall}\"")`.
#[macro_export]
macro_rules! text {
    ($zh:literal | $en:literal) => {
        $crate::Text {
            zh: ::std::format_args!($zh).to_string(),
            en: ::std::format_args!($en).to_string(),
        }
    };
}

impl Text {
    /// Both languages, spelled out.
    pub fn new(zh: &str, en: &str) -> Self {
        Self { zh: zh.to_owned(), en: en.to_owned() }
    }

    /// The words in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang.base() {
            Lang::Zh => &self.zh,
            _ => &self.en,
        }
    }
}

/// Texts in a row, as one sentence holds them.
pub fn joined(texts: &[Text], lang: Lang) -> String {
    let between = match lang.base() {
        Lang::Zh => "；",
        _ => "; ",
    };
    texts.iter().map(|text| text.get(lang)).collect::<Vec<_>>().join(between)
}

impl From<&str> for Text {
    fn from(both: &str) -> Self {
        Self::new(both, both)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_one_string_or_both_languages() {
        let read = serde_json::from_str::<Text>;
        assert_eq!(read(r#""大厅""#).unwrap(), Text::from("大厅"));
        assert_eq!(read(r#"{"zh":"大厅"}"#).unwrap(), Text::from("大厅"));
        assert_eq!(read(r#"{"en":"Hall","zh":"大厅"}"#).unwrap(), Text::new("大厅", "Hall"));
        for (text, why) in [
            (r#"{"en":"Hall"}"#, "missing field `zh`"),
            (r#"{"zh":"大厅","eng":"Hall"}"#, "unknown field `eng`"),
            ("5", "expected a text, or { zh"),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains(why), "{text}: {error}");
        }
    }

    #[test]
    fn a_sentence_takes_its_values_in_both_languages() {
        let (hall, count) = ("main", 2);
        let sentence = text!("大厅 {hall} 有 {count} 个窗口" | "{count} counters in {hall}");
        assert_eq!(sentence, Text::new("大厅 main 有 2 个窗口", "2 counters in main"));
    }
}
