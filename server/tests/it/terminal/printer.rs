//! The terminal prints by itself, with the server and without it.

use jiban::clock::Clock;
use jiban::limits::Limits;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{hall, set_printer, store, take, until_lent};
use crate::bookings;
use crate::support::emulator::line::Line;
use crate::support::emulator::{Emulator, Paper};
use crate::support::terminal::{Listening, TerminalProcess, free_port};
use crate::support::{House, SATURDAY_TEN, issue};

/// Waits until the only slip of a ticket has ended somehow.
pub(super) async fn ended(terminal: &TerminalProcess, ticket: &Value) -> String {
    let token = ticket["token"].as_str().unwrap();
    let stream = format!("/events/kiosk?kiosk=K1&token={token}");
    let mut page = Listening::to(terminal.address, &stream).await;
    let over = |now: &Value| {
        let state = now["jobs"][0]["state"].as_str().unwrap_or_default();
        ["confirmed", "unknown", "failed"].contains(&state)
    };
    let now = page.until(over).await;
    now["jobs"][0]["state"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn slips_are_printed_by_the_terminal_and_by_nobody_else() {
    let mut house = hall().await;
    let printer = Emulator::start(0, 576, None).await.unwrap();
    set_printer(&house, json!({ "kind": "escpos", "address": printer.address() })).await;
    let (_folder, store) = store();
    let terminal = TerminalProcess::start(house.address(), &store).await;
    until_lent(&terminal).await;
    let online = take(&terminal).await;
    assert_eq!(ended(&terminal, &online).await, "confirmed");
    house.pause().await;
    terminal.until_cut_off().await;
    let alone = take(&terminal).await;
    assert_eq!(ended(&terminal, &alone).await, "confirmed");
    assert_eq!(printer.tray().slips.len(), 2);

    // Again, with the same number; a ticket that nobody knows has no slip.
    let again = json!({ "request_id": Uuid::new_v4(), "kiosk": "K1", "token": alone["token"] });
    terminal.ok("/api/kiosk/reprint", &again).await;
    printer.slips(3).await;
    let unknown = json!({
        "request_id": Uuid::new_v4(), "kiosk": "K1", "token": "45A9QDFDBQGEBJR5QPC0XM9E19",
    });
    assert_eq!(terminal.call("/api/kiosk/reprint", &unknown).await.0, 404);
    // No slip where none is wanted.
    let mut on_screen = issue("marriage");
    on_screen["screen_only"] = json!(true);
    terminal.ok("/api/kiosk/issue", &on_screen).await;
    // A guide, once for its request.
    let guide = json!({
        "request_id": Uuid::new_v4(), "kiosk": "K1", "id": "marriage", "lang": "zh-CN",
    });
    let printed = terminal.ok("/api/kiosk/print_guide", &guide).await;
    assert_eq!(printed["state"], "confirmed");
    assert_eq!(terminal.ok("/api/kiosk/print_guide", &guide).await, printed);
    assert_eq!(printer.tray().slips.len(), 4);
    house.start_again().await;
    terminal.until_back().await;
    assert_eq!(printer.tray().slips.len(), 4, "the server prints nothing");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_booking_checked_in_at_a_terminal_has_one_slip() {
    let clock = Clock::standing_at(SATURDAY_TEN);
    let house = House::with(clock.clone(), |settings| {
        settings.listen = free_port();
        settings.limits = Limits::lifted();
    })
    .await;
    let printer = Emulator::start(0, 576, None).await.unwrap();
    set_printer(&house, json!({ "kind": "escpos", "address": printer.address() })).await;
    let booking = bookings::booked(&house, "10:00", &bookings::person()).await;
    clock.set(bookings::MONDAY_NINE + 60 * bookings::MINUTE);
    let (_folder, store) = store();
    let terminal = TerminalProcess::start(house.address(), &store).await;
    until_lent(&terminal).await;
    let asked =
        || json!({ "request_id": Uuid::new_v4(), "kiosk": "K1", "token": booking["token"] });
    let first = asked();
    let arrived = terminal.ok("/api/booking/check_in", &first).await;
    assert_eq!(ended(&terminal, &arrived).await, "confirmed");
    assert_eq!(arrived.get("slip"), None, "it is for the terminal alone");
    // Asked again after a lost answer, or checked in twice.
    assert_eq!(terminal.ok("/api/booking/check_in", &first).await, arrived);
    let again = terminal.ok("/api/booking/check_in", &asked()).await;
    assert_eq!(again["number"], arrived["number"]);
    let next = take(&terminal).await;
    assert_eq!(ended(&terminal, &next).await, "confirmed");
    assert_eq!(printer.tray().slips.len(), 2, "the booking's, and that of the next number");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_printer_at_the_machine_itself_prints_and_tells_how_it_is() {
    let mut house = hall().await;
    let printer = Emulator::start(0, 576, None).await.unwrap();
    let line = Line::to(&printer).unwrap();
    let (_folder, store) = store();
    let at = format!("{},19200", line.path);
    let arguments = ["--printer", at.as_str()];
    let terminal = TerminalProcess::with(&[], house.address(), &store, &arguments).await;
    until_lent(&terminal).await;
    house.pause().await;
    terminal.until_cut_off().await;
    let ticket = take(&terminal).await;
    assert_eq!(ended(&terminal, &ticket).await, "confirmed");
    printer.set(|switches| switches.paper = Paper::Out);
    let ticket = take(&terminal).await;
    assert_eq!(ended(&terminal, &ticket).await, "failed");
    let mut page = Listening::to(terminal.address, "/events/kiosk?kiosk=K1").await;
    page.until(|now| now["printer"] == "paper_out").await;
    printer.set(|switches| switches.paper = Paper::In);
    page.until(|now| now["printer"] == "ready").await;
}
