//! Words in the two languages of the screens.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// A language of the screens. Chinese comes first everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    #[serde(rename = "zh-CN")]
    Zh,
    /// English.
    #[serde(rename = "en")]
    En,
}

impl Lang {
    /// What stands between the items of a list.
    pub const fn list_separator(self) -> &'static str {
        match self {
            Self::Zh => "、",
            Self::En => ", ",
        }
    }

    /// The language of an `Accept-Language` header: of those known, the one of
    /// most weight, the first of several; Chinese where none is named.
    pub fn from_accept_language(header: &str) -> Self {
        let known = header.split(',').filter_map(|part| {
            let mut fields = part.split(';');
            let lang = match fields.next()?.trim().get(..2)?.to_ascii_lowercase().as_str() {
                "zh" => Self::Zh,
                "en" => Self::En,
                _ => return None,
            };
            let weight = fields.find_map(|field| field.trim().strip_prefix("q="));
            let weight = weight.map_or(1.0, |weight| weight.trim().parse().unwrap_or(0.0));
            (weight > 0.0).then_some((lang, weight))
        });
        known
            .reduce(|best: (Self, f32), next| if next.1 > best.1 { next } else { best })
            .map_or(Self::default(), |(lang, _)| lang)
    }

    /// The BCP 47 tag: `zh-CN` or `en`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }
}

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
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// Texts in a row, as one sentence holds them.
pub fn joined(texts: &[Text], lang: Lang) -> String {
    let between = match lang {
        Lang::Zh => "；",
        Lang::En => "; ",
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

    #[test]
    fn the_known_language_of_most_weight_wins() {
        assert_eq!(Lang::from_accept_language("en-GB,en;q=0.9,zh;q=0.5"), Lang::En);
        assert_eq!(Lang::from_accept_language("fr, zh-TW, en"), Lang::Zh);
        assert_eq!(Lang::from_accept_language("*"), Lang::Zh);
        assert_eq!(Lang::from_accept_language("zh;q=0.1, en;q=0.9"), Lang::En);
        assert_eq!(Lang::from_accept_language("en;q=0, zh"), Lang::Zh);
        assert_eq!(Lang::from_accept_language("é"), Lang::Zh);
    }
}
