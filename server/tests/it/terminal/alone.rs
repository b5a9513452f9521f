//! The server is killed, or away, and comes back.

use serde_json::{Value, json};

use super::network::Network;
use super::{cut_off, hall, progress, store, take, until_lent};
use crate::support::issue;
use crate::support::process::exchange_bytes;
use crate::support::terminal::{Listening, PAUSE, TerminalProcess};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn numbers_given_without_the_server_are_the_same_when_it_is_back() {
    let mut house = hall().await;
    let (_folder, store) = store();
    let terminal = TerminalProcess::start(house.address(), &store).await;
    until_lent(&terminal).await;
    let before = take(&terminal).await;
    assert_eq!(before["number"], "E001");
    house.pause().await;

    let request = issue("marriage");
    let given = terminal.ok("/api/kiosk/issue", &request).await;
    assert_eq!(given["confirmed"], false, "{given}");
    assert_eq!(given["number"], "E9001");
    assert_eq!((&given["ahead"], &given["wait_minutes"]), (&Value::Null, &Value::Null));
    assert!(given["progress_url"].as_str().unwrap().starts_with("http://hall.example:3000/t/"));
    assert_eq!(terminal.ok("/api/kiosk/issue", &request).await, given, "a repeat");
    let second = take(&terminal).await;
    assert_eq!(second["number"], "E9002");
    let healthy = terminal.get("/healthz").await.1;
    assert!(healthy.contains("not reached") && healthy.contains("to hand in: 2"), "{healthy}");

    house.start_again().await;
    terminal.until_back().await;
    for (ticket, ahead) in [(&before, 0), (&given, 1), (&second, 2)] {
        let now = progress(&house, ticket).await;
        assert_eq!(now["number"], ticket["number"]);
        assert_eq!(now["ahead"], ahead, "in the order in which they were taken");
    }
    // Whoever repeats it, and wherever.
    assert_eq!(terminal.ok("/api/kiosk/issue", &request).await, given);
    assert_eq!(house.post("/api/kiosk/issue", request).await.ok()["token"], given["token"]);
    // The ordinary numbers have no gap.
    assert_eq!(take(&terminal).await["number"], "E002");
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_works_without_the_server_works_and_the_rest_says_why_not() {
    let mut house = hall().await;
    let (_folder, store) = store();
    let terminal = TerminalProcess::start(house.address(), &store).await;
    until_lent(&terminal).await;
    let guide = json!({ "kiosk": "K1", "id": "marriage", "lang": "zh-CN" });
    let search = json!({ "kiosk": "K1", "text": "结婚", "lang": "zh-CN" });
    // Who waits is known to the server alone.
    let read = async |terminal: &TerminalProcess| {
        let mut read = terminal.ok("/api/kiosk/guide", &guide).await;
        read["waiting"] = json!(0);
        read
    };
    let guide_before = read(&terminal).await;
    let found_before = terminal.ok("/api/kiosk/search", &search).await;
    house.pause().await;
    terminal.until_cut_off().await;

    assert_eq!(read(&terminal).await, guide_before);
    assert_eq!(terminal.ok("/api/kiosk/search", &search).await, found_before);
    for (path, body) in [
        ("/api/case/find", json!({ "number": "261125000173", "last_four": "002X" })),
        ("/api/progress?token=45A9QDFDBQGEBJR5QPC0XM9E19", json!({})),
    ] {
        let (status, no) = terminal.call(path, &body).await;
        assert_eq!((status, &no["code"]), (503, &json!("needs_server")), "{path}");
    }
    // A matter that is not there, a line that is closed: the rules hold.
    let (status, no) = terminal.call("/api/kiosk/issue", &issue("none")).await;
    assert_eq!((status, &no["code"]), (404, &json!("unknown_matter")));

    // Also after a restart, with nothing but the file.
    terminal.kill().await;
    let terminal = TerminalProcess::start(house.address(), &store).await;
    assert_eq!(read(&terminal).await, guide_before);
    assert_eq!(take(&terminal).await["number"], "E9001");
    house.start_again().await;
    terminal.until_back().await;
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn it_reads_out_and_has_the_texts_of_each_language_without_the_server() {
    let (_house, terminal, _store) = cut_off().await;
    let (status, texts) = terminal.get("/api/languages/zh-Hant").await;
    assert_eq!(status, 200, "{texts}");
    let texts: Value = serde_json::from_str(&texts).unwrap();
    assert!(texts["KioskWords"].as_array().unwrap().contains(&json!("請選擇業務")));
    assert_eq!(terminal.get("/api/languages/xx").await.0, 404);
    if !jiban::voice::available() {
        return;
    }
    for (lang, text) in [
        ("zh-CN", "%E8%AF%B7%E9%80%89%E6%8B%A9"),
        ("zh-Hant", "%E8%AB%8B%E9%81%B8%E6%93%87"),
        ("en", "Please+choose"),
    ] {
        let request = format!(
            "GET /api/kiosk/voice?lang={lang}&text={text} HTTP/1.1\r\nhost: localhost\r\n\
             connection: close\r\n\r\n"
        );
        let answer = exchange_bytes(terminal.address, request.as_bytes()).await.unwrap();
        let answer = String::from_utf8_lossy(&answer);
        let (head, sound) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200"), "{lang}: {head}");
        assert!(head.to_lowercase().contains("content-type: audio/wav"), "{lang}: {head}");
        assert!(sound.starts_with("RIFF"), "{lang}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_number_given_back_without_the_server_waits_for_nobody() {
    let (mut house, terminal, _store) = cut_off().await;
    let request = issue("marriage");
    let given = terminal.ok("/api/kiosk/issue", &request).await;
    let kept = take(&terminal).await;
    let abandon = json!({ "request_id": request["request_id"], "kiosk": "K1", "said_so": true });
    for _ in 0..2 {
        terminal.ok("/api/kiosk/abandon", &abandon).await;
    }
    // Never asked for: the request is refused whenever it still comes.
    let late = issue("marriage");
    let abandon = json!({ "request_id": late["request_id"], "kiosk": "K1" });
    terminal.ok("/api/kiosk/abandon", &abandon).await;
    let (status, no) = terminal.call("/api/kiosk/issue", &late).await;
    assert_eq!((status, &no["code"]), (409, &json!("request_reused")));

    house.start_again().await;
    terminal.until_back().await;
    assert_eq!(progress(&house, &given).await["state"], "cancelled");
    assert_eq!(progress(&house, &kept).await["ahead"], 0);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_number_given_up_is_given_up_at_the_server_too() {
    let house = hall().await;
    let (_folder, store) = store();
    let terminal = TerminalProcess::start(house.address(), &store).await;
    until_lent(&terminal).await;
    let request = issue("marriage");
    let given = terminal.ok("/api/kiosk/issue", &request).await;
    let abandon = json!({ "request_id": request["request_id"], "kiosk": "K1", "said_so": true });
    terminal.ok("/api/kiosk/abandon", &abandon).await;
    while progress(&house, &given).await["state"] != "cancelled" {
        tokio::time::sleep(PAUSE).await;
    }
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn without_numbers_the_page_is_told_and_everything_else_goes_on() {
    let (mut house, terminal, _store) = cut_off().await;
    let mut given = Vec::new();
    let no = loop {
        let (status, answer) = terminal.call("/api/kiosk/issue", &issue("marriage")).await;
        match status {
            200 => given.push(answer),
            // None is left, or no person touches so fast.
            _ => break answer,
        }
    };
    assert!(given.len() >= 20, "{}", given.len());
    assert!(["no_numbers_left", "too_many_numbers"].contains(&no["code"].as_str().unwrap()));
    let guide = json!({ "kiosk": "K1", "id": "marriage", "lang": "zh-CN" });
    terminal.ok("/api/kiosk/guide", &guide).await;
    house.start_again().await;
    terminal.until_back().await;
    for (place, ticket) in given.iter().enumerate() {
        assert_eq!(progress(&house, ticket).await["ahead"], place);
    }
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_page_is_told_that_it_is_cut_off_and_later_where_it_stands() {
    let (mut house, terminal, _store) = cut_off().await;
    let given = take(&terminal).await;
    let token = given["token"].as_str().unwrap().to_owned();
    let stream = format!("/events/shared?of=kiosk%3Fkiosk%3DK1%26token%3D{token}");
    let mut page = Listening::to(terminal.address, &stream).await;
    let now = page.until(|now| now["terminal"]["cut_off"] == true).await;
    assert_eq!(now["open"], true, "by its own clock");
    assert_eq!(now["terminal"]["given"], Value::Null);
    house.start_again().await;
    // The two may be told at once, and nothing after them.
    let back = |now: &Value| {
        now["terminal"]["given"]["confirmed"] == true && now["terminal"]["cut_off"] == false
    };
    let now = page.until(back).await;
    assert_eq!(now["terminal"]["given"]["number"], given["number"]);
    assert_eq!(now["terminal"]["given"]["ahead"], 0);
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_that_hangs_or_is_ill_is_as_good_as_none() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    let mut house = hall().await;
    let (_folder, store) = store();
    let terminal = TerminalProcess::start(house.address(), &store).await;
    until_lent(&terminal).await;
    house.pause().await;
    // Something else answers there: it takes everything and says nothing, or only excuses.
    for (count, says) in [(1, ""), (2, "HTTP/1.1 503 x\r\ncontent-length: 0\r\n\r\n")] {
        let other = tokio::net::TcpListener::bind(house.address()).await.unwrap();
        let answering = tokio::spawn(async move {
            let mut open = Vec::new();
            loop {
                let (mut stream, _) = other.accept().await.unwrap();
                if !says.is_empty() {
                    let mut head = [0; 4096];
                    let _ = stream.read(&mut head).await;
                    let _ = stream.write_all(says.as_bytes()).await;
                }
                open.push(stream);
            }
        });
        let given = take(&terminal).await;
        assert_eq!(given["number"], format!("E900{count}"));
        answering.abort();
        let _ = answering.await;
    }
    house.start_again().await;
    terminal.until_back().await;
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_answer_that_is_lost_on_the_way_costs_no_second_ticket() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::{TcpListener, TcpStream};

    // Between terminal and server stands a network that loses answers: it passes requests on
    // and, when told to, cuts the line before the answer comes back.
    let house = hall().await;
    let network = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = network.local_addr().unwrap();
    let (loses, lossy) = tokio::sync::watch::channel(false);
    let server = house.address();
    tokio::spawn(async move {
        loop {
            let (mut near, _) = network.accept().await.unwrap();
            let lossy = lossy.clone();
            tokio::spawn(async move {
                let mut far = TcpStream::connect(server).await.unwrap();
                if *lossy.borrow() {
                    let mut request = vec![0; 64 * 1024];
                    let read = near.read(&mut request).await.unwrap_or_default();
                    let _ = far.write_all(&request[..read]).await;
                    // The server has answered; nobody hears it.
                    let mut answer = [0; 64];
                    let _ = far.read(&mut answer).await;
                    return;
                }
                let _ = tokio::io::copy_bidirectional(&mut near, &mut far).await;
            });
        }
    });
    let (_folder, store) = store();
    let terminal = TerminalProcess::start(address, &store).await;
    until_lent(&terminal).await;
    loses.send(true).unwrap();
    // Connections from before still work: so it is asked until one is lost.
    let mut given = take(&terminal).await;
    while given["confirmed"] == true {
        given = take(&terminal).await;
    }
    loses.send(false).unwrap();
    terminal.until_back().await;
    let now = progress(&house, &given).await;
    assert_eq!(now["number"], given["number"], "the number on the slip");
    assert_eq!(now["state"], "waiting");
    house.stop().await;
}

/// The hall as a newer server describes it: with something that this program does not know.
fn described_with_more(answer: &[u8], add: fn(&mut Value)) -> Vec<u8> {
    let head = answer.windows(4).position(|end| end == b"\r\n\r\n").unwrap();
    let mut hall: Value = serde_json::from_slice(&answer[head + 4..]).unwrap();
    add(&mut hall);
    let (hall, kind) = (hall.to_string(), "content-type: application/json");
    let length = hall.len();
    format!("HTTP/1.1 200 OK\r\n{kind}\r\ncontent-length: {length}\r\n\r\n{hall}").into_bytes()
}

/// Numbers go on with a newer server, and without it; the terminal may have known the hall
/// before that server came.
async fn goes_on_with_a_newer_server(knew_the_hall: bool, add: fn(&mut Value)) {
    let mut house = hall().await;
    let (_folder, store) = store();
    if knew_the_hall {
        let terminal = TerminalProcess::start(house.address(), &store).await;
        until_lent(&terminal).await;
        terminal.kill().await;
        house.change_setup(|setup| setup["hall"][0]["name"]["en"] = json!("Renamed")).await;
    }
    let mut network = Network::to(house.address(), Some("/api/terminal/hall")).await;
    let address = network.address;
    tokio::spawn(async move {
        loop {
            let mut call = network.next_call().await;
            // The server may be away.
            let Ok(answer) = call.pass_on().await else { continue };
            call.pass_back(&described_with_more(&answer, add)).await;
        }
    });
    let terminal = TerminalProcess::start(address, &store).await;
    until_lent(&terminal).await;
    let online = take(&terminal).await;
    assert_eq!((&online["number"], &online["confirmed"]), (&json!("E001"), &json!(true)));
    house.pause().await;
    terminal.until_cut_off().await;
    let alone = take(&terminal).await;
    assert_eq!((&alone["number"], &alone["confirmed"]), (&json!("E9001"), &json!(false)));
    house.start_again().await;
    terminal.until_back().await;
    for (place, ticket) in [online, alone].iter().enumerate() {
        assert_eq!(progress(&house, ticket).await["ahead"], place);
    }
    house.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_older_terminal_goes_on_with_a_newer_server() {
    goes_on_with_a_newer_server(false, |hall| hall["added"] = json!(1)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn where_the_hall_file_has_new_words_it_goes_by_the_hall_of_before() {
    goes_on_with_a_newer_server(true, |hall| hall["setup"]["hall"][0]["added"] = json!(1)).await;
}
