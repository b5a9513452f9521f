//! Faults of a hall, its lines, counters and kiosks.

use std::collections::HashSet;

use jiff::tz::TimeZone;

use super::{Found, Ids};
use crate::day::Hours;
use crate::ids::LineId;
use crate::setup::{EscposPrinter, Hall, Printer, Rules, Setup};
use crate::text;
use crate::text::Text;

impl Found {
    pub(super) fn hall(&mut self, place: &str, setup: &Setup, hall: &Hall) {
        self.text(&format!("{place}.name"), &hall.name);
        let zone = &hall.time_zone;
        if TimeZone::get(zone).is_err() {
            self.say(
                &format!("{place}.time_zone"),
                text!(
                    "“{zone}”不是时区；应为 Asia/Shanghai 这样的名称"
                        | "\"{zone}\" is not a time zone; expected a name such as Asia/Shanghai"
                ),
            );
        }
        let turn = hall.day_turns_at;
        if turn.minutes >= 24 * 60 {
            self.say(
                &format!("{place}.day_turns_at"),
                text!(
                    "{turn} 不能作换日时刻；应为 00:00 到 23:59"
                        | "{turn} is not a time of day; expected 00:00 to 23:59"
                ),
            );
        }
        self.no_longer_than(60, &format!("{place}.telephone"), &[&hall.telephone]);
        self.rules(&format!("{place}.rules"), &hall.rules);
        for fault in hall.hours.faults() {
            self.say(&format!("{place}.hours.{}", fault.place), fault.what);
        }
        self.case_rules(&format!("{place}.cases"), &hall.cases);
        self.lines(place, hall);
        if let Some(line) = hall.general_line.as_ref().filter(|id| hall.line(id).is_none()) {
            self.say(&format!("{place}.general_line"), no_line(line));
        }
        self.matters(place, setup, hall);
        self.booking(place, hall);
        self.bundles(place, hall);
    }

    fn rules(&mut self, place: &str, rules: &Rules) {
        let calls = &Text::new("次", "calls");
        let others = &Text::new("人", "others");
        let minutes = &Text::new("分钟", "minutes");
        let seconds = &Text::new("秒", "seconds");
        for (name, value, least, most, unit) in [
            ("calls_before_missed", rules.calls_before_missed, 1, 20, calls),
            ("reinstate_behind", rules.reinstate_behind, 0, 50, others),
            ("elder_head_start", rules.elder_head_start, 0, 240, minutes),
            ("priority_head_start", rules.priority_head_start, 0, 240, minutes),
            ("ill_head_start", rules.ill_head_start, 0, 240, minutes),
            ("idle_seconds", rules.idle_seconds, 10, 600, seconds),
            ("countdown_seconds", rules.countdown_seconds, 20, 600, seconds),
        ] {
            self.within(&format!("{place}.{name}"), value, least, most, unit);
        }
    }

    fn lines(&mut self, place: &str, hall: &Hall) {
        let mut ids = Ids::new("队列编号", "line id");
        let mut letters = HashSet::new();
        for (at, line) in hall.lines.iter().enumerate() {
            let place = format!("{place}.line[{at}]");
            self.id(&place, line.id.as_str(), &mut ids);
            self.text(&format!("{place}.name"), &line.name);
            let letter = line.letter;
            if !letter.is_ascii_uppercase() {
                self.say(
                    &format!("{place}.letter"),
                    text!(
                        "“{letter}”不能作队列字母；应为 A 到 Z 中的一个"
                            | "\"{letter}\" is not a letter; expected one of A to Z"
                    ),
                );
            } else if !letters.insert(letter) {
                self.say(
                    &format!("{place}.letter"),
                    text!("队列字母“{letter}”重复" | "the letter \"{letter}\" is used twice"),
                );
            }
            if let Some(hours) = &line.hours {
                self.staffed(&place, hours, hall);
            }
            let id = &line.id;
            if !line.closed && !hall.counters.iter().any(|c| c.lines.contains(id)) {
                self.say(
                    &place,
                    text!(
                        "没有窗口服务队列“{id}”；请添加窗口，或暂停该队列取号"
                            | "no counter serves the line \"{id}\"; add one, or close the line"
                    ),
                );
            }
        }
    }

    /// The hours of a line or counter, which nobody can come to outside the hall's.
    fn staffed(&mut self, place: &str, hours: &Hours, hall: &Hall) {
        let place = format!("{place}.hours");
        for fault in hours.faults() {
            self.say(&format!("{place}.{}", fault.place), fault.what);
        }
        for fault in hours.outside(&hall.hours) {
            self.say(&format!("{place}.{}", fault.place), fault.what);
        }
    }

    pub(super) fn counters(&mut self, place: &str, hall: &Hall, ids: &mut Ids) {
        for (at, counter) in hall.counters.iter().enumerate() {
            let place = format!("{place}.counter[{at}]");
            self.id(&place, counter.id.as_str(), ids);
            self.text(&format!("{place}.name"), &counter.name);
            if counter.lines.is_empty() {
                self.say(
                    &format!("{place}.lines"),
                    text!(
                        "不服务任何队列；至少要有一个" | "serves no line; at least one is needed"
                    ),
                );
            }
            if let Some(hours) = &counter.hours {
                self.staffed(&place, hours, hall);
            }
            self.printer(&format!("{place}.printer"), &counter.printer);
            let mut served = HashSet::new();
            for (index, line) in counter.lines.iter().enumerate() {
                let place = format!("{place}.lines[{index}]");
                if hall.line(line).is_none() {
                    self.say(&place, no_line(line));
                } else if !served.insert(line) {
                    self.say(
                        &place,
                        text!("队列“{line}”重复" | "the line \"{line}\" is used twice"),
                    );
                }
            }
        }
    }

    pub(super) fn kiosks(&mut self, place: &str, hall: &Hall, ids: &mut Ids) {
        for (at, kiosk) in hall.kiosks.iter().enumerate() {
            let place = format!("{place}.kiosk[{at}]");
            self.id(&place, kiosk.id.as_str(), ids);
            self.text(&format!("{place}.name"), &kiosk.name);
            self.printer(&format!("{place}.printer"), &kiosk.printer);
            if let Some(printer) = &kiosk.document_printer {
                self.document_printer(&format!("{place}.document_printer"), printer);
            }
            let millimetres = text!("毫米" | "mm");
            for (field, value, most) in [
                ("height_mm", kiosk.screen.height_mm, 2_500),
                ("lower_edge_mm", kiosk.screen.lower_edge_mm, 2_000),
            ] {
                // 0: not measured.
                if value != 0 {
                    let place = format!("{place}.screen.{field}");
                    self.within(&place, value, 100, most, &millimetres);
                }
            }
        }
    }

    fn printer(&mut self, place: &str, printer: &Printer) {
        let (paper, dots) = match printer {
            Printer::None => return,
            Printer::Browser { paper } => (paper, None),
            Printer::Escpos(printer) => {
                self.printer_address(place, printer);
                (&printer.paper, printer.dots)
            }
        };
        if ![58, 80].contains(paper) {
            self.say(
                &format!("{place}.paper"),
                text!(
                    "没有 {paper} 这种纸宽；应为 58 或 80（毫米）"
                        | "{paper} is not a paper width; expected 58 or 80 (millimetres)"
                ),
            );
        }
        if let Some(dots) = dots.filter(|dots| !DOTS.contains(dots) || dots % 8 != 0) {
            let (low, high) = (DOTS.start(), DOTS.end());
            self.say(
                &format!("{place}.dots"),
                text!(
                    "没有 {dots} 点的打印头；应为 {low} 至 {high} 之间 8 的倍数"
                        | "no head has {dots} dots; expected a multiple of 8 from {low} to {high}"
                ),
            );
        }
    }

    fn printer_address(&mut self, place: &str, printer: &EscposPrinter) {
        let address = &printer.address;
        if printer.is_device() {
            self.printer_device(place, printer);
            return;
        }
        if printer.baud.is_some() {
            self.say(
                &format!("{place}.baud"),
                text!(
                    "只有串口打印机（如 /dev/ttyUSB0）才有波特率"
                        | "only a printer on a serial line such as /dev/ttyUSB0 has a speed"
                ),
            );
        }
        let reachable = address.rsplit_once(':').is_some_and(|(host, port)| {
            let plain = |c: char| !c.is_whitespace() && !c.is_control() && c != '/';
            !host.is_empty()
                && host.chars().all(plain)
                && port.parse::<u16>().is_ok_and(|port| port > 0)
        });
        if !reachable {
            self.say(
                &format!("{place}.address"),
                text!(
                    "“{address}”不是打印机地址；应为“主机:端口”，如 192.168.1.50:9100，或设备，如 /dev/usb/lp0"
                        | "\"{address}\" is not an address; expected host:port such as 192.168.1.50:9100, or a device such as /dev/usb/lp0"
                ),
            );
        }
    }

    /// A printer at the machine itself.
    fn printer_device(&mut self, place: &str, printer: &EscposPrinter) {
        let address = &printer.address;
        let plain = |c: char| c.is_ascii_alphanumeric() || "/-_.:+".contains(c);
        let is_device = address.starts_with("/dev/")
            && address.len() > "/dev/".len()
            && address.chars().all(plain)
            && !address.contains("/../");
        // What the server prints on must be reachable for the server.
        let at_kiosk = place.contains(".kiosk[");
        if !is_device || !at_kiosk {
            self.say(
                &format!("{place}.address"),
                if at_kiosk {
                    text!(
                        "“{address}”不是打印机设备；应如 /dev/usb/lp0 或 /dev/ttyUSB0"
                            | "\"{address}\" is not a printer's device; expected one such as /dev/usb/lp0 or /dev/ttyUSB0"
                    )
                } else {
                    text!(
                        "窗口的打印机由服务器打印，须为网络打印机“主机:端口”；“{address}”只能由自助终端本机使用"
                            | "a counter's printer is the server's to print on and must be host:port; only a kiosk's own terminal can print on \"{address}\""
                    )
                },
            );
        }
        let is_line = address.starts_with("/dev/tty") || address.starts_with("/dev/serial/");
        let fits = match printer.baud {
            Some(baud) => is_line && BAUDS.contains(&baud),
            None => !is_line,
        };
        if !fits {
            let speeds = BAUDS.map(|baud| baud.to_string());
            let (zh, en) = (speeds.join("、"), speeds.join(", "));
            self.say(
                &format!("{place}.baud"),
                text!(
                    "串口打印机须填写波特率：{zh}；USB 打印机没有波特率"
                        | "a printer on a serial line needs its speed: {en}; a USB printer has none"
                ),
            );
        }
    }
}

/// The speeds of serial lines.
const BAUDS: [u32; 6] = [4_800, 9_600, 19_200, 38_400, 57_600, 115_200];

/// Dots across of the heads there are. The layouts need the least.
const DOTS: std::ops::RangeInclusive<u16> = 320..=1280;

pub(super) fn no_line(id: &LineId) -> Text {
    text!("本大厅没有队列“{id}”" | "there is no line \"{id}\" in this hall")
}
