-- Drafts (草稿): applications that nobody has received yet. The document has what is known of a
-- draft but its answers. Answers and remarks are sealed (AES-256-GCM) and deleted when its time
-- is over; of an answer is kept who wrote it, and when.

-- Each version of a form that a draft was filled in with, by its digest: what changed since can
-- be said whatever became of the hall file.
CREATE TABLE forms (
  digest TEXT PRIMARY KEY,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE drafts (
  id INTEGER PRIMARY KEY,
  token BLOB NOT NULL UNIQUE CHECK (length(token) = 16),
  hall TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('filling', 'sent', 'returned', 'cleared', 'received',
    'withdrawn', 'expired')),
  sent_at INTEGER,
  -- The last day on which it is kept.
  keep_until TEXT NOT NULL,
  document TEXT NOT NULL,
  remarks BLOB,
  -- Counted up with every answer that is written.
  version INTEGER NOT NULL DEFAULT 0,
  -- Answers, remarks and files are deleted.
  erased INTEGER NOT NULL DEFAULT 0 CHECK (erased IN (0, 1))
) STRICT;

-- What waits to be looked at, the longest waiting first; and what was looked at.
CREATE INDEX drafts_in_hand ON drafts (hall, state, sent_at)
  WHERE state IN ('sent', 'returned', 'cleared');
CREATE INDEX drafts_to_erase ON drafts (keep_until, id) WHERE erased = 0;

CREATE TABLE draft_values (
  draft INTEGER NOT NULL REFERENCES drafts (id),
  field TEXT NOT NULL,
  version INTEGER NOT NULL,
  value BLOB NOT NULL,
  -- The clerk who wrote it; null for the applicant.
  by TEXT,
  at INTEGER NOT NULL,
  PRIMARY KEY (draft, field)
) STRICT, WITHOUT ROWID;

-- Files of drafts. When a draft becomes a case they are rows of `files`.
CREATE TABLE draft_files (
  id TEXT PRIMARY KEY,
  draft INTEGER NOT NULL REFERENCES drafts (id),
  at INTEGER NOT NULL,
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32)
) STRICT, WITHOUT ROWID;

CREATE INDEX draft_files_of ON draft_files (draft);
