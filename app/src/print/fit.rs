//! Choosing the type size in which a body fits on an A4 page.

use jiban_domain::Lang;

use super::foot::Foot;
use super::page::Page;
use super::style::HEIGHT;
use crate::sheet::canvas::DOTS_PER_MM;

/// The sizes to try, in percent of the full size.
const SCALES: [u32; 6] = [100, 88, 78, 68, 60, 52];

/// The page in the largest type in which the body fits. If it fits in none, its
/// end is left out and the page says so.
pub fn fit(lang: Lang, name: &str, foot: &Foot<'_>, body: impl Fn(&mut Page)) -> String {
    let mut page = Page::new(lang, SCALES[0]);
    for scale in SCALES {
        page = Page::new(lang, scale);
        page.frame();
        page.sheet.y = 30 * DOTS_PER_MM;
        body(&mut page);
        if !page.truncated {
            break;
        }
    }
    foot.draw(&mut page);
    page.sheet.finish_page(name, HEIGHT)
}
