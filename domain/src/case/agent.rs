//! Who acts for the applicant (代办人, 经办人). A case says only that there is somebody, and by
//! which authorisation (授权委托书); who it is is sealed with the applicant's details.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::material::{CaseMaterial, MaterialState, Via};
use super::{Case, CaseRefusal, Moment};
use crate::setup::MaterialForm;
use crate::text::Text;

/// The agent of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    /// The material that is the authorisation.
    pub material: u32,
    /// The date on the authorisation that a clerk saw; none while it is missing, or where it
    /// was photographed.
    #[serde(default)]
    pub authorised_on: Option<Date>,
}

type Done = Result<(), CaseRefusal>;

impl Case {
    /// Adds an agent to a case that is being opened. The authorisation is one more material: it
    /// is received as files, or by the date on it, and never follows later.
    ///
    /// # Errors
    /// [`CaseRefusal::BadAuthorisation`]: its date is still to come.
    pub fn add_agent(&mut self, authorised_on: Option<Date>, now: Moment) -> Done {
        require_dated_by(authorised_on, now)?;
        let id = self.materials.iter().map(|one| one.id).max().unwrap_or_default() + 1;
        self.materials.push(CaseMaterial {
            id,
            name: Text::new("授权委托书", "Authorisation of the agent"),
            // That of an earlier case authorised nobody for this one.
            document: None,
            form: MaterialForm::Original,
            matters: self.parts.iter().map(|part| part.matter.clone()).collect(),
            deferrable: false,
            state: match authorised_on {
                Some(_) => MaterialState::Present,
                None => MaterialState::Missing,
            },
            at: authorised_on.map(|_| now.at),
            via: authorised_on.map(|_| Via::Counter),
            marked: authorised_on.is_some(),
            files: Vec::new(),
            unreadable: None,
            asked_by: None,
        });
        self.agent = Some(Agent { material: id, authorised_on });
        Ok(())
    }

    /// What a mark of a material says about the authorisation, if it is that: by a mark alone it
    /// is received only with its date. Done before the mark itself.
    ///
    /// # Errors
    /// [`CaseRefusal::BadAuthorisation`].
    pub fn mark_authorisation(
        &mut self,
        material: u32,
        state: MaterialState,
        dated: Option<Date>,
        now: Moment,
    ) -> Done {
        let Some(agent) = self.agent.filter(|agent| agent.material == material) else {
            return Ok(());
        };
        let has_files = self.material(material)?.files.iter().any(|file| !file.unreadable);
        let authorised_on = match state {
            MaterialState::Present => {
                require_dated_by(dated, now)?;
                let authorised_on = dated.or(agent.authorised_on);
                if authorised_on.is_none() && !has_files {
                    return Err(undated());
                }
                authorised_on
            }
            MaterialState::NotNeeded => {
                return Err(CaseRefusal::BadAuthorisation(Text::new(
                    "由他人代办的，授权委托书不能免交。",
                    "Where an agent acts, the authorisation is needed.",
                )));
            }
            _ => None,
        };
        self.agent = Some(Agent { authorised_on, ..agent });
        Ok(())
    }
}

fn require_dated_by(authorised_on: Option<Date>, now: Moment) -> Done {
    if authorised_on.is_some_and(|day| day > now.day) {
        return Err(CaseRefusal::BadAuthorisation(Text::new(
            "授权委托书的日期不能晚于今天。",
            "The date of the authorisation is still to come.",
        )));
    }
    Ok(())
}

fn undated() -> CaseRefusal {
    CaseRefusal::BadAuthorisation(Text::new(
        "只看原件时请填写授权委托书的日期；也可以拍照上传。",
        "Enter the date of the authorisation that you saw, or photograph it.",
    ))
}
