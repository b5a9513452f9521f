//! The keys for whatever field was touched last: figures, letters, or characters by pinyin. A
//! key writes into the field as a keyboard would, so that the fields know nothing of it, and
//! takes nobody's focus.

use leptos::ev::FocusEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventInit, HtmlInputElement, HtmlTextAreaElement};

use super::super::booking::name_pad::{CharacterKeys, Writing};
use super::super::keypad::Keypad;
use super::super::words::words as kiosk_words;
use super::steps::into_sight;
use super::words::{KioskApplyWords, LatinWords};
use crate::parts::icon::{self, Icon};
use crate::words::lang;

/// Nobody writes more at a kiosk.
const LONGEST: usize = 200;
/// The keys of figures, with what stands between them.
const FIGURES: &str = "123456789.0-X";

/// A character, and what it is called.
type Character = (char, fn(&LatinWords) -> &'static str);

/// What else names have, and addresses of e-mail.
const CHARACTERS: [Character; 6] = [
    ('·', |words| words.middle_dot),
    ('@', |words| words.at),
    ('-', |words| words.hyphen),
    ('.', |words| words.full_stop),
    ('/', |words| words.slash),
    ('_', |words| words.underscore),
];

/// Which keys are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Pinyin,
    Figures,
    Latin,
}

/// What is written into.
#[derive(Clone)]
enum Target {
    Input(HtmlInputElement),
    Area(HtmlTextAreaElement),
}

impl Target {
    /// What of an event can be written into.
    fn of(event: &FocusEvent) -> Option<Self> {
        let target = event.target()?;
        match target.dyn_into::<HtmlInputElement>() {
            Ok(input) => {
                let typed = !matches!(&*input.type_(), "radio" | "checkbox" | "file" | "button");
                typed.then_some(Self::Input(input))
            }
            Err(target) => target.dyn_into::<HtmlTextAreaElement>().ok().map(Self::Area),
        }
    }

    fn element(&self) -> &Element {
        match self {
            Self::Input(input) => input,
            Self::Area(area) => area,
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Input(input) => input.value(),
            Self::Area(area) => area.value(),
        }
    }

    fn is_number(&self) -> bool {
        let name = self.element().get_attribute("name").unwrap_or_default();
        matches!(name.rsplit('.').next(), Some("number" | "code"))
    }

    fn keyboard(&self) -> String {
        let attribute = |element: &Element| element.get_attribute("inputmode");
        match self {
            Self::Input(input) => attribute(input),
            Self::Area(area) => attribute(area),
        }
        .unwrap_or_default()
    }

    fn write(&self, text: &str) {
        let bubbles = EventInit::new();
        bubbles.set_bubbles(true);
        let Ok(event) = Event::new_with_event_init_dict("input", &bubbles) else { return };
        let _ = match self {
            Self::Input(input) => {
                input.set_value(text);
                input.dispatch_event(&event)
            }
            Self::Area(area) => {
                area.set_value(text);
                area.dispatch_event(&event)
            }
        };
    }
}

/// The keys, and what they write into.
#[derive(Clone, Copy)]
pub(super) struct Keys {
    text: RwSignal<String>,
    mode: RwSignal<Option<Mode>>,
    target: StoredValue<Option<Target>, LocalStorage>,
}

impl Keys {
    pub fn new() -> Self {
        let keys = Self {
            text: RwSignal::new(String::new()),
            mode: RwSignal::new(None),
            target: StoredValue::new_local(None),
        };
        Effect::new(move || {
            let text = keys.text.get();
            keys.target.with_value(|target| {
                if let Some(target) = target
                    && target.text() != text
                {
                    target.write(&text);
                }
            });
        });
        keys
    }

    /// A field was touched, or something else that takes no letters.
    pub fn focused(self, event: &FocusEvent) {
        let target = Target::of(event);
        let mode = target.as_ref().map(|target| match &*target.keyboard() {
            "numeric" | "decimal" | "tel" => Mode::Figures,
            // Of an identity paper or a business: mostly figures.
            _ if target.is_number() => Mode::Figures,
            "email" => Mode::Latin,
            _ => Mode::Pinyin,
        });
        let text = target.as_ref().map(Target::text).unwrap_or_default();
        // The keys that come may cover it.
        if let Some(target) = target.clone() {
            request_animation_frame(move || into_sight(target.element()));
        }
        self.target.set_value(target);
        self.text.set(text);
        self.mode.set(mode);
    }

    /// Nothing is written into.
    pub fn leave(self) {
        self.target.set_value(None);
        self.mode.set(None);
        self.text.set(String::new());
    }

    fn push(self, character: char) {
        self.refresh();
        self.text.update(|text| {
            if text.chars().count() < LONGEST {
                text.push(character);
            }
        });
    }

    fn erase(self) {
        self.refresh();
        self.text.update(|text| _ = text.pop());
    }

    /// Whether keys are shown.
    pub fn are_shown(self) -> bool {
        self.mode.with(Option::is_some)
    }

    /// What somebody else wrote into the field meanwhile counts.
    pub fn refresh(self) {
        let now = self.target.with_value(|target| target.as_ref().map(Target::text));
        if let Some(now) = now
            && self.text.with_untracked(|text| *text != now)
        {
            self.text.set(now);
        }
    }
}

/// The keys of what was touched last.
#[component]
pub(super) fn KeysPanel(keys: Keys) -> impl IntoView {
    let lang = lang();
    let words = move || KioskApplyWords::of(lang.get());
    let mode_key = move |mode: Mode, label: fn(&KioskApplyWords) -> &'static str| {
        view! {
            <button
                class="button"
                class:on=move || keys.mode.get() == Some(mode)
                aria-pressed=move || (keys.mode.get() == Some(mode)).to_string()
                on:click=move |_| keys.mode.set(Some(mode))
            >
                {move || label(words())}
            </button>
        }
    };
    let modes = move || {
        view! {
            <div class="modes" role="group" aria-label=move || words().keys>
                {mode_key(Mode::Pinyin, |words| words.keys_text)}
                {mode_key(Mode::Figures, |words| words.keys_figures)}
                {mode_key(Mode::Latin, |words| words.keys_latin)}
                <button class="button" on:click=move |_| keys.leave()>
                    {move || words().keys_done}
                </button>
            </div>
        }
    };
    let board = move || match keys.mode.get() {
        None => view! { <p class="soft idle">{words().touch_a_field}</p> }.into_any(),
        Some(Mode::Figures) => view! {
            {modes()}
            <Keypad
                keys=FIGURES
                on_character=move |character| keys.push(character)
                on_erase=move || keys.erase()
            />
        }
        .into_any(),
        Some(Mode::Latin) => view! {
            {modes()}
            <LatinKeys keys />
        }
        .into_any(),
        Some(Mode::Pinyin) => {
            let writing = Writing::new(keys.text, LONGEST);
            view! {
                {modes()}
                <CharacterKeys writing />
            }
            .into_any()
        }
    };
    view! {
        // A key must not take the focus from the field that it writes into.
        <div
            class="touch-keys"
            on:pointerdown=|event| event.prevent_default()
            on:mousedown=|event| event.prevent_default()
        >
            {board}
        </div>
    }
}

/// Letters, small or capital, and other characters: four rows of ten.
#[component]
fn LatinKeys(keys: Keys) -> impl IntoView {
    let lang = lang();
    let words = move || LatinWords::of(lang.get());
    let capitals = RwSignal::new(false);
    let letter = move |letter: char| {
        let typed = move || if capitals.get() { letter } else { letter.to_ascii_lowercase() };
        view! {
            <button
                class="button letter"
                data-key=letter.to_string()
                on:click=move |_| keys.push(untrack(typed))
            >
                {move || typed().to_string()}
            </button>
        }
    };
    let other = move |(character, name): Character| {
        view! {
            <button
                class="button letter"
                data-key=character.to_string()
                aria-label=move || name(words())
                on:click=move |_| keys.push(character)
            >
                {character}
            </button>
        }
    };
    view! {
        <div class="letters">
            {('A'..='Z').map(letter).collect_view()} {CHARACTERS.map(other).collect_view()}
            <button
                class="button"
                data-key="CapsLock"
                aria-pressed=move || capitals.get().to_string()
                on:click=move |_| capitals.update(|on| *on = !*on)
            >
                {move || words().capitals}
            </button>
            <button class="button" data-key=" " on:click=move |_| keys.push(' ')>
                {move || words().space}
            </button>
            <button class="button" on:click=move |_| keys.text.set(String::new())>
                {move || kiosk_words().clear}
            </button>
            <button
                class="button"
                data-key="Backspace"
                aria-label=move || kiosk_words().erase
                on:click=move |_| keys.erase()
            >
                <Icon path=icon::ERASE />
            </button>
        </div>
    }
}
