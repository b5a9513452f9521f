//! Signing in and out, one shape for every page of the staff.
//!
//! The calls of the counter, the office and the director's pages differ in
//! their path and in what a sign-in names beside name and password, so each has
//! a [`Workplace`]. Each has a cookie of its own too: one browser can be signed
//! in to all three.

use std::marker::PhantomData;

use jiban_domain::setup::Role;
use jiban_domain::{ClerkId, CounterId, Text};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Call, Done};

/// Where staff work: what a sign-in names beside name and password.
pub trait Workplace: Serialize + DeserializeOwned + 'static {
    /// Path of the sign-in.
    const SIGN_IN: &'static str;
    /// Path of the sign-out.
    const SIGN_OUT: &'static str;
    /// Path of the change of one's own password.
    const CHANGE_PASSWORD: &'static str;
    /// Path of the sign of life.
    const STILL_HERE: &'static str;
}

/// A counter of a hall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterWorkplace {
    pub counter: CounterId,
}

impl Workplace for CounterWorkplace {
    const SIGN_IN: &'static str = "/api/counter/sign_in";
    const SIGN_OUT: &'static str = "/api/counter/sign_out";
    const CHANGE_PASSWORD: &'static str = "/api/counter/change_own_password";
    const STILL_HERE: &'static str = "/api/counter/still_here";
}

/// The office: reviewers and supervisors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeWorkplace {}

impl Workplace for OfficeWorkplace {
    const SIGN_IN: &'static str = "/api/office/sign_in";
    const SIGN_OUT: &'static str = "/api/office/sign_out";
    const CHANGE_PASSWORD: &'static str = "/api/office/change_own_password";
    const STILL_HERE: &'static str = "/api/office/still_here";
}

/// The director's pages: administrators and supervisors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminWorkplace {}

impl Workplace for AdminWorkplace {
    const SIGN_IN: &'static str = "/api/admin/sign_in";
    const SIGN_OUT: &'static str = "/api/admin/sign_out";
    const CHANGE_PASSWORD: &'static str = "/api/admin/change_own_password";
    const STILL_HERE: &'static str = "/api/admin/still_here";
}

/// Beside applicants: everybody of the hall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpWorkplace {}

impl Workplace for HelpWorkplace {
    const SIGN_IN: &'static str = "/api/help/sign_in";
    const SIGN_OUT: &'static str = "/api/help/sign_out";
    const CHANGE_PASSWORD: &'static str = "/api/help/change_own_password";
    const STILL_HERE: &'static str = "/api/help/still_here";
}

/// Signs a member of staff in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn<W> {
    /// The sign-in name.
    pub name: ClerkId,
    pub password: String,
    // Flat on the wire, so it has no name there.
    #[serde(flatten)]
    workplace: W,
}

impl<W> SignIn<W> {
    pub const fn new(name: ClerkId, password: String, workplace: W) -> Self {
        Self { name, password, workplace }
    }

    /// Where they sign in.
    pub const fn workplace(&self) -> &W {
        &self.workplace
    }
}

impl<W: Workplace> Call for SignIn<W> {
    const PATH: &'static str = W::SIGN_IN;
    type Answer = SignedIn;
}

/// Ends the session; a counter is closed by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOut<W> {
    #[serde(skip)]
    workplace: PhantomData<W>,
}

impl<W> Default for SignOut<W> {
    fn default() -> Self {
        Self { workplace: PhantomData }
    }
}

impl<W: Workplace> Call for SignOut<W> {
    const PATH: &'static str = W::SIGN_OUT;
    type Answer = Done;
}

/// Changes one's own password. The other sessions of the person end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeOwnPassword<W> {
    /// The password so far.
    pub old: String,
    pub new: String,
    #[serde(skip)]
    workplace: PhantomData<W>,
}

impl<W> ChangeOwnPassword<W> {
    pub const fn new(old: String, new: String) -> Self {
        Self { old, new, workplace: PhantomData }
    }
}

impl<W: Workplace> Call for ChangeOwnPassword<W> {
    const PATH: &'static str = W::CHANGE_PASSWORD;
    type Answer = Done;
}

/// Somebody works at the page, though nothing is sent: they read or type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StillHere<W> {
    #[serde(skip)]
    workplace: PhantomData<W>,
}

impl<W> Default for StillHere<W> {
    fn default() -> Self {
        Self { workplace: PhantomData }
    }
}

impl<W: Workplace> Call for StillHere<W> {
    const PATH: &'static str = W::STILL_HERE;
    type Answer = Here;
}

/// Who is signed in, and how long without being here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Here {
    pub clerk: ClerkId,
    /// Minutes without activity after which the session ends; null if it does not.
    pub idle_minutes: Option<u32>,
}

/// Who signed in, and where. The session itself is in the cookie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    pub clerk: ClerkId,
    /// The person's name.
    pub name: Text,
    pub role: Role,
    /// Null away from the counters: in the office and on the director's pages.
    pub counter: Option<CounterId>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_sign_in_travels_as_one_flat_object() {
        let counter = CounterWorkplace { counter: CounterId::from("3") };
        let at_counter = SignIn::new(ClerkId::from("clerk1"), "secret".into(), counter);
        let sent = json!({ "name": "clerk1", "password": "secret", "counter": "3" });
        assert_eq!(serde_json::to_value(&at_counter).unwrap(), sent);
        assert_eq!(serde_json::from_value::<SignIn<CounterWorkplace>>(sent).unwrap(), at_counter);

        let sent = json!({ "name": "review1", "password": "secret" });
        let in_office: SignIn<OfficeWorkplace> = serde_json::from_value(sent.clone()).unwrap();
        assert_eq!(serde_json::to_value(&in_office).unwrap(), sent);
        assert!(serde_json::from_value::<SignIn<CounterWorkplace>>(sent).is_err());
    }

    #[test]
    fn a_sign_out_travels_as_an_empty_object() {
        let sign_out = SignOut::<AdminWorkplace>::default();
        assert_eq!(serde_json::to_value(sign_out).unwrap(), json!({}));
        assert!(serde_json::from_value::<SignOut<AdminWorkplace>>(json!({})).is_ok());
    }
}
