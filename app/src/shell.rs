//! The document around a page.

use std::sync::Arc;

use jiban_domain::Lang;
use jiban_domain::setup::KioskScreen;
use leptos::prelude::*;

use crate::least_browser::{LEAST_BROWSERS, check_script};
use crate::parts::plain_style;
use crate::words;

/// The addresses of the built files; their names contain a hash of their
/// content.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Assets {
    pub style: String,
    /// The kiosk's sheets alone.
    pub kiosk_style: String,
    /// What a kiosk loads: it restarts after every fault, on any network.
    pub kiosk: Module,
    /// What every other machine and desk loads.
    pub desks: Module,
    /// The script that keeps a progress page up to date.
    pub progress_script: String,
    /// The script that sends files from a case's page.
    pub supply_script: String,
    /// The script that keeps what is typed into an application, and sends its files.
    pub apply_script: String,
    /// The script that shows an applicant a helper who is beside them.
    pub beside_script: String,
    /// The script by which an applicant signs.
    pub sign_script: String,
    /// The script that gives a page its stream, and the worker that all pages share.
    pub stream_script: String,
    /// The script by which a kiosk is worked with fingers and keys.
    pub kiosk_script: String,
    /// How a kiosk is made usable for those who see, hear, reach or read less, and its style:
    /// loaded when somebody asks for it.
    pub accessibility_script: String,
    pub accessibility_style: String,
    /// How a kiosk's camera reads a code, loaded likewise.
    pub camera_script: String,
    pub streams_worker: String,
}

/// What is around the content of one answer.
#[derive(Debug, Clone, Default)]
pub struct Shell {
    pub assets: Arc<Assets>,
    /// Marks our inline scripts and styles, which the browser then allows; other answers have
    /// others.
    pub nonce: String,
    /// Only what a page's script replaces in it: no style, which the page has.
    pub parts_only: bool,
}

/// A page's program, in two files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Module {
    /// The script that starts the WebAssembly.
    pub script: String,
    pub wasm: String,
}

/// The page that the browser mounts, and what it needs to know at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// `kiosk`, `display`, `counter`, `office` or `admin`.
    pub page: &'static str,
    /// The kiosk's or hall's id; empty for other pages.
    pub id: String,
    pub title: &'static str,
    /// Where the screen of a kiosk is.
    pub screen: KioskScreen,
}

/// Starts the WebAssembly. Reloads the page if the WebAssembly did not arrive
/// or failed, since nobody stands beside a machine to do it. It waits for the
/// server first: the browser's own error page would never come back.
fn start_script(module: &Module) -> String {
    format!(
        "const over = () => setTimeout(() => fetch('/healthz').then(
  answer => answer.ok ? location.reload() : over(), over), 5000);
const broke = error => error instanceof WebAssembly.RuntimeError && over();
addEventListener('error', event => broke(event.error));
addEventListener('unhandledrejection', event => broke(event.reason));
if (!window.isTooOld) import('{}').then(page => page.default({{ module_or_path: '{}' }})).catch(over);",
        module.script, module.wasm
    )
}

/// The document in which the browser mounts a page. Until then, where scripts are
/// disabled and where the browser is too old, it says so in plain words.
#[component]
pub fn MachineDocument(shell: Shell, machine: Machine) -> impl IntoView {
    let Shell { assets, nonce, .. } = shell;
    let is_kiosk = machine.page == "kiosk";
    let (module, style) = if is_kiosk {
        (&assets.kiosk, &assets.kiosk_style)
    } else {
        (&assets.desks, &assets.style)
    };
    let start = start_script(module);
    let KioskScreen { height_mm, lower_edge_mm } = machine.screen;
    let screen = format!("{height_mm} {lower_edge_mm}");
    let body_nonce = nonce.clone();
    view! {
        <!DOCTYPE html>
        <html lang=Lang::Zh.tag() data-page=machine.page data-id=machine.id data-languages=words::known_languages() data-screen=screen>
            <head>
                <meta charset="utf-8" />
                <meta
                    name="viewport"
                    content="width=device-width, initial-scale=1, viewport-fit=cover"
                />
                // Chromium would offer to translate it, over the page and for the next visitor too.
                <meta name="google" content="notranslate" />
                <title>{machine.title}</title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=style.clone() />
                <script src=assets.stream_script.clone() data-streams=assets.streams_worker.clone() defer></script>
                {is_kiosk
                    .then(|| view! {
                        <script
                            src=assets.kiosk_script.clone()
                            data-accessibility=assets.accessibility_script.clone()
                            data-camera=assets.camera_script.clone()
                            data-style=assets.accessibility_style.clone()
                            defer
                        ></script>
                    })}
                <link rel="modulepreload" href=module.script.clone() />
                <link
                    rel="preload"
                    href=module.wasm.clone()
                    r#as="fetch"
                    r#type="application/wasm"
                    crossorigin="anonymous"
                />
                // Not in the body, which the page empties: it keeps the nonce.
                <script type="module" nonce=nonce inner_html=start></script>
            </head>
            <body class=format!("page-{}", machine.page)>
                <div class="starting">
                    // Shown by the script below: where scripts are disabled nothing starts.
                    <p hidden>"正在启动 · Starting"</p>
                    <div class="too-old" hidden role="alert">
                        <p>"浏览器版本过低，打不开这个页面。请更新浏览器，或换用下列版本及以上的浏览器。"</p>
                        <p lang="en">
                            "This browser is too old for this page. Update it, or use one of these or newer."
                        </p>
                        <p>{LEAST_BROWSERS}</p>
                    </div>
                    <noscript>
                        <p>"此页面需要启用 JavaScript。This page needs JavaScript."</p>
                    </noscript>
                </div>
                <script nonce=body_nonce inner_html=check_script()></script>
            </body>
        </html>
    }
}

/// A page that the server renders whole. It loads nothing else: the style is
/// part of it. Where scripts are disabled, a page that changes reloads itself
/// twice a minute.
#[component]
pub fn Document(
    shell: Shell,
    lang: Lang,
    title: String,
    /// The address of the stream of changes; empty for a page that does not
    /// change.
    #[prop(optional)]
    live: String,
    /// What the stream calls the state that the page shows.
    #[prop(optional)]
    edition: String,
    /// Files are sent from the page. It does not reload itself where scripts are disabled,
    /// because it has a form.
    #[prop(optional)]
    supplies: bool,
    /// It is a page of an application: its script keeps what is typed.
    #[prop(optional)]
    applies: bool,
    /// The body.
    children: Children,
) -> impl IntoView {
    let Shell { assets, nonce, parts_only } = shell;
    if parts_only {
        return view! {
            <!DOCTYPE html>
            <html>
                <head>
                    <title>{title}</title>
                    {(!live.is_empty())
                        .then(|| view! { <script data-live=live data-edition=edition></script> })}
                </head>
                <body>{children()}</body>
            </html>
        }
        .into_any();
    }
    let fresh = (!live.is_empty()).then(|| {
        let supply = supplies
            .then(|| view! { <script src=assets.supply_script.clone() defer></script> });
        let anew = (!supplies).then(|| {
            view! {
                <noscript>
                    <meta http-equiv="refresh" content="30" />
                </noscript>
            }
        });
        view! {
            <script src=assets.stream_script.clone() data-streams=assets.streams_worker.clone() defer></script>
            <script
                src=assets.progress_script.clone()
                data-live=live
                data-edition=edition
                defer
            ></script>
            {supply}
            {anew}
        }
    });
    let applying = applies.then(|| {
        view! {
            <style nonce=nonce.clone() inner_html=plain_style::apply_sheet()></style>
            <script src=assets.supply_script.clone() defer></script>
            <script src=assets.apply_script.clone() defer></script>
            <script src=assets.beside_script.clone() defer></script>
            <script src=assets.sign_script.clone() defer></script>
        }
    });
    view! {
        <!DOCTYPE html>
        <html lang=lang.tag()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="robots" content="noindex" />
                <meta name="referrer" content="no-referrer" />
                <meta name="format-detection" content="telephone=no" />
                <title>{title}</title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <style nonce=nonce inner_html=plain_style::sheet()></style>
                {applying}
                {fresh}
            </head>
            <body class="page-document">{children()}</body>
        </html>
    }
    .into_any()
}
