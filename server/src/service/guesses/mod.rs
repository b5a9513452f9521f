//! What strangers may guess at, and how often. A try is counted before it is made, whether what
//! it names exists or not, and is given back if it was right. Failed tries are events.
//!
//! - [`budgets`]: by address, and in all
//! - [`FailedTries`]: how many of them are written one by one

mod budgets;
mod failed_tries;

use std::hash::Hash;

use jiban_domain::{CaseId, ClerkId, Millis, Refusal};
use strum::IntoStaticStr;

use budgets::{Budgets, address_refused, seconds};
pub use failed_tries::{FailedTries, Failure};

use crate::limits::{Budget, ClientAddress, Limits, LockOut};

/// Characters of a name or number that somebody typed by which it is told apart.
const MAX_TYPED: usize = 64;

/// What is guessed at. The names are in the trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Door {
    /// A case, by its number and the last four characters of the applicant's.
    Case,
    /// The code against which a result is handed over.
    PickUpCode,
    /// The code that verifies a document.
    Document,
    /// A pick-up code or a card at a kiosk that prints documents.
    SelfPrint,
    /// The token of a ticket or case.
    Token,
    /// A booking, by its code or by a number of who made it.
    Booking,
    SignIn,
    /// The six figures of a draft.
    ShareCode,
}

/// Where somebody signs in from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SignInFrom {
    /// A browser in which somebody signed in before. It is counted by itself, so that nobody
    /// else can use up its tries.
    Device(Device),
    Address(ClientAddress),
}

/// A browser that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Device {
    pub id: [u8; 16],
    /// A mark of the clerk who made it known.
    pub by: [u8; 4],
}

/// The tries that may still fail.
#[derive(Debug)]
pub struct Guesses {
    find: Budgets,
    find_number: LockOut<String>,
    pick_up: Budget<ClerkId>,
    pick_up_case: LockOut<CaseId>,
    document: Budgets,
    booking: Budgets,
    share: Budgets,
    join: Budget<ClerkId>,
    self_print: Budgets,
    self_print_number: LockOut<[u8; 32]>,
    token: Budget<ClientAddress>,
    sign_in: Budget<SignInFrom>,
    sign_in_name: LockOut<(String, SignInFrom)>,
    /// Devices that a clerk made known, and what may fail on all that one made known together:
    /// whoever knows one password must not get ever more tries at others by it.
    devices: Budget<ClerkId>,
    devices_of: Budget<[u8; 4]>,
    /// Wrong passwords of a name from anywhere but known devices: they slow the next one down.
    name: Budget<String>,
}

/// Wrong passwords of one name, from all addresses, before the next is answered more slowly.
const PROMPT: u32 = 10;
/// What each further one adds, up to the longest delay, in milliseconds.
const DELAY: u64 = 100;
const LONGEST_DELAY: u64 = 3_000;
/// Browsers that one clerk makes known, an hour.
const DEVICES: u32 = 10;
/// Wrong passwords of one name that are counted.
const COUNTED: u32 = 1_000;

/// A try that was counted. It stays counted unless it is [`Try::right`].
#[derive(Debug)]
#[must_use]
pub struct Try<'a> {
    guesses: &'a Guesses,
    taken: Taken,
    now: Millis,
}

#[derive(Debug)]
enum Taken {
    Find { client: ClientAddress, number: String },
    PickUp { clerk: ClerkId, case: CaseId },
    Document { client: ClientAddress },
    Booking { client: ClientAddress },
    Share { client: ClientAddress },
    Join { clerk: ClerkId },
    SelfPrint { client: ClientAddress, number_key: [u8; 32] },
    SignIn { name: String, from: SignInFrom },
}

impl Guesses {
    /// All budgets whole.
    pub fn new(limits: &Limits) -> Self {
        let in_a_row = limits.wrong_in_a_row;
        let counted = if limits.lifted { u32::MAX } else { COUNTED };
        Self {
            find: Budgets::new(limits.wrong_finds_of_address, limits.wrong_finds),
            find_number: LockOut::new(in_a_row),
            pick_up: Budget::new(limits.wrong_pick_ups_of_clerk),
            pick_up_case: LockOut::new(in_a_row),
            document: Budgets::new(limits.wrong_documents_of_address, limits.wrong_documents),
            booking: Budgets::new(limits.wrong_finds_of_address, limits.wrong_finds),
            share: Budgets::new(limits.wrong_finds_of_address, limits.wrong_finds),
            // As many again: these are codes that a clerk types in, too.
            join: Budget::new(limits.wrong_pick_ups_of_clerk),
            self_print: Budgets::new(limits.wrong_proofs_of_address, limits.wrong_proofs),
            self_print_number: LockOut::new(in_a_row),
            token: Budget::new(limits.wrong_tokens_of_address),
            sign_in: Budget::new(limits.wrong_sign_ins_of_address),
            sign_in_name: LockOut::new(in_a_row),
            devices: Budget::new(DEVICES),
            devices_of: Budget::new(limits.wrong_sign_ins_of_address.saturating_mul(4)),
            name: Budget::new(counted),
        }
    }

    /// A try to find a case by its number, as typed.
    ///
    /// # Errors
    /// The address, all together, or this number failed too often.
    pub fn find(
        &self,
        client: ClientAddress,
        number: &str,
        now: Millis,
    ) -> Result<Try<'_>, Refusal> {
        let number = shortened(number);
        self.find.take(client, now)?;
        self.find_number.attempt(number.clone(), now).map_err(|wait| {
            self.find.give_back(client, now);
            locked_out(wait)
        })?;
        Ok(Try { guesses: self, taken: Taken::Find { client, number }, now })
    }

    /// A pick-up code that a clerk enters.
    ///
    /// # Errors
    /// The clerk, or this case, failed too often.
    pub fn pick_up(&self, clerk: &ClerkId, case: CaseId, now: Millis) -> Result<Try<'_>, Refusal> {
        self.pick_up.take(clerk.clone(), now).map_err(locked_out)?;
        self.pick_up_case.attempt(case, now).map_err(|wait| {
            self.pick_up.give_back(clerk, now);
            locked_out(wait)
        })?;
        Ok(Try { guesses: self, taken: Taken::PickUp { clerk: clerk.clone(), case }, now })
    }

    /// A verification code.
    ///
    /// # Errors
    /// The address, or all together, failed too often.
    pub fn document(&self, client: ClientAddress, now: Millis) -> Result<Try<'_>, Refusal> {
        self.document.take(client, now)?;
        Ok(Try { guesses: self, taken: Taken::Document { client }, now })
    }

    /// A booking's code, or a number, as typed at a kiosk.
    ///
    /// # Errors
    /// The address, or all together, failed too often.
    pub fn booking(&self, client: ClientAddress, now: Millis) -> Result<Try<'_>, Refusal> {
        self.booking.take(client, now)?;
        Ok(Try { guesses: self, taken: Taken::Booking { client }, now })
    }

    /// The six figures that an applicant shows. All tries count together, and not those at one
    /// code: whoever tries does not know which there are.
    ///
    /// # Errors
    /// The address, or all together, failed too often.
    pub fn share(&self, client: ClientAddress, now: Millis) -> Result<Try<'_>, Refusal> {
        self.share.take(client, now)?;
        Ok(Try { guesses: self, taken: Taken::Share { client }, now })
    }

    /// The six figures of an applicant, entered by a clerk who helps. Strangers who guess cannot
    /// use these tries up.
    ///
    /// # Errors
    /// The clerk failed too often.
    pub fn join(&self, clerk: &ClerkId, now: Millis) -> Result<Try<'_>, Refusal> {
        self.join.take(clerk.clone(), now).map_err(locked_out)?;
        Ok(Try { guesses: self, taken: Taken::Join { clerk: clerk.clone() }, now })
    }

    /// A card or a pick-up code at a kiosk, by the keyed hash of the number.
    ///
    /// # Errors
    /// The address, all together, or this number failed too often.
    pub fn self_print(
        &self,
        client: ClientAddress,
        number_key: [u8; 32],
        now: Millis,
    ) -> Result<Try<'_>, Refusal> {
        self.self_print.take(client, now)?;
        self.self_print_number.attempt(number_key, now).map_err(|wait| {
            self.self_print.give_back(client, now);
            locked_out(wait)
        })?;
        Ok(Try { guesses: self, taken: Taken::SelfPrint { client, number_key }, now })
    }

    /// Counts a token that nobody has. A token is looked up first: one that is known is always
    /// answered, since its 128 bits cannot be found by trying, and whoever tries must not take
    /// the pages of all phones that share the address.
    ///
    /// # Errors
    /// The address failed too often.
    pub fn unknown_token(&self, client: ClientAddress, now: Millis) -> Result<(), Refusal> {
        self.token.take(client, now).map_err(address_refused)
    }

    /// A password. Its name is counted by [`Guesses::admit`] only when its turn comes, so that
    /// many who sign in at the same time do not count as so many failures in a row.
    ///
    /// # Errors
    /// The address or device, or the name from there, failed too often. Nobody's failures keep
    /// out whoever signs in from elsewhere.
    pub fn sign_in(&self, name: &str, from: SignInFrom, now: Millis) -> Result<Try<'_>, Refusal> {
        let name = shortened(&name.to_lowercase());
        if let Some(wait) = self.sign_in_name.wait(&(name.clone(), from), now) {
            return Err(locked_out(wait));
        }
        self.sign_in.take(from, now).map_err(address_refused)?;
        if let SignInFrom::Device(device) = from {
            self.devices_of.take(device.by, now).map_err(|wait| {
                self.sign_in.give_back(&from, now);
                address_refused(wait)
            })?;
        }
        if matches!(from, SignInFrom::Address(_)) {
            // If all are spent, the delay is the longest anyway.
            let _ = self.name.take(name.clone(), now);
        }
        Ok(Try { guesses: self, taken: Taken::SignIn { name, from }, now })
    }

    /// Counts a password of a name just before it is compared.
    ///
    /// # Errors
    /// The name failed too often from there.
    pub fn admit(&self, name: &str, from: SignInFrom, now: Millis) -> Result<(), Refusal> {
        let name = shortened(&name.to_lowercase());
        self.sign_in_name.attempt((name, from), now).map_err(locked_out)
    }

    fn give_sign_in_back(&self, name: &String, from: SignInFrom, now: Millis) {
        self.sign_in.give_back(&from, now);
        match from {
            SignInFrom::Device(device) => self.devices_of.give_back(&device.by, now),
            SignInFrom::Address(_) => self.name.give_back(name, now),
        }
    }

    /// Whether a clerk who signed in makes one more browser known.
    pub fn new_device(&self, clerk: &ClerkId, now: Millis) -> bool {
        self.devices.take(clerk.clone(), now).is_ok()
    }

    /// Forgets the wrong passwords of a name, once it has a new one.
    pub fn forget_name(&self, name: &str) {
        let name = shortened(&name.to_lowercase());
        self.sign_in_name.forget(|(one, _)| *one == name);
    }
}

impl Try<'_> {
    /// How long the answer to a password waits, in milliseconds. It grows with the wrong ones of
    /// the name from all addresses, and is the same for a right one, so that it tells nothing.
    pub fn delay(&self) -> u64 {
        match &self.taken {
            Taken::SignIn { name, from: SignInFrom::Address(_) } => {
                let more = self.guesses.name.spent(name, self.now).saturating_sub(PROMPT);
                (u64::from(more) * DELAY).min(LONGEST_DELAY)
            }
            _ => 0,
        }
    }

    /// It was refused for something else. The count of tries in a row stays.
    pub fn undo(self) {
        let Self { guesses, taken, now } = self;
        match taken {
            Taken::Find { client, .. } => guesses.find.give_back(client, now),
            Taken::Document { client } => guesses.document.give_back(client, now),
            Taken::Booking { client } => guesses.booking.give_back(client, now),
            Taken::Share { client } => guesses.share.give_back(client, now),
            Taken::Join { clerk } => guesses.join.give_back(&clerk, now),
            Taken::PickUp { clerk, .. } => guesses.pick_up.give_back(&clerk, now),
            Taken::SelfPrint { client, .. } => guesses.self_print.give_back(client, now),
            Taken::SignIn { name, from } => guesses.give_sign_in_back(&name, from, now),
        }
    }

    /// It was right, so it does not count.
    pub fn right(self) {
        let Self { guesses, taken, now } = self;
        match taken {
            Taken::Find { client, number } => {
                guesses.find.was_right(client, now);
                guesses.find_number.reset(&number);
            }
            Taken::PickUp { clerk, case } => {
                guesses.pick_up.give_back(&clerk, now);
                guesses.pick_up_case.reset(&case);
            }
            Taken::Document { client } => guesses.document.was_right(client, now),
            Taken::Booking { client } => guesses.booking.was_right(client, now),
            // Anybody shows figures and enters them: that makes no address known.
            Taken::Share { client } => guesses.share.give_back(client, now),
            Taken::Join { clerk } => guesses.join.give_back(&clerk, now),
            Taken::SelfPrint { client, number_key } => {
                guesses.self_print.was_right(client, now);
                guesses.self_print_number.reset(&number_key);
            }
            Taken::SignIn { name, from } => {
                guesses.give_sign_in_back(&name, from, now);
                guesses.sign_in_name.reset(&(name, from));
            }
        }
    }
}

/// What somebody typed, as it is told apart: strangers choose its length.
fn shortened(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace() && *c != '-').take(MAX_TYPED).collect()
}

fn locked_out(wait: Millis) -> Refusal {
    Refusal::LockedOut { seconds: seconds(wait) }
}

#[cfg(test)]
mod tests;
