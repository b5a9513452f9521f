//! Signing in at a provider of identities: the way there, the way back, and what became of it.
//!
//! The form of our page does not lead to the provider itself: the Content-Security-Policy of our
//! pages lets forms post to this site alone, and browsers hold to that along all redirects. It
//! leads to a page that goes on by itself.

use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{AppendHeaders, Html, IntoResponse, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;
use jiban_app::api::Refused;
use jiban_app::apply::phone::html::{self, Notice};
use jiban_app::apply::phone::sign_in::Another;
use jiban_domain::access::Action;
use jiban_domain::draft::DraftRefusal;
use jiban_domain::{Lang, Refusal, Token};
use serde::Deserialize;

use super::super::App;
use super::super::client::Client;
use super::super::pages::PageContext;
use super::super::response::status;
use super::super::routes::Routes;
use super::{TokenPath, find_at, refused, to, view};
use crate::service::drafts::AtDraft;
use crate::service::drafts::sign_in::{
    ProviderAnswer, SIGN_IN_LASTS, SIGNED_IN, SignedIn, SigningBrowser,
};

/// The cookie of a browser that signs in: a secret, and the draft for which it does. It must
/// come along when another site leads here, so it is not one of those that never do.
const COOKIE: &str = "jiban_sign_in";

/// The cookie of a browser in which somebody was shown our page. No other site's form brings it
/// along, so nobody is led through the provider into another's application without a touch.
const HERE: &str = "jiban_here";

fn here() -> AppendHeaders<[(header::HeaderName, String); 1]> {
    AppendHeaders([(header::SET_COOKIE, format!("{HERE}=1; HttpOnly; SameSite=Strict; Path=/"))])
}

pub(super) fn router() -> Routes {
    Routes::new()
        .get("/d/{token}/sign-in", Action::ReadDraft, page)
        .post("/d/{token}/sign-in", Action::SignInToDraft, begin)
        .post("/d/{token}/signed-in", Action::SignInToDraft, choose)
        .get(SIGNED_IN, Action::SignInToDraft, come_back)
}

fn browser(jar: &CookieJar) -> Option<SigningBrowser> {
    let mut parts = jar.get(COOKIE)?.value().splitn(3, '.');
    let (secret, draft) = (parts.next()?.to_owned(), parts.next()?.parse().ok()?);
    Some(SigningBrowser { secret, draft })
}

/// The language in which the sign-in began: the provider leads back without it.
fn language(jar: &CookieJar) -> Option<Lang> {
    jar.get(COOKIE)?.value().splitn(3, '.').nth(2).and_then(Lang::of_tag)
}

fn cookie(browser: &SigningBrowser, lang: Lang) -> String {
    let SigningBrowser { secret, draft } = browser;
    let (lang, seconds) = (lang.tag(), SIGN_IN_LASTS / 1000);
    format!("{COOKIE}={secret}.{draft}.{lang}; HttpOnly; SameSite=Lax; Path=/; Max-Age={seconds}")
}

/// What became of it.
async fn page(
    State(app): State<App>,
    Client(client): Client,
    token: TokenPath,
    page: PageContext,
    jar: CookieJar,
) -> Response {
    match find_at(&app, client, token).await {
        Ok(at) => (here(), shown(&app, &page, &at, &jar, None).await).into_response(),
        Err(refusal) => refused(&page, &refusal),
    }
}

async fn shown(
    app: &App,
    page: &PageContext,
    at: &AtDraft,
    jar: &CookieJar,
    not: Option<&Refusal>,
) -> Response {
    let another = browser(jar)
        .filter(|browser| browser.draft == at.token)
        .and_then(|browser| app.service.signed_in_another(&browser))
        .map(|who| Another { name: who.name, number: who.number });
    let notice =
        not.map(|refusal| Notice::not(Refused::of(refusal, page.lang).in_a_line(page.lang)));
    match view(app, page, at).await {
        Ok(view) => {
            let document = Html(html::sign_in(&page.shell, view, another, notice));
            match not {
                Some(refusal) => (status(refusal), document).into_response(),
                None => document.into_response(),
            }
        }
        Err(refusal) => refused(page, &refusal),
    }
}

/// Leads to the provider.
async fn begin(
    State(app): State<App>,
    Client(client): Client,
    token: TokenPath,
    page: PageContext,
    jar: CookieJar,
) -> Response {
    let at = match find_at(&app, client, token).await {
        Ok(at) => at,
        Err(refusal) => return refused(&page, &refusal),
    };
    if jar.get(HERE).is_none() {
        return (here(), shown(&app, &page, &at, &jar, None).await).into_response();
    }
    let begun = match app.service.begin_sign_in(&at, page.lang).await {
        Ok(begun) => begun,
        Err(refusal) => return shown(&app, &page, &at, &jar, Some(&refusal)).await,
    };
    let view = match view(&app, &page, &at).await {
        Ok(view) => view,
        Err(refusal) => return refused(&page, &refusal),
    };
    let cookie = AppendHeaders([(header::SET_COOKIE, cookie(&begun.browser, page.lang))]);
    let document = html::leaving(&page.shell, view, begun.address.clone());
    let mut answer = (cookie, Html(document)).into_response();
    if let Ok(on) = HeaderValue::try_from(format!("0;url={}", begun.address)) {
        answer.headers_mut().insert(header::REFRESH, on);
    }
    answer
}

/// What a provider adds to the address.
#[derive(Default, Deserialize)]
struct Answered {
    #[serde(default)]
    state: String,
    code: Option<String>,
    error: Option<String>,
    iss: Option<String>,
    /// Of the links on our own page.
    lang: Option<Lang>,
}

/// The provider leads back here. The address is used once, and then left.
async fn come_back(
    State(app): State<App>,
    mut page: PageContext,
    jar: CookieJar,
    answered: Result<Query<Answered>, QueryRejection>,
) -> Response {
    let Answered { state, code, error, iss, lang } =
        answered.map(|Query(answered)| answered).unwrap_or_default();
    page.lang = lang.or_else(|| language(&jar)).unwrap_or(page.lang);
    let Some(browser) = browser(&jar) else {
        return failed(&page, &DraftRefusal::SignInOver.into(), None);
    };
    let answer = ProviderAnswer { state, code, error, issuer: iss };
    match app.service.finish_sign_in(&browser, answer).await {
        Ok(SignedIn::Proven) => {
            let jar = jar.remove(Cookie::build(COOKIE).path("/"));
            (jar, to(&page, browser.draft, "/sign-in")).into_response()
        }
        Ok(SignedIn::Differs) => to(&page, browser.draft, "/sign-in"),
        Err(refusal) => failed(&page, &refusal, Some(browser.draft)),
    }
}

fn failed(page: &PageContext, refusal: &Refusal, draft: Option<Token>) -> Response {
    let why = Refused::of(refusal, page.lang).in_a_line(page.lang);
    let back = draft.map(|token| format!("/d/{token}?lang={}", page.lang.tag()));
    let document = html::sign_in_failed(&page.shell, page.lang, why, back);
    (status(refusal), Html(document)).into_response()
}

#[derive(Deserialize)]
struct Chosen {
    take: bool,
}

/// Whoever signed in takes the place of whom the draft names, or not.
async fn choose(
    State(app): State<App>,
    Client(client): Client,
    token: TokenPath,
    page: PageContext,
    jar: CookieJar,
    chosen: Result<Form<Chosen>, FormRejection>,
) -> Response {
    let at = match find_at(&app, client, token).await {
        Ok(at) => at,
        Err(refusal) => return refused(&page, &refusal),
    };
    let chosen = async {
        at.require_applicant()?;
        let browser = browser(&jar).filter(|browser| browser.draft == at.token);
        let browser = browser.ok_or(DraftRefusal::SignInOver)?;
        let takes = chosen.is_ok_and(|Form(chosen)| chosen.take);
        app.service.choose_signed_in(&browser, takes).await.map(|()| takes)
    };
    match chosen.await {
        Ok(takes) => {
            let jar = jar.remove(Cookie::build(COOKIE).path("/"));
            let below = if takes { "/sign-in" } else { "" };
            (jar, to(&page, at.token, below)).into_response()
        }
        Err(refusal) => shown(&app, &page, &at, &jar, Some(&refusal)).await,
    }
}
