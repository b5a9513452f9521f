//! Applying by phone over HTTP: the pages as a browser without scripts has them, the files of a
//! draft, and what of both is kept and erased.

mod changed;
mod chosen;
mod files;
mod kept;
mod pages;
mod sign_in;
#[path = "../../../../app/src/apply/tests/untouched.rs"]
mod untouched;

use std::path::{Path, PathBuf};

use http_body_util::Full;
use hyper::{Method, Request, header};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::support::{Answer, House};

/// A matter of the demo with a form.
const MATTER: &str = "food-permit";

/// A form as a browser posts it.
type Posted = Vec<(String, String)>;

fn pair(name: &str, value: impl Into<String>) -> (String, String) {
    (name.to_owned(), value.into())
}

fn encoded(posted: &[(String, String)]) -> String {
    let text = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let pairs = posted.iter().map(|(name, value)| format!("{}={}", text(name), text(value)));
    pairs.collect::<Vec<_>>().join("&")
}

impl House {
    /// Asks for a page, as a browser does.
    async fn open_page(&self, path: &str) -> String {
        let answer = self.page(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.text()
    }

    async fn page(&self, path: &str) -> Answer {
        let request = Request::builder()
            .uri(self.url(path))
            .header(header::ACCEPT, "text/html,application/xhtml+xml")
            .header(header::ACCEPT_LANGUAGE, "zh-CN");
        self.send(request.body(Full::default()).unwrap()).await
    }

    async fn post_form(&self, path: &str, posted: &[(String, String)]) -> Answer {
        self.post_form_as(path, "", posted).await
    }

    /// The same by a browser with cookies.
    async fn post_form_as(&self, path: &str, cookie: &str, posted: &[(String, String)]) -> Answer {
        let request = Request::builder()
            .method(Method::POST)
            .uri(self.url(path))
            .header(header::ACCEPT, "text/html")
            .header(header::ACCEPT_LANGUAGE, "zh-CN")
            .header("origin", "null")
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Full::new(encoded(posted).into())).unwrap()).await
    }

    /// Posts a form, and the address to which it leads.
    async fn led(&self, path: &str, posted: &[(String, String)]) -> String {
        let answer = self.post_form(path, posted).await;
        assert_eq!(answer.status, 303, "{path}: {}", answer.text());
        answer.headers["location"].to_str().unwrap().to_owned()
    }

    fn stored_files(&self) -> Vec<PathBuf> {
        files_below(&self.folder.path().join("hall.db.files"))
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            found.extend(files_below(&entry.path()));
        } else {
            found.push(entry.path());
        }
    }
    found
}

/// The value of a hidden field of a page.
fn hidden(page: &str, name: &str) -> String {
    let input = page.split("<input").find(|input| input.contains(&format!("name=\"{name}\"")));
    let input = input.unwrap_or_else(|| panic!("no {name} in {page}"));
    let value = input.split("value=\"").nth(1).and_then(|rest| rest.split('"').next());
    value.unwrap_or_default().to_owned()
}

/// What a page of a step posts back, with these answers to the fields on it.
fn answered(page: &str, answers: impl Fn(&str) -> Option<Value>) -> Posted {
    let shown = hidden(page, ".shown");
    let mut posted =
        vec![pair("request_id", hidden(page, "request_id")), pair(".shown", shown.as_str())];
    for field in shown.split(',').filter_map(|one| one.rsplit_once(':')).map(|(field, _)| field) {
        if let Some(answer) = answers(field) {
            posted.extend(inputs(field, &answer));
        }
    }
    posted
}

/// The inputs of an answer.
fn inputs(name: &str, answer: &Value) -> Posted {
    match answer {
        Value::Bool(yes) => vec![pair(name, if *yes { "yes" } else { "no" })],
        Value::Array(items) => items
            .iter()
            .enumerate()
            .flat_map(|(at, item)| match item {
                Value::Object(row) => row
                    .iter()
                    .flat_map(|(column, cell)| inputs(&format!("{name}.{at}.{column}"), cell))
                    .collect(),
                item => inputs(name, item),
            })
            .collect(),
        Value::Object(parts) => parts
            .iter()
            .flat_map(|(part, value)| inputs(&format!("{name}.{part}"), value))
            .collect(),
        Value::String(text) => vec![pair(name, text)],
        other => vec![pair(name, other.to_string())],
    }
}

fn go(mut posted: Posted, where_to: &str) -> Posted {
    posted.push(pair("go", where_to));
    posted
}
