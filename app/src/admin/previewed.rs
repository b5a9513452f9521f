//! What was typed into the preview of a form. Forms are built anew whenever their structure
//! changes, and it must stay then.

use std::collections::BTreeSet;

use jiban_domain::form::Values;
use jiban_domain::{FieldId, Lang};

/// What a preview holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Previewed {
    /// The id of the matter or bundle whose form it is.
    pub of: String,
    pub values: Values,
    pub touched: BTreeSet<FieldId>,
    pub is_checked: bool,
    pub shown_in: Option<Lang>,
}
