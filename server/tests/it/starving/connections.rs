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

const STREAM: &str = "GET /events/kiosk?kiosk=K1 HTTP/1.1\r\nhost: localhost\r\n\r\n";

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
            let served = socket.send(STREAM).await && socket.head().await.is_some();
            assert_eq!(served, n < if trusted { 8 } else { 3 }, "{n}, trusted: {trusted}");
            held.push(socket);
        }
        // Who leaves makes room.
        held.clear();
        loop {
            let mut socket = Socket::open(house.address()).await;
            if socket.send(STREAM).await && socket.head().await.is_some() {
                break;
            }
        }
    }
}

#[tokio::test]
async fn silent_connections_keep_nobody_out_not_even_of_their_own_address() {
    let limits = Limits { connections: 8, connections_per_address: 6, ..Limits::default() };
    let house = hall(limits).await;
    let mut silent = Vec::new();
    for last in 1..=9_u8 {
        for _ in 0..8 {
            silent.push(Socket::open_from([127, 0, 0, last], house.address()).await);
        }
    }
    for own in [[127, 0, 0, 1], [127, 0, 0, 200]] {
        let mut socket = Socket::open_from(own, house.address()).await;
        socket.get("/healthz", "").await;
        assert_eq!(socket.head().await.unwrap().0, 200, "{own:?}");
    }
}

#[tokio::test]
async fn whoever_has_most_connections_gives_one_up() {
    let limits = Limits { connections: 6, connections_per_address: 6, ..Limits::default() };
    let house = hall(limits).await;
    let mut held = Vec::new();
    for _ in 0..6 {
        let mut socket = Socket::open(house.address()).await;
        assert!(socket.send(STREAM).await);
        assert!(socket.snapshot().await.is_some());
        held.push(socket);
    }
    for n in 0..4 {
        let mut socket = Socket::open_from([127, 0, 0, 2], house.address()).await;
        let served = socket.send(STREAM).await && socket.head().await.is_some();
        assert_eq!(served, n < 3, "{n}: then both have the same");
        held.push(socket);
    }
    // The oldest ended.
    for socket in &mut held[..3] {
        socket.closed().await;
    }
}

#[tokio::test]
async fn a_program_that_asks_without_end_is_refused() {
    let house = hall(Limits { requests_per_address: 1, ..Limits::default() }).await;
    let mut socket = Socket::open(house.address()).await;
    assert!(socket.send("GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(1_000)).await);
    let mut answered = 0;
    loop {
        let (status, head) = socket.head().await.unwrap();
        socket.body(&head).await;
        if status == 429 {
            assert!(head.contains("retry-after: ") && head.contains("connection: close"));
            break;
        }
        answered += 1;
    }
    assert!((10..100).contains(&answered), "{answered}");
    socket.closed().await;
}
