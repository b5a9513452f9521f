//! A visitor's priority in words, for the visitor and for the clerk.

use jiban_domain::Lang;
use jiban_domain::ticket::Priority;

use crate::words;
use crate::words::fill;

words! {
    pub Words {
        shown: "{class}（请出示证件）" | "{class} (proof needed)",
        label: "优先" | "Priority",
    }
}

/// A class in a word; none for the order of arrival.
pub const fn name(priority: Priority, lang: Lang) -> Option<&'static str> {
    let (zh, en) = match priority {
        Priority::None => return None,
        Priority::Elder => ("高龄", "Elderly"),
        Priority::Honoured => ("优抚", "Military or veteran"),
        Priority::Disabled => ("残障", "Disabled"),
        Priority::Pregnant => ("孕婴", "Pregnant or with infant"),
        Priority::Ill => ("重病", "Seriously ill"),
    };
    Some(match lang {
        Lang::Zh => zh,
        Lang::En => en,
    })
}

/// What a visitor's ticket says of it.
pub fn shown(priority: Priority, lang: Lang) -> Option<String> {
    name(priority, lang).map(|class| fill(Words::of(lang).shown, &[("class", &class)]))
}
