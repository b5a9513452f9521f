//! What a scanned code is, and where it leads. A page that wants codes of its own listens to the
//! event `kiosk-scanned`, takes what is in `data-scanned` of the document (`identity
//! 11010519491231002X`) and prevents the default; else the code leads to the page that it
//! opens, from wherever the visitor is.

use jiban_domain::Token;
use leptos::prelude::*;
use web_sys::{Event, EventInit};

use crate::api::booking::token_in;

const EVENT: &str = "kiosk-scanned";
const SCANNED: &str = "data-scanned";

/// The figures of a pick-up code. A booking's has more.
pub const PICK_UP_CODE_LEN: usize = 6;

/// A code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScannedCode {
    /// The QR code of a slip or receipt, or what it leads to.
    Token(Token),
    /// The QR code of an application that is filled in, or of its printed form.
    Draft(Token),
    /// An identity number, by its check digit.
    Identity(String),
    /// The number of a case, as receipts have it.
    Case(String),
    /// A short code: of a booking or a pick-up.
    Short(String),
    /// Nothing of this hall.
    Unreadable,
}

impl ScannedCode {
    /// What a code is, in either case and with or without spaces around it.
    pub fn of(typed: &str) -> Self {
        let typed = typed.trim();
        if let Some(token) = token_in(typed) {
            let is_draft = typed.to_ascii_lowercase().contains("/d/");
            return if is_draft { Self::Draft(token) } else { Self::Token(token) };
        }
        let code = typed.to_ascii_uppercase();
        let digits = code.bytes().all(|byte| byte.is_ascii_digit());
        let plain = code.bytes().all(|byte| byte.is_ascii_alphanumeric());
        match code.len() {
            18 if is_identity_number(&code) => Self::Identity(code),
            12 if digits => Self::Case(code),
            6..=10 if plain => Self::Short(code),
            _ => Self::Unreadable,
        }
    }

    /// What the event says: a word and the code.
    fn told(&self) -> String {
        match self {
            Self::Token(token) => format!("token {token}"),
            Self::Draft(token) => format!("draft {token}"),
            Self::Identity(number) => format!("identity {number}"),
            Self::Case(number) => format!("case {number}"),
            Self::Short(code) => format!("code {code}"),
            Self::Unreadable => "unreadable".to_owned(),
        }
    }

    /// Tells the pages; whether one of them took it.
    pub fn is_taken(&self) -> bool {
        let Some(root) = document().document_element() else { return false };
        let _ = root.set_attribute(SCANNED, &self.told());
        let options = EventInit::new();
        options.set_cancelable(true);
        let taken = Event::new_with_event_init_dict(EVENT, &options)
            .is_ok_and(|event| window().dispatch_event(&event) == Ok(false));
        // Nothing of a visitor stays in the document.
        let _ = root.remove_attribute(SCANNED);
        taken
    }
}

/// Takes codes while the page is shown: `take` gets a word and the code (`identity
/// 11010519491231002X`), and says whether it took it.
pub fn on_scanned(take: impl Fn(&str, &str) -> bool + 'static) {
    let listener = window_event_listener_untyped(EVENT, move |event| {
        let root = document().document_element();
        let told = root.and_then(|root| root.get_attribute(SCANNED)).unwrap_or_default();
        let (word, code) = told.split_once(' ').unwrap_or((&told, ""));
        if take(word, code) {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Whether a short code is a pick-up code.
pub fn is_pick_up_code(code: &str) -> bool {
    code.len() == PICK_UP_CODE_LEN && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// Eighteen places with the check digit of GB 11643 (MOD 11-2).
fn is_identity_number(code: &str) -> bool {
    let places: Option<Vec<u32>> = (0..)
        .zip(code.chars())
        .map(|(at, sign)| if at == 17 && sign == 'X' { Some(10) } else { sign.to_digit(10) })
        .collect();
    places.is_some_and(|places| {
        places.iter().zip((0..18).rev()).map(|(place, power)| place * 2_u32.pow(power)).sum::<u32>()
            % 11
            == 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_read_from_its_address_in_either_case() {
        let token = Token([7; 16]);
        for code in [
            format!("HTTP://192.168.1.20:3000/T/{token}"),
            format!("http://hall.example/t/{}", token.to_string().to_lowercase()),
            format!(" {token} "),
        ] {
            assert_eq!(ScannedCode::of(&code), ScannedCode::Token(token), "{code}");
        }
    }

    #[test]
    fn an_application_is_read_from_its_address() {
        let token = Token([7; 16]);
        for code in [
            format!("HTTP://192.168.1.20:3000/D/{token}"),
            format!("http://hall.example/d/{}", token.to_string().to_lowercase()),
        ] {
            assert_eq!(ScannedCode::of(&code), ScannedCode::Draft(token), "{code}");
        }
    }

    #[test]
    fn each_code_is_what_it_is() {
        let id = "11010519491231002X";
        assert_eq!(ScannedCode::of(id), ScannedCode::Identity(id.to_owned()));
        assert_eq!(ScannedCode::of("11010519491231002x"), ScannedCode::Identity(id.to_owned()));
        assert_eq!(ScannedCode::of("110105194912310021"), ScannedCode::Unreadable);
        assert_eq!(ScannedCode::of("261125000173"), ScannedCode::Case("261125000173".to_owned()));
        assert_eq!(ScannedCode::of("482913"), ScannedCode::Short("482913".to_owned()));
        assert_eq!(ScannedCode::of("b7k2m9qa"), ScannedCode::Short("B7K2M9QA".to_owned()));
        for rubbish in ["", "6901234567892", "https://example.org/", "###", "身份证"] {
            assert_eq!(ScannedCode::of(rubbish), ScannedCode::Unreadable, "{rubbish}");
        }
    }
}
