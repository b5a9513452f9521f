-- What applicants are to be told by a message or a call. Nothing personal: the telephone
-- number is read from persons when it is needed, and is erased there. The id is that of the
-- event in whose commit the row was written.

CREATE TABLE tellings (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES cases (id),
  hall TEXT NOT NULL,
  why TEXT NOT NULL CHECK (why IN ('ready', 'rejected', 'more_asked', 'accepted', 'ended',
    'posted', 'revoked')),
  way TEXT NOT NULL CHECK (way IN ('call', 'message')),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed', 'called', 'dropped')),
  at INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;

-- What is still to be done.
CREATE INDEX tellings_open ON tellings (state, next_at) WHERE state IN ('waiting', 'failed');
