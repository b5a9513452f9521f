//! The thin API: each call's path, question and answer, a file an audience.
//!
//! A question is a struct; [`Call`] ties it to its path and its answer. The
//! pages send it with [`ask`]; the server has one handler a call, which reads
//! the same struct. What the pages use is what an integrator uses.

use jiban_domain::{Lang, Refusal};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub mod admin;
pub mod case;
pub mod counter;
pub mod display;
pub mod guide;
pub mod hall;
pub mod kiosk;
pub mod office;
pub mod progress;
pub mod reception;
pub mod session;

/// A question to the hall, sent by POST as a flat JSON body.
pub trait Call: Serialize + DeserializeOwned {
    /// Where it is sent.
    const PATH: &'static str;
    /// What comes back with status 200.
    type Answer: Serialize + DeserializeOwned;
}

/// Writes `impl Call` for questions: `calls! { Question => "/api/path" -> Answer }`.
macro_rules! calls {
    ($($question:ty => $path:literal -> $answer:ty),+ $(,)?) => {$(
        impl $crate::api::Call for $question {
            const PATH: &'static str = $path;
            type Answer = $answer;
        }
    )+};
}
pub(crate) use calls;

/// A refusal as it comes over the wire: the body of every answer but 200.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// The stable name, for programs.
    pub code: String,
    /// What happened, in the language asked for.
    pub message: String,
    /// What to do next.
    pub next: String,
    /// What is wrong in a description of halls, each with its place and in the
    /// language asked for; no other refusal has any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<String>,
}

impl Refused {
    /// A refusal as it is sent, in the language asked for.
    pub fn of(refusal: &Refusal, lang: Lang) -> Self {
        Self {
            code: refusal.code().to_owned(),
            message: refusal.message(lang),
            next: refusal.next(lang),
            faults: match refusal {
                Refusal::BadSetup(faults) => {
                    faults.iter().map(|fault| fault.get(lang).to_owned()).collect()
                }
                _ => Vec::new(),
            },
        }
    }

    /// What happened and what to do next, as one line.
    pub fn in_a_line(&self, lang: Lang) -> String {
        let between = match lang {
            Lang::Zh => "",
            Lang::En => " ",
        };
        format!("{}{between}{}", self.message, self.next)
    }

    /// The code of a refusal the page makes itself: no answer came.
    pub const NO_ANSWER: &'static str = "no_answer";

    /// No answer came: the server is away, or the network.
    pub fn no_answer(lang: Lang) -> Self {
        let (message, next) = match lang {
            Lang::Zh => ("暂时连不上服务器。", "请稍候，系统会自动重试。"),
            Lang::En => ("The server does not answer.", "Please wait; it is tried again."),
        };
        Self {
            code: Self::NO_ANSWER.to_owned(),
            message: message.to_owned(),
            next: next.to_owned(),
            faults: Vec::new(),
        }
    }
}

/// Nothing but "done".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Done {}

/// Sends a question from the browser and waits for its answer.
///
/// # Errors
/// The server's refusal, or [`Refused::no_answer`].
pub async fn ask<C: Call>(question: &C, lang: Lang) -> Result<C::Answer, Refused> {
    let request = gloo_net::http::Request::post(C::PATH)
        .header("Accept-Language", lang.tag())
        .json(question)
        .map_err(|_| Refused::no_answer(lang))?;
    read(request.send().await, lang).await
}

/// Fetches an answer that needs no question but its address.
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
