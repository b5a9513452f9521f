//! What the printer answers, as messages of IPP.

use ipp::attribute::{IppAttribute, IppAttributeGroup};
use ipp::model::{DelimiterTag, IppVersion, StatusCode};
use ipp::request::IppRequestResponse;
use ipp::value::IppValue;

use super::{Job, Switches};

/// A status and nothing else.
///
/// # Panics
/// Never: an answer without attributes fits the protocol.
pub fn plain(status: StatusCode, id: i32) -> IppRequestResponse {
    IppRequestResponse::new_response(IppVersion::v1_1(), status, id)
        .unwrap_or_else(|error| panic!("{error}"))
}

fn keyword(word: &str) -> IppValue {
    IppValue::Keyword(word.try_into().unwrap_or_else(|error| panic!("{word}: {error}")))
}

fn add(group: &mut IppAttributeGroup, name: &str, value: IppValue) {
    let attribute = IppAttribute::with_name(name, value);
    group.attributes_mut().push(attribute.unwrap_or_else(|error| panic!("{name}: {error}")));
}

pub fn printer(switches: &Switches, is_busy: bool, id: i32) -> IppRequestResponse {
    let mut reasons: Vec<&str> = switches.reasons.clone();
    if switches.paused {
        reasons.push("paused");
    }
    let state = match (switches.paused || switches.has_stopped(), is_busy) {
        (true, _) => 5,
        (false, true) => 4,
        (false, false) => 3,
    };
    if reasons.is_empty() {
        reasons.push("none");
    }
    let format = if switches.takes_pdf { "application/pdf" } else { "image/pwg-raster" };
    let mut group = IppAttributeGroup::new(DelimiterTag::PrinterAttributes);
    add(&mut group, "printer-state", IppValue::Enum(state));
    let reasons = reasons.into_iter().map(keyword).collect();
    add(&mut group, "printer-state-reasons", IppValue::Array(reasons));
    add(&mut group, "printer-is-accepting-jobs", IppValue::Boolean(switches.accepts));
    let format = format.try_into().unwrap_or_else(|error| panic!("{error}"));
    add(&mut group, "document-format-supported", IppValue::MimeMediaType(format));
    let mut answer = plain(StatusCode::SuccessfulOk, id);
    answer.attributes_mut().groups_mut().push(group);
    answer
}

pub fn jobs(jobs: &[&Job], counts: bool, id: i32) -> IppRequestResponse {
    let mut answer = plain(StatusCode::SuccessfulOk, id);
    for job in jobs {
        let mut group = IppAttributeGroup::new(DelimiterTag::JobAttributes);
        add(&mut group, "job-id", IppValue::Integer(job.id));
        let name = job.name.as_str().try_into().unwrap_or_else(|error| panic!("{error}"));
        add(&mut group, "job-name", IppValue::NameWithoutLanguage(name));
        add(&mut group, "job-state", IppValue::Enum(job.state));
        if counts {
            let came_out = i32::try_from(job.came_out).unwrap_or(i32::MAX);
            add(&mut group, "job-impressions-completed", IppValue::Integer(came_out));
        }
        answer.attributes_mut().groups_mut().push(group);
    }
    answer
}
