//! The document around a page.

use jiban_domain::Lang;
use leptos::prelude::*;

use crate::parts::plain_style;

/// Where the built files are; their names carry a hash of what is in them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Assets {
    /// The style sheet.
    pub style: String,
    /// What a kiosk loads: it starts again after every fault, on any network.
    pub kiosk: Module,
    /// What every other machine loads.
    pub desks: Module,
    /// The few lines that keep a progress page fresh.
    pub progress_script: String,
}

/// A page's program, in two files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Module {
    /// The script that starts the WebAssembly.
    pub script: String,
    /// The WebAssembly.
    pub wasm: String,
}

/// Which machine the browser mounts, and what it must know at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// `kiosk`, `display`, `counter`, `office` or `admin`.
    pub page: &'static str,
    /// The kiosk's or hall's id; empty where the page needs none.
    pub id: String,
    /// The title of the window.
    pub title: &'static str,
}

/// Starts the WebAssembly, and starts the page over when that did not come, or
/// when it broke: nobody stands beside a machine to press a key. It waits for
/// the server first, since a browser's own error page would not come back.
fn start_script(module: &Module) -> String {
    format!(
        "const over = () => setTimeout(() => fetch('/healthz').then(
  answer => answer.ok ? location.reload() : over(), over), 5000);
const broke = error => error instanceof WebAssembly.RuntimeError && over();
addEventListener('error', event => broke(event.error));
addEventListener('unhandledrejection', event => broke(event.reason));
import('{}').then(page => page.default({{ module_or_path: '{}' }})).catch(over);",
        module.script, module.wasm
    )
}

/// The document in which the browser mounts a machine. Until it is mounted,
/// and where scripts are off, the document says so in plain words.
#[component]
pub fn MachineDocument(
    /// Where the built files are.
    assets: Assets,
    /// Which machine.
    machine: Machine,
) -> impl IntoView {
    let module = if machine.page == "kiosk" { assets.kiosk } else { assets.desks };
    let start = start_script(&module);
    view! {
        <!DOCTYPE html>
        <html lang=Lang::Zh.tag() data-page=machine.page data-id=machine.id>
            <head>
                <meta charset="utf-8" />
                <meta
                    name="viewport"
                    content="width=device-width, initial-scale=1, viewport-fit=cover"
                />
                <title>{machine.title}</title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=assets.style />
                <link rel="modulepreload" href=module.script />
                <link
                    rel="preload"
                    href=module.wasm
                    r#as="fetch"
                    r#type="application/wasm"
                    crossorigin="anonymous"
                />
            </head>
            <body class=format!("page-{}", machine.page)>
                <div class="starting">
                    <p>"正在启动 · Starting"</p>
                    <noscript>
                        <p>"此页面需要启用 JavaScript。This page needs JavaScript."</p>
                    </noscript>
                </div>
                <script type="module" inner_html=start></script>
            </body>
        </html>
    }
}

/// A document the server renders whole. It asks for nothing but its own text:
/// the style stands in it. Where scripts are off, a page that changes loads
/// itself anew twice a minute.
#[component]
pub fn Document(
    /// Where the built files are.
    assets: Assets,
    /// The language of the words in it.
    lang: Lang,
    /// The title of the window.
    title: String,
    /// The stream that tells of changes; empty for a page that does not change.
    #[prop(optional)]
    live: String,
    /// The page does not load itself anew where scripts are off: something is
    /// filled in on it.
    #[prop(optional)]
    calm: bool,
    /// What stands in `<body>`.
    children: Children,
) -> impl IntoView {
    let fresh = (!live.is_empty()).then(|| {
        let anew = (!calm).then(|| {
            view! {
                <noscript>
                    <meta http-equiv="refresh" content="30" />
                </noscript>
            }
        });
        view! {
            <script src=assets.progress_script data-live=live defer></script>
            {anew}
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
                <style inner_html=plain_style::sheet()></style>
                {fresh}
            </head>
            <body class="page-document">{children()}</body>
        </html>
    }
}
