//! A guide (办事指南), in the words of one language: what documents, kiosks and
//! paper show of a matter or bundle.

use jiban_domain::{Lang, MatterId};
use serde::{Deserialize, Serialize};

/// A guide. A kiosk asks for it ([`super::kiosk::ReadGuide`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guide {
    /// The id of the matter or bundle.
    pub id: String,
    /// The language of the words.
    pub lang: Lang,
    /// Its hall's id.
    pub hall: String,
    /// The hall's name.
    pub hall_name: String,
    /// The address of its document, for a code.
    pub address: String,
    /// Its own name.
    pub name: String,
    /// Who decides it.
    pub department: String,
    /// Several matters handled as one.
    pub is_bundle: bool,
    /// The matter a number is taken for: itself, or the first of a bundle, whose
    /// counter takes the whole of it.
    pub take: Option<MatterId>,
    /// What is good to know at once: names and what they say.
    pub first: Vec<(String, String)>,
    /// What to bring.
    pub materials: Vec<GuideMaterial>,
    /// The way through the departments.
    pub steps: Vec<GuideStep>,
    /// The matters of a bundle.
    pub parts: Vec<BundlePart>,
    /// People who wait in its line now.
    pub waiting: u32,
    /// The bundles a matter is part of: id and name.
    pub bundles: Vec<(String, String)>,
    /// All else: names and what they say.
    pub rest: Vec<(String, String)>,
}

/// A matter of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundlePart {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it waits for, in words.
    pub after: String,
}

/// A material.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuideMaterial {
    /// Its name.
    pub name: String,
    /// In what form, from whom, when it is needed.
    pub aside: Vec<String>,
    /// May follow later.
    pub deferrable: bool,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuideStep {
    /// What is done.
    pub name: String,
    /// Who does it, and within how long.
    pub aside: String,
}
