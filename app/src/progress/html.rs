//! Whole pages as HTML, ready to be sent: the server needs to know no
//! component.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::case_page::CasePage;
use super::case_view::CaseView;
use super::front_page::{FrontPage, HallPages};
use super::page::ProgressPage;
use super::plain::{MessagePage, NotFoundPage, UnavailablePage};
use super::verify_page::VerifyPage;
use super::verify_words::VerifyWords;
use super::view::ProgressView;
use super::words::ProgressWords;
use crate::api::Refused;
use crate::api::case::Verified;
use crate::shell::{Document, Machine, MachineDocument, Shell};

pub(crate) fn to_html<V: IntoView + 'static>(document: impl FnOnce() -> V) -> String {
    Owner::new().with(|| document().into_view().to_html())
}

/// The document in which the browser mounts the page of a machine.
pub fn machine(shell: &Shell, machine: Machine) -> String {
    let shell = shell.clone();
    to_html(move || view! { <MachineDocument shell machine /> })
}

/// `/t/{token}`. `live` is the address of its stream,
/// `/events/progress?token=…`.
pub fn progress(shell: &Shell, view: ProgressView, live: &str) -> String {
    let shell = shell.clone();
    let live = if view.over { String::new() } else { live.to_owned() };
    to_html(move || {
        view! {
            <Document shell lang=view.lang title=view.title.clone() live=live>
                <ProgressPage view />
            </Document>
        }
    })
}

/// `/t/{token}` of a case. `live` is the address of its stream, `supply` where
/// photographs are uploaded.
pub fn case(shell: &Shell, view: CaseView, live: &str, supply: &str) -> String {
    let shell = shell.clone();
    let live = if view.over { String::new() } else { live.to_owned() };
    let supply = supply.to_owned();
    // Reloading the page would discard a file that was just chosen.
    let supplies =
        (view.missing.iter().any(|one| one.by_phone)) || view.sent.iter().any(|one| one.takes_more);
    to_html(move || {
        view! {
            <Document shell lang=view.visit.lang title=view.title.clone() live supplies>
                <CasePage view supply />
            </Document>
        }
    })
}

/// `/verify` and `/verify/{code}`.
pub fn verify(shell: &Shell, lang: Lang, code: String, verified: Option<Verified>) -> String {
    let shell = shell.clone();
    to_html(move || {
        view! {
            <Document shell lang title=VerifyWords::of(lang).title.to_owned()>
                <VerifyPage lang code verified />
            </Document>
        }
    })
}

/// Status 404.
pub fn not_found(shell: &Shell, lang: Lang) -> String {
    let shell = shell.clone();
    to_html(move || {
        view! {
            <Document shell lang title=ProgressWords::of(lang).not_found.to_owned()>
                <NotFoundPage lang />
            </Document>
        }
    })
}

/// Status 503 or 500; `reference` identifies the failure in the log, or is
/// empty.
pub fn unavailable(shell: &Shell, lang: Lang, reference: &str) -> String {
    let (shell, reference) = (shell.clone(), reference.to_owned());
    to_html(move || {
        view! {
            <Document shell lang title=ProgressWords::of(lang).unavailable.to_owned()>
                <UnavailablePage lang reference />
            </Document>
        }
    })
}

/// Any other refusal, with its own status: an unknown kiosk or hall, for
/// example.
pub fn refused(shell: &Shell, lang: Lang, refused: &Refused) -> String {
    let (shell, refused) = (shell.clone(), refused.clone());
    to_html(move || {
        view! {
            <Document shell lang title=refused.message.clone()>
                <MessagePage message=refused.message next=refused.next />
            </Document>
        }
    })
}

/// `/`.
pub fn front_page(shell: &Shell, lang: Lang, halls: Vec<HallPages>) -> String {
    let shell = shell.clone();
    to_html(move || {
        view! {
            <Document shell lang title=ProgressWords::of(lang).jiban.to_owned()>
                <FrontPage lang halls />
            </Document>
        }
    })
}

/// A document that prints itself once it is loaded: 80 mm wide and as high as
/// the drawing, or an A4 page.
pub fn self_printing(svg: &str, a4: bool, nonce: &str) -> String {
    let high = svg
        .split_once(" height=\"")
        .and_then(|(_, rest)| rest.split_once("mm\""))
        .map_or("200", |(high, _)| high);
    let page = if a4 { "210mm 297mm".to_owned() } else { format!("80mm {high}mm") };
    format!(
        "<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>打印</title>\
         <style nonce=\"{nonce}\">@page{{size:{page};margin:0}}body{{margin:0}}svg{{display:block}}\
         @media screen{{body{{background:#e9e6df;padding:1rem}}svg{{margin:auto}}}}</style></head>\
         <body>{svg}<script nonce=\"{nonce}\">addEventListener('load',()=>print())</script></body></html>"
    )
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::shell::Assets;

    fn page(state: &crate::api::progress::Progress, lang: Lang) -> String {
        let script = "/assets/progress.js".to_owned();
        let assets = Assets { progress_script: script, ..Assets::default() };
        let shell = Shell { assets: assets.into(), nonce: "N0".to_owned() };
        let view = ProgressView::of(state, lang, 0, |_| "09:05".to_owned());
        progress(&shell, view, "/events/progress?token=T")
    }

    #[test]
    fn a_progress_page_is_one_whole_document() {
        let page = page(&sample::waiting(), Lang::Zh);
        assert!(page.starts_with("<!DOCTYPE html>"), "{page}");
        for text in [
            "A012",
            "3 人",
            "约 10–20 分钟",
            "09:05",
            "取号",
            "0571-12345",
            "经营场所平面图（可以后补）",
        ] {
            assert!(page.contains(text), "{text} is missing in {page}");
        }
        assert!(page.contains(r#"data-live="/events/progress?token=T""#));
        assert!(page.contains(r#"content="noindex""#) && page.contains(r#"content="no-referrer""#));
        assert!(!page.contains("stylesheet") && page.contains("<style nonce=\"N0\">"));
    }

    #[test]
    fn the_front_page_links_to_every_page_in_both_languages() {
        let halls = || {
            vec![HallPages {
                id: jiban_domain::HallId::from("main"),
                name: jiban_domain::Text::new("主大厅", "Main hall"),
                kiosks: vec![("K1".into(), jiban_domain::Text::new("一楼", "1F"))],
            }]
        };
        for (lang, hall) in [(Lang::Zh, "主大厅"), (Lang::En, "Main hall")] {
            let page = front_page(&Shell::default(), lang, halls());
            assert!(page.contains(hall), "{page}");
            for href in [
                "/guides",
                "/verify",
                "/kiosk/K1",
                "/display/main",
                "/counter",
                "/office",
                "/admin",
            ] {
                assert!(page.contains(&format!("href=\"{href}\"")), "{href} is missing");
            }
        }
    }

    #[test]
    fn an_ended_ticket_listens_no_more() {
        let mut ended = sample::called();
        ended.state = jiban_domain::ticket::TicketState::Finished;
        let page = page(&ended, Lang::En);
        assert!(!page.contains("data-live") && !page.contains("http-equiv=\"refresh\""));
    }

    #[test]
    fn a_cases_page_takes_photographs_of_what_is_missing_without_scripts() {
        let mut case = sample::case();
        case.missing.push(crate::api::progress::MissingMaterial {
            id: 2,
            name: jiban_domain::Text::from("<b>平面图"),
            form: jiban_domain::setup::Form::Copy,
            until: None,
            by_phone: true,
            unreadable: None,
            asked: false,
        });
        let shell = Shell::default();
        let view = CaseView::of(&sample::called(), &case, None, Lang::Zh, 0, |_| {
            "2026-11-25 09:05".to_owned()
        });
        let page = super::case(&shell, view, "/events/progress?token=T", "/t/T/supply");
        assert!(page.contains(r#"action="/t/T/supply""#) && page.contains("multipart/form-data"));
        assert!(page.contains("261125 00017 3") && page.contains("12月1日 周二"));
        assert!(!page.contains("http-equiv=\"refresh\""), "it would take what was chosen");
        assert!(!page.contains("<b>平面图"), "{page}");
    }

    #[test]
    fn what_people_named_is_text_and_no_markup() {
        let mut progress = sample::called();
        progress.counter_name = Some(jiban_domain::Text::from("<script>1</script>"));
        let page = page(&progress, Lang::Zh);
        assert!(!page.contains("<script>1"), "{page}");
    }
}
