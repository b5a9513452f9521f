//! The sentence spoken when a number is called, the same by the browser's voice
//! and the server's.

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// `请 A 零 一 二 号，到 一号窗口` for `A012` and `1号窗口`: Chinese, with all numbers in
/// characters, so that no voice has to guess how to read them.
///
/// A ticket's digits are read one by one, as is usual in halls: `A012` is four
/// signs on the slip, and visitors listen for four. One is 一 and not 幺, which
/// belongs to telephone numbers and is not understood everywhere. The letter is
/// followed by a space, or voices would join it to the digits. A counter's
/// number is read as a number: `12号窗口` is 十二号窗口.
pub fn sentence(number: &str, counter_name: &str) -> String {
    let called: Vec<String> = number
        .chars()
        .filter(|sign| sign.is_alphanumeric())
        .map(|sign| digit(sign).unwrap_or(sign).to_string())
        .collect();
    format!("请 {} 号，到 {}", called.join(" "), spoken_counter(counter_name))
}

/// The number that one sign stands for: a figure of either width, or one in a circle,
/// brackets or with a full stop, as people name counters: `２号`, `③号`, `⑵号`, `Ⅳ号`.
fn number_sign(sign: char) -> Option<u32> {
    let from = |first: char, one: u32| u32::from(sign) - u32::from(first) + one;
    Some(match sign {
        '0'..='9' => from('0', 0),
        '０'..='９' => from('０', 0),
        '①'..='⑳' => from('①', 1),
        '⑴'..='⒇' => from('⑴', 1),
        '⒈'..='⒛' => from('⒈', 1),
        '㉑'..='㉟' => from('㉑', 21),
        '㊱'..='㊿' => from('㊱', 36),
        '❶'..='❿' => from('❶', 1),
        '➀'..='➉' => from('➀', 1),
        '➊'..='➓' => from('➊', 1),
        '⓫'..='⓴' => from('⓫', 11),
        'Ⅰ'..='Ⅻ' => from('Ⅰ', 1),
        'ⅰ'..='ⅻ' => from('ⅰ', 1),
        '㈠'..='㈩' => from('㈠', 1),
        '㊀'..='㊉' => from('㊀', 1),
        '⓪' | '⓿' => 0,
        _ => return None,
    })
}

fn digit(sign: char) -> Option<char> {
    DIGITS.get(usize::try_from(sign.to_digit(10)?).ok()?).copied()
}

/// The name, with each run of digits read as a number up to 99, and digit by
/// digit beyond. Letters of full width are made plain, since no voice says them.
fn spoken_counter(name: &str) -> String {
    let mut spoken = String::new();
    let mut digits = String::new();
    for sign in name.chars().chain([' ']) {
        if let Some(number) = number_sign(sign) {
            digits.push_str(&number.to_string());
            continue;
        }
        if !digits.is_empty() {
            spoken.push_str(&spoken_digits(&digits));
            digits.clear();
        }
        spoken.push(match sign {
            'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
                char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign)
            }
            sign => sign,
        });
    }
    spoken.trim().to_owned()
}

fn spoken_digits(digits: &str) -> String {
    match digits.parse::<usize>() {
        Ok(small @ 0..=9) => DIGITS[small].to_string(),
        Ok(value @ 10..=99) => {
            let tens = if value < 20 { String::new() } else { DIGITS[value / 10].to_string() };
            let ones = if value % 10 == 0 { String::new() } else { DIGITS[value % 10].to_string() };
            format!("{tens}十{ones}")
        }
        _ => digits.chars().filter_map(digit).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_sign_by_sign_and_a_counter_as_a_number() {
        assert_eq!(sentence("A012", "1号窗口"), "请 A 零 一 二 号，到 一号窗口");
        assert_eq!(sentence("C1000", "12号窗口"), "请 C 一 零 零 零 号，到 十二号窗口");
        assert_eq!(sentence("B120", "20号窗口"), "请 B 一 二 零 号，到 二十号窗口");
        assert_eq!(sentence("B120", "30"), "请 B 一 二 零 号，到 三十");
        assert_eq!(sentence("D007", "二楼108室"), "请 D 零 零 七 号，到 二楼一零八室");
        assert_eq!(sentence("E001", "综合窗口"), "请 E 零 零 一 号，到 综合窗口");
        for (name, said) in [
            ("２号窗口", "二号窗口"),
            ("１２号窗口", "十二号窗口"),
            ("③号窗口", "三号窗口"),
            ("⑫窗口", "十二窗口"),
            ("㉑号", "二十一号"),
            ("⑵号窗口", "二号窗口"),
            ("❸号窗口", "三号窗口"),
            ("Ⅳ号厅", "四号厅"),
            ("㈡号窗口", "二号窗口"),
            ("Ｂ３窗口", "B三窗口"),
        ] {
            assert_eq!(sentence("A001", name), format!("请 A 零 零 一 号，到 {said}"));
        }
    }

    #[test]
    fn nothing_but_words_is_said() {
        assert_eq!(sentence("A<0\n1", "\u{661f}"), "请 A 零 一 号，到 星");
    }
}
