//! The filters of the step list: department, colour, one's own steps. Each
//! shows how many steps it has.

use jiban_domain::DepartmentId;
use jiban_domain::case::Colour;
use leptos::prelude::*;

use super::state::office_state;
use crate::api::office::DepartmentLoad;
use crate::words::fill;

/// Open steps by colour.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
struct Load {
    late: u32,
    red: u32,
    yellow: u32,
    green: u32,
}

impl Load {
    fn of(departments: &[DepartmentLoad], only: Option<&DepartmentId>) -> Self {
        let wanted = departments.iter().filter(|one| only.is_none_or(|only| *only == one.id));
        wanted.fold(Self::default(), |sum, one| Self {
            late: sum.late + one.late,
            red: sum.red + one.red,
            yellow: sum.yellow + one.yellow,
            green: sum.green + one.green,
        })
    }

    const fn all(self) -> u32 {
        self.late + self.red + self.yellow + self.green
    }

    const fn of_colour(self, colour: Option<Colour>) -> u32 {
        match colour {
            None => self.all(),
            Some(Colour::Red) => self.late + self.red,
            Some(Colour::Yellow) => self.yellow,
            Some(Colour::Green) => self.green,
        }
    }
}

#[component]
pub(super) fn Filters() -> impl IntoView {
    let page = office_state();
    let departments = Memo::new(move |_| {
        page.now.with(|now| now.as_ref().map(|now| now.departments.clone()).unwrap_or_default())
    });
    let load = Memo::new(move |_| {
        let only = page.list.filter.with(|filter| filter.department.clone());
        departments.with(|departments| Load::of(departments, only.as_ref()))
    });
    let colours = [None, Some(Colour::Red), Some(Colour::Yellow), Some(Colour::Green)]
        .map(|colour| view! { <ColourChip colour load /> })
        .collect_view();
    let is_mine = move || page.list.filter.with(|filter| filter.mine);
    view! {
        <div class="filters">
            <div class="first">
                {move || view! { <Departments departments=departments.get() /> }}
                <button
                    type="button"
                    class="chip mine"
                    aria-pressed=move || is_mine().to_string()
                    on:click=move |_| page.list.change_filter(|filter| filter.mine = !filter.mine)
                >
                    {move || page.words().mine}
                </button>
            </div>
            <div class="chips">{colours}</div>
        </div>
    }
}

#[component]
fn ColourChip(colour: Option<Colour>, load: Memo<Load>) -> impl IntoView {
    let page = office_state();
    let selected = move || page.list.filter.with(|filter| filter.colour == colour);
    let word = move || {
        let words = page.words();
        match colour {
            None => words.all,
            Some(Colour::Red) => words.red,
            Some(Colour::Yellow) => words.yellow,
            Some(Colour::Green) => words.green,
        }
    };
    let late = move || {
        let late = load.get().late;
        (colour == Some(Colour::Red) && late > 0).then(|| {
            view! {
                <span class="of-those">{fill(page.words().of_those_late, &[("n", &late)])}</span>
            }
        })
    };
    view! {
        <button
            type="button"
            class=format!("chip {}", colour.map_or("all", |colour| colour.into_str()))
            aria-pressed=move || selected().to_string()
            on:click=move |_| page.list.change_filter(|filter| filter.colour = colour)
        >
            {word}
            <b class="tally">{move || load.get().of_colour(colour)}</b>
            {late}
        </button>
    }
}

#[component]
fn Departments(departments: Vec<DepartmentLoad>) -> impl IntoView {
    let page = office_state();
    let (words, lang) = (page.words(), page.lang.get_untracked());
    let selected = page.list.filter.with_untracked(|filter| filter.department.clone());
    let all = Load::of(&departments, None).all();
    let options = departments
        .iter()
        .map(|one| {
            let count = Load::of(std::slice::from_ref(one), None).all();
            let name = one.name.get(lang);
            view! {
                <option value=one.id.to_string() selected=selected.as_ref() == Some(&one.id)>
                    {fill(words.department_count, &[("name", &name), ("n", &count)])}
                </option>
            }
        })
        .collect_view();
    let choose = move |event| {
        let id = event_target_value(&event);
        let department = (!id.is_empty()).then_some(DepartmentId(id));
        page.list.change_filter(|filter| filter.department = department);
    };
    if let [only] = &departments[..] {
        return view! { <b>{only.name.get(lang).to_owned()}</b> }.into_any();
    }
    view! {
        <select class="input" aria-label=words.department on:change=choose>
            <option value="" selected=selected.is_none()>
                {fill(words.all_departments, &[("n", &all)])}
            </option>
            {options}
        </select>
    }
    .into_any()
}
