-- What a kiosk's terminal must not lose: synchronous=FULL, one program, one connection.

-- The store itself, in one row.
CREATE TABLE own (
    one       INTEGER PRIMARY KEY CHECK (one = 1),
    -- By which the server knows the numbers that it lent.
    id        BLOB    NOT NULL CHECK (length(id) = 16),
    -- Makes tokens of request ids: a repeat has the same, even where the request was lost.
    secret    BLOB    NOT NULL CHECK (length(secret) = 32),
    slips     INTEGER NOT NULL DEFAULT 0,
    paper_mm  INTEGER NOT NULL DEFAULT 0,
    -- The hall's clock at the last word of the server, and what this machine said then.
    hall_time INTEGER,
    machine   INTEGER,
    steady    INTEGER,
    boot      TEXT
) STRICT;

-- The hall as the server described it last, in one row.
CREATE TABLE hall (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    hall TEXT    NOT NULL
) STRICT;

-- Numbers that this store may give.
CREATE TABLE lent (
    day    TEXT    NOT NULL,
    letter TEXT    NOT NULL,
    first  INTEGER NOT NULL,
    last   INTEGER NOT NULL CHECK (last >= first),
    PRIMARY KEY (day, letter, first)
) STRICT;

-- Requests, kept before anything is sent. A repeat gets the first answer.
CREATE TABLE requests (
    id        BLOB    PRIMARY KEY CHECK (length(id) = 16),
    -- Of the call and its content.
    digest    BLOB    NOT NULL CHECK (length(digest) = 32),
    at        INTEGER NOT NULL,
    -- Null while nobody has answered.
    answer    TEXT,
    -- Its visitor has left: 1 until the server has heard it, then 2.
    abandoned INTEGER NOT NULL DEFAULT 0 CHECK (abandoned IN (0, 1, 2))
) STRICT;

CREATE INDEX requests_by_time ON requests (at);

-- Numbers that were given without the server. The constraints see to it that none is given
-- twice, whatever the program does.
CREATE TABLE numbers (
    store      BLOB    NOT NULL CHECK (length(store) = 16),
    day        TEXT    NOT NULL,
    letter     TEXT    NOT NULL,
    number     INTEGER NOT NULL,
    request    BLOB    NOT NULL UNIQUE,
    token      BLOB    NOT NULL UNIQUE,
    taken_at   INTEGER NOT NULL,
    -- As it is handed in.
    given      TEXT    NOT NULL,
    given_back INTEGER NOT NULL DEFAULT 0 CHECK (given_back IN (0, 1)),
    -- What the server said of it; null until it was handed in.
    taken      TEXT,
    PRIMARY KEY (day, letter, number)
) STRICT;

-- Slips on their way to the printer.
CREATE TABLE jobs (
    id    INTEGER PRIMARY KEY,
    token BLOB    NOT NULL,
    state TEXT    NOT NULL,
    slip  TEXT    NOT NULL,
    at    INTEGER NOT NULL
) STRICT;

-- What happened here, until the server has it.
CREATE TABLE happened (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    at     INTEGER NOT NULL,
    kind   TEXT    NOT NULL,
    detail TEXT    NOT NULL
) STRICT;
