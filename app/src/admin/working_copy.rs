//! The working copy of the setup: edited in forms, then saved as a whole or
//! discarded. Nothing takes effect before it is saved.

use jiban_domain::Lang;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::field_faults::{FieldFault, invalid_times};
use super::json_pointer;
use super::merge::{Conflict, Merged, merge};
use super::previewed::Previewed;
use super::words::AdminWords;
use crate::api::admin::{ImportHallFile, SaveSetup};
use crate::api::{Call, Refused, ask, get};

/// [`SetupNow`](crate::api::admin::SetupNow), with the setup as JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SetupJson {
    /// Incremented with every change.
    pub version: i64,
    pub setup: Value,
    /// Who saved it.
    #[serde(default)]
    pub by: String,
}

/// [`SaveSetup`], with the setup as JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct SaveSetupJson {
    version: i64,
    setup: Value,
}

impl Call for SaveSetupJson {
    const PATH: &'static str = SaveSetup::PATH;
    type Answer = SetupJson;
}

/// [`ImportHallFile`], answered with the setup as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct ImportHallFileJson {
    file: String,
    check: bool,
}

impl Call for ImportHallFileJson {
    const PATH: &'static str = ImportHallFile::PATH;
    type Answer = SetupJson;
}

/// Fetches the setup in force.
pub async fn fetch_setup(lang: Lang) -> Result<SetupJson, Refused> {
    get("/api/admin/setup", lang).await
}

/// The outcome of the last attempt to save or import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Saved as this version.
    Saved(i64),
    /// A file was imported as this version.
    Imported(i64),
    /// Faults were found; see [`WorkingCopy::faults`].
    Invalid,
    /// Someone else saved a version meanwhile, and changed the same fields.
    Conflict { version: i64, by: String },
    /// Someone else saved a version meanwhile; the changes were merged, and saved as this
    /// version.
    Merged { version: i64, by: String },
    /// Refused for another reason.
    Refused(Refused),
}

/// An item that was removed from a list, and where it stood.
#[derive(Debug, Clone, PartialEq)]
pub struct Removed {
    pub list_at: String,
    pub index: usize,
    pub item: Value,
    pub name: String,
}

#[derive(Debug, Clone, Copy)]
pub struct WorkingCopy {
    /// The version it is based on.
    pub version: RwSignal<i64>,
    saved: RwSignal<Value>,
    pub edited: RwSignal<Value>,
    /// Changes when fields are added, removed, moved or set by other means than
    /// typing; forms are then rebuilt. Typing changes only `edited`, so that the
    /// cursor stays.
    pub structure: RwSignal<u32>,
    /// Where the entry of a long list is that is unfolded; empty for none.
    pub unfolded: RwSignal<String>,
    /// Whether it differs from the saved setup.
    pub unsaved: Memo<bool>,
    /// The faults found by the last attempt.
    pub faults: RwSignal<Vec<FieldFault>>,
    pub outcome: RwSignal<Option<Outcome>>,
    /// Fields that someone else changed too, still to be decided.
    pub conflicts: RwSignal<Vec<Conflict>>,
    /// The item removed last, which can be taken back, also after saving.
    pub removed: RwSignal<Option<Removed>>,
    /// What an import would make of the setup, until it is confirmed.
    pub preview: RwSignal<Option<Value>>,
    /// What was typed into the preview of a form.
    pub previewed: StoredValue<Previewed>,
    /// Whether an attempt is in progress.
    pub busy: RwSignal<bool>,
}

impl WorkingCopy {
    pub fn empty() -> Self {
        let (saved, edited) = (RwSignal::new(Value::Null), RwSignal::new(Value::Null));
        Self {
            version: RwSignal::new(0),
            saved,
            edited,
            structure: RwSignal::new(0),
            unfolded: RwSignal::new(String::new()),
            unsaved: Memo::new(move |_| {
                edited.with(|edited| saved.with(|saved| !json_pointer::equivalent(edited, saved)))
            }),
            faults: RwSignal::new(Vec::new()),
            outcome: RwSignal::new(None),
            conflicts: RwSignal::new(Vec::new()),
            removed: RwSignal::new(None),
            preview: RwSignal::new(None),
            previewed: StoredValue::new(Previewed::default()),
            busy: RwSignal::new(false),
        }
    }

    /// Replaces the working copy with the setup in force.
    pub fn load(self, loaded: SetupJson) {
        self.version.set(loaded.version);
        self.saved.set(loaded.setup.clone());
        self.edited.set(loaded.setup);
        self.faults.set(Vec::new());
        self.outcome.set(None);
        self.conflicts.set(Vec::new());
        self.preview.set(None);
        self.rebuild_forms();
    }

    /// Returns to the setup that was loaded.
    pub fn discard(self) {
        self.removed.set(None);
        self.load(SetupJson {
            version: self.version.get_untracked(),
            setup: self.saved.get_untracked(),
            by: String::new(),
        });
    }

    /// Removes an item, which can be taken back.
    pub fn remove(self, list_at: &str, index: usize, name: String) {
        let at = format!("{list_at}/{index}");
        if let Some(item) = self.edited.with_untracked(|root| root.pointer(&at).cloned()) {
            let list_at = list_at.to_owned();
            self.removed.set(Some(Removed { list_at, index, item, name }));
        }
        self.restructure(list_at, |root| json_pointer::remove(root, list_at, index));
    }

    /// Takes back the item removed last. Where it was saved already, it comes back with the
    /// next save.
    pub fn take_back(self) {
        if let Some(Removed { list_at, index, item, .. }) = self.removed.get_untracked() {
            self.removed.set(None);
            self.restructure(&list_at, |root| json_pointer::insert(root, &list_at, index, item));
        }
    }

    /// Decides a field that someone else changed too: for their value, or for one's own,
    /// which stands there.
    pub fn decide(self, at: &str, theirs: Option<Value>) {
        self.conflicts.update(|conflicts| conflicts.retain(|one| one.at != at));
        if let Some(theirs) = theirs {
            self.restructure(at, |root| json_pointer::set(root, at, theirs));
        }
        if self.conflicts.with_untracked(Vec::is_empty) {
            self.outcome.set(None);
        }
    }

    /// Clears the outcome of the last attempt, unless there are unsaved changes.
    pub fn clear_outcome(self) {
        if !self.unsaved.get_untracked() {
            self.outcome.set(None);
            self.faults.set(Vec::new());
        }
    }

    /// Changes a value by typing; the forms are not rebuilt.
    pub fn set(self, at: &str, value: Value) {
        self.edited.update(|root| json_pointer::set(root, at, value));
        if matches!(
            self.outcome.get_untracked(),
            Some(Outcome::Saved(_) | Outcome::Imported(_) | Outcome::Merged { .. })
        ) {
            self.outcome.set(None);
        }
    }

    /// Changes the structure and rebuilds the forms. Faults within `at` are removed
    /// because they may have moved; the next attempt finds them again.
    pub fn restructure(self, at: &str, change: impl FnOnce(&mut Value)) {
        self.edited.update(change);
        self.faults.update(|faults| faults.retain(|fault| !fault.is_within(at)));
        self.rebuild_forms();
    }

    fn rebuild_forms(self) {
        self.structure.update(|count| *count = count.wrapping_add(1));
    }

    /// The text at a pointer, tracked.
    pub fn text(self, at: &str) -> String {
        self.edited.with(|root| json_pointer::text(root, at))
    }

    /// Whether the saved list has an item with this id.
    pub fn is_saved(self, list_at: &str, id: &str) -> bool {
        self.saved.with(|saved| {
            json_pointer::list(saved, list_at)
                .iter()
                .any(|item| json_pointer::text(item, "/id") == id)
        })
    }

    /// The id of a hall the server knows, for its event stream: that of the edited
    /// hall if it is saved already, else the first saved one.
    pub fn saved_hall_id(self, index: usize) -> String {
        let id = self.text(&format!("/hall/{index}/id"));
        if self.is_saved("/hall", &id) {
            id
        } else {
            self.saved.with(|saved| json_pointer::text(saved, "/hall/0/id"))
        }
    }

    /// Saves the working copy, once each field is decided that someone else changed too.
    pub fn save(self, lang: Lang) {
        if !self.conflicts.with_untracked(Vec::is_empty) {
            return;
        }
        let faults = self
            .edited
            .with_untracked(|root| invalid_times(root, AdminWords::of(lang).invalid_time));
        if !faults.is_empty() {
            self.faults.set(faults);
            self.outcome.set(Some(Outcome::Invalid));
            return;
        }
        let request = SaveSetupJson {
            version: self.version.get_untracked(),
            setup: self.edited.get_untracked(),
        };
        self.attempt(request, Outcome::Saved, lang);
    }

    /// Replaces the whole setup with a hall file.
    pub fn import(self, file: String, lang: Lang) {
        self.attempt(ImportHallFileJson { file, check: false }, Outcome::Imported, lang);
    }

    /// Reads a hall file, and shows what it would change.
    pub fn check_import(self, file: String, lang: Lang) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.preview.set(None);
        spawn_local(async move {
            match ask(&ImportHallFileJson { file, check: true }, lang).await {
                Ok(read) => self.preview.set(Some(read.setup)),
                Err(refused) => self.refused(refused, lang).await,
            }
            self.busy.set(false);
        });
    }

    /// The setup that was loaded.
    pub fn saved(self) -> Value {
        self.saved.get()
    }

    fn attempt<C>(self, request: C, succeeded: fn(i64) -> Outcome, lang: Lang)
    where
        C: Call<Answer = SetupJson> + 'static,
    {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            match ask(&request, lang).await {
                Ok(saved) => {
                    let version = saved.version;
                    self.load(saved);
                    self.outcome.set(Some(succeeded(version)));
                }
                Err(refused) => self.refused(refused, lang).await,
            }
            self.busy.set(false);
        });
    }

    async fn refused(self, refused: Refused, lang: Lang) {
        self.faults.set(refused.faults.iter().map(|fault| FieldFault::parse(fault)).collect());
        let outcome = if !refused.faults.is_empty() {
            Outcome::Invalid
        } else if refused.code == "in_use" {
            // Either someone else saved meanwhile, or a ticket waits in something
            // that was removed. The version in force tells which.
            match fetch_setup(lang).await {
                Ok(latest) if latest.version != self.version.get_untracked() => {
                    return self.merge(latest, lang).await;
                }
                _ => Outcome::Refused(refused),
            }
        } else {
            Outcome::Refused(refused)
        };
        self.outcome.set(Some(outcome));
    }

    /// Someone else saved meanwhile: goes on from their version with one's own changes. Where
    /// both changed other fields, the result is saved.
    async fn merge(self, latest: SetupJson, lang: Lang) {
        let SetupJson { version, setup, by } = latest;
        let Merged { setup: merged, conflicts } = self
            .saved
            .with_untracked(|base| self.edited.with_untracked(|own| merge(base, own, &setup)));
        self.version.set(version);
        self.saved.set(setup);
        self.edited.set(merged.clone());
        self.rebuild_forms();
        if !conflicts.is_empty() {
            self.conflicts.set(conflicts);
            self.outcome.set(Some(Outcome::Conflict { version, by }));
            return;
        }
        match ask(&SaveSetupJson { version, setup: merged }, lang).await {
            Ok(saved) => {
                let version = saved.version;
                self.load(saved);
                self.outcome.set(Some(Outcome::Merged { version, by }));
            }
            Err(refused) => {
                let faults = refused.faults.iter().map(|fault| FieldFault::parse(fault));
                self.faults.set(faults.collect());
                let invalid = !refused.faults.is_empty();
                let outcome = if invalid { Outcome::Invalid } else { Outcome::Refused(refused) };
                self.outcome.set(Some(outcome));
            }
        }
    }

    /// Discards the working copy and loads the setup in force.
    pub fn reload(self, lang: Lang) {
        spawn_local(async move {
            match fetch_setup(lang).await {
                Ok(latest) => self.load(latest),
                Err(refused) => self.outcome.set(Some(Outcome::Refused(refused))),
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::api::admin::SetupNow;

    #[test]
    fn json_calls_have_the_shape_of_the_typed_calls() {
        let setup = json!({ "hall": [], "department": [], "clerk": [] });
        let sent = serde_json::to_value(SaveSetupJson { version: 3, setup: setup.clone() });
        let read: SaveSetup = serde_json::from_value(sent.unwrap()).unwrap();
        assert_eq!(read.version, 3);
        let heard = SetupNow { version: 4, setup: read.setup, by: "admin".to_owned() };
        let described: SetupJson =
            serde_json::from_value(serde_json::to_value(heard).unwrap()).unwrap();
        assert_eq!(described, SetupJson { version: 4, setup, by: "admin".to_owned() });
        let file = ImportHallFileJson { file: "x".to_owned(), check: true };
        let sent = serde_json::to_value(file).unwrap();
        let read: ImportHallFile = serde_json::from_value(sent).unwrap();
        assert_eq!((read.file.as_str(), read.check), ("x", true));
    }
}
