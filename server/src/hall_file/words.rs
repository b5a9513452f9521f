//! What serde and the TOML parser say of a file, in words a hall's installer
//! knows. What is not known here is told in English in either language.

use jiban_domain::day::{Clock24, Weekday};
use jiban_domain::{Text, text};

/// The file is no TOML.
pub(super) fn syntax(told: &str) -> Text {
    text!("不符合 TOML 的写法（{told}）" | "{told}")
}

/// A field that must be there.
pub(super) fn missing() -> Text {
    text!("缺少此项" | "is missing")
}

/// One table where a list of them is wanted.
pub(super) fn one_table(name: &str) -> Text {
    text!(
        "是单个表；应为表的列表，每个以 [[{name}]] 开头"
            | "is one table; wanted a list of tables, each begun with [[{name}]]"
    )
}

/// A field nobody knows.
pub(super) fn unknown(told: &str) -> Text {
    let zh = known(told).map_or_else(
        || "没有这个字段".to_owned(),
        |known| format!("没有这个字段；可用的有 {known}"),
    );
    Text { zh, en: told.to_owned() }
}

/// A value that does not fit.
pub(super) fn wrong(told: &str) -> Text {
    if let Some(text) = hours(told) {
        return text;
    }
    if let Some(rest) = told.strip_prefix("unknown variant `")
        && let (Some((name, _)), Some(known)) = (rest.split_once('`'), known(told))
    {
        return Text {
            zh: format!("没有“{name}”这个选项；应为 {known}"), en: told.to_owned()
        };
    }
    if told == "wanted string or table" {
        let Text { zh, en } = kind("a string");
        return text!("类型不对；应为{zh}" | "is of another type; wanted {en}");
    }
    let Some((found, wanted)) = told.rsplit_once(", expected ") else {
        return text!("写法不对（{told}）" | "{told}");
    };
    let Text { zh: wanted_zh, en: wanted_en } = kind(wanted);
    let found_zh = found_in_chinese(found);
    let found_en = found.replace(": map", ": table").replace(": sequence", ": list");
    text!("{found_zh}；应为{wanted_zh}" | "{found_en}; wanted {wanted_en}")
}

/// Times and days say themselves what they are not; serde hands on the English.
fn hours(told: &str) -> Option<Text> {
    let (written, _) = told.strip_prefix('"')?.rsplit_once("\" is no ")?;
    [Clock24::refused(written), Weekday::refused(written)].into_iter().find(|text| text.en == told)
}

/// The names serde lists after "expected", each in backticks.
fn known(told: &str) -> Option<String> {
    let (_, wanted) = told.rsplit_once(", expected ")?;
    let names: Vec<&str> = wanted.split('`').skip(1).step_by(2).collect();
    (!names.is_empty()).then(|| names.join("、"))
}

/// What is wanted, from serde's name of a type.
fn kind(wanted: &str) -> Text {
    let (zh, en) = match wanted {
        "u16" => (" 0 到 65535 的整数", "a whole number from 0 to 65535"),
        "u32" => ("不小于 0 的整数", "a whole number from 0"),
        "f64" => ("数字", "a number"),
        "a boolean" => (" true 或 false", "true or false"),
        "a string" | "variant identifier" => ("带引号的文字", "a text in quotes"),
        "a sequence" => ("列表", "a list"),
        "a character" => ("单个字母", "one letter"),
        "an id: text or a whole number" => ("编号：文字或整数", wanted),
        "a text, or { zh = \"…\", en = \"…\" }" => {
            ("文字，或 { zh = \"…\", en = \"…\" }", wanted)
        }
        "a tuple of size 2" => ("起止两个时刻", "two times, from and to"),
        "a map" => ("表", "a table"),
        structure if structure.starts_with("struct ") => ("表", "a table"),
        other => (other, other),
    };
    Text::new(zh, en)
}

/// What was found: "invalid type: integer `5`".
fn found_in_chinese(found: &str) -> String {
    let heads = [
        ("invalid type: ", "类型不对，是"),
        ("invalid value: ", "取值不对，是"),
        ("invalid length ", "个数不对，是 "),
    ];
    let kinds = [
        ("boolean ", "真假值 "),
        ("integer ", "整数 "),
        ("floating point ", "小数 "),
        ("string ", "文字 "),
        ("sequence", "列表"),
        ("map", "表"),
    ];
    let Some((head, what)) = begun(found, &heads) else { return found.to_owned() };
    let (kind, value) = begun(what, &kinds).unwrap_or(("", what));
    format!("{head}{kind}{value}")
}

/// The Chinese of the words a text begins with, and the rest of it.
fn begun<'t>(text: &'t str, words: &[(&str, &'static str)]) -> Option<(&'static str, &'t str)> {
    words.iter().find_map(|(en, zh)| Some((*zh, text.strip_prefix(en)?)))
}
