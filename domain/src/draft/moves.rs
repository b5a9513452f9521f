//! The moves of a draft between its states.

use super::{Draft, DraftRefusal, DraftState, Proof};
use crate::case::Moment;
use crate::ids::{CaseId, ClerkId};

impl Draft {
    fn require(&self, states: &[DraftState]) -> Result<(), DraftRefusal> {
        let fits = states.contains(&self.state);
        if fits { Ok(()) } else { Err(DraftRefusal::WrongDraftState(self.state)) }
    }

    /// The applicant sends it to be looked at. Its form must have been checked before.
    ///
    /// # Errors
    /// [`DraftRefusal::WrongDraftState`].
    pub fn send(&mut self, now: Moment) -> Result<(), DraftRefusal> {
        self.require(&[DraftState::Filling, DraftState::Returned])?;
        self.state = DraftState::Sent;
        self.sent = Some(now.into());
        self.first_sent.get_or_insert(now.into());
        self.times_sent += 1;
        Ok(())
    }

    /// The applicant takes it back, to change it.
    ///
    /// # Errors
    /// [`DraftRefusal::WrongDraftState`].
    pub fn take_back(&mut self) -> Result<(), DraftRefusal> {
        self.require(&[DraftState::Sent, DraftState::Cleared])?;
        self.state = DraftState::Filling;
        Ok(())
    }

    /// The hall returns it with remarks.
    ///
    /// # Errors
    /// [`DraftRefusal::WrongDraftState`]; [`DraftRefusal::RemarkNeeded`] without remarks.
    pub fn give_back(&mut self, remarks: usize, by: &ClerkId) -> Result<(), DraftRefusal> {
        self.require(&[DraftState::Sent, DraftState::Cleared])?;
        if remarks == 0 {
            return Err(DraftRefusal::RemarkNeeded);
        }
        self.state = DraftState::Returned;
        self.times_returned += 1;
        self.checked_by = Some(by.clone());
        Ok(())
    }

    /// The hall finds it all right.
    ///
    /// # Errors
    /// [`DraftRefusal::WrongDraftState`].
    pub fn clear(&mut self, bring_originals: bool, by: &ClerkId) -> Result<(), DraftRefusal> {
        self.require(&[DraftState::Sent, DraftState::Returned])?;
        self.state = DraftState::Cleared;
        self.bring_originals = bring_originals;
        self.checked_by = Some(by.clone());
        Ok(())
    }

    /// A clerk has seen the identity paper of whoever it names in this version.
    ///
    /// # Errors
    /// [`DraftRefusal::WrongDraftState`] once it is over.
    pub fn paper_seen(
        &mut self,
        by: &ClerkId,
        version: u64,
        now: Moment,
    ) -> Result<(), DraftRefusal> {
        self.require_not_over()?;
        self.proof = Proof::PaperSeen { by: by.clone(), at: now.at, version };
        Ok(())
    }

    /// Whoever it names in this version has signed in at a provider.
    ///
    /// # Errors
    /// [`DraftRefusal::NotWritable`].
    pub fn signed_in(
        &mut self,
        provider: &str,
        version: u64,
        now: Moment,
    ) -> Result<(), DraftRefusal> {
        self.require_writable()?;
        self.proof = Proof::SignedIn { provider: provider.to_owned(), at: now.at, version };
        Ok(())
    }

    /// It becomes a case at a counter, with the answers of this version.
    ///
    /// # Errors
    /// [`DraftRefusal::WrongDraftState`] once it is over.
    pub fn receive(
        &mut self,
        case: CaseId,
        by: &ClerkId,
        version: u64,
        now: Moment,
    ) -> Result<(), DraftRefusal> {
        self.paper_seen(by, version, now)?;
        self.state = DraftState::Received;
        self.case = Some(case);
        self.ended = Some(now.into());
        Ok(())
    }

    /// The applicant gives it up.
    ///
    /// # Errors
    /// [`DraftRefusal::WrongDraftState`] once it is over.
    pub fn withdraw(&mut self, now: Moment) -> Result<(), DraftRefusal> {
        self.require_not_over()?;
        self.state = DraftState::Withdrawn;
        self.ended = Some(now.into());
        Ok(())
    }

    /// Its time is over.
    pub fn expire(&mut self, now: Moment) {
        if !self.state.is_over() {
            self.state = DraftState::Expired;
            self.ended = Some(now.into());
        }
        self.forget_files();
    }

    fn require_not_over(&self) -> Result<(), DraftRefusal> {
        let over = self.state.is_over();
        if over { Err(DraftRefusal::WrongDraftState(self.state)) } else { Ok(()) }
    }
}
