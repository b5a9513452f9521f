//! A bundle (一件事): matters of several departments handled as one.

use serde::{Deserialize, Serialize};

use crate::ids::{BundleId, MatterId};
use crate::text::Text;

/// Matters handled as one: one list of materials, one acceptance, one deadline,
/// one handing over. Its parts are decided side by side, but for those that
/// need another's result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// Unique in its hall, beside matters too.
    pub id: BundleId,
    /// Its name: `开办餐饮店一件事`.
    pub name: Text,
    /// Its matters.
    #[serde(default, rename = "part")]
    pub parts: Vec<BundlePart>,
    /// The one limit, in working days; 0 is the longest way through its parts.
    #[serde(default)]
    pub promised_days: u16,
    /// What happens in life when one needs it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub life_events: Vec<Text>,
    /// A word on how it goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// A matter of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BundlePart {
    /// Which.
    pub matter: MatterId,
    /// The matters of this bundle whose results it needs first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<MatterId>,
}

impl Bundle {
    /// The parts in an order in which each stands after those it needs; none
    /// where they need each other in a circle, or need one that is not here.
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
