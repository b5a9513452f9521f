//! Everyone who signs in changes their own password.

use jiban_domain::{ClerkId, Refusal};

use super::guesses::SignInFrom;
use super::sign_in::replace_password;
use super::{HallService, passwords};
use crate::limits::ClientAddress;

impl HallService {
    /// Changes the password of the person of a session, and ends their other sessions.
    ///
    /// # Errors
    /// As [`HallService::session`]; the old password is wrong, or was wrong too often from
    /// there; others would guess the new one.
    pub async fn change_own_password(
        &self,
        session_secret: &str,
        old: String,
        new: String,
        client: ClientAddress,
    ) -> Result<(), Refusal> {
        let (session, clerk) = self.session(session_secret)?;
        let from = SignInFrom::Address(client);
        self.check_password(&clerk.id, old, from, client).await?;
        self.check_new_password(&new, &clerk.id)?;
        let phc = self.hashing.hash(new).await?;
        let (by, kept) = (clerk.id.to_string(), session.key);
        self.execute(None, move |work| {
            replace_password(work, &clerk.id, &phc, &by, Some(kept));
            Ok(String::new())
        })
        .await?;
        Ok(())
    }

    /// Refuses a password that others would guess.
    pub(super) fn check_new_password(
        &self,
        password: &str,
        clerk: &ClerkId,
    ) -> Result<(), Refusal> {
        let setup = self.live_state().setup().clone();
        passwords::check(password, clerk, &setup.setup)
    }
}
