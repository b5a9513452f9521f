//! What the list of guides says, in the words of one language.

use jiban_domain::Lang;

/// The list of what can be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuideList {
    /// The language of the words.
    pub lang: Lang,
    /// The hall's id.
    pub hall: String,
    /// Its name.
    pub hall_name: String,
    /// Other halls: address and name.
    pub other_halls: Vec<(String, String)>,
    /// All that was asked for but the language, as it stands in the address.
    pub query_string: String,
    /// What was searched for; may be empty.
    pub query: String,
    /// What is shown, where it is not all: a line, a department or a life event.
    pub selected: Option<String>,
    /// The ways to it: lines, departments, life events.
    pub filters: Vec<FilterGroup>,
    /// What was found.
    pub found: Vec<Row>,
}

/// A way to order what can be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterGroup {
    /// What it goes by.
    pub by: FilterBy,
    /// Each with its address and how many there are.
    pub options: Vec<FilterOption>,
}

/// One box of a shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterOption {
    /// What it is called.
    pub name: String,
    /// The list with only what is in it.
    pub address: String,
    /// How many are in it.
    pub count: usize,
    /// It is looked at.
    pub selected: bool,
}

/// What a shelf goes by.
#[allow(missing_docs)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilterBy {
    LifeEvent,
    Department,
    Line,
}

/// A matter or bundle in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its guide.
    pub address: String,
    /// Its name.
    pub name: String,
    /// Who decides it.
    pub department: String,
    /// `20 个工作日`, `当场办结`.
    pub time: String,
    /// Several matters handled as one.
    pub is_bundle: bool,
    /// A terminal can do it.
    pub self_service: bool,
}
