//! What is written about a case in free words is sealed, shown to who may see the case, and
//! erased with the applicant.

use std::path::Path;
use std::process::Command;

use crate::support::{House, SATURDAY_TEN};
use jiban::clock::Clock;
use serde_json::{Value, json};

const DAY: i64 = 24 * 60 * 60 * 1000;
const GONE: &str = "erased with the applicant's details";

/// The bytes of the database and its log, read from a copy: a file of a served database that
/// is closed here would lose its locks.
fn bytes(folder: &Path) -> Vec<u8> {
    let output = Command::new("cat").args(["hall.db", "hall.db-wal"]).current_dir(folder).output();
    output.unwrap().stdout
}

fn has(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|part| part == text.as_bytes())
}

fn check(folder: &Path) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_jiban"))
        .args(["check", "--db", "hall.db"])
        .current_dir(folder)
        .env_clear()
        .output()
        .unwrap();
    (output.status.success(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

#[tokio::test]
async fn notes_are_sealed_and_shown_until_they_are_erased_with_the_person() {
    let clock = Clock::standing_at(SATURDAY_TEN);
    let mut house = House::at(clock.clone()).await;
    let (cookie, opened) = house.accepted("clerk1", "1", "food-permit").await;
    let office = house.office("review1").await;
    let step = house.steps(&office).await[0]["id"].clone();
    let notes = ["邻居张三丰来电反映", "现场检查时李四在场", "李四拒绝整改"];
    house.on_step(&office, "take", &step, notes[0]).await.ok();
    let pause = json!({ "request_id": uuid::Uuid::new_v4(), "step": step, "note": notes[1],
                        "ground": "inspection" });
    let paused = house.post_as("/api/office/pause", &office, pause).await;
    let notes = if paused.status == 200 {
        house.on_step(&office, "resume", &step, "").await.ok();
        vec![notes[0], notes[1], notes[2]]
    } else {
        vec![notes[0], notes[2]]
    };
    house.on_step(&office, "reject", &step, "李四拒绝整改").await.ok();
    house.verb(&cookie, "finish").await.ok();

    let (ticket_cookie, ticket) = house.serve("clerk3", "3", "social-card-new").await;
    let matter = json!({ "matter": "social-card-new" });
    let declined = house.open_case(&ticket_cookie, ticket, &matter).await;
    let reason = json!({ "reason": "赵六代办，没有委托书" });
    house.on_case(&ticket_cookie, "decline_case", &declined["id"], reason).await.ok();

    let office_case = async |case: &Value| {
        let path = format!("/api/office/case?case={}", case["id"]);
        house.get_as(&path, &office).await.text()
    };
    let counter_case = async |case: &Value, cookie: &str| {
        house.get_as(&format!("/api/counter/case?case={}", case["id"]), cookie).await.text()
    };
    let shown = office_case(&opened).await;
    for note in &notes {
        assert!(shown.contains(note), "{note}: {shown}");
    }
    assert!(counter_case(&declined, &ticket_cookie).await.contains("赵六代办"));
    let progress = house.progress(&opened["token"]).await.to_string();
    assert!(progress.contains("李四拒绝整改"), "{progress}");
    let paper = format!("/api/counter/paper?case={}&paper=ended", declined["id"]);
    let _ = house.get_as(&paper, &ticket_cookie).await;
    let folder = house.folder.path().to_owned();
    let written = bytes(&folder);
    for text in notes.iter().chain(&["赵六代办"]) {
        assert!(!has(&written, text), "{text} is readable in the database");
    }
    house.restart().await;

    clock.set(SATURDAY_TEN + 1900 * DAY);
    house.service().erase_persons().await.unwrap();
    let admin = house.admin().await;
    let office = house.office("review1").await;
    let path = format!("/api/office/case?case={}", opened["id"]);
    let shown = house.get_as(&path, &office).await.text();
    assert!(shown.contains(GONE), "{shown}");
    let progress = house.progress(&opened["token"]).await.to_string();
    assert!(progress.contains(GONE), "{progress}");
    drop(admin);
    house.pause().await;
    let (whole, said) = check(&folder);
    assert!(whole, "{said}");
}
