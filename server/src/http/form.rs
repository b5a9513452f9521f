//! The form by which a phone sends files, bounded as a whole: what comes before each file,
//! and the file.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::body::{BodyDataStream, Bytes};
use axum::extract::Request;
use axum::http::header;
use futures::{Stream, StreamExt as _, stream};
use jiban_domain::Refusal;
use jiban_domain::case::CaseRefusal;
use multer::{Field, Multipart};

use crate::service::MAX_FILE;

/// What may come before the content of the file: two boundaries, two heads of fields, and a
/// number.
const BEFORE_FILE: usize = 64 * 1024;
/// What may come in all: the largest file, and what is around it. A larger file is refused
/// by the upload store, which can say so.
const IN_ALL: usize = MAX_FILE + 2 * BEFORE_FILE;
/// Fields before a file. The page sends the material, and the fields for files that were
/// left empty.
const MAX_FIELDS: usize = 4;
/// Bytes of what names a material: its number, or its name.
const MAX_TEXT: usize = 400;
/// Bytes that are handed on at a time. The reader of forms takes all it can get, and would
/// read far into a file before its head is understood.
const PIECE: usize = 16 * 1024;

/// A form as far as its next file.
pub(super) struct SupplyForm {
    form: Multipart<'static>,
    allowed: Arc<AtomicUsize>,
    material: Option<String>,
}

/// A file in a form, of which nothing is read yet but its first piece.
pub(super) struct SentFile {
    pub material: String,
    /// What its sender calls it.
    pub name: String,
    first: Option<Bytes>,
    rest: Field<'static>,
}

impl SentFile {
    /// Its content.
    pub(super) fn into_body(self) -> impl Stream<Item = Result<Bytes, multer::Error>> {
        stream::iter(self.first.map(Ok)).chain(self.rest)
    }
}

impl SupplyForm {
    /// # Errors
    /// The body is no form.
    pub(super) fn open(request: Request) -> Result<Self, Refusal> {
        let content_type = request.headers().get(header::CONTENT_TYPE);
        let content_type = content_type.and_then(|value| value.to_str().ok()).unwrap_or_default();
        let boundary = multer::parse_boundary(content_type)
            .map_err(|_| bad_form("a form with a file is required"))?;
        let allowed = Arc::new(AtomicUsize::new(BEFORE_FILE));
        let body = request.into_body().into_data_stream();
        let metered = Metered { body, rest: Bytes::new(), paused: false, allowed: allowed.clone() };
        Ok(Self { form: Multipart::new(metered, boundary), allowed, material: None })
    }

    /// The next file, for the material that the form names; none after the last.
    ///
    /// # Errors
    /// It has too much before the file.
    pub(super) async fn file(&mut self) -> Result<Option<SentFile>, Refusal> {
        for _ in 0..MAX_FIELDS {
            let field = self.form.next_field().await.map_err(|_| incomplete())?;
            let Some(mut field) = field else { return Ok(None) };
            match field.name() {
                // The form names the material before the file.
                Some("file") => {
                    let material = self.material.clone().ok_or(CaseRefusal::UnknownMaterial)?;
                    self.allowed.store(IN_ALL, Ordering::Relaxed);
                    let name = field.file_name().unwrap_or_default().to_owned();
                    let first = field.chunk().await.map_err(|_| incomplete())?;
                    // A field in which nothing was chosen is sent without a name.
                    if name.is_empty() && first.as_ref().is_none_or(Bytes::is_empty) {
                        continue;
                    }
                    return Ok(Some(SentFile { material, name, first, rest: field }));
                }
                Some("material") => {
                    self.material = Some(short_text(field).await?.trim().to_owned());
                }
                _ => {
                    short_text(field).await?;
                }
            }
        }
        Err(bad_form("there are too many fields"))
    }
}

/// The text of a field that has only a few bytes.
async fn short_text(mut field: Field<'static>) -> Result<String, Refusal> {
    let mut text = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(|_| incomplete())? {
        if text.len() + piece.len() > MAX_TEXT {
            return Err(bad_form("a field is too long"));
        }
        text.extend_from_slice(&piece);
    }
    String::from_utf8(text).map_err(|_| bad_form("a field is no text"))
}

fn incomplete() -> Refusal {
    bad_form("the form is incomplete, or has too much before its file")
}

fn bad_form(what: &str) -> Refusal {
    Refusal::BadRequest(what.to_owned())
}

/// A body in small pieces, of which so many bytes are allowed.
struct Metered {
    body: BodyDataStream,
    rest: Bytes,
    /// Whether the reader had to come again for the next piece.
    paused: bool,
    allowed: Arc<AtomicUsize>,
}

impl Metered {
    /// Takes bytes off what is allowed.
    fn spend(&self, bytes: usize) -> io::Result<()> {
        let subtract = |allowed: usize| allowed.checked_sub(bytes);
        let taken = self.allowed.fetch_update(Ordering::Relaxed, Ordering::Relaxed, subtract);
        taken.map(|_| ()).map_err(|_| io::Error::other("the form is too large"))
    }
}

impl Stream for Metered {
    type Item = Result<Bytes, axum::BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if !self.paused {
            self.paused = true;
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        if self.rest.is_empty() {
            match Pin::new(&mut self.body).poll_next(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Some(Ok(bytes))) => self.rest = bytes,
                Poll::Ready(end) => return Poll::Ready(end.map(|end| end.map_err(Into::into))),
            }
        }
        self.paused = false;
        let length = self.rest.len().min(PIECE);
        let piece = self.rest.split_to(length);
        if let Err(error) = self.spend(piece.len()) {
            return Poll::Ready(Some(Err(error.into())));
        }
        Poll::Ready(Some(Ok(piece)))
    }
}
