//! The one writer. Commands that arrive together share one commit; an answer
//! goes out only after it.
//!
//! The live state in memory and the rows are kept the same by one rule: after a
//! failure nothing is decided before the writer's live state is that of the last
//! commit again. Where the transaction was surely undone, that is the published
//! live state; otherwise it is reloaded from the rows. So a full disk costs a
//! refusal, never a wrong number.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, PoisonError, RwLock};

use jiban_domain::{Millis, Refusal};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use super::changed::Changed;
use super::clock_setting;
use super::drafts::Rooms;
use super::prefetch::{Prefetch, Prefetched};
use super::recent_answers::RecentAnswers;
use super::unit_of_work::{Instant, UnitOfWork};
use crate::change::Change;
use crate::clock::HallTime;
use crate::live_state::LiveState;
use crate::store::terminals::first_day_kept;
use crate::store::{Answer, Answered, Batch, Next, Store, StoreError, Transaction, cover};

/// Commands in one commit, at most: enough to share the cost of a commit,
/// few enough that the last does not wait long for the first.
const BATCH: usize = 64;
/// Answers and slips are kept this long for a repeat.
const KEPT: Millis = 3 * 24 * 60 * 60 * 1000;
/// Slips older than this are no longer shown to anyone.
const SLIPS_SHOWN: Millis = 24 * 60 * 60 * 1000;

/// What a command does: it reads the live state, and makes changes. It is run
/// again if the batch it was in failed because of another command.
pub type Handler = Box<dyn Fn(&mut UnitOfWork<'_>) -> Result<String, Refusal> + Send + Sync>;

/// What a command is answered.
type Reply = Result<Arc<str>, Refusal>;

/// A command on its way to the writer.
pub struct Command {
    /// The client's id for it and the hash of its body; none for what the hall
    /// does by itself.
    pub request: Option<(Uuid, [u8; 32])>,
    /// What it must know beside the live state, fetched within its transaction.
    pub prefetch: Vec<Prefetch>,
    pub handler: Handler,
    pub reply: oneshot::Sender<Reply>,
}

/// A message to the writer.
pub enum WriterMessage {
    Command(Command),
    /// Remove old rows. The reply says whether there may be more of them.
    Prune(oneshot::Sender<bool>),
    /// Leave nothing of what was erased in the log. The reply says whether it is done.
    EmptyLog(oneshot::Sender<bool>),
    /// Write something, and reply whether that can be done.
    Probe(oneshot::Sender<bool>),
    /// Go by the machine's clock again, as this author said. The reply says whether that was
    /// written.
    SetClock(String, oneshot::Sender<bool>),
    /// Close the database and end.
    Close(oneshot::Sender<()>),
}

/// Whether answers of long ago are looked up before a command is decided. A
/// repeat that late is rare; and where there is one, its row collides with the
/// new one, the batch fails, and is tried again with the look-up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lookup {
    None,
    LookUp,
}

/// Why a batch was not written.
struct NotWritten {
    error: StoreError,
    /// Surely nothing of it was kept. If false, that is not known.
    undone: bool,
}

/// The writer's own state.
pub struct Writer {
    store: Store,
    clock: Arc<HallTime>,
    live_state: LiveState,
    next: Next,
    // After a failure that may have reached the disk, until it is reloaded.
    must_reload: bool,
    recent: RecentAnswers,
    published: Arc<RwLock<LiveState>>,
    changed: Changed,
    /// Of drafts.
    rooms: Rooms,
}

impl Writer {
    /// A writer that goes on from what was loaded.
    pub fn new(
        store: Store,
        clock: Arc<HallTime>,
        live_state: LiveState,
        next: Next,
        published: Arc<RwLock<LiveState>>,
        (changed, rooms): (Changed, Rooms),
    ) -> Self {
        let recent = RecentAnswers::default();
        Self {
            store,
            clock,
            live_state,
            next,
            must_reload: false,
            recent,
            published,
            changed,
            rooms,
        }
    }

    /// Answers until it is told to close, or every sender is gone.
    pub async fn run(mut self, mut inbox: mpsc::Receiver<WriterMessage>) {
        let mut arrived = Vec::with_capacity(BATCH);
        while inbox.recv_many(&mut arrived, BATCH).await > 0 {
            let mut commands = Vec::with_capacity(arrived.len());
            let mut close = None;
            for message in arrived.drain(..) {
                match message {
                    WriterMessage::Command(command) => commands.push(command),
                    WriterMessage::Prune(reply) => {
                        let _ = reply.send(self.prune().await);
                    }
                    WriterMessage::EmptyLog(reply) => {
                        let _ = reply.send(self.empty_log().await);
                    }
                    WriterMessage::SetClock(by, reply) => {
                        let _ = reply.send(self.set_clock(by).await);
                    }
                    WriterMessage::Probe(reply) => {
                        let _ = reply.send(self.probe().await);
                    }
                    WriterMessage::Close(reply) => close = Some(reply),
                }
            }
            self.answer(commands).await;
            if let Some(reply) = close {
                self.store.close().await;
                let _ = reply.send(());
                return;
            }
        }
        self.store.close().await;
    }

    async fn answer(&mut self, commands: Vec<Command>) {
        if commands.is_empty() {
            return;
        }
        match self.attempt(&commands, Lookup::None).await {
            Ok(replies) => reply_all(commands, replies),
            // One command may have spoilt the batch for the others, or was
            // answered long ago: each alone now, and looked up first.
            Err(_) => {
                for command in commands {
                    let alone = [command];
                    let replies =
                        self.attempt(&alone, Lookup::LookUp).await.unwrap_or_else(|error| {
                            tracing::error!(%error, "a command could not be written");
                            vec![Err(Refusal::Unavailable)]
                        });
                    reply_all(alone.into(), replies);
                }
            }
        }
    }

    async fn attempt(
        &mut self,
        commands: &[Command],
        lookup: Lookup,
    ) -> Result<Vec<Reply>, StoreError> {
        // Before anything is decided: then there is nothing to undo.
        self.store.check_ground()?;
        if self.must_reload {
            self.reload().await?;
        }
        let before = self.next;
        match self.write(commands, lookup).await {
            Ok((replies, Batch { changes, answers, link })) => {
                self.next.link = link;
                self.recent.remember(answers);
                self.recent.replace(&changes);
                self.publish(&changes);
                Ok(replies)
            }
            Err(NotWritten { error, undone: true }) => {
                // What is published is what was committed last.
                let committed = self.published.read().unwrap_or_else(PoisonError::into_inner);
                self.live_state = committed.clone();
                self.next = before;
                Err(error)
            }
            Err(NotWritten { error, undone: false }) => {
                self.must_reload = true;
                Err(error)
            }
        }
    }

    /// Decides the commands, writes what they change, and commits.
    async fn write(
        &mut self,
        commands: &[Command],
        lookup: Lookup,
    ) -> Result<(Vec<Reply>, Batch), NotWritten> {
        let mut deciding = Deciding {
            transaction: self.store.begin(self.next.link),
            live_state: &mut self.live_state,
            next: &mut self.next,
            recent: &self.recent,
            lookup,
        };
        let mut replies = Vec::with_capacity(commands.len());
        for command in commands {
            let instant = Instant {
                now: self.clock.now(),
                steady: self.clock.steady(),
                doubt: self.clock.doubt(),
            };
            match deciding.process(command, instant).await {
                Ok(reply) => replies.push(reply),
                Err(error) => {
                    // Not committed: it is undone by this or has been already.
                    let _ = deciding.transaction.roll_back().await;
                    return Err(NotWritten { error, undone: true });
                }
            }
        }
        let mut transaction = deciding.transaction;
        match transaction.commit().await {
            Ok(()) => Ok((replies, transaction.into_batch())),
            // A transaction that could still be rolled back was not committed.
            Err(error) => {
                let undone = transaction.roll_back().await.is_ok();
                Err(NotWritten { error, undone })
            }
        }
    }

    async fn reload(&mut self) -> Result<(), StoreError> {
        // A transaction may have been left open; mostly there is none.
        let _ = self.store.begin(self.next.link).roll_back().await;
        let loaded = self.store.load(self.clock.now()).await?;
        self.live_state = loaded.live_state.clone();
        self.next = loaded.next;
        self.must_reload = false;
        *self.published.write().unwrap_or_else(PoisonError::into_inner) = loaded.live_state;
        self.rooms.doubt();
        self.changed.wake_all();
        Ok(())
    }

    fn publish(&self, changes: &[Change]) {
        if changes.is_empty() {
            return;
        }
        // A reader that panicked leaves the live state as it was: readers only read.
        let mut published = self.published.write().unwrap_or_else(PoisonError::into_inner);
        for change in changes {
            published.apply(change);
        }
        drop(published);
        self.rooms.take_over(changes);
        self.changed.wake_for(changes);
    }

    async fn probe(&mut self) -> bool {
        let reloaded = if self.must_reload { self.reload().await } else { Ok(()) };
        match if reloaded.is_ok() { self.store.probe().await } else { reloaded } {
            Ok(()) => true,
            Err(error) => {
                tracing::error!(%error, "the database cannot be written");
                false
            }
        }
    }

    /// Sets the hall's clock by the machine's. What the setting makes of days and sessions is
    /// loaded from the rows before anything else is decided.
    async fn set_clock(&mut self, by: String) -> bool {
        let (setting, before) = self.clock.settle();
        let handler: Handler = Box::new(move |work| clock_setting::set(work, setting, &by));
        let (reply, _) = oneshot::channel();
        let command = Command { request: None, prefetch: Vec::new(), handler, reply };
        match self.attempt(&[command], Lookup::None).await {
            Ok(_) => {
                self.must_reload = true;
                if let Err(error) = self.reload().await {
                    tracing::error!(%error, "the rows could not be loaded; trying again");
                }
                true
            }
            Err(error) => {
                tracing::error!(%error, "the clock could not be set");
                self.clock.undo(before);
                false
            }
        }
    }

    async fn empty_log(&mut self) -> bool {
        self.store.empty_log().await.unwrap_or_else(|error| {
            tracing::warn!(%error, "the write-ahead log could not be emptied");
            false
        })
    }

    async fn prune(&mut self) -> bool {
        // By a wrong clock, answers to requests would be forgotten too early.
        if self.clock.is_in_doubt() {
            return false;
        }
        let now = self.clock.now();
        self.live_state.forget_jobs(now - SLIPS_SHOWN);
        self.live_state.forget_sessions(now);
        {
            let mut published = self.published.write().unwrap_or_else(PoisonError::into_inner);
            published.forget_jobs(now - SLIPS_SHOWN);
            published.forget_sessions(now);
        }
        let first_day = first_day_kept(now);
        self.live_state.forget_lent(&first_day);
        self.published.write().unwrap_or_else(PoisonError::into_inner).forget_lent(&first_day);
        let pruned = self.store.prune_terminals(now).await;
        if let Err(error) = pruned.and(self.store.prune_alerts(now).await) {
            tracing::warn!(%error, "old rows of terminals could not be removed");
        }
        match self.store.prune(now - KEPT, now).await {
            Ok(removed) => removed > 0,
            Err(error) => {
                tracing::warn!(%error, "old rows could not be removed");
                false
            }
        }
    }
}

/// A batch that is being decided.
struct Deciding<'w> {
    transaction: Transaction<'w>,
    live_state: &'w mut LiveState,
    next: &'w mut Next,
    recent: &'w RecentAnswers,
    lookup: Lookup,
}

impl Deciding<'_> {
    /// Decides one command. What it changes is in the transaction.
    async fn process(&mut self, command: &Command, instant: Instant) -> Result<Reply, StoreError> {
        if let Some((request, digest)) = &command.request {
            let before = match self.in_memory(request) {
                None if self.lookup == Lookup::LookUp => {
                    self.transaction.answered(*request).await?
                }
                in_memory => in_memory,
            };
            if let Some(before) = before {
                return Ok(repeated(before, digest));
            }
        }
        let mut prefetched = Prefetched::default();
        for wanted in &command.prefetch {
            let setup = self.live_state.setup().clone();
            prefetched.fetch(&mut self.transaction, wanted, &setup.setup).await?;
        }
        let changes = self.transaction.changes();
        let changes_before = changes.len();
        let mut work =
            UnitOfWork::new(self.live_state, &mut prefetched, self.next, changes, instant);
        // A bug in one command must not end the writer for all.
        let decided = catch_unwind(AssertUnwindSafe(|| (command.handler)(&mut work)))
            .map_err(|_| StoreError::Unreadable("a command panicked".to_owned()))?;
        if decided.is_ok() {
            cover(&mut self.transaction.changes()[changes_before..])?;
        }
        let changed = self.transaction.batch().changes.len() > changes_before;
        let answer = match decided {
            Ok(answer) => answer,
            Err(refusal) if changed => {
                return Err(StoreError::Unreadable(format!("refused ({refusal}) after a change")));
            }
            Err(refusal) => {
                // Perhaps refused because it was done already: a repeat writes no
                // row that would collide. It gets its first answer.
                let before = match &command.request {
                    Some((request, digest)) if self.lookup == Lookup::None => {
                        let before = self.transaction.answered(*request).await?;
                        before.map(|before| repeated(before, digest))
                    }
                    _ => None,
                };
                return Ok(before.unwrap_or(Err(refusal)));
            }
        };
        let reply = answer.as_str().into();
        if let Some((request, digest)) = command.request {
            let answered = Answered { digest, answer };
            self.transaction.keep(Answer { request, answered, at: instant.now });
        }
        Ok(Ok(reply))
    }

    /// What a request was answered within this batch or lately.
    fn in_memory(&self, request: &Uuid) -> Option<Answered> {
        let batch = self.transaction.batch().answers.iter();
        let in_batch = batch.rev().find(|answer| answer.request == *request);
        in_batch.map(|answer| &answer.answered).or_else(|| self.recent.get(request)).cloned()
    }
}

/// The first answer once more, if it is the same command.
fn repeated(before: Answered, digest: &[u8; 32]) -> Reply {
    if before.digest == *digest { Ok(before.answer.into()) } else { Err(Refusal::RequestReused) }
}

fn reply_all(commands: Vec<Command>, replies: Vec<Reply>) {
    for (command, reply) in commands.into_iter().zip(replies) {
        let Command { handler, reply: sender, .. } = command;
        // What it held is free before anybody hears of the answer.
        drop(handler);
        // The client may be gone: the answer is kept under its request id.
        let _ = sender.send(reply);
    }
}
