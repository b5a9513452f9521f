//! What came with an application and is asked for no longer: the guide has changed since. It
//! stays with the case, where a clerk sees it.

use super::material::{CaseMaterial, MaterialState};
use super::{Case, Moment};
use crate::setup::MaterialForm;
use crate::text::Text;

impl Case {
    /// Adds a material that the case does not need; returns its number. Files are attached to it
    /// as to any other.
    pub fn add_unasked(&mut self, name: Text, document: Option<String>, now: Moment) -> u32 {
        let id = self.materials.iter().map(|one| one.id).max().unwrap_or_default() + 1;
        self.materials.push(CaseMaterial {
            id,
            name,
            document,
            form: MaterialForm::default(),
            matters: self.parts.iter().map(|part| part.matter.clone()).collect(),
            deferrable: true,
            state: MaterialState::NotNeeded,
            at: Some(now.at),
            via: None,
            marked: false,
            files: Vec::new(),
            unreadable: None,
            asked_by: None,
        });
        id
    }
}
