//! Whole pages as HTML, ready to be sent: the server needs to know no
//! component.

use jiban_domain::Lang;
use leptos::prelude::*;

use super::case_page::CasePage;
use super::case_view::CaseView;
use super::front_page::{FrontPage, HallPages};
use super::give_back_page::GiveBackPage;
use super::page::ProgressPage;
use super::plain::{MessagePage, NotFoundPage, UnavailablePage, Ways};
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

/// Where a page hears of changes, and what it shows.
#[derive(Debug, Clone, Default)]
pub struct Stream {
    /// `/events/progress?token=…`.
    pub address: String,
    /// What the stream calls the state shown.
    pub edition: String,
}

impl Stream {
    /// None, for what does not change any more.
    fn unless(self, over: bool) -> Self {
        if over { Self::default() } else { self }
    }
}

/// `/t/{token}`. `give_back` is where the number is given back.
pub fn progress(shell: &Shell, view: ProgressView, stream: Stream, give_back: &str) -> String {
    let (shell, give_back) = (shell.clone(), give_back.to_owned());
    let Stream { address, edition } = stream.unless(view.over);
    to_html(move || {
        view! {
            <Document shell lang=view.lang title=view.title.clone() live=address edition>
                <ProgressPage view give_back />
            </Document>
        }
    })
}

/// `/t/{token}/give_back`: whether the number is really given back. `page` is that of the
/// ticket.
pub fn give_back(shell: &Shell, view: ProgressView, page: &str) -> String {
    let (shell, page) = (shell.clone(), page.to_owned());
    to_html(move || {
        let title = format!("{} · {}", view.number, ProgressWords::of(view.lang).give_back);
        view! {
            <Document shell lang=view.lang title=title>
                <GiveBackPage view page />
            </Document>
        }
    })
}

/// `/t/{token}` of a case. `supply` is where photographs are uploaded.
pub fn case(shell: &Shell, view: CaseView, stream: Stream, supply: &str) -> String {
    let shell = shell.clone();
    let Stream { address: live, edition } = stream.unless(view.over);
    let supply = supply.to_owned();
    // Reloading the page would discard a file that was just chosen.
    let supplies =
        (view.missing.iter().any(|one| one.by_phone)) || view.sent.iter().any(|one| one.takes_more);
    to_html(move || {
        view! {
            <Document
                shell
                lang=view.visit.lang
                title=view.title.clone()
                live
                edition
                supplies
            >
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

/// Status 404, of this path.
pub fn not_found(shell: &Shell, lang: Lang, path: &str) -> String {
    let (shell, path) = (shell.clone(), path.to_owned());
    to_html(move || {
        view! {
            <Document shell lang title=ProgressWords::of(lang).not_found.to_owned()>
                <NotFoundPage lang path />
            </Document>
        }
    })
}

/// Status 404, of a token that may be one: a terminal that is cut off gives numbers which the
/// hall does not know yet.
pub fn not_here_yet(shell: &Shell, lang: Lang, path: &str) -> String {
    let (shell, path) = (shell.clone(), path.to_owned());
    let words = ProgressWords::of(lang);
    to_html(move || {
        view! {
            <Document shell lang title=words.not_here.to_owned()>
                <MessagePage message=words.not_here.to_owned() next=words.not_here_next.to_owned()>
                    <Ways lang path />
                </MessagePage>
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

/// Any other refusal of this path, with its own status: an unknown kiosk or hall, for
/// example.
pub fn refused(shell: &Shell, lang: Lang, refused: &Refused, path: &str) -> String {
    let (shell, refused, path) = (shell.clone(), refused.clone(), path.to_owned());
    to_html(move || {
        view! {
            <Document shell lang title=refused.message.clone()>
                <MessagePage message=refused.message next=refused.next>
                    <Ways lang path />
                </MessagePage>
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

    fn stream() -> Stream {
        Stream { address: "/events/progress?token=T".to_owned(), edition: "e1".to_owned() }
    }

    fn page(state: &crate::api::progress::Progress, lang: Lang) -> String {
        let script = "/assets/progress.js".to_owned();
        let assets = Assets { progress_script: script, ..Assets::default() };
        let shell = Shell { assets: assets.into(), nonce: "N0".to_owned(), ..Shell::default() };
        let view = ProgressView::of(state, lang, 0, |_| "09:05".to_owned());
        progress(&shell, view, stream(), "/t/T/give_back")
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
                books: true,
                applies: true,
            }]
        };
        for (lang, hall) in [(Lang::Zh, "主大厅"), (Lang::En, "Main hall")] {
            let page = front_page(&Shell::default(), lang, halls());
            assert!(page.contains(hall), "{page}");
            for href in [
                "/guides",
                "/verify",
                "/apply/main",
                "/book/main",
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
    fn a_number_is_given_back_while_it_waits_or_was_missed() {
        let link = "/t/T/give_back";
        assert!(page(&sample::waiting(), Lang::Zh).contains(link));
        assert!(!page(&sample::called(), Lang::Zh).contains(link));
        let mut missed = sample::called();
        missed.state = jiban_domain::ticket::TicketState::Missed;
        assert!(page(&missed, Lang::En).contains(link));
        let view = ProgressView::of(&missed, Lang::Zh, 0, |_| "09:05".to_owned());
        let asks = give_back(&Shell::default(), view, "/t/T");
        for text in ["A012", "不能恢复", "method=\"post\"", "href=\"/t/T?lang=zh-CN\""] {
            assert!(asks.contains(text), "{text} is missing in {asks}");
        }
    }

    #[test]
    fn every_dead_end_has_a_way_on() {
        for (path, way) in [
            ("/t/nobody", "/guides"),
            ("/display/nowhere", "/"),
            ("/counter/somewhere", "/counter"),
            ("/office/x", "/office"),
            ("/admin/x", "/admin"),
        ] {
            for lang in [Lang::Zh, Lang::En] {
                let page = not_found(&Shell::default(), lang, path);
                assert!(page.contains(&format!("href=\"{way}\"")), "{path}: {page}");
            }
        }
    }

    #[test]
    fn only_the_parts_of_a_page_are_small() {
        let view = ProgressView::of(&sample::waiting(), Lang::Zh, 0, |_| "09:05".to_owned());
        let shell = Shell { parts_only: true, ..Shell::default() };
        let parts = progress(&shell, view, stream(), "/t/T/give_back");
        assert!(!parts.contains("<style"), "{parts}");
        assert!(parts.contains("data-part=\"now\"") && parts.contains("data-edition=\"e1\""));
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
            form: jiban_domain::setup::MaterialForm::Copy,
            until: None,
            by_phone: true,
            unreadable: None,
            asked: false,
        });
        let shell = Shell::default();
        let view = CaseView::of(&sample::called(), &case, None, Lang::Zh, 0, |_| {
            "2026-11-25 09:05".to_owned()
        });
        let page = super::case(&shell, view, stream(), "/t/T/supply");
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
