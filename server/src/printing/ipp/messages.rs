//! IPP requests, and what the answers say.

use std::io::Cursor;

use hyper::Uri;
use hyper::body::Bytes;
use ipp::attribute::{IppAttribute, IppAttributes};
use ipp::model::{DelimiterTag, IppVersion, Operation};
use ipp::parser::IppParser;
use ipp::reader::IppReader;
use ipp::request::IppRequestResponse;
use ipp::value::IppValue;
use jiban_domain::self_print::{DocumentPrinterNow, JobEnd};

use super::IppError;

/// The user that printers note for our jobs.
const USER: &str = "jiban";

const PDF: &str = "application/pdf";

/// What is asked of a printer.
const OF_PRINTER: [&str; 5] = [
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "document-format-supported",
    "operations-supported",
];

/// What is asked of a job. Sheets are those of printers that count no impressions.
const OF_JOB: [&str; 6] = [
    "job-id",
    "job-name",
    "job-state",
    "job-state-reasons",
    "job-impressions-completed",
    "job-media-sheets-completed",
];

fn unreadable(error: &dyn std::fmt::Display) -> IppError {
    IppError::Unreadable(error.to_string())
}

fn request(operation: Operation, printer: &Uri) -> Result<IppRequestResponse, IppError> {
    let bad = |_| IppError::Address(printer.to_string());
    let mut request = IppRequestResponse::new(IppVersion::v1_1(), operation, Some(printer.clone()))
        .map_err(bad)?;
    // What is our own fits the bounds of the protocol.
    let user = named(USER)?;
    add(&mut request, "requesting-user-name", user)?;
    Ok(request)
}

fn add(request: &mut IppRequestResponse, name: &str, value: IppValue) -> Result<(), IppError> {
    add_to(request, DelimiterTag::OperationAttributes, name, value)
}

fn add_to(
    request: &mut IppRequestResponse,
    group: DelimiterTag,
    name: &str,
    value: IppValue,
) -> Result<(), IppError> {
    let attribute = IppAttribute::with_name(name, value).map_err(|error| unreadable(&error))?;
    request.attributes_mut().add(group, attribute);
    Ok(())
}

fn keyword(text: &str) -> Result<IppValue, IppError> {
    Ok(IppValue::Keyword(text.try_into().map_err(|error| unreadable(&error))?))
}

fn named(text: &str) -> Result<IppValue, IppError> {
    Ok(IppValue::NameWithoutLanguage(text.try_into().map_err(|error| unreadable(&error))?))
}

fn keywords(names: &[&str]) -> Result<IppValue, IppError> {
    Ok(IppValue::Array(names.iter().map(|name| keyword(name)).collect::<Result<_, _>>()?))
}

pub fn get_printer(printer: &Uri) -> Result<IppRequestResponse, IppError> {
    let mut request = request(Operation::GetPrinterAttributes, printer)?;
    add(&mut request, "requested-attributes", keywords(&OF_PRINTER)?)?;
    Ok(request)
}

pub fn resume_printer(printer: &Uri) -> Result<IppRequestResponse, IppError> {
    request(Operation::ResumePrinter, printer)
}

/// A job of one document on one side of A4.
pub fn print_job(printer: &Uri, name: &str) -> Result<IppRequestResponse, IppError> {
    let mut request = request(Operation::PrintJob, printer)?;
    add(&mut request, "job-name", named(name)?)?;
    let format = PDF.try_into().map_err(|error| unreadable(&error))?;
    add(&mut request, "document-format", IppValue::MimeMediaType(format))?;
    for (name, value) in [("media", "iso_a4_210x297mm"), ("sides", "one-sided")] {
        add_to(&mut request, DelimiterTag::JobAttributes, name, keyword(value)?)?;
    }
    add_to(&mut request, DelimiterTag::JobAttributes, "copies", IppValue::Integer(1))?;
    Ok(request)
}

pub fn get_job(printer: &Uri, job: i32) -> Result<IppRequestResponse, IppError> {
    let mut request = request(Operation::GetJobAttributes, printer)?;
    add(&mut request, "job-id", IppValue::Integer(job))?;
    add(&mut request, "requested-attributes", keywords(&OF_JOB)?)?;
    Ok(request)
}

/// The jobs of our user that have ended, or that have not.
pub fn get_jobs(printer: &Uri, ended: bool) -> Result<IppRequestResponse, IppError> {
    let mut request = request(Operation::GetJobs, printer)?;
    let which = if ended { "completed" } else { "not-completed" };
    add(&mut request, "which-jobs", keyword(which)?)?;
    add(&mut request, "requested-attributes", keywords(&OF_JOB)?)?;
    Ok(request)
}

pub fn cancel_job(printer: &Uri, job: i32) -> Result<IppRequestResponse, IppError> {
    let mut request = request(Operation::CancelJob, printer)?;
    add(&mut request, "job-id", IppValue::Integer(job))?;
    Ok(request)
}

/// Reads an answer; one that refuses is an error.
pub fn read(body: Bytes) -> Result<IppRequestResponse, IppError> {
    let parsed = IppParser::new(IppReader::new(Cursor::new(body))).parse();
    let answer = parsed.map_err(|error| unreadable(&error))?;
    let status = answer.header().status_code();
    if status.is_success() { Ok(answer) } else { Err(IppError::Refused(status)) }
}

fn attribute<'a>(
    groups: &'a IppAttributes,
    group: DelimiterTag,
    name: &str,
) -> Option<&'a IppValue> {
    groups.groups_of(group).find_map(|group| group.get(name)).map(IppAttribute::value)
}

fn number(value: &IppValue) -> Option<i32> {
    match value {
        IppValue::Integer(number) | IppValue::Enum(number) => Some(*number),
        _ => None,
    }
}

/// The words of a value that may be one or several.
fn words(value: Option<&IppValue>) -> Vec<String> {
    let word = |value: &IppValue| match value {
        IppValue::Keyword(word)
        | IppValue::MimeMediaType(word)
        | IppValue::NameWithoutLanguage(word) => Some(word.as_str().to_owned()),
        _ => None,
    };
    match value {
        Some(IppValue::Array(values)) => values.iter().filter_map(word).collect(),
        Some(one) => word(one).into_iter().collect(),
        None => Vec::new(),
    }
}

/// What a printer tells of itself.
#[derive(Debug, Clone, Default)]
pub struct PrinterStatus {
    /// 3 idle, 4 processing, 5 stopped.
    state: i32,
    reasons: Vec<String>,
    accepts: bool,
    formats: Vec<String>,
}

impl PrinterStatus {
    pub fn read(answer: &IppRequestResponse) -> Self {
        let of = |name| attribute(answer.attributes(), DelimiterTag::PrinterAttributes, name);
        Self {
            state: of("printer-state").and_then(number).unwrap_or_default(),
            reasons: words(of("printer-state-reasons")),
            accepts: !matches!(of("printer-is-accepting-jobs"), Some(IppValue::Boolean(false))),
            formats: words(of("document-format-supported")),
        }
    }

    /// Whether it only has to be resumed.
    pub fn is_paused(&self) -> bool {
        self.now() == DocumentPrinterNow::Paused
    }

    /// In one word. A mere warning, such as paper that is low, stops nothing as long as the
    /// printer goes on; once it has stopped, it is the reason.
    pub fn now(&self) -> DocumentPrinterNow {
        use DocumentPrinterNow as Now;
        let stopped = self.state == 5;
        let weighs = |reason: &&String| {
            stopped || !(reason.ends_with("-warning") || reason.ends_with("-report"))
        };
        let causes: Vec<Now> =
            self.reasons.iter().filter(weighs).filter_map(|reason| cause(reason)).collect();
        // What somebody has to do with their hands comes before what a program can do.
        let first = [Now::DoorOpen, Now::Jammed, Now::PaperOut, Now::TonerOut, Now::Paused];
        if let Some(cause) = first.into_iter().find(|cause| causes.contains(cause)) {
            return cause;
        }
        let takes_pdf = self.formats.is_empty() || self.formats.iter().any(|one| one == PDF);
        match self.state {
            5 => Now::Stopped,
            _ if !self.accepts => Now::NotAccepting,
            _ if !takes_pdf => Now::NoPdf,
            4 => Now::Busy,
            _ => Now::Ready,
        }
    }
}

/// What a reason means (RFC 8011, 5.4.12; PWG 5100.9).
fn cause(reason: &str) -> Option<DocumentPrinterNow> {
    let suffixes = ["-error", "-warning", "-report"];
    let bare = suffixes.iter().find_map(|suffix| reason.strip_suffix(suffix)).unwrap_or(reason);
    Some(match bare {
        "media-empty" | "media-needed" | "input-tray-missing" | "input-media-supply-empty" => {
            DocumentPrinterNow::PaperOut
        }
        "door-open" | "cover-open" | "interlock-open" | "output-tray-missing" => {
            DocumentPrinterNow::DoorOpen
        }
        "media-jam" | "output-area-full" => DocumentPrinterNow::Jammed,
        "toner-empty" | "marker-supply-empty" | "developer-empty" | "opc-life-over" => {
            DocumentPrinterNow::TonerOut
        }
        "paused" | "moving-to-paused" => DocumentPrinterNow::Paused,
        _ => return None,
    })
}

/// What a printer tells of a job.
#[derive(Debug, Clone)]
pub struct JobStatus {
    pub id: i32,
    pub name: String,
    /// How it ended, if it has.
    pub end: Option<JobEnd>,
    /// Pages that came out, if the printer counts them.
    pub came_out: Option<u32>,
}

impl JobStatus {
    /// The job of an answer about one.
    pub fn read(answer: &IppRequestResponse) -> Option<Self> {
        Self::all(answer).into_iter().next()
    }

    /// The jobs of a list.
    pub fn all(answer: &IppRequestResponse) -> Vec<Self> {
        let jobs = answer.attributes().groups_of(DelimiterTag::JobAttributes);
        jobs.filter_map(|job| {
            let of = |name: &str| job.get(name).map(IppAttribute::value);
            let counted =
                |name: &str| of(name).and_then(number).and_then(|count| u32::try_from(count).ok());
            let end = match of("job-state").and_then(number)? {
                7 => Some(JobEnd::Canceled),
                8 => Some(JobEnd::Aborted),
                9 => Some(JobEnd::Completed),
                _ => None,
            };
            let impressions = counted("job-impressions-completed");
            let sheets = counted("job-media-sheets-completed");
            Some(Self {
                id: of("job-id").and_then(number)?,
                name: words(of("job-name")).into_iter().next().unwrap_or_default(),
                end,
                came_out: impressions.max(sheets),
            })
        })
        .collect()
    }
}
