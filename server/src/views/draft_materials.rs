//! The materials of a draft, with what was sent of each. A new version of the guide may ask for
//! something no longer of which files are there: they stay to be seen.

use jiban_app::api::apply::{DraftFileShown, DraftMaterial};
use jiban_domain::case::commitment_offered;
use jiban_domain::case::plan::plan;
use jiban_domain::draft::{Draft, DraftFile, material_key, unasked};
use jiban_domain::form::{Values, commitment};
use jiban_domain::setup::Hall;

/// What is asked for, then what is asked for no longer.
pub fn materials(hall: Option<&Hall>, draft: &Draft, values: &Values) -> Vec<DraftMaterial> {
    let planned = hall.and_then(|hall| plan(hall, &draft.subject).ok());
    let planned = planned.map(|plan| plan.materials).unwrap_or_default();
    let offer = hall.and_then(|hall| commitment_offered(hall, &draft.subject));
    let offer = offer.filter(|_| commitment::is_chosen(values));
    let mut shown: Vec<DraftMaterial> = planned
        .into_iter()
        .map(|material| {
            let key = material_key(material.document.as_deref(), &material.name);
            let replaced = offer.as_ref().is_some_and(|offer| {
                material.matters.iter().all(|matter| offer.replaces(matter, &material))
            });
            DraftMaterial {
                files: files(draft, &key),
                key,
                name: material.name,
                form: material.form,
                deferrable: material.deferrable,
                replaced,
                no_longer_asked: false,
            }
        })
        .collect();
    for file in &draft.files {
        if shown.iter().all(|one| one.key != file.material) {
            shown.push(DraftMaterial {
                key: file.material.clone(),
                name: unasked::named(hall, &file.material).0,
                form: jiban_domain::setup::MaterialForm::default(),
                deferrable: true,
                replaced: false,
                no_longer_asked: true,
                files: files(draft, &file.material),
            });
        }
    }
    shown
}

fn files(draft: &Draft, key: &str) -> Vec<DraftFileShown> {
    let shown = |file: &DraftFile| DraftFileShown {
        file: file.file.clone(),
        kind: file.kind.clone(),
        bytes: file.bytes,
        pages: file.pages,
        at: file.at,
        by_helper: file.by.is_some(),
    };
    draft.files.iter().filter(|file| file.material == key).map(shown).collect()
}
