//! Inspecting a PDF: whether it can be read, its number of pages, and the first page as a
//! picture.
//!
//! A PDF of a few kilobytes can expand to gigabytes, or take hours to draw. It is therefore
//! inspected by another process, which is this program again (`jiban draw-page`), with
//! limits that the operating system enforces: over the limit only that process ends, and
//! the hall keeps running. The same process draws the pages that clerks look at: a picture
//! runs no scripts, opens no addresses, and needs no viewer in the browser.

use std::io::{Read, Write};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::{Rgb, RgbImage};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::Command;
use tokio::runtime::Handle;
use tokio::time::timeout;

use super::kind::pdf_header;
use super::{Inspected, THUMBNAIL, UploadRefused, picture};

/// The command of the other process, see [`draw_page`]; the number of a page follows, counted
/// from 1, and the longer side of its picture in pixels.
pub const COMMAND: &str = "draw-page";
/// What it answers instead of a number of pages for a PDF that opens with a password only.
const LOCKED: &str = "locked";

/// The longer side of a page for the viewer, in pixels: 170 to an inch of A4, in which small
/// print can be read.
const PAGE: u32 = 2000;

/// How long to wait for the other process. A large scan takes a second or two.
const TIMEOUT: Duration = Duration::from_secs(10);
/// CPU seconds it may use.
const MAX_CPU_SECONDS: u64 = 8;
/// Bytes of memory it may use: a scanned page takes about 100 MB.
const MAX_MEMORY: u64 = 1024 * 1024 * 1024;
/// Bytes read of its output, which is a number and a picture.
const MAX_OUTPUT: u64 = 8 * 1024 * 1024;

/// Waits for another process, so call it from a blocking thread.
pub(super) fn inspect(bytes: &[u8], program: Option<&Path>) -> Result<Inspected, UploadRefused> {
    if !is_whole(bytes) {
        return Err(UploadRefused::Broken);
    }
    let mut pages = None;
    let mut thumbnail = None;
    // If the process cannot be started, the PDF is not refused.
    if let Some(output) = program.and_then(|program| run(program, bytes, (1, THUMBNAIL))) {
        let (counted, drawn) = match parse(&output).ok_or(UploadRefused::Broken)? {
            (Answer::Locked, _) => return Err(UploadRefused::Locked),
            (Answer::Pages(counted), drawn) => (counted, drawn),
        };
        pages = Some(counted);
        thumbnail = Some(drawn.to_vec()).filter(|drawn| !drawn.is_empty());
    }
    let thumbnail = match thumbnail {
        Some(drawn) => drawn,
        None => blank()?,
    };
    Ok(Inspected { thumbnail, size: None, pages })
}

/// A page as a JPEG, counted from 1; a blank page if it cannot be drawn. `None` if there is
/// no such page. Waits for another process.
pub(super) fn page(bytes: &[u8], number: u32, program: &Path) -> std::io::Result<Option<Vec<u8>>> {
    let output = run(program, bytes, (number, PAGE))
        .ok_or_else(|| std::io::Error::other("the process that draws PDFs did not start"))?;
    match parse(&output) {
        Some((Answer::Pages(pages), _)) if number > pages => Ok(None),
        Some((_, drawn)) if !drawn.is_empty() => Ok(Some(drawn.to_vec())),
        _ => blank().map(Some),
    }
}

/// A document that cannot be drawn, as a JPEG.
pub(super) fn blank() -> std::io::Result<Vec<u8>> {
    picture::encode(&placeholder()).map_err(std::io::Error::other)
}

/// Whether nothing is missing at the end: readers reconstruct an incomplete file without an
/// error. Printers, mail programs and signing programs put padding after the end mark, so
/// all may follow it but a further part of the document. A file that was changed, or is read
/// from its beginning while it arrives (linearised), has such a mark after each part.
fn is_whole(bytes: &[u8]) -> bool {
    const END: &[u8] = b"%%EOF";
    let end = bytes.windows(END.len()).rposition(|sign| sign == END);
    let Some(end) = end else { return false };
    // Every object of a PDF begins with its number, its generation, and this word.
    !bytes[end..].windows(5).any(|sign| sign[0].is_ascii_digit() && &sign[1..] == b" obj")
}

/// Runs the other process and returns its output, which may be incomplete or empty.
/// `None` if the process could not be started.
fn run(program: &Path, pdf: &[u8], (page, side): (u32, u32)) -> Option<Vec<u8>> {
    let runtime = Handle::current();
    let _guard = runtime.enter();
    let started = Command::new(program)
        .arg(COMMAND)
        .args([page, side].map(|number| number.to_string()))
        // It must know nothing about the hall.
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn();
    let mut process = match started {
        Ok(process) => process,
        Err(error) => {
            tracing::error!(%error, "the process that inspects PDFs could not be started");
            return None;
        }
    };
    let mut output = Vec::new();
    let exchange = async {
        if let Some(mut stdin) = process.stdin.take() {
            stdin.write_all(pdf).await?;
        }
        if let Some(stdout) = process.stdout.take() {
            stdout.take(MAX_OUTPUT).read_to_end(&mut output).await?;
        }
        process.wait().await
    };
    match runtime.block_on(timeout(TIMEOUT, exchange)) {
        Ok(Ok(status)) if status.success() => {}
        failed => tracing::warn!(?failed, "a PDF could not be inspected completely"),
    }
    Some(output)
}

/// What the other process says of a PDF.
enum Answer {
    Locked,
    Pages(u32),
}

/// The answer, and the page as a JPEG, which may be empty.
fn parse(output: &[u8]) -> Option<(Answer, &[u8])> {
    let end = output.iter().position(|byte| *byte == b'\n')?;
    let answer = match str::from_utf8(&output[..end]).ok()? {
        LOCKED => Answer::Locked,
        pages => Answer::Pages(pages.parse().ok()?),
    };
    Some((answer, &output[end + 1..]))
}

/// What the other process does: it reads a PDF, and writes the number of pages, a line
/// feed, and a page as a JPEG. For anything but a PDF it writes nothing.
///
/// # Errors
/// It cannot read, write, or set its own limits.
pub fn draw_page(
    number: u32,
    side: u32,
    mut from: impl Read,
    mut to: impl Write,
) -> std::io::Result<()> {
    #[cfg(unix)]
    for (resource, limit) in
        [(rlimit::Resource::AS, MAX_MEMORY), (rlimit::Resource::CPU, MAX_CPU_SECONDS)]
    {
        resource.set(limit, limit)?;
    }
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes)?;
    let pdf = match load(bytes) {
        Ok(pdf) => pdf,
        Err(LoadPdfError::Decryption(_)) => return writeln!(to, "{LOCKED}"),
        Err(LoadPdfError::Invalid) => return Ok(()),
    };
    if pdf.pages().is_empty() {
        return Ok(());
    }
    // Written before drawing: if that fails, at least the number is known.
    writeln!(to, "{}", pdf.pages().len())?;
    to.flush()?;
    let index = usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX);
    let Some(page) = pdf.pages().get(index) else { return Ok(()) };
    let drawn = picture::encode(&draw(page, side)).map_err(std::io::Error::other)?;
    to.write_all(&drawn)?;
    to.flush()
}

/// Opens a PDF. Its parts are found by their distance from its header; some programs that put
/// something before it have counted that in.
fn load(mut bytes: Vec<u8>) -> Result<Pdf, LoadPdfError> {
    let header = pdf_header(&bytes).unwrap_or_default();
    if header == 0 {
        return Pdf::new(bytes);
    }
    let from_header = bytes[header..].to_vec();
    match Pdf::new(from_header) {
        Err(LoadPdfError::Invalid) => {
            bytes[..header].fill(b' ');
            Pdf::new(bytes)
        }
        opened => opened,
    }
}

#[allow(clippy::cast_precision_loss)]
fn draw(page: &Page<'_>, side: u32) -> RgbImage {
    let (width, height) = page.render_dimensions();
    let scale = side as f32 / width.max(height);
    // At least one pixel, even for a very long page.
    let settings = PixmapSettings {
        x_scale: scale.max(1.0 / width),
        y_scale: scale.max(1.0 / height),
        bg_color: WHITE,
    };
    let (reading, drawing) = (InterpreterSettings::default(), RenderSettings::default());
    let drawn = render(page, &RenderCache::new(), &reading, &drawing, &settings);
    RgbImage::from_fn(drawn.width().into(), drawn.height().into(), |x, y| {
        // The picture is not larger than requested, so that both fit.
        let short = |coordinate: u32| u16::try_from(coordinate).unwrap_or_default();
        let pixel = drawn.sample(short(x), short(y));
        Rgb([pixel.r, pixel.g, pixel.b])
    })
}

/// A drawn page with lines, used if the first page cannot be drawn.
fn placeholder() -> RgbImage {
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
