//! Places that are shared fairly: when all are taken, whoever has most gives one up to who
//! has fewer. So a few clients cannot shut out all others, however often they come again.

use std::collections::{BTreeMap, HashMap};
use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use futures::task::AtomicWaker;

use super::{ClientAddress, UNBOUNDED};

/// So many places in all, and so many for each client. Clones share them.
#[derive(Debug, Clone)]
pub struct FairPlaces {
    taken: Arc<Mutex<Taken>>,
    all: usize,
    each: usize,
}

#[derive(Debug, Default)]
struct Taken {
    /// The places of each client, the oldest first.
    clients: HashMap<ClientAddress, BTreeMap<u64, Arc<Notice>>>,
    count: usize,
    next: u64,
}

/// What the holder of a place and the others know of it.
#[derive(Debug, Default)]
struct Notice {
    /// It must be given up.
    ended: AtomicBool,
    /// It is held for nothing just now.
    idle: AtomicBool,
    holder: AtomicWaker,
}

/// A place, which is free again when this is dropped.
#[derive(Debug)]
pub struct FairPlace {
    places: FairPlaces,
    /// None for a client that is not counted by itself.
    client: Option<ClientAddress>,
    id: u64,
    notice: Arc<Notice>,
}

impl FairPlaces {
    pub fn new(all: usize, each: usize) -> Self {
        Self { taken: Arc::default(), all, each }
    }

    /// Takes a place. A client that is none, such as a proxy, is not counted by itself, and
    /// gives up nothing.
    pub fn take(&self, client: Option<ClientAddress>) -> Option<FairPlace> {
        let mut taken = self.lock();
        let own = client.map_or(0, |client| taken.of(client));
        // An own place that is held for nothing is better than none.
        if own >= self.each && !taken.give_up(client?, true) {
            return None;
        }
        if taken.count >= self.all && !taken.make_room(own) {
            return None;
        }
        let id = taken.next;
        taken.next += 1;
        taken.count += 1;
        let notice = Arc::new(Notice::default());
        if let Some(client) = client.filter(|_| self.all < UNBOUNDED) {
            taken.clients.entry(client).or_default().insert(id, notice.clone());
        }
        Some(FairPlace { places: self.clone(), client, id, notice })
    }

    fn lock(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    fn of(&self, client: ClientAddress) -> usize {
        self.clients.get(&client).map_or(0, BTreeMap::len)
    }

    /// Ends a place for a client that has `own`. False if it would have as many as all others.
    fn make_room(&mut self, own: usize) -> bool {
        let idle = |places: &BTreeMap<u64, Arc<Notice>>| {
            places.values().any(|notice| notice.idle.load(Ordering::Relaxed))
        };
        if let Some((client, _)) = self.most(idle) {
            return self.give_up(client, true);
        }
        match self.most(|_| true) {
            Some((client, places)) => places > own + 1 && self.give_up(client, false),
            None => false,
        }
    }

    /// Of the clients with such places the one that has most, and how many.
    fn most(
        &self,
        such: impl Fn(&BTreeMap<u64, Arc<Notice>>) -> bool,
    ) -> Option<(ClientAddress, usize)> {
        let clients = self.clients.iter().filter(|(_, places)| such(places));
        let counted = clients.map(|(client, places)| (*client, places.len()));
        counted.max_by_key(|(_, places)| *places)
    }

    /// Ends the oldest place of a client, or the oldest that is idle; false if there is none.
    fn give_up(&mut self, client: ClientAddress, idle: bool) -> bool {
        let Some(places) = self.clients.get_mut(&client) else { return false };
        let found = places
            .iter()
            .find(|(_, notice)| !idle || notice.idle.load(Ordering::Relaxed))
            .map(|(id, _)| *id);
        let Some(notice) = found.and_then(|id| places.remove(&id)) else { return false };
        notice.ended.store(true, Ordering::Release);
        notice.holder.wake();
        // Its holder needs a moment to end; the place is counted as free at once.
        self.count -= 1;
        true
    }
}

impl FairPlace {
    /// Says whether it is held for nothing just now.
    pub fn set_idle(&self, idle: bool) {
        self.notice.idle.store(idle, Ordering::Relaxed);
    }

    /// Ready when it must be given up.
    pub fn poll_ended(&self, cx: &mut Context<'_>) -> Poll<()> {
        self.notice.holder.register(cx.waker());
        if self.notice.ended.load(Ordering::Acquire) { Poll::Ready(()) } else { Poll::Pending }
    }

    /// Returns when it must be given up.
    pub async fn ended(&self) {
        poll_fn(|cx| self.poll_ended(cx)).await;
    }
}

impl Drop for FairPlace {
    fn drop(&mut self) {
        let mut taken = self.places.lock();
        // One that was ended is not counted any more.
        if !self.notice.ended.load(Ordering::Acquire) {
            taken.count -= 1;
        }
        if let Some(client) = self.client
            && let Some(places) = taken.clients.get_mut(&client)
        {
            places.remove(&self.id);
            if places.is_empty() {
                taken.clients.remove(&client);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(places: &FairPlaces, last: u8) -> Option<FairPlace> {
        places.take(Some(ClientAddress::new([203, 0, 113, last].into())))
    }

    fn is_ended(place: &FairPlace) -> bool {
        place.notice.ended.load(Ordering::Relaxed)
    }

    #[test]
    fn whoever_has_most_gives_up_the_oldest() {
        let places = FairPlaces::new(4, 4);
        let first: Vec<_> = (0..4).map(|_| take(&places, 1).unwrap()).collect();
        assert!(take(&places, 1).is_none(), "it has as many as it may");
        let second = [take(&places, 2).unwrap(), take(&places, 2).unwrap()];
        assert_eq!(first.iter().map(is_ended).collect::<Vec<_>>(), [true, true, false, false]);
        assert!(take(&places, 2).is_none(), "both have the same");
        let third = take(&places, 3).unwrap();
        assert_eq!(first.iter().chain(&second).filter(|place| is_ended(place)).count(), 3);
        drop((first, second, third));
        let taken = places.lock();
        assert_eq!((taken.count, taken.clients.len()), (0, 0));
    }

    #[test]
    fn what_is_held_for_nothing_goes_first_even_to_the_same_client() {
        let places = FairPlaces::new(9, 3);
        let held: Vec<_> = (0..3).map(|_| take(&places, 1).unwrap()).collect();
        assert!(take(&places, 1).is_none());
        held[1].set_idle(true);
        let new = take(&places, 1).unwrap();
        assert!(is_ended(&held[1]) && !is_ended(&held[0]) && !is_ended(&new));
        assert!(take(&places, 1).is_none());

        let places = FairPlaces::new(2, 2);
        let held = [take(&places, 1).unwrap(), take(&places, 2).unwrap()];
        assert!(take(&places, 3).is_none(), "each has one");
        held[1].set_idle(true);
        assert!(take(&places, 3).is_some());
        assert!(is_ended(&held[1]) && !is_ended(&held[0]));
    }

    #[test]
    fn a_proxy_is_not_counted_by_itself() {
        let places = FairPlaces::new(4, 1);
        let held: Vec<_> = (0..4).map(|_| places.take(None).unwrap()).collect();
        assert!(places.take(None).is_none());
        assert!(take(&places, 1).is_none(), "and gives up nothing");
        drop(held);
        assert!(take(&places, 1).is_some());
    }

    #[tokio::test]
    async fn the_holder_is_told() {
        let places = FairPlaces::new(2, 2);
        let (first, _second) = (take(&places, 1).unwrap(), take(&places, 1).unwrap());
        let told = tokio::spawn(async move { first.ended().await });
        let _third = take(&places, 2).unwrap();
        told.await.unwrap();
    }
}
