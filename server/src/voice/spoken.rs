//! Chinese as pinyin with the number of the tone after each syllable, which espeak-ng reads
//! correctly.

use std::fmt::Write as _;

use crate::pinyin::{Sound, sounds};

/// The first `limit` characters of a sentence in pinyin. Letters and digits are kept,
/// punctuation becomes pauses, and everything else is dropped, so that no text can be a command
/// to espeak-ng.
pub fn pinyin(sentence: &str, limit: usize) -> String {
    let sentence: String = sentence.chars().take(limit).collect();
    let mut spoken = String::new();
    for Sound { character, reading } in sounds(&sentence) {
        match reading {
            Some(reading) => {
                let _ = write!(spoken, " {reading} ");
            }
            None if character.is_ascii_alphanumeric() => spoken.push(character),
            None if "，。；：！？、,.;:!?".contains(character) => spoken.push_str(", "),
            None => spoken.push(' '),
        }
    }
    spoken.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ,", ",")
}

/// The first `limit` characters of a sentence that espeak-ng reads as it is written: letters,
/// digits and punctuation. Everything else is dropped, so that no text can be a command to it.
pub fn plain(sentence: &str, limit: usize) -> String {
    let kept = sentence.chars().take(limit).map(|sign| {
        let said = sign.is_alphanumeric() || "'’-%°，。；：！？、,.;:!?".contains(sign);
        if said { sign } else { ' ' }
    });
    kept.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_spelled_as_it_is_said() {
        assert_eq!(
            pinyin("请 A 零 一 二 号，到 一号窗口", 99),
            "qing3 A ling2 yi1 er4 hao4, dao4 yi1 hao4 chuang1 kou3"
        );
    }

    #[test]
    fn a_character_is_said_as_its_word_is() {
        for (name, said) in [
            ("行政审批窗口", "xing2 zheng4 shen3 pi1 chuang1 kou3"),
            ("重点项目窗口", "zhong4 dian3 xiang4 mu4 chuang1 kou3"),
            ("银行业务窗口", "yin2 hang2 ye4 wu4 chuang1 kou3"),
            ("行驶证窗口", "xing2 shi3 zheng4 chuang1 kou3"),
            ("长护险窗口", "chang2 hu4 xian3 chuang1 kou3"),
            ("会计窗口", "kuai4 ji4 chuang1 kou3"),
            ("重阳慰问窗口", "chong2 yang2 wei4 wen4 chuang1 kou3"),
            ("人民调解室", "ren2 min2 tiao2 jie3 shi4"),
            ("税率窗口", "shui4 lv4 chuang1 kou3"),
            ("都江堰厅", "du1 jiang1 yan4 ting1"),
        ] {
            assert_eq!(pinyin(name, 99), said, "{name}");
        }
    }

    #[test]
    fn no_text_commands_the_voice() {
        assert_eq!(pinyin("<a/>[[x]]\u{1}-f é", 99), "a x f");
        assert_eq!(pinyin("一二三", 2), "yi1 er4");
        assert_eq!(plain("<a/>[[x]]\u{1} Don't, 5 % é", 99), "a x Don't, 5 % é");
        assert_eq!(plain("one two", 3), "one");
    }
}
