-- What a department checks after a decision that rests on a commitment (告知承诺): a row for
-- each matter of a case, beside its document, so that it is found by department and day.

CREATE TABLE commitment_checks (
  case_id INTEGER NOT NULL REFERENCES cases (id),
  matter TEXT NOT NULL,
  hall TEXT NOT NULL,
  department TEXT NOT NULL,
  reviewer TEXT,
  state TEXT NOT NULL CHECK (state IN ('to_do', 'noticed', 'kept', 'put_right', 'revoked',
    'dropped')),
  due_day TEXT NOT NULL,
  due_provisional INTEGER NOT NULL CHECK (due_provisional IN (0, 1)),
  late INTEGER NOT NULL CHECK (late IN (0, 1)),
  PRIMARY KEY (case_id, matter)
) STRICT, WITHOUT ROWID;

-- A department's list, the longest overdue first.
CREATE INDEX commitment_checks_open ON commitment_checks (department, due_day, case_id, matter)
  WHERE state IN ('to_do', 'noticed');

-- An applicant is told of a breach too: SQLite changes a CHECK by making the table anew.
CREATE TABLE tellings_with_breaches (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES cases (id),
  hall TEXT NOT NULL,
  why TEXT NOT NULL CHECK (why IN ('ready', 'rejected', 'more_asked', 'accepted', 'ended',
    'posted', 'revoked', 'breach_found')),
  way TEXT NOT NULL CHECK (way IN ('call', 'message')),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed', 'called', 'dropped')),
  at INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;

INSERT INTO tellings_with_breaches SELECT * FROM tellings;
DROP TABLE tellings;
ALTER TABLE tellings_with_breaches RENAME TO tellings;
CREATE INDEX tellings_open ON tellings (state, next_at) WHERE state IN ('waiting', 'failed');
