//! Who asks, and where they are signed in.

use crate::ids::{CounterId, HallId};
use crate::refusal::Refusal;
use crate::setup::{Clerk, Role, Setup};

/// Who asks for something.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Actor<'a> {
    Nobody,
    /// A kiosk of this hall.
    Kiosk(&'a HallId),
    /// Who holds the token of the very ticket or case.
    Holder,
    /// Somebody who is signed in.
    Staff(Staff<'a>),
}

/// Somebody who is signed in, as the hall file has them now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Staff<'a> {
    pub clerk: &'a Clerk,
    pub place: &'a Place,
    /// The hall of the counter; none at office and admin page.
    pub hall: Option<&'a HallId>,
}

impl<'a> Staff<'a> {
    /// A clerk at the place they signed in at.
    ///
    /// # Errors
    /// As [`Place::admits`].
    pub fn at(clerk: &'a Clerk, place: &'a Place, setup: &'a Setup) -> Result<Self, Refusal> {
        let hall = place.admits(clerk, setup)?;
        Ok(Self { clerk, place, hall })
    }

    /// Whether they work in a hall as they are signed in: at a counter in its hall alone.
    pub fn works_in(&self, hall: &HallId) -> bool {
        self.hall.is_none_or(|here| here == hall) && self.clerk.works_in(hall)
    }
}

/// Where somebody signs in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    Counter(CounterId),
    Office,
    Admin,
    /// Beside an applicant, with a tablet or from afar.
    Help,
}

/// The same without saying which counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlaceKind {
    Counter,
    Office,
    Admin,
    Help,
}

impl PlaceKind {
    /// Whether somebody of this role signs in there.
    pub const fn admits(self, role: Role) -> bool {
        match self {
            Self::Counter => role.serves(),
            Self::Office => !matches!(role, Role::Clerk),
            Self::Admin => role.supervises(),
            Self::Help => true,
        }
    }
}

impl Place {
    pub const fn kind(&self) -> PlaceKind {
        match self {
            Self::Counter(_) => PlaceKind::Counter,
            Self::Office => PlaceKind::Office,
            Self::Admin => PlaceKind::Admin,
            Self::Help => PlaceKind::Help,
        }
    }

    /// The counter, if it is one.
    pub const fn counter(&self) -> Option<&CounterId> {
        match self {
            Self::Counter(counter) => Some(counter),
            Self::Office | Self::Admin | Self::Help => None,
        }
    }

    /// Whether a clerk may be signed in there, by the hall file; the hall of the
    /// counter, if it is one.
    ///
    /// # Errors
    /// [`Refusal::UnknownCounter`]; [`Refusal::NotAllowed`] for another role or hall.
    pub fn admits<'a>(
        &self,
        clerk: &Clerk,
        setup: &'a Setup,
    ) -> Result<Option<&'a HallId>, Refusal> {
        let hall = match self {
            Self::Counter(id) => Some(&setup.counter(id).ok_or(Refusal::UnknownCounter)?.0.id),
            Self::Office | Self::Admin | Self::Help => None,
        };
        if !self.kind().admits(clerk.role) || hall.is_some_and(|hall| !clerk.works_in(hall)) {
            return Err(Refusal::NotAllowed);
        }
        Ok(hall)
    }
}
