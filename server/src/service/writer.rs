//! The one writer. Commands that arrive together share one commit; an answer
//! goes out only after it.
//!
//! The live state in memory and the rows are kept the same by one rule: after a
//! failure nothing is decided before the writer's live state is that of the last
//! commit again: everyone's where the transaction was surely undone, else one
//! made anew from the rows. So a full disk costs a refusal, never a wrong number.

use std::collections::{HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, PoisonError, RwLock};

use jiban_domain::{Millis, Refusal};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use super::changed::Changed;
use super::prefetch::{Prefetch, Prefetched};
use super::unit_of_work::UnitOfWork;
use crate::change::Change;
use crate::clock::Clock;
use crate::live_state::LiveState;
use crate::store::{Answered, Next, Store, StoreError, Writing};

/// Commands in one commit, at most: enough to share the cost of a commit,
/// few enough that the last does not wait long for the first.
const BATCH: usize = 64;
/// Answers remembered without asking the database.
const REMEMBERED: usize = 4_096;
/// The clock may be set back this far (NTP) without events going back in time.
const STEP_BACK: Millis = 10 * 60 * 1000;
/// Answers and slips are kept this long for a repeat.
const KEPT: Millis = 3 * 24 * 60 * 60 * 1000;
/// Slips older than this are no longer shown to anyone.
const SLIPS_SHOWN: Millis = 24 * 60 * 60 * 1000;

/// What a command does: it reads the work's live state, and puts changes. It is
/// run again when the batch it was in failed because of another.
pub type Handler = Box<dyn Fn(&mut UnitOfWork<'_>) -> Result<String, Refusal> + Send + Sync>;

/// A command on its way to the writer.
pub struct Command {
    /// The client's id for it and the hash of what was asked; none for the
    /// hall's own doings.
    pub request: Option<(Uuid, [u8; 32])>,
    /// What it must know beside the live state, fetched within its transaction.
    pub prefetch: Vec<Prefetch>,
    /// What it does.
    pub handler: Handler,
    /// Where the answer goes.
    pub reply: oneshot::Sender<Result<Arc<str>, Refusal>>,
}

/// What can be asked of the writer.
pub enum WriterMessage {
    /// A command.
    Command(Command),
    /// Let go of old rows; answered with whether there may be more.
    Prune(oneshot::Sender<bool>),
    /// Close the database and end.
    Close(oneshot::Sender<()>),
}

type Written = (Vec<Result<Arc<str>, Refusal>>, Vec<(Uuid, Answered)>);

/// Whether the answers of long ago are looked up before a command is
/// decided. They are hardly ever there; and where one is, its row stands in the
/// way of the new one, the batch fails, and is tried again with lookup.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lookup {
    None,
    LookUp,
}

/// Why a batch was not written.
struct NotWritten {
    error: StoreError,
    /// Surely nothing of it was kept; else that is not known.
    undone: bool,
}

/// The writer's own state.
pub struct Writer {
    store: Store,
    clock: Clock,
    live_state: LiveState,
    next: Next,
    // False after a failure, until the live state was made anew.
    whole: bool,
    recent: Recent,
    everyones: Arc<RwLock<LiveState>>,
    changed: Changed,
}

impl Writer {
    /// A writer that goes on from what was loaded.
    pub fn new(
        store: Store,
        clock: Clock,
        live_state: LiveState,
        next: Next,
        everyones: Arc<RwLock<LiveState>>,
        changed: Changed,
    ) -> Self {
        let recent = Recent::default();
        Self { store, clock, live_state, next, whole: true, recent, everyones, changed }
    }

    /// Answers until it is told to close, or nobody can ask any more.
    pub async fn run(mut self, mut inbox: mpsc::Receiver<WriterMessage>) {
        let mut arrived = Vec::with_capacity(BATCH);
        while inbox.recv_many(&mut arrived, BATCH).await > 0 {
            let mut commands = Vec::with_capacity(arrived.len());
            let mut close = None;
            for ask in arrived.drain(..) {
                match ask {
                    WriterMessage::Command(command) => commands.push(command),
                    WriterMessage::Prune(reply) => {
                        let _ = reply.send(self.prune().await);
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
            Ok(answers) => reply_all(commands, answers),
            // One of them may have spoilt it for the others, or was answered
            // long ago: each alone now, and looked up first.
            Err(_) => {
                for command in commands {
                    let alone = [command];
                    let answers =
                        self.attempt(&alone, Lookup::LookUp).await.unwrap_or_else(|error| {
                            tracing::error!(%error, "a command could not be written");
                            vec![Err(Refusal::Unavailable)]
                        });
                    reply_all(alone.into(), answers);
                }
            }
        }
    }

    async fn attempt(
        &mut self,
        commands: &[Command],
        lookup: Lookup,
    ) -> Result<Vec<Result<Arc<str>, Refusal>>, StoreError> {
        if !self.whole {
            self.make_anew().await?;
        }
        let (mut changes, before) = (Vec::new(), self.next);
        match self.write(commands, lookup, &mut changes).await {
            Ok((answers, fresh)) => {
                self.recent.keep(fresh);
                self.publish(&changes);
                Ok(answers)
            }
            Err(NotWritten { error, undone: true }) => {
                // What everyone sees is what was committed last.
                let committed = self.everyones.read().unwrap_or_else(PoisonError::into_inner);
                self.live_state = committed.clone();
                self.next = before;
                Err(error)
            }
            Err(NotWritten { error, undone: false }) => {
                self.whole = false;
                Err(error)
            }
        }
    }

    /// Decides and writes; commits.
    async fn write(
        &mut self,
        commands: &[Command],
        lookup: Lookup,
        changes: &mut Vec<Change>,
    ) -> Result<Written, NotWritten> {
        let Self { store, clock, live_state, next, recent, .. } = self;
        let mut writing = store.writing();
        let mut answers = Vec::with_capacity(commands.len());
        let mut fresh: Vec<(Uuid, Answered)> = Vec::new();
        for command in commands {
            let now = not_back(clock.now(), next.last_at);
            let step = process(
                &mut writing,
                command,
                lookup,
                live_state,
                next,
                recent,
                &fresh,
                changes,
                now,
            );
            match step.await {
                Ok((answer, kept)) => {
                    answers.push(answer);
                    fresh.extend(kept);
                }
                Err(error) => {
                    // Not committed: it is gone, by this or by itself.
                    let _ = writing.roll_back().await;
                    return Err(NotWritten { error, undone: true });
                }
            }
        }
        match writing.commit().await {
            Ok(()) => Ok((answers, fresh)),
            // A transaction that could still be rolled back was not committed.
            Err(error) => {
                let undone = writing.roll_back().await.is_ok();
                Err(NotWritten { error, undone })
            }
        }
    }

    async fn make_anew(&mut self) -> Result<(), StoreError> {
        // Whatever was left open; mostly nothing.
        let _ = self.store.writing().roll_back().await;
        let loaded = self.store.load(self.clock.now()).await?;
        self.live_state = loaded.live_state.clone();
        self.next = loaded.next;
        self.whole = true;
        *self.everyones.write().unwrap_or_else(PoisonError::into_inner) = loaded.live_state;
        self.changed.wake_all();
        Ok(())
    }

    fn publish(&self, changes: &[Change]) {
        if changes.is_empty() {
            return;
        }
        // A reader that panicked leaves the live state as it was: readers only read.
        let mut live_state = self.everyones.write().unwrap_or_else(PoisonError::into_inner);
        for change in changes {
            live_state.apply(change);
        }
        drop(live_state);
        self.changed.wake_for(changes);
    }

    async fn prune(&mut self) -> bool {
        let now = self.clock.now();
        self.live_state.forget_jobs(now - SLIPS_SHOWN);
        self.live_state.forget_sessions(now);
        {
            let mut everyones = self.everyones.write().unwrap_or_else(PoisonError::into_inner);
            everyones.forget_jobs(now - SLIPS_SHOWN);
            everyones.forget_sessions(now);
        }
        match self.store.prune(now - KEPT, now).await {
            Ok(gone) => gone > 0,
            Err(error) => {
                tracing::warn!(%error, "old rows could not be let go of");
                false
            }
        }
    }
}

/// Answers one command inside the batch's transaction.
#[allow(clippy::too_many_arguments)]
async fn process(
    writing: &mut Writing<'_>,
    command: &Command,
    lookup: Lookup,
    live_state: &mut LiveState,
    next: &mut Next,
    recent: &Recent,
    fresh: &[(Uuid, Answered)],
    changes: &mut Vec<Change>,
    now: Millis,
) -> Result<(Result<Arc<str>, Refusal>, Option<(Uuid, Answered)>), StoreError> {
    if let Some((request, digest)) = &command.request {
        let in_batch = fresh.iter().find(|(id, _)| id == request).map(|(_, answered)| answered);
        let before = match in_batch.or_else(|| recent.get(request)) {
            Some(answered) => Some(answered.clone()),
            None if lookup == Lookup::LookUp => writing.answered(*request).await?,
            None => None,
        };
        if let Some(before) = before {
            return Ok((repeated(before, digest), None));
        }
    }
    let mut prefetched = Prefetched::default();
    for need in &command.prefetch {
        prefetched.fetch(writing, need).await?;
    }
    let first = changes.len();
    // A bug in one command must not end the writer for all.
    let decided = catch_unwind(AssertUnwindSafe(|| {
        (command.handler)(&mut UnitOfWork::new(live_state, &mut prefetched, next, changes, now))
    }))
    .map_err(|_| StoreError::Unreadable("a command failed within".to_owned()))?;
    let answer = match decided {
        Ok(answer) => answer,
        Err(refusal) if changes.len() == first => {
            // Refused because it was done already: a repeat, whose row nothing
            // stood in the way of. It gets its first answer.
            let before = match &command.request {
                Some((request, digest)) if lookup == Lookup::None => {
                    writing.answered(*request).await?.map(|before| repeated(before, digest))
                }
                _ => None,
            };
            return Ok((before.unwrap_or(Err(refusal)), None));
        }
        Err(refusal) => {
            return Err(StoreError::Unreadable(format!("refused ({refusal}) after a change")));
        }
    };
    for change in &changes[first..] {
        writing.write(change, &mut next.link).await?;
    }
    let Some((request, digest)) = command.request else {
        return Ok((Ok(answer.into()), None));
    };
    let answered = Answered { digest, answer };
    writing.answer(request, &answered, now).await?;
    Ok((Ok(answered.answer.as_str().into()), Some((request, answered))))
}

/// The first answer once more, if it is the same command.
fn repeated(before: Answered, digest: &[u8; 32]) -> Result<Arc<str>, Refusal> {
    if before.digest == *digest { Ok(before.answer.into()) } else { Err(Refusal::RequestReused) }
}

fn reply_all(commands: Vec<Command>, answers: Vec<Result<Arc<str>, Refusal>>) {
    for (command, answer) in commands.into_iter().zip(answers) {
        // Whoever asked may have gone: the answer waits under its request id.
        let _ = command.reply.send(answer);
    }
}

fn not_back(now: Millis, last: Millis) -> Millis {
    if last > now && last - now < STEP_BACK { last } else { now }
}

/// The last answers, so that a retry within seconds costs no look-up.
#[derive(Default)]
struct Recent {
    answers: HashMap<Uuid, Answered>,
    order: VecDeque<Uuid>,
}

impl Recent {
    fn get(&self, request: &Uuid) -> Option<&Answered> {
        self.answers.get(request)
    }

    fn keep(&mut self, fresh: Vec<(Uuid, Answered)>) {
        for (request, answered) in fresh {
            self.answers.insert(request, answered);
            self.order.push_back(request);
        }
        while self.order.len() > REMEMBERED {
            if let Some(oldest) = self.order.pop_front() {
                self.answers.remove(&oldest);
            }
        }
    }
}
