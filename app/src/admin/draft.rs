//! The working copy of the description: edited in forms, then saved whole or
//! discarded. Nothing of it is in force before it is saved.

use jiban_domain::Lang;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::document;
use super::faults::{Fault, wrong_clocks};
use super::words::Admin;
use crate::api::admin::{ImportHallFile, SaveSetup};
use crate::api::{Call, Refused, ask, get};

/// [`SetupNow`](crate::api::admin::SetupNow), with the description kept as the JSON it travels as.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Described {
    /// Counted up with every change.
    pub version: i64,
    /// The description.
    pub setup: Value,
}

/// [`SaveSetup`] for the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct SaveDescribed {
    version: i64,
    setup: Value,
}

impl Call for SaveDescribed {
    const PATH: &'static str = SaveSetup::PATH;
    type Answer = Described;
}

/// [`ImportHallFile`], answered with the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct ImportDescribed {
    file: String,
}

impl Call for ImportDescribed {
    const PATH: &'static str = ImportHallFile::PATH;
    type Answer = Described;
}

/// Fetches what is in force.
pub async fn fetch(lang: Lang) -> Result<Described, Refused> {
    get("/api/admin/setup", lang).await
}

/// What is to be said of the last attempt to save or import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// In force, as this version.
    Saved(i64),
    /// A file is in force, as this version.
    Imported(i64),
    /// Faults were found; they are listed in [`Draft::faults`].
    Faulty,
    /// Someone else saved this version in between.
    Overtaken(i64),
    /// Refused otherwise.
    Refused(Refused),
}

/// The working copy.
#[derive(Debug, Clone, Copy)]
pub struct Draft {
    /// The version it was made from.
    pub version: RwSignal<i64>,
    saved: RwSignal<Value>,
    /// As edited.
    pub edited: RwSignal<Value>,
    /// Told when fields come, go, move or get other values from elsewhere:
    /// forms are then made anew. Typing tells only `edited`, so that nobody
    /// loses the cursor.
    pub shape: RwSignal<u32>,
    /// Whether it differs from what is in force.
    pub unsaved: Memo<bool>,
    /// What was wrong at the last attempt.
    pub faults: RwSignal<Vec<Fault>>,
    /// How the last attempt went.
    pub outcome: RwSignal<Option<Outcome>>,
    /// An attempt is on its way.
    pub busy: RwSignal<bool>,
}

impl Draft {
    /// Nothing loaded yet.
    pub fn empty() -> Self {
        let (saved, edited) = (RwSignal::new(Value::Null), RwSignal::new(Value::Null));
        Self {
            version: RwSignal::new(0),
            saved,
            edited,
            shape: RwSignal::new(0),
            unsaved: Memo::new(move |_| {
                edited.with(|edited| saved.with(|saved| !document::same(edited, saved)))
            }),
            faults: RwSignal::new(Vec::new()),
            outcome: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    /// Begins anew from what is in force.
    pub fn load(self, described: Described) {
        self.version.set(described.version);
        self.saved.set(described.setup.clone());
        self.edited.set(described.setup);
        self.faults.set(Vec::new());
        self.outcome.set(None);
        self.reshape();
    }

    /// Goes back to what was loaded.
    pub fn discard(self) {
        self.load(Described {
            version: self.version.get_untracked(),
            setup: self.saved.get_untracked(),
        });
    }

    /// Forgets how the last attempt went, unless changes still wait for it.
    pub fn forget_outcome(self) {
        if !self.unsaved.get_untracked() {
            self.outcome.set(None);
            self.faults.set(Vec::new());
        }
    }

    /// Changes a place by typing; the forms stay.
    pub fn put(self, at: &str, value: Value) {
        self.edited.update(|root| document::put(root, at, value));
        if matches!(self.outcome.get_untracked(), Some(Outcome::Saved(_) | Outcome::Imported(_))) {
            self.outcome.set(None);
        }
    }

    /// Changes the form itself. Faults inside `at` may have moved and are
    /// forgotten; the next attempt finds them again.
    pub fn alter(self, at: &str, change: impl FnOnce(&mut Value)) {
        self.edited.update(change);
        self.faults.update(|faults| faults.retain(|fault| !fault.is_at(at)));
        self.reshape();
    }

    fn reshape(self) {
        self.shape.update(|shape| *shape = shape.wrapping_add(1));
    }

    /// The text at a place, now and whenever it changes.
    pub fn text(self, at: &str) -> String {
        self.edited.with(|root| document::text(root, at))
    }

    /// Whether someone is known to the hall already.
    pub fn is_in_force(self, list_at: &str, id: &str) -> bool {
        self.saved.with(|saved| {
            document::list(saved, list_at).iter().any(|item| document::text(item, "/id") == id)
        })
    }

    /// The id of the hall the streams are asked for: the draft's hall where
    /// the server knows it already, else one it does.
    pub fn hall_in_force(self, index: usize) -> String {
        let id = self.text(&format!("/hall/{index}/id"));
        if self.is_in_force("/hall", &id) {
            id
        } else {
            self.saved.with(|saved| document::text(saved, "/hall/0/id"))
        }
    }

    /// Puts the working copy in force.
    pub fn save(self, lang: Lang) {
        let clocks =
            self.edited.with_untracked(|root| wrong_clocks(root, Admin::of(lang).wanted_clock));
        if !clocks.is_empty() {
            self.faults.set(clocks);
            self.outcome.set(Some(Outcome::Faulty));
            return;
        }
        let question = SaveDescribed {
            version: self.version.get_untracked(),
            setup: self.edited.get_untracked(),
        };
        self.attempt(question, Outcome::Saved, lang);
    }

    /// Puts a hall file in force in place of everything.
    pub fn import(self, file: String, lang: Lang) {
        self.attempt(ImportDescribed { file }, Outcome::Imported, lang);
    }

    fn attempt<C>(self, question: C, done: fn(i64) -> Outcome, lang: Lang)
    where
        C: Call<Answer = Described> + 'static,
    {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            match ask(&question, lang).await {
                Ok(described) => {
                    let version = described.version;
                    self.load(described);
                    self.outcome.set(Some(done(version)));
                }
                Err(refused) => self.refused(refused, lang).await,
            }
            self.busy.set(false);
        });
    }

    async fn refused(self, refused: Refused, lang: Lang) {
        self.faults.set(refused.faults.iter().map(|said| Fault::read(said)).collect());
        let outcome = if !refused.faults.is_empty() {
            Outcome::Faulty
        } else if refused.code == "in_use" {
            // Either someone else saved, or a ticket waits where something was
            // taken away; the version in force tells which.
            match fetch(lang).await {
                Ok(now) if now.version != self.version.get_untracked() => {
                    Outcome::Overtaken(now.version)
                }
                _ => Outcome::Refused(refused),
            }
        } else {
            Outcome::Refused(refused)
        };
        self.outcome.set(Some(outcome));
    }

    /// Drops the working copy for what someone else saved.
    pub fn load_what_is_in_force(self, lang: Lang) {
        spawn_local(async move {
            match fetch(lang).await {
                Ok(described) => self.load(described),
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

    /// The calls are the API's own, though the description is kept as JSON.
    #[test]
    fn what_is_sent_and_heard_is_the_apis() {
        let setup = json!({ "hall": [], "department": [], "clerk": [] });
        let sent = serde_json::to_value(SaveDescribed { version: 3, setup: setup.clone() });
        let read: SaveSetup = serde_json::from_value(sent.unwrap()).unwrap();
        assert_eq!(read.version, 3);
        let heard = SetupNow { version: 4, setup: read.setup };
        let described: Described =
            serde_json::from_value(serde_json::to_value(heard).unwrap()).unwrap();
        assert_eq!(described, Described { version: 4, setup });
        let sent = serde_json::to_value(ImportDescribed { file: "x".to_owned() }).unwrap();
        let read: ImportHallFile = serde_json::from_value(sent).unwrap();
        assert_eq!(read.file, "x");
    }
}
