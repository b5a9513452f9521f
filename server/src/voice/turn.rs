//! One voice at a time: synthesis takes a core, and anyone can ask for it.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use tokio::sync::Semaphore;

/// Sentences cached, for several displays at once and for recalls.
const CACHED: usize = 24;
/// Those who may wait for their sentence. A hall has a few displays, and asks for the same.
const WAITING: usize = 32;

/// Too many wait for a voice.
#[derive(Debug, PartialEq, Eq)]
pub struct Crowded;

/// Speaks one sentence after another, and remembers the last ones.
#[derive(Debug)]
pub(super) struct Turn {
    one: Semaphore,
    waiting: Semaphore,
    cache: Mutex<VecDeque<(String, Vec<u8>)>>,
}

impl Turn {
    pub(super) const fn new() -> Self {
        Self {
            one: Semaphore::const_new(1),
            waiting: Semaphore::const_new(WAITING),
            cache: Mutex::new(VecDeque::new()),
        }
    }

    /// The sound of a sentence: cached, or made by `make` when it is its turn. `None` if it
    /// cannot be made.
    ///
    /// # Errors
    /// [`Crowded`].
    pub(super) async fn sound(
        &self,
        words: &str,
        make: impl AsyncFnOnce(&str) -> Option<Vec<u8>>,
    ) -> Result<Option<Vec<u8>>, Crowded> {
        if let Some(sound) = self.cached(words) {
            return Ok(Some(sound));
        }
        let _waiting = self.waiting.try_acquire().map_err(|_| Crowded)?;
        let _turn = self.one.acquire().await.map_err(|_| Crowded)?;
        // Another display may have asked for the same.
        if let Some(sound) = self.cached(words) {
            return Ok(Some(sound));
        }
        let sound = make(words).await;
        if let Some(sound) = &sound {
            self.cache(words.to_owned(), sound);
        }
        Ok(sound)
    }

    fn cached(&self, words: &str) -> Option<Vec<u8>> {
        let entries = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        entries.iter().find(|(known, _)| known == words).map(|(_, sound)| sound.clone())
    }

    fn cache(&self, words: String, sound: &[u8]) {
        let mut entries = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= CACHED {
            entries.pop_front();
        }
        entries.push_back((words, sound.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use futures::future::join_all;
    use tokio::task::yield_now;

    use super::*;

    #[tokio::test]
    async fn sentences_are_made_one_after_another_and_each_once() {
        let turn = Turn::new();
        let (at_once, made) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let ask = async |sentence: usize| {
            let make = async |words: &str| {
                assert_eq!(at_once.fetch_add(1, Ordering::Relaxed), 0, "two at once");
                made.fetch_add(1, Ordering::Relaxed);
                yield_now().await;
                at_once.fetch_sub(1, Ordering::Relaxed);
                Some(words.as_bytes().to_vec())
            };
            turn.sound(&format!("{sentence}"), make).await
        };
        let asked = join_all((0..WAITING).map(|n| ask(n % 3))).await;
        assert!(asked.into_iter().all(|sound| matches!(sound, Ok(Some(_)))));
        assert_eq!(made.load(Ordering::Relaxed), 3);
    }

    #[tokio::test]
    async fn beyond_the_queue_nobody_waits() {
        let turn = Turn::new();
        let make = async |words: &str| {
            yield_now().await;
            Some(words.as_bytes().to_vec())
        };
        let names: Vec<String> = (0..2 * WAITING).map(|n| n.to_string()).collect();
        let asked = join_all(names.iter().map(|name| turn.sound(name, make))).await;
        let crowded = asked.iter().filter(|sound| **sound == Err(Crowded)).count();
        assert_eq!(crowded, WAITING);
    }
}
