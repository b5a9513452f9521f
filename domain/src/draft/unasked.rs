//! What files were sent of and is asked for no longer, since the guide has changed.

use super::material_key;
use crate::setup::{Hall, Material};
use crate::text::Text;

/// What any matter of the hall calls it, with its kind of document; otherwise the key itself,
/// which is a name unless it was a kind of document.
pub fn named(hall: Option<&Hall>, key: &str) -> (Text, Option<String>) {
    let matters = hall.into_iter().flat_map(|hall| &hall.matters);
    let mut materials = matters.flat_map(|matter| &matter.materials);
    let is_it = |one: &&Material| material_key(one.document.as_deref(), &one.name) == key;
    match materials.find(is_it) {
        Some(material) => (material.name.clone(), material.document.clone()),
        None => (Text::from(key), None),
    }
}
