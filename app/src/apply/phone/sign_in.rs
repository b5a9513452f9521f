//! Proving who one is by signing in at a provider of identities: where it is offered, the way
//! there, and what became of it.

use jiban_domain::draft::ProofKind;
use jiban_domain::form::Field;
use jiban_domain::form::applicant::{PERSON, RESERVED};
use jiban_domain::{FieldId, Lang};
use leptos::prelude::*;

use super::frame::{DraftFrame, Notice};
use super::view::DraftView;
use crate::progress::Head;
use crate::words::fill;

crate::words! {
    pub SignInWords {
        offer: "用“{label}”登录，核验身份" | "Prove who you are: sign in with {label}",
        what_for: "登录后自动填好姓名和证件号码，身份即已核验，可以使用以前办件的资料。也可以不登录，到窗口时出示证件。" |
            "Your name and number are filled in and proven, and what you told the hall before can be used again. You need not: show your identity paper at the counter instead.",
        going: "正在前往“{label}”" | "Going on to {label}",
        going_how: "请在那里登录，完成后会自动回到您的申请。" |
            "Sign in there. It leads back to your application by itself.",
        go: "前往登录" | "Go there to sign in",
        title: "身份核验" | "Who you are",
        proven: "身份已核验。" | "Who you are is proven.",
        is_proven: "姓名和证件号码来自登录平台。改动后需要重新核验。" |
            "Name and number come from the sign-in. If they are changed, they must be proven again.",
        not_yet: "身份尚未核验。" | "Who you are is not proven yet.",
        differs: "登录的人与填写的申请人不同" | "You signed in as somebody else than the form names",
        differs_how: "登录的是：{name}，{number}。" | "Signed in: {name}, {number}.",
        take: "改为登录的人申请" | "Apply as whoever signed in",
        keep: "不改，保留填写的" | "Keep what is written",
        keep_means: "保留的话，身份不算核验，到窗口时出示证件。" |
            "If you keep it, it is not proven: show the identity paper at the counter.",
        go_on: "接着填" | "Go on",
        back: "返回申请" | "Back to the application",
        failed: "登录没有成功" | "Not signed in",
        unchanged: "申请的内容没有改动。" | "Nothing of the application was changed.",
        where_back: "请在填写申请的手机或浏览器里打开您的申请。" |
            "Open your application on the telephone or in the browser where you fill it in.",
        by_sign_in: "已登录核验" | "Proven by sign-in",
        by_paper: "窗口已核对证件" | "Identity paper seen at a counter",
    }
}

/// By what the answer to a field is proven, where it is.
pub(super) fn mark(view: &DraftView, field: &Field) -> Option<AnyView> {
    let words = SignInWords::of(view.lang);
    let says = match view.draft.written.get(&field.id)?.proven? {
        ProofKind::SignedIn => words.by_sign_in,
        ProofKind::PaperSeen => words.by_paper,
    };
    Some(view! { <p class="soft proven">{says}</p> }.into_any())
}

/// The button that leads to the provider, where there is one and nothing is proven yet.
pub(super) fn offer(view: &DraftView) -> Option<AnyView> {
    let label = view.sign_in.as_ref().filter(|_| !view.draft.proven)?.get(view.lang);
    let words = SignInWords::of(view.lang);
    let says = fill(words.offer, &[("label", &label)]);
    Some(
        view! {
            <form class="sign-in" method="post" action=view.at("/sign-in")>
                <p class="soft">{words.what_for}</p>
                <p class="choices">
                    <button class="action quiet">{says}</button>
                </p>
            </form>
        }
        .into_any(),
    )
}

/// What the button in the form of a step posts as `go`.
pub const SIGN_IN: &str = "sign-in";

/// The same at the group about the applicant, in the form of its page: what was typed there is
/// kept first.
pub(super) fn offer_in(view: &DraftView, group: &str) -> Option<AnyView> {
    let is_who = group == RESERVED && !view.draft.proven;
    let label = view.sign_in.as_ref().filter(|_| is_who)?.get(view.lang);
    let says = fill(SignInWords::of(view.lang).offer, &[("label", &label)]);
    Some(
        view! {
            <p class="choices">
                <button class="action quiet" name="go" value=SIGN_IN>
                    {says}
                </button>
            </p>
        }
        .into_any(),
    )
}

/// Who signed in, masked, where the form names somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Another {
    pub name: String,
    pub number: String,
}

/// What became of a sign-in: `/d/{token}/sign-in`.
#[component]
pub(super) fn SignInPage(
    view: DraftView,
    another: Option<Another>,
    notice: Option<Notice>,
) -> impl IntoView {
    let words = SignInWords::of(view.lang);
    let person = view.draft.written.get(&FieldId::from(PERSON));
    let signed_in = person.and_then(|person| person.proven) == Some(ProofKind::SignedIn);
    let back = |says: &'static str, class: &'static str| {
        view! {
            <a class=class href=view.at("")>
                {says}
            </a>
        }
    };
    let body = match another {
        Some(Another { name, number }) => {
            let who = fill(words.differs_how, &[("name", &name), ("number", &number)]);
            view! {
                <div class="wrong" role="alert">
                    <p>
                        <strong>{words.differs}</strong>
                    </p>
                    <p>{who}</p>
                </div>
                <p class="soft">{words.keep_means}</p>
                <form method="post" action=view.at("/signed-in")>
                    <p class="choices">
                        <button class="action" name="take" value="true">
                            {words.take}
                        </button>
                        <button class="action quiet" name="take" value="false">
                            {words.keep}
                        </button>
                    </p>
                </form>
            }
            .into_any()
        }
        None if signed_in => view! {
            <p class="told" role="status">
                {words.proven}
            </p>
            <p class="soft">{words.is_proven}</p>
            <p class="choices">{back(words.go_on, "action")}</p>
        }
        .into_any(),
        None => {
            let state = if view.draft.proven { words.proven } else { words.not_yet };
            view! {
                <p>{state}</p>
                {offer(&view)}
                <p class="choices">{back(words.back, "action quiet")}</p>
            }
            .into_any()
        }
    };
    view! {
        <DraftFrame view=view.clone() title=words.title.to_owned() notice>
            {body}
        </DraftFrame>
    }
    .into_any()
}

/// On the way to the provider. A form may not lead to another site by itself, so this page does.
#[component]
pub(super) fn LeavingPage(view: DraftView, address: String) -> impl IntoView {
    let words = SignInWords::of(view.lang);
    let label = view.sign_in.as_ref().map(|label| label.get(view.lang).to_owned());
    let title = fill(words.going, &[("label", &label.unwrap_or_default())]);
    view! {
        <DraftFrame view=view.clone() title>
            <p>{words.going_how}</p>
            <p class="choices">
                <a class="action" href=address rel="noreferrer">
                    {words.go}
                </a>
                <a class="action quiet" href=view.at("")>
                    {words.back}
                </a>
            </p>
        </DraftFrame>
    }
    .into_any()
}

/// A sign-in that failed, and the way back to the draft where it is known.
#[component]
pub(super) fn FailedPage(lang: Lang, why: String, back: Option<String>) -> impl IntoView {
    let words = SignInWords::of(lang);
    let way = match back {
        Some(address) => view! {
            <p>{words.unchanged}</p>
            <p class="choices">
                <a class="action" href=address>
                    {words.back}
                </a>
            </p>
        }
        .into_any(),
        None => view! { <p>{words.where_back}</p> }.into_any(),
    };
    view! {
        <main class="applying">
            <Head lang hall=words.title.to_owned() />
            <h1>{words.failed}</h1>
            <p class="wrong" role="alert">
                {why}
            </p>
            {way}
        </main>
    }
    .into_any()
}
