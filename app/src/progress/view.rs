//! The content of a progress page, in words: all decisions of the page are made
//! here, its markup is in [`super::page`].

use jiban_domain::ticket::{TicketState, Verb, next_state};
use jiban_domain::{Lang, Millis};

use super::words::ProgressWords;
use crate::api::progress::Progress;
use crate::parts::priority;
use crate::parts::wait::{Sentence, Wait};
use crate::print::grouped;
use crate::words::fill;

/// A progress page in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressView {
    pub lang: Lang,
    /// The wire name of the state. The page's style depends on it.
    pub state: &'static str,
    /// The title of the window: number and state, so that a tab shows both.
    pub title: String,
    pub hall: String,
    /// `A012`.
    pub number: String,
    /// The words before the main ones, such as `请到`; may be empty.
    pub lead: String,
    /// The main words: `3号窗口`, `3 人`, `服务已结束`.
    pub main: String,
    /// The estimated wait, while waiting.
    pub wait: Option<Sentence>,
    /// The class of a visitor with priority.
    pub priority: Option<String>,
    /// What to do now.
    pub next: String,
    /// The holder may still give it back.
    pub may_give_back: bool,
    pub matter: String,
    pub line: String,
    /// The time by the hall's clock, and what happened; oldest first.
    pub times: Vec<(String, String)>,
    /// What to bring.
    pub materials: Vec<String>,
    /// The telephone number of the information desk; may be empty.
    pub telephone: String,
    /// The case opened at this visit: number, name and address.
    pub case: Option<(String, String, String)>,
    /// The message while the server does not answer; contains `{time}`.
    pub stale_words: &'static str,
    /// The time of the page, by the hall's clock.
    pub updated: String,
    /// Nothing can happen to the ticket any more.
    pub over: bool,
}

impl ProgressView {
    /// Puts a ticket's progress into words. `local` formats an instant by the
    /// hall's clock as `14:05`; `now` is the server's clock.
    pub fn of(
        progress: &Progress,
        lang: Lang,
        now: Millis,
        local: impl Fn(Millis) -> String,
    ) -> Self {
        let words = ProgressWords::of(lang);
        let (lead, main) = statement(progress, lang);
        let told = Wait::of(progress.wait_minutes, progress.calls_from.as_ref());
        let next = next_step(progress, lang);
        let wait = (progress.state == TicketState::Waiting).then(|| told.sentence(lang));
        let gap = if lang.base() == Lang::Zh || lead.is_empty() { "" } else { " " };
        Self {
            lang,
            state: progress.state.into_str(),
            title: format!("{} · {lead}{gap}{main}", progress.number),
            hall: progress.hall.get(lang).to_owned(),
            number: progress.number.clone(),
            lead: lead.to_owned(),
            main,
            wait,
            priority: priority::shown(progress.priority, lang),
            next,
            may_give_back: next_state(progress.state, Verb::Cancel).is_ok(),
            matter: progress.matter.get(lang).to_owned(),
            line: progress.line.get(lang).to_owned(),
            times: progress
                .events
                .iter()
                .map(|event| (local(event.at), event.kind.name().get(lang).to_owned()))
                .collect(),
            materials: progress
                .materials
                .iter()
                .map(|material| {
                    let later = if material.deferrable { words.bring_later } else { "" };
                    format!("{}{later}", material.name.get(lang))
                })
                .collect(),
            telephone: progress.telephone.clone(),
            case: progress.case.as_ref().map(|case| {
                let name = case.name.get(lang).to_owned();
                (
                    grouped(&case.number),
                    name,
                    case.token.map(|token| format!("/t/{token}")).unwrap_or_default(),
                )
            }),
            stale_words: words.stale,
            updated: local(now),
            over: !progress.state.is_active(),
        }
    }
}

/// What the visitor does now, in any state; the same on phone and kiosk.
pub fn next_step(progress: &Progress, lang: Lang) -> String {
    let words = ProgressWords::of(lang);
    let counter = progress.counter_name.as_ref().map(|name| name.get(lang));
    match progress.state {
        TicketState::Waiting => Wait::of(progress.wait_minutes, progress.calls_from.as_ref())
            .next(lang, progress.ahead.unwrap_or_default()),
        TicketState::Called => words.called_next.to_owned(),
        TicketState::Serving => words.serving_next.to_owned(),
        TicketState::OnHold => words.hold_next.to_owned(),
        TicketState::Finished => words.finished_next.to_owned(),
        TicketState::Missed => {
            fill(words.missed_next, &[("counter", &counter.unwrap_or(words.first_counter))])
        }
        TicketState::Cancelled => words.cancelled_next.to_owned(),
    }
}

/// The state in words: what leads, and the main words.
fn statement(progress: &Progress, lang: Lang) -> (&'static str, String) {
    let words = ProgressWords::of(lang);
    let counter = || {
        progress.counter_name.as_ref().map_or(words.at_counter, |name| name.get(lang)).to_owned()
    };
    match progress.state {
        TicketState::Waiting => {
            let told = Wait::of(progress.wait_minutes, progress.calls_from.as_ref());
            told.place(lang, progress.ahead.unwrap_or_default())
        }
        TicketState::Called => (words.called_lead, counter()),
        TicketState::Serving => (words.serving_lead, counter()),
        TicketState::OnHold => (words.hold_lead, counter()),
        TicketState::Finished => ("", words.finished.to_owned()),
        TicketState::Missed => ("", words.missed.to_owned()),
        TicketState::Cancelled => ("", words.cancelled.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn view(progress: &Progress, lang: Lang) -> ProgressView {
        ProgressView::of(progress, lang, 0, |at| format!("{at}"))
    }

    #[test]
    fn a_waiting_visitor_reads_how_many_and_how_long() {
        let mut progress = sample::waiting();
        let page = view(&progress, Lang::Zh);
        assert_eq!((page.lead.as_str(), page.main.as_str()), ("前面还有", "3 人"));
        assert_eq!(page.wait.unwrap().figure, "约 10–20 分钟");
        assert_eq!(page.title, "A012 · 前面还有3 人");

        progress.ahead = Some(1);
        assert_eq!(view(&progress, Lang::En).main, "1 person");
        progress.ahead = Some(0);
        assert_eq!(view(&progress, Lang::Zh).main, "下一位就是您");
        assert!(view(&progress, Lang::Zh).next.contains("窗口附近"));
        progress.wait_minutes = None;
        assert!(!view(&progress, Lang::Zh).next.contains("窗口附近"));
        let page = view(&progress, Lang::Zh);
        assert!(page.wait.is_some_and(|wait| wait.text.contains("暂无窗口叫号")));
        assert_eq!(page.main, "您排在第一位", "nobody is next where nobody calls");
    }

    #[test]
    fn a_called_visitor_reads_where_to_go_and_no_wait() {
        let page = view(&sample::called(), Lang::Zh);
        assert_eq!((page.lead.as_str(), page.main.as_str()), ("请到", "3号窗口"));
        assert_eq!(page.wait, None);
        assert_eq!(view(&sample::called(), Lang::En).title, "A012 · Please go to Counter 3");
    }

    #[test]
    fn a_missed_visitor_reads_how_to_come_back() {
        let mut progress = sample::called();
        progress.state = TicketState::Missed;
        assert!(view(&progress, Lang::Zh).next.contains("咨询台或3号窗口"));
        progress.counter_name = None;
        assert!(view(&progress, Lang::Zh).next.contains("咨询台或原窗口"));
    }

    #[test]
    fn only_an_end_is_over() {
        let mut progress = sample::waiting();
        for (state, over) in [
            (TicketState::Missed, false),
            (TicketState::OnHold, false),
            (TicketState::Finished, true),
            (TicketState::Cancelled, true),
        ] {
            progress.state = state;
            assert_eq!(view(&progress, Lang::Zh).over, over, "{state:?}");
        }
    }
}
