//! A change becomes a row.

use jiban_domain::chain::{self, Link};
use jiban_domain::ticket::Ticket;
use jiban_domain::{CounterId, KioskId, Millis};
use sqlx::SqliteConnection;
use uuid::Uuid;

use super::{Store, StoreError, cases};
use crate::change::{Change, Event, Job, Session, SetupVersion};

/// What a request was answered, and to which body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// SHA-256 of the question.
    pub digest: [u8; 32],
    /// The answer, as it was sent.
    pub answer: String,
}

/// A transaction of the one writing connection. Nothing is kept before
/// [`Writing::commit`] has returned.
#[derive(Debug)]
pub struct Writing<'a> {
    pub(super) connection: &'a mut SqliteConnection,
    begun: bool,
}

impl Store {
    /// Begins a transaction; the database hears of it with the first row.
    pub fn writing(&mut self) -> Writing<'_> {
        Writing { connection: &mut self.writer, begun: false }
    }
}

impl Writing<'_> {
    /// What a request was answered before, if it was.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn answered(&mut self, request: Uuid) -> Result<Option<Answered>, StoreError> {
        let found: Option<(Vec<u8>, String)> =
            sqlx::query_as("SELECT digest, answer FROM requests WHERE id = $1")
                .bind(request.as_bytes().as_slice())
                .fetch_optional(&mut *self.connection)
                .await?;
        found
            .map(|(digest, answer)| {
                let digest = digest
                    .try_into()
                    .map_err(|_| super::rows::unreadable("requests.digest is not 32 bytes"))?;
                Ok(Answered { digest, answer })
            })
            .transpose()
    }

    /// Keeps what a request was answered.
    ///
    /// # Errors
    /// When the row cannot be written.
    pub async fn answer(
        &mut self,
        request: Uuid,
        answered: &Answered,
        at: Millis,
    ) -> Result<(), StoreError> {
        self.begin().await?;
        sqlx::query("INSERT INTO requests (id, digest, answer, at) VALUES ($1, $2, $3, $4)")
            .bind(request.as_bytes().as_slice())
            .bind(answered.digest.as_slice())
            .bind(&answered.answer)
            .bind(at)
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    /// Writes a change. `link` is the end of the trail, and is moved on by an event.
    ///
    /// # Errors
    /// When the row cannot be written.
    pub async fn write(&mut self, change: &Change, link: &mut Link) -> Result<(), StoreError> {
        self.begin().await?;
        match change {
            Change::Ticket(ticket) => self.ticket(ticket).await,
            Change::Event(event) => self.event(event, link).await,
            Change::SessionBegun(session) => self.session(session).await,
            Change::SessionEnded(key) => {
                let ended = sqlx::query("DELETE FROM sessions WHERE key = $1").bind(key.as_slice());
                ended.execute(&mut *self.connection).await?;
                Ok(())
            }
            Change::Job(job) => self.job(job).await,
            Change::Setup(setup) => self.setup(setup).await,
            Change::Case(row) => cases::case(self.connection, row).await,
            Change::Person(person) => cases::person(self.connection, person).await,
            Change::PersonErased(case) => cases::erase(self.connection, *case).await,
            Change::PromiseBroken { number_key, case, until } => {
                cases::broken_promise(self.connection, number_key, *case, *until).await
            }
            Change::FileKept { file, case, at } => {
                cases::file(self.connection, file, *case, *at).await
            }
            Change::FileGone(file) => cases::file_gone(self.connection, file).await,
            Change::Calendar(calendar) => cases::calendar(self.connection, calendar).await,
            Change::Password { clerk, phc } => self.password(clerk.as_str(), phc).await,
        }
    }

    /// Makes everything written so far last.
    ///
    /// # Errors
    /// When it could not be brought to disk; [`Writing::roll_back`] then tells
    /// whether it surely was not.
    pub async fn commit(&mut self) -> Result<(), StoreError> {
        if self.begun {
            sqlx::query("COMMIT").execute(&mut *self.connection).await?;
        }
        Ok(())
    }

    /// Takes back what is not committed.
    ///
    /// # Errors
    /// When there was nothing to take back, or it could not be.
    pub async fn roll_back(self) -> Result<(), StoreError> {
        sqlx::query("ROLLBACK").execute(&mut *self.connection).await?;
        Ok(())
    }

    async fn begin(&mut self) -> Result<(), StoreError> {
        if !self.begun {
            // IMMEDIATE: a deferred one that reads and then writes can be told
            // BUSY without waiting.
            self.begun = true;
            sqlx::query("BEGIN IMMEDIATE").execute(&mut *self.connection).await?;
        }
        Ok(())
    }

    async fn ticket(&mut self, ticket: &Ticket) -> Result<(), StoreError> {
        let mut letter = [0; 4];
        sqlx::query(
            "INSERT INTO tickets (id, token, hall, day, letter, number, line, matter, priority, \
             state, rank_at, rank_anchor, rank_seq, counter, reserved_for, calls, kiosk, \
             issued_at, first_called_at, called_at, begun_at, served_ms, ended_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, \
             $18, $19, $20, $21, $22, $23) \
             ON CONFLICT (id) DO UPDATE SET line = excluded.line, state = excluded.state, \
             rank_at = excluded.rank_at, rank_anchor = excluded.rank_anchor, \
             rank_seq = excluded.rank_seq, counter = excluded.counter, \
             reserved_for = excluded.reserved_for, calls = excluded.calls, \
             first_called_at = excluded.first_called_at, called_at = excluded.called_at, \
             begun_at = excluded.begun_at, served_ms = excluded.served_ms, \
             ended_at = excluded.ended_at",
        )
        .bind(ticket.id.0)
        .bind(ticket.token.0.as_slice())
        .bind(ticket.hall.as_str())
        .bind(&ticket.day)
        .bind(&*ticket.letter.encode_utf8(&mut letter))
        .bind(ticket.number)
        .bind(ticket.line.as_str())
        .bind(ticket.matter.as_str())
        .bind(ticket.priority.into_str())
        .bind(ticket.state.into_str())
        .bind(ticket.rank.at)
        .bind(ticket.rank.anchor)
        .bind(ticket.rank.seq)
        .bind(ticket.counter.as_ref().map(CounterId::as_str))
        .bind(ticket.reserved_for.as_ref().map(CounterId::as_str))
        .bind(ticket.calls)
        .bind(ticket.kiosk.as_ref().map(KioskId::as_str))
        .bind(ticket.issued_at)
        .bind(ticket.first_called_at)
        .bind(ticket.called_at)
        .bind(ticket.begun_at)
        .bind(ticket.served_ms)
        .bind(ticket.ended_at)
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    async fn event(&mut self, event: &Event, link: &mut Link) -> Result<(), StoreError> {
        let next = chain::link(
            link,
            &chain::Event {
                id: event.id,
                at: event.at,
                kind: event.kind.as_str(),
                hall: event.hall.as_str(),
                ticket: event.ticket,
                case: event.case,
                by: &event.by,
                detail: &event.detail,
            },
        );
        sqlx::query(
            "INSERT INTO events (id, at, kind, hall, ticket, by, detail, link, case_id) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(event.id)
        .bind(event.at)
        .bind(event.kind.as_str())
        .bind(event.hall.as_str())
        .bind(event.ticket.map(|ticket| ticket.0))
        .bind(&event.by)
        .bind(&event.detail)
        .bind(next.as_slice())
        .bind(event.case.map(|case| case.0))
        .execute(&mut *self.connection)
        .await?;
        *link = next;
        Ok(())
    }

    async fn session(&mut self, session: &Session) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO sessions (key, clerk, counter, begun_at, ends_at) \
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(session.key.as_slice())
        .bind(session.clerk.as_str())
        .bind(session.counter.as_ref().map(CounterId::as_str))
        .bind(session.begun_at)
        .bind(session.ends_at)
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    async fn job(&mut self, job: &Job) -> Result<(), StoreError> {
        let slip = serde_json::to_string(&*job.slip)
            .map_err(|error| StoreError::Unreadable(error.to_string()))?;
        sqlx::query(
            "INSERT INTO print_jobs (id, ticket, kiosk, state, slip, at, changed_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) \
             ON CONFLICT (id) DO UPDATE SET state = excluded.state, \
             changed_at = excluded.changed_at",
        )
        .bind(job.id)
        .bind(job.ticket.0)
        .bind(job.kiosk.as_str())
        .bind(job.state.into_str())
        .bind(slip)
        .bind(job.at)
        .bind(job.changed_at)
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }

    async fn setup(&mut self, setup: &SetupVersion) -> Result<(), StoreError> {
        let document = serde_json::to_string(&setup.setup)
            .map_err(|error| StoreError::Unreadable(error.to_string()))?;
        sqlx::query("INSERT INTO setups (version, at, by, document) VALUES ($1, $2, $3, $4)")
            .bind(setup.version)
            .bind(setup.at)
            .bind(&setup.by)
            .bind(document)
            .execute(&mut *self.connection)
            .await?;
        Ok(())
    }

    async fn password(&mut self, clerk: &str, phc: &str) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO passwords (clerk, phc) VALUES ($1, $2) \
             ON CONFLICT (clerk) DO UPDATE SET phc = excluded.phc",
        )
        .bind(clerk)
        .bind(phc)
        .execute(&mut *self.connection)
        .await?;
        Ok(())
    }
}
