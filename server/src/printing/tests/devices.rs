//! Printers at this machine: a device that is written to and read from, and a serial line. Both
//! behave like a printer in the network, with all its vices.

use super::super::emulator::line::Line;
use super::*;

/// The two kinds of devices, each at a printer of its own.
async fn each_kind(test: impl AsyncFn(&Emulator, Printer)) {
    for baud in [None, Some(115_200)] {
        let emulator = emulator().await;
        let line = Line::to(&emulator).unwrap();
        let mut at_it = printer(&emulator);
        at_it.setup = EscposPrinter { baud, ..EscposPrinter::new(line.path.clone()) };
        test(&emulator, at_it).await;
        // What is known of a printer goes by its path, which another test might get.
        std::mem::forget(line);
    }
}

fn soon(printer: &Printer) -> Printer {
    let timeouts = Timeouts {
        answer: Duration::from_millis(200),
        done: Duration::from_millis(600),
        ..Timeouts::default()
    };
    Printer { timeouts, ..printer.clone() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_prints_one_slip_after_another() {
    each_kind(async |emulator, printer| {
        for _ in 0..3 {
            assert_eq!(printer.print(&a_slip()).await, Outcome::Confirmed);
        }
        let tray = emulator.tray();
        assert_eq!((tray.slips.len(), tray.faults), (3, 0));
        assert_eq!(read_qr(&tray.slips[2]), URL);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_says_that_it_cannot_print() {
    each_kind(async |emulator, printer| {
        emulator.set(|switches| switches.paper = Paper::Out);
        assert_eq!(printer.print(&a_slip()).await, Outcome::Failed(PrinterNow::PaperOut));
        emulator.set(|switches| (switches.paper, switches.cover_open) = (Paper::In, true));
        assert_eq!(printer.print(&a_slip()).await, Outcome::Failed(PrinterNow::CoverOpen));
        assert_eq!(emulator.tray().received, 0, "nothing was sent");
        emulator.set(|switches| switches.cover_open = false);
        assert_eq!(printer.print(&a_slip()).await, Outcome::Confirmed, "paper is back");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_that_says_nothing_prints_all_the_same() {
    each_kind(async |emulator, printer| {
        emulator.set(|switches| switches.silent = true);
        assert_eq!(soon(&printer).status().await, PrinterNow::Unknown);
        assert_eq!(soon(&printer).print(&a_slip()).await, Outcome::Unknown);
        assert_eq!(emulator.slips(1).await.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_device_is_waited_for() {
    each_kind(async |emulator, printer| {
        emulator.set(|switches| switches.slow = Duration::from_millis(60));
        assert_eq!(printer.print(&a_slip()).await, Outcome::Confirmed);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_that_is_cut_in_the_middle_of_a_slip_leaves_it_unknown() {
    each_kind(async |emulator, printer| {
        emulator.set(|switches| switches.drop_after = Some(9_000));
        assert_eq!(soon(&printer).print(&a_slip()).await, Outcome::Unknown);
        assert!(emulator.tray().slips.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_roll_may_end_in_the_middle_of_a_slip() {
    each_kind(async |emulator, printer| {
        emulator.set(|switches| switches.paper_out_after = Some(4));
        assert_eq!(printer.print(&a_slip()).await, Outcome::Unknown);
        assert_eq!(printer.status().await, PrinterNow::PaperOut);
        emulator.set(|switches| switches.paper = Paper::In);
        // What it had taken comes out now: that is why nothing is sent twice.
        assert_eq!(emulator.slips(1).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_device_that_is_not_there_is_away() {
    let emulator = emulator().await;
    for path in ["/dev/usb/no-such-printer", "/dev/null/x", env!("CARGO_MANIFEST_DIR")] {
        let mut printer = soon(&printer(&emulator));
        printer.setup = EscposPrinter::new(path.to_owned());
        assert_eq!(printer.status().await, PrinterNow::Offline, "{path}");
        let outcome = printer.print(&a_slip()).await;
        assert_eq!(outcome, Outcome::Failed(PrinterNow::Offline), "{path}");
    }
}
