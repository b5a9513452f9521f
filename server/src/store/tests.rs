//! Batches that cannot be written by one statement a table.

use std::sync::Arc;

use jiban_domain::line::Rank;
use jiban_domain::setup::Rules;
use jiban_domain::ticket::{Priority, Ticket, TicketState};
use jiban_domain::{CounterId, TicketId, Token, chain};
use tempfile::TempDir;

use super::Store;
use crate::change::Change;

const COUNTER: &str = "1";

async fn open() -> (TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("hall.db")).await.expect("a new database");
    (folder, store)
}

fn ticket(id: i64, state: TicketState, counter: Option<&str>) -> Ticket {
    Ticket {
        id: TicketId(id),
        token: Token(u128::try_from(id).expect("positive").to_be_bytes()),
        hall: "main".into(),
        day: "2026-11-26".to_owned(),
        letter: 'A',
        number: u32::try_from(id).expect("small"),
        line: "business".into(),
        matter: "food-permit".into(),
        priority: Priority::None,
        state,
        rank: Rank::on_arrival(TicketId(id), 1, Priority::None, &Rules::default()),
        counter: counter.map(CounterId::from),
        reserved_for: None,
        calls: 0,
        kiosk: None,
        issued_at: 1,
        first_called_at: None,
        called_at: None,
        begun_at: None,
        served_ms: 0,
        ended_at: None,
    }
}

async fn commit(store: &mut Store, tickets: impl IntoIterator<Item = Ticket>) {
    let mut transaction = store.begin(chain::START);
    let changes = tickets.into_iter().map(|ticket| Change::Ticket(Arc::new(ticket)));
    transaction.changes().extend(changes);
    transaction.commit().await.expect("the batch is written");
}

async fn state(store: &Store, id: i64) -> Option<TicketState> {
    store.reader().state(TicketId(id)).await.expect("the rows can be read")
}

#[tokio::test]
async fn a_ticket_that_changes_twice_is_as_it_was_last() {
    use TicketState::{Called, Finished, Serving, Waiting};
    let (_folder, mut store) = open().await;
    let moves = [Waiting, Called, Serving, Finished].map(|state| ticket(1, state, Some(COUNTER)));
    commit(&mut store, moves).await;
    assert_eq!(state(&store, 1).await, Some(Finished));
}

#[tokio::test]
async fn a_counter_passes_from_ticket_to_ticket_within_a_batch() {
    use TicketState::{OnHold, Serving, Waiting};
    let (_folder, mut store) = open().await;
    commit(&mut store, [ticket(1, Serving, Some(COUNTER)), ticket(2, Waiting, None)]).await;
    // Both are in hand at the one counter in turn, and a unique index allows only
    // one at a time: the order of the changes must be that of the rows.
    let moves = [
        ticket(1, OnHold, Some(COUNTER)),
        ticket(2, Serving, Some(COUNTER)),
        ticket(2, OnHold, Some(COUNTER)),
        ticket(1, Serving, Some(COUNTER)),
    ];
    commit(&mut store, moves).await;
    assert_eq!((state(&store, 1).await, state(&store, 2).await), (Some(Serving), Some(OnHold)));
}

#[tokio::test]
async fn a_batch_of_thousands_is_written_in_one_transaction() {
    let (_folder, mut store) = open().await;
    commit(&mut store, (1..=2_000).map(|id| ticket(id, TicketState::Waiting, None))).await;
    assert_eq!(state(&store, 2_000).await, Some(TicketState::Waiting));
    // The last collides with the first: nothing of it is kept.
    let mut transaction = store.begin(chain::START);
    let mut tickets: Vec<Ticket> =
        (2_001..=4_000).map(|id| ticket(id, TicketState::Waiting, None)).collect();
    tickets[1_999].number = 1;
    let changes = tickets.into_iter().map(|ticket| Change::Ticket(Arc::new(ticket)));
    transaction.changes().extend(changes);
    assert!(transaction.commit().await.is_err());
    transaction.roll_back().await.expect("it was not committed");
    assert_eq!(state(&store, 2_001).await, None);
}

#[test]
fn no_statement_holds_a_row_twice() {
    // SQLite would take it; PostgreSQL refuses to change a row twice at once.
    let changes = [TicketState::Called, TicketState::Serving]
        .map(|state| Change::Ticket(ticket(1, state, Some("1")).into()));
    let mut statements = super::statements::Statements::new("");
    super::write::changes(&mut statements, &changes, &mut [0; 32]).unwrap();
    assert_eq!(statements.sql().as_str().matches("INSERT INTO tickets").count(), 2);
}
