//! The pages of guides as HTML.

use leptos::prelude::*;

use super::guide::GuidePage;
use super::list::ListPage;
use super::view::GuideList;
use super::words::GuideWords;
use crate::api::guide::Guide;
use crate::progress::html::to_html;
use crate::shell::{Assets, Document};

/// `/guides`.
pub fn list(assets: &Assets, list: GuideList) -> String {
    let assets = assets.clone();
    to_html(move || {
        let title = format!("{} · {}", GuideWords::of(list.lang).title, list.hall_name);
        view! {
            <Document assets lang=list.lang title=title>
                <ListPage list />
            </Document>
        }
    })
}

/// `/guides/{hall}/{matter}`.
pub fn guide(assets: &Assets, guide: Guide) -> String {
    let assets = assets.clone();
    to_html(move || {
        view! {
            <Document assets lang=guide.lang title=guide.name.clone()>
                <GuidePage guide />
            </Document>
        }
    })
}
