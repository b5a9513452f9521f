//! A new case by its guide: the materials asked for, each once, and the parts, each
//! after those it needs.

use std::collections::HashMap;

use super::material::{CaseMaterial, MaterialState};
use super::state::{PartState, StepState};
use super::step::{CaseStep, Part};
use super::{CaseRefusal, Subject};
use crate::Refusal;
use crate::ids::MatterId;
use crate::setup::{Bundle, Hall, Handling, Matter, StepKind};
use crate::text::Text;

/// A case by its guide, before it is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What it is for.
    pub subject: Subject,
    pub name: Text,
    /// What is asked for; a document that several matters need is listed once.
    pub materials: Vec<CaseMaterial>,
    /// Its matters, each after those it needs.
    pub parts: Vec<Part>,
    /// The name of the first step, at the counter.
    pub accept_step: Text,
    /// The name of the last step, at the Results window.
    pub deliver_step: Text,
    /// All of it is decided on the spot (即办件).
    pub immediate: bool,
    /// The promised limit in working days.
    pub promised_days: u16,
    /// The statutory limit in working days; 0 where there is none.
    pub statutory_days: u16,
}

/// Plans a case of a hall.
///
/// # Errors
/// [`Refusal::UnknownMatter`] or [`CaseRefusal::UnknownBundle`].
pub fn plan(hall: &Hall, subject: &Subject) -> Result<Plan, Refusal> {
    let (matters, promised) = ordered(hall, subject)?;
    let name = match subject {
        Subject::Matter(_) => matters.first().map(|(matter, _)| &matter.name),
        Subject::Bundle(id) => hall.bundle(id).map(|bundle| &bundle.name),
    };
    let name = name.ok_or(CaseRefusal::UnknownBundle)?;
    Ok(joined(&matters, subject, name, promised))
}

/// A matter, and those whose results it needs.
pub(super) type Ordered<'a> = (&'a Matter, &'a [MatterId]);

/// The matters of a subject, each after those it needs, and the promised limit of the whole.
pub(super) fn ordered<'a>(
    hall: &'a Hall,
    subject: &Subject,
) -> Result<(Vec<Ordered<'a>>, u16), Refusal> {
    match subject {
        Subject::Matter(id) => {
            let matter = hall.matter(id).ok_or(Refusal::UnknownMatter)?;
            Ok((vec![(matter, &[][..])], matter.promised_days))
        }
        Subject::Bundle(id) => {
            let bundle = hall.bundle(id).ok_or(CaseRefusal::UnknownBundle)?;
            let matters = in_order(hall, bundle)?;
            let promised = match bundle.promised_days {
                0 => longest(&matters, |matter| matter.promised_days),
                days => days,
            };
            Ok((matters, promised))
        }
    }
}

fn in_order<'a>(hall: &'a Hall, bundle: &'a Bundle) -> Result<Vec<Ordered<'a>>, Refusal> {
    // A hall file with a circle is refused.
    let order = bundle.order().ok_or(CaseRefusal::UnknownBundle)?;
    order
        .into_iter()
        .map(|part| {
            let matter = hall.matter(&part.matter).ok_or(Refusal::UnknownMatter)?;
            Ok((matter, part.after.as_slice()))
        })
        .collect()
}

/// The longest way through matters that wait for each other's results.
pub(super) fn longest(matters: &[Ordered<'_>], days: impl Fn(&Matter) -> u16) -> u16 {
    let mut until: HashMap<&MatterId, u16> = HashMap::new();
    for (matter, after) in matters {
        let before = after.iter().filter_map(|id| until.get(id)).max().copied();
        until.insert(&matter.id, before.unwrap_or_default().saturating_add(days(matter)));
    }
    until.into_values().max().unwrap_or_default()
}

fn joined(matters: &[Ordered<'_>], subject: &Subject, name: &Text, promised_days: u16) -> Plan {
    let named = |kind: StepKind, zh: &str, en: &str| {
        let step = matters.iter().flat_map(|(matter, _)| &matter.steps).find(|s| s.kind == kind);
        step.map_or_else(|| Text::new(zh, en), |step| step.name.clone())
    };
    let mut next_step = 0;
    Plan {
        subject: subject.clone(),
        name: name.clone(),
        materials: materials(matters),
        parts: matters.iter().map(|ordered| part(*ordered, &mut next_step)).collect(),
        accept_step: named(StepKind::Accept, "受理", "Acceptance"),
        deliver_step: named(StepKind::Deliver, "出件", "Delivery"),
        immediate: matters.iter().all(|(matter, _)| matter.handling == Handling::Immediate),
        promised_days,
        statutory_days: longest(matters, |matter| matter.statutory_days),
    }
}

fn part((matter, after): Ordered<'_>, next_step: &mut u32) -> Part {
    let reviews = matter.steps.iter().filter(|step| step.kind == StepKind::Review);
    let steps = reviews.map(|step| {
        *next_step += 1;
        CaseStep {
            id: *next_step,
            name: step.name.clone(),
            department: matter.department_of(step).clone(),
            days: step.days,
            state: StepState::Waiting,
            reviewer: None,
            opened: None,
            due: None,
            done: None,
            note: String::new(),
            late: false,
            changed_at: None,
        }
    });
    Part {
        matter: matter.id.clone(),
        name: matter.name.clone(),
        department: matter.department.clone(),
        after: after.to_vec(),
        promised_days: matter.promised_days,
        result: matter.result.clone(),
        produces: matter.produces.clone(),
        steps: steps.collect(),
        state: PartState::Waiting,
        asked_at: None,
        decided: None,
    }
}

/// Each document once. One that an earlier matter produces is not asked for: the
/// hall issues it itself.
fn materials(matters: &[Ordered<'_>]) -> Vec<CaseMaterial> {
    let mut asked: Vec<CaseMaterial> = Vec::new();
    for (matter, after) in matters {
        let made_here = made_before(matters, after);
        for material in &matter.materials {
            if material.document.as_deref().is_some_and(|kind| made_here.contains(&kind)) {
                continue;
            }
            let same = asked.iter_mut().find(|known| match (&known.document, &material.document) {
                (Some(known), Some(kind)) => known == kind,
                (None, None) => known.name.zh == material.name.zh,
                _ => false,
            });
            if let Some(same) = same {
                same.deferrable &= material.deferrable;
                same.matters.push(matter.id.clone());
                continue;
            }
            asked.push(CaseMaterial {
                id: u32::try_from(asked.len()).unwrap_or(u32::MAX).saturating_add(1),
                name: material.name.clone(),
                document: material.document.clone(),
                form: material.form,
                matters: vec![matter.id.clone()],
                deferrable: material.deferrable,
                state: MaterialState::Missing,
                at: None,
                via: None,
                marked: false,
                files: Vec::new(),
                unreadable: None,
                asked_by: None,
            });
        }
    }
    asked
}

/// What the earlier matters produce, and those before them.
fn made_before<'a>(matters: &[Ordered<'a>], after: &[MatterId]) -> Vec<&'a str> {
    let mut made = Vec::new();
    for (matter, before) in matters.iter().filter(|(matter, _)| after.contains(&matter.id)) {
        made.extend(matter.produces.as_deref());
        made.extend(made_before(matters, before));
    }
    made
}
