//! What people call their files: `C:\\Users\\王\\身份证 正面.jpg`, `wx_camera_1764.jpg`.

/// The most characters of a name.
const MOST: usize = 80;

/// A name as it is shown beside a file: without the folders before it, signs that are not
/// seen or turn what follows, and the middle of a name that is too long. Its end says more.
/// It names no file here, and says nothing about the content.
pub fn sent_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let seen: String = last.chars().filter(|sign| !is_unseen(*sign)).collect();
    let name: Vec<char> = seen.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect();
    if name.len() <= MOST {
        return name.into_iter().collect();
    }
    let half = MOST / 2;
    name[..half - 1].iter().chain(&['…']).chain(&name[name.len() - half..]).collect()
}

fn is_unseen(sign: char) -> bool {
    let of_spaces = sign.is_whitespace();
    (sign.is_control() && !of_spaces)
        || matches!(sign, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(sign, '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
        || matches!(sign, '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::sent_name;

    #[test]
    fn a_name_is_what_people_read_of_it() {
        for (sent, name) in [
            ("身份证 正面.jpg", "身份证 正面.jpg"),
            ("C:\\Users\\王\\扫描 1.pdf", "扫描 1.pdf"),
            ("../../etc/passwd", "passwd"),
            ("photo\u{202e}gpj.exe", "photogpj.exe"),
            ("a\0b\r\nc\u{200b}.png", "ab c.png"),
            ("   ", ""),
            ("folder/", ""),
        ] {
            assert_eq!(sent_name(sent), name, "{sent:?}");
        }
        let long = sent_name(&format!("{}.jpg", "长".repeat(300)));
        assert_eq!(long.chars().count(), 80);
        assert!(long.ends_with("长.jpg") && long.contains('…'));
    }
}
