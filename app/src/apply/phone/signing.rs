//! Signing on the screen before sending, which needs a script; without one the form is signed on
//! paper. A helper is shown nothing of it.

use leptos::prelude::*;

use super::view::DraftView;

crate::words! {
    pub SigningWords {
        title: "签名" | "Signature",
        here: "请申请人本人用手指在框内签名。" | "The applicant signs here with a finger.",
        pad: "签名框" | "Field to sign in",
        again: "重写" | "Sign again",
        signed: "已在屏幕上签名。" | "Signed on the screen.",
        anew: "重新签名会代替原来的签名。" | "To sign again replaces it.",
        changed: "签名后改过内容的，需要重新签名。" | "Whatever is changed after that is to be signed again.",
        on_paper: "也可以打印申请表，在纸上签名，到窗口时带来。" |
            "You can also print the form, sign it on paper and bring it to the counter.",
        only_paper: "请打印申请表，在纸上签名，到窗口时带来；也可以在窗口签。" |
            "Print the form, sign it on paper and bring it to the counter, or sign there.",
        print: "打印申请表" | "Print the form",
        not_signed: "申请表还没有签名：打印后签好带来，或到窗口签。" |
            "The form is not signed yet: print and sign it, or sign it at the counter.",
        failed: "签名没有保存，申请还没有提交。请再试一次，或清除签名后提交，到窗口签。" |
            "The signature was not kept, so nothing was sent. Try again, or clear it, send, and sign at the counter.",
    }
}

/// The part of the page from which a draft is sent.
pub(super) fn signing(view: &DraftView) -> Option<AnyView> {
    if view.draft.by_helper {
        return None;
    }
    let words = SigningWords::of(view.lang);
    let (token, version) = (view.draft.token, view.draft.version);
    let signed = view.draft.signed.then(|| {
        view! {
            <p class="told">{words.signed} " " {words.anew}</p>
        }
    });
    Some(
        view! {
            <section class="signing" data-call=format!("/api/apply/sign?token={token}&version={version}") data-failed=words.failed>
                <h2>{words.title}</h2>
                {signed}
                <div class="pad" hidden>
                    <p>{words.here} " " <span class="soft">{words.changed}</span></p>
                    <canvas role="img" aria-label=words.pad></canvas>
                    <button type="button" class="link">
                        {words.again}
                    </button>
                </div>
                <p class="soft by-script" hidden>
                    {words.on_paper}
                </p>
                <p class="soft without-script">{words.only_paper}</p>
                <p>
                    <a href=format!("/api/apply/form.pdf?token={token}") target="_blank">
                        {words.print}
                    </a>
                </p>
                <p class="wrong" role="alert" hidden></p>
            </section>
        }
        .into_any(),
    )
}

/// Whether what was sent is signed.
pub(super) fn said(view: &DraftView) -> AnyView {
    let words = SigningWords::of(view.lang);
    let said = if view.draft.signed { words.signed } else { words.not_signed };
    view! { <li>{said}</li> }.into_any()
}
