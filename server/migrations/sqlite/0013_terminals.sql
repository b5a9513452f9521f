-- Terminals: programs on the kiosks' own machines.

-- Numbers that a terminal may give by itself on one day. A block belongs to one store; the
-- key keeps blocks apart, and the check keeps them from overlapping and away from the numbers
-- that the hall counts itself.
CREATE TABLE lent_numbers (
  hall TEXT NOT NULL,
  day TEXT NOT NULL,
  letter TEXT NOT NULL,
  first INTEGER NOT NULL CHECK (first > 9000 AND first % 20 = 1),
  kiosk TEXT NOT NULL,
  store BLOB NOT NULL CHECK (length(store) = 16),
  at INTEGER NOT NULL,
  PRIMARY KEY (hall, day, letter, first)
) STRICT, WITHOUT ROWID;

CREATE INDEX lent_numbers_by_day ON lent_numbers (day);

-- Of each kiosk the last report, so that a new start of the server shows when it was last seen.
CREATE TABLE terminal_reports (
  kiosk TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  report TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What terminals tell of themselves. Each store counts its events, so none is there twice.
CREATE TABLE terminal_events (
  store BLOB NOT NULL CHECK (length(store) = 16),
  id INTEGER NOT NULL,
  kiosk TEXT NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (store, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX terminal_events_of_kiosk ON terminal_events (kiosk, at);
