//! Turns at printers. A printer accepts one connection at a time: a second one would get no
//! answer.
//!
//! A printer is what its address resolves to, not how the hall file writes it: `printer`,
//! `192.168.1.9` and `192.168.1.9:9100` may be one machine, which prints for one at a time.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use jiban_domain::setup::EscposPrinter;
use tokio::net::lookup_host;
use tokio::sync::OwnedMutexGuard;
use tokio::time::timeout;

const RAW_PORT: u16 = 9100;

/// What is remembered of a printer from job to job. A restart forgets it.
#[derive(Debug, Default)]
pub struct Known {
    /// It has confirmed a job before.
    confirms: bool,
    /// The jobs in a row that it took without confirming them, although it was ready.
    unconfirmed: u32,
    /// It has answered a status request.
    pub answers: bool,
}

impl Known {
    /// Whether to wait for a confirmation. Simple printers never give one, and the visitors
    /// behind would wait for nothing.
    pub const fn may_confirm(&self) -> bool {
        // One that has confirmed before may have been busy with a long job.
        self.unconfirmed < if self.confirms { 3 } else { 1 }
    }

    pub const fn confirmed(&mut self) {
        self.confirms = true;
        self.unconfirmed = 0;
    }

    /// A ready printer did not confirm a job in all the time it was given.
    pub const fn not_confirmed(&mut self) {
        self.unconfirmed += 1;
    }
}

/// How a printer is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// Not empty.
    Network(Vec<SocketAddr>),
    /// A device of this machine; with a speed, a serial line.
    Device(PathBuf, Option<u32>),
}

/// What is one printer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Place {
    At(SocketAddr),
    Device(PathBuf),
}

type Printers = HashMap<Place, Arc<tokio::sync::Mutex<Known>>>;

/// The right to talk to a printer, until it is dropped.
pub struct Turn {
    pub way: Way,
    /// One for each place, so not empty.
    known: Vec<OwnedMutexGuard<Known>>,
}

impl Turn {
    /// Waits for the turn at a printer: `host:port`, or a host, which means port 9100; or a
    /// device.
    ///
    /// # Errors
    /// The host has no address; the device is not there.
    pub async fn take(printer: &EscposPrinter, limit: Duration) -> io::Result<Self> {
        let (way, places) = if printer.is_device() {
            // By whatever name: udev gives a device several.
            let path = tokio::fs::canonicalize(&printer.address).await?;
            (Way::Device(path.clone(), printer.baud), vec![Place::Device(path)])
        } else {
            let addresses = timeout(limit, resolve(&printer.address)).await??;
            let places = addresses.iter().copied().map(Place::At).collect();
            (Way::Network(addresses), places)
        };
        let mut known = Vec::new();
        // In the order of the addresses, so that two turns never wait for each other.
        for place in places {
            known.push(printers(place).lock_owned().await);
        }
        Ok(Self { way, known })
    }

    /// What is remembered of the printer.
    pub fn known(&mut self) -> Option<&mut Known> {
        self.known.first_mut().map(|known| &mut **known)
    }
}

fn printers(place: Place) -> Arc<tokio::sync::Mutex<Known>> {
    static PRINTERS: LazyLock<Mutex<Printers>> = LazyLock::new(Mutex::default);
    let mut printers = PRINTERS.lock().unwrap_or_else(PoisonError::into_inner);
    printers.entry(place).or_default().clone()
}

/// The sorted addresses of a printer.
async fn resolve(address: &str) -> io::Result<Vec<SocketAddr>> {
    let address = match address.rsplit_once(':') {
        Some((_, port)) if port.parse::<u16>().is_ok() => address.to_owned(),
        _ => format!("{address}:{RAW_PORT}"),
    };
    let found = lookup_host(address).await?;
    let mut found: Vec<SocketAddr> =
        found.map(|one| SocketAddr::new(one.ip().to_canonical(), one.port())).collect();
    found.sort_unstable();
    found.dedup();
    if found.is_empty() { Err(io::ErrorKind::NotFound.into()) } else { Ok(found) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_printer_has_one_address_however_it_is_written() {
        let expected = resolve("127.0.0.1:9100").await.unwrap();
        for written in ["127.0.0.1", "[::ffff:127.0.0.1]:9100", "127.1"] {
            assert_eq!(resolve(written).await.unwrap(), expected, "{written}");
        }
        assert!(resolve("localhost").await.unwrap().contains(&expected[0]));
    }

    #[test]
    fn a_printer_that_never_confirms_is_not_waited_for_again() {
        let mut known = Known::default();
        assert!(known.may_confirm());
        known.not_confirmed();
        assert!(!known.may_confirm());
        known.confirmed();
        assert!(known.may_confirm());
        known.not_confirmed();
        assert!(known.may_confirm(), "one that has confirmed before was perhaps only slow");
    }
}
