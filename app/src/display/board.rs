//! The parts of the display: header, current call, last calls, lines.

use std::collections::HashSet;

use jiban_domain::schedule::CallsFrom;
use jiban_domain::{Lang, Text};
use leptos::prelude::*;

use super::words::{DisplayWords, both};
use crate::api::display::{CallShown, LineWaiting};
use crate::parts::clock::{day, hour_minute};
use crate::parts::icon::{Icon, OFFLINE, SOUND};
use crate::words::fill;

/// As many as fit on the screen with each number a tenth of its height.
const LAST_CALLS: usize = 5;

/// The call that fills the display.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeaturedCall {
    pub call: CallShown,
    /// It is being announced.
    pub announced: bool,
}

/// The calls in the list: the newest of each number, except the one that fills
/// the display. Those whose visitors have not come stay before any that ended.
pub fn last_calls(calls: &[CallShown], featured: Option<&FeaturedCall>) -> Vec<CallShown> {
    let mut seen: HashSet<&str> =
        featured.iter().map(|featured| featured.call.number.as_str()).collect();
    let newest: Vec<&CallShown> = calls.iter().filter(|call| seen.insert(&call.number)).collect();
    let open = newest.iter().filter(|call| call.current).count();
    let mut room_for_ended = LAST_CALLS.saturating_sub(open);
    let mut shown = Vec::new();
    for call in newest {
        if !call.current {
            if room_for_ended == 0 {
                continue;
            }
            room_for_ended -= 1;
        }
        shown.push(call.clone());
    }
    shown.truncate(LAST_CALLS);
    shown
}

/// The call shown while none is announced: the newest that the visitor has not
/// answered yet, otherwise the newest.
pub fn resting_call(calls: &[CallShown]) -> Option<FeaturedCall> {
    let call = calls.iter().find(|call| call.current).or_else(|| calls.first())?;
    Some(FeaturedCall { call: call.clone(), announced: false })
}

/// A text in both languages, Chinese first.
#[component]
fn Both(words: (&'static str, &'static str)) -> impl IntoView {
    view! {
        <span class="zh">{words.0}</span>
        " "
        <span class="en" lang="en">
            {words.1}
        </span>
    }
}

/// The hall's name, problems, and the clock.
#[component]
pub fn Head(
    #[prop(into)] hall: Signal<Text>,
    /// IANA name of the hall's time zone.
    #[prop(into)]
    zone: Signal<String>,
    /// The server's clock, to the minute.
    #[prop(into)]
    minute: Signal<i64>,
    /// Nobody knows what time it is.
    #[prop(into)]
    time_unknown: Signal<bool>,
    /// Since when the server has not been heard, by its clock.
    #[prop(into)]
    stale_since: Signal<Option<i64>>,
    /// The browser allows no sound.
    #[prop(into)]
    blocked: Signal<bool>,
) -> impl IntoView {
    let stale = move || {
        stale_since.get().map(|since| {
            let time = hour_minute(since, &zone.get());
            let (zh, en) = both(|words| words.stale);
            view! {
                <p class="board-notice is-stale" role="status">
                    <Icon path=OFFLINE />
                    <span>
                        <span class="zh">{fill(zh, &[("time", &time)])}</span>
                        " "
                        <span class="en" lang="en">
                            {fill(en, &[("time", &time)])}
                        </span>
                    </span>
                </p>
            }
        })
    };
    let silent = move || {
        (blocked.get() && stale_since.get().is_none()).then(|| {
            view! {
                <p class="board-notice is-silent">
                    <Icon path=SOUND />
                    <span>
                        <Both words=both(|words| words.silent) />
                    </span>
                </p>
            }
        })
    };
    view! {
        <header class="board-head">
            <h1>
                <span class="zh">{move || hall.get().zh}</span>
                " "
                <span class="en" lang="en">
                    {move || hall.with(english)}
                </span>
            </h1>
            {stale}
            {silent}
            <p class="board-clock">
                {move || {
                    if time_unknown.get() {
                        return view! { <Both words=both(|words| words.time_unknown) /> }.into_any();
                    }
                    let (day, time) = (
                        day(minute.get(), &zone.get(), Lang::Zh),
                        hour_minute(minute.get(), &zone.get()),
                    );
                    view! {
                        <span class="board-day">{day}</span>
                        " "
                        <time class="board-figures">{time}</time>
                    }
                        .into_any()
                }}
            </p>
        </header>
    }
}

/// The English name, if it differs from the Chinese.
fn english(name: &Text) -> String {
    if name.en == name.zh { String::new() } else { name.en.clone() }
}

/// The current call, as large as the screen allows.
#[component]
pub fn Calling(
    /// None before the first call of the day.
    featured: Option<FeaturedCall>,
    /// When the first line is called again; none while any is.
    calls_from: Option<CallsFrom>,
) -> impl IntoView {
    let calls_someone =
        featured.as_ref().is_some_and(|featured| featured.announced || featured.call.current);
    // Nobody is to listen through the night, nor to take the day's last call for theirs.
    if let Some(from) = calls_from.filter(|_| !calls_someone) {
        let said = |lang| fill(DisplayWords::of(lang).later, &[("at", &from.words(lang))]);
        return view! {
            <section class="calling is-quiet">
                <p class="calling-none">
                    <span class="zh">{said(Lang::Zh)}</span>
                    " "
                    <span class="en" lang="en">
                        {said(Lang::En)}
                    </span>
                </p>
            </section>
        }
        .into_any();
    }
    let Some(FeaturedCall { call, announced }) = featured else {
        return view! {
            <section class="calling is-quiet">
                <p class="calling-none">
                    <Both words=both(|words| words.none_yet) />
                </p>
            </section>
        }
        .into_any();
    };
    let class = match (announced, call.current) {
        (true, _) => "calling is-announced",
        (false, true) => "calling is-current",
        (false, false) => "calling is-past",
    };
    let lead = both(|words| if announced || call.current { words.go } else { words.last });
    view! {
        <section class=class data-seq=call.seq>
            <p class="calling-number number">{call.number.clone()}</p>
            <p class="calling-lead">
                <Both words=lead />
            </p>
            <p class="calling-counter">
                <span class="zh">{call.counter_name.zh.clone()}</span>
                " "
                <span class="en" lang="en">
                    {english(&call.counter_name)}
                </span>
            </p>
        </section>
    }
    .into_any()
}

#[component]
pub fn LastCalls(
    /// Newest first.
    #[prop(into)]
    calls: Signal<Vec<CallShown>>,
    /// IANA name of the hall's time zone.
    #[prop(into)]
    zone: Signal<String>,
) -> impl IntoView {
    let row = move |call: CallShown| {
        let when = if call.current {
            view! { <span class="mark now">{DisplayWords::of(Lang::Zh).on_the_way}</span> }
                .into_any()
        } else {
            let time = hour_minute(call.at, &zone.get());
            view! { <span class="board-figures soft">{time}</span> }.into_any()
        };
        view! {
            <li class:is-current=call.current>
                <span class="last-number number">{call.number}</span>
                <span class="last-counter">{call.counter_name.zh}</span>
                <span class="last-when">{when}</span>
            </li>
        }
    };
    view! {
        <section class="last-calls">
            <h2 hidden=move || calls.with(Vec::is_empty)>
                <Both words=both(|words| words.calls) />
            </h2>
            <ol>
                <For
                    each=move || calls.get()
                    key=|call| (call.seq, call.current)
                    children=row
                />
            </ol>
        </section>
    }
    .into_any()
}

/// How many people wait in each line.
#[component]
pub fn Lines(#[prop(into)] lines: Signal<Vec<LineWaiting>>) -> impl IntoView {
    let cell = |line: LineWaiting| {
        view! {
            <li>
                <span class="line-letter number">{line.letter.to_string()}</span>
                <span class="line-name">{line.name.zh}</span>
                <span class="line-waiting">
                    <span class="soft">{DisplayWords::of(Lang::Zh).waiting}</span>
                    " "
                    <strong class="board-figures">{line.waiting}</strong>
                    " "
                    <span class="soft">{DisplayWords::of(Lang::Zh).people}</span>
                    {(!line.called)
                        .then(|| {
                            view! {
                                " "
                                <span class="soft">{DisplayWords::of(Lang::Zh).not_called}</span>
                            }
                        })}
                </span>
            </li>
        }
    };
    view! {
        <footer class="board-lines">
            <ul>
                <For
                    each=move || lines.get()
                    key=|line| (line.id.clone(), line.waiting, line.called, line.name.zh.clone())
                    children=cell
                />
            </ul>
        </footer>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use jiban_domain::CounterId;

    use super::*;

    fn call(seq: i64, number: &str, current: bool) -> CallShown {
        CallShown {
            seq,
            number: number.to_owned(),
            counter: CounterId::from("1"),
            counter_name: Text::from("1号窗口"),
            at: 0,
            current,
        }
    }

    #[test]
    fn a_number_called_again_stands_once_and_the_large_one_not_at_all() {
        let calls = [
            call(4, "A002", true),
            call(3, "B001", true),
            call(2, "A001", false),
            call(1, "B001", true),
        ];
        let featured = resting_call(&calls);
        let seqs: Vec<i64> =
            last_calls(&calls, featured.as_ref()).iter().map(|call| call.seq).collect();
        assert_eq!(seqs, [3, 2]);
    }

    #[test]
    fn an_open_call_leaves_the_list_after_all_that_ended() {
        let ended = (2..=9).rev().map(|seq| call(seq, &format!("A00{seq}"), false));
        let calls: Vec<CallShown> = ended.chain([call(1, "A001", true)]).collect();
        let seqs: Vec<i64> = last_calls(&calls, None).iter().map(|call| call.seq).collect();
        assert_eq!(seqs, [9, 8, 7, 6, 1]);
    }

    #[test]
    fn at_rest_the_newest_awaited_call_is_large() {
        let calls = [call(3, "A003", false), call(2, "A002", true), call(1, "A001", true)];
        assert_eq!(resting_call(&calls).map(|featured| featured.call.seq), Some(2));
        assert_eq!(resting_call(&calls[..1]).map(|featured| featured.call.seq), Some(3));
        assert_eq!(resting_call(&[]), None);
    }
}
