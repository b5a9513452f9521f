//! The first sheet: for what, and who applies. Enter goes from field to field,
//! since card readers end with it, and at the last opens the case.

use jiban_domain::case::{ApplicantKind, Subject, ToldBy};
use jiban_domain::identity;
use jiff::civil::Date;
use leptos::html::Input;
use leptos::prelude::*;

use super::field::{Field, Next, Segments, Verdict};
use super::room::{room, still};
use super::subject::SubjectChoice;
use super::words::Word;
use crate::api::reception::{OpenApplicant, OpenCase};
use crate::counter::state::{CounterState, page};
use crate::parts::days;

/// Places of an identity number and of a credit code.
const PLACES: usize = 18;

/// The fields that are typed, and what is thought of them.
#[derive(Clone, Copy)]
struct Typed {
    verdict: Memo<Verdict>,
    left: RwSignal<bool>,
    node: NodeRef<Input>,
}

impl Typed {
    fn new(verdict: impl Fn() -> Verdict + Send + Sync + 'static) -> Self {
        Self {
            verdict: Memo::new(move |_| verdict()),
            left: RwSignal::new(false),
            node: NodeRef::new(),
        }
    }

    fn focus(self) {
        if let Some(field) = self.node.get_untracked() {
            let _ = field.focus();
        }
    }
}

/// The sheet.
#[component]
pub fn Opening() -> impl IntoView {
    let page = page();
    let room = room();
    let draft = room.draft;
    let name = Typed::new(move || verdict(&draft.name.get(), identity::name));
    let number = Typed::new(move || number_verdict(page, draft.kind.get(), &draft.number.get()));
    let telephone = Typed::new(move || verdict(&draft.telephone.get(), identity::telephone));
    Effect::new(move || {
        name.node.track();
        name.focus();
    });
    let send = Callback::new(move |()| {
        let fields = [name, number, telephone];
        for field in fields {
            field.left.set(true);
        }
        let wrong = fields.into_iter().find(|field| field.verdict.get_untracked() != Verdict::Good);
        if let Some(field) = wrong {
            room.press.say(untrack(|| room.words()).fill_in);
            field.focus();
        } else if !untrack(|| still(page)) {
            open(page);
        }
    });
    view! {
        <form
            class="opening"
            on:submit=move |event| {
                event.prevent_default();
                send.run(());
            }
        >
            <div class="columns">
                <Applies name number telephone send />
                <section class="sheet">
                    <SubjectChoice />
                </section>
            </div>
            <footer class="foot">
                <p class="reply refusal" role="alert">
                    {move || room.press.said()}
                </p>
                <button class="key next" type="submit" disabled=move || still(page)>
                    {move || room.words().begin_case}
                    <kbd>"Enter"</kbd>
                </button>
            </footer>
        </form>
    }
}

/// Who applies.
#[component]
fn Applies(name: Typed, number: Typed, telephone: Typed, send: Callback<()>) -> impl IntoView {
    let page = page();
    let room = room();
    let draft = room.draft;
    // The number says itself whose it is.
    Effect::new(move || {
        let typed = draft.number.get();
        let (kind, other) = match draft.kind.get_untracked() {
            ApplicantKind::Person => (ApplicantKind::Person, ApplicantKind::Business),
            ApplicantKind::Business => (ApplicantKind::Business, ApplicantKind::Person),
        };
        if matches!(number_verdict(page, kind, &typed), Verdict::Bad(_))
            && number_verdict(page, other, &typed) == Verdict::Good
        {
            draft.kind.set(other);
        }
    });
    let word = move |person: Word, business: Word| {
        Signal::derive(move || match draft.kind.get() {
            ApplicantKind::Person => person(room.words()),
            ApplicantKind::Business => business(room.words()),
        })
    };
    let plain = move |of: Word| Signal::derive(move || of(room.words()));
    view! {
        <section class="sheet applies">
            <Segments
                label=plain(|words| words.who)
                name="kind"
                choices=vec![
                    (ApplicantKind::Person, plain(|words| words.person)),
                    (ApplicantKind::Business, plain(|words| words.business)),
                ]
                value=draft.kind
            />
            <Field
                label=word(|words| words.name, |words| words.business_name)
                value=draft.name
                verdict=name.verdict
                left=name.left
                node=name.node
                next=Next::Field(number.node)
            />
            <Field
                label=word(|words| words.identity, |words| words.credit_code)
                value=draft.number
                verdict=number.verdict
                left=number.left
                node=number.node
                next=Next::Field(telephone.node)
                even=true
            />
            <Field
                label=plain(|words| words.telephone)
                value=draft.telephone
                verdict=telephone.verdict
                left=telephone.left
                node=telephone.node
                next=Next::Send(send)
                mode="tel"
            />
            <Segments
                label=plain(|words| words.told_by)
                name="told-by"
                choices=vec![
                    (ToldBy::Page, plain(|words| words.by_page)),
                    (ToldBy::Call, plain(|words| words.by_call)),
                    (ToldBy::Message, plain(|words| words.by_message)),
                ]
                value=draft.told_by
            />
        </section>
    }
}

/// Opens the case, and goes on to its papers.
fn open(page: CounterState) {
    let room = page.room;
    let draft = room.draft;
    let ticket = page.now.with_untracked(|now| now.in_hand.as_ref().map(|ticket| ticket.id));
    let (Some(ticket), Some(subject)) = (ticket, draft.subject.get_untracked()) else {
        return room.press.say(untrack(|| room.words()).not_serving);
    };
    let (matter, bundle) = match subject {
        Subject::Matter(id) => (Some(id), None),
        Subject::Bundle(id) => (None, Some(id)),
    };
    let applicant = OpenApplicant {
        kind: draft.kind.get_untracked(),
        name: draft.name.get_untracked(),
        number: identity::normalise(&draft.number.get_untracked()),
        telephone: draft.telephone.get_untracked(),
    };
    let told_by = draft.told_by.get_untracked();
    let question = |request_id| OpenCase { request_id, ticket, matter, bundle, applicant, told_by };
    room.press.make(question, move |answer| match answer {
        Ok(opened) => {
            draft.clear();
            room.open(opened.id);
        }
        Err(refused) => room.heed(&refused),
    });
}

fn verdict(typed: &str, check: impl Fn(&str) -> Result<String, jiban_domain::Text>) -> Verdict {
    match check(typed) {
        _ if typed.trim().is_empty() => Verdict::Typing(None),
        Ok(_) => Verdict::Good,
        Err(why) => Verdict::Bad(why),
    }
}

/// While a number is being typed it is counted; once whole it is checked.
fn number_verdict(page: CounterState, kind: ApplicantKind, typed: &str) -> Verdict {
    let today = page.now.with_untracked(|now| {
        days::on(page.clock.get_untracked(), &now.time_zone).parse::<Date>().unwrap_or(Date::MAX)
    });
    match identity::normalise(typed).chars().count() {
        0 => Verdict::Typing(None),
        long if long < PLACES => Verdict::Typing(Some(long)),
        _ => verdict(typed, |typed| identity::number(kind, typed, today)),
    }
}
