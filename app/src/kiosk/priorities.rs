//! Which priority the visitor has, as a page: in the easy mode six choices beside the key that
//! takes a number would be too many.

use jiban_domain::ticket::Priority;
use leptos::prelude::*;

use super::pager::{Pager, Paging, rows};
use super::visit::visit;
use super::words::{priority_name, words};

#[component]
pub fn PrioritiesPage() -> impl IntoView {
    let visit = visit();
    let paging = Paging::new(rows(), || Priority::ALL.len());
    let row = move |class: Priority| {
        let choose = move |_| {
            visit.priority.set(class);
            visit.back();
        };
        view! {
            <li>
                <button class="matter" on:click=choose>
                    <span class="name">{move || priority_name(words(), class)}</span>
                </button>
            </li>
        }
    };
    view! {
        <section class="page matters">
            <div class="title">
                <h1>{move || words().priority}</h1>
            </div>
            <ul class="matter-list" style=("--rows", move || paging.rows.get().to_string())>
                {move || paging.visible(&Priority::ALL).into_iter().map(row).collect_view()}
            </ul>
            <Pager paging />
        </section>
    }
}
