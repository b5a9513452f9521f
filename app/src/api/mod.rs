//! The API: each call's path, request and answer, in one file for each
//! audience.
//!
//! A request is a struct; [`Call`] ties it to its path and its answer. The
//! pages send it with [`ask`]; the server has one handler for each call, which
//! reads the same struct. Integrators use the same calls as the pages.

use jiban_domain::draft::DraftRefusal;
use jiban_domain::{Lang, Refusal};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub mod admin;
pub mod apply;
pub mod begin_beside;
pub mod booking;
pub mod case;
pub mod commitment;
pub mod commitment_calls;
pub mod counter;
pub mod display;
pub mod drafts;
pub mod figures;
pub mod guide;
pub mod hall;
pub mod kiosk;
pub mod office;
pub mod progress;
pub mod reception;
pub mod self_print;
pub mod session;
pub mod terminal;
pub mod terminals;
pub mod tickets;

/// A request, sent by POST as a flat JSON body.
pub trait Call: Serialize + DeserializeOwned {
    const PATH: &'static str;
    /// The body of an answer with status 200.
    type Answer: Serialize + DeserializeOwned;
}

/// Implements [`Call`] for requests: `calls! { Request => "/api/path" -> Answer }`.
macro_rules! calls {
    ($($request:ty => $path:literal -> $answer:ty),+ $(,)?) => {$(
        impl $crate::api::Call for $request {
            const PATH: &'static str = $path;
            type Answer = $answer;
        }
    )+};
}
pub(crate) use calls;

/// A refusal as it is sent: the body of every answer without status 200.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Refused {
    /// The stable code, for programs.
    pub code: String,
    /// What happened, in the requested language.
    pub message: String,
    /// What to do next.
    pub next: String,
    /// The faults of an invalid setup, each with its place and in the requested
    /// language. Other refusals have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<String>,
    /// The fields of a form that are not right, each with its place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<apply::FieldRefused>,
    /// The seconds after which the request may be sent again, if the server knows them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
    /// The id of the request in the server's log; only where the server is at
    /// fault (status 500 or 503).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Box<str>>,
}

impl Refused {
    /// A refusal in the requested language.
    pub fn of(refusal: &Refusal, lang: Lang) -> Self {
        Self {
            code: refusal.code().to_owned(),
            message: refusal.message(lang),
            next: refusal.next(lang),
            faults: match refusal {
                Refusal::BadSetup(faults) | Refusal::BadRecords(faults) => {
                    faults.iter().map(|fault| fault.get(lang).to_owned()).collect()
                }
                _ => Vec::new(),
            },
            fields: match refusal {
                Refusal::Draft(DraftRefusal::FormNotComplete(fields)) => {
                    fields.iter().map(|field| apply::FieldRefused::of(field, lang)).collect()
                }
                _ => Vec::new(),
            },
            retry_after: refusal.retry_after(),
            request: None,
        }
    }

    /// Adds the request's id, also to the text that people read, so that they
    /// can quote it.
    #[must_use]
    pub fn with_request(mut self, id: String, lang: Lang) -> Self {
        let (open, close) = match lang.base() {
            Lang::Zh => ("（请求编号 ", "）"),
            _ => (" (Request ", ")"),
        };
        self.next.extend([open, &id, close]);
        self.request = Some(id.into());
        self
    }

    /// What happened and what to do next, as one line.
    pub fn in_a_line(&self, lang: Lang) -> String {
        let between = match lang.base() {
            Lang::Zh => "",
            _ => " ",
        };
        format!("{}{between}{}", self.message, self.next)
    }

    /// The code of a refusal made by the page itself: no answer came.
    pub const NO_ANSWER: &'static str = "no_answer";

    /// No answer came: the server or the network is down.
    pub fn no_answer(lang: Lang) -> Self {
        let words = NoAnswerWords::of(lang);
        Self {
            code: Self::NO_ANSWER.to_owned(),
            message: words.message.to_owned(),
            next: words.next.to_owned(),
            faults: Vec::new(),
            fields: Vec::new(),
            retry_after: None,
            request: None,
        }
    }
}

crate::words! {
    pub NoAnswerWords {
        message: "暂时连不上服务器。" | "The server is not responding.",
        next: "请稍候，系统会自动重试。" | "Please wait. Trying again automatically.",
    }
}

/// An answer without content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Done {}

/// Sends a request from the browser and waits for the answer.
///
/// # Errors
/// The server's refusal, or [`Refused::no_answer`].
pub async fn ask<C: Call>(request: &C, lang: Lang) -> Result<C::Answer, Refused> {
    let post = gloo_net::http::Request::post(C::PATH)
        .header("Accept-Language", lang.tag())
        .json(request)
        .map_err(|_| Refused::no_answer(lang))?;
    read(post.send().await, lang).await
}

/// Fetches an answer by GET.
///
/// # Errors
/// The server's refusal, or [`Refused::no_answer`].
pub async fn get<A: DeserializeOwned>(address: &str, lang: Lang) -> Result<A, Refused> {
    let request = gloo_net::http::Request::get(address).header("Accept-Language", lang.tag());
    read(request.send().await, lang).await
}

async fn read<A: DeserializeOwned>(
    answer: Result<gloo_net::http::Response, gloo_net::Error>,
    lang: Lang,
) -> Result<A, Refused> {
    let no_answer = |_| Refused::no_answer(lang);
    let answer = answer.map_err(no_answer)?;
    if answer.ok() {
        answer.json().await.map_err(no_answer)
    } else {
        Err(answer.json().await.unwrap_or_else(no_answer))
    }
}
