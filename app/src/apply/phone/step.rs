//! One group of a form. What is typed is kept whatever it is; what is wrong with it is told
//! beside its field.

use std::collections::BTreeSet;

use jiban_domain::FieldId;
use jiban_domain::draft::About;
use jiban_domain::form::{Field, FieldRefusal, FieldValue, Group, Values};
use leptos::prelude::*;

use super::super::{Filling, field, posted};
use super::frame::{DraftFrame, Notice, kept_line, remarks};
use super::offered;
use super::sign_in::{mark, offer_in};
use super::view::{DraftView, field_id};
use super::words::ApplyPageWords;
use crate::words::fill;

/// What of a group its page tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// All that is wrong or missing, and not only what was written wrong.
    pub all: bool,
    /// More is asked by what was answered.
    pub more: bool,
    pub request_id: String,
    /// Why something was not kept.
    pub refused: Option<String>,
    /// The fields in which something stands that is not kept.
    pub not_kept: BTreeSet<FieldId>,
}

/// The fields on a page, as it posts them back: `name:12.FINGERPRINT,code:0.FINGERPRINT`.
pub const SHOWN: &str = ".shown";
/// What `public/apply.js` puts in the place of a fingerprint: the field stands as it is kept.
const SAME: &str = "same";

/// A field on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownField {
    pub field: FieldId,
    /// The version of the answer that the page shows; 0 for none.
    pub version: u64,
    /// By what it is known that nobody has touched it; nothing where it was not kept.
    fingerprint: String,
}

impl ShownField {
    /// Whether an answer is posted as it was shown.
    pub fn is_untouched(&self, posted: &FieldValue) -> bool {
        self.fingerprint == SAME || self.fingerprint == posted::fingerprint_of_posted(posted)
    }
}

/// Reads what [`SHOWN`] holds.
pub fn shown(posted: &str) -> Vec<ShownField> {
    let one = |one: &str| {
        let (field, rest) = one.rsplit_once(':')?;
        let (version, fingerprint) = rest.split_once('.').unwrap_or((rest, ""));
        let fingerprint = fingerprint.to_owned();
        Some(ShownField {
            field: FieldId::from(field),
            version: version.parse().ok()?,
            fingerprint,
        })
    };
    posted.split(',').filter_map(one).collect()
}

/// `/d/{token}/form/{group}`. `place` is its place among the groups that are asked.
#[component]
pub(super) fn StepPage(view: DraftView, place: usize, told: Told) -> impl IntoView {
    let lang = view.lang;
    let words = ApplyPageWords::of(lang);
    let groups = view.groups();
    let Some(group) = groups.get(place).map(|group| (*group).clone()) else {
        return ().into_any();
    };
    let all = groups.len() + 2;
    let step = fill(words.step_n, &[("n", &(place + 1)), ("all", &all)]);
    let refusals = told_refusals(&view, &group, told.all);
    let count = refusals.len();
    let notice = if let Some(refused) = told.refused {
        Some(Notice::not(refused))
    } else if told.more {
        Some(Notice::well(words.more_asked.to_owned()))
    } else {
        let wrong = fill(words.wrong_here, &[("n", &count)]);
        (told.all && count > 0).then(|| Notice::not(wrong))
    };
    let anyway = (told.all && count > 0).then(|| {
        view! {
            <button class="action quiet" name="go" value="on">
                {words.next_anyway}
            </button>
        }
    });
    let values: Values = view.draft.values.clone();
    let filling = Filling::still(lang, values, refusals);
    let fields = view.asked(&group).map(|one| asked(&view, one, filling)).collect_view();
    let shown: Vec<String> =
        view.asked(&group).map(|field| as_shown(&view, field, &told.not_kept)).collect();
    let help = group.help.as_ref().map(|help| help.get(lang).to_owned());
    let help = help.map(|help| view! { <p class="soft">{help}</p> });
    let name = group.name.get(lang).to_owned();
    let action = view.at_group(&group);
    let page = format!("{action}&parts=true");
    let sign_in = offer_in(&view, &group.id);
    view! {
        <DraftFrame view=view.clone() title=name notice>
            <p class="soft">
                {step} " · " <a href=view.at("")>{words.overview}</a>
            </p>
            {help}
            <form
                method="post"
                action=action
                class="asked"
                data-page=page
                data-leads=leads(&view, &group)
                autocomplete="off"
            >
                <input type="hidden" name="request_id" value=told.request_id />
                <input type="hidden" name=SHOWN value=shown.join(",") />
                // The key that "enter" presses: the next one in the page may add a row.
                <button name="go" value="next" hidden>
                    {words.next}
                </button>
                {offered::above(&view, &group)}
                {sign_in}
                <div class="fields">{fields}</div>
                {kept_line(lang)}
                <p class="choices">
                    <button class="action" name="go" value="next">
                        {words.next}
                    </button>
                    {anyway}
                    <button class="action quiet" name="go" value="back">
                        {words.back}
                    </button>
                </p>
            </form>
        </DraftFrame>
    }
    .into_any()
}

/// A field as [`SHOWN`] holds it.
fn as_shown(view: &DraftView, field: &Field, not_kept: &BTreeSet<FieldId>) -> String {
    let version = view.draft.written.get(&field.id).map_or(0, |written| written.version);
    let kept = view.draft.values.get(&field.id).unwrap_or(FieldValue::empty());
    let is_kept = !not_kept.contains(&field.id);
    let fingerprint = is_kept.then(|| posted::fingerprint_of_shown(field, kept));
    format!("{}:{version}.{}", field.id, fingerprint.unwrap_or_default())
}

/// The fields of a group on whose answers it depends what of it is asked.
fn leads(view: &DraftView, group: &Group) -> String {
    let conditions = group.fields.iter().flat_map(|field| &field.shown_when);
    let leads: std::collections::BTreeSet<String> =
        conditions.map(|condition| condition.field.to_string()).collect();
    let own = |id: &String| view.asked(group).any(|field| field.id.as_str() == id);
    leads.into_iter().filter(own).collect::<Vec<_>>().join(",")
}

/// What is told of a group: all, or what somebody has written wrong.
fn told_refusals(view: &DraftView, group: &Group, all: bool) -> Vec<FieldRefusal> {
    let written =
        |refusal: &&FieldRefusal| all || view.draft.written.contains_key(&refusal.field());
    view.refusals_of(group).filter(written).cloned().collect()
}

fn asked(view: &DraftView, one: &Field, filling: Filling) -> AnyView {
    let words = ApplyPageWords::of(view.lang);
    let by = view.draft.written.get(&one.id).and_then(|written| written.helper.as_ref());
    let by = by.map(|name| fill(words.by_helper, &[("name", &name.get(view.lang))]));
    let by = by.map(|by| view! { <p class="soft by">{by}</p> });
    view! {
        <div class="one" id=field_id(&one.id) data-one=one.id.to_string()>
            {remarks(view, &About::Field(one.id.clone()))}
            {field(one, filling)}
            {offered::beside(view, one)}
            {by}
            {mark(view, one)}
        </div>
    }
    .into_any()
}
