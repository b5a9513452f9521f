//! A job from the request to its end.

use hyper::Uri;
use jiban_domain::print_job::JobState;
use jiban_domain::self_print::{DocumentPrinterNow, ended};
use tokio::time::{Instant, sleep};

use super::messages::{self, JobStatus, PrinterStatus};
use super::{Device, Document, IppError, Progress};

/// How often a paused queue is resumed for one document.
pub(super) const RESUMES: u32 = 2;

type Told<'a> = &'a (dyn Fn(Progress) + Sync);

/// Nothing was sent.
const fn refused(printer: DocumentPrinterNow) -> Progress {
    Progress { state: JobState::Failed, came_out: 0, printer }
}

pub(super) async fn print(device: &Device, document: Document, told: Told<'_>) -> Progress {
    let Ok(uri) = device.uri() else { return refused(DocumentPrinterNow::Offline) };
    let mut job = Following { device, uri, told, resumes: RESUMES, pages: document.pages };
    let Ok(mut status) = device.ask_status().await else {
        return refused(DocumentPrinterNow::Offline);
    };
    if status.is_paused()
        && let Some(resumed) = job.resume().await
    {
        status = resumed;
    }
    let printer = status.now();
    if !printer.prints() {
        return refused(printer);
    }
    told(Progress { state: JobState::Sent, came_out: 0, printer });
    match job.send(&document).await {
        Ok(id) => job.follow(id, printer).await,
        Err(error) if error.may_have_arrived() => {
            tracing::warn!(printer = device.setup.address, %error, "the answer was lost");
            if let Some(id) = job.look_for(&document.name).await {
                job.follow(id, printer).await
            } else {
                let printer = device.status().await;
                Progress { state: JobState::Unknown, came_out: 0, printer }
            }
        }
        Err(error) => {
            tracing::warn!(printer = device.setup.address, %error, "a document was refused");
            match device.status().await {
                now if now.prints() => refused(DocumentPrinterNow::NotAccepting),
                now => refused(now),
            }
        }
    }
}

struct Following<'a> {
    device: &'a Device,
    uri: Uri,
    told: Told<'a>,
    /// How often the queue may still be resumed.
    resumes: u32,
    pages: u32,
}

impl Following<'_> {
    /// Resumes a paused queue where that is allowed; the state afterwards.
    async fn resume(&mut self) -> Option<PrinterStatus> {
        if !self.device.setup.resume || self.resumes == 0 {
            return None;
        }
        self.resumes -= 1;
        let question = messages::resume_printer(&self.uri).ok()?;
        if let Err(error) = self.device.ask(question).await {
            let printer = &self.device.setup.address;
            tracing::warn!(printer, %error, "the paused queue could not be resumed");
            return None;
        }
        tracing::info!(printer = self.device.setup.address, "a paused queue was resumed");
        self.device.ask_status().await.ok()
    }

    async fn send(&self, document: &Document) -> Result<i32, IppError> {
        let request = messages::print_job(&self.uri, &document.name)?;
        let answer = self.device.send(request, &document.pdf, self.device.timeouts.send).await?;
        let job = JobStatus::read(&answer).map(|job| job.id);
        job.ok_or_else(|| IppError::Unreadable("the answer names no job".to_owned()))
    }

    /// The job of this name, where the answer that named it was lost.
    async fn look_for(&self, name: &str) -> Option<i32> {
        let until = Instant::now() + self.device.timeouts.look_for;
        loop {
            for ended in [false, true] {
                let Ok(question) = messages::get_jobs(&self.uri, ended) else { continue };
                let Ok(answer) = self.device.ask(question).await else { continue };
                let jobs = JobStatus::all(&answer);
                if let Some(job) = jobs.iter().find(|job| job.name == name) {
                    return Some(job.id);
                }
            }
            if Instant::now() >= until {
                return None;
            }
            sleep(self.device.timeouts.between).await;
        }
    }

    /// Looks at the job until it ends, or stands still for too long; then it is cancelled, so
    /// that no sheet comes out when its owner has gone.
    async fn follow(&mut self, id: i32, printer: DocumentPrinterNow) -> Progress {
        let mut last = Progress { state: JobState::Sent, came_out: 0, printer };
        let mut moved = Instant::now();
        loop {
            match self.ask(id).await {
                Ok(Some(job)) => {
                    let came_out = job.came_out.unwrap_or(0);
                    if came_out > last.came_out {
                        moved = Instant::now();
                    }
                    if let Some(end) = job.end {
                        return self.end(ended(end, job.came_out, self.pages), came_out).await;
                    }
                    last = Progress { came_out, printer: self.state().await, ..last };
                    (self.told)(last);
                }
                // The printer forgets what is done: nothing is known any more.
                Ok(None) => return Progress { state: JobState::Unknown, ..last },
                Err(_) => {
                    last.printer = DocumentPrinterNow::Offline;
                    (self.told)(last);
                }
            }
            if moved.elapsed() >= self.device.timeouts.standstill {
                return self.give_up(id, last).await;
            }
            sleep(self.device.timeouts.between).await;
        }
    }

    /// The job as it is; none where the printer does not know it.
    async fn ask(&self, id: i32) -> Result<Option<JobStatus>, IppError> {
        match self.device.ask(messages::get_job(&self.uri, id)?).await {
            Ok(answer) => Ok(JobStatus::read(&answer)),
            Err(IppError::Refused(status)) if is_gone(status) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The printer's state while the job is there; a queue that was paused is resumed.
    async fn state(&mut self) -> DocumentPrinterNow {
        let Ok(mut status) = self.device.ask_status().await else {
            return DocumentPrinterNow::Offline;
        };
        if status.is_paused()
            && let Some(resumed) = self.resume().await
        {
            status = resumed;
        }
        // While it prints our own, it is not busy with another's.
        match status.now() {
            DocumentPrinterNow::Busy => DocumentPrinterNow::Ready,
            now => now,
        }
    }

    async fn end(&self, state: JobState, came_out: u32) -> Progress {
        let printer = match (state, self.device.status().await) {
            // It says that all is well, and yet it has not printed.
            (JobState::Failed, now) if now.prints() && came_out == 0 => {
                DocumentPrinterNow::NothingCameOut
            }
            (JobState::Failed, now) if now.prints() => DocumentPrinterNow::Stopped,
            (_, now) => now,
        };
        Progress { state, came_out, printer }
    }

    async fn give_up(&self, id: i32, last: Progress) -> Progress {
        let unknown = Progress { state: JobState::Unknown, ..last };
        let Ok(question) = messages::cancel_job(&self.uri, id) else { return unknown };
        let cancelled = self.device.ask(question).await;
        if let Err(error) = &cancelled {
            let printer = &self.device.setup.address;
            tracing::warn!(printer, %error, "a job that stands still could not be cancelled");
        }
        // Whether it was, only the job itself tells.
        for _ in 0..LOOKS_AFTER_CANCEL {
            match self.ask(id).await {
                Ok(Some(JobStatus { end: Some(end), came_out, .. })) => {
                    let state = ended(end, came_out, self.pages);
                    return Progress { state, came_out: came_out.unwrap_or(0), ..last };
                }
                Ok(Some(_)) | Err(_) => sleep(self.device.timeouts.between).await,
                Ok(None) => return unknown,
            }
        }
        unknown
    }
}

/// Looks at a job that was cancelled until it has ended.
const LOOKS_AFTER_CANCEL: u32 = 5;

fn is_gone(status: ipp::model::StatusCode) -> bool {
    use ipp::model::StatusCode::{ClientErrorGone, ClientErrorNotFound};
    matches!(status, ClientErrorGone | ClientErrorNotFound)
}
