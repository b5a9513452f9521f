//! Which fields were not right when somebody sent an application: counted, once for each
//! application, without what was written.

use jiban_domain::form::{Checked, FieldRefusal};

use super::{HallService, Room};
use crate::change::Change;
use crate::change::drafts::DraftChange;
use crate::service::moment;

impl HallService {
    /// Counts the fields that are not right. Whoever sends it is refused either way, so a
    /// failure is only logged.
    pub(super) async fn count_faults(&self, room: &Room, checked: &Checked) {
        let fields = room.count_wrong(checked.refusals.iter().map(FieldRefusal::field));
        if fields.is_empty() {
            return;
        }
        let draft = room.now().draft;
        let (hall, subject) = (room.hall.clone(), draft.subject.id().to_owned());
        let helped = draft.helped;
        let counted = self.execute(None, move |work| {
            work.require_date()?;
            let setup = work.setup();
            let day = moment(setup.setup.hall(&hall), work.now()).day;
            let (hall, subject, fields) = (hall.clone(), subject.clone(), fields.clone());
            work.put(Change::Draft(DraftChange::Faults { hall, subject, day, helped, fields }));
            Ok("{}".to_owned())
        });
        if let Err(refusal) = counted.await {
            tracing::warn!(%refusal, "wrong fields could not be counted");
        }
    }
}
