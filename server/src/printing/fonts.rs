//! The fonts of this machine, loaded once. One of them must be Chinese: without it a slip
//! would be a row of empty boxes.

use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::{Database, Family, Query};

/// Fonts known to render Chinese well, the best first.
const KNOWN: [&str; 9] = [
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "SimHei",
];

/// This machine has no font with Chinese characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "no Chinese font is installed on this machine, so network printers cannot print slips; \
     install one (on Debian: fonts-noto-cjk, or the smaller fonts-wqy-zenhei) and restart"
)]
pub struct NoChineseFont;

/// The fonts of the machine, with a Chinese one as `sans-serif`. They are loaded at the first
/// call; call it at the start to report a missing font.
pub fn chinese() -> Result<Arc<Database>, NoChineseFont> {
    static FONTS: LazyLock<Result<Arc<Database>, NoChineseFont>> = LazyLock::new(|| {
        let mut fonts = Database::new();
        fonts.load_system_fonts();
        with_chinese(fonts).map(Arc::new)
    });
    FONTS.clone()
}

fn with_chinese(mut fonts: Database) -> Result<Database, NoChineseFont> {
    let known = KNOWN.into_iter().find(|name| {
        fonts.query(&Query { families: &[Family::Name(name)], ..Query::default() }).is_some()
    });
    let chosen = known.map(str::to_owned).or_else(|| named_in_chinese(&fonts));
    let chosen = chosen.ok_or(NoChineseFont)?;
    tracing::debug!(font = chosen, "the font of slips");
    fonts.set_sans_serif_family(chosen);
    Ok(fonts)
}

/// A font that also has a Chinese name contains Chinese characters.
fn named_in_chinese(fonts: &Database) -> Option<String> {
    let face = fonts.faces().find(|face| {
        face.families.iter().any(|(_, language)| language.primary_language() == "Chinese")
    })?;
    face.families.first().map(|(name, _)| name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_chinese_font_is_reported() {
        assert_eq!(with_chinese(Database::new()).err(), Some(NoChineseFont));
        assert!(NoChineseFont.to_string().contains("fonts-noto-cjk"));
    }
}
