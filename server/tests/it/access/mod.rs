//! Nobody gets in where they don't belong: the matrix of all routes and actors, taken
//! from the router itself; sessions of clerks who were changed; looks and their traces.

mod halls;
mod looks;
mod matrix;
mod requests;
mod sessions;

use serde_json::{Value, json};

use crate::support::House;

/// The setup of the demo with the clerks that these tests need beside its own: staff who
/// are bound to another hall.
pub async fn with_staff_of_another_hall(house: &House) {
    let another = [
        json!({ "id": "station1", "name": "丙", "halls": ["station"] }),
        json!({ "id": "review_station", "name": "丁", "role": "reviewer",
                "departments": ["market"], "halls": ["station"] }),
        json!({ "id": "supervisor_station", "name": "戊", "role": "supervisor",
                "halls": ["station"] }),
        json!({ "id": "director_station", "name": "己", "role": "admin",
                "halls": ["station"] }),
        json!({ "id": "spare", "name": "庚", "halls": ["main"] }),
    ];
    house.change_setup(|setup| setup["clerk"].as_array_mut().unwrap().extend(another)).await;
    let admin = house.admin().await;
    for clerk in ["station1", "review_station", "supervisor_station", "director_station", "spare"] {
        set_password(house, &admin, clerk).await;
    }
}

pub async fn set_password(house: &House, admin: &str, clerk: &str) {
    let body = json!({ "clerk": clerk, "password": crate::support::PASSWORD });
    house.post_as("/api/admin/set_password", admin, body).await.ok();
}

/// The details of the events of a kind, in their order, with who did it; without the
/// digests of the rows that were written with them.
pub async fn events(house: &House, kind: &str) -> Vec<(String, Value)> {
    let pool = sqlx::SqlitePool::connect(house.db().to_str().unwrap()).await.unwrap();
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT by, detail FROM events WHERE kind = $1 ORDER BY id")
            .bind(kind)
            .fetch_all(&pool)
            .await
            .unwrap();
    pool.close().await;
    let read = |(by, detail): (String, String)| {
        let mut detail: Value = serde_json::from_str(&detail).unwrap();
        detail.as_object_mut().unwrap().remove("rows");
        (by, detail)
    };
    rows.into_iter().map(read).collect()
}
