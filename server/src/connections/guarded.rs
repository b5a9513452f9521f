//! A connection that is closed when it is of no use: no request comes on it, or its client
//! does not read.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::{Request, Response, StatusCode};
use futures::future::BoxFuture;
use http_body::{Frame, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};
use tower_service::Service;

use crate::limits::{FairPlace, LeastSpeed, Patience};

/// The requests of a connection that are being answered, and since when none is.
#[derive(Debug)]
struct Activity {
    answering: Mutex<(usize, Instant)>,
    place: FairPlace,
}

impl Activity {
    /// Since when nothing is asked; none while something is answered.
    fn idle_since(&self) -> Option<Instant> {
        let (answering, since) = *self.answering.lock().unwrap_or_else(PoisonError::into_inner);
        (answering == 0).then_some(since)
    }

    fn count(&self, change: impl FnOnce(usize) -> usize) {
        let mut activity = self.answering.lock().unwrap_or_else(PoisonError::into_inner);
        *activity = (change(activity.0), Instant::now());
        self.place.set_idle(activity.0 == 0);
    }
}

/// A request that is being answered, until the last byte of its answer is taken.
#[derive(Debug)]
struct Answering(Arc<Activity>);

impl Answering {
    fn begin(activity: &Arc<Activity>) -> Self {
        activity.count(|answering| answering + 1);
        Self(activity.clone())
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.count(|answering| answering - 1);
    }
}

/// How long a connection is kept.
#[derive(Debug, Clone, Copy)]
pub(super) struct Times {
    /// Without a request.
    pub idle: Duration,
    /// What a client must read of its answers.
    pub least: LeastSpeed,
}

/// Watches a connection together with what answers its requests.
pub(super) fn guard<I, S>(
    stream: I,
    service: S,
    times: Times,
    place: FairPlace,
) -> (Guarded<I>, Watched<S>) {
    place.set_idle(true);
    let activity = Arc::new(Activity { answering: Mutex::new((0, Instant::now())), place });
    let guarded = Guarded {
        stream,
        activity: activity.clone(),
        idle: times.idle,
        timer: Box::pin(sleep(times.idle)),
        patience: Patience::new(times.least),
        writing: false,
    };
    (guarded, Watched { service, activity })
}

/// A connection that ends by itself.
pub struct Guarded<I> {
    stream: I,
    activity: Arc<Activity>,
    idle: Duration,
    timer: Pin<Box<Sleep>>,
    patience: Patience,
    /// Whether the client has not read yet what was sent.
    writing: bool,
}

impl<I> Guarded<I> {
    /// Whether nothing was asked for too long, or another client needs the place. The timer runs on while a request is
    /// answered, and is set anew when it fires.
    fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.activity.place.poll_ended(cx).is_ready() {
            return Poll::Ready(());
        }
        while self.timer.as_mut().poll(cx).is_ready() {
            let since = self.activity.idle_since().filter(|_| !self.writing);
            let end = since.unwrap_or_else(Instant::now) + self.idle;
            if end <= Instant::now() {
                return Poll::Ready(());
            }
            self.timer.as_mut().reset(end);
        }
        Poll::Pending
    }

    /// The outcome of a write, or its end if the client does not read.
    fn written<T>(
        &mut self,
        cx: &mut Context<'_>,
        outcome: Poll<io::Result<T>>,
        bytes: impl FnOnce(&T) -> usize,
    ) -> Poll<io::Result<T>> {
        self.writing = outcome.is_pending();
        match &outcome {
            Poll::Ready(Ok(done)) => self.patience.moved(bytes(done)),
            Poll::Ready(Err(_)) => {}
            Poll::Pending => {
                if self.patience.poll_exhausted(cx).is_ready() {
                    return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
                }
            }
        }
        outcome
    }
}

impl<I: AsyncRead + Unpin> AsyncRead for Guarded<I> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let read = Pin::new(&mut self.stream).poll_read(cx, buffer);
        if read.is_pending() && self.poll_end(cx).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        read
    }
}

impl<I: AsyncWrite + Unpin> AsyncWrite for Guarded<I> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.written(cx, outcome, |bytes| *bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(cx, pieces);
        self.written(cx, outcome, |bytes| *bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let outcome = Pin::new(&mut self.stream).poll_flush(cx);
        self.written(cx, outcome, |()| 0)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let outcome = Pin::new(&mut self.stream).poll_shutdown(cx);
        self.written(cx, outcome, |()| 0)
    }
}

/// Answers the requests of a connection, and counts them while it does.
#[derive(Debug, Clone)]
pub struct Watched<S> {
    service: S,
    activity: Arc<Activity>,
}

impl<S, B> Service<Request<B>> for Watched<S>
where
    S: Service<Request<B>, Response = Response<Body>>,
    S::Future: Send + 'static,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<Response<Body>, S::Error>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.service.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let answering = Answering::begin(&self.activity);
        let answer = self.service.call(request);
        let activity = self.activity.clone();
        Box::pin(async move {
            let answer = answer.await?;
            if answer.status() == StatusCode::SWITCHING_PROTOCOLS {
                // It is no connection of requests any more: whoever took it over ends it.
                activity.count(|answering| answering + 1);
            }
            Ok(answer.map(|body| Body::new(WatchedBody { body, _answering: answering })))
        })
    }
}

/// The body of an answer. The request counts until this is dropped.
struct WatchedBody {
    body: Body,
    _answering: Answering,
}

impl HttpBody for WatchedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
