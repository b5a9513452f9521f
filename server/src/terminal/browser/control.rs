//! What the browser tells by its remote control: which pages there are, and which crashed.
//! Messages are JSON, each ended by a zero byte.

use std::collections::HashMap;
use std::io;

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;

/// A message longer than this is none of those that are listened to.
const LONGEST: usize = 1 << 20;

/// A page of the browser.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PageTarget {
    #[serde(rename = "targetId")]
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub url: String,
}

/// What was heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// A page opened, or went to another address.
    Page(PageTarget),
    Closed(String),
    Crashed(String),
}

/// The remote control.
pub struct Control {
    stream: UnixStream,
    unread: Vec<u8>,
    sent: u64,
}

impl Control {
    /// Asks to be told of each page.
    ///
    /// # Errors
    /// The browser has ended.
    pub async fn begin(stream: UnixStream) -> io::Result<Self> {
        let mut control = Self { stream, unread: Vec::new(), sent: 0 };
        control.send("Target.setDiscoverTargets", &json!({ "discover": true })).await?;
        Ok(control)
    }

    /// Closes a page.
    ///
    /// # Errors
    /// The browser has ended.
    pub async fn close(&mut self, page: &str) -> io::Result<()> {
        self.send("Target.closeTarget", &json!({ "targetId": page })).await
    }

    async fn send(&mut self, method: &str, params: &Value) -> io::Result<()> {
        self.sent += 1;
        let message = json!({ "id": self.sent, "method": method, "params": params });
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.stream.write_all(&bytes).await
    }

    /// The next thing that is heard.
    ///
    /// # Errors
    /// The browser has ended.
    pub async fn next(&mut self) -> io::Result<Heard> {
        loop {
            if let Some(end) = self.unread.iter().position(|byte| *byte == 0) {
                let message: Vec<u8> = self.unread.drain(..=end).collect();
                match heard(&message[..end]) {
                    Some(heard) => return Ok(heard),
                    None => continue,
                }
            }
            if self.unread.len() > LONGEST {
                return Err(io::Error::other("the browser talks without end"));
            }
            if self.stream.read_buf(&mut self.unread).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }
}

fn heard(message: &[u8]) -> Option<Heard> {
    let message: Value = serde_json::from_slice(message).ok()?;
    let params = &message["params"];
    let id = || params["targetId"].as_str().map(str::to_owned);
    match message["method"].as_str()? {
        "Target.targetCreated" | "Target.targetInfoChanged" => {
            let page: PageTarget = serde_json::from_value(params["targetInfo"].clone()).ok()?;
            (page.kind == "page").then_some(Heard::Page(page))
        }
        "Target.targetDestroyed" => id().map(Heard::Closed),
        "Target.targetCrashed" => id().map(Heard::Crashed),
        _ => None,
    }
}

/// The pages that there are.
#[derive(Debug, Default)]
pub struct Pages {
    /// The address of each; the first that came is the kiosk's.
    open: HashMap<String, String>,
    first: Option<String>,
    /// The kiosk's has crashed.
    pub crashed: bool,
}

impl Pages {
    /// Takes in what was heard. Returns a page that must be closed: there is one only.
    pub fn hear(&mut self, heard: Heard) -> Option<String> {
        match heard {
            Heard::Page(page) => {
                let first = self.first.get_or_insert_with(|| page.id.clone());
                if *first != page.id {
                    return Some(page.id);
                }
                self.open.insert(page.id, page.url);
                None
            }
            Heard::Closed(id) => {
                self.open.remove(&id);
                None
            }
            Heard::Crashed(id) => {
                self.crashed |= self.first.as_ref() == Some(&id);
                None
            }
        }
    }

    /// Whether the kiosk's page is elsewhere than at an address, or was closed.
    pub fn strayed_from(&self, address: &str) -> bool {
        let Some(first) = &self.first else { return false };
        match self.open.get(first) {
            None => true,
            // While it loads.
            Some(url) if url.is_empty() || url == "about:blank" => false,
            Some(url) => url.split(['?', '#']).next() != Some(address),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: &str = "http://127.0.0.1:3080/kiosk/K1";

    fn page(id: &str, url: &str) -> Heard {
        Heard::Page(PageTarget { id: id.into(), kind: "page".into(), url: url.into() })
    }

    #[tokio::test]
    async fn messages_come_in_pieces_and_others_are_passed_over() {
        let (ours, mut theirs) = UnixStream::pair().unwrap();
        let mut control = Control::begin(ours).await.unwrap();
        let mut asked = vec![0; 200];
        let length = theirs.read(&mut asked).await.unwrap();
        assert!(String::from_utf8_lossy(&asked[..length]).contains("setDiscoverTargets"));
        theirs
            .write_all(b"{\"id\":1,\"result\":{}}\0{\"method\":\"Target.targetCre")
            .await
            .unwrap();
        theirs
            .write_all(
                b"ated\",\"params\":{\"targetInfo\":{\"targetId\":\"P\",\"type\":\"page\",\
                  \"url\":\"about:blank\",\"title\":\"\"}}}\0",
            )
            .await
            .unwrap();
        assert_eq!(control.next().await.unwrap(), page("P", "about:blank"));
        drop(theirs);
        assert!(control.next().await.is_err());
    }

    #[test]
    fn the_first_page_is_the_kiosks_and_others_are_closed() {
        let mut pages = Pages::default();
        assert!(!pages.strayed_from(HOME));
        assert_eq!(pages.hear(page("P", "about:blank")), None);
        assert!(!pages.strayed_from(HOME));
        assert_eq!(pages.hear(page("P", HOME)), None);
        assert_eq!(pages.hear(page("Q", "https://elsewhere.example/")).as_deref(), Some("Q"));
        assert!(!pages.strayed_from(HOME));
        pages.hear(page("P", "chrome://history"));
        assert!(pages.strayed_from(HOME));
        pages.hear(page("P", HOME));
        pages.hear(Heard::Closed("P".into()));
        assert!(pages.strayed_from(HOME), "a page that was closed is nowhere");
    }

    #[test]
    fn only_the_kiosks_own_crash_counts() {
        let mut pages = Pages::default();
        pages.hear(page("P", HOME));
        pages.hear(Heard::Crashed("Q".into()));
        assert!(!pages.crashed);
        pages.hear(Heard::Crashed("P".into()));
        assert!(pages.crashed);
    }
}
