//! The command line: the arguments of each command. What the commands do is in
//! [`crate::commands`].

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::settings::{Flags, help};

/// `jiban …`
#[derive(Debug, Parser)]
#[command(
    name = "jiban",
    version,
    about = "即办 Jiban: a public service hall in one program: kiosks, counters, displays, phones.",
    after_help = "First steps:\n  \
        jiban serve --demo           a demo hall at http://127.0.0.1:3000\n  \
        jiban import hall.toml       your own hall, from a hall file\n  \
        jiban password admin         a password for the administrator\n\n\
        Settings can also be given in jiban.toml or in the environment: see \"jiban settings\".",
    arg_required_else_help = true
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the hall: pages for kiosks, counters, displays and phones, and the API
    #[command(
        long_about = "Serves the hall: pages for kiosks, counters, displays and phones, and the \
            API they use. Creates the database if it is missing. Stops on Ctrl-C or SIGTERM \
            after answering pending requests.\n\n\
            Only one server can use a database; a second one reports that and exits."
    )]
    Serve(Serve),
    /// Run a kiosk's own terminal: its page, numbers and printer, with or without the server
    #[command(
        long_about = "Runs on a kiosk's own machine. It serves the kiosk's page there, passes its \
            calls on to the hall's server, prints slips on the kiosk's printer, and goes on giving \
            numbers while the server is away. What must not be lost is in its store. Each flag \
            can also be a variable: JIBAN_SERVER, JIBAN_KIOSK and so on.\n\n\
            The key that the server gives it is kept beside the store, in a file that only this \
            user may read."
    )]
    Terminal(Terminal),
    /// Write a file that a terminal's machine needs: jiban-terminal.service, sway.conf, cage.conf
    MachineFile {
        /// Its name
        name: String,
    },
    /// Import a hall file: halls, lines, matters, counters, kiosks, clerks
    #[command(
        long_about = "Imports a hall file: halls, lines, matters, counters, kiosks, clerks. It \
            replaces the existing setup; tickets and passwords are kept.\n\n\
            A file with faults, or one that would strand waiting tickets, changes nothing; \
            every fault is listed with its line. While a server is running, import on the \
            admin page instead."
    )]
    Import(Import),
    /// Import the records from which a statement is printed
    #[command(
        long_about = "Imports the records of a statement that people print by themselves, from a \
            CSV file of its department (UTF-8 or GB 18030). The heading names the columns number \
            and name, and those of the statement in the hall file; see docs/STATEMENTS.md. The \
            new records replace those before.\n\n\
            A file with faults changes nothing; every fault is listed with its line and column. \
            It cannot be used while a server is running."
    )]
    ImportRecords(ImportRecords),
    /// Export the hall as a hall file
    #[command(
        long_about = "Prints the hall as a hall file for \"jiban import\". It does not contain \
            passwords. Can be used while a server is running."
    )]
    Export(DatabaseArgs),
    /// Verify the audit trail and report the first changed row
    #[command(
        long_about = "Verifies the audit trail: each event contains a hash over itself and the event \
            before, so that a changed, removed or inserted row is detected. Reports the first \
            bad row and exits with code 1, or reports the number of rows. Can be used while a \
            server is running."
    )]
    Check(DatabaseArgs),
    /// Back up the database to a new file
    #[command(
        long_about = "Copies the database to a new file, complete and consistent, even while a server \
            is running. The copy is an ordinary database: it can replace a lost one, or be \
            verified with \"jiban check --db\". An existing file is not overwritten."
    )]
    Backup(Backup),
    /// Encrypt all personal data with a new key
    #[command(
        long_about = "Creates a new key, encrypts all names, numbers and files with it, and removes \
            the old key. If it is interrupted, run it again to continue. It cannot be used while \
            a server is running. Make a new copy of the key file afterwards; older backups need \
            the old key."
    )]
    Key(DatabaseArgs),
    /// Set the password of a clerk
    #[command(
        long_about = "Sets the password of a clerk in the hall file. The password is typed without \
            being shown, or read from the first line of standard input. The clerk is signed out \
            everywhere. While a server is running, set it on the admin page instead."
    )]
    Password(Password),
    /// Show whether the hall believes the machine's clock, or say that it is right
    #[command(
        long_about = "Shows the machine's clock and the time of the last event, and whether the hall \
            doubts the clock: it does if the clock is behind the last event, or more than 25 days \
            ahead. While it does, nothing is cancelled, erased or decided by time.\n\n\
            A clock that is wrong is set right on the machine; the hall then goes on by itself. \
            With --accept you say that the clock is right, for example after the hall was closed \
            for months. While a server is running, do that on the admin page instead."
    )]
    Clock(ClockArgs),
    /// List all settings with their keys, flags, variables, defaults and meanings
    Settings,
    /// The server runs this in another process, see [`crate::uploads::pdf`]
    #[command(hide = true)]
    DrawPage {
        /// Counted from 1.
        page: u32,
        /// The longer side of its picture, in pixels.
        side: u32,
    },
}

/// The arguments of `jiban serve`.
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    database: DatabaseArgs,
    #[arg(long, value_name = "ADDRESS", help = help("listen"))]
    listen: Option<String>,
    #[arg(long, value_name = "URL", help = help("public_url"))]
    public_url: Option<String>,
    #[arg(long, value_name = "HOSTS", help = help("hosts"))]
    hosts: Option<String>,
    #[arg(long, value_name = "FILE", help = help("tls_cert"))]
    tls_cert: Option<String>,
    #[arg(long, value_name = "FILE", help = help("tls_key"))]
    tls_key: Option<String>,
    #[arg(long, help = help("demo"))]
    demo: bool,
}

/// The arguments of `jiban terminal`.
#[derive(Debug, Args)]
pub struct Terminal {
    #[arg(
        long,
        value_name = "URL",
        env = "JIBAN_SERVER",
        help = "The hall's server, such as http://10.0.0.2:3000"
    )]
    pub(crate) server: String,
    /// The kiosk that this machine is, by its id in the hall file
    #[arg(long, value_name = "ID", env = "JIBAN_KIOSK")]
    pub(crate) kiosk: String,
    /// The address of the kiosk's page. Only this machine needs it
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "JIBAN_TERMINAL_LISTEN",
        default_value = "127.0.0.1:3080"
    )]
    pub(crate) listen: SocketAddr,
    /// What must not be lost; made if it is missing
    #[arg(long, value_name = "FILE", env = "JIBAN_STORE", default_value = "data/terminal.db")]
    pub(crate) store: PathBuf,
    /// Start no browser
    #[arg(long, env = "JIBAN_NO_BROWSER")]
    pub(crate) no_browser: bool,
    /// The browser, where it is not Chromium of the system
    #[arg(long, value_name = "PROGRAM", env = "JIBAN_BROWSER")]
    pub(crate) browser: Option<PathBuf>,
    /// Further flags for the browser, with spaces between them
    #[arg(
        long,
        value_name = "FLAGS",
        env = "JIBAN_BROWSER_FLAGS",
        default_value = "",
        allow_hyphen_values = true,
        hide_default_value = true
    )]
    pub(crate) browser_flags: String,
    /// The megabytes at which the browser is started again between two visitors
    #[arg(long, value_name = "MB", env = "JIBAN_BROWSER_MEMORY", default_value_t = 1500)]
    pub(crate) browser_memory: u64,
    /// A command that turns the screen off, run when the page rests at night
    #[arg(long, value_name = "COMMAND", env = "JIBAN_REST_COMMAND")]
    pub(crate) rest_command: Option<String>,
    /// The printer, where it is not that of the hall file: host:port, /dev/usb/lp0, or
    /// /dev/ttyUSB0 with its speed, as /dev/ttyUSB0,19200
    #[arg(long, value_name = "PRINTER", env = "JIBAN_PRINTER")]
    pub(crate) printer: Option<String>,
    /// The certificate in PEM that signs the server's, where this machine does not know it
    #[arg(long, value_name = "FILE", env = "JIBAN_CA")]
    pub(crate) ca: Option<PathBuf>,
}

/// The arguments of `jiban import`.
#[derive(Debug, Args)]
pub struct Import {
    /// The hall file (TOML); "-" reads standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// The arguments of `jiban import-records`.
#[derive(Debug, Args)]
pub struct ImportRecords {
    /// The id of the hall
    #[arg(long, value_name = "HALL")]
    pub(crate) hall: String,
    /// The id of the statement in the hall file
    #[arg(long, value_name = "ID")]
    pub(crate) statement: String,
    /// The records (CSV)
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// The arguments of `jiban backup`.
#[derive(Debug, Args)]
pub struct Backup {
    /// The copy
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// The arguments of `jiban password`.
#[derive(Debug, Args)]
pub struct Password {
    /// The name with which the clerk signs in
    #[arg(value_name = "NAME")]
    pub(crate) clerk: String,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// The arguments of `jiban clock`.
#[derive(Debug, Args)]
pub struct ClockArgs {
    /// The machine's clock is right: go by it
    #[arg(long)]
    pub(crate) accept: bool,
    #[command(flatten)]
    database: DatabaseArgs,
}

const CONFIG_HELP: &str =
    "The settings file [default: jiban.toml, if it exists; environment: JIBAN_CONFIG]";

/// The flags of every command that opens a database.
#[derive(Debug, Args)]
pub struct DatabaseArgs {
    #[arg(long, value_name = "FILE", help = help("db"))]
    db: Option<String>,
    #[arg(long, value_name = "FILE", help = help("key"))]
    key: Option<String>,
    #[arg(long, value_name = "FILE", help = CONFIG_HELP)]
    config: Option<PathBuf>,
}

impl Command {
    /// The settings given by flags.
    pub fn flags(&self) -> Flags {
        match self {
            Self::Serve(serve) => {
                let mut flags = serve.database.flags();
                let given = [
                    ("listen", &serve.listen),
                    ("public_url", &serve.public_url),
                    ("hosts", &serve.hosts),
                    ("tls_cert", &serve.tls_cert),
                    ("tls_key", &serve.tls_key),
                ];
                flags.given.extend(
                    given.into_iter().filter_map(|(key, value)| Some((key, value.clone()?))),
                );
                if serve.demo {
                    flags.given.push(("demo", "true".to_owned()));
                }
                flags
            }
            Self::Import(Import { database, .. })
            | Self::ImportRecords(ImportRecords { database, .. })
            | Self::Backup(Backup { database, .. })
            | Self::Password(Password { database, .. })
            | Self::Clock(ClockArgs { database, .. })
            | Self::Export(database)
            | Self::Key(database)
            | Self::Check(database) => database.flags(),
            Self::Settings
            | Self::Terminal(_)
            | Self::MachineFile { .. }
            | Self::DrawPage { .. } => Flags::default(),
        }
    }
}

impl DatabaseArgs {
    fn flags(&self) -> Flags {
        let given = [("db", &self.db), ("key", &self.key)];
        let given = given.into_iter().filter_map(|(key, value)| Some((key, value.clone()?)));
        Flags { config: self.config.clone(), given: given.collect() }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::settings::{LIST, Settings};

    fn settings(line: &str) -> Settings {
        let cli = Cli::try_parse_from(line.split(' ')).unwrap_or_else(|error| panic!("{error}"));
        let nothing = |_: &str| None;
        // The folder of the test has no jiban.toml.
        Settings::read(&cli.command.flags(), nothing).unwrap()
    }

    #[test]
    fn the_command_line_is_valid() {
        Cli::command().debug_assert();
    }

    #[test]
    fn flags_become_settings() {
        let serve = settings(
            "jiban serve --db /tmp/a.db --key /tmp/b.key --listen 0.0.0.0:80 --demo --public-url http://hall",
        );
        assert_eq!(serve.db, PathBuf::from("/tmp/a.db"));
        assert_eq!(serve.key_file(), PathBuf::from("/tmp/b.key"));
        assert_eq!(serve.listen.port(), 80);
        assert_eq!(serve.public_url.as_deref(), Some("http://hall"));
        assert!(serve.demo);
        assert!(!settings("jiban serve").demo);
        for command in [
            "import f",
            "import-records --hall h --statement s f",
            "export",
            "check",
            "key",
            "backup f",
            "password clerk1",
            "clock",
        ] {
            let line = format!("jiban {command} --db other.db");
            assert_eq!(settings(&line).db, PathBuf::from("other.db"), "{line}");
        }
    }

    #[test]
    fn every_flag_of_the_list_is_one_of_serve() {
        let command = Cli::command();
        let serve = command.find_subcommand("serve").unwrap();
        for flag in LIST.iter().filter_map(|setting| setting.flag) {
            let long = flag.trim_start_matches("--");
            assert!(serve.get_arguments().any(|known| known.get_long() == Some(long)), "{flag}");
        }
    }
}
