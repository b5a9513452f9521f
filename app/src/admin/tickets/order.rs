//! What a supervisor confirms before a ticket is moved, put first or cancelled.

use jiban_domain::ticket::OrderReason;
use jiban_domain::{CounterId, Lang, LineId};
use leptos::prelude::*;

use super::words::TicketWords;
use crate::admin::state::AdminState;
use crate::api::counter::TicketShown;
use crate::api::tickets::{OrderKind, OrderTicket, TicketsNow};
use crate::parts::dialog::{DialogForm, ModalDialog};
use crate::parts::request::PendingRequest;
use crate::words::fill;

/// An order that is being confirmed.
#[derive(Debug, Clone, PartialEq)]
pub struct Ordering {
    pub ticket: TicketShown,
    pub kind: OrderKind,
}

/// Where a ticket can be sent: a line or a counter, and whether somebody is there.
#[derive(Debug, Clone, PartialEq)]
struct Place {
    /// `line:ID` or `counter:ID`.
    value: String,
    name: String,
    staffed: bool,
}

fn places(now: &TicketsNow, lang: Lang) -> Vec<Place> {
    let words = TicketWords::of(lang);
    let lines = now.lines.iter().map(|line| Place {
        value: format!("line:{}", line.id),
        name: format!("{} {}", line.letter, line.name.get(lang)),
        staffed: line.counters_open > 0,
    });
    let counters = now.counters.iter().map(|counter| Place {
        value: format!("counter:{}", counter.id),
        name: if counter.open {
            format!("{} · {}", counter.name.get(lang), words.counter_open)
        } else {
            counter.name.get(lang).to_owned()
        },
        staffed: counter.open,
    });
    lines.chain(counters).collect()
}

/// Open while an order is being confirmed.
#[component]
pub fn OrderDialog(
    admin: AdminState,
    now: ReadSignal<Option<TicketsNow>>,
    ordering: RwSignal<Option<Ordering>>,
    done: RwSignal<Option<String>>,
    lang: Lang,
) -> impl IntoView {
    let close = Callback::new(move |()| ordering.set(None));
    view! {
        <ModalDialog
            class="asking"
            open=Signal::derive(move || ordering.with(Option::is_some))
            on_close=close
        >
            {move || {
                let order = ordering.get()?;
                let (hall, places) =
                    now.with_untracked(|now| Some((now.as_ref()?.hall.clone(), places(now.as_ref()?, lang))))?;
                let form = OrderForm { admin, ordering, done, lang };
                Some(form.view(order, hall, places))
            }}
        </ModalDialog>
    }
}

#[derive(Clone, Copy)]
struct OrderForm {
    admin: AdminState,
    ordering: RwSignal<Option<Ordering>>,
    done: RwSignal<Option<String>>,
    lang: Lang,
}

impl OrderForm {
    fn view(self, order: Ordering, hall: jiban_domain::HallId, places: Vec<Place>) -> AnyView {
        let (lang, words) = (self.lang, TicketWords::of(self.lang));
        let Ordering { ticket, kind } = order;
        let first = places.first().map(|place| place.value.clone()).unwrap_or_default();
        let (to, reason) = (RwSignal::new(first), RwSignal::new(OrderReason::default()));
        let though_empty = RwSignal::new(false);
        let request = PendingRequest::new(crate::words::lang());
        let known = places.clone();
        let is_empty = Memo::new(move |_| {
            let to = to.get();
            kind == OrderKind::Send && !known.iter().any(|place| place.value == to && place.staffed)
        });
        let number = ticket.number.clone();
        let send = Callback::new(move |()| {
            let (line, counter) = destination(&to.get_untracked());
            let sends = kind == OrderKind::Send;
            let (hall, number) = (hall.clone(), number.clone());
            let command = move |request_id| OrderTicket {
                request_id,
                hall,
                ticket: ticket.id,
                order: kind,
                line: line.filter(|_| sends),
                counter: counter.filter(|_| sends),
                though_empty: though_empty.get_untracked(),
                reason: reason.get_untracked(),
            };
            request.send(command, move |answer| match answer {
                Ok(_) => {
                    self.done.set(Some(number.clone()));
                    self.ordering.set(None);
                }
                Err(refused) => self.admin.session().leave_if_signed_out(&refused),
            });
        });
        let (title, lead, submit) = match kind {
            OrderKind::Send => (words.send_title, words.send_lead, words.send),
            OrderKind::PutFirst => (words.first_title, words.first_lead, words.put_first),
            OrderKind::Cancel => (words.cancel_title, words.cancel_lead, words.cancel),
        };
        let choice = (kind == OrderKind::Send).then(|| destination_field(&places, to, words));
        let reasons = OrderReason::ALL.iter().map(move |one| {
            let one = *one;
            view! {
                <label class="check">
                    <input
                        type="radio"
                        name="reason"
                        prop:checked=move || reason.get() == one
                        on:change=move |_| reason.set(one)
                    />
                    {one.name().get(lang).to_owned()}
                </label>
            }
        });
        let waits_for_yes = move || is_empty.get() && !though_empty.get();
        view! {
            <DialogForm
                title=fill(title, &[("number", &ticket_number(&self.ordering))])
                lead=vec![lead.to_owned()]
                submit=submit.to_owned()
                danger=kind == OrderKind::Cancel
                blocked=Signal::derive(move || request.is_busy() || waits_for_yes())
                message=Signal::derive(move || request.message())
                on_submit=send
                on_cancel=Callback::new(move |()| self.ordering.set(None))
            >
                {choice}
                <Show when=move || is_empty.get()>
                    <label class="check warn">
                        <input type="checkbox" bind:checked=though_empty />
                        {words.nobody_there}
                    </label>
                </Show>
                <fieldset class="reasons">
                    <legend class="field-label">{words.reason}</legend>
                    {reasons.collect_view()}
                </fieldset>
            </DialogForm>
        }
        .into_any()
    }
}

fn ticket_number(ordering: &RwSignal<Option<Ordering>>) -> String {
    ordering.with_untracked(|order| {
        order.as_ref().map(|order| order.ticket.number.clone()).unwrap_or_default()
    })
}

fn destination_field(
    places: &[Place],
    to: RwSignal<String>,
    words: &'static TicketWords,
) -> AnyView {
    let options = places
        .iter()
        .map(|place| {
            let value = place.value.clone();
            view! {
                <option value=value.clone() selected=move || to.get() == value>
                    {place.name.clone()}
                </option>
            }
        })
        .collect_view();
    view! {
        <label class="field">
            <span class="field-label">{words.to}</span>
            <select class="input" on:change=move |event| to.set(event_target_value(&event))>
                {options}
            </select>
        </label>
    }
    .into_any()
}

/// The line or counter of an option's value.
fn destination(value: &str) -> (Option<LineId>, Option<CounterId>) {
    match value.split_once(':') {
        Some(("line", id)) => (Some(id.into()), None),
        Some((_, id)) => (None, Some(id.into())),
        None => (None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_names_a_line_or_a_counter() {
        assert_eq!(destination("line:a"), (Some("a".into()), None));
        assert_eq!(destination("counter:3"), (None, Some("3".into())));
        assert_eq!(destination(""), (None, None));
    }
}
