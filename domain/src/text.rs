//! Words in the two languages of the screens.

use serde::{Deserialize, Serialize};

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
    /// The language of an `Accept-Language` header: English only where it is
    /// preferred to Chinese, in the order written (weights are not compared).
    pub fn from_accept_language(header: &str) -> Self {
        header
            .split(',')
            .find_map(|part| match part.trim().get(..2)?.to_ascii_lowercase().as_str() {
                "zh" => Some(Self::Zh),
                "en" => Some(Self::En),
                _ => None,
            })
            .unwrap_or_default()
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
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(from = "Written")]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    One(String),
    Both { zh: String, en: Option<String> },
}

impl From<Written> for Text {
    fn from(written: Written) -> Self {
        match written {
            Written::One(text) => Self::from(text.as_str()),
            Written::Both { zh, en } => Self { en: en.unwrap_or_else(|| zh.clone()), zh },
        }
    }
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

impl From<&str> for Text {
    fn from(both: &str) -> Self {
        Self::new(both, both)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_known_language_of_the_header_wins() {
        assert_eq!(Lang::from_accept_language("en-GB,en;q=0.9,zh;q=0.5"), Lang::En);
        assert_eq!(Lang::from_accept_language("fr, zh-TW, en"), Lang::Zh);
        assert_eq!(Lang::from_accept_language("*"), Lang::Zh);
        assert_eq!(Lang::from_accept_language("é"), Lang::Zh);
    }
}
