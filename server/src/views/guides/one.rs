//! One guide.

use jiban_app::api::guide::{BundlePart, Guide, GuideMaterial, GuideStep};
use jiban_app::guides::words::GuideWords;
use jiban_app::words::fill;
use jiban_domain::booking;
use jiban_domain::case::{Subject, plan::plan};
use jiban_domain::form;
use jiban_domain::setup::{Bundle, Hall, Handling, Line, Material, Matter, Setup, StepKind};
use jiban_domain::{HallId, KioskId, Lang, Refusal, Text};

use super::super::count;
use super::offered::Offered;
use super::{departments, time};
use crate::service::HallService;

/// The guide of a matter or bundle.
///
/// # Errors
/// [`Refusal::UnknownHall`], [`Refusal::UnknownMatter`].
pub fn guide(service: &HallService, hall: &HallId, id: &str, lang: Lang) -> Result<Guide, Refusal> {
    let live_state = service.live_state();
    let setup = &live_state.setup().setup;
    let hall = setup.hall(hall).ok_or(Refusal::UnknownHall)?;
    let waiting = |line: &Line| count(live_state.waiting(hall, &line.id));
    of_hall(setup, &service.addresses.base, hall, (id, lang), waiting)
}

/// The same, in the hall of a kiosk.
///
/// # Errors
/// [`Refusal::UnknownKiosk`], [`Refusal::UnknownMatter`].
pub fn guide_at_kiosk(
    service: &HallService,
    kiosk: &KioskId,
    id: &str,
    lang: Lang,
) -> Result<Guide, Refusal> {
    let live_state = service.live_state();
    let setup = &live_state.setup().setup;
    let (hall, _) = setup.kiosk(kiosk).ok_or(Refusal::UnknownKiosk)?;
    let waiting = |line: &Line| count(live_state.waiting(hall, &line.id));
    of_hall(setup, &service.addresses.base, hall, (id, lang), waiting)
}

/// The guide of a matter or bundle by the setup alone.
///
/// # Errors
/// [`Refusal::UnknownMatter`].
pub fn of_hall(
    setup: &Setup,
    base: &str,
    hall: &Hall,
    (id, lang): (&str, Lang),
    waiting: impl Fn(&Line) -> u32,
) -> Result<Guide, Refusal> {
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
    let line = matters.first().and_then(|matter| hall.line(&matter.line));
    if let Some(line) = line {
        first.push((words.line, format!("{} {}", line.letter, line.name.get(lang))));
    }
    first.push((words.result, each_once(matters.iter().map(|matter| matter.result.get(lang)))));
    let first = first.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let all_materials: Vec<&Material> =
        matters.iter().flat_map(|matter| &matter.materials).collect();
    Ok(Guide {
        id: one.id().to_owned(),
        lang,
        hall: hall.id.to_string(),
        address: format!("{base}/guides/{}/{}", hall.id, one.id()),
        hall_name: hall.name.get(lang).to_owned(),
        name: one.name().get(lang).to_owned(),
        department: departments(setup, &one, lang),
        is_bundle: matches!(one, Offered::Bundle(..)),
        book: booked_at(hall, &one),
        apply: filled_in_at(hall, &subject),
        waiting: line.map_or(0, waiting),
        take: matters.first().map(|matter| matter.id.clone()),
        first,
        materials: plan
            .materials
            .iter()
            .filter_map(|planned| all_materials.iter().find(|one| one.name == planned.name))
            .map(|material| guide_material(material, lang))
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
            .map(|bundle| (bundle.id.to_string(), bundle.name.get(lang).to_owned()))
            .collect(),
        rest: rest(setup, hall, &one, lang),
    })
}

/// Where a visit for a matter is booked, if it can be.
fn booked_at(hall: &Hall, one: &Offered<'_>) -> Option<String> {
    let Offered::Matter(matter) = one else { return None };
    booking::is_offered(hall, matter).then(|| format!("/book/{}/{}", hall.id, matter.id))
}

/// Where its form is filled in, if it is applied for by one.
fn filled_in_at(hall: &Hall, subject: &Subject) -> Option<String> {
    form::is_offered(hall, subject).then(|| format!("/apply/{}/{}", hall.id, subject.id()))
}

/// The different texts, each once.
fn each_once<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut unique: Vec<&str> = Vec::new();
    for text in texts.filter(|text| !text.is_empty()) {
        if !unique.contains(&text) {
            unique.push(text);
        }
    }
    unique.join(" · ")
}

fn guide_material(material: &Material, lang: Lang) -> GuideMaterial {
    let words = GuideWords::of(lang);
    let source =
        material.source.as_ref().map(|source| fill(words.from, &[("source", &source.get(lang))]));
    let when = material
        .needed_when
        .as_ref()
        .map(|when| fill(words.needed_when, &[("when", &when.get(lang))]));
    let form = material.form.name().get(lang).to_owned();
    GuideMaterial {
        name: material.name.get(lang).to_owned(),
        aside: std::iter::once(form).chain(source).chain(when).collect(),
        deferrable: material.deferrable,
    }
}

fn steps(setup: &Setup, hall: &Hall, matter: &Matter, lang: Lang) -> Vec<GuideStep> {
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
            GuideStep { name: step.name.get(lang).to_owned(), aside: aside.join(" · ") }
        })
        .collect()
}

fn parts(hall: &Hall, bundle: &Bundle, lang: Lang) -> Vec<BundlePart> {
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
                fill(words.after, &[("matter", &before.join(lang.list_separator()))])
            };
            BundlePart { id: part.matter.to_string(), name: name_of(&part.matter), after }
        })
        .collect()
}

fn rest(setup: &Setup, hall: &Hall, one: &Offered<'_>, lang: Lang) -> Vec<(String, String)> {
    let words = GuideWords::of(lang);
    let events = each_once(one.life_events().iter().map(|event| event.get(lang)));
    let facts = match one {
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
    facts
        .into_iter()
        .filter_map(|(name, value)| {
            Some((name.to_owned(), value.filter(|value| !value.is_empty())?))
        })
        .collect()
}
