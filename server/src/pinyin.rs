//! The pinyin of Chinese names, by which a kiosk without a keyboard finds a matter:
//! 食品经营许可 is found by SPJYXK.
//!
//! A character with several readings has the one of the longest word in [`WORDS`] that contains
//! it, otherwise its most common one.

use pinyin::ToPinyin as _;

/// Words of service halls in which a character does not have its most common reading.
const WORDS: [(&str, &str); 42] = [
    ("银行", "yin hang"),
    ("行业", "hang ye"),
    ("同行", "tong hang"),
    ("重新", "chong xin"),
    ("重复", "chong fu"),
    ("重建", "chong jian"),
    ("重置", "chong zhi"),
    ("重办", "chong ban"),
    ("重庆", "chong qing"),
    ("给付", "ji fu"),
    ("给水", "ji shui"),
    ("供给", "gong ji"),
    ("补给", "bu ji"),
    ("会计", "kuai ji"),
    ("校验", "jiao yan"),
    ("校准", "jiao zhun"),
    ("调整", "tiao zheng"),
    ("调解", "tiao jie"),
    ("调剂", "tiao ji"),
    ("调节", "tiao jie"),
    ("延长", "yan chang"),
    ("长期", "chang qi"),
    ("长途", "chang tu"),
    ("长效", "chang xiao"),
    ("时长", "shi chang"),
    ("长江", "chang jiang"),
    ("退还", "tui huan"),
    ("返还", "fan huan"),
    ("归还", "gui huan"),
    ("偿还", "chang huan"),
    ("还款", "huan kuan"),
    ("没收", "mo shou"),
    ("首都", "shou du"),
    ("都市", "du shi"),
    ("成都", "cheng du"),
    ("厦门", "xia men"),
    ("西藏", "xi zang"),
    ("藏族", "zang zu"),
    ("畜牧", "xu mu"),
    ("畜产", "xu chan"),
    ("投降", "tou xiang"),
    ("音乐", "yin yue"),
];

/// The initials of a name in upper case: `SPJYXK`. Digits and Latin letters are kept;
/// everything else is left out.
#[cfg(test)]
pub fn initials(name_zh: &str) -> String {
    readings(name_zh)
        .iter()
        .filter_map(|reading| reading.chars().next())
        .map(|letter| letter.to_ascii_uppercase())
        .collect()
}

/// The full pinyin of a name in lower case, without tones, with spaces between syllables:
/// `shi pin jing ying xu ke`; ü is written v, as it is typed. Digits and Latin letters are kept;
/// everything else is left out.
pub fn spelling(name_zh: &str) -> String {
    readings(name_zh).join(" ")
}

/// The reading of each character, in order.
fn readings(name: &str) -> Vec<String> {
    let mut readings = Vec::new();
    let mut rest = name;
    while let Some(next) = rest.chars().next() {
        let word = WORDS.iter().filter(|(word, _)| rest.starts_with(word));
        if let Some((word, spelt)) = word.max_by_key(|(word, _)| word.len()) {
            readings.extend(spelt.split(' ').map(str::to_owned));
            rest = &rest[word.len()..];
            continue;
        }
        match next.to_pinyin() {
            Some(usual) => readings.push(usual.plain().replace('ü', "v")),
            None if next.is_ascii_alphanumeric() => {
                readings.push(next.to_ascii_lowercase().to_string());
            }
            None => {}
        }
        rest = &rest[next.len_utf8()..];
    }
    readings
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
            assert_eq!(spelling(name).replace(' ', ""), spelt, "{name}");
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
            ("社保待遇给付", "SBDYJF"),
            ("会计从业登记", "KJCYDJ"),
            ("社会救助", "SHJZ"),
            ("婚姻登记重办", "HYDJCB"),
            ("重大事项", "ZDSX"),
            ("许可延长", "XKYC"),
            ("校验", "JY"),
        ] {
            assert_eq!(initials(name), letters, "{name}");
        }
    }

    #[test]
    fn what_is_no_word_is_left_out() {
        assert_eq!(initials("A4 复印（24小时）、x光"), "A4FY24XSXG");
        assert_eq!(spelling("妇女·绿卡 No.1"), "fu nv lv ka n o 1");
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
