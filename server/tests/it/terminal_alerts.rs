//! Alerts about terminals: each once, and once more when it is over, by webhook and by mail.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiban::clock::Clock;
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::support::terminals::Terminal;
use crate::support::{House, SATURDAY_TEN};

const SECRET: &str = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// One request that a receiver got: its headers in small letters, and its body.
#[derive(Debug)]
struct Got {
    head: String,
    body: String,
}

impl Got {
    fn header(&self, name: &str) -> String {
        let line = self.head.lines().find(|line| line.starts_with(&format!("{name}: ")));
        line.unwrap_or_else(|| panic!("{name} in {}", self.head))[name.len() + 2..].to_owned()
    }

    /// The signature that the standard wants.
    fn is_signed(&self) {
        let (id, at) = (self.header("webhook-id"), self.header("webhook-timestamp"));
        let key = BASE64.decode(SECRET.as_bytes()).unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        mac.update(format!("{id}.{at}.{}", self.body).as_bytes());
        let wanted = format!("v1,{}", BASE64.encode(&mac.finalize().into_bytes()));
        let signature = self
            .head
            .lines()
            .find_map(|line| line.strip_prefix("webhook-signature: "))
            .unwrap()
            .to_owned();
        assert_eq!(signature, wanted);
    }
}

/// A receiver of webhooks; what it answers can be changed.
async fn receiver() -> (u16, mpsc::UnboundedReceiver<Got>, Arc<Mutex<u16>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (sender, got) = mpsc::unbounded_channel();
    let status = Arc::new(Mutex::new(200));
    let answers = status.clone();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let mut stream = BufReader::new(stream);
            let (mut head, mut length) = (String::new(), 0);
            loop {
                let mut line = String::new();
                stream.read_line(&mut line).await.unwrap();
                if line.trim().is_empty() {
                    break;
                }
                let (name, value) = line.trim_end().split_once(' ').unwrap();
                if name.eq_ignore_ascii_case("content-length:") {
                    length = value.parse().unwrap();
                }
                writeln!(head, "{} {value}", name.to_lowercase()).unwrap();
            }
            let mut body = vec![0; length];
            stream.read_exact(&mut body).await.unwrap();
            let status = *answers.lock().unwrap();
            let answer = format!("HTTP/1.1 {status} x\r\ncontent-length: 0\r\n\r\n");
            stream.write_all(answer.as_bytes()).await.unwrap();
            let body = String::from_utf8(body).unwrap();
            let _ = sender.send(Got { head, body });
        }
    });
    (port, got, status)
}

/// A mail server: whole mails as they came, each with its commands.
async fn mail_server() -> (u16, mpsc::UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (sender, got) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let mut stream = BufReader::new(stream);
            stream.write_all(b"220 mail.example ESMTP\r\n").await.unwrap();
            let (mut said, mut in_data) = (String::new(), false);
            loop {
                let mut line = String::new();
                if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
                    break;
                }
                said += &line;
                let answer: &[u8] = match line.trim_end() {
                    "." if in_data => {
                        in_data = false;
                        let _ = sender.send(std::mem::take(&mut said));
                        b"250 queued\r\n"
                    }
                    _ if in_data => continue,
                    "DATA" => {
                        in_data = true;
                        b"354 go on\r\n"
                    }
                    "QUIT" => b"221 bye\r\n",
                    _ => b"250 ok\r\n",
                };
                stream.write_all(answer).await.unwrap();
            }
        }
    });
    (port, got)
}

/// A hall that tells alerts; its clock stands.
async fn house(clock: &Clock, file: &str) -> House {
    House::with(clock.clone(), |settings| {
        let path = settings.db.with_file_name("alerts.toml");
        std::fs::write(&path, file).unwrap();
        settings.alerts = Some(path);
    })
    .await
}

fn webhook(port: u16) -> String {
    format!(
        "[webhook]\nurl = \"http://127.0.0.1:{port}/alerts?x=1\"\nsecret = \"whsec_{SECRET}\"\n"
    )
}

fn mail(port: u16) -> String {
    format!(
        "[mail]\nserver = \"smtp://127.0.0.1:{port}\"\nfrom = \"Jiban <hall@hall.example>\"\n\
         to = [\"one@it.example\", \"two@it.example\"]\n"
    )
}

async fn report(house: &House, terminal: &Terminal, printer: &str) {
    let mut report = terminal.report(&json!([]));
    report["printer"] = json!(printer);
    report["clock"] = json!(house.clock.now());
    house.post("/api/terminal/report", report).await.ok();
}

#[tokio::test]
async fn each_is_told_once_and_once_more_when_it_is_over() {
    let (port, mut got, _) = receiver().await;
    let clock = Clock::standing_at(SATURDAY_TEN);
    let mut house = house(&clock, &webhook(port)).await;
    let terminal = Terminal::new("K1");
    for _ in 0..3 {
        report(&house, &terminal, "paper_out").await;
        house.service().check_terminals().await.unwrap();
    }
    let first = got.recv().await.unwrap();
    first.is_signed();
    assert!(first.head.starts_with("post /alerts?x=1 "), "{}", first.head);
    assert_eq!(first.header("webhook-timestamp"), (SATURDAY_TEN / 1000).to_string());
    let body: Value = serde_json::from_str(&first.body).unwrap();
    assert_eq!(body["type"], "terminal.alert");
    assert_eq!(body["data"]["kiosk"], "K1");
    assert_eq!(body["data"]["kind"], "paper_out");
    // It is still so after a restart: nothing more is told.
    house.restart().await;
    report(&house, &terminal, "paper_out").await;
    house.service().check_terminals().await.unwrap();
    report(&house, &terminal, "cover_open").await;
    house.service().check_terminals().await.unwrap();
    report(&house, &terminal, "ready").await;
    house.service().check_terminals().await.unwrap();
    // What was on its way at the restart may come twice, with the same id.
    let second = loop {
        let next = got.recv().await.unwrap();
        if next.header("webhook-id") != first.header("webhook-id") {
            break next;
        }
    };
    second.is_signed();
    let body: Value = serde_json::from_str(&second.body).unwrap();
    assert_eq!(
        (&body["type"], &body["data"]["kind"]),
        (&json!("terminal.alert.over"), &json!("paper_out"))
    );
    assert_ne!(first.header("webhook-id"), second.header("webhook-id"));
    // Again: another alert.
    report(&house, &terminal, "paper_out").await;
    house.service().check_terminals().await.unwrap();
    let third = got.recv().await.unwrap();
    let body: Value = serde_json::from_str(&third.body).unwrap();
    assert_eq!(body["type"], "terminal.alert");
}

/// The next alert of a kind.
async fn next_of(got: &mut mpsc::UnboundedReceiver<Got>, kind: &str) -> Value {
    loop {
        let body: Value = serde_json::from_str(&got.recv().await.unwrap().body).unwrap();
        if body["data"]["kind"] == kind {
            return body;
        }
    }
}

#[tokio::test]
async fn a_terminal_that_is_full_hot_wrong_or_restarting_is_told_of() {
    let (port, mut got, _) = receiver().await;
    let clock = Clock::standing_at(SATURDAY_TEN);
    let house = house(&clock, &webhook(port)).await;
    let terminal = Terminal::new("K1");
    for (kind, of, ill, later) in [
        ("disk_full", "disk_free", json!(500_000_000), 0),
        ("memory", "memory_free", json!(100_000_000), 0),
        ("hot", "temperature", json!(815), 0),
        ("printer_away", "printer", json!("offline"), 31_000),
        ("restarting", "browser_starts", json!(5), 0),
        ("clock_off", "clock", json!(SATURDAY_TEN - 600_000), 0),
    ] {
        let told = async |value: Option<&Value>, after: i64| {
            clock.set(clock.now() + after);
            let mut report = terminal.report(&json!([]));
            report["clock"] = json!(clock.now());
            if let Some(value) = value {
                report[of] = value.clone();
            }
            house.post("/api/terminal/report", report).await.ok();
            house.service().check_terminals().await.unwrap();
        };
        told(None, 0).await;
        told(Some(&ill), 0).await;
        told(Some(&ill), later).await;
        let alert = next_of(&mut got, kind).await;
        assert_eq!(alert["type"], "terminal.alert", "{kind}");
        assert_eq!(alert["data"]["kiosk"], "K1");
        // A browser that was started again is well once it was not for a while.
        let value = (kind == "restarting").then_some(&ill);
        for _ in 0..12 {
            told(value, 55_000).await;
        }
        assert_eq!(next_of(&mut got, kind).await["type"], "terminal.alert.over", "{kind}");
    }
}

#[tokio::test]
async fn a_silent_terminal_is_told_of_also_if_the_server_was_away() {
    let (port, mut got, _) = receiver().await;
    let clock = Clock::standing_at(SATURDAY_TEN);
    let mut house = house(&clock, &webhook(port)).await;
    let terminal = Terminal::new("K1");
    report(&house, &terminal, "ready").await;
    house.restart().await;
    house.service().check_terminals().await.unwrap();
    clock.set(SATURDAY_TEN + 61_000);
    house.service().check_terminals().await.unwrap();
    let body: Value = serde_json::from_str(&got.recv().await.unwrap().body).unwrap();
    assert_eq!(body["data"]["kind"], "silent");
    report(&house, &terminal, "ready").await;
    house.service().check_terminals().await.unwrap();
    let body: Value = serde_json::from_str(&got.recv().await.unwrap().body).unwrap();
    assert_eq!(body["type"], "terminal.alert.over");
}

#[tokio::test]
async fn what_was_not_taken_is_tried_again_with_the_same_id() {
    let (port, mut got, status) = receiver().await;
    *status.lock().unwrap() = 500;
    let clock = Clock::standing_at(SATURDAY_TEN);
    let mut house = house(&clock, &webhook(port)).await;
    report(&house, &Terminal::new("K1"), "paper_out").await;
    house.service().check_terminals().await.unwrap();
    let first = got.recv().await.unwrap();
    // A new start of the server does not forget it.
    house.restart().await;
    *status.lock().unwrap() = 204;
    clock.set(SATURDAY_TEN + 6_000);
    let second = got.recv().await.unwrap();
    second.is_signed();
    assert_eq!(first.header("webhook-id"), second.header("webhook-id"));
    assert_ne!(first.header("webhook-timestamp"), second.header("webhook-timestamp"));
    assert_eq!(first.body, second.body);
}

/// The text of a mail, however it is encoded.
fn decoded(mail: &str) -> String {
    let (head, body) = mail.split_once("DATA\r\n").unwrap().1.split_once("\r\n\r\n").unwrap();
    let body = body.trim_end_matches(".\r\n");
    let bytes = if head.to_lowercase().contains("base64") {
        let encoded: String = body.split_whitespace().collect();
        BASE64.decode(encoded.as_bytes()).unwrap()
    } else {
        let joined = body.replace("=\r\n", "").replace('=', "%");
        percent_encoding::percent_decode_str(&joined).collect()
    };
    String::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn mail_says_it_in_both_languages() {
    let (port, mut mails) = mail_server().await;
    let clock = Clock::standing_at(SATURDAY_TEN);
    let file = mail(port) + "[thresholds]\ndisk_percent = 95\n";
    let house = house(&clock, &file).await;
    report(&house, &Terminal::new("K1"), "ready").await;
    house.service().check_terminals().await.unwrap();
    let mail = mails.recv().await.unwrap();
    for part in [
        "MAIL FROM:<hall@hall.example>",
        "RCPT TO:<one@it.example>",
        "RCPT TO:<two@it.example>",
        "Subject: =?utf-8?",
        "Message-ID: <alert_",
    ] {
        assert!(mail.contains(part), "{part} in\n{mail}");
    }
    let text = decoded(&mail);
    assert!(text.contains("K1") && text.contains("磁盘将满") && text.contains("disk"), "{text}");
}

#[tokio::test]
async fn that_it_is_over_is_mailed_once() {
    let (port, mut mails) = mail_server().await;
    let clock = Clock::standing_at(SATURDAY_TEN);
    let house = house(&clock, &mail(port)).await;
    let terminal = Terminal::new("K1");
    let mut next = async |printer: &str| {
        for _ in 0..2 {
            report(&house, &terminal, printer).await;
            house.service().check_terminals().await.unwrap();
        }
        decoded(&mails.recv().await.unwrap())
    };
    // Were it mailed twice, the second would come before the next alert.
    for (printer, what) in [("paper_out", "alert"), ("ready", "over"), ("paper_out", "alert")] {
        let text = next(printer).await;
        assert!(text.contains("打印机缺纸") && text.contains(&format!(" / {what}: ")), "{text}");
    }
}

#[tokio::test]
async fn a_file_that_cannot_work_is_said_at_the_start() {
    for (file, said) in [
        ("[webhook]\nurl = \"http://x/\"\nsecret = \"x\"\n", "webhook.secret"),
        (
            "[webhook]\nurl = \"ftp://x/\"\nsecret = \"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\"\n",
            "webhook.url",
        ),
        ("[mail]\nserver = \"smtp://x\"\nfrom = \"x\"\nto = [\"a@b.example\"]\n", "mail"),
        ("[mail]\nserver = \"x\"\nfrom = \"a@b.example\"\nto = [\"a@b.example\"]\n", "mail.server"),
        ("[thresholds]\ndisc_percent = 3\n", "disc_percent"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("alerts.toml");
        std::fs::write(&path, file).unwrap();
        let error = jiban::alerting::Alerting::read(&path).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
}

#[tokio::test]
async fn the_admin_page_is_told_all_of_it() {
    let clock = Clock::standing_at(SATURDAY_TEN);
    let house = House::at(clock).await;
    report(&house, &Terminal::new("K1"), "paper_out").await;
    house.service().check_terminals().await.unwrap();
    let admin = house.admin().await;
    let address = house.url("/events/terminals?hall=main");
    let now = crate::nothing_lost::first_snapshot(&address, &admin).await;
    let kiosk = &now["terminals"][0];
    assert_eq!(kiosk["kiosk"], "K1");
    assert_eq!(kiosk["there"], true);
    assert_eq!(kiosk["report"]["printer"], "paper_out");
    assert_eq!(kiosk["alerts"][0]["kind"], "paper_out");
    assert_eq!(now["may_act"], true);
    assert_eq!(now["terminals"][1]["report"], Value::Null);
    let supervisor = house.office("supervisor").await;
    let now = crate::nothing_lost::first_snapshot(&address, &supervisor).await;
    assert_eq!(now["may_act"], false);
}
