//! A page at a draft: the page's own half of the rules, over a real WebSocket.

use std::time::Duration;

use futures::{SinkExt as _, StreamExt as _};
use jiban_app::api::apply::{By, FromDraft, ToDraft};
use jiban_domain::draft::Writer;
use jiban_domain::draft::replica::{Replica, Sending, Told};
use jiban_domain::{FieldId, Token};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, client_async};
use uuid::Uuid;

use crate::support::House;

/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

pub struct Page {
    token: String,
    pub me: Writer,
    pub replica: Replica,
    socket: Option<WebSocketStream<TcpStream>>,
    /// Everything that was told but values, in order.
    pub heard: Vec<FromDraft>,
}

impl Page {
    /// The applicant's page.
    pub fn new(token: &str) -> Self {
        Self::of(token, Writer::Applicant)
    }

    pub fn of(token: &str, me: Writer) -> Self {
        token.parse::<Token>().unwrap();
        Self {
            token: token.to_owned(),
            me,
            replica: Replica::default(),
            socket: None,
            heard: Vec::new(),
        }
    }

    /// Opens the connection, and sends what the server does not have.
    pub async fn connect(&mut self, house: &House) {
        let stream = TcpStream::connect(house.address()).await.unwrap();
        let address = format!("ws://{}/api/apply/live?token={}", house.address(), self.token);
        let (socket, _) = client_async(address, stream).await.unwrap();
        self.socket = Some(socket);
        loop {
            if let FromDraft::Draft { draft } = self.next().await {
                let told: Vec<Told> = draft
                    .written
                    .iter()
                    .map(|(field, by)| Told {
                        field: field.clone(),
                        value: draft.values.get(field).cloned().unwrap_or_default(),
                        version: by.version,
                        by: self.writer(if by.helper.is_some() {
                            By::Helper
                        } else {
                            By::Applicant
                        }),
                        request: None,
                    })
                    .collect();
                let found = self.replica.connected(&draft.form, draft.version, told, Uuid::new_v4);
                for sending in found.sending {
                    self.send(sending).await;
                }
                return;
            }
        }
    }

    /// A side as the replica names it: which helper does not matter to it.
    fn writer(&self, by: By) -> Writer {
        match by {
            By::Applicant => Writer::Applicant,
            By::Helper if self.me == Writer::Applicant => Writer::Helper("helper".into()),
            By::Helper => self.me.clone(),
        }
    }

    pub fn disconnect(&mut self) {
        self.socket = None;
    }

    async fn next(&mut self) -> FromDraft {
        let message = tokio::time::timeout(PATIENCE, self.socket.as_mut().unwrap().next()).await;
        let message = message.expect("nothing comes").expect("the connection is closed");
        match message.unwrap_or_else(|error| {
            panic!("{error} after {:?} with {:?}", self.heard, self.replica)
        }) {
            Message::Text(text) => serde_json::from_str(&text).unwrap(),
            other => panic!("{other:?}"),
        }
    }

    async fn send(&mut self, sending: Sending) {
        let Sending { request, field, value, base } = sending;
        self.say(&ToDraft::Write { request_id: request, field, value, base, touches: None }).await;
    }

    pub async fn say(&mut self, message: &ToDraft) {
        let text = serde_json::to_string(message).unwrap();
        // The other end may be gone; then it is sent again later.
        let _ = self.socket.as_mut().unwrap().send(Message::Text(text.into())).await;
    }

    pub async fn type_text(&mut self, field: &str, text: &str) {
        let field = FieldId::from(field);
        if let Some(sending) = self.replica.typed(&field, text.into(), Uuid::new_v4()) {
            self.send(sending).await;
        }
    }

    /// Takes in one message.
    pub async fn hear(&mut self) {
        match self.next().await {
            FromDraft::Value { field, value, by, version, request_id, .. } => {
                let by = self.writer(by);
                let told = Told { field, value, version, by, request: request_id };
                if let Some(sending) = self.replica.told(told, Uuid::new_v4()) {
                    self.send(sending).await;
                }
            }
            FromDraft::Kept { version } => self.replica.kept(version),
            other => self.heard.push(other),
        }
    }

    /// Takes in what comes within a while.
    pub async fn listen_for(&mut self, while_: Duration) {
        let until = tokio::time::Instant::now() + while_;
        while let Ok(()) = tokio::time::timeout_at(until, self.hear()).await {}
    }

    pub async fn until_kept(&mut self) {
        while !self.replica.is_kept() {
            self.hear().await;
        }
    }

    pub async fn until_shown(&mut self, field: &str, text: &str) {
        let field = FieldId::from(field);
        while self.replica.shown(&field).text() != Some(text) {
            self.hear().await;
        }
    }

    /// Takes in messages until one is of this kind.
    pub async fn until(&mut self, wanted: impl Fn(&FromDraft) -> bool) -> FromDraft {
        loop {
            if let Some(at) = self.heard.iter().position(&wanted) {
                return self.heard.remove(at);
            }
            self.hear().await;
        }
    }

    /// Whether the server closed the connection, after whatever it still said.
    pub async fn until_closed(&mut self) {
        let socket = self.socket.as_mut().unwrap();
        while let Some(Ok(message)) = tokio::time::timeout(PATIENCE, socket.next()).await.unwrap() {
            if matches!(message, Message::Close(_)) {
                break;
            }
        }
    }
}
