//! Text as people type and paste it, without what cannot be seen.
//!
//! Contacts, chats and spreadsheets put marks of direction and of joining around what is
//! copied from them. They would make two equal numbers different, and a mark of direction
//! within a name turns its characters around on a screen.

/// A text without control characters (except line breaks and tabs) and without characters
/// that draw nothing or change the direction of others. Variation selectors stay: they choose
/// the form of a rare character of a name. So do characters for private use, which old systems
/// have for such characters.
pub fn visible(typed: &str) -> String {
    typed.chars().filter(|c| !is_invisible(*c)).collect()
}

/// Whether [`visible`] leaves a character out.
///
/// The ranges are the characters of the categories Cc and Cf of Unicode 17, and those of the
/// property `Default_Ignorable_Code_Point` that are letters without a form.
pub fn is_invisible(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{ad}'
        | '\u{34f}'
        | '\u{600}'..='\u{605}'
        | '\u{61c}'
        | '\u{6dd}'
        | '\u{70f}'
        | '\u{890}'..='\u{891}'
        | '\u{8e2}'
        | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{110bd}'
        | '\u{110cd}'
        | '\u{13430}'..='\u{1343f}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e00ff}' => true,
        c => c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_left_out() {
        for (typed, kept) in [
            ("\u{202d}138 1234 5678\u{202c}", "138 1234 5678"),
            ("张\u{202e}伟", "张伟"),
            ("\u{feff}张伟\u{200b}", "张伟"),
            ("\u{2067}张\u{2069}\u{ad}\u{3164}\u{e0041}", "张"),
            ("两\u{0}行\u{7f}\u{85}\r\n都在\t", "两行\n都在\t"),
        ] {
            assert_eq!(visible(typed), kept, "{typed:?}");
        }
    }

    #[test]
    fn what_can_be_seen_stays() {
        for typed in [
            "阿卜杜热合曼·阿卜杜热依木",
            "𬀩䶮玥",
            "葛\u{e0100}城",
            "\u{e843}\u{e844}",
            "Siobhán O’Brien-Ñúñez",
            "محمد",
            "a\u{300}",
            "张　伟",
        ] {
            assert_eq!(visible(typed), typed, "{typed:?}");
        }
    }
}
