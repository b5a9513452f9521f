//! The counter's session.

use jiban_domain::Lang;

use crate::api::counter::CounterNow;
use crate::api::session::CounterWorkplace;
use crate::api::{Refused, get};
use crate::parts::session::{Session, StaffPage};

/// The session of this page.
pub(super) type CounterSession = Session<CounterPages>;

/// The counter's page, seen from its session.
#[derive(Debug, Clone, Copy)]
pub(super) struct CounterPages;

impl StaffPage for CounterPages {
    type Workplace = CounterWorkplace;
    type Start = CounterNow;

    async fn load(self, lang: Lang) -> Result<CounterNow, Refused> {
        get("/api/counter/now", lang).await
    }

    fn is_other_session(open: &CounterNow, loaded: &CounterNow) -> bool {
        (&open.counter, &open.clerk.clerk) != (&loaded.counter, &loaded.clerk.clerk)
    }
}
