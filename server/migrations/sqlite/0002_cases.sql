-- Cases (办件). A case is read and written whole: its document is the truth, and
-- the columns beside it are what is looked for. Days are written YYYY-MM-DD, so
-- that they sort. Persons stand apart, sealed, and can be erased alone.

CREATE TABLE cases (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  token BLOB NOT NULL UNIQUE CHECK (length(token) = 16),
  hall TEXT NOT NULL,
  ticket INTEGER REFERENCES tickets (id),
  subject TEXT NOT NULL,
  clerk TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'ready', 'delivered', 'rejected',
    'declined', 'withdrawn', 'ended')),
  opened_day TEXT NOT NULL,
  accepted_day TEXT,
  due_day TEXT,
  due_provisional INTEGER NOT NULL CHECK (due_provisional IN (0, 1)),
  late INTEGER NOT NULL CHECK (late IN (0, 1)),
  decided_at INTEGER,
  decided_day TEXT,
  promised_days INTEGER NOT NULL,
  days_used INTEGER,
  -- The next day on which time alone may ask for something.
  look_on TEXT,
  -- The day from which the person and the papers are to be erased.
  erase_on TEXT,
  document TEXT NOT NULL
) STRICT;

CREATE INDEX cases_of_ticket ON cases (ticket) WHERE ticket IS NOT NULL;
CREATE INDEX cases_of_clerk ON cases (clerk, id) WHERE state IN ('open', 'accepted');
CREATE INDEX cases_ready ON cases (hall, decided_at) WHERE state = 'ready';
CREATE INDEX cases_to_look_at ON cases (look_on, id) WHERE look_on IS NOT NULL;
CREATE INDEX cases_to_erase ON cases (erase_on, id) WHERE erase_on IS NOT NULL;
CREATE INDEX cases_provisional ON cases (id) WHERE due_provisional = 1 AND state = 'accepted';
-- What the supervisor counts over a stretch of days.
CREATE INDEX cases_by_opening ON cases (opened_day, hall, state);
CREATE INDEX cases_by_acceptance ON cases
  (accepted_day, hall, subject, decided_day, due_day, late, days_used, promised_days)
  WHERE accepted_day IS NOT NULL;
CREATE INDEX cases_late ON cases (due_day, hall) WHERE state = 'accepted';

-- Steps that have come to their turn.
CREATE TABLE case_steps (
  case_id INTEGER NOT NULL REFERENCES cases (id),
  step INTEGER NOT NULL,
  hall TEXT NOT NULL,
  department TEXT NOT NULL,
  reviewer TEXT,
  state TEXT NOT NULL CHECK (state IN ('open', 'taken', 'asked', 'paused', 'approved', 'rejected',
    'skipped')),
  opened_day TEXT NOT NULL,
  due_day TEXT,
  done_day TEXT,
  days_limit INTEGER NOT NULL,
  days_used INTEGER,
  late INTEGER NOT NULL CHECK (late IN (0, 1)),
  PRIMARY KEY (case_id, step)
) STRICT, WITHOUT ROWID;

-- A department's list, the reddest first.
CREATE INDEX case_steps_in_hand ON case_steps (department, due_day, case_id, step)
  WHERE state IN ('open', 'taken', 'asked', 'paused');
CREATE INDEX case_steps_done ON case_steps
  (done_day, hall, department, due_day, days_used, days_limit)
  WHERE done_day IS NOT NULL;

-- Name, number and telephone, sealed (AES-256-GCM, the key is not in here). The
-- number is found again by a keyed hash of it.
CREATE TABLE persons (
  case_id INTEGER PRIMARY KEY REFERENCES cases (id),
  kind TEXT NOT NULL CHECK (kind IN ('person', 'business')),
  name BLOB,
  number BLOB,
  telephone BLOB,
  number_key BLOB CHECK (length(number_key) = 32)
) STRICT;

CREATE INDEX persons_by_number ON persons (number_key, case_id) WHERE number_key IS NOT NULL;

-- What anyone may check by its code; nothing personal.
CREATE TABLE results (
  code BLOB PRIMARY KEY CHECK (length(code) = 10),
  case_id INTEGER NOT NULL REFERENCES cases (id),
  matter TEXT NOT NULL,
  document TEXT NOT NULL,
  issuer TEXT NOT NULL,
  issued_on TEXT NOT NULL,
  revoked_on TEXT
) STRICT, WITHOUT ROWID;

-- Who broke a promise is not offered another until a day.
CREATE TABLE broken_promises (
  number_key BLOB NOT NULL CHECK (length(number_key) = 32),
  case_id INTEGER NOT NULL REFERENCES cases (id),
  until TEXT NOT NULL,
  PRIMARY KEY (number_key, case_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX broken_promises_by_age ON broken_promises (until);

-- Files that are kept beside the database. One without a row here is swept.
CREATE TABLE files (
  id TEXT PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES cases (id),
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX files_of_case ON files (case_id);

-- Calendars of working days as they were imported, each whole.
CREATE TABLE calendars (
  version INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT;

ALTER TABLE events ADD COLUMN case_id INTEGER REFERENCES cases (id);
CREATE INDEX events_of_case ON events (case_id) WHERE case_id IS NOT NULL;
