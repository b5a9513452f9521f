//! Beginning a draft for somebody who is here, by who helps them.

use jiban_domain::{BundleId, HallId, MatterId, Text, Token};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::apply::ShareCode;
use super::calls;

calls! {
    BeginBeside => "/api/help/begin" -> BegunBeside,
    InviteApplicant => "/api/help/invite" -> ShareCode,
}

/// Begin a draft for somebody who is here, and help with it at once. The applicant goes on with it
/// on a screen of their own by six figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeginBeside {
    /// A repeat gets the first answer, with new figures.
    pub request_id: Uuid,
    pub hall: HallId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<MatterId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bundle: Option<BundleId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BegunBeside {
    /// The helper's own.
    pub token: Token,
    /// For the applicant's screen.
    pub code: ShareCode,
}

/// Show the figures for the applicant's screen anew, by the helper's token; until the applicant
/// has come, and not after that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteApplicant {
    pub token: Token,
}

/// What can be begun for an applicant; `GET /api/help/forms` returns a list, for the halls in which
/// who asks works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormOffered {
    pub hall: HallId,
    pub hall_name: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<MatterId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bundle: Option<BundleId>,
    pub name: Text,
}
