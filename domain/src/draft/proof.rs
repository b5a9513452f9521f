//! How it is known who the applicant of a draft is, and what of it is known by that.

use serde::{Deserialize, Serialize};

use crate::form::applicant::{BUSINESS, KIND, PERSON};
use crate::ids::{ClerkId, FieldId, Millis};

/// How it is known who the applicant is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// By nothing but what was written.
    #[default]
    Unproven,
    /// A clerk has seen the identity paper.
    PaperSeen {
        by: ClerkId,
        at: Millis,
        /// The draft's version then: of what was written later it says nothing. No clock does,
        /// since one may be set back.
        #[serde(default)]
        version: u64,
    },
    /// Somebody signed in whose identity the provider vouches for.
    SignedIn { provider: String, at: Millis, version: u64 },
}

/// By what something is proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProofKind {
    PaperSeen,
    SignedIn,
}

impl Proof {
    const fn of(&self) -> Option<(ProofKind, u64)> {
        match self {
            Self::Unproven => None,
            Self::PaperSeen { version, .. } => Some((ProofKind::PaperSeen, *version)),
            Self::SignedIn { version, .. } => Some((ProofKind::SignedIn, *version)),
        }
    }

    /// By what it is proven who applies, if that was not written anew since; `written` is in
    /// which version of the draft a field was written last.
    pub fn kind(&self, written: impl Fn(&FieldId) -> Option<u64>) -> Option<ProofKind> {
        let (kind, version) = self.of()?;
        let who = [KIND, PERSON, BUSINESS].map(FieldId::from);
        who.iter().filter_map(written).all(|at| at <= version).then_some(kind)
    }

    /// By what the answer to a field is proven: the person or business alone.
    pub fn of_field(
        &self,
        field: &FieldId,
        written: impl Fn(&FieldId) -> Option<u64>,
    ) -> Option<ProofKind> {
        let is_who = [PERSON, BUSINESS].contains(&field.as_str());
        self.kind(written).filter(|_| is_who)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_after_it_is_not_proven() {
        let of = |person: u64, telephone: u64| {
            move |field: &FieldId| match field.as_str() {
                PERSON => Some(person),
                "applicant_telephone" => Some(telephone),
                _ => None,
            }
        };
        let (person, telephone) = (FieldId::from(PERSON), FieldId::from("applicant_telephone"));
        let signed_in = Proof::SignedIn { provider: "p".to_owned(), at: 0, version: 4 };
        assert_eq!(signed_in.kind(of(4, 9)), Some(ProofKind::SignedIn), "a telephone is no proof");
        assert_eq!(signed_in.of_field(&person, of(4, 9)), Some(ProofKind::SignedIn));
        assert_eq!(signed_in.of_field(&telephone, of(4, 9)), None);
        assert_eq!(signed_in.kind(of(5, 1)), None);
        assert_eq!(Proof::Unproven.kind(of(1, 1)), None);
        // A proof from before versions were kept is one of nothing.
        let old = r#"{"paper_seen":{"by":"clerk1","at":5}}"#;
        let old: Proof = serde_json::from_str(old).unwrap();
        assert_eq!(old.kind(of(1, 1)), None);
    }
}
