//! Bodies that do not arrive.

use jiban::limits::Limits;

use super::socket::Socket;
use super::{hall, lacking};

fn impatient() -> Limits {
    Limits { slow_seconds: 1, bytes_per_second: 10_000, ..Limits::default() }
}

#[tokio::test]
async fn a_half_sent_body_is_let_go_of_wherever_it_is_sent() {
    let house = hall(impatient()).await;
    let (token, material, _) = lacking(&house, "clerk1", "1").await;
    let bodies = [
        ("/api/kiosk/issue".to_owned(), "application/json", 400, "{ \"request_id\":"),
        ("/api/case/find".to_owned(), "application/json", 400, "{"),
        ("/api/counter/sign_in".to_owned(), "application/json", 400, ""),
        (
            format!("/api/case/supply?token={token}&material={material}"),
            "image/jpeg",
            400,
            "\u{ff}",
        ),
        (format!("/t/{token}/supply"), "multipart/form-data; boundary=b", 303, "--b\r\n"),
        // Refused at once; the rest of the body is not waited for either.
        ("/api/admin/import".to_owned(), "application/json", 401, "{"),
        ("/api/nothing".to_owned(), "application/json", 404, "{"),
    ];
    for (path, kind, status, half) in bodies {
        let mut socket = Socket::open(house.address()).await;
        socket.post(&path, kind, 10_000).await;
        assert!(socket.send(half).await);
        assert_eq!(socket.head().await.unwrap().0, status, "{path}");
        socket.closed().await;
    }
}

#[tokio::test]
async fn a_body_that_takes_its_time_in_all_is_let_go_of() {
    let limits = Limits { body_seconds: 1, ..Limits::default() };
    let house = hall(limits).await;
    let mut socket = Socket::open(house.address()).await;
    socket.post("/api/kiosk/issue", "application/json", 60_000).await;
    assert_eq!(socket.head().await.unwrap().0, 400);
    socket.closed().await;
}

#[tokio::test]
async fn a_large_body_is_refused_by_its_announced_length() {
    let house = hall(Limits::default()).await;
    let mut socket = Socket::open(house.address()).await;
    socket.post("/api/kiosk/issue", "application/json", 65 * 1024).await;
    assert_eq!(socket.head().await.unwrap().0, 413);
}
