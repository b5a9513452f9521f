//! A visitor's priority in words, for the visitor and for the clerk.

use jiban_domain::Lang;
use jiban_domain::ticket::Priority;

use crate::words;
use crate::words::fill;

words! {
    pub PriorityWords {
        shown: "{class}（请出示证件）" | "{class} (proof needed)",
        label: "优先" | "Priority",
        elder: "高龄" | "Elderly",
        honoured: "优抚" | "Military or veteran",
        disabled: "残障" | "Disabled",
        pregnant: "孕婴" | "Pregnant or with infant",
        ill: "重病" | "Seriously ill",
    }
}

/// A class in a word; none for the order of arrival.
pub fn name(priority: Priority, lang: Lang) -> Option<&'static str> {
    let words = PriorityWords::of(lang);
    Some(match priority {
        Priority::None => return None,
        Priority::Elder => words.elder,
        Priority::Honoured => words.honoured,
        Priority::Disabled => words.disabled,
        Priority::Pregnant => words.pregnant,
        Priority::Ill => words.ill,
    })
}

/// What a visitor's ticket says of it.
pub fn shown(priority: Priority, lang: Lang) -> Option<String> {
    name(priority, lang).map(|class| fill(PriorityWords::of(lang).shown, &[("class", &class)]))
}
