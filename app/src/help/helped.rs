//! The draft that a helper has open.

use jiban_domain::{Lang, Millis, Token};
use leptos::task::spawn_local;
use uuid::Uuid;

use crate::api::apply::{EndHelp, ShareCode};
use crate::api::ask;

/// The draft that is helped with.
#[derive(Debug, Clone, PartialEq)]
pub struct Helped {
    /// The helper's own token.
    pub token: Token,
    /// The figures for the applicant's screen, and when they came by this browser's clock: where
    /// the helper began the draft, until the applicant has come. Kept here, they are shown for no
    /// longer than they are good, however often the sheet is opened.
    pub invited: Option<(ShareCode, Millis)>,
}

/// Ends the help with a draft.
pub fn end_help(draft: Token, lang: Lang) {
    spawn_local(async move {
        let call = EndHelp { request_id: Uuid::new_v4(), token: draft };
        let _ = ask(&call, lang).await;
    });
}
