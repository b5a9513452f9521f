//! What is wrong with a hall file: everything at once, each fault with its place,
//! so that a person corrects the file in one go.

use std::collections::HashSet;

use super::fault::SetupFault;
use super::{Hall, Role, Setup};
use crate::ids::HallId;
use crate::text;
use crate::text::Text;

mod booking;
mod bundle_form;
mod cases;
mod commitment;
mod form;
mod hall;
mod matter;
mod self_print;

/// The most characters of a name, and of a longer text.
const NAME: usize = 200;
const PASSAGE: usize = 2000;

/// All faults; empty where the hall file can be used.
pub fn faults(setup: &Setup) -> Vec<SetupFault> {
    let mut found = Found::default();
    if setup.halls.is_empty() {
        found.say(
            "hall",
            text!("还没有大厅；至少要有一个" | "there is no hall; at least one is needed"),
        );
    }
    let mut halls = Ids::new("大厅编号", "hall id");
    let mut counters = Ids::new("窗口编号", "counter id");
    let mut kiosks = Ids::new("终端编号", "kiosk id");
    for (index, hall) in setup.halls.iter().enumerate() {
        let place = format!("hall[{index}]");
        found.id(&place, hall.id.as_str(), &mut halls);
        found.ancestry(&place, setup, hall);
        found.hall(&place, setup, hall);
        found.counters(&place, hall, &mut counters);
        found.kiosks(&place, hall, &mut kiosks);
        found.self_print(&place, setup, hall);
        found.forms_of_bundles(&place, hall);
    }
    found.departments(setup);
    found.clerks(setup);
    found.faults
}

/// The ids of one kind seen so far. They are part of addresses, which are read in
/// either case, so `k1` and `K1` would be the same.
struct Ids {
    kind: Text,
    seen: HashSet<String>,
}

impl Ids {
    fn new(zh: &str, en: &str) -> Self {
        Self { kind: Text::new(zh, en), seen: HashSet::new() }
    }
}

#[derive(Default)]
struct Found {
    faults: Vec<SetupFault>,
}

impl Found {
    fn say(&mut self, place: &str, what: Text) {
        self.faults.push(SetupFault { place: place.to_owned(), what });
    }

    /// Ids are part of addresses and of the wire, so they are kept plain.
    fn id(&mut self, place: &str, id: &str, ids: &mut Ids) {
        let place = format!("{place}.id");
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if id.is_empty() || id.len() > 40 || !id.chars().all(plain) {
            self.say(
                &place,
                text!(
                    "“{id}”不能作编号；应为 1 到 40 个英文字母、数字、- 或 _"
                        | "\"{id}\" is not an id; expected 1 to 40 of A-Z, a-z, 0-9, - and _"
                ),
            );
        } else if !ids.seen.insert(id.to_ascii_lowercase()) {
            let Text { zh, en } = &ids.kind;
            self.say(&place, text!("{zh}“{id}”重复" | "the {en} \"{id}\" is used twice"));
        }
    }

    /// A text that must not be empty.
    fn text(&mut self, place: &str, text: &Text) {
        if text.zh.trim().is_empty() || text.en.trim().is_empty() {
            self.say(
                place,
                text!(
                    "没有填写；中文和英文都要有"
                        | "is empty; it needs words in Chinese and in English"
                ),
            );
        }
        self.no_longer_than(NAME, place, &[&text.zh, &text.en]);
    }

    fn no_longer_than(&mut self, most: usize, place: &str, texts: &[&str]) {
        if texts.iter().any(|text| text.chars().count() > most) {
            self.say(place, text!("超过 {most} 个字" | "is longer than {most} characters"));
        }
        if texts.iter().any(|text| text.chars().any(char::is_control)) {
            self.say(
                place,
                text!(
                    "含有换行或其他控制字符" | "contains a line break or another control character"
                ),
            );
        }
    }

    fn within(&mut self, place: &str, value: u32, least: u32, most: u32, unit: &Text) {
        let Text { zh, en } = unit;
        if value < least {
            self.say(
                place,
                text!(
                    "{value} 太少；应为 {least} 到 {most} {zh}"
                        | "{value} is too few; expected {least} to {most} {en}"
                ),
            );
        } else if value > most {
            self.say(
                place,
                text!(
                    "{value} 太多；应为 {least} 到 {most} {zh}"
                        | "{value} is too many; expected {least} to {most} {en}"
                ),
            );
        }
    }

    fn ancestry(&mut self, place: &str, setup: &Setup, hall: &Hall) {
        let mut above = hall.parent.as_ref();
        for _ in 0..=setup.halls.len() {
            let Some(parent) = above else { return };
            let Some(found) = setup.hall(parent) else {
                if hall.parent.as_ref() == Some(parent) {
                    self.say(&format!("{place}.parent"), no_hall(parent));
                }
                return;
            };
            above = found.parent.as_ref();
        }
        self.say(
            &format!("{place}.parent"),
            text!("上级大厅互为上下级，成了一圈" | "its parent halls form a circle"),
        );
    }

    fn departments(&mut self, setup: &Setup) {
        let mut ids = Ids::new("部门编号", "department id");
        for (index, department) in setup.departments.iter().enumerate() {
            let place = format!("department[{index}]");
            self.id(&place, department.id.as_str(), &mut ids);
            self.text(&format!("{place}.name"), &department.name);
            for (name, telephone) in
                [("telephone", &department.telephone), ("complaints", &department.complaints)]
            {
                if let Some(telephone) = telephone {
                    self.no_longer_than(60, &format!("{place}.{name}"), &[telephone]);
                }
            }
        }
    }

    fn clerks(&mut self, setup: &Setup) {
        let mut clerks = Ids::new("登录名", "clerk id");
        for (index, clerk) in setup.clerks.iter().enumerate() {
            let place = format!("clerk[{index}]");
            self.id(&place, clerk.id.as_str(), &mut clerks);
            self.text(&format!("{place}.name"), &clerk.name);
            for (at, hall) in clerk.halls.iter().enumerate() {
                if setup.hall(hall).is_none() {
                    self.say(&format!("{place}.halls[{at}]"), no_hall(hall));
                }
            }
            for (at, department) in clerk.departments.iter().enumerate() {
                self.department(&format!("{place}.departments[{at}]"), setup, department);
            }
            if clerk.role == Role::Reviewer && clerk.departments.is_empty() {
                self.say(
                    &format!("{place}.departments"),
                    text!(
                        "审批人员不属于任何部门；至少要有一个"
                            | "a reviewer needs at least one department"
                    ),
                );
            }
        }
        if !setup.clerks.iter().any(|clerk| clerk.role == Role::Admin) {
            self.say(
                "clerk",
                text!(
                    "没有人能设置大厅；应有一名管理员（role = \"admin\"）"
                        | "nobody may set up the hall; at least one clerk needs role = \"admin\""
                ),
            );
        }
    }
}

fn no_hall(id: &HallId) -> Text {
    text!("没有大厅“{id}”" | "there is no hall \"{id}\"")
}

#[cfg(test)]
mod tests;
