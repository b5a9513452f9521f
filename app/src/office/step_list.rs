//! The list of steps, most urgent first. Only the rows in view are rendered, so
//! that five thousand are as fast as five.

use jiban_domain::case::StepRef;
use leptos::html::Div;
use leptos::prelude::*;

use super::commitment::CheckList;
use super::filters::Filters;
use super::format;
use super::state::{OfficeState, office_state};
use super::step_list_state::Filter;
use crate::api::office::StepShown;
use crate::parts::icon::{self, Icon};
use crate::print::grouped;
use crate::words::fill;

/// In pixels, as in the style sheet.
const ROW_HEIGHT: f64 = 68.0;
/// Rows rendered beyond each edge, so that fast scrolling shows no gap.
const OVERSCAN: usize = 8;

#[component]
pub(super) fn StepList() -> impl IntoView {
    let page = office_state();
    let scroller = NodeRef::<Div>::new();
    let (top, height) = (RwSignal::new(0.0), RwSignal::new(1200.0));
    let measure = move || {
        if let Some(scroller) = scroller.get_untracked() {
            top.set(f64::from(scroller.scroll_top()));
            height.set(f64::from(scroller.client_height()));
        }
    };
    Effect::new(move || {
        scroller.track();
        measure();
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());
    let count = Memo::new(move |_| page.list.rows.with(Vec::len));
    let window = Memo::new(move |_| rows_in_view(top.get(), height.get(), count.get()));
    Effect::new(move || {
        let (first, last) = window.get();
        page.list.set_view(first, last);
    });
    // A step selected by a key is scrolled into view.
    Effect::new(move || {
        let selected = page.selected.get();
        let at = page.list.rows.with_untracked(|rows| position(rows, selected));
        if let (Some(at), Some(scroller)) = (at, scroller.get_untracked()) {
            scroll_into_view(&scroller, at);
        }
    });
    // A changed filter starts at the top.
    Effect::new(move || {
        page.list.filter.track();
        if let Some(scroller) = scroller.get_untracked() {
            scroller.set_scroll_top(0);
        }
    });
    let rows = move || {
        let (first, last) = window.get();
        page.list.rows.with(|rows| {
            let shown = rows.iter().enumerate().take(last).skip(first);
            shown.map(|(at, step)| view! { <Row at step=step.clone() /> }).collect_view()
        })
    };
    view! {
        <section class="steps">
            <div>
                <CheckList />
                <Filters />
            </div>
            <div class="scroller" node_ref=scroller on:scroll=move |_| measure()>
                <Show when=move || page.list.ready.get() && count.get() == 0>
                    <EmptyList />
                </Show>
                <ol
                    aria-label=move || page.words().steps
                    style:height=move || format!("{}px", pixels(count.get()))
                >
                    {rows}
                </ol>
                <Show when=move || page.list.has_more()>
                    <p class="soft small more">{move || page.words().loading_more}</p>
                </Show>
            </div>
        </section>
    }
}

/// The range of rows to render: first, and one past the last.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn rows_in_view(top: f64, height: f64, count: usize) -> (usize, usize) {
    let first = ((top / ROW_HEIGHT).max(0.0) as usize).saturating_sub(OVERSCAN);
    let last = (((top + height) / ROW_HEIGHT).ceil().max(0.0) as usize + OVERSCAN).min(count);
    (first.min(last), last)
}

#[allow(clippy::cast_precision_loss)]
fn pixels(rows: usize) -> f64 {
    rows as f64 * ROW_HEIGHT
}

#[allow(clippy::cast_possible_truncation)]
fn scroll_into_view(scroller: &web_sys::HtmlDivElement, at: usize) {
    let (top, height) = (f64::from(scroller.scroll_top()), f64::from(scroller.client_height()));
    if pixels(at) < top {
        scroller.set_scroll_top(pixels(at) as i32);
    } else if pixels(at + 1) > top + height {
        scroller.set_scroll_top((pixels(at + 1) - height).ceil() as i32);
    }
}

fn position(rows: &[StepShown], step: Option<StepRef>) -> Option<usize> {
    let step = step?;
    rows.iter().position(|row| row.id == step)
}

/// Selects the row `by` rows after the selected one. If that row has left the
/// list, the row now at its place is next.
pub(super) fn select_neighbour(page: OfficeState, last_at: StoredValue<usize>, by: isize) {
    let next = page.list.rows.with_untracked(|rows| {
        let next = match position(rows, page.selected.get_untracked()) {
            Some(at) => at.checked_add_signed(by)?,
            None if by > 0 => last_at.get_value().min(rows.len().checked_sub(1)?),
            None => last_at.get_value().checked_sub(1)?,
        };
        rows.get(next).map(|row| (next, row.id))
    });
    if let Some((at, id)) = next {
        last_at.set_value(at);
        page.open(Some(id));
    }
}

#[component]
fn Row(at: usize, step: StepShown) -> impl IntoView {
    let page = office_state();
    let StepShown { id, number, matter_name, case_name, department_name, opened_at, .. } =
        step.clone();
    let is_open = move || page.selected.get() == Some(id);
    let bundle = case_name != matter_name;
    let many_departments = Memo::new(move |_| {
        page.now.with(|now| now.as_ref().is_some_and(|now| now.departments.len() > 1))
    });
    let what = {
        let name = step.step.clone();
        move || {
            let lang = page.lang.get();
            let name = name.get(lang).to_owned();
            if many_departments.get() {
                format!("{name} · {}", department_name.get(lang))
            } else {
                name
            }
        }
    };
    let who = {
        let (mine, reviewer) = (step.mine, step.reviewer.clone());
        move || match &reviewer {
            _ if mine => page.words().mine_taken.to_owned(),
            Some(name) => name.get(page.lang.get()).to_owned(),
            None => page.words().not_taken.to_owned(),
        }
    };
    let name = move || {
        let lang = page.lang.get();
        let case = bundle.then(|| {
            view! { <span class="soft">{case_name.get(lang).to_owned()} " · "</span> }
        });
        view! {
            {case}
            {matter_name.get(lang).to_owned()}
        }
    };
    let mark = format!("mark {}", format::colour_class(step.colour));
    let state = step.state;
    view! {
        <li style:top=format!("{}px", pixels(at))>
            <button
                type="button"
                class=format!("step-row {}", step.colour.into_str())
                class:late=step.days_left < 0
                aria-current=move || is_open().to_string()
                on:click=move |_| page.open(Some(id))
            >
                <span class="line">
                <span class="name">{name}</span>
                <span class="marks">
                    {move || {
                        format::suspended(state, page.lang.get())
                            .map(|word| view! { <span class="mark">{word}</span> })
                    }}
                    <span class=mark>
                        {move || format::days_left(step.days_left, page.lang.get())}
                        {step.due_provisional.then_some("*")}
                    </span>
                </span>
                </span>
                <span class="line soft">
                <span class="what">{what}</span>
                    <span class="who" class:mine=step.mine>
                        {who}
                    </span>
                    <span class="since tally">
                        {move || {
                            let (clock, lang) = (page.clock.get(), page.lang.get());
                            let day = format::time_or_day(opened_at, clock, &page.zone(), lang);
                            fill(page.words().since, &[("day", &day)])
                        }}
                    </span>
                    <span class="number">{grouped(&number)}</span>
                </span>
            </button>
        </li>
    }
}

#[component]
fn EmptyList() -> impl IntoView {
    let page = office_state();
    let filtered = Memo::new(move |_| page.list.filter.with(|filter| *filter != Filter::default()));
    view! {
        <div class="nothing">
            <Icon path=icon::CHECK />
            <p>
                <b>
                    {move || {
                        let words = page.words();
                        if filtered.get() { words.empty_filtered } else { words.empty }
                    }}
                </b>
            </p>
            <p class="soft">
                {move || {
                    let words = page.words();
                    if filtered.get() { words.empty_filtered_hint } else { words.empty_hint }
                }}
            </p>
            <Show when=move || filtered.get()>
                <button
                    class="button"
                    type="button"
                    on:click=move |_| page.list.change_filter(|filter| *filter = Filter::default())
                >
                    {move || page.words().show_all}
                </button>
            </Show>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rows_in_view_are_rendered() {
        assert_eq!(rows_in_view(0.0, 680.0, 3), (0, 3));
        let (first, last) = rows_in_view(200.0 * ROW_HEIGHT, 680.0, 5000);
        assert_eq!((first, last), (192, 218));
        // A list that became shorter renders nothing past its end.
        assert_eq!(rows_in_view(200.0 * ROW_HEIGHT, 680.0, 10), (10, 10));
    }
}
