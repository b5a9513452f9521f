//! Passwords are hashed by two threads, each in memory of its own that it uses again and again.
//! By design a hash takes 19 MiB and a noticeable part of a second, and anyone can cause it.
//! Memory that is allocated for each hash is not given back by every allocator.
//!
//! What waits is bounded, for each origin and in all, and the origins take turns: a flood from
//! one does not hold up the others. Known devices go before strangers.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use argon2::password_hash::{Ident, Output, ParamsString, PasswordHash, Salt, SaltString};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use jiban_domain::Refusal;
use tokio::sync::oneshot;

use super::guesses::SignInFrom;
use crate::limits::Limits;
use crate::uploads::lower_priority;
use crate::vault::random;

/// Passwords hashed at the same time.
const THREADS: usize = 2;

/// A hash that no password matches. It is compared for unknown names, so that they take as long
/// as known ones.
const UNKNOWN_NAME_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$\
    AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Whose turn it is: the hall's own work, a device, or an address.
type Origin = Option<SignInFrom>;

/// The threads that hash, and what waits for them.
#[derive(Debug)]
pub struct Hashing {
    shared: Arc<Shared>,
    of_origin: usize,
    in_all: usize,
}

#[derive(Debug, Default)]
struct Shared {
    waiting: Mutex<Waiting>,
    more: Condvar,
}

#[derive(Debug, Default)]
struct Waiting {
    known: Turns,
    strangers: Turns,
    closed: bool,
}

/// The jobs of several origins, which take turns.
#[derive(Debug, Default)]
struct Turns {
    jobs: HashMap<Origin, VecDeque<Job>>,
    /// The origins with jobs, the next first.
    order: VecDeque<Origin>,
    count: usize,
}

#[derive(Debug)]
struct Job {
    task: Task,
    done: oneshot::Sender<Result<Hashed, Refusal>>,
}

enum Task {
    Hash(String),
    /// Compared only if it is admitted when its turn comes.
    Compare {
        password: String,
        phc: String,
        admitted: Admitted,
    },
}

/// Whether a password may still be compared, when its turn comes.
type Admitted = Box<dyn FnOnce() -> Result<(), Refusal> + Send>;

// A password must not reach the log through `{:?}`.
impl std::fmt::Debug for Task {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Task(…)")
    }
}

#[derive(Debug)]
enum Hashed {
    Phc(String),
    Matches(bool),
}

impl Hashing {
    /// Starts the threads.
    ///
    /// # Errors
    /// The system has no more threads.
    pub fn start(limits: &Limits) -> std::io::Result<Self> {
        let shared = Arc::new(Shared::default());
        for _ in 0..THREADS {
            let shared = shared.clone();
            std::thread::Builder::new().name("hashing".to_owned()).spawn(move || {
                // A visitor who takes a number goes before a stranger's password.
                let _ = lower_priority();
                shared.work();
            })?;
        }
        let bound = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
        Ok(Self {
            shared,
            of_origin: bound(limits.hashes_of_address),
            in_all: bound(limits.hashes),
        })
    }

    /// Whether a password matches a stored hash, or `None` if the name has none.
    ///
    /// # Errors
    /// [`Refusal::SignInsBusy`] if too many wait already; what `admitted` refuses when it is
    /// its turn.
    pub async fn matches(
        &self,
        password: String,
        phc: Option<String>,
        from: SignInFrom,
        admitted: impl FnOnce() -> Result<(), Refusal> + Send + 'static,
    ) -> Result<bool, Refusal> {
        let admitted = Box::new(admitted);
        let phc = phc.unwrap_or_else(|| UNKNOWN_NAME_HASH.to_owned());
        let hashed = self.run(Task::Compare { password, phc, admitted }, Some(from)).await?;
        Ok(matches!(hashed, Hashed::Matches(true)))
    }

    /// The hash of a new password.
    ///
    /// # Errors
    /// As [`Hashing::matches`].
    pub async fn hash(&self, password: String) -> Result<String, Refusal> {
        match self.run(Task::Hash(password), None).await? {
            Hashed::Phc(phc) => Ok(phc),
            Hashed::Matches(_) => Err(Refusal::Unavailable),
        }
    }

    async fn run(&self, task: Task, from: Origin) -> Result<Hashed, Refusal> {
        let (done, hashed) = oneshot::channel();
        {
            let mut waiting = self.shared.lock();
            let turns = match from {
                Some(SignInFrom::Address(_)) => &mut waiting.strangers,
                _ => &mut waiting.known,
            };
            let own = turns.jobs.get(&from).map_or(0, VecDeque::len);
            if own >= self.of_origin || turns.count >= self.in_all {
                return Err(Refusal::SignInsBusy);
            }
            turns.push(from, Job { task, done });
        }
        self.shared.more.notify_one();
        hashed.await.map_err(|_| Refusal::Unavailable)?
    }
}

impl Drop for Hashing {
    fn drop(&mut self) {
        self.shared.lock().closed = true;
        self.shared.more.notify_all();
    }
}

impl Turns {
    fn push(&mut self, origin: Origin, job: Job) {
        let jobs = self.jobs.entry(origin).or_default();
        if jobs.is_empty() {
            self.order.push_back(origin);
        }
        jobs.push_back(job);
        self.count += 1;
    }

    fn pop(&mut self) -> Option<Job> {
        let origin = self.order.pop_front()?;
        let jobs = self.jobs.get_mut(&origin)?;
        let job = jobs.pop_front();
        if jobs.is_empty() {
            self.jobs.remove(&origin);
        } else {
            self.order.push_back(origin);
        }
        self.count -= 1;
        job
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hashes what waits, until the pool is dropped.
    fn work(&self) {
        let mut memory = Vec::new();
        while let Some(Job { task, done }) = self.next() {
            // Nobody waits any more for what was hung up on.
            if done.is_closed() {
                continue;
            }
            let _ = done.send(match task {
                Task::Hash(password) => hash(&password, &mut memory).map(Hashed::Phc),
                Task::Compare { password, phc, admitted } => admitted()
                    .and_then(|()| compare(&password, &phc, &mut memory))
                    .map(Hashed::Matches),
            });
        }
    }

    fn next(&self) -> Option<Job> {
        let mut waiting = self.lock();
        loop {
            if waiting.closed {
                return None;
            }
            if let Some(job) = waiting.known.pop().or_else(|| waiting.strangers.pop()) {
                return Some(job);
            }
            waiting = self.more.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

fn failed(error: impl std::fmt::Display) -> Refusal {
    tracing::error!(%error, "a password could not be hashed");
    Refusal::Unavailable
}

fn hash(password: &str, memory: &mut Vec<Block>) -> Result<String, Refusal> {
    let params = Params::default();
    let salt = random::<16>();
    let output = derive(password, &salt, Params::DEFAULT_OUTPUT_LEN, params.clone(), memory)?;
    let salt = SaltString::encode_b64(&salt).map_err(failed)?;
    let phc = PasswordHash {
        algorithm: Ident::from(Algorithm::Argon2id),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(&params).map_err(failed)?,
        salt: Some(Salt::from(&salt)),
        hash: Some(output),
    };
    Ok(phc.to_string())
}

/// Whether a password gives this hash. One that is not as we write them matches nothing.
fn compare(password: &str, phc: &str, memory: &mut Vec<Block>) -> Result<bool, Refusal> {
    let parsed = PasswordHash::new(phc).map_err(failed)?;
    let (Some(salt), Some(expected)) = (parsed.salt, parsed.hash) else { return Ok(false) };
    let ours = parsed.algorithm == Algorithm::Argon2id.ident()
        && parsed.version == Some(Version::V0x13.into());
    if !ours {
        return Ok(false);
    }
    let params = Params::try_from(&parsed).map_err(failed)?;
    let mut bytes = [0; Salt::MAX_LENGTH];
    let salt = salt.decode_b64(&mut bytes).map_err(failed)?;
    // Outputs are compared in constant time.
    Ok(derive(password, salt, expected.len(), params, memory)? == expected)
}

fn derive(
    password: &str,
    salt: &[u8],
    length: usize,
    params: Params,
    memory: &mut Vec<Block>,
) -> Result<Output, Refusal> {
    let blocks = params.block_count();
    if memory.len() < blocks {
        memory.resize(blocks, Block::new());
    }
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    Output::init_with(length, |output| {
        let memory = &mut memory[..blocks];
        Ok(argon2.hash_password_into_with_memory(password.as_bytes(), salt, output, memory)?)
    })
    .map_err(failed)
}

#[cfg(test)]
mod tests {
    use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};

    use super::*;
    use crate::limits::ClientAddress;

    fn address(last: u8) -> SignInFrom {
        SignInFrom::Address(ClientAddress::new([203, 0, 113, last].into()))
    }

    #[test]
    fn hashes_are_those_of_argon2_itself() {
        let mut memory = Vec::new();
        let ours = hash("a long password", &mut memory).unwrap();
        assert!(ours.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{ours}");
        let parsed = PasswordHash::new(&ours).unwrap();
        assert!(Argon2::default().verify_password(b"a long password", &parsed).is_ok());
        let salt = SaltString::encode_b64(&[7; 16]).unwrap();
        let theirs = Argon2::default().hash_password("密码".as_bytes(), &salt).unwrap().to_string();
        // The same memory is used again.
        assert_eq!(compare("密码", &theirs, &mut memory), Ok(true));
        assert_eq!(compare("密碼", &theirs, &mut memory), Ok(false));
        assert_eq!(compare("a long password", &ours, &mut memory), Ok(true));
        assert_eq!(compare("", UNKNOWN_NAME_HASH, &mut memory), Ok(false));
        assert_eq!(memory.len(), 19_456);
    }

    #[test]
    fn origins_take_turns() {
        let mut turns = Turns::default();
        let job =
            |name: &str| Job { task: Task::Hash(name.to_owned()), done: oneshot::channel().0 };
        for n in 0..3 {
            turns.push(Some(address(1)), job(&format!("flood {n}")));
        }
        turns.push(Some(address(2)), job("clerk"));
        let mut order = Vec::new();
        while let Some(Job { task: Task::Hash(name), .. }) = turns.pop() {
            order.push(name);
        }
        assert_eq!(order, ["flood 0", "clerk", "flood 1", "flood 2"]);
        assert_eq!((turns.count, turns.jobs.len()), (0, 0));
    }

    #[tokio::test]
    async fn what_waits_is_bounded_for_each_origin() {
        let limits = Limits { hashes_of_address: 2, ..Limits::default() };
        let hashing = Hashing::start(&limits).unwrap();
        let flood = (0..50).map(|_| hashing.matches("x".to_owned(), None, address(1), || Ok(())));
        let clerk = hashing.matches("x".to_owned(), None, address(2), || Ok(()));
        let (flood, clerk) = tokio::join!(futures::future::join_all(flood), clerk);
        let refused = flood.iter().filter(|one| **one == Err(Refusal::SignInsBusy)).count();
        assert!(refused >= 50 - 2 - THREADS, "{refused}");
        assert_eq!(clerk, Ok(false));
        assert!(flood.iter().flatten().all(|matches| !matches));
    }
}
