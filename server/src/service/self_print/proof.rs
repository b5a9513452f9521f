//! A card or a pick-up code becomes a pass.

use jiban_app::api::self_print::Prove;
use jiban_domain::case::{ApplicantKind, Case, CaseState};
use jiban_domain::event::HallEvent;
use jiban_domain::identity::{IdentityPaper, same_name, written};
use jiban_domain::self_print::{Proof, kind_of};
use jiban_domain::setup::Kiosk;
use jiban_domain::{HallId, Refusal, Token};
use serde_json::json;

use super::passes::Proven;
use crate::limits::ClientAddress;
use crate::service::guesses::{Door, Failure};
use crate::service::unit_of_work::{self, About};
use crate::service::{HallService, read_failed};

/// A case of somebody, with the name that it has.
struct Theirs {
    case: Case,
    name: String,
}

/// Whose cases of a number are meant. Numbers are copied wrongly, so one may have two names.
#[derive(Debug, Clone, Copy)]
enum Whose<'a> {
    /// A code tells which.
    Anybody,
    /// A name on a card tells.
    Named(&'a str),
    /// Nothing tells: where there are two names, the cases are nobody's.
    OnePerson,
}

impl HallService {
    /// Somebody proves who they are. The trail records it, and never what was typed.
    ///
    /// # Errors
    /// The kiosk prints nothing or has no reader; [`Refusal::UnreadableCard`];
    /// [`Refusal::NotProven`], whichever of code and number is wrong; or too much was wrong
    /// before.
    pub async fn prove(&self, q: &Prove, client: ClientAddress) -> Result<Token, Refusal> {
        let (hall, kiosk) = self.printing_kiosk(&q.kiosk)?;
        let now = self.clock.steady();
        let code = q.pick_up_code.as_deref().map(str::trim).filter(|code| !code.is_empty());
        let failure = Failure { hall: hall.clone(), ..Failure::at(Door::SelfPrint, client) };
        let whose = match q.name.as_deref().filter(|name| q.card && !name.trim().is_empty()) {
            // The code tells which case is meant.
            _ if code.is_some() && !q.card => Whose::Anybody,
            Some(name) => Whose::Named(name),
            None => Whose::OnePerson,
        };
        let (number, key) = self.number_of(q, &hall, &kiosk).await?;
        let guess = match self.guesses.self_print(client, key, now) {
            Ok(guess) => guess,
            Err(refusal) => return Err(self.record_refused(failure, refusal)),
        };
        let theirs = self.theirs(&hall, &key, whose).await?;
        #[allow(clippy::single_match_else)] // Two proofs, and neither is the exception.
        let (proof, name) = match code {
            Some(code) => {
                // A code is good once.
                let fits = |one: &&Theirs| {
                    one.case.state == CaseState::Ready
                        && one.case.pick_up_code.as_deref() == Some(code)
                };
                let Some(one) = theirs.iter().find(fits) else {
                    self.record_failure(failure);
                    return Err(Refusal::NotProven);
                };
                let id = one.case.id;
                let proof = if q.card { Proof::CardAndCode(id) } else { Proof::Code(id) };
                (proof, one.name.clone())
            }
            None => {
                let known = theirs.first().map(|one| one.name.clone());
                (Proof::Card { paired: self.is_paired(&hall, &kiosk) }, known.unwrap_or_default())
            }
        };
        let records = self.statements_with_records(&hall, &key).await?;
        if code.is_none() && theirs.is_empty() && records.is_empty() {
            // A card of somebody unknown is no fault, but whoever claims many cards guesses.
            self.record_failure(failure);
        } else {
            guess.right();
        }
        let name = q.name.clone().filter(|name| !name.trim().is_empty()).unwrap_or(name);
        let mut proven = Proven {
            kiosk: kiosk.id.clone(),
            hall: hall.clone(),
            proof,
            name,
            number,
            number_key: key,
        };
        if proven.name.is_empty()
            && let Some(id) = records.first()
            && let Ok(known) = self.imported_rows(&proven, &self.statement(&hall, id)?).await
        {
            proven.name = known.name;
        }
        let cases: Vec<i64> = theirs.iter().map(|one| one.case.id.0).collect();
        let detail = json!({ "proof": proof.name(), "cases": cases, "statements": records });
        let by = kiosk.id.to_string();
        self.execute(None, move |work| {
            let kind = HallEvent::PrintablesShown;
            work.append_event(kind, hall.clone(), About::Hall, &by, &detail);
            Ok("{}".to_owned())
        })
        .await?;
        Ok(self.proof_passes.give(proven, now))
    }

    /// Whose pass it is.
    ///
    /// # Errors
    /// [`Refusal::ProofOver`].
    pub fn proven(&self, pass: Token, kiosk: &jiban_domain::KioskId) -> Result<Proven, Refusal> {
        self.proof_passes.proven(pass, kiosk, self.clock.steady())
    }

    /// A visitor goes.
    pub fn leave_self_print(&self, pass: Token, kiosk: &jiban_domain::KioskId) {
        self.proof_passes.end(pass, kiosk, self.clock.steady());
    }

    /// The hall of a kiosk that prints documents.
    ///
    /// # Errors
    /// [`Refusal::UnknownKiosk`], [`Refusal::NoDocumentPrinter`].
    pub fn printing_kiosk(
        &self,
        kiosk: &jiban_domain::KioskId,
    ) -> Result<(HallId, Kiosk), Refusal> {
        let live_state = self.live_state();
        let (hall, kiosk) = unit_of_work::kiosk(&live_state.setup().setup, kiosk)?;
        if kiosk.document_printer.is_none() {
            return Err(Refusal::NoDocumentPrinter);
        }
        Ok((hall.id.clone(), kiosk.clone()))
    }

    /// Whether nobody but the kiosk's own terminal makes its calls.
    fn is_paired(&self, hall: &HallId, kiosk: &Kiosk) -> bool {
        let live_state = self.live_state();
        live_state.setup().setup.hall(hall).is_some_and(|hall| hall.is_paired(kiosk))
    }

    /// The number in the form it is kept, and its keyed hash.
    async fn number_of(
        &self,
        q: &Prove,
        hall: &HallId,
        kiosk: &Kiosk,
    ) -> Result<(String, [u8; 32]), Refusal> {
        let today = self.today_at(hall);
        let keyed = |number: String| {
            let key = self.vault.index("number", &number);
            (number, key)
        };
        if q.card {
            if !kiosk.card_reader {
                return Err(Refusal::NoCardReader);
            }
            let number = IdentityPaper::IdentityCard.number(&q.number, today);
            return number.map(keyed).map_err(Refusal::UnreadableCard);
        }
        if q.pick_up_code.is_none() {
            let place = "pick_up_code: is needed where no card was read";
            return Err(Refusal::BadRequest(place.to_owned()));
        }
        // What cannot be a number is looked for as well, and found nowhere.
        let mut forms: Vec<_> = written(&q.number, today).into_iter().map(keyed).collect();
        for at in 0..forms.len() {
            if !self.reader.history(&forms[at].1).await.map_err(read_failed)?.is_empty() {
                return Ok(forms.swap_remove(at));
            }
        }
        Ok(forms.swap_remove(0))
    }

    /// The cases of a number in a hall that can be printed, newest first.
    async fn theirs(
        &self,
        hall: &HallId,
        key: &[u8; 32],
        whose: Whose<'_>,
    ) -> Result<Vec<Theirs>, Refusal> {
        let mut found = Vec::new();
        for (case, person) in self.reader.history(key).await.map_err(read_failed)? {
            if case.hall == *hall && kind_of(&case).is_some() {
                let applicant = self.open_person(&case, &person)?;
                found.push(Theirs { case, name: applicant.name });
            }
        }
        match whose {
            Whose::Anybody => {}
            Whose::Named(name) => found.retain(|one| {
                one.case.applicant == ApplicantKind::Person && same_name(&one.name, name)
            }),
            Whose::OnePerson => {
                if let Some(first) = found.first()
                    && !found.iter().all(|one| same_name(&one.name, &first.name))
                {
                    found.clear();
                }
            }
        }
        Ok(found)
    }

    /// The cases that somebody may be shown, newest first.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn printable_cases(&self, proven: &Proven) -> Result<Vec<Case>, Refusal> {
        let whose = match proven.proof {
            Proof::Code(_) => Whose::Anybody,
            Proof::Card { .. } | Proof::CardAndCode(_) => Whose::Named(&proven.name),
        };
        let theirs = self.theirs(&proven.hall, &proven.number_key, whose).await?;
        let opened = |case: &Case| match proven.proof {
            Proof::Code(own) => case.id == own,
            Proof::Card { .. } | Proof::CardAndCode(_) => true,
        };
        Ok(theirs.into_iter().map(|one| one.case).filter(opened).collect())
    }
}
