//! Connections on which nothing happens.

use jiban::clock::Clock;
use jiban::limits::Limits;

use super::hall;
use super::socket::Socket;
use crate::support::House;

fn impatient() -> Limits {
    Limits { idle_seconds: 1, slow_seconds: 1, ..Limits::default() }
}

#[tokio::test]
async fn a_connection_without_a_request_is_closed() {
    let house = hall(impatient()).await;
    for begin in [
        "",
        "G",
        "GET / HTTP/1.1\r\n",
        "GET / HTTP/1.1\r\nhost: localhost\r\ncookie: x",
        // The beginning of HTTP/2, and no more.
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "PRI",
    ] {
        let mut socket = Socket::open(house.address()).await;
        assert!(socket.send(begin).await);
        socket.closed().await;
    }
}

#[tokio::test]
async fn a_connection_is_closed_some_time_after_its_last_answer() {
    let house = hall(impatient()).await;
    let mut socket = Socket::open(house.address()).await;
    for _ in 0..3 {
        socket.get("/api/nothing", "").await;
        let (status, head) = socket.head().await.unwrap();
        assert_eq!(status, 404);
        socket.body(&head).await;
    }
    socket.closed().await;
}

#[tokio::test]
async fn a_stream_is_not_idle() {
    let house = hall(impatient()).await;
    let mut idle = Socket::open(house.address()).await;
    let mut stream = Socket::open(house.address()).await;
    stream.get("/events/kiosk?kiosk=K1", "").await;
    assert!(stream.snapshot().await.is_some());
    // The idle time is over for both.
    idle.closed().await;
    house.issue("marriage").await;
    assert!(stream.snapshot().await.is_some());
}

#[tokio::test]
async fn a_client_that_does_not_read_is_let_go_of() {
    let house = hall(impatient()).await;
    let mut socket = Socket::open(house.address()).await;
    // As many answers as no buffer of the system holds.
    let request = "GET /api/hall HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(1_000);
    let mut rounds = 0;
    while socket.send(&request).await {
        rounds += 1;
        assert!(rounds < 1_000, "nobody read a million answers, and the server made them");
    }
}

#[tokio::test]
async fn a_head_has_so_many_bytes() {
    let house = hall(Limits::default()).await;
    let mut socket = Socket::open(house.address()).await;
    let head =
        format!("GET / HTTP/1.1\r\nhost: localhost\r\ncookie: {}\r\n", "x".repeat(100 * 1024));
    assert!(socket.send(head).await);
    assert_eq!(socket.head().await.unwrap().0, 431);
    socket.closed().await;
}

#[tokio::test]
async fn an_address_has_so_many_connections_and_a_proxy_has_all() {
    for trusted in [false, true] {
        let house = House::with(Clock::Machine, |settings| {
            let limits = Limits { connections: 8, connections_per_address: 3, ..Limits::default() };
            settings.limits = limits;
            if trusted {
                settings.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
            }
        })
        .await;
        let mut held = Vec::new();
        for n in 0..10 {
            let mut socket = Socket::open(house.address()).await;
            let served = socket.send("GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").await
                && socket.head().await.is_some();
            assert_eq!(served, n < if trusted { 8 } else { 3 }, "{n}, trusted: {trusted}");
            held.push(socket);
        }
        // Who leaves makes room.
        held.clear();
        loop {
            let mut socket = Socket::open(house.address()).await;
            let sent = socket.send("GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
            if sent && socket.head().await.is_some() {
                break;
            }
        }
    }
}
