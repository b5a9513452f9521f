//! The form by which a phone sends a photograph.

use std::fs;

use super::lacking;
use super::socket::Socket;
use crate::support::House;
use crate::support::cases::photograph;
use crate::support::process::Process;

const FORM: &str = "multipart/form-data; boundary=b";
/// More than any form may have.
const ENDLESS: usize = 700 * 1024 * 1024;

fn field(name: &str, content: &str) -> String {
    format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{content}\r\n")
}

fn file(material: u64, content: &[u8]) -> Vec<u8> {
    let mut form = field("material", &material.to_string()).into_bytes();
    form.extend(b"--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n");
    form.extend(content);
    form.extend(b"\r\n--b--\r\n");
    form
}

/// Where the answer to a form leads.
async fn outcome(socket: &mut Socket) -> String {
    let (status, head) = socket.head().await.unwrap();
    assert_eq!(status, 303, "{head}");
    head.split("supplied=").nth(1).unwrap().split("\r\n").next().unwrap().to_owned()
}

#[tokio::test]
async fn a_token_that_nobody_has_is_refused_before_a_byte_is_read() {
    let house = House::open().await;
    let nobody = "0".repeat(26);
    for token in [nobody.as_str(), "no-token"] {
        for path in [format!("/t/{token}/supply"), format!("/T/{token}/supply")] {
            let mut socket = Socket::open(house.address()).await;
            socket.post(&path, FORM, ENDLESS).await;
            assert_eq!(socket.head().await.unwrap().0, 404, "{path}");
        }
        let mut socket = Socket::open(house.address()).await;
        let path = format!("/api/case/supply?token={token}&material=1");
        socket.post(&path, "image/jpeg", ENDLESS).await;
        assert_eq!(socket.head().await.unwrap().0, 404, "{path}");
    }
}

#[tokio::test]
async fn a_form_of_a_case_that_lacks_nothing_is_not_read() {
    let house = House::open().await;
    let (_, opened) = house.accepted("clerk1", "1", "food-permit").await;
    let mut socket = Socket::open(house.address()).await;
    let path = format!("/t/{}/supply", opened["token"].as_str().unwrap());
    socket.post(&path, FORM, ENDLESS).await;
    assert_eq!(outcome(&mut socket).await, "nothing_missing");
}

#[tokio::test]
async fn what_comes_before_the_file_is_a_few_bytes() {
    let house = House::open().await;
    let (token, material, _) = lacking(&house, "clerk1", "1").await;
    let path = format!("/t/{token}/supply");
    let long = "1".repeat(1_000);
    let head = format!("--b\r\ncontent-disposition: form-data; x=\"{}", "x".repeat(1 << 20));
    let forms = [
        ("the number of the material", field("material", &long)),
        ("another field", field("other", &long)),
        ("a head of a field", head),
        ("a preamble", "x".repeat(1 << 20)),
        ("fields", field("other", "").repeat(10)),
    ];
    for (what, form) in forms {
        let mut socket = Socket::open(house.address()).await;
        socket.post(&path, FORM, ENDLESS).await;
        assert!(socket.send(form).await, "{what}");
        // The rest never comes.
        assert_eq!(outcome(&mut socket).await, "bad_request", "{what}");
    }
    let mut socket = Socket::open(house.address()).await;
    let form = file(material, &photograph());
    socket.post(&path, FORM, form.len()).await;
    assert!(socket.send(form).await);
    assert_eq!(outcome(&mut socket).await, "ok", "and a photograph is taken still");
}

#[tokio::test]
async fn a_file_that_is_too_large_is_said_to_be_on_the_page() {
    let house = House::open().await;
    let (token, material, _) = lacking(&house, "clerk1", "1").await;
    let form = file(material, &vec![0; 12 * 1024 * 1024]);
    let mut socket = Socket::open(house.address()).await;
    socket.post(&format!("/t/{token}/supply"), FORM, form.len()).await;
    // A browser sends it all before it reads the answer.
    assert!(socket.send(form).await);
    assert_eq!(outcome(&mut socket).await, "file_too_large");
    let page = house.get(&format!("/t/{token}?supplied=file_too_large")).await.text();
    assert!(page.contains("10 MB"), "{page}");
}

#[tokio::test]
async fn a_film_is_refused_with_an_answer_and_not_by_cutting_it_off() {
    let house = House::open().await;
    let (token, material, _) = lacking(&house, "clerk1", "1").await;
    let mut socket = Socket::open(house.address()).await;
    let (pieces, piece) = (160, "x".repeat(1 << 20));
    let path = format!("/api/case/supply?token={token}&material={material}");
    socket.post(&path, "video/mp4", pieces * piece.len()).await;
    for _ in 0..pieces {
        assert!(socket.send(&piece).await);
    }
    assert_eq!(socket.head().await.unwrap().0, 413);
}

/// The most memory that a process has had, in MB.
fn memory(process: &Process) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", process.child.id().unwrap()));
    let status = status.unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_field_without_end_costs_no_memory() {
    let house = House::of_a_process();
    let process = Process::start(&["env", "JIBAN_LIMITS=on"], &house.db()).await;
    let house = house.moved_to(process.address);
    let (token, _, _) = lacking(&house, "clerk1", "1").await;
    let before = memory(&process);
    for name in ["material", "other", "file"] {
        let mut socket = Socket::open(process.address).await;
        socket.post(&format!("/t/{token}/supply"), FORM, ENDLESS).await;
        let head = format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n");
        assert!(socket.send(head).await);
        // Sent as far as the server lets it: it is refused long before, and what is left is
        // read on only for a while.
        let piece = vec![b'1'; 1 << 20];
        let mut sent = 0;
        while sent < 600 && socket.send(&piece).await {
            sent += 1;
        }
        assert!(sent < 600, "{name}: all of it was read");
    }
    let grown = memory(&process) - before;
    assert!(grown < 64, "{grown} MB");
    assert_eq!(house.get("/healthz").await.status, 200);
}
