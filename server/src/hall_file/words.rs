//! Messages of serde and the TOML parser, in words that the director of a hall
//! understands. Messages unknown here stay in English in both languages.

use jiban_domain::day::{Clock24, Weekday};
use jiban_domain::{Text, text};

/// A syntax error.
pub(super) fn syntax(message: &str) -> Text {
    text!("这里不符合文件格式（{message}）" | "the file format is broken here: {message}")
}

/// A required entry is missing.
pub(super) fn missing() -> Text {
    text!("缺少此项" | "this entry is missing")
}

/// A single table instead of a list of tables.
pub(super) fn one_table(name: &str) -> Text {
    text!(
        "这里应是列表，每一条都以 [[{name}]] 开头"
            | "expected a list; start each of its entries with [[{name}]]"
    )
}

/// An unknown entry.
pub(super) fn unknown(message: &str) -> Text {
    let name = message.split('`').nth(1).unwrap_or_default();
    match expected_names(message) {
        Some(names) => {
            let (zh, en) = (names.join("、"), names.join(", "));
            text!(
                "没有名为“{name}”的项；可用的有 {zh}"
                    | "there is no entry \"{name}\"; expected one of {en}"
            )
        }
        None => text!("没有名为“{name}”的项" | "there is no entry \"{name}\""),
    }
}

/// A value that does not fit.
pub(super) fn wrong(message: &str) -> Text {
    if let Some(text) = time_or_weekday(message) {
        return text;
    }
    if let Some(rest) = message.strip_prefix("unknown variant `")
        && let (Some((name, _)), Some(names)) = (rest.split_once('`'), expected_names(message))
    {
        let (zh, en) = (names.join("、"), names.join(", "));
        return text!(
            "没有“{name}”这个选项；应为 {zh} 之一"
                | "\"{name}\" is not an option; expected one of {en}"
        );
    }
    if message == "wanted string or table" {
        let Text { zh, en } = type_name("a string");
        return text!("类型不对；应为{zh}" | "this has the wrong type; expected {en}");
    }
    let Some((found, expected)) = message.rsplit_once(", expected ") else {
        return text!("写法不对（{message}）" | "this cannot be read: {message}");
    };
    let Text { zh: expected_zh, en: expected_en } = type_name(expected);
    let Text { zh: found_zh, en: found_en } = found_value(found);
    text!("{found_zh}；应为{expected_zh}" | "{found_en}; expected {expected_en}")
}

/// Times and weekdays have messages of their own, of which serde passes on the
/// English.
fn time_or_weekday(message: &str) -> Option<Text> {
    let quoted = message.strip_prefix('"')?;
    // What was written may contain quotes itself.
    quoted.match_indices('"').find_map(|(end, _)| {
        let written = &quoted[..end];
        let texts = [Clock24::fault(written), Weekday::fault(written)];
        texts.into_iter().find(|text| text.en == message)
    })
}

/// The names that serde lists after "expected", each in backticks.
fn expected_names(message: &str) -> Option<Vec<&str>> {
    let (_, expected) = message.rsplit_once(", expected ")?;
    let names: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
    (!names.is_empty()).then_some(names)
}

/// What is expected, from serde's name of a type.
fn type_name(expected: &str) -> Text {
    let (zh, en) = match expected {
        "u16" => (" 0 到 65535 的整数", "a whole number from 0 to 65535"),
        "u32" => ("不小于 0 的整数", "a whole number, 0 or more"),
        "f64" => ("数字", "a number"),
        "a boolean" => (" true 或 false", "true or false"),
        "a string" | "variant identifier" => ("带引号的文字", "a text in quotes"),
        "a sequence" => ("列表", "a list"),
        // The only character of a hall file is the letter of a line.
        "a character" => (
            " A 到 Z 中的一个字母，各队列不同（一个大厅最多 26 个队列；更多的请合并，或另设大厅）",
            "one letter from A to Z, different for each line (a hall has 26 lines at most; merge lines, or set up another hall)",
        ),
        "an id: text or a whole number" => ("编号：文字或整数", "an id: a text or a whole number"),
        "a text, or { zh = \"…\", en = \"…\" }" => {
            ("文字，或 { zh = \"…\", en = \"…\" }", expected)
        }
        "a tuple of size 2" => ("起止两个时刻", "two times, from and to"),
        "a map" => ("表", "a table"),
        structure if structure.starts_with("struct ") => ("表", "a table"),
        other => (other, other),
    };
    Text::new(zh, en)
}

/// What was found, from serde's "invalid type: integer `5`".
fn found_value(found: &str) -> Text {
    let heads = [
        ("invalid type: ", "类型不对，是", "this is "),
        ("invalid value: ", "取值不对，是", "this is "),
        ("invalid length ", "个数不对，是 ", "the number of entries is "),
    ];
    let kinds = [
        ("boolean ", "真假值 ", "the value "),
        ("integer ", "整数 ", "the number "),
        ("floating point ", "小数 ", "the number "),
        ("string ", "文字 ", "the text "),
        ("sequence", "列表", "a list"),
        ("map", "表", "a table"),
    ];
    let Some((head, rest)) = translated_prefix(found, &heads) else {
        return Text::new(found, found);
    };
    let (kind, value) =
        translated_prefix(rest, &kinds).unwrap_or_else(|| (Text::new("", ""), rest));
    let value = value.replace('`', "");
    Text {
        zh: format!("{}{}{value}", head.zh, kind.zh),
        en: format!("{}{}{value}", head.en, kind.en),
    }
}

/// The translation of a known prefix, and the rest of the text.
fn translated_prefix<'t>(
    text: &'t str,
    prefixes: &[(&str, &str, &str)],
) -> Option<(Text, &'t str)> {
    prefixes
        .iter()
        .find_map(|(prefix, zh, en)| Some((Text::new(zh, en), text.strip_prefix(prefix)?)))
}
