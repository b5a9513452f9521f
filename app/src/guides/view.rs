//! The content of the list of guides, in one language.

use jiban_domain::Lang;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuideList {
    pub lang: Lang,
    pub hall: String,
    pub hall_name: String,
    /// The addresses and names of the other halls.
    pub other_halls: Vec<(String, String)>,
    /// The query parameters without the language, for links: `q=food&`.
    pub query_string: String,
    /// The search text; may be empty.
    pub query: String,
    /// The name of the selected line, department or life event.
    pub selected: Option<String>,
    pub filters: Vec<FilterGroup>,
    /// The matters and bundles that match.
    pub found: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterGroup {
    pub by: FilterBy,
    pub options: Vec<FilterOption>,
}

/// A link that filters the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterOption {
    pub name: String,
    /// The address of the filtered list.
    pub address: String,
    /// How many matters and bundles match.
    pub count: usize,
    pub selected: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilterBy {
    LifeEvent,
    Department,
    Line,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The address of its guide.
    pub address: String,
    pub name: String,
    /// The department that decides it, or several.
    pub department: String,
    /// `20 个工作日`, `当场办结`.
    pub time: String,
    pub is_bundle: bool,
    /// A self-service terminal can do it.
    pub self_service: bool,
}
