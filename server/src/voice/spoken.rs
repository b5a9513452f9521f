//! Chinese as pinyin with the number of the tone after each syllable, which espeak-ng reads
//! correctly.

use std::fmt::Write as _;

use pinyin::ToPinyin;

/// Characters whose most common reading is not the one used in a hall.
const READINGS: [(char, &str); 4] =
    [('号', "hao4"), ('行', "hang2"), ('重', "chong2"), ('都', "du1")];

/// The first `limit` characters of a sentence in pinyin. Letters and digits are kept,
/// punctuation becomes pauses, and everything else is dropped, so that no text can be a command
/// to espeak-ng.
pub fn pinyin(sentence: &str, limit: usize) -> String {
    let mut spoken = String::new();
    for sign in sentence.chars().take(limit) {
        let reading =
            READINGS.iter().find(|(known, _)| *known == sign).map(|(_, reading)| *reading);
        if let Some(reading) = reading.or_else(|| Some(sign.to_pinyin()?.with_tone_num_end())) {
            let _ = write!(spoken, " {reading} ");
        } else if sign.is_ascii_alphanumeric() {
            spoken.push(sign);
        } else if "，。；：！？、,.;:!?".contains(sign) {
            spoken.push_str(", ");
        } else {
            spoken.push(' ');
        }
    }
    spoken.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ,", ",")
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
    fn no_text_commands_the_voice() {
        assert_eq!(pinyin("<a/>[[x]]\u{1}-f é", 99), "a x f");
        assert_eq!(pinyin("一二三", 2), "yi1 er4");
    }
}
