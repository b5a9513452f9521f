//! Printing against an emulated printer on a real socket.

use std::time::Duration;

use image::{GrayImage, Luma};
use jiban_app::slip;
use jiban_domain::print_job::PrinterNow;
use jiban_domain::setup::EscposPrinter;
use jiban_domain::slip::Slip;
use jiban_domain::ticket::{Priority, TicketState};
use jiban_domain::wait::WaitMinutes;
use jiban_domain::{Lang, Text};

mod devices;

use super::emulator::{Emulator, Paper};
use super::raster::{Bitmap, raster};
use super::{Outcome, Printer, Timeouts, fonts};

const URL: &str = "http://192.168.1.20:3000/T/7ZZZZZZZZZ0123456789ABCDEF";

fn a_slip() -> Slip {
    Slip {
        lang: Lang::Zh,
        hall: Text::new("城东街道政务服务中心", "Chengdong Government Service Centre"),
        number: "B023".to_owned(),
        line: Text::new("综合审批", "General approvals"),
        matter: Text::new("城镇污水排入排水管网许可", "Permit to discharge sewage into drains"),
        ahead: 12,
        wait_minutes: Some(WaitMinutes { low: 20, high: 45 }),
        calls_from: None,
        priority: Priority::None,
        state: TicketState::Waiting,
        counter: None,
        issued_at: 0,
        issued_local: "2026-11-21 09:05".to_owned(),
        qr: URL.to_owned(),
        materials: vec![
            Text::new("排水许可申请表", "Application form"),
            Text::new("排水管网图纸", "Drawings of the drains"),
        ],
        reprint: false,
        confirmed: true,
    }
}

/// Long enough for a busy machine where an answer will come, short where the
/// test is that none does.
fn printer(emulator: &Emulator) -> Printer {
    let timeouts = Timeouts {
        connect: Duration::from_secs(20),
        answer: Duration::from_secs(20),
        write: Duration::from_secs(20),
        done: Duration::from_secs(30),
    };
    Printer { setup: EscposPrinter::new(emulator.address()), timeouts }
}

fn short(emulator: &Emulator) -> Printer {
    let timeouts = Timeouts {
        answer: Duration::from_millis(200),
        done: Duration::from_millis(600),
        ..Timeouts::default()
    };
    Printer { timeouts, ..printer(emulator) }
}

async fn emulator() -> Emulator {
    Emulator::start(0, 576, None).await.unwrap()
}

fn read_qr(picture: &GrayImage) -> String {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    // A strip of white, as the edge of the paper gives.
    let mut seen = rqrr::PreparedImage::prepare_from_greyscale(width + 60, height + 60, |x, y| {
        let (Some(x), Some(y)) = (x.checked_sub(30), y.checked_sub(30)) else { return 255 };
        if x < width && y < height { picture.as_raw()[y * width + x] } else { 255 }
    });
    let codes = seen.detect_grids();
    assert_eq!(codes.len(), 1, "codes in the picture");
    codes[0].decode().unwrap().1
}

fn as_image(bitmap: &Bitmap) -> GrayImage {
    GrayImage::from_fn(bitmap.width, bitmap.height, |x, y| {
        Luma([if bitmap.is_black(x, y) { 0 } else { 255 }])
    })
}

#[tokio::test]
async fn a_ready_printer_prints_what_the_screen_shows() {
    let emulator = emulator().await;
    let slip = a_slip();
    assert_eq!(printer(&emulator).print(&slip).await, Outcome::Confirmed);
    let tray = emulator.tray();
    assert_eq!((tray.slips.len(), tray.faults), (1, 0));
    let drawn = as_image(&raster(&slip::svg(&slip, 576), 576).unwrap());
    let printed = &tray.slips[0];
    assert_eq!(printed.width(), 576);
    assert!(printed.height() > drawn.height());
    let different =
        drawn.enumerate_pixels().filter(|(x, y, dot)| printed.get_pixel(*x, *y) != *dot).count();
    // Only dots that keep the picture from being read as a command.
    assert!(different < 20, "{different} dots differ");
    assert_eq!(read_qr(printed), URL);
}

#[tokio::test]
async fn a_printer_that_draws_the_code_itself_gets_none_in_the_picture() {
    let emulator = emulator().await;
    let mut printer = printer(&emulator);
    printer.setup.native_qr = true;
    assert_eq!(printer.print(&a_slip()).await, Outcome::Confirmed);
    let tray = emulator.tray();
    assert_eq!(tray.faults, 0);
    assert_eq!(read_qr(&tray.slips[0]), URL);
    let around = slip::around_qr(&a_slip(), 576);
    let mut above = rqrr::PreparedImage::prepare(as_image(&raster(&around.above, 576).unwrap()));
    assert!(above.detect_grids().is_empty());
}

#[tokio::test]
async fn narrow_paper_is_printed_too() {
    let emulator = Emulator::start(0, 384, None).await.unwrap();
    let mut printer = printer(&emulator);
    printer.setup.paper = 58;
    assert_eq!(printer.print(&a_slip()).await, Outcome::Confirmed);
    assert_eq!(read_qr(&emulator.tray().slips[0]), URL);
}

#[tokio::test]
async fn nothing_is_sent_to_a_printer_that_cannot_print() {
    let emulator = emulator().await;
    emulator.set(|switches| switches.paper = Paper::Out);
    let outcome = printer(&emulator).print(&a_slip()).await;
    assert_eq!(outcome, Outcome::Failed(PrinterNow::PaperOut));
    emulator.set(|switches| (switches.paper, switches.cover_open) = (Paper::In, true));
    let outcome = printer(&emulator).print(&a_slip()).await;
    assert_eq!(outcome, Outcome::Failed(PrinterNow::CoverOpen));
    assert_eq!(emulator.tray().received, 0);
    emulator.set(|switches| switches.cover_open = false);
    assert_eq!(printer(&emulator).print(&a_slip()).await, Outcome::Confirmed);
    assert_eq!(emulator.tray().slips.len(), 1);
}

#[tokio::test]
async fn its_state_is_what_it_says() {
    let emulator = emulator().await;
    let printer = printer(&emulator);
    for (paper, cover_open, wanted) in [
        (Paper::In, false, PrinterNow::Ready),
        (Paper::Low, false, PrinterNow::PaperLow),
        (Paper::Out, false, PrinterNow::PaperOut),
        (Paper::In, true, PrinterNow::CoverOpen),
    ] {
        emulator.set(|switches| (switches.paper, switches.cover_open) = (paper, cover_open));
        assert_eq!(printer.status().await, wanted);
    }
    assert_eq!(emulator.tray().received, 0);
}

#[tokio::test]
async fn a_roll_near_its_end_still_prints() {
    let emulator = emulator().await;
    emulator.set(|switches| (switches.paper, switches.receipts) = (Paper::Low, false));
    assert_eq!(printer(&emulator).print(&a_slip()).await, Outcome::Confirmed);
}

#[tokio::test]
async fn a_printer_that_answers_nothing_prints_and_is_unknown() {
    for answer in [None, Some(vec![0]), Some(vec![0, 0, 0])] {
        let emulator = emulator().await;
        emulator.set(|switches| {
            (switches.silent, switches.garbage) = (answer.is_none(), answer.clone());
        });
        assert_eq!(short(&emulator).status().await, PrinterNow::Unknown, "{answer:?}");
        assert_eq!(short(&emulator).print(&a_slip()).await, Outcome::Unknown, "{answer:?}");
        assert_eq!(emulator.slips(1).await.len(), 1);
        // It is not waited for again.
        let mut patient = short(&emulator);
        patient.timeouts.done = Duration::from_secs(100_000);
        assert_eq!(patient.print(&a_slip()).await, Outcome::Unknown);
        assert_eq!(emulator.slips(2).await.len(), 2);
    }
}

#[tokio::test]
async fn a_printer_that_has_answered_and_is_silent_is_offline_and_gets_nothing() {
    let emulator = emulator().await;
    assert_eq!(printer(&emulator).status().await, PrinterNow::Ready);
    emulator.set(|switches| switches.silent = true);
    let outcome = short(&emulator).print(&a_slip()).await;
    assert_eq!(outcome, Outcome::Failed(PrinterNow::Offline));
    assert_eq!(emulator.tray().received, 0);
}

#[tokio::test]
async fn a_simple_printer_is_asked_nothing_that_it_would_print() {
    let emulator = emulator().await;
    let mut printer = printer(&emulator);
    (printer.setup.status, printer.setup.after_cut) = (false, false);
    // It would be asked before, and waited for after.
    emulator.set(|switches| switches.silent = true);
    assert_eq!(printer.status().await, PrinterNow::Unknown);
    assert_eq!(printer.print(&a_slip()).await, Outcome::Unknown);
    assert_eq!(emulator.slips(1).await.len(), 1);
    let tray = emulator.tray();
    assert_eq!((tray.faults, tray.asked), (0, 0));
    drop(emulator);
    assert_eq!(printer.status().await, PrinterNow::Offline, "it cannot be reached");
}

#[tokio::test]
async fn heads_of_other_widths_print_the_whole_slip() {
    for dots in [512, 640] {
        let emulator = Emulator::start(0, dots.into(), None).await.unwrap();
        let mut printer = printer(&emulator);
        printer.setup.dots = Some(dots);
        assert_eq!(printer.print(&a_slip()).await, Outcome::Confirmed);
        let tray = emulator.tray();
        assert_eq!((tray.faults, tray.slips[0].width()), (0, u32::from(dots)));
        assert_eq!(read_qr(&tray.slips[0]), URL);
    }
}

#[tokio::test]
async fn what_is_no_printer_is_offline() {
    let emulator = emulator().await;
    for garbage in [&b"HTTP/1.1 400 Bad Request\r\n\r\n222"[..], &[0x12; 40], &[0xff; 3]] {
        emulator.set(|switches| switches.garbage = Some(garbage.to_vec()));
        let outcome = short(&emulator).print(&a_slip()).await;
        assert_eq!(outcome, Outcome::Failed(PrinterNow::Offline), "{garbage:?}");
    }
    assert_eq!(emulator.tray().received, 0);
    for address in ["127.0.0.1:1", "", ":", "no such host", "127.0.0.1:99999"] {
        let mut printer = short(&emulator);
        printer.setup.address = address.to_owned();
        assert_eq!(printer.status().await, PrinterNow::Offline);
    }
}

#[tokio::test]
async fn a_printer_that_gives_no_receipts_leaves_the_slip_unknown() {
    let emulator = emulator().await;
    emulator.set(|switches| (switches.receipts, switches.in_turn) = (false, false));
    assert_eq!(short(&emulator).print(&a_slip()).await, Outcome::Unknown);
    assert_eq!(emulator.slips(1).await.len(), 1);
}

#[tokio::test]
async fn a_printer_that_gives_no_receipts_is_waited_for_once() {
    let emulator = emulator().await;
    emulator.set(|switches| (switches.receipts, switches.in_turn) = (false, false));
    assert_eq!(short(&emulator).print(&a_slip()).await, Outcome::Unknown);
    // It would be waited for as long as the test may run.
    let mut patient = short(&emulator);
    patient.timeouts.done = Duration::from_secs(100_000);
    for _ in 0..3 {
        assert_eq!(patient.print(&a_slip()).await, Outcome::Unknown);
    }
    assert_eq!(emulator.slips(4).await.len(), 4);
}

#[tokio::test]
async fn either_receipt_confirms() {
    let emulator = emulator().await;
    emulator.set(|switches| switches.in_turn = false);
    assert_eq!(printer(&emulator).print(&a_slip()).await, Outcome::Confirmed);
    emulator.set(|switches| (switches.receipts, switches.in_turn) = (false, true));
    assert_eq!(printer(&emulator).print(&a_slip()).await, Outcome::Confirmed);
}

#[tokio::test]
async fn a_roll_that_ends_in_the_middle_leaves_it_unknown_and_it_comes_once() {
    let emulator = emulator().await;
    emulator.set(|switches| switches.paper_out_after = Some(4));
    let mut impatient = printer(&emulator);
    impatient.timeouts.answer = Duration::from_millis(500);
    assert_eq!(impatient.print(&a_slip()).await, Outcome::Unknown);
    assert_eq!(emulator.tray().slips.len(), 0);
    // A new roll: it prints what it had, and nobody sent that again.
    emulator.set(|switches| switches.paper = Paper::In);
    let now = printer(&emulator).status().await;
    assert_eq!(now, PrinterNow::Ready);
    let slips = emulator.slips(1).await;
    assert_eq!((slips.len(), read_qr(&slips[0])), (1, URL.to_owned()));
}

#[tokio::test]
async fn a_connection_cut_in_the_middle_leaves_it_unknown() {
    let emulator = emulator().await;
    for bytes in [1, 5_000, 20_000] {
        emulator.set(|switches| switches.drop_after = Some(bytes));
        assert_eq!(printer(&emulator).print(&a_slip()).await, Outcome::Unknown, "{bytes}");
    }
    assert_eq!(emulator.tray().slips.len(), 0);
}

#[tokio::test]
async fn two_kiosks_at_one_printer_take_turns() {
    let emulator = emulator().await;
    let (one, other) = (printer(&emulator), printer(&emulator));
    let (mut a, mut b) = (a_slip(), a_slip());
    a.number = "A001".to_owned();
    b.number = "A002".to_owned();
    let outcomes = tokio::join!(one.print(&a), other.print(&b));
    assert_eq!(outcomes, (Outcome::Confirmed, Outcome::Confirmed));
    assert_eq!(emulator.tray().slips.len(), 2);
}

#[tokio::test]
async fn one_printer_written_in_two_ways_prints_one_slip_at_a_time() {
    let emulator = emulator().await;
    // While it is busy it answers nobody else: without a turn, the other would find it offline.
    emulator.set(|switches| switches.slow = Duration::from_millis(100));
    let one = printer(&emulator);
    let mut other = printer(&emulator);
    let port = emulator.address().rsplit(':').next().unwrap().to_owned();
    other.setup.address = format!("localhost:{port}");
    other.timeouts.answer = Duration::from_millis(200);
    let slip = a_slip();
    let outcomes = tokio::join!(one.print(&slip), other.print(&slip));
    assert_eq!(outcomes, (Outcome::Confirmed, Outcome::Confirmed));
    assert_eq!(emulator.tray().slips.len(), 2);
}

#[test]
fn chinese_is_set_and_not_left_empty() {
    let with = |matter: &str| {
        let slip = Slip { matter: Text::from(matter), ..a_slip() };
        let picture = raster(&slip::svg(&slip, 576), 576).unwrap();
        picture.bits.iter().map(|byte| byte.count_ones()).sum::<u32>()
    };
    let (one, many) = (with("一"), with("餐"));
    assert!(many > one + 100, "一 takes {one} dots, 餐 {many}");
    // Missing characters are all drawn alike.
    assert_ne!(with("餐"), with("鸭"));
}

/// Every text of every slip, as it is really set, stays on the paper.
#[test]
fn nothing_runs_off_the_paper() {
    use resvg::usvg::{Group, Node, Options, Tree};
    fn edges(group: &Group, into: &mut Vec<(f32, f32)>) {
        for node in group.children() {
            match node {
                Node::Group(group) => edges(group, into),
                Node::Text(text) => {
                    let bounds = text.abs_bounding_box();
                    into.push((bounds.left(), bounds.right()));
                }
                _ => {}
            }
        }
    }
    let long = "Registration of the establishment of an individually-owned business (new), WWWWWW";
    let mut slips = vec![a_slip()];
    for (number, wait) in [("W1000", Some(WaitMinutes { low: 6000, high: 9999 })), ("A1", None)] {
        slips.push(Slip {
            number: number.to_owned(),
            hall: Text::new("内蒙古自治区呼伦贝尔市鄂伦春自治旗大杨树镇便民服务中心", long),
            matter: Text::new("个体工商户设立登记（含个体工商户备案、经营场所使用证明）及食品经营许可证（新办）联办事项申请受理与现场核查", long),
            line: Text::new("企业开办与工程建设项目审批综合受理", long),
            ahead: 1234,
            wait_minutes: wait,
            materials: vec![Text::new("法定代表人身份证明及经营场所布局图和操作流程食品安全管理制度说明", long); 9],
            reprint: true,
            ..a_slip()
        });
    }
    let options = Options { fontdb: fonts::chinese().unwrap(), ..Options::default() };
    for slip in slips {
        let heads = [384, 512, 576, 640].into_iter();
        for (lang, dots) in heads.flat_map(|dots| [(Lang::Zh, dots), (Lang::En, dots)]) {
            let svg = slip::svg(&Slip { lang, ..slip.clone() }, dots);
            let tree = Tree::from_str(&svg, &options).unwrap();
            #[allow(clippy::cast_precision_loss)]
            let paper_width = dots as f32;
            let scale = paper_width / tree.size().width();
            let mut texts = Vec::new();
            edges(tree.root(), &mut texts);
            assert!(texts.len() > 10);
            for (left, right) in texts {
                let (left, right) = (left * scale, right * scale);
                assert!(left >= 0.0 && right <= paper_width, "{left}..{right} {svg}");
            }
        }
    }
}
