//! Chinese in traditional characters: converted word by word (`OpenCC`), so that 头发 becomes
//! 頭髮 and 发展 發展.

use std::sync::LazyLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

/// A converter; `None` if its dictionaries, which are part of the program, cannot be read.
fn converter(config: BuiltinConfig) -> Option<OpenCC> {
    OpenCC::from_config(config).inspect_err(|error| tracing::error!(%error, "OpenCC")).ok()
}

/// A text in traditional characters. What is in them already stays.
pub fn traditional(text: &str) -> String {
    static CONVERTER: LazyLock<Option<OpenCC>> = LazyLock::new(|| converter(BuiltinConfig::S2tw));
    convert(text, CONVERTER.as_ref())
}

/// A text in simplified characters: what was typed is searched in them, and the voice reads
/// them.
pub fn simplified(text: &str) -> String {
    static CONVERTER: LazyLock<Option<OpenCC>> = LazyLock::new(|| converter(BuiltinConfig::Tw2s));
    convert(text, CONVERTER.as_ref())
}

fn convert(text: &str, converter: Option<&OpenCC>) -> String {
    converter.map_or_else(|| text.to_owned(), |converter| converter.convert(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_is_converted_as_its_word_is() {
        for (simple, full) in [
            ("请在大厅等候，留意叫号。", "請在大廳等候，留意叫號。"),
            ("国内婚姻登记", "國內婚姻登記"),
            ("理发店", "理髮店"),
            ("发展和改革局", "發展和改革局"),
            ("前后两面，皇后路", "前後兩面，皇后路"),
            ("为您", "為您"),
            ("里程，里面", "里程，裡面"),
            ("A012 <a href=\"/t/0\">", "A012 <a href=\"/t/0\">"),
        ] {
            assert_eq!(traditional(simple), full);
            assert_eq!(traditional(full), full, "twice");
            assert_eq!(simplified(full), simple);
        }
    }
}
