//! The materials of a draft, each with its files.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::frame::{DraftFrame, Notice, boxed};
use super::view::DraftView;
use super::words::ApplyPageWords;
use crate::api::apply::DraftMaterial;
use crate::parts::choose_files::{ChooseFiles, ChooseFilesWords};
use crate::parts::photograph::doubts::{
    DoubtWords, LEAST_EDGES, LEAST_LIGHT, LEAST_SIDE, MEASURED_SIDE,
};
use crate::words::fill;

/// `/d/{token}/materials`.
#[component]
pub(super) fn MaterialsPage(view: DraftView, notice: Option<Notice>) -> impl IntoView {
    let lang = view.lang;
    let words = ApplyPageWords::of(lang);
    let groups = view.groups();
    let all = groups.len() + 2;
    let step = fill(words.step_n, &[("n", &(all - 1)), ("all", &all)]);
    let back = groups.last().map_or_else(|| view.at(""), |group| view.at_group(group));
    let rows: Vec<AnyView> =
        view.draft.materials.iter().enumerate().map(|(at, one)| row(&view, at, one)).collect();
    let lead =
        if view.draft.materials.is_empty() { words.nothing_needed } else { words.materials_lead };
    view! {
        <DraftFrame view=view.clone() title=words.materials.to_owned() notice>
            <p class="soft">
                {step} " · " <a href=view.at("")>{words.overview}</a>
            </p>
            <p>{lead}</p>
            <ol class="materials">{rows}</ol>
            <Sending lang />
            <p class="choices">
                <a class="action" href=view.at("/check")>
                    {words.next}
                </a>
                <a class="action quiet" href=back>
                    {words.back}
                </a>
            </p>
        </DraftFrame>
    }
    .into_any()
}

fn row(view: &DraftView, at: usize, material: &DraftMaterial) -> AnyView {
    let lang = view.lang;
    let words = ApplyPageWords::of(lang);
    let name = material.name.get(lang).to_owned();
    let tag = if material.no_longer_asked {
        Some(words.no_longer_asked)
    } else if material.replaced {
        Some(words.replaced)
    } else {
        material.deferrable.then_some(words.later)
    };
    let tag = tag.map(|tag| view! { <span class="tag">{tag}</span> });
    let said = view.remarks_of(material);
    let remark = (!said.is_empty()).then(|| boxed(words, said));
    let files = material.files.iter().enumerate().map(|(at, file)| {
        let picture = format!("/d/{}/file/{}", view.draft.token, file.file);
        let nth = fill(words.file_n, &[("n", &(at + 1))]);
        let label = format!("{} {name} {nth}", words.remove);
        view! {
            <li data-file=file.file.clone()>
                <img src=picture alt="" loading="lazy" width="72" height="72" />
                // The script says here what may be wrong with it.
                <div class="beside-file">
                    <p>{nth}</p>
                </div>
                <form method="post" action=view.at("/detach")>
                    <input type="hidden" name="file" value=file.file.clone() />
                    <button class="link" aria-label=label>
                        {words.remove}
                    </button>
                </form>
            </li>
        }
    });
    let form = (!material.no_longer_asked).then(|| material.form.name().get(lang).to_owned());
    // What is asked for no longer takes no more.
    let upload = (!material.no_longer_asked).then(|| {
        view! {
            <Upload
                lang
                name=name.clone()
                material=material.key.clone()
                action=view.at("/attach")
                call=format!("/api/apply/attach?token={}", view.draft.token)
            />
        }
    });
    view! {
        <li id=format!("m-{at}")>
            <h2>{name.clone()} " " {tag}</h2>
            <p class="soft">{form}</p>
            {remark}
            <ul class="sent-files" data-part=format!("files-{at}")>
                {files.collect_view()}
            </ul>
            <div class="sending sending-here" role="status"></div>
            {upload}
        </li>
    }
    .into_any()
}

/// A form for files of a material.
#[component]
fn Upload(
    lang: Lang,
    name: String,
    material: String,
    action: String,
    /// By which the script sends a file.
    call: String,
) -> impl IntoView {
    let words = ApplyPageWords::of(lang);
    let choosing = ChooseFilesWords {
        photograph: words.photograph,
        choose: words.choose_file,
        send: words.send_files,
        kinds: words.kinds,
    };
    view! {
        <form
            class="supply attach"
            method="post"
            action=action
            data-call=call
            enctype="multipart/form-data"
        >
            <input type="hidden" name="material" value=material />
            <ChooseFiles words=choosing name />
        </form>
    }
}

/// Where the script says how it goes on.
#[component]
fn Sending(lang: Lang) -> impl IntoView {
    let words = ApplyPageWords::of(lang);
    let doubts = DoubtWords::of(lang);
    view! {
        <div
            class="sending"
            role="status"
            data-sending=words.sending
            data-shrinking=words.shrinking
            data-received=words.received
            data-failed=words.not_received
            data-large=words.too_large
            data-dark=doubts.dark
            data-blurred=doubts.blurred
            data-small=doubts.small
            data-least-light=LEAST_LIGHT
            data-least-edges=LEAST_EDGES
            data-least-side=LEAST_SIDE
            data-measured-side=MEASURED_SIDE
        ></div>
    }
}
