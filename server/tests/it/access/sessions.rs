//! Sessions and passwords of clerks who were changed, removed, or named anew.

use serde_json::{Value, json};

use super::{events, set_password};
use crate::support::{House, PASSWORD};

fn clerk<'a>(setup: &'a mut Value, id: &str) -> &'a mut Value {
    let clerks = setup["clerk"].as_array_mut().unwrap();
    clerks.iter_mut().find(|clerk| clerk["id"] == id).unwrap()
}

fn remove(setup: &mut Value, id: &str) -> Value {
    let clerks = setup["clerk"].as_array_mut().unwrap();
    let at = clerks.iter().position(|clerk| clerk["id"] == id).unwrap();
    clerks.remove(at)
}

async fn counter_now(house: &House, cookie: &str) -> u16 {
    house.get_as("/api/counter/now", cookie).await.status.as_u16()
}

#[tokio::test]
async fn a_clerk_who_became_a_reviewer_signs_in_again() {
    let house = House::open().await;
    let old = house.sign_in("clerk1", "1").await;
    assert_eq!(counter_now(&house, &old).await, 200);
    house
        .change_setup(|setup| {
            let clerk = clerk(setup, "clerk1");
            clerk["role"] = json!("reviewer");
            clerk["departments"] = json!(["market"]);
        })
        .await;
    assert_eq!(counter_now(&house, &old).await, 401);
    assert_eq!(house.verb(&old, "call_next").await.refusal(), (401, "sign_in_first".to_owned()));
    let wrong_door = json!({ "name": "clerk1", "password": PASSWORD, "counter": "1" });
    let no = house.post("/api/counter/sign_in", wrong_door).await.refusal();
    assert_eq!(no, (403, "not_allowed".to_owned()));
    let ended = events(&house, "ClerkSignedOut").await;
    assert_eq!(ended, [("clerk1".to_owned(), json!({ "counter": "1" }))]);
    house
        .change_setup(|setup| {
            let clerk = clerk(setup, "clerk1");
            clerk["role"] = json!("clerk");
            clerk["departments"] = json!([]);
        })
        .await;
    assert_eq!(counter_now(&house, &old).await, 401, "the old session does not revive");
    house.sign_in("clerk1", "1").await;
}

#[tokio::test]
async fn a_supervisor_who_became_a_reviewer_leaves_the_admin_page() {
    let house = House::open().await;
    let body = json!({ "name": "supervisor", "password": PASSWORD });
    let old = house.post("/api/admin/sign_in", body).await.cookie();
    assert_eq!(house.get_as("/api/office/figures", &old).await.status, 200);
    for role in ["reviewer", "supervisor"] {
        house
            .change_setup(|setup| {
                let clerk = clerk(setup, "supervisor");
                clerk["role"] = json!(role);
                clerk["departments"] =
                    if role == "reviewer" { json!(["market"]) } else { json!([]) };
            })
            .await;
        let no = house.get_as("/api/office/figures", &old).await.refusal();
        assert_eq!(no, (401, "sign_in_first".to_owned()), "as {role}");
    }
}

#[tokio::test]
async fn who_moved_to_another_hall_leaves_the_counter() {
    let house = House::open().await;
    let old = house.sign_in("clerk1", "1").await;
    for halls in [json!(["station"]), json!(["main"])] {
        house.change_setup(|setup| clerk(setup, "clerk1")["halls"] = halls.clone()).await;
        assert_eq!(counter_now(&house, &old).await, 401, "in {halls}");
    }
}

#[tokio::test]
async fn one_removed_and_named_anew_has_neither_session_nor_password() {
    let house = House::open().await;
    let old = house.sign_in("clerk1", "1").await;
    let mut removed = Value::Null;
    house.change_setup(|setup| removed = remove(setup, "clerk1")).await;
    assert_eq!(counter_now(&house, &old).await, 401);
    let by_director = |detail: Value| ("admin".to_owned(), detail);
    assert_eq!(
        events(&house, "PasswordRemoved").await,
        [by_director(json!({ "clerk": "clerk1" }))]
    );
    assert_eq!(events(&house, "ClerkSignedOut").await.len(), 1);
    house.change_setup(|setup| setup["clerk"].as_array_mut().unwrap().push(removed)).await;
    assert_eq!(counter_now(&house, &old).await, 401, "the old session does not revive");
    let again = json!({ "name": "clerk1", "password": PASSWORD, "counter": "1" });
    let no = house.post("/api/counter/sign_in", again).await.refusal();
    assert_eq!(no, (401, "wrong_password".to_owned()));
    set_password(&house, &house.admin().await, "clerk1").await;
    house.sign_in("clerk1", "1").await;
    let folder = house.stop().await;
    let walked = jiban::store::open_to_read(&folder.path().join("hall.db")).await.unwrap();
    let walked = walked.walk().await.unwrap();
    assert!(matches!(walked, jiban::store::trail::Walked::Whole { .. }), "{walked:?}");
}

/// A database of an earlier version has passwords of clerks who were removed long ago.
#[tokio::test]
async fn a_password_left_by_an_earlier_version_opens_nothing_when_its_id_comes_back() {
    let mut house = House::open().await;
    house.running.take().unwrap().stop().await;
    let pool = sqlx::SqlitePool::connect(house.db().to_str().unwrap()).await.unwrap();
    sqlx::query("INSERT INTO passwords SELECT 'ghost', phc FROM passwords WHERE clerk = 'clerk1'")
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
    house.start_again().await;
    house
        .change_setup(|setup| {
            let ghost = json!({ "id": "ghost", "name": "鬼", "halls": ["main"] });
            setup["clerk"].as_array_mut().unwrap().push(ghost);
        })
        .await;
    let again = json!({ "name": "ghost", "password": PASSWORD, "counter": "1" });
    let no = house.post("/api/counter/sign_in", again).await.refusal();
    assert_eq!(no, (401, "wrong_password".to_owned()));
}

#[tokio::test]
async fn the_cookie_of_one_place_opens_no_other() {
    let house = House::open().await;
    let counter = house.sign_in("admin", "1").await;
    let office = house.office("admin").await;
    let renamed =
        |cookie: &str, place: &str| format!("jiban_{place}={}", cookie.split_once('=').unwrap().1);
    for (path, cookie) in [
        ("/api/admin/setup", renamed(&counter, "admin")),
        ("/api/office/steps", renamed(&counter, "office")),
        ("/api/counter/now", renamed(&office, "counter")),
    ] {
        let no = house.get_as(path, &cookie).await.refusal();
        assert_eq!(no, (401, "sign_in_first".to_owned()), "{path}");
    }
}
