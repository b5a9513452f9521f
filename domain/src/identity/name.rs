//! Names of persons and businesses.

use crate::text;
use crate::text::Text;
use crate::typed;

/// The most characters of a name. Foreign companies have sixty Latin letters and more.
const LONGEST: usize = 120;
/// Dots between the parts of a name, as different keyboards write them.
const DOTS: &str = "·•・‧∙⋅․.．。";

/// A name of a person or business: trimmed, with single spaces, and without what cannot be
/// seen.
///
/// # Errors
/// It is empty, too long, or has characters that no name has.
pub fn name(typed: &str) -> Result<String, Text> {
    let visible = typed::visible(typed);
    let name = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    let long = name.chars().count();
    if long == 0 {
        return Err(Text::new("请填写姓名或名称。", "Enter the name."));
    }
    if long > LONGEST {
        return Err(text!(
            "名称不超过 {LONGEST} 个字，现为 {long} 个。"
                | "A name has at most {LONGEST} characters, not {long}."
        ));
    }
    if let Some(wrong) = name.chars().find(|c| "<>{}\\".contains(*c)) {
        return Err(text!("姓名或名称中不能有“{wrong}”。" | "A name cannot contain \"{wrong}\"."));
    }
    Ok(name)
}

/// Whether two names are of the same person or business: spaces, kinds of dots, kinds of
/// brackets and the case of letters do not count.
pub fn same_name(one: &str, other: &str) -> bool {
    let plain = |name: &str| -> String {
        super::normalise(name).chars().filter(|c| !DOTS.contains(*c)).collect()
    };
    plain(one) == plain(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_as_it_is_written() {
        for (typed, kept) in [
            (" 张 伟 ", "张 伟"),
            ("张　　伟", "张 伟"),
            ("张\u{202e}伟\u{200b}", "张伟"),
            ("阿卜杜热合曼·阿卜杜热依木", "阿卜杜热合曼·阿卜杜热依木"),
            ("𬀩䶮", "𬀩䶮"),
            (
                "Mitsubishi Heavy Industries Thermal Systems (Shanghai) Trading Co., Ltd. Beijing Br.",
                "Mitsubishi Heavy Industries Thermal Systems (Shanghai) Trading Co., Ltd. Beijing Br.",
            ),
        ] {
            assert_eq!(name(typed).as_deref(), Ok(kept), "{typed}");
        }
        assert!(name(&"长".repeat(120)).is_ok());
    }

    #[test]
    fn what_is_no_name_is_refused_with_the_reason() {
        let why = |typed: &str| name(typed).unwrap_err().zh;
        assert!(why("  ").contains("填写"));
        assert!(why("\u{200b}\u{3164}\u{feff}").contains("填写"), "nothing can be seen");
        assert!(why("<b>").contains('<'));
        assert!(why(&"长".repeat(121)).contains("121"));
    }

    #[test]
    fn two_ways_to_write_a_name_are_one_name() {
        for (one, other) in [
            ("张伟", "张 伟"),
            ("阿里木·买买提", "阿里木•买买提"),
            ("John Smith", "JOHN  SMITH"),
            ("小满（北京）公司", "小满(北京)公司"),
        ] {
            assert!(same_name(one, other), "{one} {other}");
        }
        assert!(!same_name("张伟", "张薇"));
    }
}
