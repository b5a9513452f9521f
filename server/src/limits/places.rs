//! Places that are taken for a while: so many at once for each key.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::UNBOUNDED;

/// So many places for each key. Clones share them.
#[derive(Debug)]
pub struct Places<K> {
    keys: Arc<Mutex<HashMap<K, Arc<Semaphore>>>>,
    each: usize,
}

impl<K> Clone for Places<K> {
    fn clone(&self) -> Self {
        Self { keys: self.keys.clone(), each: self.each }
    }
}

/// A place, which is free again when this is dropped.
#[derive(Debug)]
pub struct Place<K: Eq + Hash> {
    places: Places<K>,
    key: K,
    permit: Option<OwnedSemaphorePermit>,
}

impl<K: Eq + Hash + Clone> Places<K> {
    /// `each` places for each key.
    pub fn new(each: usize) -> Self {
        Self { keys: Arc::default(), each: each.min(UNBOUNDED) }
    }

    /// Takes a place, if one is free.
    pub fn try_take(&self, key: K) -> Option<Place<K>> {
        let mut place = self.seat(key);
        let free = place.semaphore();
        // Without a permit the place is none, and forgets its key again.
        place.permit = Some(free.try_acquire_owned().ok()?);
        Some(place)
    }

    /// Takes a place, and waits so long for one to become free. Who waits first gets it
    /// first.
    pub async fn take(&self, key: K, patience: Duration) -> Option<Place<K>> {
        let mut place = self.seat(key);
        let free = place.semaphore();
        place.permit = Some(timeout(patience, free.acquire_owned()).await.ok()?.ok()?);
        Some(place)
    }

    /// How many places of a key are taken.
    pub fn taken(&self, key: &K) -> usize {
        self.lock().get(key).map_or(0, |free| self.each - free.available_permits())
    }

    fn seat(&self, key: K) -> Place<K> {
        Place { places: self.clone(), key, permit: None }
    }
}

impl<K: Eq + Hash> Places<K> {
    fn lock(&self) -> MutexGuard<'_, HashMap<K, Arc<Semaphore>>> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Eq + Hash + Clone> Place<K> {
    fn semaphore(&self) -> Arc<Semaphore> {
        let each = self.places.each;
        let mut keys = self.places.lock();
        keys.entry(self.key.clone()).or_insert_with(|| Arc::new(Semaphore::new(each))).clone()
    }
}

/// A key of which no place is taken is forgotten: strangers choose addresses.
impl<K: Eq + Hash> Drop for Place<K> {
    fn drop(&mut self) {
        let mut keys = self.places.lock();
        self.permit = None;
        if let Some(free) = keys.get(&self.key)
            && free.available_permits() == self.places.each
            // Nobody is about to take one.
            && Arc::strong_count(free) == 1
        {
            keys.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_has_its_own_places() {
        let places = Places::new(2);
        let first = places.try_take("a").unwrap();
        let _second = places.try_take("a").unwrap();
        assert!(places.try_take("a").is_none());
        assert!(places.try_take("b").is_some());
        drop(first);
        assert!(places.try_take("a").is_some());
    }

    #[tokio::test]
    async fn a_place_that_becomes_free_goes_to_who_waits() {
        let places = Places::new(1);
        let place = places.try_take("a").unwrap();
        let waiting = {
            let places = places.clone();
            tokio::spawn(async move { places.take("a", Duration::from_mins(1)).await.is_some() })
        };
        drop(place);
        assert!(waiting.await.unwrap());
        let _taken = places.try_take("a").unwrap();
        assert!(places.take("a", Duration::ZERO).await.is_none(), "nobody waits for ever");
    }

    #[tokio::test]
    async fn what_nobody_has_is_forgotten() {
        let places = Places::new(1);
        for key in 0..100 {
            let _place = places.try_take(key).unwrap();
            assert!(places.try_take(key).is_none());
            assert!(places.take(key, Duration::ZERO).await.is_none());
            assert_eq!(places.taken(&key), 1);
        }
        assert_eq!(places.lock().len(), 0);
    }
}
