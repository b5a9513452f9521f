//! Chinese characters for who has no keyboard: by pinyin, by their parts, or by their number.
//! Names have characters that no keyboard of a kiosk could hold.
//!
//! `unihan.tsv` is made of Unicode's Unihan 14.0 (licence Unicode-3.0): the character; its
//! readings without tones, each with how often it is used (`kHanyuPinlu`), rare ones with a
//! question mark; radical and further strokes; all strokes; its class of phonetics; and its level
//! in GB 2312.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The most that are found: some pages of a kiosk.
pub const MOST: usize = 96;
/// The most that can be asked: a long syllable, a number, some parts.
pub const LONGEST: usize = 12;

struct Character {
    sign: char,
    readings: &'static str,
    radical: u16,
    /// Strokes beside the radical; none or fewer for the forms of the radical itself.
    further: i16,
    strokes: i16,
    phonetic: &'static str,
    /// In GB 2312: the first has the most used characters; [`NO_LEVEL`] for all others.
    level: u8,
}

const NO_LEVEL: u8 = 9;

/// How a character is read.
struct Reading {
    sound: &'static str,
    rare: bool,
    /// How often, in some millions of words.
    used: u32,
}

impl Character {
    fn readings(&self) -> impl Iterator<Item = Reading> {
        self.readings.split(' ').map(|written| {
            let (rare, written) = match written.strip_prefix('?') {
                Some(rare) => (true, rare),
                None => (false, written),
            };
            let (sound, used) = written.split_once(':').unwrap_or((written, "0"));
            Reading { sound, rare, used: used.parse().unwrap_or_default() }
        })
    }

    fn used(&self) -> u32 {
        self.readings().map(|reading| reading.used).max().unwrap_or_default()
    }
}

struct Dictionary {
    /// The most used first.
    characters: Vec<Character>,
    places: BTreeMap<char, usize>,
}

static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| {
    let lines = include_str!("unihan.tsv").lines();
    let mut characters: Vec<Character> = lines.filter_map(character).collect();
    characters.sort_by_key(|one| (one.level, Reverse(one.used()), one.sign));
    let places = characters.iter().enumerate().map(|(place, one)| (one.sign, place)).collect();
    Dictionary { characters, places }
});

fn character(line: &'static str) -> Option<Character> {
    let mut fields = line.split('\t');
    let mut sign = fields.next()?.chars();
    let readings = fields.next()?;
    let (radical, further) = fields.next()?.split_once('.')?;
    Some(Character {
        sign: sign.next()?,
        readings,
        radical: radical.parse().ok()?,
        further: further.parse().ok()?,
        strokes: fields.next()?.parse().ok()?,
        phonetic: fields.next().unwrap_or_default(),
        level: fields.next().and_then(|level| level.parse().ok()).unwrap_or(NO_LEVEL),
    })
}

/// The characters that are meant, the likeliest first: `yue` by its reading, `王月` by its
/// parts, `U+73A5` or `U73A5` by its number.
pub fn find(asked: &str) -> Vec<char> {
    let asked = asked.trim();
    let short = asked.chars().count() <= LONGEST;
    if !short || asked.is_empty() {
        return Vec::new();
    }
    if let Some(sign) = by_number(asked) {
        return vec![sign];
    }
    let typed = asked.to_lowercase().replace('ü', "v");
    if typed.is_ascii() { by_reading(&typed) } else { by_parts(asked) }
}

/// The surnames that most people have, roughly as the Ministry of Public Security counted them in
/// 2020.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡\
                        蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江\
                        尹薛闫雷龙史贺陶黎段顾郝毛邵万覃武钱戴严莫孔向常汤康";

/// Puts usual surnames before the other characters, the most usual first.
pub fn surnames_first(found: &mut [char]) {
    found.sort_by_key(|sign| SURNAMES.chars().position(|name| name == *sign).unwrap_or(usize::MAX));
}

fn by_number(asked: &str) -> Option<char> {
    let hex = asked.strip_prefix(['U', 'u'])?;
    let hex = hex.strip_prefix('+').unwrap_or(hex);
    let sign = char::from_u32(u32::from_str_radix(hex, 16).ok()?)?;
    DICTIONARY.places.contains_key(&sign).then_some(sign)
}

/// Whole syllables before beginnings of longer ones, usual readings before rare ones, and
/// then by how often they are used.
fn by_reading(typed: &str) -> Vec<char> {
    let mut found: Vec<_> = DICTIONARY
        .characters
        .iter()
        .enumerate()
        .filter_map(|(place, one)| {
            let fitting = one.readings().filter(|reading| reading.sound.starts_with(typed));
            let rank = |reading: Reading| {
                let longer = reading.sound != typed;
                (longer, reading.rare, one.level == NO_LEVEL, Reverse(reading.used))
            };
            Some((fitting.map(rank).min()?, place))
        })
        .collect();
    found.sort_unstable();
    found.into_iter().take(MOST).map(|(_, place)| DICTIONARY.characters[place].sign).collect()
}

/// One part is the radical, and the others have as many strokes as there are beside it. Most
/// characters sound like what is beside their radical (月 in 玥): these come first.
fn by_parts(asked: &str) -> Vec<char> {
    let parts: Option<Vec<&Character>> = asked
        .chars()
        .map(|sign| Some(&DICTIONARY.characters[*DICTIONARY.places.get(&sign)?]))
        .collect();
    let Some(parts) = parts.filter(|parts| parts.len() > 1) else { return Vec::new() };
    let mut found: Vec<(u8, usize)> = Vec::new();
    for (place, one) in DICTIONARY.characters.iter().enumerate() {
        let closeness = (0..parts.len()).filter_map(|at| closeness(one, &parts, at)).min();
        found.extend(closeness.map(|closeness| (closeness, place)));
    }
    found.sort_unstable();
    found.into_iter().take(MOST).map(|(_, place)| DICTIONARY.characters[place].sign).collect()
}

/// How close a character is to the parts with this one of them as its radical: 0 is closest.
fn closeness(one: &Character, parts: &[&Character], radical: usize) -> Option<u8> {
    let form = parts[radical];
    if form.further > 0 || form.radical != one.radical || parts.iter().any(|p| p.sign == one.sign) {
        return None;
    }
    let beside = || parts.iter().enumerate().filter(|(at, _)| *at != radical).map(|(_, part)| part);
    if beside().map(|part| part.strokes).sum::<i16>() != one.further {
        return None;
    }
    let sounds = |part: &Character| {
        part.readings().any(|reading| one.readings().any(|own| own.sound == reading.sound))
    };
    let related = |part: &Character| !part.phonetic.is_empty() && part.phonetic == one.phonetic;
    Some(u8::from(!beside().any(|part| sounds(part) || related(part))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_finds_the_most_used_first() {
        let found = find("wang");
        assert!(found[..8].contains(&'王') && found[..8].contains(&'网'), "{found:?}");
        assert!(find("Zhang")[..3].contains(&'张'));
        let mut first = find("li");
        surnames_first(&mut first);
        assert_eq!(first[..2], ['李', '黎'], "as the first of a name");
        assert_eq!(first[2], find("li")[0], "the others stay in their order");
        assert!(find("yue").contains(&'玥'), "a name that a keyboard of 6,763 lacks");
        assert!(find("lv")[..16].contains(&'吕'), "{:?}", find("lv"));
        assert!(find("zhu")[..16].contains(&'竹'), "whole syllables first");
        assert_eq!(find("zh").len(), MOST, "by its beginning");
    }

    #[test]
    fn parts_find_what_no_keyboard_has() {
        for (parts, sign) in [("王月", '玥'), ("月王", '玥'), ("王文", '玟'), ("氵林", '淋')]
        {
            let found = find(parts);
            assert!(found[..found.len().min(12)].contains(&sign), "{parts}: {found:?}");
        }
    }

    #[test]
    fn every_character_has_its_number() {
        assert_eq!(find("U+73A5"), ['玥']);
        assert_eq!(find("u20000"), ['\u{20000}'], "beyond the basic plane");
        assert!(find("U+0041").is_empty(), "no Chinese character");
    }

    #[test]
    fn nonsense_finds_nothing() {
        for asked in ["", " ", "xxxx", "王", "👍月", "U+FFFFFFFF", "wangwangwangwang"] {
            assert!(find(asked).is_empty(), "{asked}");
        }
    }
}
