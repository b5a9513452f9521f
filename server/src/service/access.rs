//! Who a command comes from, and whether they may: the way from the service to the
//! table in [`jiban_domain::access`]. It is asked again inside the transaction that
//! writes, so that nothing slips through between.

use jiban_domain::access::{Action, Actor, Place, PlaceKind, Staff, Subject, may};
use jiban_domain::setup::Clerk;
use jiban_domain::{ClerkId, CounterId, Millis, Refusal};

use super::unit_of_work::UnitOfWork;
use super::{HallService, secret};
use crate::change::SessionKey;
use crate::live_state::LiveState;

/// Somebody who is signed in, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    pub session: SessionKey,
    pub clerk: ClerkId,
    pub place: Place,
}

impl Caller {
    /// The caller as staff, by the sessions and the setup of a live state.
    ///
    /// # Errors
    /// [`Refusal::SignInFirst`] where the session has ended, or no longer belongs to the
    /// clerk's role and halls.
    pub fn staff<'a>(
        &'a self,
        live_state: &'a LiveState,
        now: Millis,
    ) -> Result<Staff<'a>, Refusal> {
        let session = live_state.session(&self.session, now).ok_or(Refusal::SignInFirst)?;
        if session.clerk != self.clerk || session.counter.as_ref() != self.place.counter() {
            return Err(Refusal::SignInFirst);
        }
        let setup = &live_state.setup().setup;
        let clerk = setup.clerk(&self.clerk).ok_or(Refusal::SignInFirst)?;
        Staff::at(clerk, &self.place, setup).map_err(|_| Refusal::SignInFirst)
    }

    /// Refuses what the caller may not do.
    ///
    /// # Errors
    /// As [`may`].
    pub fn require(
        &self,
        live_state: &LiveState,
        now: Millis,
        action: Action,
        subject: &Subject<'_>,
    ) -> Result<(), Refusal> {
        may(&Actor::Staff(self.staff(live_state, now)?), action, subject)
    }
}

/// A clerk at a counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtCounter {
    pub session: SessionKey,
    pub clerk: ClerkId,
    pub counter: CounterId,
}

impl AtCounter {
    pub fn caller(&self) -> Caller {
        let place = Place::Counter(self.counter.clone());
        Caller { session: self.session, clerk: self.clerk.clone(), place }
    }
}

impl TryFrom<Caller> for AtCounter {
    type Error = Refusal;

    fn try_from(caller: Caller) -> Result<Self, Refusal> {
        match caller.place {
            Place::Counter(counter) => {
                Ok(Self { session: caller.session, clerk: caller.clerk, counter })
            }
            Place::Office | Place::Admin | Place::Help => Err(Refusal::NotAllowed),
        }
    }
}

/// Who changes the halls: somebody signed in, or the operator by the command line, who
/// has the database itself.
#[derive(Debug, Clone)]
pub enum Author {
    Caller(Caller),
    /// The command's name.
    Operator(&'static str),
}

impl Author {
    /// As the trail names them.
    pub fn name(&self) -> &str {
        match self {
            Self::Caller(caller) => caller.clerk.as_str(),
            Self::Operator(command) => command,
        }
    }

    /// [`Author::require`] outside of a unit of work.
    pub(super) fn require_now(
        &self,
        live_state: &LiveState,
        now: Millis,
        action: Action,
        subject: &Subject<'_>,
    ) -> Result<(), Refusal> {
        match self {
            Self::Caller(caller) => caller.require(live_state, now, action, subject),
            Self::Operator(_) => Ok(()),
        }
    }

    pub(super) fn require(
        &self,
        work: &UnitOfWork<'_>,
        action: Action,
        subject: &Subject<'_>,
    ) -> Result<(), Refusal> {
        match self {
            Self::Caller(caller) => work.require(caller, action, subject),
            Self::Operator(_) => Ok(()),
        }
    }
}

impl HallService {
    /// The caller of a session's secret at a kind of place.
    ///
    /// # Errors
    /// As [`Caller::staff`].
    pub fn caller(&self, secret: &str, kind: PlaceKind) -> Result<Caller, Refusal> {
        let (live_state, now) = (self.live_state(), self.clock.now());
        let key = secret::key(secret);
        let session = live_state.session(&key, now).ok_or_else(|| self.activity.why_ended(&key))?;
        self.activity.check(session, self.clock.steady())?;
        let place = match (kind, &session.counter) {
            (PlaceKind::Counter, Some(counter)) => Place::Counter(counter.clone()),
            (PlaceKind::Office, None) => Place::Office,
            (PlaceKind::Admin, None) => Place::Admin,
            (PlaceKind::Help, None) => Place::Help,
            _ => return Err(Refusal::SignInFirst),
        };
        let caller = Caller { session: key, clerk: session.clerk.clone(), place };
        caller.staff(&live_state, now)?;
        Ok(caller)
    }

    /// A caller's entry in the hall file.
    ///
    /// # Errors
    /// As [`Caller::staff`].
    pub fn clerk(&self, caller: &Caller) -> Result<Clerk, Refusal> {
        let live_state = self.live_state();
        Ok(caller.staff(&live_state, self.clock.now())?.clerk.clone())
    }

    /// Refuses what a caller may not do now.
    ///
    /// # Errors
    /// As [`may`].
    pub fn require(
        &self,
        caller: &Caller,
        action: Action,
        subject: &Subject<'_>,
    ) -> Result<(), Refusal> {
        caller.require(&self.live_state(), self.clock.now(), action, subject)
    }
}

impl UnitOfWork<'_> {
    /// Refuses what a caller may not do by the hall as it is in this transaction.
    ///
    /// # Errors
    /// As [`may`].
    pub fn require(
        &self,
        caller: &Caller,
        action: Action,
        subject: &Subject<'_>,
    ) -> Result<(), Refusal> {
        caller.require(self.live_state(), self.now(), action, subject)
    }
}
