-- Bookings of coming days. A booking is read and written whole: its document is the truth, the
-- columns beside it are what is looked for. Who booked is sealed (AES-256-GCM) and found by
-- keyed hashes; all five columns are emptied when the time is over.

CREATE TABLE bookings (
  id INTEGER PRIMARY KEY,
  token BLOB NOT NULL UNIQUE CHECK (length(token) = 16),
  code TEXT NOT NULL,
  hall TEXT NOT NULL,
  matter TEXT NOT NULL,
  day TEXT NOT NULL,
  state TEXT NOT NULL
    CHECK (state IN ('held', 'booked', 'checked_in', 'cancelled', 'expired', 'not_come')),
  document TEXT NOT NULL,
  name BLOB,
  number BLOB,
  telephone BLOB,
  number_key BLOB CHECK (length(number_key) = 32),
  telephone_key BLOB CHECK (length(telephone_key) = 32)
) STRICT;

-- One for a person, a matter and a day.
CREATE UNIQUE INDEX bookings_of_person ON bookings (hall, number_key, matter, day)
  WHERE number_key IS NOT NULL AND state IN ('booked', 'checked_in');
-- What a start loads.
CREATE INDEX bookings_kept ON bookings (id) WHERE number_key IS NOT NULL OR state = 'held';
CREATE INDEX bookings_by_day ON bookings (hall, day, state);

-- The places of slots that are taken or rest. Whatever the program does, none is given to two.
CREATE TABLE booking_places (
  hall TEXT NOT NULL,
  line TEXT NOT NULL,
  day TEXT NOT NULL,
  slot TEXT NOT NULL,
  place INTEGER NOT NULL CHECK (place > 0),
  booking INTEGER NOT NULL REFERENCES bookings (id),
  -- From when on another may have it; null as long as it is booked.
  free_from INTEGER,
  PRIMARY KEY (hall, line, day, slot, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX booking_places_of ON booking_places (booking);
