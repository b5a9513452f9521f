//! The languages of the screens. Chinese and English are compiled in; others are files that
//! the server reads at its start (`app/languages/`) and makes known here.

use std::collections::BTreeMap;
use std::sync::RwLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A language of the screens. Chinese comes first everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    Zh,
    /// English.
    En,
    /// One that [`Lang::make_known`] has made known, by its tag.
    Other(&'static str),
}

/// A further language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Language {
    /// The BCP 47 tag: `zh-Hant`.
    pub tag: &'static str,
    /// Its name in itself: `繁體中文`.
    pub name: &'static str,
}

/// What a further language says of a refusal; what it lacks is said in the base's words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefusalTexts {
    /// With the values in braces: `{line}`.
    pub message: Option<String>,
    pub next: Option<String>,
}

static REFUSALS: RwLock<BTreeMap<(&str, String), RefusalTexts>> = RwLock::new(BTreeMap::new());

/// Puts in what a language says of refusals, by their codes.
pub fn put_in_refusals(lang: Lang, texts: BTreeMap<String, RefusalTexts>) {
    if let Ok(mut all) = REFUSALS.write() {
        all.extend(texts.into_iter().map(|(code, texts)| ((lang.tag(), code), texts)));
    }
}

/// What a further language says of a refusal.
pub(crate) fn refusal_texts(lang: Lang, code: &str) -> Option<RefusalTexts> {
    if lang.base() == lang {
        return None;
    }
    REFUSALS.read().ok()?.get(&(lang.tag(), code.to_owned())).cloned()
}

static KNOWN: RwLock<Vec<Language>> = RwLock::new(Vec::new());

/// Chinese in traditional characters.
const TRADITIONAL: &str = "zh-Hant";

impl Lang {
    /// Makes a language known, for as long as the program runs. Known ones stay as they are.
    pub fn make_known(tag: &str, name: &str) -> Self {
        if let Some(known) = Self::of_tag(tag) {
            return known;
        }
        let language = Language { tag: leaked(tag), name: leaked(name) };
        if let Ok(mut known) = KNOWN.write() {
            known.push(language);
        }
        Self::Other(language.tag)
    }

    /// The languages that were made known, in that order.
    pub fn others() -> Vec<Language> {
        KNOWN.read().map(|known| known.clone()).unwrap_or_default()
    }

    /// Every language: Chinese, English, and the others in their order.
    pub fn all() -> Vec<Self> {
        let others = Self::others();
        let others = others.iter().map(|other| Self::Other(other.tag));
        [Self::Zh, Self::En].into_iter().chain(others).collect()
    }

    /// The language with exactly this tag.
    pub fn of_tag(tag: &str) -> Option<Self> {
        match tag {
            "zh-CN" => Some(Self::Zh),
            "en" => Some(Self::En),
            _ => {
                let others = Self::others();
                let known = others.iter().find(|known| known.tag.eq_ignore_ascii_case(tag))?;
                Some(Self::Other(known.tag))
            }
        }
    }

    /// The known language that a client means by a tag such as `en-GB` or `zh-TW`.
    fn meant(tag: &str) -> Option<Self> {
        if let Some(exact) = Self::of_tag(tag) {
            return Some(exact);
        }
        let tag = tag.to_ascii_lowercase();
        let first = tag.split('-').next().unwrap_or_default();
        let traditional =
            tag.split('-').skip(1).any(|part| matches!(part, "hant" | "tw" | "hk" | "mo"));
        match first {
            "zh" if traditional => Some(Self::of_tag(TRADITIONAL).unwrap_or(Self::Zh)),
            "zh" => Some(Self::Zh),
            "en" => Some(Self::En),
            _ => Self::of_tag(first),
        }
    }

    /// Chinese or English, whichever is shown where a language has no words of its own, and by
    /// whose habits a sentence is put together.
    #[must_use]
    pub const fn base(self) -> Self {
        match self {
            Self::Zh => Self::Zh,
            Self::En => Self::En,
            Self::Other(tag) => match tag.as_bytes() {
                [b'z', b'h', ..] => Self::Zh,
                _ => Self::En,
            },
        }
    }

    /// Whether it is Chinese in traditional characters: then what has no words of its own is
    /// converted sign by sign and word by word.
    pub fn is_traditional(self) -> bool {
        matches!(self, Self::Other(tag) if tag == TRADITIONAL)
    }

    /// What stands between the items of a list.
    pub const fn list_separator(self) -> &'static str {
        match self.base() {
            Self::Zh => "、",
            _ => ", ",
        }
    }

    /// The language of an `Accept-Language` header: of those known, the one of
    /// most weight, the first of several; Chinese where none is named.
    pub fn from_accept_language(header: &str) -> Self {
        let known = header.split(',').filter_map(|part| {
            let mut fields = part.split(';');
            let lang = Self::meant(fields.next()?.trim())?;
            let weight = fields.find_map(|field| field.trim().strip_prefix("q="));
            let weight = weight.map_or(1.0, |weight| weight.trim().parse().unwrap_or(0.0));
            (weight > 0.0).then_some((lang, weight))
        });
        known
            .reduce(|best: (Self, f32), next| if next.1 > best.1 { next } else { best })
            .map_or(Self::default(), |(lang, _)| lang)
    }

    /// The BCP 47 tag: `zh-CN`, `en`, or that of the language's file.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
            Self::Other(tag) => tag,
        }
    }

    /// Its name in itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::Zh => "简体中文",
            Self::En => "English",
            Self::Other(tag) => {
                Self::others().iter().find(|known| known.tag == tag).map_or(tag, |known| known.name)
            }
        }
    }
}

fn leaked(text: &str) -> &'static str {
    Box::leak(text.into())
}

impl Serialize for Lang {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.tag())
    }
}

// A language whose file was taken away may still be in rows, and in a page that was not
// loaded again: its nearest relative is read instead.
impl<'de> Deserialize<'de> for Lang {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let tag = String::deserialize(from)?;
        let wellformed = (2..=35).contains(&tag.len())
            && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !wellformed {
            return Err(serde::de::Error::custom(format_args!("`{tag}` is no language tag")));
        }
        Ok(Self::meant(&tag).unwrap_or(Self::En))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_language_of_most_weight_wins() {
        assert_eq!(Lang::from_accept_language("en-GB,en;q=0.9,zh;q=0.5"), Lang::En);
        assert_eq!(Lang::from_accept_language("*"), Lang::Zh);
        assert_eq!(Lang::from_accept_language("zh;q=0.1, en;q=0.9"), Lang::En);
        assert_eq!(Lang::from_accept_language("en;q=0, zh"), Lang::Zh);
        assert_eq!(Lang::from_accept_language("é"), Lang::Zh);
    }

    #[test]
    fn a_language_made_known_is_found_by_what_browsers_call_it() {
        // Before, those who read traditional characters get the simplified ones.
        let read = |tag: &str| serde_json::from_str::<Lang>(&format!("\"{tag}\"")).unwrap();
        let taipei = "zh-TW,zh;q=0.9,en;q=0.8";
        assert_eq!(Lang::from_accept_language("xx, xx-YY, en"), Lang::En);
        let hant = Lang::make_known("zh-Hant", "繁體中文");
        let ainu = Lang::make_known("ain", "Aynu itak");
        assert_eq!(Lang::make_known("ain", "again"), ainu, "once");
        assert_eq!(ainu.name(), "Aynu itak");
        for header in [taipei, "zh-HK", "zh-Hant-MO", "zh-hant"] {
            assert_eq!(Lang::from_accept_language(header), hant, "{header}");
        }
        assert_eq!(Lang::from_accept_language("ain-JP;q=0.9, en;q=0.5"), ainu);
        assert_eq!((hant.base(), ainu.base()), (Lang::Zh, Lang::En));
        assert!(hant.is_traditional() && !ainu.is_traditional());
        for lang in [Lang::Zh, Lang::En, hant, ainu] {
            assert_eq!(serde_json::to_string(&lang).unwrap(), format!("\"{}\"", lang.tag()));
            assert_eq!(read(lang.tag()), lang);
        }
    }

    #[test]
    fn a_language_that_is_gone_is_read_as_its_nearest() {
        let read = |tag: &str| serde_json::from_str::<Lang>(&format!("\"{tag}\""));
        assert_eq!(read("zh-Bopo").unwrap(), Lang::Zh);
        assert_eq!(read("qaa").unwrap(), Lang::En);
        assert!(read("no language").is_err());
        assert!(read("").is_err());
    }
}
