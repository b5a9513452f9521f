//! The content of the documents about a commitment: itself, the notice of a breach, and the
//! decision that revokes what rested on it.

use jiban_app::api::case::Applicant;
use jiban_domain::case::{
    Case, CaseRefusal, CheckState, CommitmentTerms, MaterialState, StepState,
};
use jiban_domain::documents::{
    Against, BreachNotice, CommitmentNotice, CommittedTo, Decision, FoundBroken, ways_to_appeal,
};
use jiban_domain::{Lang, Refusal, Text, text};

use super::contents::{Facts, drawn_signature};
use crate::service::HallService;

impl Facts<'_> {
    pub(super) async fn commitment(
        &self,
        service: &HallService,
    ) -> Result<CommitmentNotice, Refusal> {
        let case = self.case;
        let commitment = case.commitment.as_ref().ok_or(CaseRefusal::NoCommitment)?;
        Ok(CommitmentNotice {
            lang: Lang::Zh,
            hall: self.hall_name(),
            number: case.number.to_string(),
            matter: case.name.clone(),
            applicant: self.masked.name.clone(),
            promised_days: case.promised_days,
            terms: commitment.terms.iter().map(|terms| self.committed(terms)).collect(),
            signature: drawn_signature(service, commitment.signature.as_deref()).await,
            signed: self.local(commitment.at),
            qr: self.page(),
            telephone: self.telephone(),
        })
    }

    fn committed(&self, terms: &CommitmentTerms) -> CommittedTo {
        let part = self.case.parts.iter().find(|part| part.matter == terms.matter);
        let steps = part.iter().flat_map(|part| &part.steps);
        let steps = steps.filter(|step| step.state == StepState::Replaced);
        let materials = self.case.materials.iter().filter(|one| {
            one.state == MaterialState::Replaced && one.matters.contains(&terms.matter)
        });
        let Text { zh, en } = self.setup.department_name(&terms.check_department);
        let days = terms.check_within_days;
        CommittedTo {
            name: part_name(self.case, terms),
            text: terms.text.clone(),
            replaced: steps
                .map(|step| step.name.clone())
                .chain(materials.map(|one| one.name.clone()))
                .collect(),
            check: text!(
                "作出决定后 {days} 个工作日内，由{zh}核查"
                    | "By {en}, within {days} working days of the decision"
            ),
            consequence: terms.consequence.clone(),
        }
    }

    pub(super) fn breach(&self) -> Result<BreachNotice, Refusal> {
        let case = self.case;
        let found: Vec<FoundBroken> = case
            .checks()
            .filter_map(|(terms, check)| {
                let breach = check.breach.as_ref()?;
                Some(FoundBroken {
                    told: self.local(breach.at.at),
                    department: self.setup.department_name(&terms.check_department),
                    finding: breach.finding.clone(),
                    answer_by: breach.answer_by.to_string(),
                    put_right_by: breach.put_right_by.map(|day| day.to_string()),
                    consequence: terms.consequence.clone(),
                })
            })
            .collect();
        if found.is_empty() {
            return Err(CaseRefusal::UnknownCheck.into());
        }
        Ok(BreachNotice {
            lang: Lang::Zh,
            hall: self.hall_name(),
            number: case.number.to_string(),
            matter: case.name.clone(),
            applicant: self.masked.name.clone(),
            found,
            how: Text::new(
                "在期限内到大厅任一窗口、核查部门说明，或扫码在办件页面提交。逾期既不陈述也未整改的，依法撤销决定。",
                "In time at any counter, at the department, or on the page that the code opens. Without an answer, and unless it is put right, the decision is revoked.",
            ),
            qr: self.page(),
            telephone: self.telephone(),
        })
    }

    pub(super) fn revocation(&self, unmasked: &Applicant) -> Result<Decision, Refusal> {
        let case = self.case;
        let mut revoked = case.checks().filter(|(_, check)| check.state == CheckState::Revoked);
        let (terms, check) = revoked.next().ok_or(CaseRefusal::UnknownCheck)?;
        let reasons: Vec<Text> = std::iter::once(check)
            .chain(revoked.map(|(_, check)| check))
            .flat_map(|check| check.note.lines())
            .filter(|line| !line.trim().is_empty())
            .map(Text::from)
            .collect();
        let part = case.parts.iter().find(|part| part.matter == terms.matter);
        let department = part.map_or(&terms.check_department, |part| &part.department);
        let Text { zh, en } = part_name(case, terms);
        let on = part.and_then(|part| part.decided).map(|at| at.day.to_string());
        let on = on.unwrap_or_default();
        Ok(Decision {
            lang: Lang::Zh,
            title: Text::new("撤销行政许可决定书", "Decision of Revocation"),
            number: case.number.grouped(),
            applicant: unmasked.name.clone(),
            applicant_number: jiban_domain::identity::masked_number(&unmasked.number),
            matter: part_name(case, terms),
            case: case.number.grouped(),
            sentence: Some(text!(
                "你（单位）以告知承诺方式取得的“{zh}”（{on} 决定），经核查承诺不实，决定予以撤销，证照文书自本决定之日起作废。"
                    | "Your permit “{en}” of {on} was granted on a commitment that was found broken. It is revoked, and its documents are void from the day of this decision."
            )),
            accepted_on: case.accepted.map(|at| at.day.to_string()).unwrap_or_default(),
            reasons,
            grounds: Text::new(
                "《中华人民共和国行政许可法》第六十九条第二款",
                "Administrative Licensing Law, Article 69 (2)",
            ),
            appeal: ways_to_appeal(Against::Revocation).into(),
            issuer: self.setup.department_name(department),
            decided_on: check.done.map(|at| at.day.to_string()).unwrap_or_default(),
            verify_code: case.number.to_string(),
            qr: self.page(),
        })
    }
}

fn part_name(case: &Case, terms: &CommitmentTerms) -> Text {
    let part = case.parts.iter().find(|part| part.matter == terms.matter);
    part.map_or_else(|| case.name.clone(), |part| part.name.clone())
}
