//! The pinyin of Chinese names, by which a kiosk without a keyboard finds a matter
//! (食品经营许可 is found by SPJYXK), and from which the voice reads them.
//!
//! A character with several readings has that of the word it is in: of the longest word of
//! [`WORDS`] that contains it, otherwise of a dictionary of 400,000 words, otherwise its most
//! common one. People do not always know which is right, so that a search takes any reading.

use pinyin::{Converter, Pinyin, ToneStyle};

/// Words of service halls that the dictionary lacks or reads otherwise.
const WORDS: [(&str, &str); 21] = [
    ("长护", "chang2 hu4"),
    ("长效", "chang2 xiao4"),
    ("延长", "yan2 chang2"),
    ("许可延长", "xu3 ke3 yan2 chang2"),
    ("还款", "huan2 kuan3"),
    ("还贷", "huan2 dai4"),
    ("重办", "chong2 ban4"),
    ("重置", "chong2 zhi4"),
    ("重领", "chong2 ling3"),
    ("重打", "chong2 da3"),
    ("重印", "chong2 yin4"),
    ("重审", "chong2 shen3"),
    ("给付", "ji3 fu4"),
    ("给水", "ji3 shui3"),
    ("供给", "gong1 ji3"),
    ("调价", "tiao2 jia4"),
    ("调休", "tiao2 xiu1"),
    ("参保", "can1 bao3"),
    ("应税", "ying1 shui4"),
    ("行长", "hang2 zhang3"),
    ("号", "hao4"),
];

/// One character of a text, as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sound {
    pub character: char,
    /// The reading with the number of its tone at the end: `xing2`, and v for ü: `lv4`. None
    /// of what is no Chinese character.
    pub reading: Option<String>,
}

/// Each character of a text with its reading.
pub fn sounds(text: &str) -> Vec<Sound> {
    let mut sounds = Vec::new();
    // What is before the next of our words, which the dictionary reads.
    let mut between = String::new();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let word = WORDS.iter().filter(|(word, _)| rest.starts_with(word));
        if let Some((word, read)) = word.max_by_key(|(word, _)| word.len()) {
            sounds.extend(by_dictionary(&std::mem::take(&mut between)));
            let readings = read.split(' ').map(|reading| Some(reading.to_owned()));
            sounds.extend(
                word.chars().zip(readings).map(|(character, reading)| Sound { character, reading }),
            );
            rest = &rest[word.len()..];
        } else {
            between.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    sounds.extend(by_dictionary(&between));
    sounds
}

fn by_dictionary(text: &str) -> Vec<Sound> {
    let mut sounds = Vec::new();
    let result = Converter::new(text).with_tone_style(ToneStyle::Number).yu_to_v().convert();
    for (word, read) in result.words().iter().zip(result.iter()) {
        let readings: Vec<&str> = read.split(' ').collect();
        let characters = word.text.chars();
        if readings.len() == characters.clone().count() && characters.clone().all(is_chinese) {
            let readings = readings.iter().map(|reading| Some(with_tone(reading)));
            sounds.extend(
                characters.zip(readings).map(|(character, reading)| Sound { character, reading }),
            );
        } else {
            // What is no Chinese comes back as it is.
            sounds.extend(characters.map(|character| Sound { character, reading: None }));
        }
    }
    sounds
}

fn is_chinese(character: char) -> bool {
    matches!(
        character,
        '〇' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}'
    )
}

/// A reading with its tone: the neutral one, which the dictionary leaves out, is the fifth.
fn with_tone(reading: &str) -> String {
    let has_tone = reading.ends_with(|c: char| c.is_ascii_digit());
    if has_tone { reading.to_owned() } else { format!("{reading}5") }
}

/// The initials of a name in upper case: `SPJYXK`. Digits and Latin letters are kept;
/// everything else is left out.
#[cfg(test)]
pub fn initials(name_zh: &str) -> String {
    syllables(name_zh)
        .iter()
        .filter_map(|readings| readings.first()?.chars().next())
        .map(|letter| letter.to_ascii_uppercase())
        .collect()
}

/// The full pinyin of a name in lower case, without tones, with spaces between syllables:
/// `shi pin jing ying xu ke`; ü is written v, as it is typed. A character with several
/// readings has them all, the right one first: `chang/zhang hu xian`. Digits and Latin
/// letters are kept; everything else is left out.
pub fn spelling(name_zh: &str) -> String {
    let syllables: Vec<String> =
        syllables(name_zh).iter().map(|readings| readings.join("/")).collect();
    syllables.join(" ")
}

/// The readings of each character, the right one first, without tones.
fn syllables(name: &str) -> Vec<Vec<String>> {
    let syllables = sounds(name).into_iter().map(|Sound { character, reading }| match reading {
        Some(reading) => {
            let mut readings =
                vec![reading.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned()];
            for other in heteronyms(character) {
                if !readings.contains(&other) {
                    readings.push(other);
                }
            }
            readings
        }
        None if character.is_ascii_alphanumeric() => {
            vec![character.to_ascii_lowercase().to_string()]
        }
        None => Vec::new(),
    });
    syllables.filter(|readings| !readings.is_empty()).collect()
}

/// All readings of a character, without tones; none if it has but one.
fn heteronyms(character: char) -> Vec<String> {
    let found = Pinyin::heteronym(character.encode_utf8(&mut [0; 4]));
    let readings = found.into_iter().flat_map(|(_, readings)| readings);
    readings
        .map(|reading| reading.chars().map(without_tone).collect::<String>())
        .filter(|reading| reading.bytes().all(|b| b.is_ascii_lowercase()) && !reading.is_empty())
        .collect()
}

/// A letter of a reading without the mark of its tone.
const fn without_tone(letter: char) -> char {
    match letter {
        'ā' | 'á' | 'ǎ' | 'à' => 'a',
        'ē' | 'é' | 'ě' | 'è' | 'ê' => 'e',
        'ī' | 'í' | 'ǐ' | 'ì' => 'i',
        'ō' | 'ó' | 'ǒ' | 'ò' => 'o',
        'ū' | 'ú' | 'ǔ' | 'ù' => 'u',
        'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' | 'ü' => 'v',
        'ń' | 'ň' | 'ǹ' => 'n',
        letter => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hall_file::{DEMO, read};

    /// Every matter of the demo, checked by a reader of Chinese.
    const MATTERS: [(&str, &str, &str); 20] = [
        ("食品经营许可(新办)", "SPJYXKXB", "shipinjingyingxukexinban"),
        ("食品小经营店备案变更", "SPXJYDBABG", "shipinxiaojingyingdianbeianbiangeng"),
        ("个体工商户设立登记", "GTGSHSLDJ", "getigongshanghushelidengji"),
        ("个体工商户注销登记", "GTGSHZXDJ", "getigongshanghuzhuxiaodengji"),
        ("公共场所卫生许可", "GGCSWSXK", "gonggongchangsuoweishengxuke"),
        ("城镇污水排入排水管网许可", "CZWSPRPSGWXK", "chengzhenwushuipairupaishuiguanwangxuke"),
        ("林木采伐许可", "LMCFXK", "linmucaifaxuke"),
        ("户外招牌设置", "HWZPSZ", "huwaizhaopaishezhi"),
        ("临时占用道路", "LSZYDL", "linshizhanyongdaolu"),
        ("劳务派遣经营许可", "LWPQJYXK", "laowupaiqianjingyingxuke"),
        ("社会保障卡制发", "SHBZKZF", "shehuibaozhangkazhifa"),
        ("社会保障卡补领", "SHBZKBL", "shehuibaozhangkabuling"),
        ("社会保险参保证明打印", "SHBXCBZMDY", "shehuibaoxiancanbaozhengmingdayin"),
        ("失业登记", "SYDJ", "shiyedengji"),
        ("高龄津贴申请", "GLJTSQ", "gaolingjintieshenqing"),
        ("最低生活保障申请", "ZDSHBZSQ", "zuidishenghuobaozhangshenqing"),
        ("残疾人证办理", "CJRZBL", "canjirenzhengbanli"),
        ("国内婚姻登记", "GNHYDJ", "guoneihunyindengji"),
        ("居民身份证换领", "JMSFZHL", "juminshenfenzhenghuanling"),
        ("居民身份证补领", "JMSFZBL", "juminshenfenzhengbuling"),
    ];

    #[test]
    fn the_matters_of_the_demo_are_spelt_right() {
        for (name, letters, spelt) in MATTERS {
            assert_eq!(initials(name), letters, "{name}");
            let right: String = syllables(name).iter().map(|readings| &*readings[0]).collect();
            assert_eq!(right, spelt, "{name}");
            assert!(jiban_domain::pinyin::find(&spelling(name), spelt) == Some(0), "{name}");
        }
        let demo = read(DEMO).unwrap();
        for matter in demo.halls.iter().flat_map(|hall| &hall.matters) {
            assert!(MATTERS.iter().any(|(name, ..)| *name == matter.name.zh), "{}", matter.name.zh);
        }
    }

    #[test]
    fn a_character_sounds_as_its_word_does() {
        for (name, letters) in [
            ("银行开户许可", "YHKHXK"),
            ("行政许可执行", "XZXKZX"),
            ("行长", "HZ"),
            ("社保待遇给付", "SBDYJF"),
            ("会计从业登记", "KJCYDJ"),
            ("社会救助", "SHJZ"),
            ("婚姻登记重办", "HYDJCB"),
            ("重大事项", "ZDSX"),
            ("许可延长", "XKYC"),
            ("校验", "JY"),
            ("长护险待遇申领", "CHXDYSL"),
            ("重阳节慰问金申领", "CYJWWJSL"),
            ("人民调解", "RMTJ"),
            ("公积金还款", "GJJHK"),
        ] {
            assert_eq!(initials(name), letters, "{name}");
        }
    }

    #[test]
    fn a_name_is_found_by_either_reading() {
        use jiban_domain::pinyin::find;
        for (name, typed) in [
            ("长护险待遇申领", ["chx", "zhx", "changhu", "zhanghu"]),
            ("重阳节慰问金", ["cyj", "zyj", "chongyang", "zhongyang"]),
            ("人民调解", ["rmtj", "rmdj", "renmintiaojie", "renmindiaojie"]),
            ("银行开户", ["yhkh", "yxkh", "yinhang", "yinxing"]),
            ("会计人员登记", ["kjry", "hjry", "kuaiji", "huiji"]),
            ("绿化占用", ["lhzy", "lvhua", "lvhuazhan", "lvh"]),
        ] {
            for typed in typed {
                assert_eq!(find(&spelling(name), typed), Some(0), "{name} {typed}");
            }
        }
    }

    #[test]
    fn what_is_no_word_is_left_out() {
        assert_eq!(initials("A4 复印（24小时）、x光"), "A4FY24XSXG");
        let right = |name: &str| -> Vec<String> {
            syllables(name).into_iter().map(|mut readings| readings.remove(0)).collect()
        };
        assert_eq!(right("妇女·绿卡 No.1").join(" "), "fu nv lv ka n o 1");
        assert_eq!(initials("，。!🙂"), "");
        assert_eq!(initials(""), "");
    }

    #[test]
    fn every_word_has_a_sound_for_each_character() {
        for (word, spelt) in WORDS {
            assert_eq!(word.chars().count(), spelt.split(' ').count(), "{word}");
        }
    }
}
