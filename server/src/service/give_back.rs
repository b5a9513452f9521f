//! A number given back by its holder.

use jiban_domain::ticket::{Ticket, TicketState, Verb};
use jiban_domain::{Refusal, Token};

use super::{HallService, read_failed};

impl HallService {
    /// Ends a ticket that waits or was missed, for its holder; those behind it move up. A
    /// repeat changes nothing.
    ///
    /// # Errors
    /// [`Refusal::UnknownTicket`]; [`Refusal::WrongState`] where it is being called or served,
    /// or has ended otherwise.
    pub async fn give_back_number(&self, token: Token) -> Result<(), Refusal> {
        let given_back = self
            .execute(None, move |work| {
                let standing = work.live_state().by_token(token).ok_or(Refusal::UnknownTicket)?;
                let ticket = Ticket::clone(&standing.ticket);
                let moved = ticket.give_back(None, work.now())?;
                work.move_ticket(moved, "");
                Ok("{}".to_owned())
            })
            .await;
        match given_back {
            Err(Refusal::UnknownTicket) => {
                let ended = self.reader.ticket(token).await.map_err(read_failed)?;
                match ended.ok_or(Refusal::UnknownTicket)?.ticket.state {
                    TicketState::Cancelled => Ok(()),
                    state => Err(Refusal::WrongState { state, verb: Verb::Cancel }),
                }
            }
            other => other.map(drop),
        }
    }
}
