//! The document around a page.

use jiban_domain::Lang;
use leptos::prelude::*;

/// Where the built files are; their names carry a hash of what is in them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Assets {
    /// The style sheet.
    pub style: String,
    /// The script that starts the WebAssembly.
    pub script: String,
    /// The WebAssembly.
    pub wasm: String,
    /// The few lines that keep a progress page fresh.
    pub progress_script: String,
}

/// Which machine the browser mounts, and what it must know at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// `kiosk`, `display`, `counter` or `admin`.
    pub page: &'static str,
    /// The kiosk's or hall's id; empty where the page needs none.
    pub id: String,
    /// The title of the window.
    pub title: &'static str,
}

/// The document in which the browser mounts a machine. Until it is mounted,
/// and where scripts are off, the document says so in plain words.
#[component]
pub fn MachineDocument(assets: Assets, machine: Machine) -> impl IntoView {
    let start = format!(
        "import start from '{}'; start({{ module_or_path: '{}' }});",
        assets.script, assets.wasm
    );
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
                <link rel="modulepreload" href=assets.script.clone() />
                <link
                    rel="preload"
                    href=assets.wasm.clone()
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

/// A document the server renders whole.
#[component]
pub fn Document(
    assets: Assets,
    lang: Lang,
    title: String,
    /// Where fresh markup of `<main>` comes from; empty for a page that does not change.
    #[prop(optional)]
    live: String,
    children: Children,
) -> impl IntoView {
    let script = (!live.is_empty())
        .then(|| view! { <script src=assets.progress_script data-live=live defer></script> });
    view! {
        <!DOCTYPE html>
        <html lang=lang.tag()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="robots" content="noindex" />
                <meta name="referrer" content="no-referrer" />
                <title>{title}</title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=assets.style />
                {script}
            </head>
            <body class="page-document">{children()}</body>
        </html>
    }
}
