//! The WebSocket of a draft in the browser.

use jiban_domain::{Lang, Token};
use leptos::prelude::window;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use web_sys::{MessageEvent, WebSocket};

/// One connection, which ends with it.
pub(super) struct Socket {
    socket: WebSocket,
    // Must live as long as the socket that calls it.
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

impl Socket {
    /// Connects to a draft at the server of this page, and tells what comes.
    pub fn open(token: Token, lang: Lang, hear: impl Fn(&str) + 'static) -> Option<Self> {
        let socket = WebSocket::new(&address(token, lang)?).ok()?;
        let on_message = Closure::new(move |message: MessageEvent| {
            let text = message.data().as_string().unwrap_or_default();
            hear(&text);
        });
        socket.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        Some(Self { socket, _on_message: on_message })
    }

    pub fn is_open(&self) -> bool {
        self.socket.ready_state() == WebSocket::OPEN
    }

    pub fn is_connecting(&self) -> bool {
        self.socket.ready_state() == WebSocket::CONNECTING
    }

    /// Sends a message, where there is a connection.
    pub fn send(&self, text: &str) {
        if self.is_open() {
            let _ = self.socket.send_with_str(text);
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.socket.set_onmessage(None);
        let _ = self.socket.close();
    }
}

/// The address of a draft's WebSocket at the server of this page.
fn address(token: Token, lang: Lang) -> Option<String> {
    let location = window().location();
    let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
    let host = location.host().ok()?;
    Some(format!("{scheme}://{host}/api/apply/live?token={token}&lang={}", lang.tag()))
}
