//! Chromium's process: how it is started, what it uses, how it is ended.

use std::fs;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream as Socket;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use command_fds::{CommandFdExt, FdMapping};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use tokio::net::UnixStream;
use tokio::process::{Child, ChildStderr, Command};

/// One page on the whole screen, and nothing beside it: no first run, no bubbles, no menus by
/// gestures, nothing that is loaded or told in the background.
const FLAGS: [&str; 23] = [
    "--kiosk",
    "--kiosk-printing",
    "--incognito",
    "--noerrdialogs",
    "--no-first-run",
    "--no-default-browser-check",
    "--hide-crash-restore-bubble",
    "--disable-pinch",
    "--overscroll-history-navigation=0",
    "--disable-features=Translate,OverscrollHistoryNavigation,MediaRouter,OptimizationHints",
    "--password-store=basic",
    "--disable-component-update",
    "--disable-background-networking",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-notifications",
    // The page speaks when it has something to say, and asks for the camera when a visitor does.
    "--autoplay-policy=no-user-gesture-required",
    "--auto-accept-camera-and-microphone-capture",
    // A screen that rests hides the page, which must go on giving signs.
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    // Its own memory of files is of no use: they come from this machine.
    "--disk-cache-size=1",
    "--remote-debugging-pipe",
];

/// Where Debian and others install it.
const PROGRAMS: [&str; 4] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// How the browser is started.
#[derive(Debug, Clone)]
pub struct BrowserSettings {
    /// The program; the first of the usual names that is found, where nothing is said.
    pub program: Option<PathBuf>,
    /// Further flags.
    pub flags: Vec<String>,
    /// Its profile; emptied before each start, so nothing of a visitor outlives the browser.
    pub profile: PathBuf,
    /// Bytes of memory at which it is started again between two visitors.
    pub most_memory: u64,
    /// Turns the screen off when the page rests.
    pub rest_command: Option<String>,
}

/// A browser that runs.
pub struct Browser {
    child: Child,
    pid: Pid,
}

/// A browser that was started: its two ends that the watch listens to.
pub struct Started {
    pub browser: Browser,
    /// Its remote control (the protocol of its developer tools), by a pipe that nobody else has.
    pub control: UnixStream,
    /// What it complains of.
    pub complaints: Option<ChildStderr>,
}

impl Browser {
    /// Starts it at an address.
    ///
    /// # Errors
    /// No such program, or the profile's folder cannot be made.
    pub fn start(settings: &BrowserSettings, address: &str) -> io::Result<Started> {
        end_forgotten(&settings.profile);
        if settings.profile.exists() {
            fs::remove_dir_all(&settings.profile)?;
        }
        fs::create_dir_all(&settings.profile)?;
        let program = settings.program.clone().or_else(installed).ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::NotFound,
                "no Chromium is installed; name another program by --browser",
            )
        })?;
        let (ours, theirs) = Socket::pair()?;
        ours.set_nonblocking(true)?;
        let mut command = Command::new(program);
        command.args(FLAGS).args(&settings.flags);
        if std::env::var_os("WAYLAND_DISPLAY").is_some() {
            command.arg("--ozone-platform=wayland");
        }
        command.arg(format!("--user-data-dir={}", settings.profile.display()));
        command.arg(address);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        // With its helpers, which are ended with it.
        command.process_group(0).kill_on_drop(true);
        let reads = OwnedFd::from(theirs.try_clone()?);
        let writes = OwnedFd::from(theirs);
        command
            .fd_mappings(vec![
                FdMapping { parent_fd: reads, child_fd: 3 },
                FdMapping { parent_fd: writes, child_fd: 4 },
            ])
            .map_err(io::Error::other)?;
        let mut child = command.spawn()?;
        // Holds their end of the pipe: dropped, so that it ends with the browser.
        drop(command);
        let pid = child.id().and_then(|id| Pid::from_raw(id.cast_signed()));
        let pid = pid.ok_or_else(|| io::Error::other("the browser ended at once"))?;
        let complaints = child.stderr.take();
        let control = UnixStream::from_std(ours)?;
        Ok(Started { browser: Self { child, pid }, control, complaints })
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Bytes of memory that it and its helpers have for themselves.
    pub fn memory(&self) -> u64 {
        family(self.pid.as_raw_pid()).into_iter().map(own_memory).sum()
    }

    /// Ends it and its helpers at once: it has nothing to save.
    pub async fn end(mut self) {
        let _ = kill_process_group(self.pid, Signal::KILL);
        let _ = self.child.kill().await;
    }
}

/// A browser of an earlier run that was killed goes on without a watch, and keeps the profile.
fn end_forgotten(profile: &Path) {
    // Chromium's lock names the process: `host-1234`.
    let Ok(lock) = fs::read_link(profile.join("SingletonLock")) else { return };
    let lock = lock.to_string_lossy().into_owned();
    let Some(pid) = lock.rsplit('-').next().and_then(|pid| pid.parse::<i32>().ok()) else { return };
    // The number may be another process's by now.
    let started_with = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    let ours = String::from_utf8_lossy(&started_with).contains(&*profile.to_string_lossy());
    if let Some(pid) = Pid::from_raw(pid).filter(|_| ours) {
        let _ = kill_process_group(pid, Signal::KILL);
        let _ = kill_process(pid, Signal::KILL);
    }
}

fn installed() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    PROGRAMS.iter().find_map(|name| {
        folders.iter().map(|folder| folder.join(name)).find(|program| program.is_file())
    })
}

/// A process and all that it started.
fn family(root: i32) -> Vec<i32> {
    let mut parents = Vec::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse::<i32>().ok()) else {
            continue;
        };
        let Ok(stat) = fs::read_to_string(format!("/proc/{pid}/stat")) else { continue };
        // After the name in parentheses, which may hold anything: the state, then the parent.
        let parent = stat.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(1));
        if let Some(parent) = parent.and_then(|parent| parent.parse::<i32>().ok()) {
            parents.push((pid, parent));
        }
    }
    let mut family = vec![root];
    let mut next = 0;
    while let Some(one) = family.get(next).copied() {
        family.extend(parents.iter().filter(|(_, parent)| *parent == one).map(|(pid, _)| *pid));
        next += 1;
    }
    family
}

/// Bytes in memory that a process shares with no other file or process.
fn own_memory(pid: i32) -> u64 {
    let pages = fs::read_to_string(format!("/proc/{pid}/statm")).unwrap_or_default();
    let mut pages = pages.split_whitespace().skip(1).map(|n| n.parse::<u64>().unwrap_or_default());
    let (resident, shared) = (pages.next().unwrap_or_default(), pages.next().unwrap_or_default());
    resident.saturating_sub(shared) * rustix::param::page_size() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_a_process_started_counts_with_it() {
        let mut shell = Command::new("sh")
            .args(["-c", "sleep 60 & sleep 60"])
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let pid = shell.id().unwrap().cast_signed();
        while family(pid).len() < 3 {
            tokio::task::yield_now().await;
        }
        assert!(family(pid).into_iter().map(own_memory).sum::<u64>() > 0);
        kill_process_group(Pid::from_raw(pid).unwrap(), Signal::KILL).unwrap();
        shell.wait().await.unwrap();
    }

    #[test]
    fn a_lock_that_names_a_strange_process_ends_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let own = std::process::id();
        std::os::unix::fs::symlink(format!("kiosk-{own}"), folder.path().join("SingletonLock"))
            .unwrap();
        // It would end this test.
        end_forgotten(folder.path());
    }
}
