//! A draft at a page in the browser: what is typed here is shown at once and sent; what the other
//! types comes in; after a lost connection both go on where they were. The rules are
//! [`jiban_domain::draft::replica`]'s; here are what is sent and heard, and the signals.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::time::Duration;

use gloo_timers::callback::Interval;
use jiban_domain::draft::Writer;
use jiban_domain::draft::replica::{Reconnected, Replica, Sending, Told};
use jiban_domain::form::{FieldFault, FieldRefusal, FieldValue, Values, applicant, check};
use jiban_domain::{FieldId, Lang, Millis, Text, Token};
use jiff::civil::Date;
use leptos::prelude::*;
use uuid::Uuid;

use super::live_socket::Socket;
use crate::api::apply::{By, DraftShown, FromDraft, ToDraft};
use crate::parts::clock::browser_now;

/// Between two looks at the connection.
const WATCH_EVERY_MS: u32 = 1_000;
/// Between two beats of the page: the server gives it up after thirty seconds.
const BEAT_MS: Millis = 8_000;
/// A server that said nothing for so long is gone: it beats every ten seconds.
const SILENT_AFTER_MS: Millis = 25_000;
/// A new connection is not tried more often.
const AGAIN_AFTER_MS: Millis = 1_500;
/// While a draft is being sent or received nothing is written; that is over soon.
const BUSY_FOR: Duration = Duration::from_secs(1);

/// A draft as this page has it.
#[derive(Clone, Copy)]
pub struct LiveDraft {
    /// What the server told last as a whole; none before the first.
    pub draft: RwSignal<Option<DraftShown>>,
    /// The answers as they are shown here.
    pub values: RwSignal<Values>,
    /// Whether there is a connection.
    pub connected: RwSignal<bool>,
    /// Whether everything that was typed here is kept.
    pub kept: RwSignal<bool>,
    /// Who is beside, and has the page open.
    pub other: RwSignal<Option<Text>>,
    /// Where the other is.
    pub other_at: RwSignal<Option<FieldId>>,
    /// The field that the helper points at, and how often they did.
    pub pointed: RwSignal<Option<(FieldId, u32)>>,
    /// What one of both had written in a field, and the other's took the place of.
    pub displaced: RwSignal<Vec<(FieldId, FieldValue)>>,
    /// The last write that was refused: the field, and why.
    pub refused: RwSignal<Option<(FieldId, String)>>,
    /// The help has ended, or the draft is nobody's any more.
    pub ended: RwSignal<bool>,
    token: StoredValue<Token>,
    connection: StoredValue<Rc<Connection>, LocalStorage>,
}

/// What belongs to the browser's only thread.
struct Connection {
    me: By,
    lang: Lang,
    replica: RefCell<Replica>,
    /// What is on its way, by request: where the server is busy it is sent again as it was.
    sent: RefCell<HashMap<Uuid, Sending>>,
    /// Touches, clicks and keys since the last write.
    touches: Cell<u32>,
    socket: RefCell<Option<Socket>>,
    /// The whole draft was told on this socket: what comes once more is no new connection.
    is_begun: Cell<bool>,
    heard_at: Cell<Millis>,
    beat_at: Cell<Millis>,
    tried_at: Cell<Millis>,
    closed: Cell<bool>,
}

/// A side as the rules name it; which helper does not matter here.
fn writer(by: By) -> Writer {
    match by {
        By::Applicant => Writer::Applicant,
        By::Helper => Writer::Helper("helper".into()),
    }
}

impl LiveDraft {
    /// Opens a draft, until the page's owner is disposed of.
    pub fn open(token: Token, me: By, lang: Lang) -> Self {
        let connection = Connection {
            me,
            lang,
            replica: RefCell::new(Replica::default()),
            sent: RefCell::new(HashMap::new()),
            touches: Cell::new(0),
            socket: RefCell::new(None),
            is_begun: Cell::new(false),
            heard_at: Cell::new(browser_now()),
            beat_at: Cell::new(0),
            tried_at: Cell::new(0),
            closed: Cell::new(false),
        };
        let live = Self {
            draft: RwSignal::new(None),
            values: RwSignal::new(Values::new()),
            connected: RwSignal::new(false),
            kept: RwSignal::new(true),
            other: RwSignal::new(None),
            other_at: RwSignal::new(None),
            pointed: RwSignal::new(None),
            displaced: RwSignal::new(Vec::new()),
            refused: RwSignal::new(None),
            ended: RwSignal::new(false),
            token: StoredValue::new(token),
            connection: StoredValue::new_local(Rc::new(connection)),
        };
        live.connect();
        let watch = StoredValue::new_local(Interval::new(WATCH_EVERY_MS, move || live.watch()));
        let touched = window_event_listener(leptos::ev::pointerdown, move |_| live.count_touch());
        let pressed = window_event_listener(leptos::ev::keydown, move |event| {
            if !event.repeat() {
                live.count_touch();
            }
        });
        on_cleanup(move || {
            live.close();
            watch.dispose();
            touched.remove();
            pressed.remove();
        });
        live
    }

    fn with<T>(self, with: impl FnOnce(&Connection) -> T) -> Option<T> {
        self.connection.try_with_value(|connection| with(connection))
    }

    fn count_touch(self) {
        self.with(|connection| connection.touches.set(connection.touches.get().saturating_add(1)));
    }

    /// What is wrong with the answers so far, by the rules of the domain.
    pub fn refusals(self) -> Memo<Vec<FieldRefusal>> {
        // The form and the day alone: what else of the draft changes does not matter.
        let asked = Memo::new(move |_| {
            self.draft.with(|draft| {
                let draft = draft.as_ref()?;
                Some((draft.form.clone(), draft.today.parse::<Date>().ok()?))
            })
        });
        Memo::new(move |_| {
            asked.with(|asked| {
                let Some((form, today)) = asked else { return Vec::new() };
                self.values.with(|values| check(form, values, *today).refusals)
            })
        })
    }

    /// The same of what was answered: what is still empty is not wrong yet.
    pub fn refusals_of_answered(self) -> Memo<Vec<FieldRefusal>> {
        let all = self.refusals();
        Memo::new(move |_| {
            self.values.with(|values| {
                let answered = |one: &FieldRefusal| {
                    let value = values.get(&one.field());
                    one.fault != FieldFault::Required && value.is_some_and(|one| !one.is_empty())
                };
                all.get().into_iter().filter(answered).collect()
            })
        })
    }

    /// Somebody types here.
    pub fn write(self, field: &FieldId, value: FieldValue) {
        let sending = self
            .with(|connection| connection.replica.borrow_mut().typed(field, value, Uuid::new_v4()));
        self.displaced.update(|displaced| displaced.retain(|(one, _)| one != field));
        if self.refused.with_untracked(Option::is_some) {
            self.refused.set(None);
        }
        // What was pointed at is being answered.
        let is_answered = |pointed: &Option<(FieldId, u32)>| {
            pointed.as_ref().is_some_and(|(pointed, _)| pointed == field)
        };
        if self.pointed.with_untracked(is_answered) {
            self.pointed.set(None);
        }
        self.show();
        if let Some(sending) = sending.flatten() {
            self.send_write(sending);
        }
    }

    /// The number of the applicant's identity card was read.
    pub fn write_number(self, number: &str) {
        let field = FieldId::from(applicant::PERSON);
        let mut parts = match self.values.with_untracked(|values| values.get(&field).cloned()) {
            Some(FieldValue::Parts(parts)) => parts,
            _ => BTreeMap::new(),
        };
        parts.insert("number".to_owned(), number.to_owned());
        self.write(&field, FieldValue::Parts(parts));
    }

    /// Where somebody is on this page.
    pub fn at(self, field: Option<FieldId>) {
        self.send(&ToDraft::At { field });
    }

    /// Points at a field; it lights up at the applicant's.
    pub fn point(self, field: FieldId) {
        self.send(&ToDraft::Point { field });
    }

    /// Takes what was displaced back, or lets it go.
    pub fn settle_displaced(self, field: &FieldId, take: bool) {
        let found = self.displaced.with_untracked(|displaced| {
            displaced.iter().find(|(one, _)| one == field).map(|(_, value)| value.clone())
        });
        self.displaced.update(|displaced| displaced.retain(|(one, _)| one != field));
        if let Some(value) = found.filter(|_| take) {
            self.write(field, value);
        }
    }

    /// Ends the connection. What was typed and is not kept is lost with the page.
    pub fn close(self) {
        self.with(|connection| {
            connection.closed.set(true);
            connection.socket.borrow_mut().take();
        });
    }

    fn connect(self) {
        let now = browser_now();
        let opened = self.with(|connection| {
            connection.tried_at.set(now);
            connection.heard_at.set(now);
            connection.socket.borrow_mut().take();
            connection.is_begun.set(false);
            connection.sent.borrow_mut().clear();
            let token = self.token.get_value();
            let socket = Socket::open(token, connection.lang, move |text| self.hear(text))?;
            *connection.socket.borrow_mut() = Some(socket);
            Some(())
        });
        if opened.flatten().is_none() {
            let _ = self.connected.try_set(false);
        }
    }

    /// Looks whether the connection is alive, and opens another if it is not.
    fn watch(self) {
        if self.ended.try_get_untracked() != Some(false) {
            return;
        }
        let now = browser_now();
        let state = self.with(|connection| {
            // A clock that was set back would make the silence look short for hours.
            connection.heard_at.set(connection.heard_at.get().min(now));
            connection.tried_at.set(connection.tried_at.get().min(now));
            connection.beat_at.set(connection.beat_at.get().min(now));
            let open = connection.socket.borrow().as_ref().is_some_and(Socket::is_open);
            let connecting = connection.socket.borrow().as_ref().is_some_and(Socket::is_connecting);
            let silent = now - connection.heard_at.get() > SILENT_AFTER_MS;
            let wait = now - connection.tried_at.get() < AGAIN_AFTER_MS;
            let lost = !connection.closed.get() && (silent || !open && !connecting);
            let beats = open && now - connection.beat_at.get() > BEAT_MS;
            if beats {
                connection.beat_at.set(now);
            }
            (lost, wait, beats)
        });
        let Some((lost, wait, beats)) = state else { return };
        if beats {
            self.send(&ToDraft::Beat);
        }
        if lost {
            let _ = self.connected.try_set(false);
            if !wait {
                self.connect();
            }
        }
    }

    fn send(self, message: &ToDraft) {
        // Messages are of our own shapes, which JSON can hold.
        let text = serde_json::to_string(message).unwrap_or_default();
        self.with(|connection| {
            if let Some(socket) = connection.socket.borrow().as_ref() {
                socket.send(&text);
            }
        });
    }

    fn send_write(self, sending: Sending) {
        let request_id = sending.request;
        self.with(|connection| connection.sent.borrow_mut().insert(request_id, sending.clone()));
        let Sending { field, value, base, .. } = sending;
        let touches = self.with(|connection| connection.touches.take());
        self.send(&ToDraft::Write { request_id, field, value, base, touches });
    }

    /// Sends what the server was too busy for, unless it is no longer on its way.
    fn send_again(self, request: Uuid) {
        let sending = self.with(|connection| connection.sent.borrow().get(&request).cloned());
        if let Some(sending) = sending.flatten() {
            self.send_write(sending);
        }
    }

    /// What one of both had written, and what is not shown any longer.
    fn keep_displaced(self, field: FieldId, value: FieldValue) {
        self.displaced.update(|displaced| {
            displaced.retain(|(one, _)| *one != field);
            displaced.push((field, value));
        });
    }

    /// Shows what the rules say is to be shown.
    fn show(self) {
        let shown = self.with(|connection| {
            let replica = connection.replica.borrow();
            (replica.values(), replica.is_kept())
        });
        if let Some((values, kept)) = shown {
            if self.values.try_with_untracked(|now| *now != values) == Some(true) {
                self.values.set(values);
            }
            if self.kept.try_get_untracked() == Some(!kept) {
                self.kept.set(kept);
            }
        }
    }

    fn hear(self, text: &str) {
        let Ok(message) = serde_json::from_str::<FromDraft>(text) else { return };
        self.with(|connection| connection.heard_at.set(browser_now()));
        if self.connected.try_get_untracked() == Some(false) {
            self.connected.set(true);
        }
        let me = self.with(|connection| connection.me);
        match message {
            FromDraft::Draft { draft } => self.hear_draft(*draft),
            FromDraft::Value { field, value, by, version, request_id, displaced } => {
                if let Some(old) = displaced {
                    self.keep_displaced(field.clone(), old);
                }
                if let Some(request) = request_id {
                    self.with(|connection| connection.sent.borrow_mut().remove(&request));
                }
                let told = Told { field, value, version, by: writer(by), request: request_id };
                let next = self
                    .with(|connection| connection.replica.borrow_mut().told(told, Uuid::new_v4()));
                self.show();
                if let Some(sending) = next.flatten() {
                    self.send_write(sending);
                }
            }
            FromDraft::Kept { version } => {
                self.with(|connection| connection.replica.borrow_mut().kept(version));
                self.show();
            }
            FromDraft::Refused { request_id, code, .. } if code == "busy" => {
                set_timeout(move || self.send_again(request_id), BUSY_FOR);
            }
            FromDraft::Refused { request_id, field, message, next, .. } => {
                self.refused.set(Some((field, format!("{message} {next}"))));
                self.hear_refused(request_id);
            }
            FromDraft::At { field, .. } => self.other_at.set(field),
            FromDraft::Point { field } => {
                self.pointed.update(|pointed| {
                    let times = pointed.as_ref().map_or(0, |(_, times)| *times);
                    *pointed = Some((field, times + 1));
                });
            }
            FromDraft::Present { name, here, .. } => {
                let name = name.unwrap_or_else(|| Text::new("申请人", "Applicant"));
                self.other.set(here.then_some(name));
                if !here {
                    self.other_at.set(None);
                }
            }
            FromDraft::HelpEnded => {
                self.other.set(None);
                self.other_at.set(None);
                self.pointed.set(None);
                if me == Some(By::Helper) {
                    self.close();
                    self.ended.set(true);
                }
            }
            FromDraft::Beat => {}
        }
    }

    /// As the server has it: nothing of what was refused may be shown as kept.
    fn hear_refused(self, request: Uuid) {
        let typed = self.with(|connection| {
            connection.sent.borrow_mut().remove(&request);
            connection.replica.borrow_mut().refused(request)
        });
        self.show();
        // A field that the form has no longer takes nothing back.
        let is_asked = |field: &FieldId| {
            self.draft.with_untracked(|draft| {
                draft.as_ref().is_some_and(|draft| draft.form.field(field).is_some())
            })
        };
        if let Some((field, value)) = typed.flatten().filter(|(field, _)| is_asked(field)) {
            self.keep_displaced(field, value);
        }
    }

    fn hear_draft(self, draft: DraftShown) {
        let told = draft.written.iter().map(|(field, by)| Told {
            field: field.clone(),
            value: draft.values.get(field).cloned().unwrap_or_default(),
            version: by.version,
            by: writer(if by.helper.is_some() { By::Helper } else { By::Applicant }),
            request: None,
        });
        let told: Vec<Told> = told.collect();
        let found = self.with(|connection| {
            let mut replica = connection.replica.borrow_mut();
            if connection.is_begun.replace(true) {
                replica.told_everything(&draft.form, draft.version, told);
                Reconnected::default()
            } else {
                replica.connected(&draft.form, draft.version, told, Uuid::new_v4)
            }
        });
        self.draft.set(Some(draft));
        self.show();
        let Some(found) = found else { return };
        for (field, value) in found.displaced {
            self.keep_displaced(field, value);
        }
        for sending in found.sending {
            self.send_write(sending);
        }
    }
}
