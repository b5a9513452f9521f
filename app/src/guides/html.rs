//! The pages of guides as HTML.

use leptos::prelude::*;

use super::guide::GuidePage;
use super::list::ListPage;
use super::view::GuideList;
use super::words::GuideWords;
use crate::api::guide::Guide;
use crate::progress::html::to_html;
use crate::shell::{Document, Shell};

/// `/guides`.
pub fn list(shell: &Shell, list: GuideList) -> String {
    let shell = shell.clone();
    to_html(move || {
        let title = format!("{} · {}", GuideWords::of(list.lang).title, list.hall_name);
        view! {
            <Document shell lang=list.lang title=title>
                <ListPage list />
            </Document>
        }
    })
}

/// `/guides/{hall}/{matter}`.
pub fn guide(shell: &Shell, guide: Guide) -> String {
    let shell = shell.clone();
    to_html(move || {
        let nonce = shell.nonce.clone();
        view! {
            <Document shell lang=guide.lang title=guide.name.clone()>
                <GuidePage guide nonce />
            </Document>
        }
    })
}
