//! A bundle (一件事): matters of several departments handled as one.

use serde::{Deserialize, Serialize};

use crate::ids::{BundleId, MatterId};
use crate::text::Text;

/// Matters handled as one: one list of materials, one acceptance, one deadline, one
/// hand-over. Its parts are decided in parallel, except those that need another's
/// result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// Unique in its hall, among bundles and matters.
    pub id: BundleId,
    /// Such as `开办餐饮店一件事`.
    pub name: Text,
    /// What people call it (别名): it is found by each of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    #[serde(default, rename = "part")]
    pub parts: Vec<BundlePart>,
    /// The limit in working days; 0 for the longest path through its parts.
    #[serde(default)]
    pub promised_days: u16,
    /// The events in life or business that need it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub life_events: Vec<Text>,
    /// How it goes, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// A matter of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BundlePart {
    pub matter: MatterId,
    /// The matters of this bundle whose results it needs first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<MatterId>,
}

impl Bundle {
    /// The parts in an order in which each follows those it needs; none where they need
    /// each other in a circle, or need one that is not in the bundle.
    pub fn order(&self) -> Option<Vec<&BundlePart>> {
        let mut ordered: Vec<&BundlePart> = Vec::with_capacity(self.parts.len());
        while ordered.len() < self.parts.len() {
            let next = self.parts.iter().find(|part| {
                let placed = |id: &MatterId| ordered.iter().any(|one| one.matter == *id);
                !placed(&part.matter) && part.after.iter().all(placed)
            })?;
            ordered.push(next);
        }
        Some(ordered)
    }
}
