//! The files as a browser gets them over a real connection.

use std::borrow::Cow;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::*;

const SHEET: &str = "assets/jiban.0123456789abcdef.css";

fn site() -> &'static Site {
    let file = |path: &str, text: &'static str| (path.to_owned(), Cow::Borrowed(text.as_bytes()));
    Box::leak(Box::new(Site::gather(
        [
            file(SHEET, "body{color:#16232b}"),
            file(&format!("{SHEET}.br"), "as brotli"),
            file(&format!("{SHEET}.gz"), "as gzip"),
            file("assets/jiban.fedcba9876543210.wasm", "\0asm"),
            file("assets/progress.0011223344556677.js", "start()"),
            file("assets/favicon.8899aabbccddeeff.svg", "<svg/>"),
            file(
                "manifest.txt",
                "jiban.css jiban.0123456789abcdef.css\n\
                 jiban.wasm jiban.fedcba9876543210.wasm\n\
                 progress.js progress.0011223344556677.js\n\
                 favicon.svg favicon.8899aabbccddeeff.svg\n",
            ),
        ]
        .into_iter(),
    )))
}

/// Sends one request. Returns the head in lower case, and the body.
async fn request(method: &str, path: &str, coding: &str) -> (String, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move { axum::serve(listener, routes::<()>(site())).await });
    let mut connection = TcpStream::connect(address).await.unwrap();
    let message = format!(
        "{method} {path} HTTP/1.1\r\nhost: hall\r\naccept-encoding: {coding}\r\nconnection: close\r\n\r\n"
    );
    connection.write_all(message.as_bytes()).await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    server.abort();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_lowercase(), body.to_owned())
}

#[tokio::test]
async fn a_hashed_name_is_cached_for_ever_in_the_smallest_accepted_encoding() {
    let path = format!("/{SHEET}");
    let (head, body) = request("GET", &path, "gzip, deflate, br").await;
    assert!(head.starts_with("http/1.1 200"), "{head}");
    assert!(head.contains("\r\ncontent-encoding: br\r\n"), "{head}");
    assert!(head.contains("\r\ncontent-type: text/css; charset=utf-8\r\n"), "{head}");
    assert!(head.contains("\r\ncache-control: public, max-age=31536000, immutable\r\n"), "{head}");
    assert!(head.contains("\r\nvary: accept-encoding\r\n"), "{head}");
    assert_eq!(body, "as brotli");

    assert_eq!(request("GET", &path, "gzip").await.1, "as gzip");
    assert_eq!(request("GET", &path, "br;q=0, *;q=0.5").await.1, "as gzip");
    let (head, body) = request("GET", &path, "identity").await;
    assert!(!head.contains("content-encoding"), "{head}");
    assert!(head.contains("\r\nvary: accept-encoding\r\n"), "{head}");
    assert_eq!(body, "body{color:#16232b}");
}

#[tokio::test]
async fn head_requests_have_no_body() {
    let (head, body) = request("HEAD", &format!("/{SHEET}"), "br").await;
    assert!(head.starts_with("http/1.1 200"), "{head}");
    assert!(
        head.contains("\r\ncontent-length: 9\r\n") || head.ends_with("\r\ncontent-length: 9"),
        "{head}"
    );
    assert_eq!(body, "");
}

#[tokio::test]
async fn a_plain_name_redirects_to_the_hashed_one() {
    let (head, _) = request("GET", "/assets/jiban.wasm", "br").await;
    assert!(head.starts_with("http/1.1 307"), "{head}");
    assert!(head.contains("\r\nlocation: /assets/jiban.fedcba9876543210.wasm\r\n"), "{head}");
    assert!(head.contains("\r\ncache-control: no-cache\r\n"), "{head}");
}

#[tokio::test]
async fn scripts_and_modules_have_their_media_types() {
    let (head, _) = request("GET", "/assets/jiban.fedcba9876543210.wasm", "br").await;
    assert!(head.contains("\r\ncontent-type: application/wasm\r\n"), "{head}");
    let (head, _) = request("GET", "/assets/progress.0011223344556677.js", "br").await;
    assert!(head.contains("\r\ncontent-type: text/javascript; charset=utf-8\r\n"), "{head}");
}

#[tokio::test]
async fn unknown_names_are_not_found() {
    for path in [
        "/assets/other.css",
        "/assets/../manifest.txt",
        "/assets/%2e%2e/manifest.txt",
        "/manifest.txt",
    ] {
        let (head, _) = request("GET", path, "br").await;
        assert!(head.starts_with("http/1.1 404"), "{path}: {head}");
    }
}

#[tokio::test]
async fn the_favicon_has_a_plain_name() {
    let (head, body) = request("GET", "/favicon.svg", "br").await;
    assert!(head.contains("\r\ncontent-type: image/svg+xml\r\n"), "{head}");
    assert_eq!(body, "<svg/>");
}

#[test]
fn without_a_build_names_stay_plain() {
    let site = Site::gather(std::iter::empty());
    assert_eq!(site.hashed_name("jiban.css"), "jiban.css");
}
