//! The texts of the panel in `public/machines/accessibility.js`, which fetches them by their
//! order.

use crate::words;

words! {
    pub AccessibilityWords {
        title: "辅助功能" | "Accessibility",
        language: "语言" | "Language",
        size: "字号" | "Size of letters",
        size_1: "标准" | "Standard",
        size_2: "大" | "Large",
        size_3: "特大" | "Larger",
        size_4: "最大" | "Largest",
        easy: "长辈版" | "Easier",
        contrast: "高对比度" | "High contrast",
        reach: "按键下移" | "Lower keys",
        voice: "语音" | "Voice",
        on: "开" | "on",
        off: "关" | "off",
        softer: "小声" | "Softer",
        louder: "大声" | "Louder",
        repeat: "重读" | "Repeat",
        output: "耳机或扬声器" | "Headphones or speaker",
        output_changed: "声音从这里出来" | "The sound is here now",
        device: "设备" | "Device",
        close: "完成" | "Done",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_has_the_names_in_this_order() {
        let script = include_str!("../../../public/machines/accessibility.js");
        let names = format!("\"{}\".split", AccessibilityWords::TABLE.keys.join(" "));
        assert!(script.contains(&names), "NAMES of the script should be {names}");
    }
}
