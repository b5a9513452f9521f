-- What people print by themselves. The id of a print is that of the event in whose commit it
-- was written. `person` is the keyed hash of the number, by which the prints of a day are
-- counted; it is deleted on the next day, and the rest stays for the figures.

CREATE TABLE document_prints (
  id INTEGER PRIMARY KEY,
  request BLOB NOT NULL UNIQUE,
  digest BLOB NOT NULL,
  hall TEXT NOT NULL,
  kiosk TEXT NOT NULL,
  day TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('result', 'copy', 'statement')),
  case_id INTEGER REFERENCES cases (id),
  statement TEXT,
  person BLOB,
  proof TEXT NOT NULL CHECK (proof IN ('card', 'code', 'card_and_code')),
  pages INTEGER NOT NULL,
  came_out INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'confirmed', 'unknown', 'failed')),
  printer TEXT NOT NULL,
  at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;

CREATE INDEX document_prints_day ON document_prints (day);
CREATE INDEX document_prints_person ON document_prints (day) WHERE person IS NOT NULL;

-- Statements that were issued, which anyone may verify by their code. What they say of whom is
-- not kept.
CREATE TABLE issued_statements (
  code BLOB PRIMARY KEY,
  print INTEGER NOT NULL REFERENCES document_prints (id),
  statement TEXT NOT NULL,
  document TEXT NOT NULL,
  issuer TEXT NOT NULL,
  issued_on TEXT NOT NULL
) STRICT;

-- The records of a statement as a department brought them last. An import replaces them as a
-- whole. `digest` is a keyed hash of all of them in their order.
CREATE TABLE record_versions (
  hall TEXT NOT NULL,
  statement TEXT NOT NULL,
  version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  records INTEGER NOT NULL,
  digest BLOB NOT NULL,
  PRIMARY KEY (hall, statement)
) STRICT;

-- One record, sealed. Who has no key finds neither names nor numbers.
CREATE TABLE records (
  id INTEGER PRIMARY KEY,
  hall TEXT NOT NULL,
  statement TEXT NOT NULL,
  number_key BLOB NOT NULL,
  sealed BLOB NOT NULL,
  FOREIGN KEY (hall, statement) REFERENCES record_versions (hall, statement)
) STRICT;

CREATE INDEX records_of_person ON records (number_key, hall, statement);
CREATE INDEX records_of_statement ON records (hall, statement);
