//! The style sheet of pages rendered by the server, with each token replaced by
//! its value. Phones older than custom properties (2016) get the same look, and
//! the sheet is part of the page, so that a slow network needs no second
//! request.

use std::sync::LazyLock;

/// The sheet, ready for `<style>`.
pub fn sheet() -> &'static str {
    static SHEET: LazyLock<String> = LazyLock::new(|| {
        in_place(
            include_str!("../../../style/tokens.css"),
            concat!(
                include_str!("../../../style/progress/frame.css"),
                include_str!("../../../style/progress/ticket.css"),
                include_str!("../../../style/progress/times.css"),
                include_str!("../../../style/progress/case.css"),
                include_str!("../../../style/progress/way.css"),
                include_str!("../../../style/progress/verify.css"),
                include_str!("../../../style/progress/booking.css"),
                include_str!("../../../style/progress/plain.css"),
                include_str!("../../../style/guides.css"),
            ),
        )
    });
    &SHEET
}

/// What pages of applications have beside it.
pub fn apply_sheet() -> &'static str {
    static SHEET: LazyLock<String> = LazyLock::new(|| {
        in_place(
            include_str!("../../../style/tokens.css"),
            include_str!("../../../style/apply/phone.css"),
        )
    });
    &SHEET
}

fn in_place(tokens: &str, sheet: &str) -> String {
    let tokens = without_comments(tokens);
    let values: Vec<(String, &str)> = tokens
        .split(';')
        .filter_map(|declaration| {
            let (name, value) = declaration[declaration.find("--")?..].split_once(':')?;
            Some((format!("var({})", name.trim()), value.trim()))
        })
        .collect();
    let mut sheet = without_comments(sheet);
    // A token may refer to other tokens, but never to itself.
    while values.iter().any(|(use_of, _)| sheet.contains(use_of)) {
        for (use_of, value) in &values {
            sheet = sheet.replace(use_of, value);
        }
    }
    sheet.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn without_comments(css: &str) -> String {
    let mut parts = css.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| kept + part.split_once("*/").map_or("", |(_, after)| after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_made_of_tokens_are_written_out() {
        assert_eq!(
            in_place(
                ":root { /* two; */ --u: 1rem; --big: calc(var(--u) * 2); }",
                "p { margin: var(--big) var(--u); } /* end */",
            ),
            "p { margin: calc(1rem * 2) 1rem; }"
        );
    }

    #[test]
    fn no_old_browser_meets_a_token() {
        assert!(!sheet().contains("var("), "{}", sheet());
        assert!(!sheet().contains("/*"));
        assert!(!apply_sheet().contains("var(") && !apply_sheet().contains("/*"));
    }
}
