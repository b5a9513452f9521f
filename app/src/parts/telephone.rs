//! A telephone number as a link that dials it.

use leptos::prelude::*;

/// What a number may have besides figures.
const WITHIN: [char; 8] = [' ', '-', '+', '(', ')', '（', '）', '\u{a0}'];

/// A text with one number or several, each as a link.
pub fn links(text: &str) -> impl IntoView + use<> {
    let between = |c: char| matches!(c, '、' | ',' | '，' | ';' | '；' | '/');
    let links = text.split_inclusive(between).map(|part| {
        let shown = part.trim_end_matches(between);
        let rest = part[shown.len()..].to_owned();
        let shown = shown.to_owned();
        match href(&shown) {
            Some(href) => view! { <a href=href>{shown}</a> {rest} }.into_any(),
            None => view! { {shown} {rest} }.into_any(),
        }
    });
    links.collect_view()
}

/// `tel:057112345,8` of `0571-12345 转 8`: a comma waits before the extension. None where
/// there is no number.
fn href(text: &str) -> Option<String> {
    let start = text.find(|c: char| c.is_ascii_digit() || c == '+')?;
    let number = &text[start..];
    let end = number.find(|c: char| !c.is_ascii_digit() && !WITHIN.contains(&c));
    let (number, rest) = number.split_at(end.unwrap_or(number.len()));
    let dialled = |text: &str| -> String {
        text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    };
    let (number, extension) = (dialled(number), dialled(rest));
    let extension = if extension.is_empty() { String::new() } else { format!(",{extension}") };
    (number.len() >= 3).then(|| format!("tel:{number}{extension}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_dialled_as_it_is_written() {
        let dial = |text| href(text).unwrap_or_default();
        assert_eq!(dial("12345"), "tel:12345");
        assert_eq!(dial("0571-8888 1234"), "tel:057188881234");
        assert_eq!(dial("+86 (571) 8888 1234"), "tel:+8657188881234");
        assert_eq!(dial("0571-12345 转 8"), "tel:057112345,8");
        assert_eq!(dial("电话：400-800-1234"), "tel:4008001234");
        assert_eq!(dial("请到咨询台"), "");
    }

    #[test]
    fn each_of_several_numbers_is_a_link() {
        let html = Owner::new().with(|| links("12345、0571-12315").into_view().to_html());
        assert!(html.contains("tel:12345\"") && html.contains("tel:057112315\""), "{html}");
    }
}
