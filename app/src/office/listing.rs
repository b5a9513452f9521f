//! The steps that are here, and the asking for more of them.

use std::time::Duration;

use jiban_domain::case::Colour;
use jiban_domain::{DepartmentId, Lang};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::session::OfficeSession;
use crate::api::office::{StepShown, Steps};
use crate::api::{Refused, get};
use crate::parts::pager::{PageRequest, Pager};

/// Steps in a page.
const PAGE: u32 = 100;
const ASK_AGAIN: Duration = Duration::from_secs(2);

/// Which steps are looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Filter {
    /// Of one department.
    pub(super) department: Option<DepartmentId>,
    /// Of one colour.
    pub(super) colour: Option<Colour>,
    /// One's own.
    pub(super) mine: bool,
}

impl Filter {
    fn address(&self, after: Option<&str>) -> String {
        let mut address = format!("/api/office/steps?limit={PAGE}&mine={}", self.mine);
        if let Some(department) = &self.department {
            address.push_str("&department=");
            address.push_str(&encoded(department.as_str()));
        }
        if let Some(colour) = self.colour {
            address.push_str("&colour=");
            address.push_str(colour.as_str());
        }
        if let Some(after) = after {
            address.push_str("&after=");
            address.push_str(&encoded(after));
        }
        address
    }
}

fn encoded(text: &str) -> String {
    web_sys::js_sys::encode_uri_component(text).into()
}

/// The list as far as it is here.
#[derive(Clone, Copy)]
pub(super) struct Listing {
    pages: RwSignal<Pager<StepShown>>,
    /// All rows that are here.
    pub(super) rows: RwSignal<Vec<StepShown>>,
    /// Which are wanted.
    pub(super) filter: RwSignal<Filter>,
    /// First and last row in view.
    view: RwSignal<(usize, usize)>,
    asking: RwSignal<bool>,
    /// Something changed while an answer was on its way.
    aged: RwSignal<bool>,
    /// Whether the first answer has come.
    pub(super) ready: RwSignal<bool>,
    session: OfficeSession,
    lang: RwSignal<Lang>,
}

impl Listing {
    pub(super) fn new(session: OfficeSession, lang: RwSignal<Lang>) -> Self {
        Self {
            pages: RwSignal::new(Pager::default()),
            rows: RwSignal::new(Vec::new()),
            filter: RwSignal::new(Filter::default()),
            view: RwSignal::new((0, 0)),
            asking: RwSignal::new(false),
            aged: RwSignal::new(false),
            ready: RwSignal::new(false),
            session,
            lang,
        }
    }

    /// Looks at other steps.
    pub(super) fn choose(self, how: impl FnOnce(&mut Filter)) {
        let mut filter = self.filter.get_untracked();
        how(&mut filter);
        if filter != self.filter.get_untracked() {
            self.filter.set(filter);
            self.pages.set(Pager::default());
            self.view.set((0, 0));
            self.ready.set(false);
            self.look();
        }
    }

    /// Something changed.
    pub(super) fn age(self) {
        if self.asking.get_untracked() {
            self.aged.set(true);
        }
        self.pages.update(Pager::mark_stale);
        self.look();
    }

    /// Other rows are in view.
    pub(super) fn looks_at(self, first: usize, last: usize) {
        self.view.set((first, last));
        // Before the first answer there is nothing to look at.
        if !self.pages.with_untracked(Pager::is_empty) {
            self.look();
        }
    }

    /// Whether more is on its way below what is here.
    pub(super) fn more(self) -> bool {
        self.pages.with(Pager::has_more)
    }

    fn look(self) {
        if self.asking.get_untracked() {
            return;
        }
        let (first, last) = self.view.get_untracked();
        let Some(wanted) = self.pages.with_untracked(|pages| pages.next_request(first, last))
        else {
            return;
        };
        self.asking.set(true);
        spawn_local(self.fetch(wanted));
    }

    async fn fetch(self, wanted: PageRequest) {
        let filter = self.filter.get_untracked();
        let address = filter.address(wanted.after.as_deref());
        let answer = get::<Steps>(&address, self.lang.get_untracked()).await;
        // The page may have been left while the answer was on its way.
        if self.asking.try_set(false).is_some() {
            return;
        }
        match answer {
            Ok(steps) if filter == self.filter.get_untracked() => {
                self.pages.update(|pages| {
                    pages.insert(wanted, steps.steps, steps.next);
                    if self.aged.get_untracked() {
                        pages.mark_stale();
                    }
                });
                self.aged.set(false);
                let rows = self.pages.with_untracked(|pages| pages.rows(|step| step.id));
                if self.rows.with_untracked(|old| *old != rows) {
                    self.rows.set(rows);
                }
                self.ready.set(true);
                self.look();
            }
            Ok(_) => self.look(),
            Err(refused) => {
                self.session.leave_if_signed_out(&refused);
                if refused.code == Refused::NO_ANSWER {
                    set_timeout(
                        move || {
                            if self.asking.try_get_untracked().is_some() {
                                self.look();
                            }
                        },
                        ASK_AGAIN,
                    );
                }
            }
        }
    }
}
