//! The command line. What each command does is in its file of
//! [`crate::commands`]; this is only how it is asked for.

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
        jiban serve --demo           a hall to try, at http://127.0.0.1:3000\n  \
        jiban import hall.toml       your own hall, from a hall file\n  \
        jiban password admin         a password for whoever sets it up\n\n\
        Settings may also stand in jiban.toml or the environment: see \"jiban settings\".",
    arg_required_else_help = true
)]
pub struct Cli {
    /// What is to be done.
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can be asked to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the hall: pages for kiosks, counters, displays and phones, and the API
    #[command(
        long_about = "Serves the hall: pages for kiosks, counters, displays and phones, and the \
            API they use. Makes the database where there is none. Ends at Ctrl-C or SIGTERM, \
            after what was asked has been answered.\n\n\
            One database is served by one server; a second one says so and ends."
    )]
    Serve(Serve),
    /// Take a hall file over: halls, lines, matters, counters, kiosks, clerks
    #[command(
        long_about = "Takes a hall file over: halls, lines, matters, counters, kiosks, clerks. It \
            replaces the description there was; tickets and passwords stay.\n\n\
            A file that is not right, or that would strand tickets still waiting, changes \
            nothing; every fault is listed with its line. While the hall is being served, \
            import on the admin page instead."
    )]
    Import(Import),
    /// Print the hall as a hall file
    #[command(
        long_about = "Prints the hall as a hall file, which \"jiban import\" takes over. Passwords \
            are not part of it. May be used while the hall is being served."
    )]
    Export(On),
    /// Walk the trail of events and name the first row that was changed
    #[command(
        long_about = "Walks the trail: each event holds a hash over itself and the one before, so \
            that a row changed, taken out or put in shows. Says the first bad row and ends with \
            exit code 1; else says how many rows were looked at. May be used while the hall is \
            being served."
    )]
    Check(On),
    /// Copy the database into a new file, also while it is being served
    #[command(
        long_about = "Copies the database into a new file, whole and as of one moment, also while \
            it is being served. The copy is a database like any other: put it in place of a lost \
            one, or \"jiban check --db\" it. A file that is there already is left as it is."
    )]
    Backup(Backup),
    /// Seal every name and paper with a new key
    #[command(
        long_about = "Makes a new key, seals every name, number and paper with it, and lets go of \
            the old one. Stopped halfway, it goes on where it was. Not while the hall is being \
            served. Afterwards keep a new copy of the key file; backups made before open with \
            the old one."
    )]
    Key(On),
    /// Give a clerk a new password
    #[command(
        long_about = "Gives a clerk of the hall file a new password, which is asked for without \
            showing it, or read from the first line of standard input. Wherever that clerk is \
            signed in, they are signed out. While the hall is being served, set it on the admin \
            page instead."
    )]
    Password(Password),
    /// List every setting: its key, flag, variable, default and meaning
    Settings,
    /// What the server asks of itself in another process, see [`crate::uploads::pdf`]
    #[command(hide = true)]
    FirstPage,
}

/// The flags of `jiban serve`.
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    on: On,
    #[arg(long, value_name = "ADDRESS", help = help("listen"))]
    listen: Option<String>,
    #[arg(long, value_name = "URL", help = help("public_url"))]
    public_url: Option<String>,
    #[arg(long, help = help("demo"))]
    demo: bool,
}

/// What `jiban import` is told.
#[derive(Debug, Args)]
pub struct Import {
    /// The hall file (TOML); "-" reads standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    on: On,
}

/// What `jiban backup` is told.
#[derive(Debug, Args)]
pub struct Backup {
    /// The copy
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    on: On,
}

/// What `jiban password` is told.
#[derive(Debug, Args)]
pub struct Password {
    /// The name the clerk signs in with
    #[arg(value_name = "NAME")]
    pub(crate) clerk: String,
    #[command(flatten)]
    on: On,
}

const CONFIG_HELP: &str =
    "The settings file [default: jiban.toml, where there is one; environment: JIBAN_CONFIG]";

/// The flags of every command that opens a database.
#[derive(Debug, Args)]
pub struct On {
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
                let mut flags = serve.on.flags();
                let given = [("listen", &serve.listen), ("public_url", &serve.public_url)];
                flags.given.extend(
                    given.into_iter().filter_map(|(key, value)| Some((key, value.clone()?))),
                );
                if serve.demo {
                    flags.given.push(("demo", "true".to_owned()));
                }
                flags
            }
            Self::Import(Import { on, .. })
            | Self::Backup(Backup { on, .. })
            | Self::Password(Password { on, .. })
            | Self::Export(on)
            | Self::Key(on)
            | Self::Check(on) => on.flags(),
            Self::Settings | Self::FirstPage => Flags::default(),
        }
    }
}

impl On {
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
        // The test's own folder has no jiban.toml.
        Settings::read(&cli.command.flags(), nothing).unwrap()
    }

    #[test]
    fn the_command_line_is_sound() {
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
        for command in ["import f", "export", "check", "key", "backup f", "password clerk1"] {
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
