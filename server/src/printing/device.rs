//! Printers at this machine: the device file of a USB printer (`/dev/usb/lp0`), or a serial
//! line (`/dev/ttyUSB0`). They are opened for reading too, since that is how a printer says
//! that it has no paper; one that says nothing is treated as any silent one.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use rustix::fs::OFlags;
use rustix::io::Errno;
use rustix::termios::{ControlModes, OptionalActions, tcgetattr, tcsetattr};
use tokio::io::unix::AsyncFd;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// An open device.
pub struct Device(AsyncFd<File>);

impl Device {
    /// Opens a device; with a speed, as a serial line of 8 bits without parity.
    ///
    /// # Errors
    /// It is not there, is no device, or this program may not use it.
    pub fn open(path: &Path, baud: Option<u32>) -> io::Result<Self> {
        // Without waiting for a line to be picked up, and without becoming its terminal.
        let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(flags.bits().cast_signed())
            .open(path)?;
        if let Some(baud) = baud {
            let mut line = tcgetattr(&file)?;
            line.make_raw();
            line.control_modes |= ControlModes::CLOCAL | ControlModes::CREAD;
            line.set_speed(baud)?;
            tcsetattr(&file, OptionalActions::Now, &line)?;
        }
        #[expect(deprecated, reason = "its successor is unsafe; the file stays the same here")]
        Ok(Self(AsyncFd::new(file)?))
    }
}

impl Device {
    /// Forgets what has come, also while nobody had it open.
    pub fn discard(&self) {
        let mut bytes = [0; 64];
        while matches!(self.0.get_ref().read(&mut bytes), Ok(1..)) {}
    }
}

impl AsyncRead for Device {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        loop {
            let mut ready = ready!(self.0.poll_read_ready(cx))?;
            match ready.try_io(|device| device.get_ref().read(into.initialize_unfilled())) {
                // Empty packets come, and mean nothing.
                Ok(Ok(0)) => ready.clear_ready(),
                Ok(Ok(read)) => {
                    into.advance(read);
                    return Poll::Ready(Ok(()));
                }
                // A printer of one direction: it will never say anything.
                Ok(Err(error)) if Errno::from_io_error(&error) == Some(Errno::INVAL) => {
                    return Poll::Pending;
                }
                Ok(Err(error)) => return Poll::Ready(Err(error)),
                Err(_) => {}
            }
        }
    }
}

impl AsyncWrite for Device {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        loop {
            let mut ready = ready!(self.0.poll_write_ready(cx))?;
            if let Ok(written) = ready.try_io(|device| device.get_ref().write(bytes)) {
                return Poll::Ready(written);
            }
        }
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
