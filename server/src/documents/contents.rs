//! The content of each document.

use data_encoding::BASE64;
use jiban_app::api::case::Applicant;
use jiban_app::parts::qr;
use jiban_domain::case::{
    Case, CaseRefusal, CaseState, MaterialState, StepState, Stop, StopGround, ToldBy, VerifyCode,
};
use jiban_domain::documents::{
    Against, Decision, DeferredMaterial, EndKind, EndNotice, HandoverSlip, Line, MissingMaterial,
    MissingNotice, PromiseNotice, PromisedMaterial, Receipt, ResultDocument, ResultState,
    ways_to_appeal,
};
use jiban_domain::identity::masked_number_of;
use jiban_domain::setup::{Hall, Setup};
use jiban_domain::{Lang, Refusal, Text, Token, text};

use crate::service::HallService;
use crate::shapes::promised_until;
use crate::zone::date_and_time;

/// What the documents of a case have in common.
pub(super) struct Facts<'a> {
    pub(super) case: &'a Case,
    pub(super) setup: Setup,
    pub(super) masked: Applicant,
    view_token: Token,
    base: String,
    now: String,
    sends_messages: bool,
}

impl<'a> Facts<'a> {
    pub(super) async fn gather(service: &HallService, case: &'a Case) -> Result<Self, Refusal> {
        let masked = service.applicant(case).await?;
        let setup = service.live_state().setup().setup.clone();
        let now = setup.hall(&case.hall).map(|hall| date_and_time(hall, service.clock.now()));
        Ok(Self {
            case,
            setup,
            masked,
            view_token: service.view_token(case),
            base: service.addresses.base.clone(),
            now: now.unwrap_or_default(),
            sends_messages: service.sends_messages(),
        })
    }

    /// Who acts for the applicant, masked.
    fn agent(&self) -> Option<String> {
        self.masked.agent.as_ref().map(|agent| agent.name.clone())
    }

    fn hall(&self) -> Option<&Hall> {
        self.setup.hall(&self.case.hall)
    }

    pub(super) fn hall_name(&self) -> Text {
        self.hall().map_or_else(|| Text::from(self.case.hall.as_str()), |hall| hall.name.clone())
    }

    pub(super) fn telephone(&self) -> Option<String> {
        self.hall().map(|hall| hall.telephone.clone()).filter(|number| !number.is_empty())
    }

    pub(super) fn local(&self, at: i64) -> String {
        self.hall().map(|hall| date_and_time(hall, at)).unwrap_or_default()
    }

    /// The address of the case's page, in capitals for the QR code. While there is a
    /// pick-up code, the clerk who prints it must ask for that code: what is printed then
    /// does not lead to it.
    pub(super) fn page(&self) -> String {
        let has_code = self.case.pick_up_code.is_some();
        let token = if has_code { self.view_token } else { self.case.token };
        qr::address(&format!("{}/t/{token}", self.base))
    }

    fn check(&self, code: VerifyCode) -> String {
        qr::address(&format!("{}/verify/{code}", self.base))
    }

    fn with(
        &self,
        state: MaterialState,
    ) -> impl Iterator<Item = &jiban_domain::case::CaseMaterial> {
        self.case.materials.iter().filter(move |one| one.state == state)
    }

    pub(super) fn receipt(&self) -> Result<Receipt, Refusal> {
        let case = self.case;
        let accepted = case.accepted.ok_or(CaseRefusal::WrongCaseState(case.state))?;
        let due = case.due.ok_or(CaseRefusal::WrongCaseState(case.state))?;
        let deferred = self.with(MaterialState::Deferred).map(|one| DeferredMaterial {
            name: one.name.clone(),
            due: promised_until(case, one).unwrap_or_default(),
        });
        let telephone = &self.masked.telephone;
        Ok(Receipt {
            lang: Lang::Zh,
            hall: self.hall_name(),
            number: case.number.to_string(),
            matter: case.name.clone(),
            applicant: self.masked.name.clone(),
            agent: self.agent(),
            accepted: self.local(accepted.at),
            due: due.date.to_string(),
            due_provisional: due.provisional,
            promised_days: case.promised_days,
            received: self.with(MaterialState::Present).map(|one| one.name.clone()).collect(),
            deferred: deferred.collect(),
            qr: self.page(),
            telephone: self.telephone(),
            told_by: Some(match case.told_by {
                ToldBy::Page => Text::new("扫码查看", "on the phone page"),
                ToldBy::Call => text!("电话 {telephone}" | "by phone call to {telephone}"),
                // Nothing sends messages any more: the staff calls.
                ToldBy::Message if !self.sends_messages => {
                    text!("电话 {telephone}" | "by phone call to {telephone}")
                }
                ToldBy::Message => text!("短信 {telephone}" | "by text message to {telephone}"),
            }),
        })
    }

    pub(super) fn missing(&self) -> Result<MissingNotice, Refusal> {
        let case = self.case;
        let asked = self.asked();
        let told = case.told.as_ref().filter(|_| asked.is_none());
        if told.is_none() && asked.is_none() {
            return Err(CaseRefusal::NothingMissing.into());
        }
        let note = told.map(|told| told.note.clone()).unwrap_or_default();
        let missing = case.missing().map(|one| MissingMaterial {
            name: one.name.clone(),
            form: one.form.name(),
            remark: None,
        });
        let mut missing: Vec<MissingMaterial> = missing.collect();
        if let Some(last) = missing.last_mut().filter(|_| !note.trim().is_empty()) {
            last.remark = Some(Text::from(note.as_str()));
        }
        Ok(MissingNotice {
            lang: Lang::Zh,
            hall: self.hall_name(),
            number: case.number.to_string(),
            matter: case.name.clone(),
            applicant: self.masked.name.clone(),
            told: told.map_or_else(|| self.now.clone(), |told| self.local(told.at)),
            asked,
            missing,
            place: Text::new(
                "任一综合窗口，或扫码拍照补交",
                "any counter, or upload a photo from your phone",
            ),
            due: None,
            qr: self.page(),
            telephone: self.telephone(),
        })
    }

    /// The department that waits for materials it asked for, and its reason.
    fn asked(&self) -> Option<(Text, String)> {
        let waits = |stop: &&Stop| stop.to.is_none() && stop.ground == StopGround::Materials;
        let stop = self.case.stops.iter().find(waits)?;
        let mut steps = self.case.parts.iter().flat_map(|part| &part.steps);
        let step = steps.find(|step| step.id == stop.step.step)?;
        Some((self.setup.department_name(&step.department), stop.note.clone()))
    }

    pub(super) async fn promise(&self, service: &HallService) -> Result<PromiseNotice, Refusal> {
        let case = self.case;
        let promise = case.promise.as_ref().ok_or(CaseRefusal::NothingMissing)?;
        let promised = promise.items.iter().filter_map(|(id, day)| {
            let one = case.material(*id).ok()?;
            Some(PromisedMaterial {
                name: one.name.clone(),
                form: one.form.name(),
                due: day.to_string(),
                consequence: Text::new(
                    "逾期未补的，终止办理，一定期限内不再适用容缺受理",
                    "If late, the case ends and no promise can be offered for some time",
                ),
            })
        });
        let signature = drawn_signature(service, promise.signature.as_deref()).await;
        Ok(PromiseNotice {
            lang: Lang::Zh,
            hall: self.hall_name(),
            number: case.number.to_string(),
            matter: case.name.clone(),
            applicant: self.masked.name.clone(),
            promised: promised.collect(),
            signature,
            signed: self.local(promise.at),
            qr: self.page(),
            telephone: self.telephone(),
        })
    }

    pub(super) fn handover(&self) -> Result<HandoverSlip, Refusal> {
        let case = self.case;
        if case.state != CaseState::Ready {
            return Err(CaseRefusal::WrongCaseState(case.state).into());
        }
        let hall = self.hall();
        Ok(HandoverSlip {
            lang: Lang::Zh,
            hall: self.hall_name(),
            number: case.number.to_string(),
            matter: case.name.clone(),
            applicant: self.masked.name.clone(),
            agent: self.agent(),
            place: hall.map(|hall| hall.cases.results_at.clone()).unwrap_or_default(),
            hours: match hall {
                Some(hall) if hall.hours.always => Text::new("全天", "24 hours"),
                _ => Text::new("办公时间", "during opening hours"),
            },
            kept_until: None,
            qr: self.page(),
            telephone: self.telephone(),
        })
    }

    pub(super) fn result(
        &self,
        code: VerifyCode,
        unmasked: &Applicant,
    ) -> Result<ResultDocument, Refusal> {
        let case = self.case;
        let document = case.results.iter().find(|one| one.code == code);
        let document = document.ok_or(CaseRefusal::UnknownDocument)?;
        let part = case.parts.iter().find(|part| part.matter == document.matter);
        let matter = part.map_or_else(|| case.name.clone(), |part| part.name.clone());
        let Text { zh, en } = &matter;
        let granted =
            text!("经审查，准予办理“{zh}”，特发此证。" | "Upon review, “{en}” is granted.");
        Ok(ResultDocument {
            lang: Lang::Zh,
            title: document.name.clone(),
            number: case.number.grouped(),
            holder: unmasked.name.clone(),
            holder_number: masked_number_of(unmasked.paper, &unmasked.number),
            issuer: document.issuer_name.clone(),
            issued_on: document.issued_on.to_string(),
            valid_until: None,
            lines: vec![Line { label: Text::new("受理大厅", "Hall"), value: self.hall_name() }],
            sentence: granted,
            conditions: None,
            verify_code: code.to_string(),
            qr: self.check(code),
            state: match document.revoked {
                Some(_) => ResultState::Revoked,
                None => ResultState::Valid,
            },
            matter,
        })
    }

    pub(super) fn end(&self) -> Result<EndNotice, Refusal> {
        let case = self.case;
        let (kind, next) = match case.state {
            CaseState::Declined => (EndKind::Declined, ways_to_appeal(Against::NotAccepted).into()),
            CaseState::Ended => {
                let again = Text::new(
                    "备齐材料后重新申请；已交的材料不用再交",
                    "Apply again with all materials. You need not bring again what the hall already has",
                );
                (EndKind::Ended, vec![again])
            }
            state => return Err(CaseRefusal::WrongCaseState(state).into()),
        };
        let broken = case.promise.iter().filter(|promise| promise.broken);
        let lacking = broken.flat_map(|promise| &promise.items).filter_map(|(id, day)| {
            let one = case.material(*id).ok()?;
            let came = one.state == MaterialState::Present;
            (!came).then(|| DeferredMaterial { name: one.name.clone(), due: day.to_string() })
        });
        Ok(EndNotice {
            lang: Lang::Zh,
            hall: self.hall_name(),
            kind,
            number: case.number.to_string(),
            matter: case.name.clone(),
            applicant: self.masked.name.clone(),
            ended: case.ended.map(|at| self.local(at.at)).unwrap_or_default(),
            reason: case.end_reason(),
            lacking: lacking.collect(),
            next,
            qr: self.page(),
            telephone: self.telephone(),
        })
    }

    pub(super) fn decision(&self, unmasked: &Applicant) -> Result<Decision, Refusal> {
        let case = self.case;
        let rejected = case.parts.iter().find_map(|part| {
            let step = part.steps.iter().find(|step| step.state == StepState::Rejected)?;
            Some((part, step))
        });
        let (part, step) = rejected.ok_or(CaseRefusal::WrongCaseState(case.state))?;
        Ok(Decision {
            lang: Lang::Zh,
            title: Text::new("不予行政许可决定书", "Decision of Rejection"),
            number: case.number.grouped(),
            applicant: unmasked.name.clone(),
            applicant_number: masked_number_of(unmasked.paper, &unmasked.number),
            matter: part.name.clone(),
            case: case.number.grouped(),
            sentence: None,
            accepted_on: case.accepted.map(|at| at.day.to_string()).unwrap_or_default(),
            reasons: step
                .note
                .lines()
                .filter(|line| !line.trim().is_empty())
                .map(Text::from)
                .collect(),
            grounds: Text::new(
                "《中华人民共和国行政许可法》第三十八条第二款",
                "Administrative Licensing Law, Article 38 (2)",
            ),
            appeal: ways_to_appeal(Against::Rejection).into(),
            issuer: self.setup.department_name(&part.department),
            decided_on: step.done.map(|at| at.day.to_string()).unwrap_or_default(),
            verify_code: case.number.to_string(),
            qr: self.page(),
        })
    }
}

/// A drawn signature as a data URI, where it can be read.
pub(super) async fn drawn_signature(service: &HallService, file: Option<&str>) -> Option<String> {
    let id = file?.parse().ok()?;
    service.uploads.read(id).await.ok().map(|(_, png)| data_uri(&png))
}

/// A picture as a data URI.
fn data_uri(png: &[u8]) -> String {
    format!("data:image/png;base64,{}", BASE64.encode(png))
}
