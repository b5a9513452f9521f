//! Prints that people make by themselves: counted, queued, followed, and what they change.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiban_app::api::self_print::{Print, PrintNow, ReadPrint};
use jiban_domain::case::{Case, CaseState, VerifyCode};
use jiban_domain::event::{CaseEvent, HallEvent};
use jiban_domain::print_job::JobState;
use jiban_domain::self_print::{DocumentPrinterNow, PrintKind, kind_of};
use jiban_domain::setup::{CaseRules, Statement};
use jiban_domain::{CaseId, KioskId, Refusal, Text};
use jiff::civil::Date;
use serde_json::json;
use uuid::Uuid;

use super::passes::Proven;
use crate::change::{Change, DocumentPrint, IssuedStatement};
use crate::live_state::LiveState;
use crate::printing::ipp::{Document, Progress};
use crate::service::prefetch::Prefetch;
use crate::service::unit_of_work::{About, UnitOfWork};
use crate::service::{HallService, answer, digest, moment, row_of_case, store_case};

/// What is to be printed, drawn.
#[derive(Debug, Clone)]
pub struct QueuedPrint {
    pub request: Uuid,
    pub digest: [u8; 32],
    pub kind: PrintKind,
    pub pages: u32,
    pub pdf: Vec<u8>,
    /// Of a statement: its code, name and issuer.
    pub statement: Option<(VerifyCode, Statement, Text)>,
    pub case: Option<CaseId>,
}

/// The documents that wait for their printer or are at it, and how far each is. They are in
/// memory only: a document is somebody's, and after a restart it is not printed.
#[derive(Debug, Default)]
pub struct Papers(Mutex<HashMap<i64, Paper>>);

#[derive(Debug)]
struct Paper {
    document: Document,
    issued: Option<IssuedStatement>,
    progress: Option<Progress>,
}

impl Papers {
    fn lock(&self) -> MutexGuard<'_, HashMap<i64, Paper>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn progress(&self, id: i64) -> Option<Progress> {
        self.lock().get(&id)?.progress
    }
}

/// What a repeated request must ask for again.
fn request_digest(q: &Print) -> [u8; 32] {
    digest::<Print>(&(&q.kiosk, &q.item))
}

impl HallService {
    /// How far the print of a request is, if it was asked for before.
    ///
    /// # Errors
    /// [`Refusal::RequestReused`] for something else.
    pub fn printed_before(&self, q: &Print) -> Result<Option<PrintNow>, Refusal> {
        let found = self.print_of(q.request_id);
        match found {
            Some(print) if print.digest == request_digest(q) => Ok(Some(self.print_now(&print))),
            Some(_) => Err(Refusal::RequestReused),
            None => Ok(None),
        }
    }

    fn print_of(&self, request: Uuid) -> Option<Arc<DocumentPrint>> {
        let live_state = self.live_state();
        live_state.document_prints().find(|print| print.request == request).cloned()
    }

    /// How far a print is. Who knows its request asked for it.
    ///
    /// # Errors
    /// [`Refusal::NotPrintable`] where there is none.
    pub fn read_print(&self, q: &ReadPrint) -> Result<PrintNow, Refusal> {
        let print = self.print_of(q.request_id).filter(|print| print.kiosk == q.kiosk);
        print.map(|print| self.print_now(&print)).ok_or(Refusal::NotPrintable)
    }

    fn print_now(&self, print: &DocumentPrint) -> PrintNow {
        let moving = matches!(print.state, JobState::Queued | JobState::Sent);
        let progress = self.papers.progress(print.id).filter(|_| moving);
        PrintNow {
            state: print.state,
            pages: print.pages,
            came_out: progress.map_or(print.came_out, |now| now.came_out),
            printer: progress.map_or(print.printer, |now| now.printer),
        }
    }

    /// Refuses what would be too much today.
    ///
    /// # Errors
    /// [`Refusal::PrintedEnough`], [`Refusal::KioskPrintedEnough`].
    pub fn require_not_enough(
        &self,
        proven: &Proven,
        statement: Option<&Statement>,
        pages: u32,
    ) -> Result<(), Refusal> {
        let today = self.today_at(&proven.hall);
        within_limits(&self.live_state(), proven, statement, (pages, today))
    }

    /// Counts and queues a print, once for a request.
    ///
    /// # Errors
    /// It was too much, what it prints is no longer there, or nothing can be written.
    pub async fn queue_print(
        &self,
        q: &Print,
        proven: Proven,
        queued: QueuedPrint,
    ) -> Result<PrintNow, Refusal> {
        let digest = request_digest(q);
        let (pdf, pages) = (queued.pdf.clone(), queued.pages);
        let issued = queued.statement.clone();
        let prefetch = queued.case.map(Prefetch::Case).into_iter().collect();
        let queued = QueuedPrint { digest, pdf: Vec::new(), ..queued };
        let id = self
            .execute_with(None, prefetch, move |work| {
                let before = work
                    .live_state()
                    .document_prints()
                    .find(|one| one.request == queued.request)
                    .cloned();
                if let Some(before) = before {
                    return if before.digest == digest {
                        answer(&before.id)
                    } else {
                        Err(Refusal::RequestReused)
                    };
                }
                answer(&queue(work, &proven, &queued)?)
            })
            .await?;
        let id: i64 = id.parse().map_err(|_| Refusal::Unavailable)?;
        let print = self.live_state().document_print(id).cloned().ok_or(Refusal::Unavailable)?;
        if print.state == JobState::Queued {
            let issued = issued.map(|(code, statement, issuer)| IssuedStatement {
                code,
                print: id,
                statement: statement.id,
                document: statement.name,
                issuer,
                issued_on: print.day,
            });
            // The job at the printer is named by the print: it names nobody.
            let document = Document { name: format!("jiban-{id}"), pdf: pdf.into(), pages };
            let mut papers = self.papers.lock();
            papers.entry(id).or_insert(Paper { document, issued, progress: None });
        }
        Ok(self.print_now(&print))
    }

    /// The prints that wait, the oldest first.
    pub fn queued_prints(&self) -> Vec<Arc<DocumentPrint>> {
        let live_state = self.live_state();
        let waiting = live_state.document_prints().filter(|one| one.state == JobState::Queued);
        let mut waiting: Vec<_> = waiting.cloned().collect();
        waiting.sort_by_key(|print| print.id);
        waiting
    }

    /// What a server before this one left: sent is unknown, and what only waited was not
    /// printed. Its document was in memory.
    pub fn prints_left(&self) -> Vec<(i64, Progress)> {
        let live_state = self.live_state();
        let left = live_state.document_prints().filter_map(|print| {
            let state = match print.state {
                JobState::Queued => JobState::Failed,
                JobState::Sent => JobState::Unknown,
                JobState::Confirmed | JobState::Unknown | JobState::Failed => return None,
            };
            let printer = DocumentPrinterNow::Stopped;
            Some((print.id, Progress { state, came_out: print.came_out, printer }))
        });
        left.collect()
    }

    /// Claims a queued print by marking it as sent; its document. A statement is issued with
    /// this commit, so that its code is valid before the paper is out. What was revoked since
    /// is not printed.
    ///
    /// # Errors
    /// The database cannot be written; then nothing may be sent.
    pub async fn claim_print_job(&self, id: i64) -> Result<Option<Document>, Refusal> {
        let Some(print) = self.live_state().document_print(id).cloned() else { return Ok(None) };
        let (document, issued) = {
            let papers = self.papers.lock();
            let Some(paper) = papers.get(&id) else { return Ok(None) };
            (paper.document.clone(), paper.issued.clone())
        };
        let prefetch = print.case.map(Prefetch::Case).into_iter().collect();
        let claimed = self
            .execute_with(None, prefetch, move |work| {
                let Some(print) = work.live_state().document_print(id).cloned() else {
                    return answer(&false);
                };
                if print.state != JobState::Queued {
                    return answer(&false);
                }
                if let Some(case) = print.case
                    && kind_of(work.case(case)?).is_none()
                {
                    let printer = DocumentPrinterNow::NotAccepting;
                    let end = Progress { state: JobState::Failed, came_out: 0, printer };
                    put_end(work, &print, end)?;
                    return answer(&false);
                }
                let now = work.now();
                let sent =
                    DocumentPrint { state: JobState::Sent, changed_at: now, ..(*print).clone() };
                work.put(Change::DocumentPrint(Arc::new(sent)));
                if let Some(issued) = &issued {
                    let detail = json!({
                        "print": id, "statement": issued.statement, "code": issued.code,
                    });
                    let by = print.kiosk.to_string();
                    let hall = print.hall.clone();
                    let kind = HallEvent::StatementIssued;
                    work.append_event(kind, hall, About::Hall, &by, &detail);
                    work.put(Change::StatementIssued(Arc::new(issued.clone())));
                }
                answer(&true)
            })
            .await?;
        if &*claimed == "true" {
            Ok(Some(document))
        } else {
            self.papers.lock().remove(&id);
            Ok(None)
        }
    }

    /// How far a print is at its printer.
    pub fn note_print(&self, id: i64, progress: Progress) {
        if let Some(paper) = self.papers.lock().get_mut(&id) {
            paper.progress = Some(progress);
        }
    }

    /// A print ended: each is an event. A result that came out whole is handed over by it.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn end_print(&self, id: i64, end: Progress) -> Result<(), Refusal> {
        let Some(print) = self.live_state().document_print(id).cloned() else { return Ok(()) };
        let prefetch = print.case.map(Prefetch::Case).into_iter().collect();
        self.execute_with(None, prefetch, move |work| {
            if let Some(print) = work.live_state().document_print(id).cloned() {
                put_end(work, &print, end)?;
            }
            Ok("{}".to_owned())
        })
        .await?;
        self.papers.lock().remove(&id);
        Ok(())
    }
}

/// Queues a print; its id.
fn queue(work: &mut UnitOfWork<'_>, proven: &Proven, queued: &QueuedPrint) -> Result<i64, Refusal> {
    work.require_date()?;
    if let Some(case) = queued.case {
        let kind = kind_of(work.case(case)?).ok_or(Refusal::NotPrintable)?;
        // It may have been handed over at a counter meanwhile, which is no hindrance.
        proven.proof.opens(kind, Some(case))?;
    }
    let setup = work.setup();
    let hall = setup.setup.hall(&proven.hall).ok_or(Refusal::UnknownHall)?;
    let (now, today) = (work.now(), moment(Some(hall), work.now()).day);
    let statement = queued.statement.as_ref().map(|(_, statement, _)| statement);
    within_limits(work.live_state(), proven, statement, (queued.pages, today))?;
    let id = work.event_id();
    let item = match (queued.case, statement) {
        (Some(case), _) => json!({ "case": case }),
        (None, statement) => json!({ "statement": statement.map(|one| &one.id) }),
    };
    let detail = json!({
        "item": item, "kind": queued.kind, "proof": proven.proof.name(), "pages": queued.pages,
    });
    let by = proven.kiosk.to_string();
    let about = queued.case.map_or(About::Hall, About::Case);
    // The event's number is the id of the print.
    let hall = proven.hall.clone();
    match about {
        About::Case(_) => work.append_event(CaseEvent::PrintBegun, hall, about, &by, &detail),
        _ => work.append_event(HallEvent::StatementPrintBegun, hall, about, &by, &detail),
    }
    work.put(Change::DocumentPrint(Arc::new(DocumentPrint {
        id,
        request: queued.request,
        digest: queued.digest,
        hall: proven.hall.clone(),
        kiosk: proven.kiosk.clone(),
        day: today,
        kind: queued.kind,
        case: queued.case,
        statement: statement.map(|one| one.id.clone()),
        person: Some(proven.number_key),
        proof: proven.proof.name().to_owned(),
        pages: queued.pages,
        came_out: 0,
        state: JobState::Queued,
        printer: DocumentPrinterNow::Ready,
        at: now,
        changed_at: now,
    })));
    Ok(id)
}

/// What was printed, or may be, counts; what was not, does not.
fn within_limits(
    live_state: &LiveState,
    proven: &Proven,
    statement: Option<&Statement>,
    (pages, today): (u32, Date),
) -> Result<(), Refusal> {
    let setup = live_state.setup();
    let hall = setup.setup.hall(&proven.hall).ok_or(Refusal::UnknownHall)?;
    let counts = |print: &&Arc<DocumentPrint>| {
        print.day == today && (print.state != JobState::Failed || print.came_out > 0)
    };
    let today: Vec<_> = live_state.document_prints().filter(counts).collect();
    let theirs = || today.iter().filter(|print| print.person == Some(proven.number_key));
    let many = |count: usize, most: u32| count >= most as usize;
    let most = hall.self_print.documents_of_person;
    if many(theirs().count(), most) {
        return Err(Refusal::PrintedEnough(most));
    }
    if let Some(statement) = statement {
        let same = theirs().filter(|print| print.statement.as_ref() == Some(&statement.id));
        if many(same.count(), statement.times_a_day) {
            return Err(Refusal::PrintedEnough(statement.times_a_day));
        }
    }
    let here = today.iter().filter(|print| print.kiosk == proven.kiosk);
    let used: u32 = here
        .map(|print| if print.state == JobState::Failed { print.came_out } else { print.pages })
        .sum();
    if used + pages > hall.self_print.pages_of_kiosk {
        return Err(Refusal::KioskPrintedEnough);
    }
    Ok(())
}

/// Writes how a print ended.
fn put_end(
    work: &mut UnitOfWork<'_>,
    print: &Arc<DocumentPrint>,
    end: Progress,
) -> Result<(), Refusal> {
    let Progress { state, came_out, printer } = end;
    let now = work.now();
    let done = DocumentPrint { state, came_out, printer, changed_at: now, ..(**print).clone() };
    work.put(Change::DocumentPrint(Arc::new(done)));
    let detail = json!({
        "print": print.id, "kind": print.kind, "state": state, "pages": print.pages,
        "came_out": came_out, "printer": printer, "proof": print.proof,
    });
    let by = print.kiosk.to_string();
    let Some(id) = print.case else {
        let mut detail = detail;
        detail["statement"] = json!(print.statement);
        let kind = HallEvent::StatementPrinted;
        work.append_event(kind, print.hall.clone(), About::Hall, &by, &detail);
        return Ok(());
    };
    let case = work.case(id)?.clone();
    let handed_over = state == JobState::Confirmed
        && print.kind == PrintKind::Result
        && case.state == CaseState::Ready;
    if !handed_over {
        work.append_event(
            CaseEvent::ResultPrinted,
            print.hall.clone(),
            About::Case(id),
            &by,
            &detail,
        );
        return Ok(());
    }
    hand_over(work, case, &print.kiosk, print.proof != "card", &detail)
}

/// Hands a result over that came out of the printer.
fn hand_over(
    work: &mut UnitOfWork<'_>,
    mut case: Case,
    kiosk: &KioskId,
    by_code: bool,
    detail: &serde_json::Value,
) -> Result<(), Refusal> {
    let (setup, calendar) = (work.setup(), work.live_state().calendar().clone());
    let hall = setup.setup.hall(&case.hall);
    let default_rules = CaseRules::default();
    let rules = hall.map_or(&default_rules, |hall| &hall.cases);
    let now = moment(hall, work.now());
    case.hand_over_by_print(kiosk.clone(), by_code, now)?;
    let row = row_of_case(case, &calendar.calendar, rules, now);
    store_case(work, row, CaseEvent::ResultFetched, kiosk.as_str(), detail.clone());
    Ok(())
}
