//! Streams: one snapshot for all, and places for those who work.

use jiban::clock::Clock;
use jiban::limits::Limits;
use serde_json::{Value, json};

use super::hall;
use super::socket::Socket;
use crate::support::House;

const MANY: usize = 300;

fn waiting(kiosk: &Value) -> u64 {
    let lines = kiosk["lines"].as_array().unwrap();
    lines.iter().map(|line| line["waiting"].as_u64().unwrap()).sum()
}

#[tokio::test]
async fn a_snapshot_is_made_once_for_all_who_listen() {
    let house = House::unlimited(Clock::Machine).await;
    let mut streams = Vec::new();
    for n in 0..MANY {
        let mut stream = Socket::open(house.address()).await;
        // Made-up tokens show the same as none.
        let token = if n % 2 == 0 { String::new() } else { format!("&token={n:026}") };
        stream.get(&format!("/events/kiosk?kiosk=K1{token}"), "").await;
        assert_eq!(waiting(&stream.snapshot().await.unwrap()), 0);
        streams.push(stream);
    }
    let snapshots = &house.running.as_ref().unwrap().snapshots;
    let before = snapshots.made();
    house.issue("marriage").await;
    for stream in &mut streams {
        while waiting(&stream.snapshot().await.unwrap()) != 1 {}
    }
    // One for the number; and one with each beat, if this machine is slow.
    let made = snapshots.made() - before;
    assert!((1..20).contains(&made), "{made} snapshots for one number");
}

#[tokio::test]
async fn a_stream_ends_with_its_session_though_others_share_its_snapshot() {
    let house = House::open().await;
    let cookies = [house.admin().await, house.admin().await];
    let mut streams = Vec::new();
    for cookie in &cookies {
        let mut stream = Socket::open(house.address()).await;
        stream.get("/events/admin", cookie).await;
        assert!(stream.snapshot().await.is_some());
        streams.push(stream);
    }
    house.post_as("/api/admin/sign_out", &cookies[0], json!({})).await.ok();
    while streams[0].snapshot().await.is_some() {}
    house.issue("marriage").await;
    let seen = streams[1].snapshot().await.unwrap();
    assert_eq!(seen["today"]["issued"], 1);
}

async fn open(house: &House, path: &str, cookie: &str) -> (Socket, u16, String) {
    let mut socket = Socket::open(house.address()).await;
    socket.get(path, cookie).await;
    let (status, head) = socket.head().await.unwrap();
    (socket, status, head)
}

#[tokio::test]
async fn phones_do_not_take_the_places_of_those_who_work() {
    let limits = Limits { streams: 4, streams_per_page: 2, ..Limits::default() };
    let house = hall(limits).await;
    let mut tokens = Vec::new();
    for _ in 0..5 {
        let ticket = house.issue("marriage").await;
        tokens.push(ticket["token"].as_str().unwrap().to_owned());
    }
    let follow = |token: &str| format!("/events/progress?token={token}");
    let mut held = Vec::new();
    for n in 0..3 {
        let (socket, status, head) = open(&house, &follow(&tokens[0]), "").await;
        assert_eq!(status, if n < 2 { 200 } else { 429 }, "one ticket");
        assert_eq!(head.contains("retry-after: "), n == 2);
        held.push(socket);
    }
    for (n, token) in tokens[1..4].iter().enumerate() {
        let (socket, status, _) = open(&house, &follow(token), "").await;
        assert_eq!(status, if n < 2 { 200 } else { 429 }, "all phones");
        held.push(socket);
    }
    let cookie = house.sign_in("clerk1", "1").await;
    for (path, cookie) in [("/events/kiosk?kiosk=K1", ""), ("/events/counter", cookie.as_str())] {
        let (mut socket, status, _) = open(&house, path, cookie).await;
        assert_eq!(status, 200, "{path}");
        assert!(socket.snapshot().await.is_some());
        held.push(socket);
    }
    // Whoever leaves makes room. The server learns of it when it sends something.
    drop(held.remove(0));
    loop {
        house.issue("marriage").await;
        if open(&house, &follow(&tokens[4]), "").await.1 == 200 {
            break;
        }
    }
}

#[tokio::test]
async fn an_address_has_so_many_streams_and_cannot_choose_another() {
    for trusted in [false, true] {
        let house = House::with(Clock::Machine, |settings| {
            settings.limits = Limits { streams_per_address: 2, ..Limits::default() };
            if trusted {
                settings.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
            }
        })
        .await;
        let ticket = house.issue("marriage").await;
        let path = format!("/events/progress?token={}", ticket["token"].as_str().unwrap());
        let mut held = Vec::new();
        for n in 0..4_u8 {
            let mut socket = Socket::open(house.address()).await;
            let head = format!(
                "GET {path} HTTP/1.1\r\nhost: localhost\r\nx-forwarded-for: 203.0.113.{n}\r\n\r\n"
            );
            assert!(socket.send(head).await);
            let expected = if trusted || n < 2 { 200 } else { 429 };
            assert_eq!(socket.head().await.unwrap().0, expected, "{n}, trusted: {trusted}");
            held.push(socket);
        }
    }
}

#[tokio::test]
async fn whoever_has_most_streams_gives_one_up() {
    let house = House::with(Clock::Machine, |settings| {
        settings.limits = Limits { streams: 4, ..Limits::default() };
        settings.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
    })
    .await;
    let ticket = house.issue("marriage").await;
    let path = format!("/events/progress?token={}", ticket["token"].as_str().unwrap());
    let follow = async |last: u8| {
        let mut socket = Socket::open(house.address()).await;
        let head = format!(
            "GET {path} HTTP/1.1\r\nhost: localhost\r\nx-forwarded-for: 203.0.113.{last}\r\n\r\n"
        );
        assert!(socket.send(head).await);
        (socket.head().await.unwrap().0, socket)
    };
    let mut first = Vec::new();
    for _ in 0..4 {
        let (status, socket) = follow(1).await;
        assert_eq!(status, 200);
        first.push(socket);
    }
    assert_eq!(follow(1).await.0, 429);
    let second = [follow(2).await, follow(2).await];
    assert!(second.iter().all(|(status, _)| *status == 200));
    assert_eq!(follow(2).await.0, 429, "both have the same");
    for socket in &mut first[..2] {
        while socket.snapshot().await.is_some() {}
    }
}
