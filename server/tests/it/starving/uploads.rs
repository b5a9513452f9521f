//! Places for uploads.

use jiban::limits::{ClientAddress, Limits};
use serde_json::json;

use super::socket::Socket;
use super::{hall, lacking};
use crate::support::cases::photograph;

#[tokio::test]
async fn one_case_does_not_take_the_places_of_others() {
    let limits = Limits { uploads: 8, uploads_per_case: 1, ..Limits::default() };
    let house = hall(limits).await;
    let (held, material, _) = lacking(&house, "clerk1", "1").await;
    let (other, _, cookie) = lacking(&house, "clerk2", "2").await;
    let path = |token: &str| format!("/api/case/supply?token={token}&material={material}");
    let photograph = photograph();

    let place = house.service().place_to_supply(held.parse().unwrap(), ClientAddress::default());
    let place = place.await.unwrap();
    // Until it is free again, nothing of the same case is read.
    let mut waiting = Vec::new();
    for _ in 0..12 {
        let mut socket = Socket::open(house.address()).await;
        socket.post(&path(&held), "image/jpeg", photograph.len()).await;
        assert!(socket.send(&photograph).await);
        waiting.push(socket);
    }
    house.post_raw(&path(&other), "", "image/jpeg", photograph.clone().into()).await.ok();
    let case = house.progress(&other.into()).await["case"].clone();
    assert!(case["missing"].as_array().unwrap().iter().all(|one| one["id"] != material));

    // Then they get their turn: the first supplies it, and the others add to it.
    drop(place);
    let mut statuses = Vec::new();
    for socket in &mut waiting {
        statuses.push(socket.head().await.unwrap().0);
    }
    statuses.sort_unstable();
    assert!(statuses.iter().all(|status| *status == 200), "{statuses:?}");
    drop(cookie);
}

#[tokio::test]
async fn nobody_waits_for_ever_for_a_place() {
    let limits = Limits { uploads_per_case: 1, drawings: 1, slow_seconds: 1, ..Limits::default() };
    let house = hall(limits).await;
    let (token, material, _) = lacking(&house, "clerk1", "1").await;
    let path = format!("/api/case/supply?token={token}&material={material}");
    let service = house.service();
    let client = ClientAddress::default();
    let held = service.place_to_supply(token.parse().unwrap(), client).await.unwrap();
    let answer = house.post_raw(&path, "", "image/jpeg", photograph().into()).await;
    assert_eq!(answer.refusal(), (429, "busy".to_owned()));
    assert!(answer.headers.contains_key("retry-after"));
    drop(held);
    house.post_raw(&path, "", "image/jpeg", photograph().into()).await.ok();

    let admin = house.admin().await;
    let file = house.get_as("/api/admin/setup.toml", &admin).await.text();
    let import = json!({ "file": file });
    let held = service.drawing_place().await.unwrap();
    let answer = house.post_as("/api/admin/import", &admin, import.clone()).await;
    assert_eq!(answer.refusal(), (429, "busy".to_owned()));
    drop(held);
    house.post_as("/api/admin/import", &admin, import).await.ok();
}

#[tokio::test]
async fn counters_keep_places_when_phones_have_taken_all_of_theirs() {
    let limits = Limits { uploads: 4, uploads_per_case: 9, ..Limits::default() };
    let house = hall(limits).await;
    let (token, material, _) = lacking(&house, "clerk1", "1").await;
    let mut phones = Vec::new();
    for _ in 0..6 {
        let mut socket = Socket::open(house.address()).await;
        let path = format!("/api/case/supply?token={token}&material={material}");
        socket.post(&path, "image/jpeg", 1_000_000).await;
        assert!(socket.send("\u{ff}").await);
        phones.push(socket);
    }
    let (cookie, ticket) = house.serve("clerk2", "2", "food-permit").await;
    let what = json!({ "matter": "food-permit" });
    let opened = house.open_case(&cookie, ticket, &what).await;
    let path = format!(
        "/api/counter/attach?case={}&material={}",
        opened["id"], opened["materials"][0]["id"]
    );
    house.post_raw(&path, &cookie, "image/jpeg", photograph().into()).await.ok();
}
