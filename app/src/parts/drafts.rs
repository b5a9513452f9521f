//! What somebody of the staff has typed and not sent: it survives Escape, a reload, the end
//! of a session and the server's absence.
//!
//! It is kept in the tab's session storage, under the name of who is signed in. Desktops are
//! shared and drafts name people, so whoever signs out by hand takes theirs away, and nobody
//! gets those of another: another person's sign-in deletes them. Where a session just ends,
//! they wait for the same person. Passwords and pick-up codes are never kept.

use std::cell::RefCell;
use std::collections::BTreeMap;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    /// The sign-in name of who typed.
    by: String,
    texts: BTreeMap<String, String>,
}

impl Kept {
    fn text(&self, owner: Option<&str>, name: &str) -> Option<&str> {
        let own = owner == Some(&*self.by);
        own.then(|| self.texts.get(name).map(String::as_str)).flatten()
    }

    /// Keeps a text; an empty one is forgotten. Nothing of somebody else's is left.
    fn keep(&mut self, owner: &str, name: &str, text: &str) {
        if self.by != owner {
            *self = Self { by: owner.to_owned(), texts: BTreeMap::new() };
        }
        if text.is_empty() {
            self.texts.remove(name);
        } else {
            self.texts.insert(name.to_owned(), text.to_owned());
        }
    }

    fn forget(&mut self, prefix: &str) {
        self.texts.retain(|name, _| !name.starts_with(prefix));
    }
}

thread_local! {
    /// Who is signed in, once that is known.
    static OWNER: RefCell<Option<String>> = const { RefCell::new(None) };
}

fn owner() -> Option<String> {
    OWNER.with_borrow(Clone::clone)
}

/// Each page of the staff has drafts of its own, as it has its own session.
fn key() -> String {
    format!("jiban.drafts{}", window().location().pathname().unwrap_or_default())
}

fn storage() -> Option<web_sys::Storage> {
    window().session_storage().ok().flatten()
}

fn read() -> Kept {
    let kept = storage().and_then(|storage| storage.get_item(&key()).ok().flatten());
    kept.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default()
}

fn write(kept: &Kept) {
    let Some(storage) = storage() else { return };
    // Full or forbidden: the draft lives as long as its page.
    let _ = match serde_json::to_string(kept) {
        Ok(text) if !kept.texts.is_empty() => storage.set_item(&key(), &text),
        _ => storage.remove_item(&key()),
    };
}

/// Somebody is signed in: from now on their drafts are kept, and another's are deleted.
pub fn belong_to(clerk: &str) {
    if read().by != clerk {
        write(&Kept::default());
    }
    OWNER.set(Some(clerk.to_owned()));
}

/// It is not known who is signed in: no draft is shown, and none is deleted.
pub fn belong_to_nobody_yet() {
    OWNER.set(None);
}

/// Deletes all drafts: their owner signs out.
pub fn wipe() {
    OWNER.set(None);
    write(&Kept::default());
}

/// A text that is kept under a name while it is typed.
pub fn text(name: impl Into<String>) -> RwSignal<String> {
    let name = name.into();
    let text = RwSignal::new(kept(&name));
    Effect::watch(move || text.get(), move |text, _, _| keep(&name, text), false);
    text
}

/// A text as it was kept; empty where there is none.
pub fn kept(name: &str) -> String {
    read().text(owner().as_deref(), name).unwrap_or_default().to_owned()
}

/// Keeps a text.
pub fn keep(name: &str, text: &str) {
    if let Some(owner) = owner() {
        let mut kept = read();
        kept.keep(&owner, name, text);
        write(&kept);
    }
}

/// Forgets the texts whose names begin like this: they were sent.
pub fn forget(prefix: &str) {
    let mut kept = read();
    kept.forget(prefix);
    write(&kept);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_reads_what_another_has_typed() {
        let mut kept = Kept::default();
        kept.keep("clerk1", "case/1/decline", "缺章");
        assert_eq!(kept.text(Some("clerk1"), "case/1/decline"), Some("缺章"));
        assert_eq!(kept.text(Some("clerk2"), "case/1/decline"), None);
        assert_eq!(kept.text(None, "case/1/decline"), None);
        kept.keep("clerk2", "case/2/decline", "x");
        assert_eq!(kept.texts.len(), 1, "nothing of another is left");
        assert_eq!(kept.text(Some("clerk1"), "case/1/decline"), None);
    }

    #[test]
    fn what_was_sent_is_forgotten() {
        let mut kept = Kept::default();
        for name in ["step/1-1/approve", "step/1-1/reject", "step/1-12/reject"] {
            kept.keep("r", name, "x");
        }
        kept.forget("step/1-1/");
        assert_eq!(kept.texts.keys().collect::<Vec<_>>(), ["step/1-12/reject"]);
        kept.keep("r", "step/1-12/reject", "");
        assert!(kept.texts.is_empty());
    }
}
