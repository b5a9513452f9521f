//! Beginning a draft for somebody who is here.

use jiban_domain::{HallId, MatterId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::helped::Helped;
use super::words::Words;
use crate::api::begin_beside::{BeginBeside, FormOffered};
use crate::api::{Refused, ask, get};
use crate::parts::clock::browser_now;
use crate::words::lang;

/// Chooses a matter, and begins. That of `matter` is chosen first.
#[component]
pub fn BeginBesidePage(
    helped: RwSignal<Option<Helped>>,
    #[prop(optional)] hall: Option<HallId>,
    #[prop(optional)] matter: Option<MatterId>,
    /// Is told what was refused: the session may have ended.
    refuses: Callback<Refused>,
) -> impl IntoView {
    let lang = lang();
    let words = move || Words::of(lang.get());
    let forms = RwSignal::new(None::<Vec<FormOffered>>);
    let chosen = RwSignal::new(0_usize);
    let refused = RwSignal::new(None::<Refused>);
    let sending = RwSignal::new(false);
    let request_id = StoredValue::new(Uuid::new_v4());
    let refuse = move |refusal: Refused| {
        // Whoever is told belongs to the page, and may be gone with it.
        if refused.try_set(Some(refusal.clone())).is_none() {
            refuses.run(refusal);
        }
    };
    spawn_local(async move {
        match get::<Vec<FormOffered>>("/api/help/forms", lang.get_untracked()).await {
            Ok(mut all) => {
                all.retain(|one| hall.as_ref().is_none_or(|hall| one.hall == *hall));
                let own = all.iter().position(|one| one.matter.is_some() && one.matter == matter);
                let _ = chosen.try_set(own.unwrap_or_default());
                let _ = forms.try_set(Some(all));
            }
            Err(refusal) => refuse(refusal),
        }
    });
    let begin = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let one = forms.with_untracked(|forms| {
            forms.as_ref().and_then(|all| all.get(chosen.get_untracked()).cloned())
        });
        let Some(one) = one.filter(|_| !sending.get_untracked()) else { return };
        sending.set(true);
        refused.set(None);
        let FormOffered { hall, matter, bundle, .. } = one;
        let call = BeginBeside { request_id: request_id.get_value(), hall, matter, bundle };
        spawn_local(async move {
            let answer = ask(&call, lang.get_untracked()).await;
            if sending.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(begun) => {
                    let invited = Some((begun.code, browser_now()));
                    helped.set(Some(Helped { token: begun.token, invited }));
                }
                Err(refusal) => {
                    // Without an answer it may have been begun: a repeat gets that one.
                    if refusal.code != Refused::NO_ANSWER {
                        request_id.set_value(Uuid::new_v4());
                    }
                    refuse(refusal);
                }
            }
        });
    };
    let options = move || {
        let all = forms.get().unwrap_or_default();
        // The hall is named where there are several.
        let several = all.iter().any(|one| one.hall != all[0].hall);
        let option = move |(at, one): (usize, FormOffered)| {
            let name = one.name.get(lang.get()).to_owned();
            let name =
                if several { format!("{} · {name}", one.hall_name.get(lang.get())) } else { name };
            view! {
                <option value=at.to_string() selected=move || chosen.get() == at>
                    {name}
                </option>
            }
        };
        all.into_iter().enumerate().map(option).collect_view()
    };
    let none = move || forms.with(|forms| forms.as_ref().is_some_and(Vec::is_empty));
    let blocked =
        move || sending.get() || forms.with(|forms| forms.as_ref().is_none_or(Vec::is_empty));
    view! {
        <section class="helping-start">
            <h2>{move || words().begin_title}</h2>
            <p class="soft">{move || words().begin_lead}</p>
            <form on:submit=begin>
                <label class="typed">
                    <span>{move || words().begin_which}</span>
                    <select
                        class="input"
                        name="form"
                        on:change=move |event| {
                            chosen.set(event_target_value(&event).parse().unwrap_or_default());
                            request_id.set_value(Uuid::new_v4());
                        }
                    >
                        {options}
                    </select>
                </label>
                <p class="soft" hidden=move || !none()>
                    {move || words().no_forms}
                </p>
                <p class="reply refusal" role="alert">
                    {move || refused.get().map(|refused| refused.in_a_line(lang.get()))}
                </p>
                <button class="key" type="submit" disabled=blocked>
                    {move || words().begin}
                </button>
            </form>
        </section>
    }
}
