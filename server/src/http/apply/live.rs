//! The WebSocket of a draft. Browsers send no pings, so both sides send a beat of the
//! application: a connection that is silent for longer is dead, and the page opens another.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use jiban_app::api::Refused;
use jiban_app::api::apply::{By, FromDraft, ToDraft};
use jiban_domain::draft::{DraftRefusal, Write};
use jiban_domain::{Lang, Refusal};
use serde::Deserialize;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, interval};

use super::super::App;
use super::super::client::{self, Client};
use super::super::extract::QueryParams;
use super::super::language::Language;
use super::super::response::Rejection;
use crate::service::HallService;
use crate::service::drafts::{AtDraft, Told};
use crate::views::draft::{message, side};

/// Between two beats of the server.
const BEAT: Duration = Duration::from_secs(10);
/// A page that has sent nothing for so long is gone.
const SILENT: Duration = Duration::from_secs(30);
/// The largest message of a page, in bytes: the largest answer, and what is around it.
const MESSAGE: usize = 64 * 1024;
/// Messages of one page in a second, over some seconds: nobody types as fast.
const A_SECOND: u32 = 40;
const AHEAD: Duration = Duration::from_secs(5);

#[derive(Deserialize)]
pub(super) struct LiveParams {
    token: String,
    /// That of the page, which its visitor chose.
    #[serde(default)]
    lang: Option<Lang>,
}

pub(super) async fn open(
    State(app): State<App>,
    Client(client): Client,
    Language(lang): Language,
    QueryParams(query): QueryParams<LiveParams>,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Rejection> {
    let token = query.token.parse().map_err(|_| DraftRefusal::UnknownDraft);
    let token = token.map_err(Refusal::from)?;
    // A page cannot say it otherwise: of a socket the browser sends the headers.
    let lang = query.lang.unwrap_or(lang);
    let at = client::known(&app, client, app.service.at_draft(token).await)?;
    let service = app.service.clone();
    let mut closing = app.closing.clone();
    Ok(upgrade.max_message_size(MESSAGE).max_frame_size(MESSAGE).on_upgrade(async move |socket| {
        let mut page = Page::new(service, at, lang, socket);
        let stopped = tokio::select! {
            closed = closing.wait_for(|closing| *closing) => closed.is_ok(),
            () = page.serve() => false,
        };
        if stopped {
            // The page goes on with the next server.
            page.close(1012).await;
        }
        page.leave();
    }))
}

/// One page at a draft.
struct Page {
    service: Arc<HallService>,
    at: AtDraft,
    lang: Lang,
    socket: WebSocket,
    heard: Instant,
    rate: crate::limits::Rate<()>,
}

/// Why a page is not served any longer.
struct Over;

impl Page {
    fn new(service: Arc<HallService>, at: AtDraft, lang: Lang, socket: WebSocket) -> Self {
        let rate = crate::limits::Rate::new(A_SECOND, AHEAD);
        Self { service, at, lang, socket, heard: Instant::now(), rate }
    }

    fn side(&self) -> By {
        side(&self.at.writer)
    }

    async fn serve(&mut self) {
        let mut told = self.at.room.listen();
        let name = self.at.writer.clerk().map(|clerk| self.service.clerk_name(clerk));
        let other_is_here = self.at.room.come(self.side());
        self.at.room.tell(Told::Present(self.side(), name, true));
        if self.send_draft().await.is_err() || other_is_here && self.send_other().await.is_err() {
            return;
        }
        let mut beats = interval(BEAT);
        loop {
            let done = tokio::select! {
                news = told.recv() => match news {
                    Ok(news) => self.tell(news).await,
                    // It was too slow, and may not have heard of its own writes: it begins anew.
                    Err(RecvError::Lagged(_) | RecvError::Closed) => Err(Over),
                },
                message = self.socket.recv() => match message {
                    Some(Ok(message)) => self.hear(message).await,
                    _ => Err(Over),
                },
                _ = beats.tick() => self.beat().await,
            };
            if done.is_err() {
                return;
            }
        }
    }

    /// Says that the other side is there already.
    async fn send_other(&mut self) -> Result<(), Over> {
        let (by, name) = match self.side() {
            By::Applicant => {
                let helper = self.at.room.now().helper;
                (By::Helper, helper.map(|clerk| self.service.clerk_name(&clerk)))
            }
            By::Helper => (By::Applicant, None),
        };
        self.send(&FromDraft::Present { by, name, here: true }).await
    }

    fn leave(&self) {
        if !self.at.room.leave(self.side()) {
            return;
        }
        let name = self.at.writer.clerk().map(|clerk| self.service.clerk_name(clerk));
        self.at.room.tell(Told::Present(self.side(), name, false));
    }

    async fn close(&mut self, code: u16) {
        let frame = CloseFrame { code, reason: "".into() };
        let _ = self.socket.send(Message::Close(Some(frame))).await;
    }

    async fn send(&mut self, message: &FromDraft) -> Result<(), Over> {
        // Messages are of our own shapes, which JSON can hold.
        let text = serde_json::to_string(message).unwrap_or_default();
        self.socket.send(Message::Text(text.into())).await.map_err(|_| Over)
    }

    async fn send_draft(&mut self) -> Result<(), Over> {
        // Whoever helped may have been sent away meanwhile.
        match self.service.at_draft(self.at.token).await {
            Ok(at) => self.at = at,
            Err(_) => return self.ended().await,
        }
        // What is told at the beginning is kept: a page takes it for what it may go on from.
        if self.service.keep_draft(&self.at).await.is_err() {
            return Err(Over);
        }
        match message(&self.service, &self.at).await {
            Ok(message) => self.send(&message).await,
            Err(_) => Err(Over),
        }
    }

    async fn ended(&mut self) -> Result<(), Over> {
        self.send(&FromDraft::HelpEnded).await?;
        self.close(1000).await;
        Err(Over)
    }

    async fn beat(&mut self) -> Result<(), Over> {
        if self.heard.elapsed() > SILENT {
            return Err(Over);
        }
        // A helper's session may have ended.
        if self.service.at_draft(self.at.token).await.is_err() {
            return self.ended().await;
        }
        self.send(&FromDraft::Beat).await
    }

    async fn tell(&mut self, told: Told) -> Result<(), Over> {
        let message = match told {
            Told::Value(told, displaced) => FromDraft::Value {
                field: told.field,
                value: told.value,
                by: side(&told.by),
                version: told.version,
                request_id: told.request,
                displaced,
            },
            Told::Kept(version) => FromDraft::Kept { version },
            Told::Draft => return self.send_draft().await,
            // Nobody is told where they are themselves.
            Told::At(by, _) | Told::Present(by, _, _) if by == self.side() => return Ok(()),
            Told::At(by, field) => FromDraft::At { by, field },
            Told::Present(by, name, here) => FromDraft::Present { by, name, here },
            Told::Point(field) => FromDraft::Point { field },
            Told::HelpEnded if self.side() == By::Helper => return self.ended().await,
            Told::HelpEnded => FromDraft::HelpEnded,
        };
        self.send(&message).await
    }

    async fn hear(&mut self, message: Message) -> Result<(), Over> {
        let text = match message {
            Message::Text(text) => text,
            Message::Close(_) => return Err(Over),
            // The library answers pings.
            Message::Ping(_) | Message::Pong(_) | Message::Binary(_) => return Ok(()),
        };
        self.heard = Instant::now();
        if !self.rate.allows((), std::time::Instant::now()) {
            self.close(1008).await;
            return Err(Over);
        }
        let Ok(message) = serde_json::from_str::<ToDraft>(&text) else {
            self.close(1007).await;
            return Err(Over);
        };
        match message {
            ToDraft::At { field } => {
                self.at.room.tell(Told::At(self.side(), field));
                Ok(())
            }
            ToDraft::Point { field } if self.side() == By::Helper => {
                self.at.room.tell(Told::Point(field));
                Ok(())
            }
            // The applicant needs no finger.
            ToDraft::Beat | ToDraft::Point { .. } => Ok(()),
            ToDraft::Write { request_id, field, value, base, touches } => {
                let write = Write {
                    request: request_id,
                    field: field.clone(),
                    value,
                    base: Some(base),
                    by: self.at.writer.clone(),
                    at: self.service.clock.now(),
                };
                // A helper's token may have ended since the last message.
                let written = match self.service.at_draft(self.at.token).await {
                    Ok(at) => self.service.write_in_room(&at, write, touches.unwrap_or(1)),
                    Err(Refusal::Draft(DraftRefusal::HelpEnded | DraftRefusal::UnknownDraft)) => {
                        return self.ended().await;
                    }
                    Err(refusal) => Err(refusal),
                };
                match written {
                    Ok(_) => Ok(()),
                    Err(refusal) => self.refuse(request_id, field, &refusal).await,
                }
            }
        }
    }

    async fn refuse(
        &mut self,
        request_id: uuid::Uuid,
        field: jiban_domain::FieldId,
        refusal: &Refusal,
    ) -> Result<(), Over> {
        let Refused { code, message, next, .. } = Refused::of(refusal, self.lang);
        self.send(&FromDraft::Refused { request_id, field, code, message, next }).await
    }
}
