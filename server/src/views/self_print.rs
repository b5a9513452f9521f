//! What somebody may print by themselves.

use jiban_app::api::Refused;
use jiban_app::api::self_print::{Offered, Proved, SelfPrintNow};
use jiban_domain::case::ApplicantKind;
use jiban_domain::case::Case;
use jiban_domain::identity::masked_name;
use jiban_domain::self_print::{PrintKind, Printable, Proof, kind_of};
use jiban_domain::setup::Statement;
use jiban_domain::{HallId, Lang, Refusal, Text, Token};

use crate::service::HallService;
use crate::service::self_print::Proven;

/// What can be printed at a kiosk, before anybody has proved anything. The state of the
/// printer comes from the caller, who asks it.
///
/// # Errors
/// The kiosk prints no documents.
pub fn self_print_now(
    service: &HallService,
    kiosk: &jiban_domain::KioskId,
    printer: jiban_domain::self_print::DocumentPrinterNow,
) -> Result<SelfPrintNow, Refusal> {
    let (hall, kiosk) = service.printing_kiosk(kiosk)?;
    let telephone = {
        let live_state = service.live_state();
        let hall = live_state.setup().setup.hall(&hall);
        hall.map(|hall| hall.telephone.clone()).unwrap_or_default()
    };
    // Only a card opens statements.
    let statements = if kiosk.card_reader { service.statements_of(&hall) } else { Vec::new() };
    Ok(SelfPrintNow {
        printer,
        card_reader: kiosk.card_reader,
        statements: statements.into_iter().map(|statement| statement.name).collect(),
        telephone,
    })
}

/// What a pass opens.
///
/// # Errors
/// The pass is over, or the database cannot be read.
pub async fn proved(
    service: &HallService,
    pass: Token,
    kiosk: &jiban_domain::KioskId,
    lang: Lang,
) -> Result<Proved, Refusal> {
    let proven = service.proven(pass, kiosk)?;
    let mut printables = Vec::new();
    for case in service.printable_cases(&proven).await? {
        printables.extend(of_case(service, &proven, &case, lang));
    }
    if !matches!(proven.proof, Proof::Code(_)) {
        for statement in service.statements_of(&proven.hall) {
            printables.push(of_statement(service, &proven, statement, lang).await?);
        }
    }
    let name = masked_name(ApplicantKind::Person, &proven.name);
    Ok(Proved { pass, name, printables })
}

fn of_case(service: &HallService, proven: &Proven, case: &Case, lang: Lang) -> Option<Offered> {
    let kind = kind_of(case)?;
    let opened = proven.proof.opens(kind, Some(case.id));
    if opened == Err(Refusal::NotPrintable) {
        return None;
    }
    let refused = opened.and_then(|()| service.require_not_enough(proven, None, 1)).err();
    let valid = case.results.iter().filter(|result| result.revoked.is_none());
    Some(Offered {
        item: Printable::Case(case.id),
        kind,
        name: case.name.clone(),
        about: valid.map(|result| result.name.clone()).collect(),
        number: case.number.to_string(),
        refused: refused.map(|refusal| Refused::of(&refusal, lang)),
    })
}

async fn of_statement(
    service: &HallService,
    proven: &Proven,
    statement: Statement,
    lang: Lang,
) -> Result<Offered, Refusal> {
    let refused = match service.require_not_enough(proven, Some(&statement), 1) {
        Err(refusal) => Some(refusal),
        Ok(()) if service.may_have_records(proven, &statement).await? => None,
        Ok(()) => Some(Refusal::NoRecord(statement.name.clone())),
    };
    Ok(Offered {
        item: Printable::Statement(statement.id.clone()),
        kind: PrintKind::Statement,
        name: statement.name.clone(),
        about: vec![department_name(service, &proven.hall, &statement)],
        number: String::new(),
        refused: refused.map(|refusal| Refused::of(&refusal, lang)),
    })
}

fn department_name(service: &HallService, _: &HallId, statement: &Statement) -> Text {
    service.live_state().setup().setup.department_name(&statement.department)
}
