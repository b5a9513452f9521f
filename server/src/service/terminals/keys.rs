//! The keys of terminals: who has one, and whether a call for a kiosk comes from it. The
//! database has only their hashes.

use std::sync::Arc;

use data_encoding::HEXLOWER;
use jiban_domain::access::{Action, Actor, Subject};
use jiban_domain::event::HallEvent;
use jiban_domain::{KioskId, Refusal};
use serde_json::json;
use uuid::Uuid;

use crate::change::Change;
use crate::change::terminals::{KeyHash, KeyedTerminal, TerminalChange};
use crate::service::unit_of_work::{self, About, UnitOfWork};
use crate::service::{Caller, HallService, secret};

/// Programs of one terminal that are remembered as replaced.
const REPLACED: usize = 50;

impl HallService {
    /// Whether a call for a kiosk is served: by its key, or where the hall asks for none.
    /// Returns the hash of the key that was used. This is asked in one place, before any
    /// handler runs.
    ///
    /// # Errors
    /// [`Refusal::PairFirst`] without the key of this very kiosk, [`Refusal::Revoked`].
    pub fn admit_kiosk(
        &self,
        kiosk: &KioskId,
        key: Option<&str>,
    ) -> Result<Option<KeyHash>, Refusal> {
        let live_state = self.live_state();
        let Some((hall, of_hall)) = live_state.setup().setup.kiosk(kiosk) else {
            // Whoever is asked about it says that there is none.
            return Ok(None);
        };
        let Some(key) = key else {
            return if hall.is_paired(of_hall) { Err(Refusal::PairFirst) } else { Ok(None) };
        };
        let hash = secret::key(key);
        let terminal = live_state.keyed_terminals().by_key(&hash).ok_or(Refusal::PairFirst)?;
        if terminal.revoked_at.is_some() {
            return Err(Refusal::Revoked);
        }
        if terminal.kiosk != *kiosk {
            return Err(Refusal::PairFirst);
        }
        jiban_domain::access::may(
            &Actor::Kiosk(&hall.id),
            Action::ServeTerminal,
            &Subject::Hall(&hall.id),
        )?;
        Ok(Some(hash))
    }

    /// The same for a call that is about no kiosk in particular, such as a text read aloud: by the
    /// key of any, or where some kiosk is open to everybody.
    ///
    /// # Errors
    /// As [`HallService::admit_kiosk`].
    pub fn admit_any_kiosk(&self, key: Option<&str>) -> Result<(), Refusal> {
        let live_state = self.live_state();
        let Some(key) = key else {
            let halls = &live_state.setup().setup.halls;
            let is_open =
                halls.iter().any(|hall| hall.kiosks.iter().any(|kiosk| !hall.is_paired(kiosk)));
            return if is_open { Ok(()) } else { Err(Refusal::PairFirst) };
        };
        let terminal = live_state.keyed_terminals().by_key(&secret::key(key));
        match terminal.ok_or(Refusal::PairFirst)?.revoked_at {
            Some(_) => Err(Refusal::Revoked),
            None => Ok(()),
        }
    }

    /// Whether any kiosk asks for a key, so that calls have to be looked into.
    pub fn asks_for_keys(&self) -> bool {
        let live_state = self.live_state();
        let halls = &live_state.setup().setup.halls;
        halls.iter().any(|hall| hall.kiosks.iter().any(|kiosk| hall.is_paired(kiosk)))
    }

    /// The key that a terminal gets for a secret that it made.
    pub(super) fn key_of_secret(&self, secret: &str) -> String {
        HEXLOWER.encode(&self.vault.index("terminal key", secret))
    }

    /// The key that follows another one.
    pub(super) fn key_after(&self, key: &KeyHash) -> String {
        HEXLOWER.encode(&self.vault.index("next terminal key", &HEXLOWER.encode(key)))
    }

    /// The new key that a terminal is to use, until it has.
    pub(super) fn new_key(&self, key: &KeyHash) -> Option<String> {
        let live_state = self.live_state();
        let terminal = live_state.keyed_terminals().by_key(key)?;
        let next = terminal.next_key.filter(|next| next != key)?;
        let new = self.key_after(&terminal.key);
        (secret::key(&new) == next).then_some(new)
    }

    /// Notes which program speaks for a terminal, and with which key: of two with one key the
    /// newer goes on.
    ///
    /// # Errors
    /// [`Refusal::KeyInUse`] for a program that another has replaced; when it cannot be
    /// written.
    pub(super) async fn note_run(&self, key: &KeyHash, run: Uuid) -> Result<(), Refusal> {
        let (is_replaced, changes, kiosk) = {
            let live_state = self.live_state();
            let Some(terminal) = live_state.keyed_terminals().by_key(key) else {
                return Err(Refusal::PairFirst);
            };
            let changes = terminal.run != Some(run) || terminal.next_key == Some(*key);
            (terminal.replaced.contains(&run), changes, terminal.kiosk.clone())
        };
        if is_replaced {
            self.key_in_use(&kiosk, run).await;
            return Err(Refusal::KeyInUse);
        }
        if !changes {
            return Ok(());
        }
        let key = *key;
        self.execute(None, move |work| note_run(work, &key, run)).await.map(drop)
    }

    /// Tells of two programs with one key: in the trail once for each of them.
    async fn key_in_use(&self, kiosk: &KioskId, run: Uuid) {
        if !self.terminals.key_in_use(kiosk, run, self.clock.steady()) {
            return;
        }
        let kiosk = kiosk.clone();
        let noted = self
            .execute(None, move |work| {
                tell(work, HallEvent::TerminalKeyInUse, &kiosk, kiosk.as_str());
                Ok(String::new())
            })
            .await;
        if let Err(refusal) = noted {
            tracing::warn!(%refusal, "that a key is in use twice could not be noted");
        }
    }

    /// Whether somebody may accept and revoke the terminal of a kiosk.
    ///
    /// # Errors
    /// [`Refusal::UnknownKiosk`], [`Refusal::NotAllowed`].
    pub(super) fn may_accept(&self, by: &Caller, kiosk: &KioskId) -> Result<(), Refusal> {
        let hall = {
            let live_state = self.live_state();
            let (hall, _) = unit_of_work::kiosk(&live_state.setup().setup, kiosk)?;
            hall.id.clone()
        };
        self.require(by, Action::AcceptTerminal, &Subject::Hall(&hall))
    }

    /// Revokes the key of a kiosk's terminal. A repeat changes nothing.
    ///
    /// # Errors
    /// [`Refusal::UnknownKiosk`], [`Refusal::NotAllowed`], [`Refusal::NotPaired`].
    pub async fn revoke_terminal(&self, by: Caller, kiosk: KioskId) -> Result<(), Refusal> {
        self.execute(None, move |work| {
            allow(work, &by, &kiosk)?;
            let terminal = paired(work, &kiosk)?;
            let revoked = KeyedTerminal {
                revoked_at: Some(work.now()),
                next_key: None,
                ..KeyedTerminal::clone(&terminal)
            };
            work.put(keyed(revoked));
            tell(work, HallEvent::TerminalRevoked, &kiosk, by.clerk.as_str());
            Ok(String::new())
        })
        .await
        .map(drop)
    }

    /// Gives a terminal a new key with its next report. The old one works until the new one is
    /// used.
    ///
    /// # Errors
    /// As [`HallService::revoke_terminal`].
    pub async fn change_terminal_key(&self, by: Caller, kiosk: KioskId) -> Result<(), Refusal> {
        self.may_accept(&by, &kiosk)?;
        let next = {
            let live_state = self.live_state();
            let terminal = live_state.keyed_terminals().of(&kiosk).ok_or(Refusal::NotPaired)?;
            secret::key(&self.key_after(&terminal.key))
        };
        self.execute(None, move |work| {
            allow(work, &by, &kiosk)?;
            let terminal = paired(work, &kiosk)?;
            let changed = KeyedTerminal { next_key: Some(next), ..KeyedTerminal::clone(&terminal) };
            work.put(keyed(changed));
            tell(work, HallEvent::TerminalKeyChanged, &kiosk, by.clerk.as_str());
            Ok(String::new())
        })
        .await
        .map(drop)
    }
}

fn note_run(work: &mut UnitOfWork<'_>, key: &KeyHash, run: Uuid) -> Result<String, Refusal> {
    let found = work.live_state().keyed_terminals().by_key(key).cloned();
    let found = found.ok_or(Refusal::PairFirst)?;
    let mut terminal = KeyedTerminal::clone(&found);
    if terminal.revoked_at.is_some() {
        return Err(Refusal::Revoked);
    }
    if terminal.replaced.contains(&run) {
        return Err(Refusal::KeyInUse);
    }
    let kiosk = terminal.kiosk.clone();
    let mut event = HallEvent::TerminalStarted;
    if terminal.next_key == Some(*key) {
        terminal.key = *key;
        terminal.next_key = None;
        event = HallEvent::TerminalKeyChanged;
    }
    if let Some(before) = terminal.run.replace(run).filter(|before| *before != run) {
        terminal.replaced.push(before);
        let over = terminal.replaced.len().saturating_sub(REPLACED);
        terminal.replaced.drain(..over);
    }
    work.put(keyed(terminal));
    tell(work, event, &kiosk, kiosk.as_str());
    Ok(String::new())
}

pub(super) fn keyed(terminal: KeyedTerminal) -> Change {
    Change::Terminal(TerminalChange::Keyed(Arc::new(terminal)))
}

/// The terminal that has a kiosk's key now.
fn paired(work: &UnitOfWork<'_>, kiosk: &KioskId) -> Result<Arc<KeyedTerminal>, Refusal> {
    work.live_state().keyed_terminals().of(kiosk).cloned().ok_or(Refusal::NotPaired)
}

/// Whether somebody may change the key of a kiosk.
pub(super) fn allow(work: &UnitOfWork<'_>, by: &Caller, kiosk: &KioskId) -> Result<(), Refusal> {
    let setup = work.setup();
    let (hall, _) = unit_of_work::kiosk(&setup.setup, kiosk)?;
    work.require(by, Action::AcceptTerminal, &Subject::Hall(&hall.id))
}

pub(super) fn tell(work: &mut UnitOfWork<'_>, event: HallEvent, kiosk: &KioskId, by: &str) {
    let setup = work.setup();
    let hall = setup.setup.kiosk(kiosk).map(|(hall, _)| hall.id.clone()).unwrap_or_default();
    work.append_event(event, hall, About::Hall, by, &json!({ "kiosk": kiosk }));
}
