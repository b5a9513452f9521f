//! Looking at a PDF: that it can be read, its pages, and the first as a picture.
//!
//! A few thousand bytes of PDF can say that they become gigabytes, or are drawn
//! for hours. So it is looked at by another process, which is this program
//! again (`jiban first-page`), with bounds that the system keeps: when it goes
//! over them only that process ends, and the hall goes on.

use std::io::{Read, Write};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::{Rgb, RgbImage};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::Command;
use tokio::runtime::Handle;
use tokio::time::timeout;

use super::{FileRefused, Seen, THUMBNAIL, picture};

/// The command that looks, see [`first_page`].
pub const COMMAND: &str = "first-page";

/// How long the other process is waited for. A large scan takes a second or two.
const LIMIT: Duration = Duration::from_secs(10);
/// Seconds of a core it may take.
const MOST_SECONDS: u64 = 8;
/// Bytes of memory it may take: the picture of a scanned sheet takes some 100 MB.
const MOST_MEMORY: u64 = 1024 * 1024 * 1024;
/// More than it ever says: a number and a thumbnail.
const MOST_SAID: u64 = 1024 * 1024;

/// How far from its end a PDF may say that it ends.
const END_WITHIN: usize = 1024;

/// Waits for another process: call it from a blocking thread.
pub(super) fn look(bytes: &[u8], program: Option<&Path>) -> Result<Seen, FileRefused> {
    let end = &bytes[bytes.len().saturating_sub(END_WITHIN)..];
    // Of one that was cut off, readers put together what there is.
    if !end.windows(5).any(|sign| sign == b"%%EOF") {
        return Err(FileRefused::Broken);
    }
    let mut pages = None;
    let mut thumbnail = None;
    // That nobody could be asked is no fault of the PDF.
    if let Some(said) = program.and_then(|program| asked(program, bytes)) {
        let (counted, drawn) = read_said(&said).ok_or(FileRefused::Broken)?;
        pages = Some(counted);
        thumbnail = Some(drawn.to_vec()).filter(|drawn| !drawn.is_empty());
    }
    let thumbnail = match thumbnail {
        Some(drawn) => drawn,
        None => picture::jpeg(&a_page()).map_err(std::io::Error::other)?,
    };
    Ok(Seen { thumbnail, size: None, pages })
}

/// What the other process said until it ended; little or nothing where it did
/// not get far. None where there is no such process.
fn asked(program: &Path, pdf: &[u8]) -> Option<Vec<u8>> {
    let system = Handle::current();
    let _within = system.enter();
    let begun = Command::new(program)
        .arg(COMMAND)
        // It is to know nothing of the hall.
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn();
    let mut looking = match begun {
        Ok(looking) => looking,
        Err(error) => {
            tracing::error!(%error, "no process to look at a PDF could be begun");
            return None;
        }
    };
    let mut said = Vec::new();
    let talk = async {
        if let Some(mut ear) = looking.stdin.take() {
            ear.write_all(pdf).await?;
        }
        if let Some(mouth) = looking.stdout.take() {
            mouth.take(MOST_SAID).read_to_end(&mut said).await?;
        }
        looking.wait().await
    };
    match system.block_on(timeout(LIMIT, talk)) {
        Ok(Ok(ended)) if ended.success() => {}
        failed => tracing::warn!(?failed, "a PDF could not be looked at to its end"),
    }
    Some(said)
}

/// The pages, and the picture where there is one.
fn read_said(said: &[u8]) -> Option<(u32, &[u8])> {
    let end = said.iter().position(|byte| *byte == b'\n')?;
    let pages = str::from_utf8(&said[..end]).ok()?.parse().ok()?;
    Some((pages, &said[end + 1..]))
}

/// What the other process does: reads a PDF, says how many pages it has, a
/// line, and then the first one as a JPEG. It says nothing of what is no PDF.
///
/// # Errors
/// When it cannot read, speak, or bind itself to its bounds.
pub fn first_page(mut from: impl Read, mut to: impl Write) -> std::io::Result<()> {
    #[cfg(unix)]
    for (bound, most) in
        [(rlimit::Resource::AS, MOST_MEMORY), (rlimit::Resource::CPU, MOST_SECONDS)]
    {
        bound.set(most, most)?;
    }
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes)?;
    let Ok(pdf) = Pdf::new(bytes) else { return Ok(()) };
    let Some(first) = pdf.pages().first() else { return Ok(()) };
    // Said before it is drawn: if that fails, this much is known.
    writeln!(to, "{}", pdf.pages().len())?;
    to.flush()?;
    to.write_all(&picture::jpeg(&drawn(first)).map_err(std::io::Error::other)?)?;
    to.flush()
}

#[allow(clippy::cast_precision_loss)]
fn drawn(page: &Page<'_>) -> RgbImage {
    let (width, height) = page.render_dimensions();
    let scale = THUMBNAIL as f32 / width.max(height);
    // At least a dot, also of a page like a ribbon.
    let settings = PixmapSettings {
        x_scale: scale.max(1.0 / width),
        y_scale: scale.max(1.0 / height),
        bg_color: WHITE,
    };
    let (reading, drawing) = (InterpreterSettings::default(), RenderSettings::default());
    let drawn = render(page, &RenderCache::new(), &reading, &drawing, &settings);
    RgbImage::from_fn(drawn.width().into(), drawn.height().into(), |x, y| {
        // Neither is more than what was just asked for.
        let of = |dot: u32| u16::try_from(dot).unwrap_or_default();
        let dot = drawn.sample(of(x), of(y));
        Rgb([dot.r, dot.g, dot.b])
    })
}

/// A sheet with lines, where the first page cannot be shown.
fn a_page() -> RgbImage {
    const WIDTH: u32 = 226;
    const MARGIN: u32 = 32;
    RgbImage::from_fn(WIDTH, THUMBNAIL, |x, y| {
        let edge = x < 2 || y < 2 || x >= WIDTH - 2 || y >= THUMBNAIL - 2;
        let within =
            (MARGIN..WIDTH - MARGIN).contains(&x) && (MARGIN..THUMBNAIL - MARGIN).contains(&y);
        let line = within && (y - MARGIN) % 24 < 6;
        Rgb([if edge || line { 200 } else { 255 }; 3])
    })
}
