//! Who is bound to halls acts and sees in those alone.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{set_password, with_staff_of_another_hall};
use crate::support::House;

#[tokio::test]
async fn a_clerk_who_moved_leaves_their_cases_behind() {
    let house = House::open().await;
    let (cookie, ticket) = house.serve("clerk6", "6", "elder-allowance").await;
    let opened = house.open_case(&cookie, ticket, &json!({ "matter": "elder-allowance" })).await;
    house.verb(&cookie, "finish").await.ok();
    let station = house.sign_in("clerk6", "21").await;
    for (verb, more) in [
        ("withdraw_case", json!({ "reason": "" })),
        ("tell_missing", json!({})),
        ("accept_case", json!({})),
        ("decline_case", json!({ "reason": "x" })),
        ("take_up_case", json!({})),
    ] {
        let no = house.on_case(&station, verb, &opened["id"], more).await.refusal();
        assert_eq!(no, (404, "unknown_case".to_owned()), "{verb}");
    }
    let look = json!({ "case": opened["id"] });
    let no = house.post_as("/api/counter/look", &station, look).await.refusal();
    assert_eq!(no.1, "unknown_case");
    let here = house.get_as("/api/counter/cases", &station).await.ok();
    assert_eq!(here["cases"], json!([]));
}

#[tokio::test]
async fn a_supervisor_of_some_halls_counts_and_revokes_there_alone() {
    let house = House::open().await;
    with_staff_of_another_hall(&house).await;
    let (cookie, opened) = house.accepted("clerk1", "1", "proprietor-open").await;
    house.on_case(&cookie, "decide_case", &opened["id"], json!({})).await.ok();
    let code = house.case(&cookie, &opened["id"]).await["results"][0]["code"].clone();
    let elsewhere = house.office("supervisor_station").await;
    let revoke =
        |reason: &str| json!({ "request_id": Uuid::new_v4(), "code": code, "reason": reason });
    let no = house.post_as("/api/office/revoke", &elsewhere, revoke("冒名")).await.refusal();
    assert_eq!(no, (404, "unknown_case".to_owned()));
    let decided = |figures: &Value| figures["decided"].clone();
    let all_of_theirs = house.get_as("/api/office/figures", &elsewhere).await.ok();
    assert_eq!(decided(&all_of_theirs), 0, "without a hall: theirs, not all");
    let station = house.get_as("/api/office/figures?hall=station", &elsewhere).await.ok();
    assert_eq!(decided(&station), 0);
    let supervisor = house.office("supervisor").await;
    let all = house.get_as("/api/office/figures", &supervisor).await.ok();
    assert_eq!(decided(&all), 1);
    house.post_as("/api/office/revoke", &supervisor, revoke("冒名")).await.ok();
}

#[tokio::test]
async fn a_hall_id_with_an_underscore_lists_no_other_hall() {
    let house = House::open().await;
    house
        .change_setup(|setup| {
            let mut hall = setup["hall"][1].clone();
            hall["id"] = json!("m_in");
            hall["parent"] = Value::Null;
            hall["counter"][0]["id"] = json!("31");
            hall["kiosk"][0]["id"] = json!("K9");
            hall.as_object_mut().unwrap().retain(|_, value| !value.is_null());
            setup["hall"].as_array_mut().unwrap().push(hall);
            setup["clerk"].as_array_mut().unwrap().push(json!({
                "id": "bound", "name": "丁", "role": "reviewer", "departments": ["market"],
                "halls": ["m_in"],
            }));
        })
        .await;
    set_password(&house, &house.admin().await, "bound").await;
    let (_, opened) = house.accepted("clerk1", "1", "food-permit").await;
    assert_eq!(house.steps(&house.office("review1").await).await.len(), 1);
    let bound = house.office("bound").await;
    assert_eq!(house.steps(&bound).await, Vec::<Value>::new());
    let path = format!("/api/office/case?case={}", opened["id"]);
    assert_eq!(house.get_as(&path, &bound).await.refusal().1, "unknown_case");
}

#[tokio::test]
async fn a_director_of_some_halls_changes_nothing_for_the_others() {
    let house = House::open().await;
    with_staff_of_another_hall(&house).await;
    let body = json!({ "name": "director_station", "password": crate::support::PASSWORD });
    let bound = house.post("/api/admin/sign_in", body).await.cookie();
    let whole = house.get_as("/api/admin/setup", &house.admin().await).await.ok();
    let no = house.post_as("/api/admin/save_setup", &bound, whole).await.refusal();
    assert_eq!(no, (403, "not_allowed".to_owned()));
    for (clerk, status) in [("station1", 200), ("clerk1", 403), ("clerk6", 403), ("admin", 403)] {
        let body = json!({ "clerk": clerk, "password": "another-password" });
        let answer = house.post_as("/api/admin/set_password", &bound, body).await;
        assert_eq!(answer.status, status, "the password of {clerk}");
    }
}
