//! What people wrote about a case in their own words: it may name anyone.

use super::{Case, Handed};
use crate::text::Text;

impl Case {
    /// Every note, reason and tracking number; some may be empty.
    pub fn notes_mut(&mut self) -> Vec<&mut String> {
        let told = self.told.iter_mut().map(|told| &mut told.note);
        let stops = self.stops.iter_mut().map(|stop| &mut stop.note);
        let steps = self.parts.iter_mut().flat_map(|part| &mut part.steps);
        let results = self.results.iter_mut().filter_map(|result| result.revoked.as_mut());
        let posted = self.handed.iter_mut().filter_map(|handed| match handed {
            Handed::Posted { tracking, .. } => Some(tracking),
            Handed::Fetched { .. } | Handed::Printed { .. } => None,
        });
        let materials = self.materials.iter_mut().flat_map(|material| {
            let names = material.files.iter_mut().map(|file| &mut file.name);
            names.chain(material.unreadable.iter_mut().map(|unreadable| &mut unreadable.note))
        });
        let terms = self.commitment.iter_mut().flat_map(|one| &mut one.terms);
        let checks = terms.filter_map(|terms| terms.check.as_mut()).flat_map(|check| {
            let breach = check.breach.iter_mut().flat_map(|breach| {
                let answers = breach.answers.iter_mut().map(|answer| &mut answer.text);
                answers.chain([&mut breach.finding])
            });
            breach.chain([&mut check.note])
        });
        told.chain(stops)
            .chain(checks)
            .chain(steps.map(|step| &mut step.note))
            .chain(results.map(|revoked| &mut revoked.reason))
            .chain(posted)
            .chain(materials)
            .chain([&mut self.reason])
            .collect()
    }

    /// Forgets the names of materials that a department asked for in its own words.
    pub(super) fn erase_asked_names(&mut self) {
        for material in self.materials.iter_mut().filter(|one| one.asked_by.is_some()) {
            material.name = Text::new("要求补正的材料", "Material asked for");
        }
    }
}
