//! Chinese as pinyin with the tone's number after each syllable, which is how
//! espeak-ng reads it right.

use std::fmt::Write as _;

use pinyin::ToPinyin;

/// Where the commonest reading of a character is not the one a hall means.
const READINGS: [(char, &str); 4] =
    [('号', "hao4"), ('行', "hang2"), ('重', "chong2"), ('都', "du1")];

/// The sentence's first `most` signs in pinyin. Letters and figures stay, marks
/// become pauses, and nothing else is left, so that no text can be a command
/// to the voice.
pub fn pinyin(sentence: &str, most: usize) -> String {
    let mut spoken = String::new();
    for sign in sentence.chars().take(most) {
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
