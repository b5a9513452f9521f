//! The program measured: a child process of the release build.

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::client::Connection;

/// The password of the demo's clerks during the run.
pub const PASSWORD: &str = "measured-in-the-same-run";

/// The program to measure, and the folder of its databases.
#[derive(Debug)]
pub struct Workplace {
    jiban: PathBuf,
    folder: TempDir,
}

impl Workplace {
    /// Makes a folder of its own on `disk`, which is removed at the end.
    pub fn new(jiban: PathBuf, disk: &Path) -> Result<Self> {
        fs::create_dir_all(disk)?;
        let folder = tempfile::Builder::new()
            .prefix("bench-")
            .tempdir_in(disk)
            .with_context(|| format!("{}", disk.display()))?;
        let workplace = Self { jiban, folder };
        if workplace.disk() == "tmpfs" {
            bail!(
                "{} is a tmpfs, which never waits for a disk; choose another with --disk",
                disk.display()
            );
        }
        Ok(workplace)
    }

    /// The file system the databases are on.
    pub fn disk(&self) -> String {
        let folder = self.folder.path().canonicalize().unwrap_or_default();
        let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
        mounts
            .lines()
            .filter_map(|line| {
                let mut words = line.split(' ').skip(1);
                Some((words.next()?, words.next()?))
            })
            .filter(|(at, _)| folder.starts_with(at))
            .max_by_key(|(at, _)| at.len())
            .map_or_else(|| "an unknown file system".to_owned(), |(_, kind)| kind.to_owned())
    }

    /// The path of a new database.
    pub fn database(&self, name: &str) -> PathBuf {
        self.folder.path().join(format!("{name}.db"))
    }

    /// Serves a database. An empty one is seeded with the demo hall.
    pub async fn serve(&self, database: &Path) -> Result<Server> {
        let address = free_address()?;
        let mut serve = Command::new(&self.jiban);
        serve
            .current_dir(self.folder.path())
            .args(["serve", "--demo", "--db"])
            .arg(database)
            .args(["--listen", &address.to_string()])
            .env("JIBAN_DEMO_PASSWORD", PASSWORD)
            // One machine plays a full hall.
            .env("JIBAN_LIMITS", "off");
        Server::start(serve, address, "/healthz").await
    }

    /// Runs the terminal of kiosk K1 of a server, which may be away; with a browser, if one is
    /// given, as on a kiosk's machine but without a screen.
    pub async fn terminal(&self, server: SocketAddr, browser: Option<&str>) -> Result<Server> {
        let address = free_address()?;
        let mut terminal = Command::new(&self.jiban);
        terminal
            .current_dir(self.folder.path())
            .args(["terminal", "--kiosk", "K1", "--store", "kiosk.db"])
            .args(["--listen", &address.to_string()])
            .arg(format!("--server=http://{server}"));
        match browser {
            Some(browser) => terminal.args(["--browser", browser]).arg(
                "--browser-flags=--headless=new --no-sandbox --disable-gpu --window-size=1080,1920",
            ),
            None => terminal.arg("--no-browser"),
        };
        Server::start(terminal, address, "/healthz").await
    }

    /// Serves a constant, in a process of its own like the program measured.
    pub async fn constant(&self) -> Result<Server> {
        let address = free_address()?;
        let mut serve = Command::new(std::env::current_exe()?);
        serve.args(["constant", &address.to_string()]);
        Server::start(serve, address, "/").await
    }
}

fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?)
}

/// A running server. It is killed when dropped.
#[derive(Debug)]
pub struct Server {
    process: Child,
    pub address: SocketAddr,
}

impl Server {
    async fn start(mut command: Command, address: SocketAddr, health: &str) -> Result<Self> {
        let process = command
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()
            .with_context(|| format!("{}", command.get_program().display()))?;
        let mut server = Self { process, address };
        for _ in 0..3_000 {
            if let Some(status) = server.process.try_wait()? {
                bail!("the server ended during its start: {status}");
            }
            if let Ok(mut connection) = Connection::open(address).await
                && connection.get(health, "").await.is_ok_and(|answer| answer.status == 200)
            {
                return Ok(server);
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        bail!("the server did not answer within a minute")
    }

    /// Resident memory in megabytes: now, and its peak.
    pub fn resident(&self) -> Result<(f64, f64)> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let megabytes = |key: &str| -> Result<f64> {
            let line = status.lines().find_map(|line| line.strip_prefix(key));
            let kilobytes: f64 = line
                .and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok())
                .with_context(|| format!("no {key} in /proc"))?;
            Ok(kilobytes / 1024.0)
        };
        Ok((megabytes("VmRSS:")?, megabytes("VmHWM:")?))
    }

    /// Stops it with SIGINT, and waits until it has ended.
    pub fn stop(mut self) -> Result<()> {
        // The standard library can only kill; with SIGINT the server closes its database.
        let asked = Command::new("kill").args(["-INT", &self.process.id().to_string()]).status()?;
        if asked.success() {
            self.process.wait()?;
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Mostly it has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
