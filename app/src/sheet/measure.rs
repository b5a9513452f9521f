//! The width of texts, and where they may break. No font is available in the
//! browser's pure code, so widths come from a table of classes, each as wide as
//! its widest common character in the bold fonts we name: text measured here
//! never runs off the paper.

/// The width of a character in thousandths of its type size.
pub fn width_of(c: char) -> u32 {
    match c {
        ' ' => 240,
        '.' | ',' | ':' | ';' | '\'' | '!' | '|' | 'i' | 'j' | 'l' | 'I' => 340,
        '(' | ')' | '[' | ']' | '{' | '}' | '/' | '\\' | '-' | 'f' | 'r' | 't' | '"' | '*' => 520,
        '0'..='9' => 600,
        '%' | '@' | 'm' | 'w' | 'M' | 'W' => 1010,
        'A'..='Z' => 780,
        '!'..='~' | '–' | '\u{a0}'..='\u{24f}' => 640,
        _ => 1000,
    }
}

/// The width of a text of type size `size`, in the same unit.
pub fn width(text: &str, size: u32) -> u32 {
    (text.chars().map(width_of).sum::<u32>() * size).div_ceil(1000)
}

/// Breaks a text into rows no wider than `available_width`: Latin words whole
/// if they fit, Chinese between any two characters, never before a closing mark
/// or after an opening one. After `max_rows` rows the rest is cut off with an
/// ellipsis.
pub fn wrap(text: &str, size: u32, available_width: u32, max_rows: usize) -> Vec<String> {
    let mut rows = vec![String::new()];
    for piece in pieces(text) {
        let row = rows.last().map_or("", String::as_str);
        if width(&format!("{row}{}", piece.trim_end()), size) <= available_width {
            push(&mut rows, piece);
        } else if width(piece.trim_end(), size) <= available_width {
            rows.push(piece.trim_start().to_owned());
        } else {
            for c in piece.chars() {
                let row = rows.last().map_or("", String::as_str);
                if width(row, size) + width(c.encode_utf8(&mut [0; 4]), size) > available_width {
                    rows.push(String::new());
                }
                push(&mut rows, c.encode_utf8(&mut [0; 4]));
            }
        }
    }
    let mut rows: Vec<String> =
        rows.into_iter().map(|row| row.trim().to_owned()).filter(|row| !row.is_empty()).collect();
    if rows.len() > max_rows {
        rows.truncate(max_rows);
        if let Some(last) = rows.last_mut() {
            while width(last, size) + size > available_width && last.pop().is_some() {}
            last.truncate(last.trim_end().len());
            last.push('…');
        }
    }
    rows
}

fn push(rows: &mut [String], text: &str) {
    if let Some(row) = rows.last_mut() {
        row.push_str(text);
    }
}

/// The pieces between which a row may end; each keeps the space after it.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        if before.is_some_and(|before| may_break(before, c)) {
            pieces.push(&text[from..at]);
            from = at;
        }
        before = Some(c);
    }
    pieces.push(&text[from..]);
    pieces
}

fn may_break(before: char, after: char) -> bool {
    let opens = |c| "（([《〈「『【“‘".contains(c);
    let closes = |c| "）)]》〉」』】”’、，。；：！？…,.;:!?%·".contains(c);
    let wide = |c| width_of(c) == 1000;
    if opens(before) || closes(after) || after == ' ' {
        return false;
    }
    before == ' ' || wide(before) || wide(after) || before == '/' || before == '-'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_breaks_anywhere_but_before_a_closing_mark() {
        let rows = wrap("个体工商户登记(备案)申请书、经营者", 10, 110, 9);
        assert_eq!(rows.concat(), "个体工商户登记(备案)申请书、经营者");
        for row in &rows {
            assert!(width(row, 10) <= 110, "{row}");
            assert!(!row.starts_with(['、', ')', '）']), "{row}");
            assert!(!row.ends_with(['(', '（']), "{row}");
        }
    }

    #[test]
    fn latin_words_stay_whole_where_they_fit() {
        assert_eq!(wrap("Food business licence", 10, 70, 9), ["Food", "business", "licence"]);
        let long = wrap("Donaudampfschifffahrtsgesellschaft", 10, 60, 99);
        assert_eq!(long.concat(), "Donaudampfschifffahrtsgesellschaft");
        assert!(long.iter().all(|row| width(row, 10) <= 60), "{long:?}");
    }

    #[test]
    fn what_is_cut_says_so() {
        let rows = wrap("城镇污水排入排水管网许可", 10, 50, 2);
        assert_eq!(rows, ["城镇污水排", "入排水管…"]);
        assert_eq!(wrap("城镇污水排入排水管网", 10, 50, 2), ["城镇污水排", "入排水管网"]);
    }

    #[test]
    fn nothing_is_no_row_and_no_room_still_ends() {
        assert!(wrap("", 10, 50, 2).is_empty());
        assert!(wrap("  ", 10, 50, 2).is_empty());
        assert!(wrap("号A", 10, 0, 3).len() <= 3);
    }
}
