-- What is wrong with terminals, each once from when it begins to when it is over; and the
-- messages by which somebody is told of both.
CREATE TABLE alerts (
  id INTEGER PRIMARY KEY,
  kiosk TEXT NOT NULL,
  kind TEXT NOT NULL,
  begun_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;

-- It does not begin twice.
CREATE UNIQUE INDEX alerts_open ON alerts (kiosk, kind) WHERE ended_at IS NULL;

CREATE TABLE alert_messages (
  id INTEGER PRIMARY KEY,
  alert INTEGER NOT NULL REFERENCES alerts (id),
  over INTEGER NOT NULL CHECK (over IN (0, 1)),
  way TEXT NOT NULL CHECK (way IN ('webhook', 'mail')),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'dropped')),
  at INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  next_at INTEGER NOT NULL
) STRICT;

CREATE INDEX alert_messages_waiting ON alert_messages (next_at) WHERE state = 'waiting';
CREATE INDEX alert_messages_of_alert ON alert_messages (alert);
