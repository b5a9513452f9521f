//! An emulated IPP printer on a real socket, for tests and for trying a hall without paper
//! (`cargo run --example ipp_printer`). Like real ones and like CUPS it takes jobs that it
//! cannot print, calls jobs completed of which nothing came out, and is silent when it likes.
//!
//! It goes by no clock: each look at a job lets one more page come out.

mod answers;

use std::convert::Infallible;
use std::io::{self, Cursor, Read as _};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use ipp::model::{DelimiterTag, Operation, StatusCode};
use ipp::parser::IppParser;
use ipp::reader::IppReader;
use ipp::request::IppRequestResponse;
use ipp::value::IppValue;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;

/// What becomes of the pages of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pages {
    /// They come out.
    #[default]
    Come,
    /// The job is completed, and none came out.
    Vanish,
    /// Paper jams after so many; the printer stops.
    JamAfter(u32),
    /// The tray is empty after so many; the printer stops until there is paper.
    EmptyAfter(u32),
    /// The printer throws the job away after so many.
    AbortAfter(u32),
    /// None comes out, and the printer says nothing of it.
    Stand,
}

/// The state and the vices of the printer.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools)] // Independent switches.
pub struct Switches {
    /// What it says of itself beside its state, such as `media-empty`; it has stopped then.
    pub reasons: Vec<&'static str>,
    pub paused: bool,
    /// A paused queue can be resumed by anyone.
    pub resumable: bool,
    /// It pauses its queue once more with each job, as CUPS does with a broken printer behind.
    pub pauses_at_job: bool,
    pub accepts: bool,
    pub takes_pdf: bool,
    /// It counts the pages of a job.
    pub counts: bool,
    pub pages: Pages,
    /// It takes the connection and never answers.
    pub silent: bool,
    /// It takes a job and cuts the connection without an answer.
    pub loses_answer: bool,
    /// It cuts the connection after so many bytes of a document, and has no job.
    pub drops_after: Option<usize>,
    /// It forgets a job as soon as it has ended.
    pub forgets: bool,
    /// A job cannot be cancelled.
    pub stubborn: bool,
}

impl Default for Switches {
    /// A ready printer.
    fn default() -> Self {
        Self {
            reasons: Vec::new(),
            paused: false,
            resumable: true,
            pauses_at_job: false,
            accepts: true,
            takes_pdf: true,
            counts: true,
            pages: Pages::Come,
            silent: false,
            loses_answer: false,
            drops_after: None,
            forgets: false,
            stubborn: false,
        }
    }
}

impl Switches {
    /// Whether one of its reasons is more than a warning.
    pub fn has_stopped(&self) -> bool {
        self.reasons.iter().any(|reason| !reason.ends_with("-warning"))
    }
}

/// A job that arrived.
#[derive(Debug, Clone)]
pub struct Job {
    pub id: i32,
    pub name: String,
    pub user: String,
    pub pdf: Bytes,
    pub pages: u32,
    pub came_out: u32,
    /// 3 pending, 5 processing, 6 stopped, 7 cancelled, 8 aborted, 9 completed.
    pub state: i32,
}

impl Job {
    const fn has_ended(&self) -> bool {
        self.state >= 7
    }
}

/// What happened so far.
#[derive(Debug, Default)]
pub struct Tray {
    pub jobs: Vec<Job>,
    pub resumed: u32,
    pub cancelled: u32,
    /// Requests of any kind.
    pub asked: u32,
}

#[derive(Debug, Default)]
struct Inside {
    switches: Switches,
    tray: Tray,
}

/// A running printer. It stops when it is dropped.
pub struct Emulator {
    address: SocketAddr,
    inside: Arc<Mutex<Inside>>,
    listening: AbortHandle,
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl Emulator {
    /// Starts a printer on the loopback interface; port 0 is any.
    pub async fn start(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let address = listener.local_addr()?;
        let inside = Arc::<Mutex<Inside>>::default();
        let shared = inside.clone();
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, shared.clone()));
            }
        });
        Ok(Self { address, inside, listening: listening.abort_handle() })
    }

    /// As the hall file names it.
    pub fn address(&self) -> String {
        format!("ipp://{}/ipp/print", self.address)
    }

    pub fn set(&self, change: impl FnOnce(&mut Switches)) {
        change(&mut lock(&self.inside).switches);
    }

    /// What happened so far.
    pub fn tray<T>(&self, look: impl FnOnce(&Tray) -> T) -> T {
        look(&lock(&self.inside).tray)
    }
}

fn lock(inside: &Mutex<Inside>) -> MutexGuard<'_, Inside> {
    inside.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(stream: TcpStream, inside: Arc<Mutex<Inside>>) {
    let service = service_fn(move |request| answer(request, inside.clone()));
    // A connection that is cut on purpose ends with an error.
    let _ = hyper::server::conn::http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

/// The connection is cut.
#[derive(Debug, thiserror::Error)]
#[error("cut")]
struct Cut;

async fn answer(
    request: Request<Incoming>,
    inside: Arc<Mutex<Inside>>,
) -> Result<Response<Full<Bytes>>, Cut> {
    let switches = {
        let mut inside = lock(&inside);
        inside.tray.asked += 1;
        inside.switches.clone()
    };
    if switches.silent {
        std::future::pending::<Infallible>().await;
    }
    let mut body = Vec::new();
    let mut incoming = request.into_body();
    while let Some(frame) = incoming.frame().await {
        body.extend_from_slice(frame.map_err(|_| Cut)?.data_ref().unwrap_or(&Bytes::new()));
        if switches.drops_after.is_some_and(|most| body.len() > most) {
            return Err(Cut);
        }
    }
    let parsed = IppParser::new(IppReader::new(Cursor::new(body))).parse().map_err(|_| Cut)?;
    let answered = lock(&inside).answer(parsed);
    match answered {
        Some(answer) => Ok(Response::builder()
            .header("content-type", "application/ipp")
            .body(Full::from(answer.to_bytes()))
            .map_err(|_| Cut)?),
        None => Err(Cut),
    }
}

impl Inside {
    /// What it answers; none cuts the connection.
    fn answer(&mut self, request: IppRequestResponse) -> Option<IppRequestResponse> {
        let header = *request.header();
        let id = header.request_id;
        let job = number(&request, "job-id");
        match header.operation_or_status {
            operation if operation == Operation::GetPrinterAttributes as i16 => {
                Some(answers::printer(&self.switches, self.is_busy(), id))
            }
            operation if operation == Operation::ResumePrinter as i16 => {
                if !self.switches.resumable {
                    return Some(answers::plain(StatusCode::ClientErrorNotAuthorized, id));
                }
                self.switches.paused = false;
                self.tray.resumed += 1;
                Some(answers::plain(StatusCode::SuccessfulOk, id))
            }
            operation if operation == Operation::PrintJob as i16 => self.take(request),
            operation if operation == Operation::GetJobAttributes as i16 => {
                let at = self.tray.jobs.iter().position(|known| Some(known.id) == job);
                if let Some(at) = at {
                    self.go_on(at);
                }
                let Some(at) = at.filter(|at| !self.is_forgotten(*at)) else {
                    return Some(answers::plain(StatusCode::ClientErrorNotFound, id));
                };
                Some(answers::jobs(&[&self.tray.jobs[at]], self.switches.counts, id))
            }
            operation if operation == Operation::GetJobs as i16 => {
                let ended = word(&request, "which-jobs") == "completed";
                let jobs: Vec<&Job> =
                    self.tray.jobs.iter().filter(|job| job.has_ended() == ended).collect();
                Some(answers::jobs(&jobs, self.switches.counts, id))
            }
            operation if operation == Operation::CancelJob as i16 => {
                let stubborn = self.switches.stubborn;
                let found = self.tray.jobs.iter_mut().find(|known| Some(known.id) == job);
                match found.filter(|job| !job.has_ended() && !stubborn) {
                    Some(job) => {
                        job.state = 7;
                        self.tray.cancelled += 1;
                        Some(answers::plain(StatusCode::SuccessfulOk, id))
                    }
                    None => Some(answers::plain(StatusCode::ClientErrorNotPossible, id)),
                }
            }
            _ => Some(answers::plain(StatusCode::ServerErrorOperationNotSupported, id)),
        }
    }

    fn is_busy(&self) -> bool {
        self.tray.jobs.iter().any(|job| !job.has_ended())
    }

    fn is_forgotten(&self, at: usize) -> bool {
        self.switches.forgets && self.tray.jobs[at].has_ended()
    }

    fn take(&mut self, request: IppRequestResponse) -> Option<IppRequestResponse> {
        let id = request.header().request_id;
        if !self.switches.accepts {
            return Some(answers::plain(StatusCode::ServerErrorNotAcceptingJobs, id));
        }
        let (name, user) = (word(&request, "job-name"), word(&request, "requesting-user-name"));
        let mut pdf = Vec::new();
        request.into_payload().read_to_end(&mut pdf).ok()?;
        let job = i32::try_from(self.tray.jobs.len()).unwrap_or(i32::MAX) + 1;
        let pages = pages_of(&pdf);
        let job = Job { id: job, name, user, pdf: pdf.into(), pages, came_out: 0, state: 5 };
        let answer = answers::jobs(&[&job], self.switches.counts, id);
        self.tray.jobs.push(job);
        if self.switches.pauses_at_job {
            self.switches.paused = true;
        }
        (!self.switches.loses_answer).then_some(answer)
    }

    /// One more page of a job comes out, or what the switches say.
    fn go_on(&mut self, at: usize) {
        let stopped = self.switches.paused || self.switches.has_stopped();
        let job = &mut self.tray.jobs[at];
        if job.has_ended() || stopped {
            return;
        }
        let came_out = job.came_out;
        match self.switches.pages {
            Pages::Vanish => job.state = 9,
            Pages::Stand => {}
            Pages::JamAfter(count) if came_out >= count => {
                self.switches.reasons = vec!["media-jam"];
            }
            Pages::EmptyAfter(count) if came_out >= count => {
                self.switches.reasons = vec!["media-empty-error"];
                self.switches.pages = Pages::Come;
            }
            Pages::AbortAfter(count) if came_out >= count => job.state = 8,
            _ => {
                job.came_out += 1;
                if job.came_out >= job.pages {
                    job.state = 9;
                }
            }
        }
    }
}

/// The pages of a PDF as pdf-writer writes it.
fn pages_of(pdf: &[u8]) -> u32 {
    let text = String::from_utf8_lossy(pdf);
    let pages = text.matches("/Type /Page").count() - text.matches("/Type /Pages").count();
    u32::try_from(pages).unwrap_or(u32::MAX)
}

fn value<'a>(request: &'a IppRequestResponse, name: &str) -> Option<&'a IppValue> {
    let mut groups = request.attributes().groups_of(DelimiterTag::OperationAttributes);
    Some(groups.next()?.get(name)?.value())
}

fn number(request: &IppRequestResponse, name: &str) -> Option<i32> {
    match value(request, name)? {
        IppValue::Integer(number) => Some(*number),
        _ => None,
    }
}

fn word(request: &IppRequestResponse, name: &str) -> String {
    match value(request, name) {
        Some(IppValue::Keyword(word) | IppValue::NameWithoutLanguage(word)) => {
            word.as_str().to_owned()
        }
        _ => String::new(),
    }
}
