//! The layers that all routes share, over a real connection.

use axum::Router;
use axum::routing::get;
use jiban_domain::Refusal;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::response::Rejection;
use super::{Secure, with_layers};

async fn fail() -> Rejection {
    Rejection(Refusal::Unavailable)
}

async fn refuse() -> Rejection {
    Rejection(Refusal::UnknownCall)
}

async fn panic() -> Rejection {
    panic!("a bug")
}

struct Answer {
    status: String,
    head: String,
    body: Value,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// Sends a GET request with these header lines, each ending in `\r\n`.
async fn request(path: &str, headers: &str) -> Answer {
    let routes = Router::new()
        .route("/fail", get(fail))
        .route("/refuse", get(refuse))
        .route("/panic", get(panic));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let routes = with_layers(routes, [].into(), Secure(false), None);
    let server = tokio::spawn(async move { axum::serve(listener, routes).await });
    let mut connection = TcpStream::connect(address).await.unwrap();
    let message =
        format!("GET {path} HTTP/1.1\r\nhost: hall\r\nconnection: close\r\n{headers}\r\n");
    connection.write_all(message.as_bytes()).await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    server.abort();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    Answer {
        status: head[9..12].to_owned(),
        head: head.to_owned(),
        body: serde_json::from_str(body).unwrap(),
    }
}

#[tokio::test]
async fn a_failure_of_the_server_names_its_request() {
    for path in ["/fail", "/panic"] {
        let answer = request(path, "accept-language: en\r\n").await;
        assert_eq!(answer.status, "503", "{path}");
        let id = answer.header("x-request-id").unwrap();
        assert_eq!(answer.body["request"], id, "{path}");
        let next = answer.body["next"].as_str().unwrap();
        assert!(next.ends_with(&format!("(Request {id})")), "{path}: {next}");
    }
}

#[tokio::test]
async fn an_ordinary_refusal_does_not() {
    let answer = request("/refuse", "").await;
    assert_eq!(answer.status, "404");
    assert_eq!(answer.body.get("request"), None);
    assert!(answer.header("x-request-id").is_some());
}

#[tokio::test]
async fn a_well_formed_id_of_the_client_is_taken_over() {
    let answer = request("/fail", "x-request-id: desk-7.a_1\r\n").await;
    assert_eq!(answer.header("x-request-id"), Some("desk-7.a_1"));
    assert_eq!(answer.body["request"], "desk-7.a_1");
    let answer = request("/fail", "x-request-id: <script>\r\n").await;
    assert_eq!(answer.header("x-request-id").unwrap().len(), 8);
}
