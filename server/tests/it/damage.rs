//! What `jiban check` calls whole starts and shows what it did; what was changed or damaged
//! is told, and a bad row of something that is kept for days does not stop the hall.

use std::fmt::Write as _;

use fastrand::Rng;
use jiban_domain::chain;
use jiban_domain::{CaseId, TicketId};
use sqlx::Row as _;

use crate::support::damage::LivedIn;
use crate::torture::{report, rounds};

/// Columns that may be changed without `jiban check` telling, each with its reason.
const UNCOVERED: [(&str, &str, &str); 92] = [
    ("requests", "id", "an answer for a repeat, kept for three days; it moves no one"),
    ("requests", "digest", "as its id"),
    ("requests", "answer", "as its id: one client would be told something wrong, once"),
    ("requests", "at", "as its id"),
    ("print_jobs", "id", "a slip, kept for three days; what it says is compared with its ticket"),
    ("print_jobs", "kiosk", "where a slip of the last hours came out"),
    ("print_jobs", "state", "whether it came out"),
    ("print_jobs", "at", "when it was queued"),
    ("print_jobs", "changed_at", "when its state changed"),
    ("tellings", "id", "what is to be told of a case, which is compared itself"),
    ("tellings", "case_id", "as its id: a wrong one is dropped, or told to its own applicant"),
    ("tellings", "hall", "whose staff calls"),
    ("tellings", "why", "as its id"),
    ("tellings", "way", "by a message or a call"),
    ("tellings", "state", "how far that is; that it was told is an event"),
    ("tellings", "at", "since when"),
    ("tellings", "tries", "how often it was tried"),
    ("tellings", "next_at", "when it is tried again"),
    ("tellings", "changed_at", "when its state changed"),
    ("tellings", "by", "who called last; the event says it too"),
    ("lent_numbers", "hall", "a number that is lent wrongly costs its visitor another number"),
    ("lent_numbers", "day", "as its hall"),
    ("lent_numbers", "letter", "as its hall"),
    ("lent_numbers", "first", "as its hall"),
    ("lent_numbers", "kiosk", "as its hall"),
    ("lent_numbers", "store", "as its hall"),
    ("lent_numbers", "at", "as its hall"),
    ("terminal_reports", "kiosk", "what a terminal told of itself, until it reports again"),
    ("terminal_reports", "at", "what a terminal told of itself, until it reports again"),
    ("terminal_reports", "report", "what a terminal told of itself, until it reports again"),
    ("terminal_events", "store", "what a terminal told of itself"),
    ("terminal_events", "id", "what a terminal told of itself"),
    ("terminal_events", "kiosk", "what a terminal told of itself"),
    ("terminal_events", "at", "what a terminal told of itself"),
    ("terminal_events", "kind", "what a terminal told of itself"),
    ("terminal_events", "detail", "what a terminal told of itself"),
    ("booking_places", "hall", "only guards: which places a booking has is in its document"),
    ("booking_places", "line", "as its hall"),
    ("booking_places", "day", "as its hall"),
    ("booking_places", "slot", "as its hall"),
    ("booking_places", "place", "as its hall"),
    ("booking_places", "booking", "as its hall"),
    ("booking_places", "free_from", "as its hall"),
    ("alerts", "id", "what is wrong with a terminal, as it told itself"),
    ("alerts", "kiosk", "what is wrong with a terminal, as it told itself"),
    ("alerts", "kind", "what is wrong with a terminal, as it told itself"),
    ("alerts", "begun_at", "what is wrong with a terminal, as it told itself"),
    ("alerts", "ended_at", "what is wrong with a terminal, as it told itself"),
    ("alert_messages", "id", "whether somebody was told of an alert"),
    ("alert_messages", "alert", "whether somebody was told of an alert"),
    ("alert_messages", "over", "whether somebody was told of an alert"),
    ("alert_messages", "way", "whether somebody was told of an alert"),
    ("alert_messages", "state", "whether somebody was told of an alert"),
    ("alert_messages", "at", "whether somebody was told of an alert"),
    ("alert_messages", "tries", "whether somebody was told of an alert"),
    ("alert_messages", "next_at", "whether somebody was told of an alert"),
    ("document_prints", "id", "a print by oneself: that it was begun and how it ended are events"),
    ("document_prints", "request", "as its id: a repeat would print once more"),
    ("document_prints", "digest", "as its request"),
    ("document_prints", "hall", "whose figures count it; the event says it too"),
    ("document_prints", "kiosk", "where it came out; the event says it too"),
    ("document_prints", "day", "on which it is counted"),
    ("document_prints", "kind", "what it was; the event says it too"),
    ("document_prints", "case_id", "as its kind"),
    ("document_prints", "statement", "as its kind"),
    ("document_prints", "person", "by whom it is counted, for two days"),
    ("document_prints", "proof", "as its kind"),
    ("document_prints", "pages", "as its kind"),
    ("document_prints", "came_out", "as its kind"),
    ("document_prints", "state", "as its kind"),
    ("document_prints", "printer", "as its kind"),
    ("document_prints", "at", "when it was begun; the event says it too"),
    ("document_prints", "changed_at", "when its state changed"),
    ("forms", "digest", "a form as it was: it only says what a newer one changed"),
    ("forms", "document", "as its digest"),
    ("drafts", "version", "how many answers were written; a lower one costs a page a repeat"),
    ("drafts", "erased", "whether its answers are gone, which their rows say themselves"),
    ("drafts", "touches", "a figure: what filling in took"),
    ("drafts", "filled_ms", "as its touches"),
    ("draft_values", "version", "the order of answers, for pages that are open"),
    ("draft_values", "by", "who wrote an answer, for who reads it"),
    ("draft_values", "at", "when it was written"),
    ("form_faults", "hall", "a count of what is often filled in wrongly, nobody's"),
    ("form_faults", "day", "as its hall"),
    ("form_faults", "subject", "as its hall"),
    ("form_faults", "field", "as its hall"),
    ("form_faults", "count", "as its hall"),
    ("form_faults", "helped", "as its hall"),
    ("records", "id", "the order of a statement's rows, which the digest of all has too"),
    ("_sqlx_migrations", "description", "a name for people; version and checksum are compared"),
    ("_sqlx_migrations", "installed_on", "when the tables were made"),
    ("_sqlx_migrations", "execution_time", "how long that took"),
];

/// Another value for a column, as SQL: a plausible one if the column has one elsewhere.
fn other_value(table: &str, column: &str, kind: &str) -> String {
    match kind {
        "BOOLEAN" => format!("1 - {column}"),
        "INTEGER" | "BIGINT" => {
            format!("CASE {column} WHEN 0 THEN 1 ELSE coalesce({column}, 4) + 1000003 END")
        }
        "BLOB" => longer_or_other(column),
        _ => format!(
            "coalesce((SELECT o.{column} FROM {table} o WHERE o.{column} <> {table}.{column} \
             LIMIT 1), coalesce({column}, '') || '1')"
        ),
    }
}

/// Bytes with another last one.
fn longer_or_other(column: &str) -> String {
    format!(
        "CAST(coalesce(substr({column}, 1, length({column}) - 1), x'') || \
         CASE substr({column}, -1) WHEN x'41' THEN x'42' ELSE x'41' END AS BLOB)"
    )
}

/// Gives a column of the rows that match another value; how many those are.
async fn change(
    lived: &LivedIn,
    (table, column, kind): &(String, String, String),
    which: &str,
) -> u64 {
    let pool = lived.pool().await;
    let mut changed = 0;
    // A value that another row has may not be allowed twice, and of a document something may
    // be indexed.
    let more = [format!("{column} || '1'"), format!("json_set({column}, '$.stranger', 1)")];
    for value in [other_value(table, column, kind)].into_iter().chain(more) {
        let statement = format!("UPDATE {table} SET {column} = {value} {which}");
        if let Ok(done) = sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&pool).await {
            changed = done.rows_affected();
            break;
        }
    }
    pool.close().await;
    changed
}

#[tokio::test]
async fn a_change_of_any_column_is_told_or_has_its_reason() {
    let lived = LivedIn::new().await;
    let (whole, said) = lived.check();
    assert!(whole && !said.contains("earlier versions"), "{said}");
    let columns = lived.columns().await;
    for (table, column, _) in UNCOVERED {
        assert!(columns.iter().any(|(t, c, _)| t == table && c == column), "{table}.{column}");
    }
    let mut unseen = String::new();
    for place in &columns {
        let (table, column, _) = place;
        if UNCOVERED.iter().any(|(t, c, _)| t == table && c == column) {
            continue;
        }
        // The first and the last row: what is long over, and what happens now.
        for order in ["ASC", "DESC"] {
            lived.restore();
            let row = lived.first_key(table).await;
            let which =
                format!("WHERE {row} = (SELECT {row} FROM {table} ORDER BY {row} {order} LIMIT 1)");
            assert!(
                change(&lived, place, &which).await > 0,
                "no row of {table} to try {column} on"
            );
            let (whole, said) = lived.check();
            if whole {
                writeln!(unseen, "{table}.{column} ({order}): {said}").unwrap();
            } else {
                let named = ["table ", "failed in ", "cannot start", "key"];
                assert!(named.iter().any(|word| said.contains(word)), "{table}.{column}: {said}");
            }
        }
    }
    assert!(unseen.is_empty(), "changed unseen:\n{unseen}");
}

/// Rows that are taken out or put in.
#[tokio::test]
async fn a_row_taken_out_or_put_in_is_told() {
    let lived = LivedIn::new().await;
    for statement in [
        "DELETE FROM setups WHERE version = 1",
        "DELETE FROM calendars",
        "DELETE FROM passwords WHERE clerk = 'clerk1'",
        "DELETE FROM files WHERE id = (SELECT MIN(id) FROM files)",
        "DELETE FROM broken_promises",
        "DELETE FROM persons WHERE case_id = 1",
        "DELETE FROM results WHERE code = (SELECT MIN(code) FROM results)",
        "DELETE FROM case_steps WHERE case_id = 1 AND step = 1",
        "DELETE FROM commitment_checks",
        "INSERT INTO commitment_checks SELECT case_id, 'stranger', hall, department, reviewer, \
         state, due_day, due_provisional, late FROM commitment_checks",
        "INSERT INTO passwords VALUES ('stranger', 'x')",
        "INSERT INTO sessions SELECT randomblob(32), clerk, counter, begun_at, ends_at \
         FROM sessions LIMIT 1",
        "INSERT INTO setups SELECT version + 1, at, by, document FROM setups ORDER BY version DESC \
         LIMIT 1",
        "INSERT INTO calendars SELECT version + 1, at, by, document FROM calendars",
        "INSERT INTO files SELECT '00000000000000000000000000000000', case_id, at, sha256 \
         FROM files LIMIT 1",
        "INSERT INTO broken_promises SELECT number_key, case_id, '2030-01-01' FROM persons \
         WHERE case_id = 2",
    ] {
        lived.restore();
        lived.change(statement).await;
        let (whole, said) = lived.check();
        assert!(!whole && said.contains("table "), "{statement}: {said}");
    }
}

/// Copies of a hall, each damaged in one way: at random places of the file, and in random
/// columns.
#[tokio::test]
async fn what_check_calls_whole_starts_and_shows_the_same() {
    let copies = rounds(16);
    let mut lived = LivedIn::new().await;
    let columns = lived.columns().await;
    let mut told = 0;
    for copy in 0..copies {
        let mut random = Rng::with_seed(copy);
        let mut bytes = lived.bytes().to_vec();
        let page = random.usize(0..bytes.len() / 4096) * 4096;
        let what = match copy % 4 {
            0 => {
                let (at, bit) = (random.usize(0..bytes.len()), random.u8(0..8));
                bytes[at] ^= 1 << bit;
                format!("bit {bit} of byte {at} is turned")
            }
            1 => {
                bytes[page..page + 4096].fill(0);
                format!("the page at {page} is zeros")
            }
            2 => {
                let (at, other) = (page + random.usize(0..4088), random.u64(..));
                bytes[at..at + 8].copy_from_slice(&other.to_be_bytes());
                format!("eight bytes at {at} are others")
            }
            _ => {
                let place = &columns[random.usize(0..columns.len())];
                lived.restore();
                change(&lived, place, "").await;
                bytes = std::fs::read(lived.house.db()).unwrap();
                format!("{}.{} is another", place.0, place.1)
            }
        };
        lived.put(&bytes);
        let (whole, said) = lived.check();
        lived.put(&bytes);
        let started = lived.starts().await;
        told += u64::from(!whole);
        if whole {
            assert_eq!(started, Ok(true), "copy {copy}, {what}: called whole, but\n{said}");
        } else {
            let named = ["hall.db", "table ", "key"].iter().any(|word| said.contains(word));
            assert!(named, "{what}: {said}");
        }
    }
    let result = format!("{told} told by the check; the others start and show the same");
    report("one damage in a copy of the database", copies, &result);
    assert!(told > copies / 4, "most damage is found: {told} of {copies}");
}

#[tokio::test]
async fn one_bad_row_of_what_is_kept_for_days_is_set_aside() {
    let mut lived = LivedIn::new().await;
    for (statement, word) in [
        (
            "UPDATE print_jobs SET slip = '{' WHERE id = (SELECT MAX(id) FROM print_jobs)",
            "print_jobs",
        ),
        (
            "UPDATE print_jobs SET state = 'eaten' WHERE id = (SELECT MAX(id) FROM print_jobs)",
            "print_jobs",
        ),
        (
            "UPDATE sessions SET key = x'00' WHERE rowid = (SELECT MAX(rowid) FROM sessions)",
            "sessions",
        ),
        (
            "UPDATE sessions SET clerk = CAST(x'ff' AS TEXT) \
          WHERE rowid = (SELECT MAX(rowid) FROM sessions)",
            "sessions",
        ),
        ("UPDATE requests SET digest = x'00'", "requests"),
    ] {
        lived.restore();
        lived.change(statement).await;
        let (whole, said) = lived.check();
        assert!(!whole && said.contains(word), "{statement}: {said}");
        lived.house.try_to_start().await.unwrap_or_else(|error| panic!("{statement}: {error}"));
        lived.house.issue("marriage").await;
        let kept = kept_rows(&lived, word).await;
        assert!(kept > 0, "the row is kept for the operator");
        lived.house.pause().await;
    }
}

async fn kept_rows(lived: &LivedIn, table: &str) -> i64 {
    let pool = lived.pool().await;
    let statement = format!("SELECT COUNT(*) FROM {table}");
    let row = sqlx::query(sqlx::AssertSqlSafe(statement)).fetch_one(&pool).await.unwrap();
    pool.close().await;
    row.get(0)
}

/// Makes the database one of an earlier version: events without digests of rows, no
/// known value, and neither digests of files nor keys of notes.
async fn make_old(lived: &LivedIn) {
    let pool = lived.pool().await;
    let rows = sqlx::query(
        "SELECT id, at, kind, hall, ticket, case_id, by, detail FROM events ORDER BY id",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    let mut link = chain::START;
    for row in rows {
        let mut detail: serde_json::Value = serde_json::from_str(row.get(7)).unwrap();
        detail.as_object_mut().unwrap().remove("rows");
        let detail = detail.to_string();
        let event = chain::Event {
            id: row.get(0),
            at: row.get(1),
            kind: row.get(2),
            hall: row.get(3),
            ticket: row.get::<Option<i64>, _>(4).map(TicketId),
            case: row.get::<Option<i64>, _>(5).map(CaseId),
            by: row.get(6),
            detail: &detail,
        };
        link = chain::link(&link, &event);
        sqlx::query("UPDATE events SET detail = $2, link = $3 WHERE id = $1")
            .bind(event.id)
            .bind(&detail)
            .bind(link.as_slice())
            .execute(&pool)
            .await
            .unwrap();
    }
    for statement in [
        "DROP INDEX events_of_clock",
        "DROP TABLE tellings",
        "DROP TABLE alert_messages",
        "DROP TABLE alerts",
        "DROP TABLE terminals",
        "DROP TABLE terminal_events",
        "DROP TABLE terminal_reports",
        "DROP TABLE lent_numbers",
        "DROP TABLE booking_places",
        "DROP TABLE bookings",
        "DROP TABLE records",
        "DROP TABLE record_versions",
        "DROP TABLE issued_statements",
        "DROP TABLE document_prints",
        "DROP TABLE known_value",
        "ALTER TABLE files DROP COLUMN sha256",
        "ALTER TABLE persons DROP COLUMN agent",
        "ALTER TABLE persons DROP COLUMN notes_key",
        "ALTER TABLE commitment_checks RENAME TO checks_of_today",
        "DROP INDEX commitment_checks_open",
        "DROP TABLE form_faults",
        "DROP TABLE draft_files",
        "DROP TABLE draft_values",
        "DROP TABLE drafts",
        "DROP TABLE forms",
        "DELETE FROM _sqlx_migrations WHERE version > 2",
    ] {
        sqlx::query(statement).execute(&pool).await.unwrap();
    }
    pool.close().await;
}

#[tokio::test]
async fn a_database_of_an_earlier_version_is_checked_and_goes_on() {
    let mut lived = LivedIn::new().await;
    make_old(&lived).await;
    lived.look_no_more_at("/api/booking/");
    lived.look_no_more_at("/api/apply");
    lived.look_no_more_for("drafts");
    // As it is, for instance a backup.
    let (whole, said) = lived.check();
    assert!(whole && said.contains("Rows of earlier versions"), "{said}");
    assert_eq!(lived.starts().await, Ok(true));
    lived.house.start_again().await;
    let before = lived.house.issue("marriage").await;
    lived.house.pause().await;
    // An earlier version had no commitments; a case of this one has.
    let pool = lived.pool().await;
    for statement in [
        "INSERT INTO commitment_checks SELECT * FROM checks_of_today",
        "DROP TABLE checks_of_today",
    ] {
        sqlx::query(statement).execute(&pool).await.unwrap();
    }
    pool.close().await;
    let (whole, said) = lived.check();
    assert!(whole && said.contains("Rows of earlier versions"), "{said}");
    // What it writes from now on is covered, and what was there cannot be called older.
    let id = before["id"].as_i64().unwrap();
    for statement in [
        format!("UPDATE tickets SET token = randomblob(16) WHERE id = {id}"),
        "INSERT INTO passwords VALUES ('stranger', 'x')".to_owned(),
        "INSERT INTO sessions SELECT randomblob(32), clerk, counter, 9999999999999, 9999999999999 \
         FROM sessions LIMIT 1"
            .to_owned(),
    ] {
        let bytes = std::fs::read(lived.house.db()).unwrap();
        lived.change(&statement).await;
        let (whole, said) = lived.check();
        assert!(!whole && said.contains("table "), "{statement}: {said}");
        lived.put(&bytes);
    }
}
