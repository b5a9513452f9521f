//! The printer at the end of a line: its path is opened as the device of a USB printer or of a
//! serial line is.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::os::unix::fs::OpenOptionsExt as _;
use std::thread;

use rustix::fs::OFlags;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use super::Emulator;

/// A line to an emulated printer. When the printer cuts the connection, the line is dead.
pub struct Line {
    /// `/dev/pts/7`.
    pub path: String,
    // A device stays there while nobody prints.
    _held_open: File,
}

impl Line {
    pub fn to(printer: &Emulator) -> io::Result<Self> {
        let near = File::from(openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?);
        grantpt(&near)?;
        unlockpt(&near)?;
        let path = ptsname(&near, Vec::new())?.to_string_lossy().into_owned();
        let held = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(OFlags::NOCTTY.bits().cast_signed())
            .open(&path)?;
        let mut line = tcgetattr(&held)?;
        line.make_raw();
        tcsetattr(&held, OptionalActions::Now, &line)?;
        let far = TcpStream::connect(printer.address())?;
        let (to_near, to_far) = (near.try_clone()?, far.try_clone()?);
        thread::spawn(move || {
            pump(near, &to_far);
            // Dropped, so that the line is dead.
            let _ = to_far.shutdown(Shutdown::Both);
        });
        thread::spawn(move || pump(far, &to_near));
        Ok(Self { path, _held_open: held })
    }
}

fn pump(mut from: impl Read, mut to: impl Write) {
    let mut bytes = [0; 1024];
    while let Ok(read) = from.read(&mut bytes) {
        if read == 0 || to.write_all(&bytes[..read]).is_err() {
            return;
        }
    }
}
