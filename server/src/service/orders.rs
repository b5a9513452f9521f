//! Orders of supervisors about any ticket of a hall.

use std::sync::Arc;

use jiban_app::api::counter::InHand;
use jiban_app::api::tickets::{OrderKind, OrderTicket};
use jiban_domain::Refusal;
use jiban_domain::access::{Action, Subject};
use jiban_domain::ticket::supervise::supervise;
use jiban_domain::ticket::{Destination, Order, Sending};

use super::access::Caller;
use super::unit_of_work::UnitOfWork;
use super::{HallService, answer, digest};

impl HallService {
    /// Carries out an order.
    ///
    /// # Errors
    /// As [`supervise`]; [`Refusal::BadRequest`] where not exactly one place is named to
    /// send it to.
    pub async fn order_ticket(
        &self,
        by: Caller,
        command: OrderTicket,
    ) -> Result<Arc<str>, Refusal> {
        let request = (command.request_id, digest::<OrderTicket>(&(&by.clerk, &command)));
        self.execute(Some(request), move |work| order(work, &by, &command)).await
    }
}

fn order(work: &mut UnitOfWork<'_>, by: &Caller, command: &OrderTicket) -> Result<String, Refusal> {
    let setup = work.setup();
    let hall = setup.setup.hall(&command.hall).ok_or(Refusal::UnknownHall)?;
    work.require(by, Action::OrderTicket, &Subject::Hall(&hall.id))?;
    let order = match command.order {
        OrderKind::PutFirst => Order::PutFirst,
        OrderKind::Cancel => Order::Cancel,
        OrderKind::Send => {
            let to = Destination::one_of(command.line.clone(), command.counter.clone());
            let none = || Refusal::BadRequest("line, counter: name exactly one of the two".into());
            let though_empty = command.though_empty;
            Order::Send(Sending { to: to.ok_or_else(none)?, though_empty })
        }
    };
    let now = work.now();
    let moved = supervise(work.live_state(), hall, now, command.ticket, &order, command.reason)?;
    let answer = answer(&InHand { ticket: Some((&moved.ticket).into()) })?;
    work.move_ticket(moved, by.clerk.as_str());
    Ok(answer)
}
