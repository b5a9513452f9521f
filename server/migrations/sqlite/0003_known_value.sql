-- A value whose content is known, sealed with the hall's newest key: the start tries
-- the key file on it, so that another hall's key, or one of another time, is noticed
-- before anything is sealed with it.

CREATE TABLE known_value (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  key_set BLOB NOT NULL CHECK (length(key_set) = 8),
  key INTEGER NOT NULL CHECK (key > 0),
  sealed BLOB NOT NULL
) STRICT;
