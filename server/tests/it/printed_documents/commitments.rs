//! Samples of the documents about commitments.

use jiban_domain::documents::{BreachNotice, CommitmentNotice, CommittedTo, FoundBroken};
use jiban_domain::{Lang, Text};

use super::samples::{long, promise};

pub fn commitment(lang: Lang) -> CommitmentNotice {
    let promise = promise();
    CommitmentNotice {
        lang,
        hall: promise.hall,
        number: promise.number,
        matter: promise.matter,
        applicant: promise.applicant,
        promised_days: 2,
        terms: vec![CommittedTo {
            name: Text::new("食品经营许可", "Food business permit"),
            text: Text::new(
                "本人承诺从业人员均已取得健康证明，并已建立食品安全管理制度。",
                "I commit that the staff have health certificates and that there is a food safety policy.",
            ),
            replaced: vec![
                Text::new("现场核查", "On-site check"),
                Text::new("从业人员健康证明", "Health certificates of the staff"),
            ],
            check: Text::new(
                "作出决定后 30 个工作日内，由市场监管局核查",
                "By the Market Regulation Bureau, within 30 working days of the decision",
            ),
            consequence: Text::new(
                "承诺不实的，撤销许可",
                "If it is broken, the permit is revoked",
            ),
        }],
        signature: promise.signature,
        signed: promise.signed,
        qr: promise.qr,
        telephone: promise.telephone,
    }
}

pub fn breach(lang: Lang) -> BreachNotice {
    let CommitmentNotice { hall, number, matter, applicant, qr, telephone, .. } = commitment(lang);
    BreachNotice {
        lang,
        hall,
        number,
        matter,
        applicant,
        found: vec![FoundBroken {
            told: "2026-12-20 10:05".to_owned(),
            department: Text::new("市场监管局", "Market Regulation Bureau"),
            finding: "两名从业人员没有健康证明。".to_owned(),
            answer_by: "2026-12-27".to_owned(),
            put_right_by: Some("2027-01-05".to_owned()),
            consequence: Text::new("逾期未整改的，撤销许可", "Otherwise the permit is revoked"),
        }],
        how: Text::new("到任一窗口说明", "At any counter"),
        qr,
        telephone,
    }
}

/// With texts of the greatest length.
pub fn longest(lang: Lang) -> CommitmentNotice {
    let one = CommittedTo {
        name: long(),
        text: long(),
        replaced: vec![long(); 3],
        check: long(),
        consequence: long(),
    };
    CommitmentNotice {
        hall: long(),
        matter: long(),
        applicant: long().zh,
        promised_days: u16::MAX,
        terms: vec![one.clone(), one],
        ..commitment(lang)
    }
}

pub fn longest_breach(lang: Lang) -> BreachNotice {
    let found = FoundBroken {
        told: long().zh,
        department: long(),
        finding: long().zh,
        answer_by: long().zh,
        put_right_by: Some(long().zh),
        consequence: long(),
    };
    BreachNotice { hall: long(), matter: long(), found: vec![found; 2], ..breach(lang) }
}
