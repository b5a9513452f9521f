//! Changes over to a newer program. Whoever updates a terminal puts the new program in the place
//! of the old one; the old one sees that and ends, as soon as nobody is there, and systemd starts
//! the new one. So no update takes the screen from a visitor.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use jiban_domain::terminal_event::TerminalEventKind;
use rustix::process::{Signal, getpid, kill_process};
use tokio::process::Command;
use tokio::time::{Instant, sleep, timeout};

use super::Terminal;
use super::browser::NOBODY;
use super::page::PageSigns;

/// How often the program's file is looked at.
const LOOK: Duration = Duration::from_secs(2);
/// A page that said nothing for so long serves nobody.
const NO_PAGE: Duration = Duration::from_mins(1);
/// A program that runs has said its version within this.
const ANSWER: Duration = Duration::from_secs(10);

/// Runs until it is dropped, or until it has begun the program's end.
pub(super) async fn run(terminal: Arc<Terminal>) {
    // Where systemd does not listen, nobody would start the new program.
    if std::env::var_os("NOTIFY_SOCKET").is_none() {
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    let Some(began_as) = ProgramFile::at(&program) else { return };
    let mut place = ProgramPlace { began_as, last: Some(began_as) };
    let mut tried = None;
    loop {
        sleep(LOOK).await;
        let Some(newer) = place.newer(ProgramFile::at(&program)) else { continue };
        if !matches!(&tried, Some((file, _)) if *file == newer) {
            let version = try_out(&program).await;
            if let Err(why) = &version {
                tracing::error!("the program at {} does not run: {why}", program.display());
                terminal.note(TerminalEventKind::UpdateFailed, why).await;
            }
            tried = Some((newer, version));
        }
        let Some((_, Ok(version))) = &tried else { continue };
        let is_printing = terminal.queued_slips() > 0;
        if is_printing || !nobody_is_there(&terminal.page.signs(), Instant::now()) {
            continue;
        }
        terminal.note(TerminalEventKind::Updated, version).await;
        // It ends as systemd would end it: what is answered is answered to its end.
        match kill_process(getpid(), Signal::TERM) {
            Ok(()) => return,
            Err(error) => tracing::error!("the program cannot end itself: {error}"),
        }
    }
}

/// A file with a program, told apart from others at the same place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ProgramFile {
    device: u64,
    inode: u64,
    bytes: u64,
    /// Seconds and nanoseconds.
    modified: (i64, i64),
}

impl ProgramFile {
    /// None where no file can be run, as while one is being written.
    fn at(place: &Path) -> Option<Self> {
        let file = fs::metadata(place).ok()?;
        let can_run = file.is_file() && file.mode() & 0o111 != 0;
        can_run.then(|| Self {
            device: file.dev(),
            inode: file.ino(),
            bytes: file.len(),
            modified: (file.mtime(), file.mtime_nsec()),
        })
    }
}

/// The place that the program was started from.
#[derive(Debug)]
struct ProgramPlace {
    began_as: ProgramFile,
    /// At the last look.
    last: Option<ProgramFile>,
}

impl ProgramPlace {
    /// Another file than the one that runs, once it has stayed the same for two looks: before,
    /// it may be half of a copy.
    fn newer(&mut self, now: Option<ProgramFile>) -> Option<ProgramFile> {
        let before = std::mem::replace(&mut self.last, now);
        now.filter(|file| before == now && *file != self.began_as)
    }
}

/// Whether no visitor would lose anything.
fn nobody_is_there(signs: &PageSigns, now: Instant) -> bool {
    let is_silent = signs.heard.is_none_or(|heard| now - heard >= NO_PAGE);
    is_silent || (signs.is_idle() && signs.idle >= NOBODY)
}

/// Lets a program say its version. One that was built for another machine must not take the place
/// of one that serves.
async fn try_out(program: &Path) -> Result<String, String> {
    let mut command = Command::new(program);
    command.arg("--version").stdin(Stdio::null()).kill_on_drop(true);
    let said = timeout(ANSWER, command.output()).await;
    let said =
        said.map_err(|_| "it does not end".to_owned())?.map_err(|error| error.to_string())?;
    if said.status.success() {
        return Ok(first_line(&said.stdout));
    }
    Err(format!("{}: {}", said.status, first_line(&said.stderr)))
}

/// What an event can hold of what a program said.
fn first_line(said: &[u8]) -> String {
    let said = String::from_utf8_lossy(said);
    said.lines().next().unwrap_or_default().chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn put(place: &Path, content: &str, mode: u32) {
        let part = place.with_extension("part");
        fs::write(&part, content).unwrap();
        fs::set_permissions(&part, fs::Permissions::from_mode(mode)).unwrap();
        fs::rename(&part, place).unwrap();
    }

    #[test]
    fn a_program_that_was_replaced_is_newer_once_it_stays_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("jiban");
        put(&program, "old", 0o755);
        let began_as = ProgramFile::at(&program).unwrap();
        let mut place = ProgramPlace { began_as, last: Some(began_as) };
        assert_eq!(place.newer(ProgramFile::at(&program)), None);
        put(&program, "new", 0o755);
        assert_eq!(place.newer(ProgramFile::at(&program)), None, "it may still be copied");
        assert_eq!(place.newer(ProgramFile::at(&program)), ProgramFile::at(&program));
        put(&program, "newer yet", 0o644);
        for _ in 0..2 {
            assert_eq!(place.newer(ProgramFile::at(&program)), None, "it cannot be run");
        }
        fs::remove_file(&program).unwrap();
        for _ in 0..2 {
            assert_eq!(place.newer(ProgramFile::at(&program)), None);
        }
    }

    #[test]
    fn the_screen_is_taken_from_nobody() {
        let now = Instant::now() + NO_PAGE;
        let signs = |shows: &str, idle, silent| PageSigns {
            heard: Some(now - Duration::from_secs(silent)),
            shows: shows.to_owned(),
            idle: Duration::from_secs(idle),
            ..PageSigns::default()
        };
        for (shows, idle, silent, nobody) in [
            ("home", 20, 3, true),
            ("resting", 3_600, 3, true),
            ("blocked", 20, 3, true),
            ("home", 19, 3, false),
            ("visit", 0, 3, false),
            ("visit", 300, 59, false),
            ("visit", 0, 60, true),
        ] {
            let signs = signs(shows, idle, silent);
            assert_eq!(nobody_is_there(&signs, now), nobody, "{signs:?}");
        }
        assert!(nobody_is_there(&PageSigns::default(), now), "no page was ever there");
    }

    #[tokio::test]
    async fn a_program_that_does_not_run_is_told_apart() {
        assert!(try_out(Path::new("/bin/true")).await.is_ok());
        assert!(try_out(Path::new("/bin/false")).await.is_err());
        assert!(try_out(Path::new("/dev/null")).await.is_err());
    }
}
