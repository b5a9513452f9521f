//! The phone's pages, without scripts.

use hyper::header;

use super::{MATTER, booked, free, hall, hold, person};
use crate::support::{Answer, House};

/// The value of the first attribute of this name after a text.
fn after<'a>(page: &'a str, text: &str, attribute: &str) -> &'a str {
    let rest = page.split_once(text).unwrap_or_else(|| panic!("{text} is missing: {page}")).1;
    let rest = rest.split_once(&format!("{attribute}=\"")).unwrap().1;
    rest.split_once('"').unwrap().0
}

async fn send(house: &House, path: &str, form: &str) -> Answer {
    let kind = "application/x-www-form-urlencoded";
    house.post_raw(path, "", kind, form.to_owned().into()).await
}

fn leads_to(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.headers[header::LOCATION].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn somebody_books_moves_and_cancels_by_plain_forms() {
    let (house, _) = hall().await;
    let matters = house.get("/book/main?lang=en").await.text();
    let slots_at = format!("/book/main/{MATTER}?lang=en");
    assert!(matters.contains(&slots_at), "{matters}");
    let slots = house.get(&slots_at).await.text();
    assert!(!slots.contains("<script src"), "whole without scripts");
    let id = after(&slots, "name=\"request_id\"", "value").to_owned();
    assert!(slots.contains("value=\"2026-11-23 09:00\""), "{slots}");
    let chosen = format!("request_id={id}&slot=2026-11-23+09%3A00");
    let held = leads_to(&send(&house, &slots_at, &chosen).await);
    // A second touch is the same choice.
    assert_eq!(leads_to(&send(&house, &slots_at, &chosen).await), held);

    let form = house.get(&held).await.text();
    assert!(form.contains("Held for you until 10:15"), "{form}");
    let id = after(&form, "name=\"request_id\"", "value").to_owned();
    let wrong = format!("request_id={id}&name=%E5%BC%A0%E4%BC%9F&number=123&telephone=13812345678");
    let again = send(&house, &held, &wrong).await;
    assert_eq!(again.status, 422);
    let page = again.text();
    assert!(page.contains("role=\"alert\"") && page.contains("value=\"张伟\""), "{page}");
    let id = after(&page, "name=\"request_id\"", "value").to_owned();
    let number = person();
    let right =
        format!("request_id={id}&name=%E5%BC%A0%E4%BC%9F&number={number}&telephone=13812345678");
    let booked_at = leads_to(&send(&house, &held, &right).await);
    // In another tab it is there too.
    assert_eq!(leads_to(&send(&house, &held, &right).await), booked_at);
    let booked = house.get(&booked_at).await.text();
    for words in ["You are booked", "Mon 23 Nov at 09:00", "booking.ics", "<svg", "08:30", "09:15"]
    {
        assert!(booked.contains(words), "{words} is missing: {booked}");
    }

    let path = booked_at.split('?').next().unwrap();
    let ics = house.get(&format!("{path}/booking.ics?lang=en")).await;
    assert_eq!(ics.headers[header::CONTENT_TYPE], "text/calendar; charset=utf-8");
    let ics = ics.text();
    assert!(ics.contains("DTSTART:20261123T010000Z\r\n") && ics.ends_with("END:VCALENDAR\r\n"));

    let moving = house.get(&format!("{path}/move?lang=en")).await.text();
    let id = after(&moving, "name=\"request_id\"", "value").to_owned();
    let full = format!("request_id={id}&slot=2026-11-23+09%3A00");
    let same = send(&house, &format!("{path}/move?lang=en"), &full).await;
    assert_eq!(same.status, 409);
    assert!(same.text().contains("role=\"alert\""), "{}", same.text());
    let to = format!("request_id={id}&slot=2026-11-24+10%3A00");
    leads_to(&send(&house, &format!("{path}/move?lang=en"), &to).await);
    assert!(house.get(&booked_at).await.text().contains("Tue 24 Nov at 10:00"));

    let asked = house.get(&format!("{path}/cancel?lang=en")).await.text();
    let id = after(&asked, "name=\"request_id\"", "value").to_owned();
    let cancel = format!("{path}/cancel?lang=en");
    leads_to(&send(&house, &cancel, &format!("request_id={id}")).await);
    leads_to(&send(&house, &cancel, &format!("request_id={id}")).await);
    let over = house.get(&booked_at).await.text();
    assert!(over.contains("The booking is cancelled") && over.contains("Book again"), "{over}");
    house.stop().await;
}

#[tokio::test]
async fn a_full_slot_shows_the_others_and_a_hall_without_bookings_says_so() {
    let (house, _) = hall().await;
    let places = free(&house, "2026-11-23", "09:00").await;
    for _ in 0..places {
        booked(&house, "09:00", &person()).await;
    }
    let slots_at = format!("/book/main/{MATTER}?lang=en");
    let slots = house.get(&slots_at).await.text();
    assert!(slots.contains("full"), "{slots}");
    let id = after(&slots, "name=\"request_id\"", "value").to_owned();
    let full = send(&house, &slots_at, &format!("request_id={id}&slot=2026-11-23+09%3A00")).await;
    assert_eq!(full.status, 409);
    let text = full.text();
    assert!(text.contains("This time is fully booked.") && text.contains("2026-11-23 09:30"));
    assert_eq!(house.get("/book/station?lang=en").await.status, 409);
    assert_eq!(house.get("/book/nowhere?lang=en").await.status, 404);
    // A form that somebody made up.
    let odd = send(&house, &slots_at, "slot=x").await;
    assert_eq!(odd.status, 409);
    house.stop().await;
}

#[tokio::test]
async fn who_only_looked_gives_the_slot_back_at_once() {
    let (house, _) = hall().await;
    let all = free(&house, "2026-11-23", "09:00").await;
    let held = house.post("/api/booking/hold", hold("09:00")).await.ok();
    let page = format!("/b/{}", held["token"].as_str().unwrap());
    let form = house.get(&page).await.text();
    assert!(form.contains("formnovalidate"), "{form}");
    leads_to(&send(&house, &format!("{page}/cancel?lang=en"), "request_id=x&name=").await);
    assert_eq!(free(&house, "2026-11-23", "09:00").await, all);
    house.stop().await;
}
