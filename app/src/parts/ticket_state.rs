//! A ticket's state in words, for visitors: in every language, unlike the domain's name of it.

use jiban_domain::Lang;
use jiban_domain::ticket::TicketState;

use crate::words;

words! {
    pub TicketStateWords {
        waiting: "等候中" | "waiting",
        called: "已叫号" | "called",
        serving: "办理中" | "being served",
        on_hold: "已挂起" | "on hold",
        finished: "已结束" | "finished",
        missed: "已过号" | "missed",
        cancelled: "已取消" | "cancelled",
    }
}

/// The state in a word.
pub fn name(state: TicketState, lang: Lang) -> &'static str {
    let words = TicketStateWords::of(lang);
    match state {
        TicketState::Waiting => words.waiting,
        TicketState::Called => words.called,
        TicketState::Serving => words.serving,
        TicketState::OnHold => words.on_hold,
        TicketState::Finished => words.finished,
        TicketState::Missed => words.missed,
        TicketState::Cancelled => words.cancelled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visitors_and_staff_read_the_same() {
        for state in TicketState::ALL {
            for lang in [Lang::Zh, Lang::En] {
                assert_eq!(name(*state, lang), state.name().get(lang));
            }
        }
    }
}
