-- Instants are UTC milliseconds; ids of halls, lines and so on are those of
-- the hall file, which is kept whole in each of its versions.

CREATE TABLE setups (
  version INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT;

CREATE TABLE tickets (
  id INTEGER PRIMARY KEY,
  token BLOB NOT NULL UNIQUE CHECK (length(token) = 16),
  hall TEXT NOT NULL,
  day TEXT NOT NULL,
  letter TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  line TEXT NOT NULL,
  matter TEXT NOT NULL,
  priority TEXT NOT NULL
    CHECK (priority IN ('none', 'elder', 'honoured', 'disabled', 'pregnant', 'ill')),
  state TEXT NOT NULL
    CHECK (state IN ('waiting', 'called', 'serving', 'on_hold', 'finished', 'missed', 'cancelled')),
  rank_at INTEGER NOT NULL,
  rank_anchor INTEGER NOT NULL,
  rank_seq INTEGER NOT NULL,
  counter TEXT,
  reserved_for TEXT,
  calls INTEGER NOT NULL,
  kiosk TEXT,
  issued_at INTEGER NOT NULL,
  first_called_at INTEGER,
  called_at INTEGER,
  begun_at INTEGER,
  served_ms INTEGER NOT NULL,
  ended_at INTEGER,
  -- Who is called or served is called or served somewhere.
  CHECK (state NOT IN ('called', 'serving', 'on_hold') OR counter IS NOT NULL),
  UNIQUE (hall, day, letter, number)
) STRICT;

-- Loaded at the start: few, however many tickets there were.
CREATE INDEX tickets_active ON tickets (hall)
  WHERE state IN ('waiting', 'called', 'serving', 'on_hold', 'missed');
-- A counter has one visitor in hand.
CREATE UNIQUE INDEX tickets_in_hand ON tickets (counter) WHERE state IN ('called', 'serving');

CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  hall TEXT NOT NULL,
  ticket INTEGER REFERENCES tickets (id),
  by TEXT NOT NULL,
  detail TEXT NOT NULL,
  link BLOB NOT NULL CHECK (length(link) = 32)
) STRICT;

CREATE INDEX events_of_ticket ON events (ticket) WHERE ticket IS NOT NULL;
CREATE INDEX events_of_calls ON events (hall, id)
  WHERE kind IN ('TicketCalled', 'TicketRecalled');

CREATE TABLE requests (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  answer TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX requests_by_age ON requests (at);

CREATE TABLE print_jobs (
  id INTEGER PRIMARY KEY,
  ticket INTEGER NOT NULL REFERENCES tickets (id),
  kiosk TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'confirmed', 'unknown', 'failed')),
  slip TEXT NOT NULL,
  at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;

CREATE INDEX print_jobs_by_age ON print_jobs (at);
CREATE INDEX print_jobs_of_ticket ON print_jobs (ticket);

CREATE TABLE sessions (
  key BLOB PRIMARY KEY CHECK (length(key) = 32),
  clerk TEXT NOT NULL,
  counter TEXT,
  begun_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL
) STRICT;

CREATE TABLE passwords (
  clerk TEXT PRIMARY KEY,
  phc TEXT NOT NULL
) STRICT;
