//! A small disk of its own for a program, which a test fills up and empties.

use std::path::{Path, PathBuf};

use hyper::StatusCode;
use serde_json::json;
use tempfile::TempDir;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Child;

use super::{House, issue};

pub struct SmallDisk {
    _folder: TempDir,
    place: PathBuf,
    mount: String,
}

impl SmallDisk {
    pub fn of_mebibytes(size: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("small");
        std::fs::create_dir(&place).unwrap();
        let shown = place.display();
        let mount = format!("mount -t tmpfs -o size={size}m tmpfs {shown} && exec \"$0\" \"$@\"");
        Self { _folder: folder, place, mount }
    }

    /// The command by which a program is started that has the disk.
    pub fn command(&self) -> [&str; 6] {
        ["unshare", "--map-root-user", "--mount", "sh", "-c", &self.mount]
    }

    /// A file on it, as the program names it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.place.join(name)
    }

    /// The same file as others name it: only the program's own mount namespace has the disk.
    pub fn seen(&self, program: &Child, name: &str) -> PathBuf {
        let root = format!("/proc/{}/root", program.id().unwrap());
        Path::new(&root).join(self.file(name).strip_prefix("/").unwrap())
    }

    pub async fn fill(&self, program: &Child) {
        let mut filler = tokio::fs::File::create(self.seen(program, "filler")).await.unwrap();
        while filler.write_all(&[0; 4096]).await.is_ok() && filler.flush().await.is_ok() {}
    }

    pub fn empty(&self, program: &Child) {
        std::fs::remove_file(self.seen(program, "filler")).unwrap();
    }
}

/// Asks for a number on the screen alone; the status of the answer.
pub async fn issue_on_screen(house: &House) -> StatusCode {
    let mut body = issue("marriage");
    body["screen_only"] = json!(true);
    house.post("/api/kiosk/issue", body).await.status
}

/// Waits until a hall refuses numbers: on a full disk, what still fits into the log is kept.
pub async fn until_nothing_is_kept(house: &House) {
    while issue_on_screen(house).await != 503 {}
}
