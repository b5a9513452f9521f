-- Which fields of forms were not right when somebody sent an application: how many applications
-- a day, without whose and without what was written.
CREATE TABLE form_faults (
  hall TEXT NOT NULL,
  day TEXT NOT NULL,
  -- The matter or bundle.
  subject TEXT NOT NULL,
  field TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (hall, day, subject, field)
) STRICT, WITHOUT ROWID;

-- Figures of drafts are counted by the day on which they were begun.
CREATE INDEX drafts_begun ON drafts (json_extract(document, '$.begun.day'));
