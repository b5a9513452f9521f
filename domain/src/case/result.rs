//! The results of a case: documents that anyone can check, handed over once.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use sha2::{Digest, Sha256};

use super::{Case, CaseRefusal, CaseState, Moment};
use crate::ids::{CaseId, DepartmentId, KioskId, MatterId, Millis};
use crate::text::Text;

/// 80 random bits that identify a document to anyone who checks it. Written as 16
/// characters of Crockford's base 32, in groups of four.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VerifyCode(pub [u8; 10]);

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 16;

impl VerifyCode {
    /// As it is read out: `8F3K-…`.
    pub fn grouped(self) -> String {
        let plain = self.to_string();
        let groups: Vec<&str> = (0..LENGTH / 4).map(|at| &plain[at * 4..at * 4 + 4]).collect();
        groups.join("-")
    }
}

impl fmt::Display for VerifyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bits = self.0.iter().fold(0_u128, |bits, byte| (bits << 8) | u128::from(*byte));
        (0..LENGTH).rev().try_for_each(|place| {
            let five = usize::try_from((bits >> (place * 5)) & 31).unwrap_or_default();
            write!(f, "{}", char::from(ALPHABET[five]))
        })
    }
}

/// The text is not a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a code is 16 characters of 0-9 and A-Z without I, L, O, U")]
pub struct NotACode;

impl FromStr for VerifyCode {
    type Err = NotACode;

    /// Reads it in either case, with or without separators between groups, and takes
    /// letters that look like digits as digits (I and L for 1, O for 0).
    fn from_str(text: &str) -> Result<Self, NotACode> {
        let mut bits = 0_u128;
        let mut read = 0;
        for c in text.chars().filter(|c| !matches!(c, '-' | ' ' | '\u{3000}' | '－')) {
            let c = match c.to_ascii_uppercase() {
                'I' | 'L' => '1',
                'O' => '0',
                c => c,
            };
            let five = ALPHABET.iter().position(|known| char::from(*known) == c).ok_or(NotACode)?;
            read += 1;
            if read > LENGTH {
                return Err(NotACode);
            }
            bits = (bits << 5) | five as u128;
        }
        if read != LENGTH {
            return Err(NotACode);
        }
        let mut bytes = [0; 10];
        bytes.copy_from_slice(&bits.to_be_bytes()[6..]);
        Ok(Self(bytes))
    }
}

impl Serialize for VerifyCode {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for VerifyCode {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A document a case resulted in. Its PDF is made each time it is requested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultDocument {
    /// The code that anyone checks it by.
    pub code: VerifyCode,
    pub matter: MatterId,
    /// Such as `营业执照`.
    pub name: Text,
    /// The kind of document, as [`crate::setup::Material::document`] names it.
    #[serde(default)]
    pub produces: Option<String>,
    pub issuer: DepartmentId,
    /// The issuer's name at that time.
    pub issuer_name: Text,
    pub issued_at: Millis,
    pub issued_on: Date,
    #[serde(default)]
    pub revoked: Option<Revoked>,
}

/// A document was revoked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revoked {
    pub at: Millis,
    pub on: Date,
    pub reason: String,
}

/// How the results left the hall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Handed {
    /// Collected. Earlier versions took the code or an identity check alone.
    Fetched {
        at: Millis,
        /// Against the collection code; else against the photograph of a card.
        by_code: bool,
        /// The drawn signature's file.
        #[serde(default)]
        signature: Option<String>,
        /// The file with the photograph of the identity document.
        #[serde(default)]
        card: Option<String>,
        /// By the agent.
        #[serde(default)]
        by_agent: bool,
    },
    /// Printed by the applicant at a kiosk.
    Printed {
        at: Millis,
        kiosk: KioskId,
        /// Against the pick-up code; else against the card in the kiosk's reader.
        by_code: bool,
    },
    Posted {
        at: Millis,
        carrier: String,
        /// The carrier's tracking number.
        tracking: String,
    },
}

/// What it takes to issue documents: random bits made beforehand, so that a command
/// that is run again gives the same codes, and the departments' names.
#[derive(Clone)]
pub struct Issuing {
    /// Random, for one command.
    pub seed: [u8; 32],
    /// The current names of departments.
    pub names: Vec<(DepartmentId, Text)>,
}

impl Issuing {
    fn bits(&self, what: &str) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.seed);
        hash.update(what.as_bytes());
        hash.finalize().into()
    }

    /// The code of a case's document.
    pub(super) fn code(&self, case: CaseId, matter: &MatterId) -> VerifyCode {
        let mut code = [0; 10];
        code.copy_from_slice(&self.bits(&format!("document {} {matter}", case.0))[..10]);
        VerifyCode(code)
    }

    /// Six digits. They are asked for at a counter, beside an identity document.
    pub(super) fn pick_up_code(&self) -> String {
        let bits = self.bits("pick up");
        let number = u64::from_be_bytes(std::array::from_fn(|at| bits[at]));
        format!("{:06}", number % 1_000_000)
    }

    /// A department's current name; its id where it is gone.
    pub(super) fn department_name(&self, id: &DepartmentId) -> Text {
        let known = self.names.iter().find(|(one, _)| one == id);
        known.map_or_else(|| Text::from(id.as_str()), |(_, name)| name.clone())
    }
}

/// How the results are collected at the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetching {
    /// The code given, if one was.
    pub code: Option<String>,
    pub identity_checked: bool,
    /// The file with the photograph of the identity document.
    pub card: Option<String>,
    /// The drawn signature's file.
    pub signature: Option<String>,
    /// The agent collects them, whose number was compared.
    pub by_agent: bool,
}

impl Case {
    /// Hands the results over: always against identity, and against the code that only
    /// the applicant can know. Who has lost the code, or was decided on the spot and
    /// never had it, leaves a photograph of the identity document instead.
    ///
    /// # Errors
    /// [`CaseRefusal::ResultRevoked`]; [`CaseRefusal::WrongCode`]; [`CaseRefusal::CheckFirst`]
    /// where identity was not checked; [`CaseRefusal::CardNeeded`] where there is neither code
    /// nor photograph; [`CaseRefusal::NoAgent`].
    pub fn hand_over_results(
        &mut self,
        fetching: Fetching,
        now: Moment,
    ) -> Result<(), CaseRefusal> {
        self.require_state(CaseState::Ready)?;
        self.require_result()?;
        let Fetching { code, identity_checked, card, signature, by_agent } = fetching;
        if by_agent && self.agent.is_none() {
            return Err(CaseRefusal::NoAgent);
        }
        let told = code.as_deref().map(str::trim).filter(|code| !code.is_empty());
        if told.is_some_and(|code| self.pick_up_code.as_deref() != Some(code)) {
            return Err(CaseRefusal::WrongCode);
        }
        if !identity_checked {
            return Err(CaseRefusal::CheckFirst);
        }
        let by_code = told.is_some();
        if !by_code && card.is_none() {
            return Err(CaseRefusal::CardNeeded);
        }
        self.handed = Some(Handed::Fetched { at: now.at, by_code, signature, card, by_agent });
        self.delivered(now);
        Ok(())
    }

    /// The applicant printed the results at a kiosk, and they came out.
    ///
    /// # Errors
    /// [`CaseRefusal::ResultRevoked`]; the case is not ready.
    pub fn hand_over_by_print(
        &mut self,
        kiosk: KioskId,
        by_code: bool,
        now: Moment,
    ) -> Result<(), CaseRefusal> {
        self.require_state(CaseState::Ready)?;
        self.require_result()?;
        self.handed = Some(Handed::Printed { at: now.at, kiosk, by_code });
        self.delivered(now);
        Ok(())
    }

    /// Whether a file is one of a material, or the signature of the promise or commitment.
    pub fn has_file(&self, file: &str) -> bool {
        let mut files = self.materials.iter().flat_map(|material| &material.files);
        let promised = self.promise.as_ref().and_then(|promise| promise.signature.as_deref());
        let committed = self.commitment.as_ref().and_then(|one| one.signature.as_deref());
        files.any(|one| one.file == file) || [promised, committed].contains(&Some(file))
    }

    /// The results were posted.
    ///
    /// # Errors
    /// [`CaseRefusal::ReasonNeeded`] where carrier or number is not given.
    pub fn post_results(
        &mut self,
        carrier: &str,
        tracking: &str,
        now: Moment,
    ) -> Result<(), CaseRefusal> {
        self.require_state(CaseState::Ready)?;
        self.require_result()?;
        let (carrier, tracking) = (carrier.trim().to_owned(), tracking.trim().to_owned());
        if carrier.is_empty() || tracking.is_empty() {
            return Err(CaseRefusal::ReasonNeeded);
        }
        self.handed = Some(Handed::Posted { at: now.at, carrier, tracking });
        self.delivered(now);
        Ok(())
    }

    /// Whether results were issued and none of them is left.
    pub fn is_revoked(&self) -> bool {
        !self.results.is_empty() && self.results.iter().all(|result| result.revoked.is_some())
    }

    fn require_result(&self) -> Result<(), CaseRefusal> {
        if self.is_revoked() {
            let names = self.results.iter().map(|result| result.name.clone());
            return Err(CaseRefusal::ResultRevoked(names.collect()));
        }
        Ok(())
    }

    fn delivered(&mut self, now: Moment) {
        self.state = CaseState::Delivered;
        self.ended = Some(now.into());
    }

    /// Revokes a document.
    ///
    /// # Errors
    /// [`CaseRefusal::UnknownDocument`], [`CaseRefusal::ReasonNeeded`]; one that is
    /// revoked already is refused.
    pub fn revoke(
        &mut self,
        code: VerifyCode,
        reason: String,
        now: Moment,
    ) -> Result<(), CaseRefusal> {
        if reason.trim().is_empty() {
            return Err(CaseRefusal::ReasonNeeded);
        }
        let state = self.state;
        let document = self.results.iter_mut().find(|document| document.code == code);
        let document = document.ok_or(CaseRefusal::UnknownDocument)?;
        if document.revoked.is_some() {
            return Err(CaseRefusal::WrongCaseState(state));
        }
        document.revoked = Some(Revoked { at: now.at, on: now.day, reason });
        self.drop_checks_of_revoked(now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_back_as_people_write_it() {
        let code = VerifyCode([0x0f, 1, 2, 3, 4, 5, 6, 7, 8, 0xff]);
        assert_eq!(code.to_string().len(), LENGTH);
        for written in [code.to_string(), code.grouped(), code.grouped().to_lowercase()] {
            assert_eq!(written.parse(), Ok(code), "{written}");
        }
        assert_eq!("OIL0-0000-0000-0000".parse::<VerifyCode>(), "0110000000000000".parse());
        for wrong in ["", "0", "U000000000000000", "00000000000000000", "证"] {
            assert_eq!(wrong.parse::<VerifyCode>(), Err(NotACode), "{wrong}");
        }
    }
}
