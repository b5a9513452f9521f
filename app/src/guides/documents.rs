//! The guides as whole documents.

use leptos::prelude::*;

use super::guide::GuidePage;
use super::list::ListPage;
use super::view::{Guide, GuideList};
use super::words::GuideWords;
use crate::progress::documents::html;
use crate::shell::{Assets, Document};

/// `/guides`.
pub fn list(assets: &Assets, list: GuideList) -> String {
    let assets = assets.clone();
    html(move || {
        let title = format!("{} · {}", GuideWords::of(list.lang).title, list.hall_name);
        view! {
            <Document assets lang=list.lang title=title>
                <ListPage list />
            </Document>
        }
    })
}

/// `/guides/{hall}/{matter}`; `address` is the whole address it is found at.
pub fn guide(assets: &Assets, guide: Guide, address: String) -> String {
    let assets = assets.clone();
    html(move || {
        view! {
            <Document assets lang=guide.lang title=guide.name.clone()>
                <GuidePage guide address />
            </Document>
        }
    })
}
