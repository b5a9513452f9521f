//! Characters that the fonts of this machine cannot draw. A paper would show an empty box for
//! them, so whoever prints a name is told before.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use resvg::usvg::fontdb::Database;
use resvg::usvg::{Group, Node, Options, Tree};

use super::fonts;

/// Characters whose answer is kept: more than all names of a hall have.
const KEPT: usize = 16_384;

/// The places of the characters of a text, counted from 1, that cannot be drawn: no font here
/// has them, or they are for private use, where each font draws something else. A machine
/// without a Chinese font draws nothing, and says that by itself.
pub async fn undrawable(text: &str) -> Vec<usize> {
    let unknown: Vec<char> = {
        let answers = answers();
        text.chars().filter(|c| !is_plain(*c) && !answers.contains_key(c)).collect()
    };
    if !unknown.is_empty() {
        // It looks through all fonts.
        let looked = tokio::task::spawn_blocking(move || {
            let fonts = fonts::chinese().ok();
            unknown.into_iter().map(|c| (c, is_drawn(fonts.as_ref(), c))).collect::<Vec<_>>()
        });
        let looked = looked.await.unwrap_or_default();
        let mut answers = answers();
        if answers.len() + looked.len() > KEPT {
            answers.clear();
        }
        answers.extend(looked);
    }
    let answers = answers();
    let places = text.chars().zip(1..);
    places.filter(|(c, _)| answers.get(c) == Some(&false)).map(|(_, place)| place).collect()
}

fn answers() -> MutexGuard<'static, HashMap<char, bool>> {
    static ANSWERS: LazyLock<Mutex<HashMap<char, bool>>> = LazyLock::new(Mutex::default);
    ANSWERS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Every font has these, or they draw nothing.
fn is_plain(c: char) -> bool {
    let selects_a_form = matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}');
    c.is_ascii() || c.is_whitespace() || selects_a_form
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}

fn is_drawn(fonts: Option<&Arc<Database>>, c: char) -> bool {
    if is_private(c) {
        return false;
    }
    let Some(fonts) = fonts else { return true };
    let options = Options { fontdb: Arc::clone(fonts), ..Options::default() };
    // The same way as papers are drawn, with its search for another font.
    let drawing = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"20\">\
         <text y=\"16\" font-family=\"sans-serif\">&#{};</text></svg>",
        u32::from(c)
    );
    Tree::from_str(&drawing, &options).is_ok_and(|tree| has_glyphs(tree.root()))
}

/// Whether there is text, all of it with glyphs.
fn has_glyphs(group: &Group) -> bool {
    let mut texts =
        group.children().iter().filter(|node| !matches!(node, Node::Path(_))).peekable();
    texts.peek().is_some()
        && texts.all(|node| match node {
            Node::Group(group) => has_glyphs(group),
            Node::Text(text) => {
                let glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
                // Glyph 0 is the box for what a font does not have.
                text.layouted().iter().any(|span| !span.positioned_glyphs.is_empty())
                    && glyphs.into_iter().all(|glyph| glyph.id.0 != 0)
            }
            Node::Path(_) | Node::Image(_) => true,
        })
}

#[cfg(test)]
mod tests {
    use super::super::raster::raster;
    use super::*;

    #[tokio::test]
    async fn what_a_font_has_is_drawn() {
        for name in ["张伟", "阿卜杜热合曼·阿卜杜热依木", "JOHN O’BRIEN-ÑÚÑEZ", "葛\u{e0100}城"]
        {
            assert!(undrawable(name).await.is_empty(), "{name}");
        }
    }

    #[tokio::test]
    async fn characters_for_private_use_are_told_by_their_places() {
        assert_eq!(undrawable("张\u{e843}伟\u{f0001}").await, [2, 4]);
        // Asked again, of what is kept.
        assert_eq!(undrawable("\u{e843}\u{e843}").await, [1, 2]);
    }

    /// Extensions G and H of the unified ideographs, and a place where no character ever is.
    #[tokio::test]
    async fn rare_characters_are_told_where_a_paper_would_have_a_box() {
        let picture = |c: char| {
            let text =
                format!("<text y=\"80\" font-size=\"80\" font-family=\"sans-serif\">{c}</text>");
            let svg = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"96\" height=\"96\">{text}</svg>"
            );
            raster(&svg, 96).unwrap()
        };
        let nowhere = '\u{3fffd}';
        assert_eq!(undrawable(&format!("张{nowhere}")).await, [2]);
        for rare in ['\u{30edd}', '\u{30729}', '\u{31350}', '\u{323af}'] {
            let missing = !undrawable(&rare.to_string()).await.is_empty();
            assert_eq!(missing, picture(rare) == picture(nowhere), "{rare}");
        }
    }
}
