//! What a hall may set for its cases. The limits of a matter are in its guide; these
//! are the rules around them.

use serde::{Deserialize, Serialize};

use crate::text::Text;

/// The rules of a hall's cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CaseRules {
    /// Yellow when this many working days or fewer are left.
    pub yellow_days: u16,
    /// Red when this many working days or fewer are left.
    pub red_days: u16,
    /// Working days within which the applicant is told everything missing, once; after
    /// that the application counts as accepted from the day it was received
    /// (行政许可法 32).
    pub tell_within_days: u16,
    /// Working days within which a result is handed out once it is decided
    /// (行政许可法 44).
    pub deliver_within_days: u16,
    /// Days for which an applicant who broke a promise is not offered another.
    pub promise_ban_days: u16,
    /// Days after its end for which a case keeps the applicant's details and files; then
    /// they are erased.
    pub person_kept_days: u16,
    /// Days after its last change for which a draft is kept; then it is erased.
    pub draft_kept_days: u16,
    /// Where results are handed out.
    pub results_at: Text,
    /// What stops the clock (行政许可法 45).
    #[serde(rename = "pause")]
    pub pauses: Vec<PauseGround>,
}

/// A legal ground on which the clock stops.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PauseGround {
    /// Unique in its hall: `hearing`.
    pub id: String,
    pub name: Text,
    /// Working days after which the clock runs again by itself; 0 for no limit.
    #[serde(default)]
    pub most_days: u16,
}

impl Default for CaseRules {
    fn default() -> Self {
        let ground = |id: &str, zh: &str, en: &str| PauseGround {
            id: id.to_owned(),
            name: Text::new(zh, en),
            most_days: 0,
        };
        Self {
            yellow_days: 3,
            red_days: 1,
            tell_within_days: 5,
            deliver_within_days: 10,
            promise_ban_days: 365,
            person_kept_days: 1825,
            draft_kept_days: 30,
            results_at: Text::new("统一出件窗口", "the Results window"),
            pauses: vec![
                ground("hearing", "听证", "hearing"),
                ground("inspection", "检验、检测、检疫", "inspection or test"),
                ground("appraisal", "鉴定", "appraisal"),
                ground("expert_review", "专家评审", "expert review"),
                ground("tender", "招标、拍卖", "tender or auction"),
            ],
        }
    }
}

impl CaseRules {
    /// A ground by its id.
    pub fn pause(&self, id: &str) -> Option<&PauseGround> {
        self.pauses.iter().find(|ground| ground.id == id)
    }

    /// The ground with this id, or this name in either language.
    pub fn pause_named_in(&self, words: &str) -> Option<&PauseGround> {
        let words = words.to_lowercase();
        self.pauses.iter().find(|ground| {
            [&ground.id, &ground.name.zh, &ground.name.en]
                .into_iter()
                .any(|name| words.contains(&name.to_lowercase()))
        })
    }
}
