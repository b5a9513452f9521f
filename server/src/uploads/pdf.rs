//! Inspecting a PDF: whether it can be read, its number of pages, and the first page as a
//! picture.
//!
//! A PDF of a few kilobytes can expand to gigabytes, or take hours to draw. It is therefore
//! inspected by another process, which is this program again (`jiban first-page`), with
//! limits that the operating system enforces: over the limit only that process ends, and
//! the hall keeps running.

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

use super::{Inspected, THUMBNAIL, UploadRefused, picture};

/// The command of the other process, see [`first_page`].
pub const COMMAND: &str = "first-page";

/// How long to wait for the other process. A large scan takes a second or two.
const TIMEOUT: Duration = Duration::from_secs(10);
/// CPU seconds it may use.
const MAX_CPU_SECONDS: u64 = 8;
/// Bytes of memory it may use: a scanned page takes about 100 MB.
const MAX_MEMORY: u64 = 1024 * 1024 * 1024;
/// Bytes read of its output, which is a number and a thumbnail.
const MAX_OUTPUT: u64 = 1024 * 1024;

/// The end marker of a PDF must be within this many bytes of its end.
const END_WITHIN: usize = 1024;

/// Waits for another process, so call it from a blocking thread.
pub(super) fn inspect(bytes: &[u8], program: Option<&Path>) -> Result<Inspected, UploadRefused> {
    let end = &bytes[bytes.len().saturating_sub(END_WITHIN)..];
    // PDF readers reconstruct an incomplete file without an error.
    if !end.windows(5).any(|sign| sign == b"%%EOF") {
        return Err(UploadRefused::Broken);
    }
    let mut pages = None;
    let mut thumbnail = None;
    // If the process cannot be started, the PDF is not refused.
    if let Some(output) = program.and_then(|program| run(program, bytes)) {
        let (counted, drawn) = parse(&output).ok_or(UploadRefused::Broken)?;
        pages = Some(counted);
        thumbnail = Some(drawn.to_vec()).filter(|drawn| !drawn.is_empty());
    }
    let thumbnail = match thumbnail {
        Some(drawn) => drawn,
        None => picture::jpeg(&placeholder()).map_err(std::io::Error::other)?,
    };
    Ok(Inspected { thumbnail, size: None, pages })
}

/// Runs the other process and returns its output, which may be incomplete or empty.
/// `None` if the process could not be started.
fn run(program: &Path, pdf: &[u8]) -> Option<Vec<u8>> {
    let runtime = Handle::current();
    let _guard = runtime.enter();
    let started = Command::new(program)
        .arg(COMMAND)
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

/// The number of pages, and the first page as a JPEG, which may be empty.
fn parse(output: &[u8]) -> Option<(u32, &[u8])> {
    let end = output.iter().position(|byte| *byte == b'\n')?;
    let pages = str::from_utf8(&output[..end]).ok()?.parse().ok()?;
    Some((pages, &output[end + 1..]))
}

/// What the other process does: it reads a PDF, and writes the number of pages, a line
/// feed, and the first page as a JPEG. For anything but a PDF it writes nothing.
///
/// # Errors
/// It cannot read, write, or set its own limits.
pub fn first_page(mut from: impl Read, mut to: impl Write) -> std::io::Result<()> {
    #[cfg(unix)]
    for (resource, limit) in
        [(rlimit::Resource::AS, MAX_MEMORY), (rlimit::Resource::CPU, MAX_CPU_SECONDS)]
    {
        resource.set(limit, limit)?;
    }
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes)?;
    let Ok(pdf) = Pdf::new(bytes) else { return Ok(()) };
    let Some(first) = pdf.pages().first() else { return Ok(()) };
    // Written before drawing: if that fails, at least the number is known.
    writeln!(to, "{}", pdf.pages().len())?;
    to.flush()?;
    to.write_all(&picture::jpeg(&draw(first)).map_err(std::io::Error::other)?)?;
    to.flush()
}

#[allow(clippy::cast_precision_loss)]
fn draw(page: &Page<'_>) -> RgbImage {
    let (width, height) = page.render_dimensions();
    let scale = THUMBNAIL as f32 / width.max(height);
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
