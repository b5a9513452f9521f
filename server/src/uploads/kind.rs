//! What a file is, by its first bytes. What its name or its sender says does not count.

use rawzip::ZipArchive;

use super::UploadRefused;

/// The type of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A photograph.
    Jpeg,
    /// A scan, a screenshot or a drawn signature.
    Png,
    /// A picture from a web page or a messenger.
    Webp,
    /// A document.
    Pdf,
    /// A document in the Chinese standard format (GB/T 33190), as electronic invoices and
    /// licences have it. It is kept, and not drawn.
    Ofd,
}

/// Readers of PDF find its header within so many bytes (ISO 32000, annex H): mail programs,
/// scanners and printer drivers put something before it.
const PDF_HEADER_WITHIN: usize = 1024;

/// The brands of HEIF files that are coded as HEVC, or do not say how they are coded.
const HEIC: [&[u8; 4]; 10] =
    [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"];

impl FileKind {
    /// The type by the first bytes; of an OFD also by the list of its parts. The rest is not
    /// inspected here.
    ///
    /// # Errors
    /// It is none of them; the reason says what it is instead, if that helps its sender.
    pub(super) fn of(bytes: &[u8]) -> Result<Self, UploadRefused> {
        if bytes.is_empty() {
            return Err(UploadRefused::Empty);
        }
        let known = infer::get(bytes);
        match known.map(|known| (known.mime_type(), known.matcher_type())) {
            Some(("image/jpeg", _)) => Ok(Self::Jpeg),
            Some(("image/png", _)) => Ok(Self::Png),
            Some(("image/webp", _)) => Ok(Self::Webp),
            Some(("image/avif", _)) => Err(UploadRefused::OtherPicture),
            Some(_) | None if is_heic(bytes) => Err(UploadRefused::Heic),
            Some((_, infer::MatcherType::Image)) => Err(UploadRefused::OtherPicture),
            _ if bytes.starts_with(b"PK\x03\x04") => zipped(bytes),
            _ if pdf_header(bytes).is_some() => Ok(Self::Pdf),
            _ => Err(UploadRefused::NotAKind),
        }
    }

    /// The name in cases and on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Pdf => "pdf",
            Self::Ofd => "ofd",
        }
    }

    /// The media type.
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Ofd => "application/ofd",
        }
    }

    /// The type of a stored file, whose bytes were inspected when it was received.
    pub fn of_stored(bytes: &[u8]) -> Option<Self> {
        Self::of(bytes).ok()
    }
}

/// Where the header of a PDF begins.
pub(super) fn pdf_header(bytes: &[u8]) -> Option<usize> {
    let head = &bytes[..bytes.len().min(PDF_HEADER_WITHIN)];
    head.windows(5).position(|sign| sign == b"%PDF-")
}

/// Whether it is a HEIF file by the brands of its first box, which has its length, `ftyp`,
/// the major brand, a version, and more brands.
fn is_heic(bytes: &[u8]) -> bool {
    let Some((length, rest)) = bytes.split_first_chunk::<4>() else { return false };
    let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
    let Some(brands) = rest.strip_prefix(b"ftyp") else { return false };
    let brands = &brands[..brands.len().min(length.saturating_sub(8))];
    brands.chunks_exact(4).any(|brand| HEIC.iter().any(|known| *known == brand))
}

/// A ZIP archive is taken if it is an OFD, which lists `OFD.xml`.
fn zipped(bytes: &[u8]) -> Result<FileKind, UploadRefused> {
    const ROOT: &[u8] = b"OFD.xml";
    let has_root = || {
        let archive = ZipArchive::from_slice(bytes).ok()?;
        let mut entries = archive.entries();
        while let Some(entry) = entries.next_entry().ok()? {
            if entry.file_path().as_ref() == ROOT {
                return Some(true);
            }
        }
        Some(false)
    };
    match has_root() {
        Some(true) => Ok(FileKind::Ofd),
        // Its list is at its end, so one that was cut off has none.
        None if bytes.windows(ROOT.len()).any(|part| part == ROOT) => Err(UploadRefused::Broken),
        Some(false) | None => Err(UploadRefused::NotAKind),
    }
}
