//! Every route of the router and every actor, over HTTP. A route without a row here
//! fails; so does a row without its route.

use std::collections::{BTreeMap, BTreeSet};

use jiban::http::routes::Route;
use jiban_domain::access::Rule;
use serde_json::{Value, json};

use super::requests::{Ground, send};
use super::with_staff_of_another_hall;
use crate::support::House;
use crate::support::cases::PERSON;

/// The actors, in the order of the columns below.
const ACTORS: [&str; 13] = [
    "nobody",             // without a session, also a visitor and a display
    "clerk who has it",   // clerk1 at counter 1 of the hall
    "clerk of the hall",  // clerk2 at counter 2, who does not have the case
    "clerk of another",   // station1 at counter 21 of the station
    "its reviewer",       // review1, whose department has the step
    "other department",   // review2
    "reviewer elsewhere", // the same department, bound to the station
    "supervisor",         // at the office
    "supervisor elsewhere",
    "director at office",
    "director at admin",
    "director elsewhere", // at the admin page, bound to the station
    "supervisor at admin",
];

/// What each actor is answered, a letter for each in the order of [`ACTORS`]:
///
/// - `+` the access is granted (the request may fail for another reason)
/// - `s` sign in first · `-` not allowed · `?` unknown, as for another hall
/// - `c` another clerk's case · `w` say why first · `d` another department's
const EXPECTED: &[(&str, &str)] = &[
    // Anyone, whatever they are signed in to.
    ("GET /", "+++++++++++++"),
    ("GET /kiosk/{kiosk}", "+++++++++++++"),
    ("GET /display/{hall}", "+++++++++++++"),
    ("GET /counter", "+++++++++++++"),
    ("GET /office", "+++++++++++++"),
    ("GET /admin", "+++++++++++++"),
    ("GET /guides", "+++++++++++++"),
    ("GET /guides/{hall}/{matter}", "+++++++++++++"),
    ("GET /t/{token}/give_back", "+++++++++++++"),
    ("GET /book/{hall}", "+++++++++++++"),
    ("GET /book/{hall}/{matter}", "+++++++++++++"),
    ("POST /book/{hall}/{matter}", "+++++++++++++"),
    ("GET /api/booking/offers", "+++++++++++++"),
    ("POST /api/booking/hold", "+++++++++++++"),
    ("POST /t/{token}/give_back", "+++++++++++++"),
    ("GET /verify", "+++++++++++++"),
    ("GET /verify/{code}", "+++++++++++++"),
    ("GET /VERIFY/{code}", "+++++++++++++"),
    ("GET /api/verify", "+++++++++++++"),
    ("GET /api/hall", "+++++++++++++"),
    ("GET /api/form", "+++++++++++++"),
    ("GET /api/display/voice", "+++++++++++++"),
    ("GET /api/languages/{tag}", "+++++++++++++"),
    ("GET /api/counter/places", "+++++++++++++"),
    ("GET /healthz", "+++++++++++++"),
    ("GET /favicon.svg", "+++++++++++++"),
    ("GET /assets/{*name}", "+++++++++++++"),
    ("GET /events/display", "+++++++++++++"),
    ("GET /events/shared", "+++++++++++++"),
    ("GET /events/progress/shared", "+++++++++++++"),
    ("POST /api/case/find", "+++++++++++++"),
    ("POST /api/counter/sign_in", "+++++++++++++"),
    ("POST /api/office/sign_in", "+++++++++++++"),
    ("POST /api/admin/sign_in", "+++++++++++++"),
    // Whoever has the token.
    ("GET /t/{token}", "+++++++++++++"),
    ("GET /T/{token}", "+++++++++++++"),
    ("GET /api/progress", "+++++++++++++"),
    ("GET /b/{token}", "+++++++++++++"),
    ("GET /B/{token}", "+++++++++++++"),
    ("POST /b/{token}", "+++++++++++++"),
    ("GET /b/{token}/move", "+++++++++++++"),
    ("POST /b/{token}/move", "+++++++++++++"),
    ("GET /b/{token}/cancel", "+++++++++++++"),
    ("POST /b/{token}/cancel", "+++++++++++++"),
    ("GET /b/{token}/booking.ics", "+++++++++++++"),
    ("GET /api/booking/booking", "+++++++++++++"),
    ("POST /api/booking/confirm", "+++++++++++++"),
    ("POST /api/booking/move", "+++++++++++++"),
    ("POST /api/booking/cancel", "+++++++++++++"),
    // Applicants, and who helps them.
    ("POST /api/apply/begin", "+++++++++++++"),
    ("POST /api/apply/continue", "+++++++++++++"),
    ("GET /api/apply", "+++++++++++++"),
    ("GET /api/apply/live", "+++++++++++++"),
    ("POST /api/apply/write", "+++++++++++++"),
    ("POST /api/apply/check", "+++++++++++++"),
    ("POST /api/apply/send", "+++++++++++++"),
    ("POST /api/apply/take_back", "+++++++++++++"),
    ("POST /api/apply/share", "+++++++++++++"),
    ("POST /api/apply/end_help", "+++++++++++++"),
    ("POST /api/apply/withdraw", "+++++++++++++"),
    ("POST /api/help/join", "s++++++++++++"),
    ("GET /api/help/forms", "s++++++++++++"),
    ("POST /api/help/begin", "s++++++++++++"),
    ("POST /api/help/invite", "s++++++++++++"),
    ("GET /help", "+++++++++++++"),
    ("GET /screen", "+++++++++++++"),
    ("POST /api/help/sign_in", "+++++++++++++"),
    ("GET /api/help/me", "sssssssssssss"),
    ("POST /api/help/change_own_password", "sssssssssssss"),
    ("POST /api/help/still_here", "sssssssssssss"),
    ("POST /api/help/sign_out", "sssssssssssss"),
    ("GET /events/progress", "+++++++++++++"),
    ("POST /api/case/supply", "+++++++++++++"),
    ("POST /api/case/answer", "+++++++++++++"),
    ("POST /t/{token}/answer", "+++++++++++++"),
    ("POST /T/{token}/answer", "+++++++++++++"),
    ("POST /t/{token}/supply", "+++++++++++++"),
    ("GET /t/{token}/file/{file}", "+++++++++++++"),
    ("POST /T/{token}/supply", "+++++++++++++"),
    // Whoever stands at the kiosk.
    ("POST /api/kiosk/issue", "+++++++++++++"),
    ("POST /api/kiosk/abandon", "+++++++++++++"),
    ("POST /api/kiosk/search", "+++++++++++++"),
    ("POST /api/kiosk/reprint", "+++++++++++++"),
    ("POST /api/kiosk/printed", "+++++++++++++"),
    ("POST /api/kiosk/guide", "+++++++++++++"),
    ("POST /api/kiosk/print_guide", "+++++++++++++"),
    ("POST /api/kiosk/heartbeat", "+++++++++++++"),
    ("POST /api/self_print/now", "+++++++++++++"),
    ("POST /api/self_print/prove", "+++++++++++++"),
    ("POST /api/self_print/list", "+++++++++++++"),
    ("POST /api/self_print/print", "+++++++++++++"),
    ("POST /api/self_print/read", "+++++++++++++"),
    ("POST /api/self_print/leave", "+++++++++++++"),
    ("GET /events/kiosk", "+++++++++++++"),
    ("POST /api/terminal/hall", "+++++++++++++"),
    ("POST /api/terminal/issue", "+++++++++++++"),
    ("POST /api/terminal/hand_in", "+++++++++++++"),
    ("POST /api/terminal/report", "+++++++++++++"),
    ("POST /api/booking/check_in", "+++++++++++++"),
    ("GET /api/kiosk/voice", "+++++++++++++"),
    ("POST /api/kiosk/read_code", "+++++++++++++"),
    ("POST /api/kiosk/characters", "+++++++++++++"),
    ("POST /api/terminal/pair", "+++++++++++++"),
    ("POST /api/terminal/paired", "+++++++++++++"),
    // Clerks at a counter, about tickets.
    ("GET /api/counter/now", "s+++sssssssss"),
    ("GET /events/counter", "s+++sssssssss"),
    ("POST /api/counter/call_next", "s+++sssssssss"),
    ("POST /api/counter/recall", "s+++sssssssss"),
    ("POST /api/counter/begin", "s+++sssssssss"),
    ("POST /api/counter/hold", "s+++sssssssss"),
    ("POST /api/counter/resume", "s+++sssssssss"),
    ("POST /api/counter/take_up", "s+++sssssssss"),
    ("POST /api/counter/put_back", "s+++sssssssss"),
    ("POST /api/counter/reopen", "s+++sssssssss"),
    ("POST /api/counter/finish", "s+++sssssssss"),
    ("POST /api/counter/mark_missed", "s+++sssssssss"),
    ("POST /api/counter/reinstate", "s+++sssssssss"),
    ("POST /api/counter/transfer", "s+++sssssssss"),
    ("POST /api/counter/sign_out", "s+++sssssssss"),
    ("POST /api/counter/change_own_password", "s+++sssssssss"),
    ("POST /api/counter/still_here", "s+++sssssssss"),
    ("GET /api/counter/bookings", "s+++sssssssss"),
    ("POST /api/counter/book", "s+++sssssssss"),
    ("POST /api/counter/check_in", "s+++sssssssss"),
    ("POST /api/counter/cancel_booking", "s+++sssssssss"),
    ("POST /api/counter/reveal_booking", "s+++sssssssss"),
    // Clerks at a counter, about cases.
    ("GET /api/counter/cases", "s+++sssssssss"),
    ("POST /api/counter/find_cases", "s+++sssssssss"),
    ("POST /api/counter/open_case", "s+++sssssssss"),
    ("GET /api/counter/case", "s+w?sssssssss"),
    ("GET /api/counter/file", "s+w?sssssssss"),
    ("GET /counter/paper", "s+w?sssssssss"),
    ("POST /api/counter/print_paper", "s+w?sssssssss"),
    ("GET /api/counter/result.pdf", "s+w?sssssssss"),
    ("POST /api/counter/signature", "s+w?sssssssss"),
    ("POST /api/counter/card", "s+w?sssssssss"),
    ("POST /api/counter/attach", "s+w?sssssssss"),
    ("POST /api/counter/mark_material", "s+w?sssssssss"),
    ("POST /api/counter/look", "s+c?sssssssss"),
    ("POST /api/counter/detach", "s+c?sssssssss"),
    ("POST /api/counter/unreadable", "s+c?sssssssss"),
    ("POST /api/counter/reuse_material", "s+c?sssssssss"),
    ("POST /api/counter/tell_missing", "s+c?sssssssss"),
    ("POST /api/counter/sign_promise", "s+c?sssssssss"),
    ("POST /api/counter/sign_commitment", "s+c?sssssssss"),
    ("POST /api/counter/withdraw_commitment", "s+c?sssssssss"),
    ("POST /api/counter/record_answer", "s+w?sssssssss"),
    ("POST /api/counter/accept_case", "s+c?sssssssss"),
    ("POST /api/counter/decide_case", "s+c?sssssssss"),
    ("POST /api/counter/decline_case", "s+c?sssssssss"),
    ("POST /api/counter/withdraw_case", "s+c?sssssssss"),
    ("POST /api/counter/look_into", "s++?sssssssss"),
    ("POST /api/counter/hand_over_result", "s++?sssssssss"),
    ("POST /api/counter/post_result", "s++?sssssssss"),
    ("POST /api/counter/take_up_case", "s++?sssssssss"),
    ("POST /api/apply/attach", "+++++++++++++"),
    ("GET /api/apply/file", "+++++++++++++"),
    ("POST /api/apply/detach", "+++++++++++++"),
    ("GET /apply/{hall}", "+++++++++++++"),
    ("GET /apply/{hall}/{matter}", "+++++++++++++"),
    ("POST /apply/{hall}/{matter}", "+++++++++++++"),
    ("GET /apply/continue", "+++++++++++++"),
    ("POST /apply/continue", "+++++++++++++"),
    ("GET /d/{token}", "+++++++++++++"),
    ("GET /D/{token}", "+++++++++++++"),
    ("GET /d/{token}/form/{group}", "+++++++++++++"),
    ("POST /d/{token}/form/{group}", "+++++++++++++"),
    ("GET /d/{token}/materials", "+++++++++++++"),
    ("POST /d/{token}/attach", "+++++++++++++"),
    ("POST /d/{token}/detach", "+++++++++++++"),
    ("GET /d/{token}/file/{file}", "+++++++++++++"),
    ("GET /d/{token}/check", "+++++++++++++"),
    ("POST /d/{token}/send", "+++++++++++++"),
    ("POST /d/{token}/take_back", "+++++++++++++"),
    ("GET /d/{token}/share", "+++++++++++++"),
    ("POST /d/{token}/share", "+++++++++++++"),
    ("POST /d/{token}/end_help", "+++++++++++++"),
    ("GET /d/{token}/sign-in", "+++++++++++++"),
    ("POST /d/{token}/sign-in", "+++++++++++++"),
    ("POST /d/{token}/signed-in", "+++++++++++++"),
    ("GET /apply/signed-in", "+++++++++++++"),
    ("GET /d/{token}/withdraw", "+++++++++++++"),
    ("POST /d/{token}/withdraw", "+++++++++++++"),
    // What was sent before the visit: at counters of its hall, and in the office.
    ("GET /api/drafts", "s+++++++++sss"),
    ("GET /api/drafts/draft", "s++?+d?+?+sss"),
    ("GET /api/drafts/file", "s++?+d?+?+sss"),
    ("POST /api/drafts/find", "s++?+d?+?+sss"),
    ("POST /api/drafts/paper_seen", "s++?------sss"),
    ("GET /api/apply/offers", "+++++++++++++"),
    ("POST /api/drafts/remark", "s++?+d?-?+sss"),
    ("POST /api/drafts/settle", "s++?+d?-?+sss"),
    ("POST /api/drafts/return", "s++?+d?-?+sss"),
    ("POST /api/drafts/clear", "s++?+d?-?+sss"),
    ("POST /api/drafts/book", "s++?+d?-?+sss"),
    ("GET /guides/{hall}/{matter}/form.pdf", "+++++++++++++"),
    ("GET /api/apply/form.pdf", "+++++++++++++"),
    ("POST /api/apply/sign", "+++++++++++++"),
    ("GET /api/drafts/form.pdf", "s++?+d?+?+sss"),
    ("GET /api/counter/form.pdf", "s+c?sssssssss"),
    ("GET /api/office/form.pdf", "ssss+c?c?csss"),
    ("GET /api/counter/answers", "s+w?sssssssss"),
    ("POST /api/counter/reveal_answers", "s+c?sssssssss"),
    ("GET /api/office/answers", "ssss+d?+?+sss"),
    ("POST /api/office/reveal_answers", "ssss+c?c?csss"),
    // Departments and supervisors.
    ("GET /events/office", "ssss++++++sss"),
    ("GET /api/office/steps", "ssss++++++sss"),
    ("GET /api/office/checks", "ssss++++++sss"),
    ("POST /api/office/sign_out", "ssss++++++sss"),
    ("POST /api/office/change_own_password", "ssss++++++sss"),
    ("POST /api/office/still_here", "ssss++++++sss"),
    ("GET /api/office/case", "ssss+d?+?+sss"),
    ("GET /api/office/file", "ssss+d?+?+sss"),
    ("GET /api/office/result.pdf", "ssss+d?+?+sss"),
    ("POST /api/office/look", "sssscc?c?csss"),
    ("POST /api/office/revoke", "ssss+d?+?+sss"),
    ("POST /api/office/take", "ssss+d?-?+sss"),
    ("POST /api/office/take_check", "ssss+d?-?+sss"),
    ("POST /api/office/find_kept", "ssss+d?-?+sss"),
    ("POST /api/office/find_broken", "ssss+d?-?+sss"),
    ("POST /api/office/record_answer", "ssss+d?-?+sss"),
    ("POST /api/office/put_breach_right", "ssss+d?-?+sss"),
    ("POST /api/office/revoke_for_breach", "ssss+d?-?+sss"),
    ("POST /api/office/approve", "ssss+d?-?+sss"),
    ("POST /api/office/reject", "ssss+d?-?+sss"),
    ("POST /api/office/ask_for_more", "ssss+d?-?+sss"),
    ("POST /api/office/unreadable", "ssss+d?-?+sss"),
    ("POST /api/office/look_at_new", "ssss+d?-?+sss"),
    ("POST /api/office/pause", "ssss+d?-?+sss"),
    ("POST /api/office/resume", "ssss+d?-?+sss"),
    ("POST /api/office/hand_over", "ssss+d?-?+sss"),
    // Of this hall; from the other hall for the other hall alone.
    ("GET /api/office/figures", "ssss---+-++-+"),
    ("GET /api/office/figures.csv", "ssss---+-++-+"),
    ("GET /api/office/tellings", "ssss---++++++"),
    ("POST /api/office/reveal_telephone", "ssss---+-++-+"),
    ("POST /api/office/mark_told", "ssss---+-++-+"),
    ("GET /events/tickets", "ssss---+-++-+"),
    ("POST /api/admin/order_ticket", "ssss---+-++-+"),
    ("GET /events/terminals", "ssss---+-++-+"),
    // The director.
    ("GET /events/admin", "ssssssssss+--"),
    ("POST /api/admin/pair_terminal", "ssssssssss+--"),
    ("POST /api/admin/revoke_terminal", "ssssssssss+--"),
    ("POST /api/admin/change_terminal_key", "ssssssssss+--"),
    ("POST /api/admin/sign_out", "ssssssssss+++"),
    ("POST /api/admin/change_own_password", "ssssssssss+++"),
    ("POST /api/admin/still_here", "ssssssssss+++"),
    ("GET /api/admin/setup", "ssssssssss+--"),
    ("GET /api/admin/setup.toml", "ssssssssss+--"),
    ("GET /api/admin/calendar", "ssssssssss+--"),
    ("POST /api/admin/save_setup", "ssssssssss+--"),
    ("POST /api/admin/import", "ssssssssss+--"),
    ("POST /api/admin/import_calendar", "ssssssssss+--"),
    // Of this hall; the director elsewhere for the other hall alone.
    ("POST /api/admin/import_records", "ssssssssss+--"),
    ("POST /api/admin/accept_clock", "ssssssssss+--"),
    ("POST /api/admin/set_password", "ssssssssss+--"),
];

/// The cookie of each actor.
async fn cookies(house: &House) -> Vec<String> {
    let admin_as = async |name: &str| {
        let body = json!({ "name": name, "password": crate::support::PASSWORD });
        let answer = house.post("/api/admin/sign_in", body).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.cookie()
    };
    vec![
        String::new(),
        house.sign_in("clerk1", "1").await,
        house.sign_in("clerk2", "2").await,
        house.sign_in("station1", "21").await,
        house.office("review1").await,
        house.office("review2").await,
        house.office("review_station").await,
        house.office("supervisor").await,
        house.office("supervisor_station").await,
        house.office("admin").await,
        admin_as("admin").await,
        admin_as("director_station").await,
        admin_as("supervisor").await,
    ]
}

/// A letter of the matrix.
fn letter(path: &str, answer: &Value, status: u16) -> char {
    match (status, answer["code"].as_str().unwrap_or_default()) {
        // A page for the clerk's browser says the same in words.
        (403, "") if path == "/counter/paper" => 'w',
        (404, "") if path == "/counter/paper" => '?',
        (401, "sign_in_first") => 's',
        (403, "not_allowed") => '-',
        (403, "not_your_case") => 'c',
        (403, "say_why") => 'w',
        (403, "not_your_department") => 'd',
        (404, "unknown_case" | "unknown_document" | "unknown_draft") => '?',
        _ => '+',
    }
}

#[tokio::test]
async fn every_route_grants_what_its_row_says_and_no_more() {
    let house = House::open().await;
    with_staff_of_another_hall(&house).await;
    let ground = Ground::prepare(&house).await;
    let mut cookies = cookies(&house).await;
    let rows: Vec<Route> = jiban::http::routes().rows();
    let expected: BTreeMap<&str, &str> = EXPECTED.iter().copied().collect();
    assert_eq!(expected.len(), EXPECTED.len(), "a row is written twice");
    let mut wrong = Vec::new();
    for row in &rows {
        let name = format!("{} {}", row.method, row.path);
        let Some(expected) = expected.get(name.as_str()) else {
            wrong.push(format!("{name} ({:?}) has no row in the matrix", row.action));
            continue;
        };
        assert_eq!(expected.len(), ACTORS.len(), "{name}");
        let mut found = String::new();
        for cookie in &cookies {
            let answer = send(&house, &ground, row, cookie).await;
            let body = serde_json::from_slice(&answer.body).unwrap_or_default();
            // Without the right shape, nothing would be asked about access.
            if answer.status == 400 && row.action.rule() != Rule::Anyone {
                wrong.push(format!("{name} was asked wrongly: {}", answer.text()));
            }
            found.push(letter(row.path, &body, answer.status.as_u16()));
        }
        if found != *expected {
            wrong.push(format!("{name} ({:?}): {found} instead of {expected}", row.action));
        }
        if row.path.ends_with("sign_out") {
            cookies = self::cookies(&house).await;
        }
    }
    let routes: BTreeSet<String> =
        rows.iter().map(|row| format!("{} {}", row.method, row.path)).collect();
    let gone = expected.keys().filter(|name| !routes.contains(**name));
    wrong.extend(gone.map(|name| format!("{name} is no route")));
    assert!(wrong.is_empty(), "actors: {ACTORS:?}\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn an_address_without_a_row_is_no_route() {
    let house = House::open().await;
    let admin = house.admin().await;
    for path in ["/api/admin/secret", "/api/counter/case/1", "/events/all"] {
        let no = house.get_as(path, &admin).await.refusal();
        assert_eq!(no, (404, "unknown_call".to_owned()), "{path}");
    }
    // A method that is not registered passes no guard.
    let no = house.post_as("/api/admin/setup", &admin, json!({})).await.refusal();
    assert_eq!(no, (404, "unknown_call".to_owned()));
}

#[tokio::test]
async fn numbers_of_persons_stand_in_no_address() {
    let house = House::open().await;
    let cookie = house.sign_in("clerk1", "1").await;
    let no = house.get_as(&format!("/api/counter/cases?q={PERSON}"), &cookie).await;
    assert_eq!(no.refusal(), (400, "bad_request".to_owned()));
}
