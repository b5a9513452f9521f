//! What a progress page says, in words: all decisions of the page are here,
//! its markup is in [`super::page`].

use jiban_domain::ticket::TicketState;
use jiban_domain::wait::WaitMinutes;
use jiban_domain::{Lang, Millis};

use super::words::ProgressWords;
use crate::api::progress::Progress;
use crate::print::grouped;
use crate::words::fill;

/// A progress page in the words of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressView {
    /// The language of the words.
    pub lang: Lang,
    /// The wire name of the state: how the page is set depends on it.
    pub state: &'static str,
    /// The title of the window: number and state, so that a tab tells both.
    pub title: String,
    /// The hall.
    pub hall: String,
    /// `A012`.
    pub number: String,
    /// The words before the main one: `请到`. May be empty.
    pub lead: String,
    /// The main word: `3号窗口`, `3 人`, `已办完`.
    pub main: String,
    /// The wait, while waiting.
    pub wait: Option<String>,
    /// What to do now.
    pub next: String,
    /// What the visitor came for.
    pub matter: String,
    /// Where they wait.
    pub line: String,
    /// Time by the hall's clock and what happened, oldest first.
    pub times: Vec<(String, String)>,
    /// What to bring.
    pub materials: Vec<String>,
    /// The information desk's telephone; may be empty.
    pub telephone: String,
    /// The case opened at this visit: number, name and address.
    pub case: Option<(String, String, String)>,
    /// What is said while the server does not answer; `{time}` stands in it.
    pub stale_words: &'static str,
    /// When this was true, by the hall's clock.
    pub updated: String,
    /// Nothing can happen to the ticket any more.
    pub over: bool,
}

impl ProgressView {
    /// Puts a ticket's progress into words. `local` writes an instant by the
    /// hall's clock as `14:05`; `now` is the server's clock.
    pub fn of(
        progress: &Progress,
        lang: Lang,
        now: Millis,
        local: impl Fn(Millis) -> String,
    ) -> Self {
        let words = ProgressWords::of(lang);
        let counter = progress.counter_name.as_ref().map(|name| name.get(lang));
        let (lead, main) = statement(progress, lang);
        let next = match progress.state {
            // Nobody stands about at counters that are not open.
            TicketState::Waiting
                if progress.wait_minutes.is_some()
                    && progress.ahead.is_some_and(|ahead| ahead < 2) =>
            {
                words.wait_next_close.to_owned()
            }
            TicketState::Waiting => words.wait_next.to_owned(),
            TicketState::Called => words.called_next.to_owned(),
            TicketState::Serving => words.serving_next.to_owned(),
            TicketState::OnHold => words.hold_next.to_owned(),
            TicketState::Finished => words.finished_next.to_owned(),
            TicketState::Missed => {
                fill(words.missed_next, &[("counter", &counter.unwrap_or(words.first_counter))])
            }
            TicketState::Cancelled => words.cancelled_next.to_owned(),
        };
        let wait = (progress.state == TicketState::Waiting).then(|| {
            progress.wait_minutes.map_or(words.wait_unknown.to_owned(), |w| range(w, words))
        });
        let gap = if lang == Lang::Zh || lead.is_empty() { "" } else { " " };
        Self {
            lang,
            state: progress.state.into_str(),
            title: format!("{} · {lead}{gap}{main}", progress.number),
            hall: progress.hall.get(lang).to_owned(),
            number: progress.number.clone(),
            lead: lead.to_owned(),
            main,
            wait,
            next,
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
                (grouped(&case.number), name, format!("/t/{}", case.token))
            }),
            stale_words: words.stale,
            updated: local(now),
            over: !progress.state.is_active(),
        }
    }
}

/// The sentence of the state, in two parts: what leads, and the main word.
fn statement(progress: &Progress, lang: Lang) -> (&'static str, String) {
    let words = ProgressWords::of(lang);
    let counter = || {
        progress.counter_name.as_ref().map_or(words.at_counter, |name| name.get(lang)).to_owned()
    };
    match progress.state {
        TicketState::Waiting => match progress.ahead {
            Some(0) | None => ("", words.you_are_next.to_owned()),
            Some(1) => (words.ahead_lead, words.ahead_one.to_owned()),
            Some(ahead) => (words.ahead_lead, fill(words.ahead, &[("n", &ahead)])),
        },
        TicketState::Called => (words.called_lead, counter()),
        TicketState::Serving => (words.serving_lead, counter()),
        TicketState::OnHold => (words.hold_lead, counter()),
        TicketState::Finished => ("", words.finished.to_owned()),
        TicketState::Missed => ("", words.missed.to_owned()),
        TicketState::Cancelled => ("", words.cancelled.to_owned()),
    }
}

fn range(wait: WaitMinutes, words: &ProgressWords) -> String {
    let sentence = match (wait.low, wait.high) {
        (_, 0 | 1) => words.wait_a_minute,
        (0, _) => words.wait_under,
        (low, high) if low == high => words.wait_about,
        _ => words.wait_range,
    };
    fill(sentence, &[("low", &wait.low), ("high", &wait.high)])
}

#[cfg(test)]
mod tests {
    use jiban_domain::wait::WaitMinutes;

    use super::super::sample;
    use super::*;

    fn view(progress: &Progress, lang: Lang) -> ProgressView {
        ProgressView::of(progress, lang, 0, |at| format!("{at}"))
    }

    #[test]
    fn a_waiting_visitor_reads_how_many_and_how_long() {
        let mut progress = sample::waiting();
        let said = view(&progress, Lang::Zh);
        assert_eq!((said.lead.as_str(), said.main.as_str()), ("前面还有", "3 人"));
        assert_eq!(said.wait.as_deref(), Some("约 10–20 分钟"));
        assert_eq!(said.title, "A012 · 前面还有3 人");

        progress.ahead = Some(1);
        assert_eq!(view(&progress, Lang::En).main, "1 person");
        progress.ahead = Some(0);
        assert_eq!(view(&progress, Lang::Zh).main, "下一位就是您");
        assert!(view(&progress, Lang::Zh).next.contains("窗口附近"));
        progress.wait_minutes = None;
        assert!(!view(&progress, Lang::Zh).next.contains("窗口附近"));
        assert!(view(&progress, Lang::Zh).wait.is_some_and(|wait| wait.contains("暂未开放")));
    }

    #[test]
    fn a_range_is_said_as_people_say_it() {
        let words = ProgressWords::of(Lang::Zh);
        let said = |low, high| range(WaitMinutes { low, high }, words);
        assert_eq!(said(0, 1), "约 1 分钟");
        assert_eq!(said(0, 4), "不到 4 分钟");
        assert_eq!(said(3, 3), "约 3 分钟");
        assert_eq!(said(3, 7), "约 3–7 分钟");
    }

    #[test]
    fn a_called_visitor_reads_where_to_go_and_no_wait() {
        let said = view(&sample::called(), Lang::Zh);
        assert_eq!((said.lead.as_str(), said.main.as_str()), ("请到", "3号窗口"));
        assert_eq!(said.wait, None);
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
