//! What was answered about a case is kept: a killed server, an interrupted upload,
//! a row changed outside the program.

use std::sync::Arc;

use crate::support::cases::{files_below, photograph};
use crate::support::process::Process;
use crate::support::{House, walk_spoilt};
use jiban::store::open_to_read;
use jiban::store::trail::Walked;
use jiban_domain::case::CaseState;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;

/// An answer that a clerk got: the number of a case, and whether it is accepted.
type Acknowledged = (String, bool);

/// Opens and accepts cases until the server is gone, which ends the task.
async fn receive(
    house: Arc<House>,
    clerk: &str,
    counter: &str,
    matter: &str,
    answered: UnboundedSender<Acknowledged>,
) {
    let cookie = house.sign_in(clerk, counter).await;
    // The ticket in hand when the server was killed.
    for verb in ["begin", "finish"] {
        house.verb(&cookie, verb).await;
    }
    loop {
        house.issue(matter).await;
        let called = house.verb(&cookie, "call_next").await.ok();
        house.verb(&cookie, "begin").await.ok();
        let ticket = called["ticket"]["id"].as_i64().unwrap();
        let opened = house.open_case(&cookie, ticket, &json!({ "matter": matter })).await;
        let number = opened["number"].as_str().unwrap().to_owned();
        answered.send((number.clone(), false)).unwrap();
        house.mark_all(&cookie, &opened).await;
        house.accept(&cookie, &opened["id"]).await;
        answered.send((number, true)).unwrap();
        house.verb(&cookie, "finish").await.ok();
    }
}

/// The server is killed six times while three counters receive cases.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn cases_that_were_acknowledged_survive_kill_9() {
    let mut house = House::of_a_process();
    let mut acknowledged = Vec::new();
    for round in 0..6 {
        let mut server = Process::start(&[], &house.db()).await;
        let here = Arc::new(house.moved_to(server.address));
        let mut counters = JoinSet::new();
        let (answered, mut answers) = unbounded_channel();
        for (clerk, counter, matter) in [
            ("clerk1", "1", "food-permit"),
            ("clerk3", "3", "social-card-new"),
            ("clerk5", "5", "elder-allowance"),
        ] {
            counters.spawn(receive(here.clone(), clerk, counter, matter, answered.clone()));
        }
        drop(answered);
        // Killed at another moment in each round, amid the requests that follow.
        for _ in 0..6 + round {
            acknowledged.push(answers.recv().await.expect("the counters go on"));
        }
        server.child.start_kill().unwrap();
        server.child.wait().await.unwrap();
        while let Some(answer) = answers.recv().await {
            acknowledged.push(answer);
        }
        while counters.join_next().await.is_some() {}
        house = Arc::into_inner(here).unwrap();
    }
    let accepted = acknowledged.iter().filter(|(_, accepted)| *accepted).count();
    assert!(accepted > 10, "only {accepted} were acknowledged");

    let reader = open_to_read(&house.db()).await.unwrap();
    match reader.walk().await.unwrap() {
        Walked::Whole { cases, .. } => assert!(cases >= accepted as u64),
        broken @ Walked::Broken { .. } => panic!("{broken:?}"),
    }
    for (number, was_accepted) in acknowledged {
        let kept = reader.case_by_number(&number).await.unwrap();
        let kept = kept.unwrap_or_else(|| panic!("{number} was acknowledged"));
        assert!(!was_accepted || kept.state == CaseState::Accepted, "{number}: {:?}", kept.state);
    }
}

#[tokio::test]
async fn an_upload_cut_off_leaves_nothing_behind() {
    let house = House::open().await;
    let (cookie, ticket) = house.serve("clerk1", "1", "food-permit").await;
    let opened = house.open_case(&cookie, ticket, &json!({ "matter": "food-permit" })).await;
    let path = format!("/api/counter/attach?case={}&material=1", opened["id"]);
    let folder = house.folder.path().join("hall.db.files");
    let before = files_below(&folder);

    let mut half = TcpStream::connect(house.address()).await.unwrap();
    let photograph = photograph();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\ncookie: {cookie}\r\n\
         content-type: image/jpeg\r\ncontent-length: {}\r\n\r\n",
        photograph.len()
    );
    half.write_all(head.as_bytes()).await.unwrap();
    half.write_all(&photograph[..photograph.len() / 2]).await.unwrap();
    half.shutdown().await.unwrap();
    // The server notices, and closes the connection when it is done.
    half.read_to_end(&mut Vec::new()).await.unwrap();
    assert_eq!(files_below(&folder), before, "half a photograph is kept");
    let case = house.case(&cookie, &opened["id"]).await;
    assert_eq!(case["materials"][0]["files"], json!([]));
    // A complete one is stored as usual: the file and its thumbnail.
    let whole = house.post_raw(&path, &cookie, "image/jpeg", photograph.into()).await.ok();
    assert_eq!(whole["materials"][0]["files"].as_array().unwrap().len(), 1);
    assert_eq!(files_below(&folder).len(), before.len() + 2, "{:?}", files_below(&folder));
}

#[tokio::test]
async fn a_case_changed_outside_the_program_is_found() {
    let house = House::open().await;
    for _ in 0..3 {
        let (cookie, _) = house.accepted("clerk1", "1", "food-permit").await;
        house.verb(&cookie, "finish").await.ok();
    }
    // The documents that anyone can verify.
    let office = house.office("review1").await;
    assert!(house.approve_all(&office).await >= 3);
    let copy = house.folder.path().join("copy.db");
    open_to_read(&house.db()).await.unwrap().back_up(&copy).await.unwrap();
    let walked = open_to_read(&copy).await.unwrap().walk().await.unwrap();
    assert!(matches!(walked, Walked::Whole { cases: 3, .. }), "{walked:?}");
    for statement in [
        "UPDATE cases SET state = 'accepted' WHERE id = (SELECT MIN(id) FROM cases)",
        "UPDATE cases SET number = '000000000000' WHERE id = (SELECT MIN(id) FROM cases)",
        "UPDATE cases SET due_day = '2030-01-01' WHERE id = (SELECT MIN(id) FROM cases)",
        "UPDATE cases SET document = replace(document, 'accepted', 'ready') \
         WHERE id = (SELECT MIN(id) FROM cases)",
        "UPDATE case_steps SET due_day = '2030-01-01' WHERE case_id = (SELECT MIN(id) FROM cases)",
        "UPDATE results SET issued_on = '2020-01-01'",
        "UPDATE results SET issuer = '{\"zh\":\"x\",\"en\":\"x\"}'",
        "UPDATE results SET revoked_on = issued_on",
        "DELETE FROM results",
        "DELETE FROM persons WHERE case_id = (SELECT MIN(id) FROM cases)",
        "DELETE FROM cases WHERE id = (SELECT MIN(id) FROM cases)",
    ] {
        let walked = walk_spoilt(&copy, statement).await;
        assert!(matches!(walked, Walked::Broken { table: "cases", .. }), "{statement}: {walked:?}");
    }
}
