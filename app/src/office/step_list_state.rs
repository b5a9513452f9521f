//! The state of the step list: its filter, the steps loaded so far, and the
//! requests for more.

use std::time::Duration;

use jiban_domain::case::Colour;
use jiban_domain::{DepartmentId, Lang};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::session::OfficeSession;
use crate::api::office::{StepShown, Steps};
use crate::api::{Refused, get};
use crate::parts::pager::{PageRequest, Pager};

/// Steps requested at a time.
const PAGE_SIZE: u32 = 100;
const RETRY_AFTER: Duration = Duration::from_secs(2);

/// Which steps are listed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Filter {
    pub(super) department: Option<DepartmentId>,
    pub(super) colour: Option<Colour>,
    /// Only those the reviewer has taken.
    pub(super) mine: bool,
}

impl Filter {
    fn url(&self, after: Option<&str>) -> String {
        let mut url = format!("/api/office/steps?limit={PAGE_SIZE}&mine={}", self.mine);
        if let Some(department) = &self.department {
            url.push_str("&department=");
            url.push_str(&encoded(department.as_str()));
        }
        if let Some(colour) = self.colour {
            url.push_str("&colour=");
            url.push_str(colour.into_str());
        }
        if let Some(after) = after {
            url.push_str("&after=");
            url.push_str(&encoded(after));
        }
        url
    }
}

fn encoded(text: &str) -> String {
    web_sys::js_sys::encode_uri_component(text).into()
}

#[derive(Clone, Copy)]
pub(super) struct StepListState {
    pages: RwSignal<Pager<StepShown>>,
    /// All rows loaded so far.
    pub(super) rows: RwSignal<Vec<StepShown>>,
    pub(super) filter: RwSignal<Filter>,
    /// First and last row in view.
    view: RwSignal<(usize, usize)>,
    loading: RwSignal<bool>,
    /// Something changed while a request was in progress.
    outdated: RwSignal<bool>,
    /// Whether the first answer has arrived.
    pub(super) ready: RwSignal<bool>,
    session: OfficeSession,
    lang: RwSignal<Lang>,
}

impl StepListState {
    pub(super) fn new(session: OfficeSession, lang: RwSignal<Lang>) -> Self {
        Self {
            pages: RwSignal::new(Pager::default()),
            rows: RwSignal::new(Vec::new()),
            filter: RwSignal::new(Filter::default()),
            view: RwSignal::new((0, 0)),
            loading: RwSignal::new(false),
            outdated: RwSignal::new(false),
            ready: RwSignal::new(false),
            session,
            lang,
        }
    }

    pub(super) fn change_filter(self, change: impl FnOnce(&mut Filter)) {
        let mut filter = self.filter.get_untracked();
        change(&mut filter);
        if filter != self.filter.get_untracked() {
            self.filter.set(filter);
            self.pages.set(Pager::default());
            self.view.set((0, 0));
            self.ready.set(false);
            self.load();
        }
    }

    /// Loads the rows in view again: something changed.
    pub(super) fn refresh(self) {
        if self.loading.get_untracked() {
            self.outdated.set(true);
        }
        self.pages.update(Pager::mark_stale);
        self.load();
    }

    /// Sets which rows are in view, and loads those not there yet.
    pub(super) fn set_view(self, first: usize, last: usize) {
        self.view.set((first, last));
        // The first page is requested by `refresh`.
        if !self.pages.with_untracked(Pager::is_empty) {
            self.load();
        }
    }

    /// Whether there are more rows than are loaded.
    pub(super) fn has_more(self) -> bool {
        self.pages.with(Pager::has_more)
    }

    /// Requests the next page that is missing or outdated, one at a time.
    fn load(self) {
        if self.loading.get_untracked() {
            return;
        }
        let (first, last) = self.view.get_untracked();
        let next = self.pages.with_untracked(|pages| pages.next_request(first, last));
        let Some(request) = next else { return };
        self.loading.set(true);
        spawn_local(self.fetch(request));
    }

    async fn fetch(self, request: PageRequest) {
        // The page may be gone before this begins.
        let Some(filter) = self.filter.try_get_untracked() else { return };
        let url = filter.url(request.after.as_deref());
        let answer = get::<Steps>(&url, self.lang.get_untracked()).await;
        // The page may be gone by now, and its signals with it.
        if self.loading.try_set(false).is_some() {
            return;
        }
        match answer {
            Ok(steps) if filter == self.filter.get_untracked() => {
                self.pages.update(|pages| {
                    pages.insert(request, steps.steps, steps.next);
                    if self.outdated.get_untracked() {
                        pages.mark_stale();
                    }
                });
                self.outdated.set(false);
                let rows = self.pages.with_untracked(|pages| pages.rows(|step| step.id));
                if self.rows.with_untracked(|old| *old != rows) {
                    self.rows.set(rows);
                }
                self.ready.set(true);
                self.load();
            }
            Ok(_) => self.load(),
            Err(refused) => {
                self.session.leave_if_signed_out(&refused);
                if refused.code == Refused::NO_ANSWER {
                    set_timeout(
                        move || {
                            if self.loading.try_get_untracked().is_some() {
                                self.load();
                            }
                        },
                        RETRY_AFTER,
                    );
                }
            }
        }
    }
}
