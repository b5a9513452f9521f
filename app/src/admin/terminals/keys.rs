//! The director accepts a new terminal by its six figures, revokes a key, or changes it.

use jiban_domain::{KioskId, Lang, Text};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::words::TerminalWords;
use crate::admin::state::AdminState;
use crate::api::terminals::{ChangeTerminalKey, PairTerminal, RevokeTerminal};
use crate::api::{Refused, ask};
use crate::parts::dialog::{DialogForm, ModalDialog};
use crate::words::fill;

/// What is asked about before it is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub kiosk: KioskId,
    /// Else its key is changed.
    pub revoke: bool,
}

/// Six figures, and which kiosk it is.
#[component]
pub fn PairForm(
    admin: AdminState,
    kiosks: Memo<Vec<(KioskId, Text)>>,
    lang: Lang,
) -> impl IntoView {
    let words = TerminalWords::of(lang);
    let code = RwSignal::new(String::new());
    let chosen = RwSignal::new(None::<KioskId>);
    let busy = RwSignal::new(false);
    let said = RwSignal::new(None::<Result<String, Refused>>);
    let kiosk = move || {
        chosen.get_untracked().or_else(|| kiosks.with_untracked(|all| Some(all.first()?.0.clone())))
    };
    let pair = move || {
        let Some(kiosk) = kiosk().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        spawn_local(async move {
            let request = PairTerminal { code: code.get_untracked(), kiosk: kiosk.clone() };
            let answer = ask(&request, lang).await;
            // The page may be gone by now, and its signals with it.
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(_) => {
                    code.set(String::new());
                    let done = fill(words.paired_now, &[("kiosk", &kiosk.to_string())]);
                    said.set(Some(Ok(done)));
                }
                Err(refused) => {
                    admin.session().leave_if_signed_out(&refused);
                    said.set(Some(Err(refused)));
                }
            }
        });
    };
    let options = move || {
        let option = |(id, name): (KioskId, Text)| {
            let label = format!("{id}  {}", name.get(lang));
            view! { <option value=id.to_string()>{label}</option> }
        };
        kiosks.get().into_iter().map(option).collect_view()
    };
    let message = move || {
        said.with(|said| {
            said.as_ref().map(|said| match said {
                Ok(done) => view! { <span class="good-words">{done.clone()}</span> }.into_any(),
                Err(no) => view! { <span class="bad-words">{no.in_a_line(lang)}</span> }.into_any(),
            })
        })
    };
    view! {
        <form
            class="sheet pair-terminal"
            on:submit=move |event| {
                event.prevent_default();
                pair();
            }
        >
            <h2>{words.pair}</h2>
            <p class="soft">{words.pair_lead}</p>
            <div class="pair-fields">
                <label class="field">
                    <span class="field-label">{words.code}</span>
                    <input
                        class="input number"
                        inputmode="numeric"
                        autocomplete="off"
                        maxlength="9"
                        required=true
                        bind:value=code
                    />
                </label>
                <label class="field">
                    <span class="field-label">{words.as_kiosk}</span>
                    <select
                        class="input"
                        on:change=move |event| {
                            chosen.set(Some(event_target_value(&event).as_str().into()));
                        }
                    >
                        {options}
                    </select>
                </label>
                <button class="button" type="submit" disabled=busy>
                    {words.pair_do}
                </button>
            </div>
            <p role="status">{message}</p>
        </form>
    }
}

/// Asks before a key is revoked or changed.
#[component]
pub fn KeyDialog(admin: AdminState, asked: RwSignal<Option<Asked>>, lang: Lang) -> impl IntoView {
    let words = TerminalWords::of(lang);
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(None::<Refused>);
    Effect::new(move |_| {
        asked.track();
        refused.set(None);
    });
    let act = move || {
        let Some(Asked { kiosk, revoke }) = asked.get_untracked() else { return };
        busy.set(true);
        spawn_local(async move {
            let answer = if revoke {
                ask(&RevokeTerminal { kiosk }, lang).await
            } else {
                ask(&ChangeTerminalKey { kiosk }, lang).await
            };
            // The page may be gone by now, and its signals with it.
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(_) => asked.set(None),
                Err(why) => {
                    admin.session().leave_if_signed_out(&why);
                    refused.set(Some(why));
                }
            }
        });
    };
    let message =
        Signal::derive(move || refused.with(|why| why.as_ref().map(|why| why.in_a_line(lang))));
    view! {
        <ModalDialog
            class="asking"
            open=Signal::derive(move || asked.with(Option::is_some))
            on_close=Callback::new(move |()| asked.set(None))
        >
            {move || {
                let Asked { kiosk, revoke } = asked.get()?;
                let (title, lead, word) = if revoke {
                    (words.revoke_title, words.revoke_lead, words.revoke)
                } else {
                    (words.change_title, words.change_lead, words.change_key)
                };
                let title = fill(title, &[("kiosk", &kiosk.to_string())]);
                Some(
                    view! {
                        <DialogForm
                            title=title
                            lead=vec![lead.to_owned()]
                            submit=Signal::derive(move || word.to_owned())
                            danger=revoke
                            blocked=busy
                            message=message
                            on_submit=Callback::new(move |()| act())
                            on_cancel=Callback::new(move |()| asked.set(None))
                        >
                            ""
                        </DialogForm>
                    },
                )
            }}
        </ModalDialog>
    }
}
