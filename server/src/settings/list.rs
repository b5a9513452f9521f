//! The only list of settings. The code that reads them, `--help` and `docs/SETTINGS.md` are made
//! from it.

use std::fmt::Write as _;

use super::Settings;
use super::setting::Setting;

/// The environment variable with the path of the settings file.
pub const CONFIG_ENV: &str = "JIBAN_CONFIG";

/// The settings file if no path is given.
pub const CONFIG_FILE: &str = "jiban.toml";

/// Every setting.
pub const LIST: &[Setting] = &[
    Setting {
        key: "db",
        flag: Some("--db"),
        env: "JIBAN_DB",
        default: "data/hall.db",
        expected: "the path of a file",
        about: "The database. \"serve\" and \"import\" create it if it is missing",
        set: super::set::db,
    },
    Setting {
        key: "key",
        flag: Some("--key"),
        env: "JIBAN_KEY",
        default: "",
        expected: "the path of a file",
        about: "The key file. Without it, names and numbers in the database cannot be read. \"serve\" creates it if it is missing and nothing is encrypted yet. Default: beside the database, data/hall.key for data/hall.db",
        set: super::set::key,
    },
    Setting {
        key: "listen",
        flag: Some("--listen"),
        env: "JIBAN_LISTEN",
        default: "127.0.0.1:3000",
        expected: "an address and port such as 127.0.0.1:3000, or 0.0.0.0:3000 for all networks",
        about: "The address the server listens on. Phones and kiosks must be able to reach it",
        set: super::set::listen,
    },
    Setting {
        key: "public_url",
        flag: Some("--public-url"),
        env: "JIBAN_PUBLIC_URL",
        default: "",
        expected: "http:// or https:// and a host, such as https://hall.example.org, without a path",
        about: "The address that visitors' phones open; it is in every QR code. Default: the machine's network address, or the address the server listens on, by https if tls_cert is set. The server prints it at the start",
        set: super::set::public_url,
    },
    Setting {
        key: "hosts",
        flag: Some("--hosts"),
        env: "JIBAN_HOSTS",
        default: "",
        expected: "names and addresses, separated by commas, without scheme and port, such as hall.lan, 10.0.0.5",
        about: "Further hosts by which browsers may address the server. It always answers to those of public_url and listen, to localhost, to its machine's name, and to the address at which a connection arrives. Requests to others are refused (421), so that no other site can pretend to be the hall",
        set: super::set::hosts,
    },
    Setting {
        key: "office_idle_minutes",
        flag: None,
        env: "JIBAN_OFFICE_IDLE_MINUTES",
        default: "30",
        expected: "1 to 720, or off",
        about: "Minutes after which a session at office or admin ends if nobody works with it. A page tells the server while somebody types, points or scrolls",
        set: super::set::office_idle_minutes,
    },
    Setting {
        key: "counter_idle_minutes",
        flag: None,
        env: "JIBAN_COUNTER_IDLE_MINUTES",
        default: "off",
        expected: "1 to 720, or off",
        about: "The same at counters, where a quiet night is no absence. Every session ends after 12 hours",
        set: super::set::counter_idle_minutes,
    },
    Setting {
        key: "tls_cert",
        flag: Some("--tls-cert"),
        env: "JIBAN_TLS_CERT",
        default: "",
        expected: "the path of a file",
        about: "The certificate for https in PEM, followed by its intermediate ones. Needs tls_key. Both files are read again when they change, and on SIGHUP. Default: plain http",
        set: super::set::tls_cert,
    },
    Setting {
        key: "tls_key",
        flag: Some("--tls-key"),
        env: "JIBAN_TLS_KEY",
        default: "",
        expected: "the path of a file",
        about: "The private key of tls_cert in PEM, without a password",
        set: super::set::tls_key,
    },
    Setting {
        key: "demo",
        flag: Some("--demo"),
        env: "JIBAN_DEMO",
        default: "false",
        expected: "true or false",
        about: "Install the demo hall if the database is empty. Otherwise the database is not changed",
        set: super::set::demo,
    },
    Setting {
        key: "demo_password",
        flag: None,
        env: "JIBAN_DEMO_PASSWORD",
        default: "",
        expected: "1 to 256 characters",
        about: "The password of the demo's clerks and admin. Default: a random one, printed once",
        set: super::set::demo_password,
    },
    Setting {
        key: "voice",
        flag: None,
        env: "JIBAN_VOICE",
        default: "true",
        expected: "true or false",
        about: "Synthesise announcements with espeak-ng, if it is installed, for displays whose browser has no Chinese voice",
        set: super::set::voice,
    },
    Setting {
        key: "log",
        flag: None,
        env: "JIBAN_LOG",
        default: "info",
        expected: "error, warn, info, debug or trace, or parts such as info,jiban=debug",
        about: "What is logged to standard error. \"info,tower_http=debug\" logs every request",
        set: super::set::log,
    },
    Setting {
        key: "sms_gateway",
        flag: None,
        env: "JIBAN_SMS_GATEWAY",
        default: "",
        expected: "the path of a file",
        about: "The file that says how text messages are sent, see docs/INSTALL.md. Without it the staff gets a list of calls to make",
        set: super::set::sms_gateway,
    },
    Setting {
        key: "alerts",
        flag: None,
        env: "JIBAN_ALERTS",
        default: "",
        expected: "the path of a file",
        about: "The file that says who is told when something is wrong with a terminal, by webhook or mail, and from when it is wrong, see docs/INSTALL.md. Without it only the admin page says so",
        set: super::set::alerts,
    },
    Setting {
        key: "statement_secret",
        flag: None,
        env: "JIBAN_STATEMENT_SECRET",
        default: "",
        expected: "the path of a file",
        about: "The file with the secret (32 characters or more) by which the services of departments know that the hall asks for a statement, see docs/STATEMENTS.md. Without it requests are not signed",
        set: super::set::statement_secret,
    },
    Setting {
        key: "trusted_proxies",
        flag: None,
        env: "JIBAN_TRUSTED_PROXIES",
        default: "",
        expected: "addresses or networks, separated by commas, such as 127.0.0.1, 10.0.0.0/8",
        about: "The proxies before this server. Only their header X-Forwarded-For says from which address a client comes; nobody else's is believed. Without it, all who come through a proxy count as one client",
        set: super::set::trusted_proxies,
    },
    Setting {
        key: "limits",
        flag: None,
        env: "JIBAN_LIMITS",
        default: "on",
        expected: "on or off",
        about: "Whether the limits below are in force. \"off\" lifts all of them, for load tests only",
        set: super::set::limits,
    },
    limit(
        "limit_connections",
        "JIBAN_LIMIT_CONNECTIONS",
        "8000",
        "Connections at once. The operating system's limit of open files must allow them",
        |settings, value| super::set::count(&mut settings.limits.connections, value),
    ),
    limit(
        "limit_connections_per_address",
        "JIBAN_LIMIT_CONNECTIONS_PER_ADDRESS",
        "2000",
        "Connections from one address at once. A hall whose phones share one address (NAT) needs two for each phone; proxies named in trusted_proxies are not counted",
        |settings, value| super::set::count(&mut settings.limits.connections_per_address, value),
    ),
    limit(
        "limit_requests_per_address",
        "JIBAN_LIMIT_REQUESTS_PER_ADDRESS",
        "600",
        "Requests of one address a second, over ten seconds: all phones of a hall ask again when a number is called",
        |settings, value| super::set::count(&mut settings.limits.requests_per_address, value),
    ),
    limit(
        "limit_idle_seconds",
        "JIBAN_LIMIT_IDLE_SECONDS",
        "60",
        "Seconds that a connection may take to send a request, or stay open without one",
        |settings, value| super::set::count(&mut settings.limits.idle_seconds, value),
    ),
    limit(
        "limit_streams",
        "JIBAN_LIMIT_STREAMS",
        "4000",
        "Phones that follow their ticket at once. A quarter as many more are kept for kiosks and displays, and a quarter for those who are signed in",
        |settings, value| super::set::count(&mut settings.limits.streams, value),
    ),
    limit(
        "limit_streams_per_address",
        "JIBAN_LIMIT_STREAMS_PER_ADDRESS",
        "1000",
        "The same from one address. Raise it if more visitors than this share one address (NAT)",
        |settings, value| super::set::count(&mut settings.limits.streams_per_address, value),
    ),
    limit(
        "limit_streams_per_page",
        "JIBAN_LIMIT_STREAMS_PER_PAGE",
        "16",
        "Streams of one ticket at once; and of one kiosk, display or clerk from one address",
        |settings, value| super::set::count(&mut settings.limits.streams_per_page, value),
    ),
    limit(
        "limit_bytes_per_second",
        "JIBAN_LIMIT_BYTES_PER_SECOND",
        "16384",
        "The least speed of whoever sends a body or reads an answer, in bytes a second",
        |settings, value| super::set::count(&mut settings.limits.bytes_per_second, value),
    ),
    limit(
        "limit_slow_seconds",
        "JIBAN_LIMIT_SLOW_SECONDS",
        "30",
        "Seconds of waiting over which that speed is measured. Who sends nothing for so long is let go of",
        |settings, value| super::set::count(&mut settings.limits.slow_seconds, value),
    ),
    limit(
        "limit_body_seconds",
        "JIBAN_LIMIT_BODY_SECONDS",
        "300",
        "Seconds in which a whole body must have arrived",
        |settings, value| super::set::count(&mut settings.limits.body_seconds, value),
    ),
    limit(
        "limit_uploads",
        "JIBAN_LIMIT_UPLOADS",
        "32",
        "Files received at once; each takes up to 10 MB of memory. A quarter of them is kept for counters",
        |settings, value| super::set::count(&mut settings.limits.uploads, value),
    ),
    limit(
        "limit_uploads_per_case",
        "JIBAN_LIMIT_UPLOADS_PER_CASE",
        "2",
        "Files that phones send for one case at once; further ones wait",
        |settings, value| super::set::count(&mut settings.limits.uploads_per_case, value),
    ),
    limit(
        "limit_uploads_per_address",
        "JIBAN_LIMIT_UPLOADS_PER_ADDRESS",
        "12",
        "Files that phones send from one address at once; further ones wait",
        |settings, value| super::set::count(&mut settings.limits.uploads_per_address, value),
    ),
    limit(
        "limit_numbers_per_kiosk",
        "JIBAN_LIMIT_NUMBERS_PER_KIOSK",
        "40",
        "Numbers a minute that one kiosk gives out; a person needs two seconds for one. Three times as many if they are asked for from several addresses",
        |settings, value| super::set::count(&mut settings.limits.numbers_per_kiosk, value),
    ),
    limit(
        "limit_numbers_per_address",
        "JIBAN_LIMIT_NUMBERS_PER_ADDRESS",
        "120",
        "Numbers a minute that are given out to one address. Raise it if more than three kiosks share one address",
        |settings, value| super::set::count(&mut settings.limits.numbers_per_address, value),
    ),
    limit(
        "limit_reprints_per_kiosk",
        "JIBAN_LIMIT_REPRINTS_PER_KIOSK",
        "20",
        "Slips that one kiosk prints again in ten minutes",
        |settings, value| super::set::count(&mut settings.limits.reprints_per_kiosk, value),
    ),
    limit(
        "limit_guides_per_kiosk",
        "JIBAN_LIMIT_GUIDES_PER_KIOSK",
        "6",
        "Guides that one kiosk prints in ten minutes",
        |settings, value| super::set::count(&mut settings.limits.guides_per_kiosk, value),
    ),
    limit(
        "limit_slips_per_kiosk",
        "JIBAN_LIMIT_SLIPS_PER_KIOSK",
        "20",
        "Slips that wait for one kiosk's printer; further numbers are given without a slip",
        |settings, value| super::set::count(&mut settings.limits.slips_per_kiosk, value),
    ),
    limit(
        "limit_waiting_per_line",
        "JIBAN_LIMIT_WAITING_PER_LINE",
        "1000",
        "Tickets that wait in one line; then it takes no more",
        |settings, value| super::set::count(&mut settings.limits.waiting_per_line, value),
    ),
    limit(
        "limit_drawings",
        "JIBAN_LIMIT_DRAWINGS",
        "2",
        "Documents drawn and hall files read at once; further ones wait",
        |settings, value| super::set::count(&mut settings.limits.drawings, value),
    ),
    limit(
        "limit_wrong_in_a_row",
        "JIBAN_LIMIT_WRONG_IN_A_ROW",
        "5",
        "Wrong tries in a row, at one case number, one pick-up code, or of one name from one address, before a wait of 30 seconds that doubles up to 15 minutes",
        |settings, value| super::set::count(&mut settings.limits.wrong_in_a_row, value),
    ),
    limit(
        "limit_wrong_finds_per_address",
        "JIBAN_LIMIT_WRONG_FINDS_PER_ADDRESS",
        "60",
        "Cases that one address may fail to find by number and last four characters, an hour",
        |settings, value| super::set::count(&mut settings.limits.wrong_finds_of_address, value),
    ),
    limit(
        "limit_wrong_finds",
        "JIBAN_LIMIT_WRONG_FINDS",
        "600",
        "The same for all addresses together. One half is kept for addresses that have found a case before, such as kiosks",
        |settings, value| super::set::count(&mut settings.limits.wrong_finds, value),
    ),
    limit(
        "limit_wrong_pick_ups_per_clerk",
        "JIBAN_LIMIT_WRONG_PICK_UPS_PER_CLERK",
        "30",
        "Wrong pick-up codes that one clerk may enter, an hour",
        |settings, value| super::set::count(&mut settings.limits.wrong_pick_ups_of_clerk, value),
    ),
    limit(
        "limit_wrong_documents_per_address",
        "JIBAN_LIMIT_WRONG_DOCUMENTS_PER_ADDRESS",
        "60",
        "Unknown verification codes that one address may enter, an hour",
        |settings, value| super::set::count(&mut settings.limits.wrong_documents_of_address, value),
    ),
    limit(
        "limit_wrong_documents",
        "JIBAN_LIMIT_WRONG_DOCUMENTS",
        "3000",
        "The same for all addresses together. One half is kept for addresses that have verified a document before",
        |settings, value| super::set::count(&mut settings.limits.wrong_documents, value),
    ),
    limit(
        "limit_wrong_proofs_per_address",
        "JIBAN_LIMIT_WRONG_PROOFS_PER_ADDRESS",
        "60",
        "Wrong pick-up codes, and cards of people the hall does not know, that one address may send to print documents, an hour",
        |settings, value| super::set::count(&mut settings.limits.wrong_proofs_of_address, value),
    ),
    limit(
        "limit_wrong_proofs",
        "JIBAN_LIMIT_WRONG_PROOFS",
        "600",
        "The same for all addresses together. One half is kept for addresses where a proof was right before, such as kiosks",
        |settings, value| super::set::count(&mut settings.limits.wrong_proofs, value),
    ),
    limit(
        "limit_wrong_tokens_per_address",
        "JIBAN_LIMIT_WRONG_TOKENS_PER_ADDRESS",
        "300",
        "Unknown tokens that one address may ask for, an hour; a token that is known is always answered",
        |settings, value| super::set::count(&mut settings.limits.wrong_tokens_of_address, value),
    ),
    limit(
        "limit_wrong_sign_ins_per_address",
        "JIBAN_LIMIT_WRONG_SIGN_INS_PER_ADDRESS",
        "100",
        "Wrong passwords from one address, or from one browser in which somebody signed in before, an hour",
        |settings, value| super::set::count(&mut settings.limits.wrong_sign_ins_of_address, value),
    ),
    limit(
        "limit_waiting_sign_ins_per_address",
        "JIBAN_LIMIT_WAITING_SIGN_INS_PER_ADDRESS",
        "64",
        "Passwords of one address that may wait to be checked at the same time",
        |settings, value| super::set::count(&mut settings.limits.hashes_of_address, value),
    ),
    limit(
        "limit_waiting_sign_ins",
        "JIBAN_LIMIT_WAITING_SIGN_INS",
        "256",
        "The same for all addresses together",
        |settings, value| super::set::count(&mut settings.limits.hashes, value),
    ),
    limit(
        "limit_failed_tries_written",
        "JIBAN_LIMIT_FAILED_TRIES_WRITTEN",
        "120",
        "Failed tries written to the trail one by one, an hour, for each way in. Those beyond are summed up in one event a minute",
        |settings, value| super::set::count(&mut settings.limits.failed_tries_written, value),
    ),
];

/// A bound of what clients may use, see [`crate::limits::Limits`].
const fn limit(
    key: &'static str,
    env: &'static str,
    default: &'static str,
    about: &'static str,
    set: fn(&mut Settings, &str) -> Option<()>,
) -> Setting {
    let expected = "a whole number from 1 to 1000000";
    Setting { key, flag: None, env, default, expected, about, set }
}

/// The help text of a setting.
///
/// # Panics
/// If there is no such setting, which a test would find.
pub fn help(key: &str) -> String {
    let Some(setting) = LIST.iter().find(|setting| setting.key == key) else {
        panic!("there is no setting {key}")
    };
    let default = match setting.default {
        "" | "false" => String::new(),
        default => format!("default: {default}; "),
    };
    format!("{} [{default}environment: {}]", setting.about, setting.env)
}

/// The list as a Markdown table, for `docs/SETTINGS.md` and `jiban settings`.
pub fn table() -> String {
    let mut table = String::from(
        "| in the file | flag | environment | default | meaning |\n|---|---|---|---|---|\n",
    );
    for &Setting { key, flag, env, default, expected, about, .. } in LIST {
        let code =
            |text: &str| if text.is_empty() { "—".to_owned() } else { format!("`{text}`") };
        let (flag, default) = (code(flag.unwrap_or_default()), code(default));
        // Writing to a string cannot fail.
        let _ = writeln!(
            table,
            "| `{key}` | {flag} | `{env}` | {default} | {about}. Expected: {expected} |"
        );
    }
    table
}
