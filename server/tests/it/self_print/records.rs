//! Statements from the records of departments.

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use jiban::clock::Clock;
use jiban::store::trail::Walked;
use serde_json::{Value, json};

use super::{kinds, offered};
use crate::support::cases::PERSON;
use crate::support::paper::codes_of_pdf;
use crate::support::{House, SATURDAY_TEN, walk_spoilt};

const DAY: i64 = 24 * 60 * 60 * 1000;

fn import(file: &str) -> Value {
    json!({ "hall": "main", "statement": "insured", "file": file })
}

#[tokio::test]
async fn a_statement_is_printed_verified_and_names_nobody_in_the_trail() {
    let house = House::open().await;
    let printer = house.document_printer().await;
    assert_eq!(house.import_records().await, json!({ "version": 1, "records": 5 }));
    let proved = house.prove_by_card().await.ok();
    let done = house.print_to_the_end(&proved, json!({ "statement": "insured" })).await;
    assert_eq!((&done["state"], &done["pages"]), (&json!("confirmed"), &json!(1)));
    let events = house.print_events().await;
    assert_eq!(
        kinds(&events),
        [
            "RecordsImported",
            "PrintablesShown",
            "StatementPrintBegun",
            "StatementIssued",
            "StatementPrinted"
        ]
    );
    let code = events[3].1["code"].as_str().unwrap();
    let verified = house.get(&format!("/api/verify?code={code}")).await.ok();
    assert_eq!(verified["result"], "genuine");
    assert_eq!(verified["document"]["zh"], "社会保险参保证明");
    let page = house.get(&format!("/verify/{code}")).await;
    assert_eq!(page.status, 200);
    for said in [verified.to_string(), page.text(), serde_json::to_string(&events).unwrap()] {
        assert!(!said.contains("小满") && !said.contains(PERSON), "{said}");
    }
    let pdf = printer.tray(|tray| tray.jobs[0].pdf.clone());
    assert_eq!(codes_of_pdf(&pdf).len(), 1);
    assert!(
        house
            .service()
            .reader
            .walk()
            .await
            .is_ok_and(|walked| { matches!(walked, Walked::Whole { .. }) })
    );
}

#[tokio::test]
async fn many_rows_go_on_over_several_pages() {
    let house = House::open().await;
    let printer = house.document_printer().await;
    let admin = house.admin().await;
    let mut file = "number,name,month,kind,base,paid,note\n".to_owned();
    for n in 0..120 {
        let (year, month) = (2016 + n / 12, 1 + n % 12);
        writeln!(file, "{PERSON},欧阳小满,{year}-{month:02},基本养老保险,7200,576,").unwrap();
    }
    house.post_as("/api/admin/import_records", &admin, import(&file)).await.ok();
    let proved = house.prove_by_card().await.ok();
    let done = house.print_to_the_end(&proved, json!({ "statement": "insured" })).await;
    let pages = done["pages"].as_u64().unwrap();
    assert!(pages > 2, "{done}");
    assert_eq!((&done["state"], &done["came_out"]), (&json!("confirmed"), &done["pages"]));
    let pdf = printer.tray(|tray| tray.jobs[0].pdf.clone());
    // Each page can be verified by itself.
    let events = house.print_events().await;
    let (_, issued) = events.iter().find(|(kind, _)| kind == "StatementIssued").unwrap();
    let address = format!("http://HALL.EXAMPLE:3000/VERIFY/{}", issued["code"].as_str().unwrap());
    let codes = codes_of_pdf(&pdf);
    assert_eq!(codes.len() as u64, pages);
    assert!(codes.iter().all(|page| *page == [address.as_str()]), "{codes:?}");
}

#[tokio::test]
async fn a_file_with_faults_changes_nothing() {
    let house = House::open().await;
    let _printer = house.document_printer().await;
    house.import_records().await;
    let admin = house.admin().await;
    let bad = "number,name,month,kind,base,paid\n\
               11010519491231002X,欧阳小满,2026-09,养老,1,1\n\
               11010519491231002X,欧阳小满,2026-13,养老,1,\"1,5\"\n";
    let answer = house.post_as("/api/admin/import_records", &admin, import(bad)).await;
    assert_eq!(answer.refusal(), (422, "bad_records".to_owned()));
    let faults = answer.json()["faults"].clone();
    assert_eq!(faults.as_array().unwrap().len(), 2, "{faults}");
    assert!(faults[0].as_str().unwrap().starts_with("line 3, column month:"), "{faults}");
    let proved = house.prove_by_card().await.ok();
    assert_eq!(offered(&proved)[0], ("statement".to_owned(), String::new()), "those before");
    let other = json!({ "hall": "main", "statement": "residence", "file": "" });
    let no = house.post_as("/api/admin/import_records", &admin, other).await;
    assert_eq!(no.refusal().0, 422, "read before it is asked where it belongs");
}

#[tokio::test]
async fn an_import_replaces_what_was_before_and_old_records_are_erased() {
    let clock = Clock::standing_at(SATURDAY_TEN);
    let mut house = House::at(clock.clone()).await;
    let _printer = house.document_printer().await;
    house.import_records().await;
    let admin = house.admin().await;
    let file = "number,name,month,kind,base,paid\n340104197503150029,陈实,2026-10,养老,1,1\n";
    let now = house.post_as("/api/admin/import_records", &admin, import(file)).await.ok();
    assert_eq!(now, json!({ "version": 2, "records": 1 }));
    let proved = house.prove_by_card().await.ok();
    assert_eq!(offered(&proved)[0], ("statement".to_owned(), "no_record".to_owned()));
    let (_, no) = house.print(&proved, &json!({ "statement": "insured" })).await;
    assert_eq!(no.refusal(), (404, "no_record".to_owned()));

    clock.set(SATURDAY_TEN + 39 * DAY);
    house.service().erase_old_records().await.unwrap();
    assert_eq!(house.service().reader.records_in_force().await.unwrap().len(), 1);
    clock.set(SATURDAY_TEN + 40 * DAY);
    house.service().erase_old_records().await.unwrap();
    assert!(house.service().reader.records_in_force().await.unwrap().is_empty());
    assert_eq!(kinds(&house.print_events().await).last(), Some(&"RecordsErased"));
    house.restart().await;
    let walked = house.service().reader.walk().await.unwrap();
    assert!(matches!(walked, Walked::Whole { .. }), "{walked:?}");
}

#[tokio::test]
async fn the_command_imports_checks_and_keeps_records_readable_under_a_new_key() {
    let mut house = House::open().await;
    house.pause().await;
    let folder = house.folder.path().to_owned();
    let jiban = |arguments: &[&str]| {
        let done = Command::new(env!("CARGO_BIN_EXE_jiban"))
            .args(arguments)
            .args(["--db", "hall.db"])
            .current_dir(&folder)
            .env_clear()
            .output()
            .unwrap();
        let said = String::from_utf8([done.stdout, done.stderr].concat()).unwrap();
        (done.status.success(), said)
    };
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/../demo/insured.csv");
    let to = ["import-records", "--hall", "main", "--statement", "insured"];
    let (done, said) = jiban(&[&to[..], &[demo]].concat());
    assert!(done && said.contains("5 records") && said.contains("version 1"), "{said}");
    let bytes = fs::read(house.db()).unwrap();
    let has = |part: &str| bytes.windows(part.len()).any(|found| found == part.as_bytes());
    assert!(!has(PERSON) && !has("欧阳小满"), "sealed");
    let (whole, said) = jiban(&["check"]);
    assert!(whole && said.contains("records 5"), "{said}");
    let (done, said) = jiban(&["key"]);
    assert!(done && said.contains("records 5"), "{said}");
    let (whole, said) = jiban(&["check"]);
    assert!(whole && said.contains("records 5"), "{said}");

    fs::write(folder.join("bad.csv"), "number,name\n1,\n").unwrap();
    let (done, said) = jiban(&[&to[..], &["bad.csv"]].concat());
    assert!(
        !done && said.contains("nothing was changed") && said.contains("column month"),
        "{said}"
    );
    let (done, said) = jiban(&["import-records", "--hall", "main", "--statement", "none", demo]);
    assert!(!done && !said.is_empty(), "{said}");
}

#[tokio::test]
async fn changed_records_are_told() {
    let house = House::open().await;
    house.import_records().await;
    let copy = house.folder.path().join("copy.db");
    house.service().reader.back_up(&copy).await.unwrap();
    for statement in [
        "UPDATE record_versions SET version = 7",
        "UPDATE record_versions SET records = 4",
        "DELETE FROM record_versions",
    ] {
        let walked = walk_spoilt(&copy, statement).await;
        assert!(
            matches!(walked, Walked::Broken { table: "record_versions", .. }),
            "{statement}: {walked:?}"
        );
    }
}
