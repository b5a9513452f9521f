//! The bodies of requests: each must arrive fast enough, and in all within some minutes. One
//! that is refused is read on for a while, since a client that is still sending does not
//! read the answer.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt as _;
use tokio::runtime::Handle;
use tokio::time::{Sleep, sleep, timeout};

use crate::limits::{LeastSpeed, Limits, Patience};

/// Bytes of a refused body that are read and dropped: somebody chose a film. A browser that
/// is cut off in the middle says that the network failed, and not what is wrong.
const DISCARDED: usize = 512 * 1024 * 1024;
/// How long that may take; it must also arrive as fast as any body.
const DISCARDED_WITHIN: Duration = Duration::from_mins(1);

/// The bounds of a body in time.
#[derive(Debug, Clone, Copy)]
pub(super) struct BodyTimes {
    least: LeastSpeed,
    total: Duration,
}

impl BodyTimes {
    /// None, if limits are lifted.
    pub(super) fn of(limits: &Limits) -> Option<Self> {
        let (least, total) = (limits.least_speed(), limits.body_time());
        (!limits.lifted).then_some(Self { least, total })
    }
}

/// Middleware: bounds the body of a request.
pub(super) async fn bound(
    State(times): State<Option<BodyTimes>>,
    request: Request,
    next: Next,
) -> Response {
    let request = request.map(|body| {
        if body.is_end_stream() { body } else { Body::new(BoundedBody::new(body, times)) }
    });
    next.run(request).await
}

/// The body did not arrive in time.
#[derive(Debug, thiserror::Error)]
#[error("the body arrived too slowly")]
struct TooSlow;

/// A body that must arrive in time.
struct BoundedBody {
    /// None after its end.
    inner: Option<Body>,
    patience: Option<Patience>,
    end: Option<Pin<Box<Sleep>>>,
    times: Option<BodyTimes>,
    /// Whether what is left of it is still read when it is dropped.
    discards: bool,
}

impl BoundedBody {
    fn new(inner: Body, times: Option<BodyTimes>) -> Self {
        Self {
            inner: Some(inner),
            patience: times.map(|times| Patience::new(times.least)),
            end: None,
            times,
            discards: true,
        }
    }

    /// Whether it is not worth waiting longer.
    fn is_too_slow(&mut self, cx: &mut Context<'_>) -> bool {
        let Some(times) = self.times else { return false };
        let end = self.end.get_or_insert_with(|| Box::pin(sleep(times.total)));
        let patience = self.patience.as_mut();
        end.as_mut().poll(cx).is_ready()
            || patience.is_some_and(|patience| patience.poll_exhausted(cx).is_ready())
    }
}

impl HttpBody for BoundedBody {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::BoxError>>> {
        let Some(inner) = &mut self.inner else { return Poll::Ready(None) };
        match Pin::new(inner).poll_frame(cx) {
            Poll::Ready(Some(Ok(frame))) => {
                let bytes = frame.data_ref().map_or(0, Bytes::len);
                if let Some(patience) = &mut self.patience {
                    patience.moved(bytes);
                }
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(end) => {
                self.inner = None;
                Poll::Ready(end.map(|frame| frame.map_err(Into::into)))
            }
            Poll::Pending if self.is_too_slow(cx) => {
                self.inner = None;
                Poll::Ready(Some(Err(TooSlow.into())))
            }
            Poll::Pending => Poll::Pending,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.inner.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.as_ref().map_or_else(|| SizeHint::with_exact(0), HttpBody::size_hint)
    }
}

/// What is left of a refused body is read on, beside its answer.
impl Drop for BoundedBody {
    fn drop(&mut self) {
        let rest = self.inner.take().filter(|inner| self.discards && !inner.is_end_stream());
        if let (Some(inner), Ok(runtime)) = (rest, Handle::try_current()) {
            let mut rest = Self::new(inner, self.times);
            rest.discards = false;
            runtime.spawn(discard(rest));
        }
    }
}

async fn discard(mut body: BoundedBody) {
    let mut left = DISCARDED;
    let reading = async {
        while let Some(Ok(frame)) = body.frame().await {
            left = left.saturating_sub(frame.data_ref().map_or(0, Bytes::len));
            if left == 0 {
                return;
            }
        }
    };
    let _ = timeout(DISCARDED_WITHIN, reading).await;
}
