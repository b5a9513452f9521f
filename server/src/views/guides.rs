//! The guides: what can be done in a hall, found by line, department, life
//! event, name and sound.

use jiban_app::guides::view::{Brought, By, Guide, GuideList, Passed, Row, Shelf, ShelfBox};
use jiban_app::guides::words::GuideWords;
use jiban_app::words::fill;
use jiban_domain::case::{Subject, plan::plan};
use jiban_domain::setup::{Bundle, Hall, Handling, Material, Matter, Setup, StepKind};
use jiban_domain::{HallId, Lang, Refusal, Text, sound};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::floor::Floor;
use crate::pinyin;

/// What of the list is asked for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// What was typed.
    pub query: String,
    /// A line, department or life event, by its id or name.
    pub line: Option<String>,
    /// The department.
    pub department: Option<String>,
    /// The life event, in Chinese.
    pub event: Option<String>,
}

/// What can be done: a matter, or several as one.
enum Offered<'a> {
    Matter(&'a Matter),
    Bundle(&'a Bundle, Vec<&'a Matter>),
}

impl<'a> Offered<'a> {
    fn all(hall: &'a Hall) -> Vec<Self> {
        let bundles = hall.bundles.iter().map(|bundle| {
            let parts = bundle.parts.iter().filter_map(|part| hall.matter(&part.matter));
            Self::Bundle(bundle, parts.collect())
        });
        bundles.chain(hall.matters.iter().map(Self::Matter)).collect()
    }

    fn id(&self) -> &'a str {
        match self {
            Self::Matter(matter) => matter.id.as_str(),
            Self::Bundle(bundle, _) => bundle.id.as_str(),
        }
    }

    fn name(&self) -> &'a Text {
        match self {
            Self::Matter(matter) => &matter.name,
            Self::Bundle(bundle, _) => &bundle.name,
        }
    }

    fn matters(&self) -> Vec<&'a Matter> {
        match self {
            Self::Matter(matter) => vec![matter],
            Self::Bundle(_, parts) => parts.clone(),
        }
    }

    fn life_events(&self) -> &'a [Text] {
        match self {
            Self::Matter(matter) => &matter.life_events,
            Self::Bundle(bundle, _) => &bundle.life_events,
        }
    }

    /// The departments that decide it, each once.
    fn departments(&self, setup: &Setup) -> Vec<(String, Text)> {
        let mut found: Vec<(String, Text)> = Vec::new();
        for matter in self.matters() {
            let id = matter.department.as_str();
            if !found.iter().any(|(known, _)| known == id) {
                found.push((id.to_owned(), setup.department_name(&matter.department)));
            }
        }
        found
    }

    /// How well it answers what was typed, the smaller the better.
    fn rank(&self, setup: &Setup, query: &str) -> Option<u8> {
        let query = query.trim().to_lowercase();
        if query.is_empty() {
            return Some(0);
        }
        let name = self.name();
        let zh = name.zh.to_lowercase();
        if zh.starts_with(&query) {
            return Some(0);
        }
        if zh.contains(&query) {
            return Some(1);
        }
        if query.is_ascii() && query.bytes().any(|letter| letter.is_ascii_alphanumeric()) {
            match sound::find(&pinyin::spelling(&name.zh), &query) {
                Some(0) => return Some(2),
                Some(_) => return Some(3),
                None => {}
            }
        }
        let begins_a_word = |text: &str| {
            let text = text.to_lowercase();
            text.match_indices(&query)
                .any(|(at, _)| !text[..at].ends_with(|before: char| before.is_ascii_alphanumeric()))
        };
        if begins_a_word(&name.en) {
            return Some(4);
        }
        // 食品许可 means 食品经营许可 too.
        let mut rest = zh.chars();
        if !query.is_ascii() && query.chars().all(|wanted| rest.any(|letter| letter == wanted)) {
            return Some(5);
        }
        let beside = self.life_events().iter().cloned();
        let beside = beside.chain(self.departments(setup).into_iter().map(|(_, name)| name));
        let mut beside = beside.chain(self.matters().into_iter().map(|one| one.name.clone()));
        beside
            .any(|text| text.zh.to_lowercase().contains(&query) || begins_a_word(&text.en))
            .then_some(6)
    }

    fn is_in(&self, wanted: &Wanted) -> bool {
        let line = wanted
            .line
            .as_ref()
            .is_none_or(|line| self.matters().iter().any(|matter| matter.line.as_str() == line));
        let department = wanted.department.as_ref().is_none_or(|department| {
            self.matters().iter().any(|matter| matter.department.as_str() == department)
        });
        let event = wanted
            .event
            .as_ref()
            .is_none_or(|event| self.life_events().iter().any(|known| known.zh == *event));
        line && department && event
    }

    fn promised_days(&self, hall: &Hall) -> u16 {
        match self {
            Self::Matter(matter) => matter.promised_days,
            Self::Bundle(bundle, _) => plan(hall, &Subject::Bundle(bundle.id.clone()))
                .map(|plan| plan.promised_days)
                .unwrap_or_default(),
        }
    }
}

/// The list.
///
/// # Errors
/// [`Refusal::UnknownHall`].
pub fn list(
    floor: &Floor,
    hall: Option<&HallId>,
    wanted: &Wanted,
    lang: Lang,
) -> Result<GuideList, Refusal> {
    let setup = &floor.setup().setup;
    let hall = super::hall::meant(floor, hall)?;
    let all = Offered::all(hall);
    let mut found: Vec<_> = all
        .iter()
        .filter(|one| one.is_in(wanted))
        .filter_map(|one| Some((one.rank(setup, &wanted.query)?, one)))
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    let shelves = shelves(setup, hall, &all, wanted, lang);
    let chosen = shelves.iter().flat_map(|shelf| &shelf.boxes).find(|one| one.chosen);
    Ok(GuideList {
        lang,
        hall: hall.id.to_string(),
        hall_name: hall.name.get(lang).to_owned(),
        other_halls: setup
            .halls
            .iter()
            .filter(|other| other.id != hall.id && !other.matters.is_empty())
            .map(|other| (list_at(other, "", "", lang), other.name.get(lang).to_owned()))
            .collect(),
        behind: behind(hall, wanted),
        query: wanted.query.clone(),
        chosen: chosen.map(|one| one.name.clone()),
        found: found.into_iter().map(|(_, one)| row(setup, hall, one, lang)).collect(),
        shelves,
    })
}

/// All that was asked for but the language, ready for more.
fn behind(hall: &Hall, wanted: &Wanted) -> String {
    let asked = [
        ("q", Some(&wanted.query).filter(|query| !query.is_empty())),
        ("line", wanted.line.as_ref()),
        ("department", wanted.department.as_ref()),
        ("event", wanted.event.as_ref()),
    ];
    let asked = asked.into_iter().filter_map(|(key, value)| Some(pair(key, value?)));
    std::iter::once(format!("hall={}&", hall.id)).chain(asked).collect()
}

fn pair(key: &str, value: &str) -> String {
    format!("{key}={}&", utf8_percent_encode(value, NON_ALPHANUMERIC))
}

/// The address of the list with one thing asked for.
fn list_at(hall: &Hall, key: &str, value: &str, lang: Lang) -> String {
    let asked = if key.is_empty() { String::new() } else { pair(key, value) };
    format!("/guides?hall={}&{asked}lang={}", hall.id, lang.tag())
}

fn shelves(
    setup: &Setup,
    hall: &Hall,
    all: &[Offered<'_>],
    wanted: &Wanted,
    lang: Lang,
) -> Vec<Shelf> {
    let make = |by, key: &str, ids: Vec<(String, Text)>, chosen: Option<&String>| {
        let boxes = ids
            .into_iter()
            .map(|(id, name)| {
                let only = match by {
                    By::Line => Wanted { line: Some(id.clone()), ..Wanted::default() },
                    By::Department => Wanted { department: Some(id.clone()), ..Wanted::default() },
                    By::LifeEvent => Wanted { event: Some(id.clone()), ..Wanted::default() },
                };
                ShelfBox {
                    name: name.get(lang).to_owned(),
                    address: list_at(hall, key, &id, lang),
                    count: all.iter().filter(|one| one.is_in(&only)).count(),
                    chosen: chosen == Some(&id),
                }
            })
            .filter(|one| one.count > 0)
            .collect();
        Shelf { by, boxes }
    };
    let mut events: Vec<(String, Text)> = Vec::new();
    for event in all.iter().flat_map(Offered::life_events) {
        if !events.iter().any(|(known, _)| *known == event.zh) {
            events.push((event.zh.clone(), event.clone()));
        }
    }
    let departments = setup.departments.iter().map(|one| (one.id.to_string(), one.name.clone()));
    let lines = hall.lines.iter().map(|line| (line.id.to_string(), line.name.clone()));
    let mut shelves = vec![
        make(By::LifeEvent, "event", events, wanted.event.as_ref()),
        make(By::Department, "department", departments.collect(), wanted.department.as_ref()),
        make(By::Line, "line", lines.collect(), wanted.line.as_ref()),
    ];
    shelves.retain(|shelf| !shelf.boxes.is_empty());
    shelves
}

fn row(setup: &Setup, hall: &Hall, one: &Offered<'_>, lang: Lang) -> Row {
    Row {
        address: guide_at(hall, one.id(), lang),
        name: one.name().get(lang).to_owned(),
        department: departments(setup, one, lang),
        time: time(one.promised_days(hall), lang),
        is_bundle: matches!(one, Offered::Bundle(..)),
        self_service: matches!(one, Offered::Matter(matter) if matter.self_service),
    }
}

fn departments(setup: &Setup, one: &Offered<'_>, lang: Lang) -> String {
    let names: Vec<_> =
        one.departments(setup).into_iter().map(|(_, name)| name.get(lang).to_owned()).collect();
    names.join(if lang == Lang::Zh { "、" } else { ", " })
}

fn guide_at(hall: &Hall, id: &str, lang: Lang) -> String {
    format!("/guides/{}/{id}?lang={}", hall.id, lang.tag())
}

fn time(days: u16, lang: Lang) -> String {
    let words = GuideWords::of(lang);
    match days {
        0 => words.at_once.to_owned(),
        1 => words.day.to_owned(),
        n => fill(words.days, &[("n", &n)]),
    }
}

/// A guide, by the id of a matter or bundle.
///
/// # Errors
/// [`Refusal::UnknownHall`], [`Refusal::UnknownMatter`].
pub fn guide(floor: &Floor, hall: &HallId, id: &str, lang: Lang) -> Result<Guide, Refusal> {
    let setup = &floor.setup().setup;
    let hall = setup.hall(hall).ok_or(Refusal::UnknownHall)?;
    let one = Offered::all(hall).into_iter().find(|one| one.id() == id);
    let one = one.ok_or(Refusal::UnknownMatter)?;
    let words = GuideWords::of(lang);
    let subject = match &one {
        Offered::Matter(matter) => Subject::Matter(matter.id.clone()),
        Offered::Bundle(bundle, _) => Subject::Bundle(bundle.id.clone()),
    };
    let plan = plan(hall, &subject)?;
    let mut first = vec![(words.promised, time(plan.promised_days, lang))];
    if plan.statutory_days > 0 {
        first.push((words.statutory, time(plan.statutory_days, lang)));
    }
    let matters = one.matters();
    first.push((words.fee, each_once(matters.iter().map(|matter| matter.fee.get(lang)))));
    let visits = matters.iter().map(|matter| matter.visits).max().unwrap_or_default();
    let visits = match visits {
        0 => words.visits_none.to_owned(),
        n => fill(words.visits_n, &[("n", &n)]),
    };
    first.push((words.visits, visits));
    if let Some(line) = matters.first().and_then(|matter| hall.line(&matter.line)) {
        let waiting = fill(words.waiting, &[("n", &floor.waiting(hall, &line.id))]);
        let name = line.name.get(lang);
        first.push((words.line, format!("{} {name} · {waiting}", line.letter)));
    }
    first.push((words.result, each_once(matters.iter().map(|matter| matter.result.get(lang)))));
    let asked: Vec<&Material> = matters.iter().flat_map(|matter| &matter.materials).collect();
    Ok(Guide {
        lang,
        hall: hall.id.to_string(),
        hall_name: hall.name.get(lang).to_owned(),
        name: one.name().get(lang).to_owned(),
        department: departments(setup, &one, lang),
        is_bundle: matches!(one, Offered::Bundle(..)),
        first,
        materials: plan
            .materials
            .iter()
            .filter_map(|wanted| asked.iter().find(|one| one.name == wanted.name))
            .map(|material| brought(material, lang))
            .collect(),
        steps: match &one {
            Offered::Matter(matter) => steps(setup, hall, matter, lang),
            Offered::Bundle(..) => Vec::new(),
        },
        parts: match &one {
            Offered::Matter(_) => Vec::new(),
            Offered::Bundle(bundle, _) => parts(hall, bundle, lang),
        },
        bundles: hall
            .bundles
            .iter()
            .filter(|bundle| bundle.parts.iter().any(|part| part.matter.as_str() == id))
            .map(|bundle| {
                (guide_at(hall, bundle.id.as_str(), lang), bundle.name.get(lang).to_owned())
            })
            .collect(),
        rest: rest(setup, hall, &one, lang),
    })
}

/// Texts, each once.
fn each_once<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut said: Vec<&str> = Vec::new();
    for text in texts.filter(|text| !text.is_empty()) {
        if !said.contains(&text) {
            said.push(text);
        }
    }
    said.join(" · ")
}

fn brought(material: &Material, lang: Lang) -> Brought {
    let words = GuideWords::of(lang);
    let source =
        material.source.as_ref().map(|source| fill(words.from, &[("source", &source.get(lang))]));
    let when = material
        .needed_when
        .as_ref()
        .map(|when| fill(words.needed_when, &[("when", &when.get(lang))]));
    let form = material.form.name().get(lang).to_owned();
    Brought {
        name: material.name.get(lang).to_owned(),
        aside: std::iter::once(form).chain(source).chain(when).collect(),
        deferrable: material.deferrable,
    }
}

fn steps(setup: &Setup, hall: &Hall, matter: &Matter, lang: Lang) -> Vec<Passed> {
    matter
        .steps
        .iter()
        .map(|step| {
            let by = match step.kind {
                StepKind::Accept => hall.name.clone(),
                StepKind::Deliver => hall.cases.results_at.clone(),
                StepKind::Review => setup.department_name(matter.department_of(step)),
            };
            let within =
                (step.days > 0).then(|| fill(GuideWords::of(lang).within, &[("n", &step.days)]));
            let aside: Vec<_> = std::iter::once(by.get(lang).to_owned()).chain(within).collect();
            Passed { name: step.name.get(lang).to_owned(), aside: aside.join(" · ") }
        })
        .collect()
}

fn parts(hall: &Hall, bundle: &Bundle, lang: Lang) -> Vec<(String, String, String)> {
    let words = GuideWords::of(lang);
    let name_of =
        |id| hall.matter(id).map_or_else(String::new, |one| one.name.get(lang).to_owned());
    bundle
        .parts
        .iter()
        .map(|part| {
            let before: Vec<_> = part.after.iter().map(name_of).collect();
            let after = if before.is_empty() {
                words.side_by_side.to_owned()
            } else {
                let between = if lang == Lang::Zh { "、" } else { ", " };
                fill(words.after, &[("matter", &before.join(between))])
            };
            (guide_at(hall, part.matter.as_str(), lang), name_of(&part.matter), after)
        })
        .collect()
}

fn rest(setup: &Setup, hall: &Hall, one: &Offered<'_>, lang: Lang) -> Vec<(&'static str, String)> {
    let words = GuideWords::of(lang);
    let events = each_once(one.life_events().iter().map(|event| event.get(lang)));
    let said = match one {
        Offered::Bundle(bundle, _) => vec![
            (words.note, bundle.note.as_ref().map(|note| note.get(lang).to_owned())),
            (words.by_event, Some(events)),
            (words.questions, Some(hall.telephone.clone())),
        ],
        Offered::Matter(matter) => {
            let department = setup.department(&matter.department);
            let handling = match matter.handling {
                Handling::Immediate => words.immediate,
                Handling::Promised => words.promised_kind,
            };
            let of = |text: &Option<Text>| text.as_ref().map(|text| text.get(lang).to_owned());
            let questions = matter
                .telephone
                .clone()
                .or_else(|| department.and_then(|one| one.telephone.clone()));
            let complaints = matter
                .complaints
                .clone()
                .or_else(|| department.and_then(|one| one.complaints.clone()));
            vec![
                (words.conditions, of(&matter.conditions)),
                (words.basis, of(&matter.basis)),
                (words.handling, Some(handling.to_owned())),
                (words.by_event, Some(events)),
                (words.questions, questions.or_else(|| Some(hall.telephone.clone()))),
                (words.complaints, complaints),
                (words.code, matter.code.clone()),
            ]
        }
    };
    said.into_iter()
        .filter_map(|(name, said)| Some((name, said.filter(|said| !said.is_empty())?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hall_file::{DEMO, read};

    fn found(query: &str) -> Vec<String> {
        let setup = read(DEMO).unwrap();
        let hall = &setup.halls[0];
        let mut found: Vec<_> = Offered::all(hall)
            .into_iter()
            .filter_map(|one| Some((one.rank(&setup, query)?, one.name().zh.clone())))
            .collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn food_is_found_by_letters_by_sound_and_by_name() {
        for query in ["sp", "shipin", "食品", "SP", "ship", "food", "食品许可", " 食品 "] {
            assert!(found(query)[0].starts_with("食品"), "{query}: {:?}", found(query));
        }
        assert!(found("没有这样的").is_empty());
        assert!(found("' OR 1=1 --").is_empty());
        assert_eq!(found("").len(), found("  ").len());
    }

    #[test]
    fn a_bundle_is_found_by_its_matters_and_its_life_event() {
        let wanted = |query: &str| found(query).iter().any(|name| name.contains("一件事"));
        assert!(wanted("餐饮") && wanted("招牌"));
    }
}
