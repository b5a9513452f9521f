//! Pairing: a new terminal shows a code of six figures, and an admin who sees it says which
//! kiosk it is. The terminal asks with a secret of its own, so nobody else gets the key.

use std::sync::{Mutex, PoisonError};

use jiban_app::api::terminal::{AskPaired, BeginPairing, Paired, PairedAs, PairingCode};
use jiban_domain::event::HallEvent;
use jiban_domain::{ClerkId, KioskId, Millis, Refusal};
use uuid::Uuid;

use super::keys::{allow, keyed, tell};
use crate::change::terminals::{KeyHash, KeyedTerminal};
use crate::limits::{ClientAddress, Recent};
use crate::service::{Caller, HallService, secret};

/// How long a code is good.
const CODE_FOR: Millis = 10 * 60_000;
/// Codes that are open at once, in all and of one address.
const OPEN: usize = 60;
const OPEN_OF_ADDRESS: usize = 6;
/// Wrong codes that somebody may type within the time of one.
const WRONG_CODES: usize = 10;
/// The fewest and the most characters of a terminal's secret.
const SECRET: std::ops::RangeInclusive<usize> = 32..=128;

/// The codes that are shown on screens now. After a restart the terminals ask for others.
#[derive(Debug)]
pub struct Pairings {
    open: Mutex<Vec<Open>>,
    wrong: Recent<ClerkId>,
}

#[derive(Debug, Clone)]
struct Open {
    code: String,
    /// The hash of the key that it is about.
    key: KeyHash,
    client: ClientAddress,
    /// By the steady clock.
    until: Millis,
}

impl Default for Pairings {
    fn default() -> Self {
        Self { open: Mutex::default(), wrong: Recent::new(WRONG_CODES, CODE_FOR) }
    }
}

impl Pairings {
    /// The code of a terminal, the same while it is good; and for how long it is.
    fn code(
        &self,
        key: KeyHash,
        client: ClientAddress,
        steady: Millis,
    ) -> Result<(String, Millis), Refusal> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|one| one.until > steady);
        if let Some(known) = open.iter().find(|one| one.key == key) {
            return Ok((known.code.clone(), known.until - steady));
        }
        let of_client = open.iter().filter(|one| one.client == client).count();
        if open.len() >= OPEN || of_client >= OPEN_OF_ADDRESS {
            return Err(Refusal::Busy { seconds: 60 });
        }
        let code = loop {
            let code = secret::six_figures();
            if !open.iter().any(|one| one.code == code) {
                break code;
            }
        };
        open.push(Open { code: code.clone(), key, client, until: steady + CODE_FOR });
        Ok((code, CODE_FOR))
    }

    fn find(&self, code: &str, steady: Millis) -> Option<KeyHash> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.iter().find(|one| one.code == code && one.until > steady).map(|one| one.key)
    }

    fn close(&self, key: &KeyHash) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|one| one.key != *key);
    }
}

impl HallService {
    /// The code that a new terminal shows.
    ///
    /// # Errors
    /// [`Refusal::BadRequest`]; [`Refusal::Busy`] while too many codes are open.
    pub fn begin_pairing(
        &self,
        command: &BeginPairing,
        client: ClientAddress,
    ) -> Result<PairingCode, Refusal> {
        let key = secret::key(&self.key_of(&command.secret)?);
        if self.live_state().keyed_terminals().by_key(&key).is_some() {
            return Err(Refusal::BadRequest("secret: was used before".to_owned()));
        }
        let (code, good_for) = self.pairings.code(key, client, self.clock.steady())?;
        Ok(PairingCode { code, until: self.clock.now() + good_for })
    }

    /// Whether an admin has accepted a terminal's code.
    ///
    /// # Errors
    /// [`Refusal::BadRequest`].
    pub fn ask_paired(&self, command: &AskPaired) -> Result<Paired, Refusal> {
        let key = self.key_of(&command.secret)?;
        let live_state = self.live_state();
        let terminal = live_state.keyed_terminals().by_key(&secret::key(&key));
        // Once it has used the key, nobody gets it any more.
        let accepted = terminal
            .filter(|terminal| terminal.revoked_at.is_none() && terminal.run.is_none())
            .map(|terminal| PairedAs { kiosk: terminal.kiosk.clone(), key });
        Ok(Paired { accepted })
    }

    fn key_of(&self, secret: &str) -> Result<String, Refusal> {
        if SECRET.contains(&secret.len()) {
            Ok(self.key_of_secret(secret))
        } else {
            Err(Refusal::BadRequest("secret: 32 to 128 characters".to_owned()))
        }
    }

    /// Accepts the terminal that shows a code as a kiosk. One that was this kiosk before is
    /// revoked.
    ///
    /// # Errors
    /// [`Refusal::UnknownPairingCode`], [`Refusal::LockedOut`] after too many of them;
    /// [`Refusal::UnknownKiosk`], [`Refusal::NotAllowed`].
    pub async fn pair_terminal(
        &self,
        by: Caller,
        code: &str,
        kiosk: KioskId,
    ) -> Result<(), Refusal> {
        self.may_accept(&by, &kiosk)?;
        let steady = self.clock.steady();
        let typed: String = code.chars().filter(char::is_ascii_digit).collect();
        let attempt = Uuid::new_v4();
        let begun = self.pairings.wrong.begin(&by.clerk, attempt, steady);
        begun.map_err(|seconds| Refusal::LockedOut { seconds })?;
        let key = self.pairings.find(&typed, steady).ok_or(Refusal::UnknownPairingCode)?;
        self.pairings.wrong.undo(&by.clerk, attempt);
        self.execute(None, move |work| {
            allow(work, &by, &kiosk)?;
            let now = work.now();
            let before = work.live_state().keyed_terminals().of(&kiosk).cloned();
            if let Some(before) = before {
                let revoked = KeyedTerminal {
                    revoked_at: Some(now),
                    next_key: None,
                    ..KeyedTerminal::clone(&before)
                };
                work.put(keyed(revoked));
            }
            let id = work.live_state().keyed_terminals().next_id();
            work.put(keyed(KeyedTerminal {
                id,
                kiosk: kiosk.clone(),
                key,
                next_key: None,
                paired_at: now,
                by: by.clerk.as_str().to_owned(),
                revoked_at: None,
                run: None,
                replaced: Vec::new(),
            }));
            tell(work, HallEvent::TerminalPaired, &kiosk, by.clerk.as_str());
            Ok(String::new())
        })
        .await?;
        self.pairings.close(&key);
        Ok(())
    }
}
