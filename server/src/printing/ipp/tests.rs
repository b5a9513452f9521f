//! Documents on an emulated printer, and by hand on a queue of CUPS.

use std::sync::Mutex;
use std::time::Duration;

use jiban_domain::print_job::JobState::{Confirmed, Failed, Sent, Unknown};
use jiban_domain::self_print::DocumentPrinterNow as Now;
use jiban_domain::setup::IppPrinter;

use super::emulator::{Emulator, Pages, Switches};
use super::{Device, Document, Progress, Timeouts};

/// Short where the printer says nothing, long enough where it works.
const TIMEOUTS: Timeouts = Timeouts {
    connect: Duration::from_secs(2),
    answer: Duration::from_millis(600),
    send: Duration::from_secs(3),
    between: Duration::from_millis(1),
    standstill: Duration::from_millis(300),
    look_for: Duration::from_millis(20),
};

/// A document that a printer counts as so many pages.
fn document(pages: u32) -> Document {
    let page = "/Type /Page\n".repeat(pages as usize);
    let text = "x".repeat(8_000);
    let pdf = format!("%PDF-1.7\n/Type /Pages\n{page}%{text}\n%%EOF\n");
    Document { name: format!("jiban-{pages}"), pdf: pdf.into(), pages }
}

fn device(address: String) -> Device {
    Device { setup: IppPrinter::new(address), timeouts: TIMEOUTS }
}

/// Prints three pages on a printer with these switches; what was told, and the printer.
async fn printed(change: impl FnOnce(&mut Switches)) -> (Progress, Vec<Progress>, Emulator) {
    let printer = Emulator::start(0).await.unwrap();
    printer.set(change);
    let told = Mutex::new(Vec::new());
    let end = device(printer.address())
        .print(document(3), |progress| told.lock().unwrap().push(progress))
        .await;
    (end, told.into_inner().unwrap(), printer)
}

fn end(state: jiban_domain::print_job::JobState, came_out: u32, printer: Now) -> Progress {
    Progress { state, came_out, printer }
}

#[tokio::test]
async fn a_document_is_followed_page_by_page() {
    let (ended, told, printer) = printed(|_| {}).await;
    assert_eq!(ended, end(Confirmed, 3, Now::Ready));
    let steps: Vec<_> = told.iter().map(|one| (one.state, one.came_out)).collect();
    assert_eq!(steps, [(Sent, 0), (Sent, 1), (Sent, 2), (Confirmed, 3)]);
    printer.tray(|tray| {
        let [job] = &tray.jobs[..] else { panic!("{:?}", tray.jobs) };
        assert_eq!((job.name.as_str(), job.user.as_str(), job.pages), ("jiban-3", "jiban", 3));
        assert!(job.pdf.starts_with(b"%PDF-1.7"));
    });
}

#[tokio::test]
async fn nothing_is_sent_to_a_printer_that_cannot_print() {
    for (reason, now) in [
        ("media-empty", Now::PaperOut),
        ("media-needed-error", Now::PaperOut),
        ("door-open", Now::DoorOpen),
        ("cover-open-error", Now::DoorOpen),
        ("media-jam", Now::Jammed),
        ("toner-empty-error", Now::TonerOut),
        ("timed-out", Now::Stopped),
    ] {
        let (ended, _, printer) = printed(|switches| switches.reasons = vec![reason]).await;
        assert_eq!(ended, end(Failed, 0, now), "{reason}");
        assert!(printer.tray(|tray| tray.jobs.is_empty()), "{reason}");
    }
    let (ended, _, printer) = printed(|switches| switches.accepts = false).await;
    assert_eq!(ended, end(Failed, 0, Now::NotAccepting));
    assert!(printer.tray(|tray| tray.jobs.is_empty()));
    let (ended, _, printer) = printed(|switches| switches.takes_pdf = false).await;
    assert_eq!(ended, end(Failed, 0, Now::NoPdf));
    assert!(printer.tray(|tray| tray.jobs.is_empty()));
}

#[tokio::test]
async fn a_warning_stops_nothing() {
    let warnings = vec!["media-low-warning", "toner-empty-warning"];
    let (ended, _, _) = printed(|switches| switches.reasons = warnings).await;
    assert_eq!(ended, end(Confirmed, 3, Now::Ready));
}

#[tokio::test]
async fn completed_without_a_page_is_not_printed() {
    let (ended, _, printer) = printed(|switches| switches.pages = Pages::Vanish).await;
    assert_eq!(ended, end(Failed, 0, Now::NothingCameOut));
    assert_eq!(printer.tray(|tray| tray.jobs[0].state), 9, "the printer calls it completed");
}

#[tokio::test]
async fn a_printer_that_does_not_count_confirms_nothing() {
    let (ended, _, _) = printed(|switches| switches.counts = false).await;
    assert_eq!(ended, end(Unknown, 0, Now::Ready));
}

#[tokio::test]
async fn what_came_out_of_a_document_that_failed_is_told() {
    let (ended, told, printer) = printed(|switches| switches.pages = Pages::JamAfter(1)).await;
    assert_eq!(ended, end(Failed, 1, Now::Jammed));
    assert!(told.contains(&end(Sent, 1, Now::Jammed)), "told while it stood: {told:?}");
    assert_eq!(printer.tray(|tray| tray.cancelled), 1, "the rest must not come out later");

    let (ended, _, printer) = printed(|switches| switches.pages = Pages::AbortAfter(2)).await;
    assert_eq!(ended, end(Failed, 2, Now::Stopped));
    assert_eq!(printer.tray(|tray| tray.jobs.len()), 1);
}

#[tokio::test]
async fn paper_that_is_put_in_lets_it_go_on() {
    let printer = Emulator::start(0).await.unwrap();
    printer.set(|switches| switches.pages = Pages::EmptyAfter(2));
    let patient = Device {
        timeouts: Timeouts { standstill: Duration::from_mins(1), ..TIMEOUTS },
        ..device(printer.address())
    };
    let ended = patient
        .print(document(3), |progress| {
            if progress.printer == Now::PaperOut {
                assert_eq!(progress.came_out, 2);
                printer.set(|switches| switches.reasons.clear());
            }
        })
        .await;
    assert_eq!(ended, end(Confirmed, 3, Now::Ready));
}

#[tokio::test]
async fn a_paused_queue_is_resumed_where_that_is_allowed() {
    let (ended, _, printer) = printed(|switches| switches.paused = true).await;
    assert_eq!(ended, end(Confirmed, 3, Now::Ready));
    assert_eq!(printer.tray(|tray| tray.resumed), 1);

    let refused = |switches: &mut Switches| (switches.paused, switches.resumable) = (true, false);
    let (ended, _, printer) = printed(refused).await;
    assert_eq!(ended, end(Failed, 0, Now::Paused));
    assert!(printer.tray(|tray| tray.jobs.is_empty()));

    // The hall file says that nobody resumes it.
    printer.set(|switches| switches.resumable = true);
    let mut device = device(printer.address());
    device.setup.resume = false;
    assert_eq!(device.print(document(1), |_| {}).await, end(Failed, 0, Now::Paused));
    assert_eq!(printer.tray(|tray| tray.resumed), 0);
}

#[tokio::test]
async fn a_queue_that_pauses_again_and_again_is_not_resumed_for_ever() {
    let (ended, _, printer) = printed(|switches| {
        switches.pauses_at_job = true;
        switches.pages = Pages::Stand;
    })
    .await;
    assert_eq!((ended.state, ended.came_out), (Failed, 0));
    assert!(printer.tray(|tray| tray.resumed) <= super::following::RESUMES);
    assert_eq!(printer.tray(|tray| tray.jobs.len()), 1);
}

#[tokio::test]
async fn a_job_whose_answer_was_lost_is_found_and_not_sent_again() {
    let (ended, _, printer) = printed(|switches| switches.loses_answer = true).await;
    assert_eq!(ended, end(Confirmed, 3, Now::Ready));
    assert_eq!(printer.tray(|tray| tray.jobs.len()), 1);
}

#[tokio::test]
async fn a_printer_that_dies_in_the_middle_leaves_it_unknown() {
    let (ended, _, printer) = printed(|switches| switches.drops_after = Some(4_000)).await;
    assert_eq!((ended.state, ended.came_out), (Unknown, 0));
    assert!(printer.tray(|tray| tray.jobs.is_empty()));

    let (ended, _, printer) = printed(|switches| switches.forgets = true).await;
    assert_eq!(ended.state, Unknown, "it forgot the job: nothing is known");
    assert_eq!(printer.tray(|tray| tray.jobs.len()), 1);
}

#[tokio::test]
async fn a_job_that_stands_still_is_cancelled() {
    let (ended, _, printer) = printed(|switches| switches.pages = Pages::Stand).await;
    assert_eq!((ended.state, ended.came_out), (Failed, 0));
    assert_eq!(printer.tray(|tray| tray.cancelled), 1);

    let (ended, _, _) = printed(|switches| {
        (switches.pages, switches.stubborn) = (Pages::Stand, true);
    })
    .await;
    assert_eq!(ended.state, Unknown, "it may still come out");
}

#[tokio::test]
async fn a_silent_printer_and_none_at_all_are_offline() {
    let (ended, _, _) = printed(|switches| switches.silent = true).await;
    assert_eq!(ended, end(Failed, 0, Now::Offline));
    let gone = Emulator::start(0).await.unwrap().address();
    assert_eq!(device(gone).print(document(1), |_| {}).await, end(Failed, 0, Now::Offline));
    let nowhere = device("ipp://".to_owned());
    assert_eq!(nowhere.status().await, Now::Offline);
}

#[tokio::test]
async fn one_document_after_another() {
    let printer = Emulator::start(0).await.unwrap();
    let device = device(printer.address());
    let (first, second) = tokio::join!(
        device.print(document(2), |_| {}),
        device.print(document(5), |progress| {
            if progress.came_out > 0 {
                printer.tray(|tray| assert_eq!(tray.jobs[0].state, 9, "{:?}", tray.jobs));
            }
        })
    );
    assert_eq!((first.state, second.state), (Confirmed, Confirmed));
}
