//! Snapshots that are made once for all who listen to the same one. Whoever opens a
//! stream joins the maker of its snapshot, or starts it; the maker ends with its last
//! listener.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use axum::body::Bytes;
use futures::future::BoxFuture;
use jiban_domain::{Millis, Refusal};
use tokio::sync::watch;
use tokio::time::sleep;

use super::{BEAT, MIN_INTERVAL, server_closing};
use crate::service::{HallService, Topic};
use crate::views::Snapshot;

/// What a snapshot shows, and of what: two streams with the same key get the same
/// bytes, so everything that a snapshot depends on is in it.
pub(super) type Key = (&'static str, String);

pub(super) type SnapshotFuture<T> = BoxFuture<'static, Result<T, Refusal>>;

/// All makers that have a listener.
#[derive(Debug, Default)]
pub struct Snapshots {
    makers: Mutex<HashMap<Key, Weak<Maker>>>,
    made: AtomicU64,
}

/// What a maker and its listeners share.
#[derive(Debug)]
struct Maker {
    published: watch::Sender<Published>,
    /// How many have joined.
    joined: watch::Sender<u64>,
}

/// What a maker has made last.
#[derive(Debug, Clone)]
pub(super) struct Published {
    /// Becomes greater with every snapshot that differs from the one before.
    pub edition: u64,
    /// It was made after so many had joined. Nobody begins with an older one.
    joined: u64,
    /// The event as it is sent. Its stamp is that of the last joining or difference.
    pub event: Result<Bytes, Refusal>,
}

/// How a snapshot is made, and what changes it.
pub(super) struct Recipe<F> {
    pub topic: Topic,
    /// A second topic that changes the snapshot, and still does so when the first
    /// no longer can.
    pub own: Option<Topic>,
    pub make: F,
}

impl Snapshots {
    /// How many were made since the start.
    pub fn made(&self) -> u64 {
        self.made.load(Ordering::Relaxed)
    }

    /// Joins the maker of a snapshot. Its first snapshot was made after this call.
    ///
    /// # Errors
    /// Those of `make`.
    pub(super) async fn join<T, F>(
        self: &Arc<Self>,
        service: &Arc<HallService>,
        closing: &watch::Receiver<bool>,
        key: Key,
        recipe: Recipe<F>,
    ) -> Result<watch::Receiver<Published>, Refusal>
    where
        T: Snapshot + Clone + 'static,
        F: Fn(Arc<HallService>, Millis) -> SnapshotFuture<T> + Send + Sync + 'static,
    {
        let (mut published, place) = {
            let mut makers = self.makers();
            let maker = makers.get(&key).and_then(Weak::upgrade).unwrap_or_else(|| {
                let maker = Arc::new(Maker {
                    published: watch::Sender::new(Published {
                        edition: 0,
                        joined: 0,
                        event: Ok(Bytes::new()),
                    }),
                    joined: watch::Sender::new(0),
                });
                makers.insert(key.clone(), Arc::downgrade(&maker));
                let making = Making {
                    snapshots: self.clone(),
                    key,
                    topic: service.changed.watch(recipe.topic),
                    own: recipe.own.map(|topic| service.changed.watch(topic)),
                    joined: maker.joined.subscribe(),
                    maker: maker.clone(),
                    service: service.clone(),
                    closing: closing.clone(),
                    make: recipe.make,
                    last: None,
                    answered: 0,
                };
                tokio::spawn(making.run());
                maker
            });
            let listener = maker.published.subscribe();
            maker.joined.send_modify(|joined| *joined += 1);
            (listener, *maker.joined.borrow())
        };
        let first = published.wait_for(|published| published.joined >= place).await;
        // The maker ends without an answer only if the server stops.
        first.map_err(|_| Refusal::Unavailable)?.event.clone()?;
        Ok(published)
    }

    fn makers(&self) -> MutexGuard<'_, HashMap<Key, Weak<Maker>>> {
        self.makers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The task of a maker.
struct Making<T, F> {
    snapshots: Arc<Snapshots>,
    key: Key,
    maker: Arc<Maker>,
    service: Arc<HallService>,
    topic: watch::Receiver<u64>,
    own: Option<watch::Receiver<u64>>,
    joined: watch::Receiver<u64>,
    closing: watch::Receiver<bool>,
    make: F,
    last: Option<T>,
    /// Those who have joined before the last snapshot was stamped.
    answered: u64,
}

impl<T, F> Making<T, F>
where
    T: Snapshot + Clone,
    F: Fn(Arc<HallService>, Millis) -> SnapshotFuture<T>,
{
    async fn run(mut self) {
        loop {
            if let Err(refusal) = self.publish().await {
                self.end_with(refusal);
                return;
            }
            tokio::select! {
                () = sleep(MIN_INTERVAL) => {}
                () = server_closing(&mut self.closing) => return,
            }
            if self.wait().await.is_none() {
                return;
            }
        }
    }

    async fn publish(&mut self) -> Result<(), Refusal> {
        // Seen before it is made: what changes meanwhile causes the next one.
        let joined = *self.joined.borrow_and_update();
        self.topic.mark_unchanged();
        if let Some(own) = &mut self.own {
            own.mark_unchanged();
        }
        let now = self.service.clock.now();
        self.snapshots.made.fetch_add(1, Ordering::Relaxed);
        let snapshot = (self.make)(self.service.clone(), now).await?;
        let differs = self.last.as_ref() != Some(&snapshot);
        let event = (differs || joined != self.answered).then(|| {
            let mut stamped = snapshot.clone();
            stamped.made_at(self.service.clock.now());
            event_of(&stamped)
        });
        self.last = Some(snapshot);
        self.answered = joined;
        // Sent even if it is the same: a listener then looks whether it may still listen.
        self.maker.published.send_modify(|published| {
            published.edition += u64::from(differs);
            published.joined = joined;
            if let Some(event) = event {
                published.event = event;
            }
        });
        Ok(())
    }

    /// Waits until the snapshot must be made again; `None` at the end of the maker.
    async fn wait(&mut self) -> Option<()> {
        // Phones of visitors who have left stay connected for hours: nothing is
        // queried for them.
        let is_last = self.last.as_ref().is_some_and(Snapshot::is_last);
        let at_rest = self.last.as_ref().is_some_and(Snapshot::rests);
        loop {
            tokio::select! {
                () = sleep(BEAT), if !is_last => return Some(()),
                changed = self.topic.changed(), if !at_rest => return changed.ok(),
                () = own_changed(&mut self.own), if !is_last => return Some(()),
                joined = self.joined.changed() => return joined.ok(),
                () = self.maker.published.closed() => {
                    // Somebody may have joined just now.
                    let mut makers = self.snapshots.makers();
                    if self.maker.published.receiver_count() == 0 {
                        makers.remove(&self.key);
                        return None;
                    }
                }
                () = server_closing(&mut self.closing) => return None,
            }
        }
    }

    fn end_with(&mut self, refusal: Refusal) {
        let mut makers = self.snapshots.makers();
        makers.remove(&self.key);
        self.maker.published.send_modify(|published| {
            published.edition += 1;
            published.joined = u64::MAX;
            published.event = Err(refusal);
        });
    }
}

/// A snapshot as an event. JSON has no line feeds, so it is one line of data.
fn event_of(snapshot: &impl Snapshot) -> Result<Bytes, Refusal> {
    let mut event = b"data: ".to_vec();
    let written: Result<(), serde_json::Error> = serde_json::to_writer(&mut event, snapshot);
    written.map_err(|error| {
        tracing::error!(%error, "a snapshot could not be serialised");
        Refusal::Unavailable
    })?;
    event.extend_from_slice(b"\n\n");
    Ok(event.into())
}

/// Returns when the maker's second topic has changed; never, if it has none.
async fn own_changed(own: &mut Option<watch::Receiver<u64>>) {
    if let Some(own) = own
        && own.changed().await.is_ok()
    {
        return;
    }
    std::future::pending::<Infallible>().await;
}
