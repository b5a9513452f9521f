//! What a terminal says to the hall's server.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use uuid::Uuid;

use super::House;

/// A terminal with a store of its own, as far as the server knows it.
pub struct Terminal {
    pub kiosk: &'static str,
    pub store: Uuid,
    pub run: Uuid,
}

impl Terminal {
    pub fn new(kiosk: &'static str) -> Self {
        Self { kiosk, store: Uuid::new_v4(), run: Uuid::new_v4() }
    }

    /// A report with some of everything. `left` is what it says of its numbers.
    pub fn report(&self, left: &Value) -> Value {
        json!({
            "kiosk": self.kiosk, "store": self.store, "run": self.run, "version": "0.1.0",
            "page": "kiosk-1.js", "up_seconds": 60, "machine_up_seconds": 600,
            "printer": "ready", "slips": 3, "paper_mm": 300, "queued": 0,
            "disk_free": 9_000_000_000_u64, "disk_size": 10_000_000_000_u64,
            "memory_free": 3_000_000_000_u64, "memory_size": 4_000_000_000_u64,
            "page_memory": 90_000_000, "temperature": 452, "last_touch": null,
            "browser_starts": 1, "shows": "home", "events": [], "left": left,
            "to_hand_in": 0, "clock": 0, "hall_version": 0,
        })
    }

    /// Reports, and returns the answer.
    pub async fn reports(&self, house: &House, left: &Value) -> Value {
        house.post("/api/terminal/report", self.report(left)).await.ok()
    }

    /// A number that it gave by itself.
    pub fn gave(&self, number: u64, day: &str, taken_at: i64) -> Value {
        let mut token = Uuid::new_v4().into_bytes();
        token[0] = 1;
        json!({
            "issue": {
                "request_id": Uuid::new_v4(), "kiosk": self.kiosk, "matter": "marriage",
            },
            "token": jiban_domain::Token(token), "line": "marriage", "letter": "E",
            "number": number, "day": day, "taken_at": taken_at,
        })
    }

    pub async fn hand_in(&self, house: &House, numbers: &[Value]) -> Value {
        let body = json!({ "kiosk": self.kiosk, "store": self.store, "numbers": numbers });
        house.post("/api/terminal/hand_in", body).await.ok()
    }
}

/// A file by which alerts are told to an address where nobody answers.
pub fn nobodys_webhook(db: &Path) -> PathBuf {
    let file = db.with_file_name("alerts.toml");
    let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    let text = format!("[webhook]\nurl = \"http://127.0.0.1:1/\"\nsecret = \"{secret}\"\n");
    std::fs::write(&file, text).unwrap();
    file
}
