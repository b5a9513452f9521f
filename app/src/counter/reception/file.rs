//! Files of a case that have arrived.

use jiban_domain::CaseId;

use crate::api::case::{CaseShown, FileShown, MaterialShown};
use crate::parts::viewer::Large;

/// The URL of a file, or of its thumbnail.
pub fn url(case: CaseId, file: &str, thumbnail: bool) -> String {
    let small = if thumbnail { "&small=true" } else { "" };
    format!("/api/counter/file?case={}&file={file}{small}", case.0)
}

/// All files of a case, in the order of its materials.
pub fn all_of_case(case: &CaseShown) -> Vec<Large> {
    let of_material = |material: &MaterialShown| {
        let (id, name) = (case.id, material.name.clone());
        let file =
            move |file: &FileShown| Large::of(file, url(id, &file.file, false), name.clone());
        material.files.iter().map(file).collect::<Vec<_>>()
    };
    case.materials.iter().flat_map(of_material).collect()
}
