//! Finding what a hall offers by the words people use: its name or what people call it, in
//! Chinese, by pinyin or in English. What is loosely alike is found too, but after the rest.

use crate::pinyin;
use crate::text::Lang;

/// Fewer letters than this of an English word would find half of the hall.
const SHORTEST_ENGLISH: usize = 3;

/// What people say around the thing they want, longest first.
const BEFORE: [&str; 20] = [
    "请问",
    "我要",
    "我想",
    "想要",
    "想问",
    "需要",
    "怎么样",
    "怎么",
    "如何",
    "在哪里",
    "哪里",
    "办理",
    "申请",
    "申领",
    "要",
    "想",
    "去",
    "来",
    "办",
    "查",
];
const AFTER: [&str; 18] = [
    "怎么办理",
    "怎么办",
    "怎么弄",
    "在哪里办",
    "在哪办",
    "去哪办",
    "要什么材料",
    "需要什么",
    "怎么申请",
    "办理",
    "申请",
    "手续",
    "业务",
    "多少钱",
    "一下",
    "了",
    "吗",
    "呢",
];

/// A name, or another word, by which something is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    kind: TermKind,
    /// Without blanks and punctuation, in small letters and narrow figures.
    text: String,
    /// The words of a text in Latin letters; empty for Chinese.
    words: Vec<String>,
    /// The pinyin of a Chinese text, with spaces between syllables.
    spelling: String,
}

/// What a term is to the thing it finds. The first kinds go before the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermKind {
    /// Its name.
    Name,
    /// What people call it.
    Alias,
    /// The result it gives: 营业执照.
    Result,
    /// Its topic, its department, or a matter that is part of it.
    Beside,
}

impl TermKind {
    const fn cost(self) -> u32 {
        match self {
            Self::Name | Self::Alias => 0,
            Self::Result => 1,
            Self::Beside => 2,
        }
    }
}

/// How a term matches, the best first.
#[derive(Debug, Clone, Copy)]
#[repr(u32)]
enum Closeness {
    Whole,
    Begins,
    Contains,
    /// The term is a part of what was typed.
    Contained,
    PinyinWhole,
    PinyinBegins,
    PinyinContains,
    /// All signs in their order, with others between.
    InOrder,
    /// Most pairs of signs.
    Alike,
}

/// Steps between two kinds of closeness: room for the kinds of terms.
const STEP: u32 = 8;

impl Term {
    /// A term of a text, with its pinyin where it is Chinese.
    pub fn new(kind: TermKind, text: &str, spelling: String) -> Self {
        let words =
            if text.is_ascii() { text.split_whitespace().map(plain).collect() } else { Vec::new() };
        Self { kind, text: plain(text), words, spelling }
    }

    /// What it costs to take this term for the typed text, the less the better.
    fn cost(&self, typed: &str, lang: Lang) -> Option<u32> {
        let closeness = if self.words.is_empty() { self.chinese(typed) } else { self.latin(typed) };
        let (closeness, beyond) = closeness?;
        let foreign = match lang.base() {
            Lang::Zh if !self.words.is_empty() => {
                if typed.chars().count() < SHORTEST_ENGLISH {
                    return None;
                }
                4 * STEP
            }
            Lang::Zh => 0,
            _ if !self.words.is_empty() => 0,
            // In English, pinyin goes after words.
            _ => 3 * STEP,
        };
        Some(closeness as u32 * STEP + self.kind.cost() + beyond + foreign)
    }

    fn chinese(&self, typed: &str) -> Option<(Closeness, u32)> {
        if self.text.is_empty() {
            return None;
        }
        if self.text == typed {
            return Some((Closeness::Whole, 0));
        }
        if self.text.starts_with(typed) {
            return Some((Closeness::Begins, 0));
        }
        if self.text.contains(typed) {
            return Some((Closeness::Contains, 0));
        }
        if typed.is_ascii() {
            return self.sounds_like(typed).map(|closeness| (closeness, 0));
        }
        let signs: Vec<char> = typed.chars().collect();
        let own: Vec<char> = self.text.chars().collect();
        // 身份证丢了怎么补 says 身份证; one sign would be said by chance.
        if own.len() >= 2 && typed.contains(&self.text) {
            // The more of it, the better.
            let rest = u32::try_from(signs.len() - own.len()).unwrap_or(u32::MAX);
            return Some((Closeness::Contained, rest.min(STEP - 3)));
        }
        let mut rest = own.iter();
        if signs.len() >= 2 && signs.iter().all(|wanted| rest.any(|sign| sign == wanted)) {
            return Some((Closeness::InOrder, 0));
        }
        let pairs = signs.windows(2);
        let count = pairs.len();
        let shared = pairs.filter(|pair| own.windows(2).any(|other| other == *pair)).count();
        let alike = count >= 2 && shared * 2 >= count;
        let missing = u32::try_from(count - shared).unwrap_or(u32::MAX);
        alike.then_some((Closeness::Alike, missing.saturating_mul(4)))
    }

    fn sounds_like(&self, typed: &str) -> Option<Closeness> {
        if self.spelling.is_empty() {
            return None;
        }
        let at = pinyin::find(&self.spelling, typed)?;
        // Each syllable has at least its first letter: more would be left over.
        let longer = pinyin::find(&self.spelling, &format!("{typed}{typed}")).is_some();
        let syllables = self.spelling.split(' ').count();
        let by_initials = typed.chars().count() == syllables && !longer;
        Some(match at {
            0 if by_initials => Closeness::PinyinWhole,
            0 => Closeness::PinyinBegins,
            _ => Closeness::PinyinContains,
        })
    }

    fn latin(&self, typed: &str) -> Option<(Closeness, u32)> {
        if self.text == typed {
            return Some((Closeness::Whole, 0));
        }
        let begins =
            (0..self.words.len()).find(|first| self.words[*first..].concat().starts_with(typed))?;
        Some((if begins == 0 { Closeness::Begins } else { Closeness::Contains }, 0))
    }
}

/// How well something with these terms matches what was typed, the less the better; none
/// where it does not. An empty text matches everything alike.
pub fn rank(terms: &[Term], typed: &str, lang: Lang) -> Option<u32> {
    let words: Vec<String> = typed
        .split(|sign: char| sign.is_whitespace() || sign.is_ascii_punctuation() || is_wide(sign))
        .map(plain)
        .filter(|word| !word.is_empty())
        .collect();
    let whole = words.concat();
    if whole.is_empty() {
        return Some(0);
    }
    let best = |typed: &str| terms.iter().filter_map(|term| term.cost(typed, lang)).min();
    // What is said around it is left off where that helps, for a small price.
    let best_of_either = |typed: &str| {
        let bare = bare(typed);
        let bare = (bare != typed).then(|| best(bare)).flatten().map(|cost| cost + 3);
        best(typed).into_iter().chain(bare).min()
    };
    // Each of several words must be found, in whatever order.
    let apart = || words.iter().map(|word| best_of_either(word)).collect::<Option<Vec<_>>>();
    let apart = (words.len() > 1).then(apart).flatten().and_then(|costs| costs.into_iter().max());
    best_of_either(&whole).into_iter().chain(apart.map(|cost| cost + STEP)).min()
}

/// The text as it is compared: small letters, narrow figures, no blanks or punctuation.
fn plain(text: &str) -> String {
    let narrow = |sign: char| match sign {
        // Full-width forms of the printable ASCII signs.
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(sign) - u32::from('\u{ff01}') + u32::from('!')).unwrap_or(sign)
        }
        _ => sign,
    };
    text.chars()
        .map(narrow)
        .filter(|sign| sign.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Chinese punctuation and full-width signs that part words.
fn is_wide(sign: char) -> bool {
    matches!(sign, '\u{3000}'..='\u{303f}' | '，' | '？' | '！' | '；' | '：')
}

/// The text without what people say around what they want.
fn bare(typed: &str) -> &str {
    let mut rest = typed;
    loop {
        let shorter = BEFORE
            .iter()
            .find_map(|word| rest.strip_prefix(word))
            .or_else(|| AFTER.iter().find_map(|word| rest.strip_suffix(word)));
        match shorter {
            Some(shorter) if !shorter.is_empty() => rest = shorter,
            _ => return rest,
        }
    }
}

/// The longest beginning of the typed text that still finds something, by `finds`; none
/// where not even its first sign does.
pub fn longest_that_finds(typed: &str, finds: impl Fn(&str) -> bool) -> Option<&str> {
    let ends = typed.char_indices().map(|(at, _)| at).skip(1);
    let beginnings: Vec<&str> = ends.map(|end| &typed[..end]).collect();
    beginnings.into_iter().rev().find(|beginning| finds(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card() -> Vec<Term> {
        vec![
            Term::new(TermKind::Name, "社会保障卡补领", "she hui bao zhang ka bu ling".to_owned()),
            Term::new(TermKind::Name, "Social security card: replacement", String::new()),
            Term::new(TermKind::Alias, "社保卡丢了", "she bao ka diu le".to_owned()),
            Term::new(TermKind::Result, "社会保障卡", "she hui bao zhang ka".to_owned()),
        ]
    }

    fn cost(typed: &str) -> u32 {
        rank(&card(), typed, Lang::Zh).unwrap_or(u32::MAX)
    }

    #[test]
    fn the_closer_the_better() {
        let by_closeness = [
            "社会保障卡补领", // the whole name
            "社会保障",       // its beginning
            "保障卡",         // a part
            "shbzkbl",        // its initials
            "shbz",           // their beginning
            "bzk",            // a part of them
            "社保补领",       // in order, with others between
        ];
        for pair in by_closeness.windows(2) {
            assert!(cost(pair[0]) < cost(pair[1]), "{pair:?}: {} {}", cost(pair[0]), cost(pair[1]));
        }
        assert_eq!(rank(&card(), "食品", Lang::Zh), None);
        assert_eq!(rank(&card(), " ", Lang::Zh), Some(0));
    }

    #[test]
    fn what_is_said_around_it_does_not_count() {
        for typed in
            ["我要补社会保障卡", "请问社保卡丢了怎么办", "社会保障卡 补领", "补领，社会保障卡"]
        {
            assert!(rank(&card(), typed, Lang::Zh).is_some(), "{typed}");
        }
        assert_eq!(bare("我想申请办理低保"), "低保");
        assert_eq!(bare("办理"), "办理");
    }

    #[test]
    fn full_width_and_capitals_are_the_same_letters() {
        for typed in ["ＳＨＢＺＫ", "ShBzK", "sh bzk", "SHE HUI BAO"] {
            assert!(rank(&card(), typed, Lang::Zh).is_some(), "{typed}");
        }
    }

    #[test]
    fn english_begins_at_a_word_and_pinyin_comes_after_it() {
        let found = |typed, lang| rank(&card(), typed, lang).is_some();
        for typed in ["card", "social sec", "SOCIALSEC", "security card"] {
            assert!(found(typed, Lang::En) && found(typed, Lang::Zh), "{typed}");
        }
        assert!(!found("ard", Lang::En), "not from inside a word");
        assert!(
            rank(&card(), "s", Lang::En) < rank(&card(), "sh", Lang::En),
            "words before pinyin"
        );
    }

    #[test]
    fn a_text_that_finds_nothing_has_a_beginning_that_does() {
        let finds = |typed: &str| cost(typed) < u32::MAX;
        assert_eq!(longest_that_finds("shbq", finds), Some("shb"));
        assert_eq!(longest_that_finds("保障卡片", finds), Some("保障卡"));
        assert_eq!(longest_that_finds("qqq", finds), None);
    }
}
