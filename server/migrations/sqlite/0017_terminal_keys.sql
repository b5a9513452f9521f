-- Terminals that an admin has accepted: each has a key, of which only the hash is here. A kiosk
-- is one terminal at a time; earlier ones stay, so that they are told that they were revoked.
CREATE TABLE terminals (
  id INTEGER PRIMARY KEY,
  kiosk TEXT NOT NULL,
  key BLOB NOT NULL UNIQUE CHECK (length(key) = 32),
  -- A key that was changed and has not been used yet.
  next_key BLOB UNIQUE CHECK (length(next_key) = 32),
  paired_at INTEGER NOT NULL,
  by TEXT NOT NULL,
  revoked_at INTEGER,
  -- The program that speaks for it, and those that it has replaced.
  run BLOB CHECK (length(run) = 16),
  replaced TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX terminals_of_kiosk ON terminals (kiosk) WHERE revoked_at IS NULL;
