//! A guide (办事指南) in one language: what web pages, kiosks and prints show of a
//! matter or bundle.

use jiban_domain::{Lang, MatterId};
use serde::{Deserialize, Serialize};

/// A guide. Kiosks request it by [`super::kiosk::ReadGuide`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guide {
    /// Of the matter or bundle.
    pub id: String,
    pub lang: Lang,
    /// The hall's id.
    pub hall: String,
    pub hall_name: String,
    /// The address of its web page, for a QR code.
    pub address: String,
    pub name: String,
    /// The department that decides it.
    pub department: String,
    pub is_bundle: bool,
    /// The matter for which a number is taken: itself, or the first of a
    /// bundle, whose counter receives the whole bundle.
    pub take: Option<MatterId>,
    /// The most important facts: names and values.
    pub first: Vec<(String, String)>,
    pub materials: Vec<GuideMaterial>,
    pub steps: Vec<GuideStep>,
    pub parts: Vec<BundlePart>,
    /// The path at which a visit is booked; null where the matter is not booked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub book: Option<String>,
    /// The path at which it is applied for online; null where it has no form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apply: Option<String>,
    /// People waiting in its line now.
    pub waiting: u32,
    /// The bundles that contain the matter: id and name.
    pub bundles: Vec<(String, String)>,
    /// All other facts: names and values.
    pub rest: Vec<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundlePart {
    pub id: String,
    pub name: String,
    /// The matters it waits for, in words.
    pub after: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuideMaterial {
    pub name: String,
    /// Its form, its source, and when it is needed.
    pub aside: Vec<String>,
    /// May be submitted later (容缺).
    pub deferrable: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuideStep {
    pub name: String,
    /// Who does it, and the time limit.
    pub aside: String,
}
