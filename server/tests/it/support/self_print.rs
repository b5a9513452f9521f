//! What tests of printing by oneself do at kiosk K2, over HTTP.

use std::time::Duration;

use serde_json::{Value, json};
use uuid::Uuid;

use super::cases::PERSON;
use super::ipp_printer::Emulator;
use super::{Answer, House};

pub const NAME: &str = "欧阳小满";
const RECORDS: &str = include_str!("../../../../demo/insured.csv");

impl House {
    /// Gives K2 an emulated printer of A4 pages.
    pub async fn document_printer(&self) -> Emulator {
        let printer = Emulator::start(0).await.unwrap();
        let address = printer.address();
        self.change_setup(|setup| {
            setup["hall"][0]["kiosk"][1]["document_printer"]["address"] = json!(address);
        })
        .await;
        printer
    }

    pub async fn import_records(&self) -> Value {
        let admin = self.admin().await;
        let body = json!({ "hall": "main", "statement": "insured", "file": RECORDS });
        self.post_as("/api/admin/import_records", &admin, body).await.ok()
    }

    pub async fn prove(&self, with: Value) -> Answer {
        let mut body = json!({ "kiosk": "K2" });
        body.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
        self.post("/api/self_print/prove", body).await
    }

    /// The person of the tests puts their card on the reader.
    pub async fn prove_by_card(&self) -> Answer {
        self.prove(json!({ "number": PERSON, "name": NAME, "card": true })).await
    }

    /// Asks for a print, whose request is its own.
    pub async fn print(&self, proved: &Value, item: &Value) -> (Value, Answer) {
        let request = json!(Uuid::new_v4());
        let body = json!({
            "request_id": request, "kiosk": "K2", "pass": proved["pass"], "item": item,
        });
        (request, self.post("/api/self_print/print", body).await)
    }

    /// How far a print is once it moves no more.
    pub async fn print_ended(&self, request: &Value) -> Value {
        loop {
            let body = json!({ "kiosk": "K2", "request_id": request });
            let now = self.post("/api/self_print/read", body).await.ok();
            if !["queued", "sent"].contains(&now["state"].as_str().unwrap()) {
                return now;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    pub async fn print_to_the_end(&self, proved: &Value, item: Value) -> Value {
        let (request, begun) = self.print(proved, &item).await;
        begun.ok();
        self.print_ended(&request).await
    }

    /// The kinds and details of the events of printing by oneself so far.
    pub async fn print_events(&self) -> Vec<(String, Value)> {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(self.db()).read_only(true);
        let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT kind, detail FROM events WHERE kind IN ('PrintablesShown', 'PrintBegun', \
             'ResultPrinted', 'ResultFetched', 'StatementPrintBegun', 'StatementIssued', \
             'StatementPrinted', 'RecordsImported', 'RecordsErased') ORDER BY id",
        )
        .fetch_all(&pool)
        .await
        .unwrap();
        pool.close().await;
        rows.into_iter()
            .map(|(kind, detail)| (kind, serde_json::from_str(&detail).unwrap()))
            .collect()
    }
}
