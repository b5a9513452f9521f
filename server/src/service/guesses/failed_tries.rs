//! Which failed tries become events of their own. A flood of them must not fill the disk: beyond
//! some an hour they are only summed up, in one event a minute.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use jiban_domain::{CaseId, HallId, Millis};
use serde_json::{Value, json};

use super::Door;
use crate::limits::{Budget, ClientAddress};

/// Addresses that a sum names; further ones are counted only.
const MAX_ADDRESSES: usize = 20;

/// A try that failed, as the trail tells it: never what was typed.
#[derive(Debug, Clone)]
pub struct Failure {
    pub door: Door,
    pub client: ClientAddress,
    /// The clerk who entered a code at a counter.
    pub by: String,
    /// Whose password was tried, if there is somebody of this name.
    pub name: Option<String>,
    /// The case, if it exists.
    pub case: Option<CaseId>,
    pub hall: HallId,
    /// It was not even tried, since there were too many before it.
    pub refused: bool,
}

impl Failure {
    /// A wrong try from an address.
    pub fn at(door: Door, client: ClientAddress) -> Self {
        let (by, hall) = (String::new(), HallId::default());
        Self { door, client, by, name: None, case: None, hall, refused: false }
    }

    /// The event's detail.
    pub fn detail(&self) -> Value {
        let mut detail =
            json!({ "door": <&str>::from(self.door), "client": self.client.to_string() });
        if let Some(name) = &self.name {
            detail["name"] = json!(name);
        }
        if let Some(case) = self.case {
            detail["case"] = json!(case);
        }
        detail
    }
}

/// Counts failed tries.
#[derive(Debug)]
pub struct FailedTries {
    /// For each door, so that a flood at one hides nothing at another.
    written: Budget<Door>,
    sum: Mutex<Sum>,
}

#[derive(Debug, Default)]
struct Sum {
    /// Wrong and refused tries of each door.
    doors: BTreeMap<Door, (u64, u64)>,
    addresses: BTreeMap<ClientAddress, u64>,
    /// Tries from addresses beyond those.
    elsewhere: u64,
    since: Millis,
}

impl FailedTries {
    /// So many an hour are written one by one, for each door.
    pub fn new(an_hour: u32) -> Self {
        Self { written: Budget::new(an_hour), sum: Mutex::default() }
    }

    /// Whether a failure is written by itself. Otherwise it is added to the sum, as are all that
    /// were refused: they tell nothing new.
    pub fn writes(&self, failure: &Failure, now: Millis) -> bool {
        if !failure.refused && self.written.take(failure.door, now).is_ok() {
            return true;
        }
        self.add(failure, now);
        false
    }

    /// Adds a failure to the sum.
    pub fn add(&self, failure: &Failure, now: Millis) {
        let mut sum = self.sum.lock().unwrap_or_else(PoisonError::into_inner);
        if sum.doors.is_empty() {
            sum.since = now;
        }
        let (wrong, refused) = sum.doors.entry(failure.door).or_default();
        *if failure.refused { refused } else { wrong } += 1;
        let known = sum.addresses.contains_key(&failure.client);
        if known || sum.addresses.len() < MAX_ADDRESSES {
            *sum.addresses.entry(failure.client).or_default() += 1;
        } else {
            sum.elsewhere += 1;
        }
    }

    /// The detail of an event about all that were only counted, and begins to count anew.
    pub fn sum_up(&self) -> Option<Value> {
        let sum = std::mem::take(&mut *self.sum.lock().unwrap_or_else(PoisonError::into_inner));
        if sum.doors.is_empty() {
            return None;
        }
        let doors: BTreeMap<&str, Value> = sum
            .doors
            .into_iter()
            .map(|(door, (wrong, refused))| {
                (door.into(), json!({ "wrong": wrong, "refused": refused }))
            })
            .collect();
        let addresses: BTreeMap<String, u64> =
            sum.addresses.into_iter().map(|(client, tries)| (client.to_string(), tries)).collect();
        Some(json!({
            "since": sum.since, "doors": doors, "clients": addresses, "elsewhere": sum.elsewhere,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_summed_up() {
        let tries = FailedTries::new(3);
        let failure =
            |last: u8| Failure::at(Door::Case, ClientAddress::new([203, 0, 113, last].into()));
        assert_eq!(tries.sum_up(), None);
        let written = (0..=255).filter(|last| tries.writes(&failure(*last), 1_000));
        assert_eq!(written.count(), 3);
        let refused = Failure { refused: true, ..failure(3) };
        assert!(!tries.writes(&refused, 2_000));
        let sum = tries.sum_up().unwrap();
        assert_eq!(sum["doors"]["case"], json!({ "wrong": 253, "refused": 1 }));
        assert_eq!(sum["clients"]["203.0.113.3"], 2);
        assert_eq!(sum["clients"].as_object().unwrap().len(), MAX_ADDRESSES);
        assert_eq!(sum["elsewhere"], 233);
        assert_eq!(sum["since"], 1_000);
        assert_eq!(tries.sum_up(), None);
    }
}
