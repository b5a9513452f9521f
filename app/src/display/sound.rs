//! The sound of a display: a chime, then a voice. The voice is the browser's
//! own if it has a Chinese one, otherwise the server's, otherwise none.
//!
//! Never an online voice: it would fail with the internet connection, and would
//! tell a third party who is called.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AudioContext, AudioContextState, HtmlAudioElement, OscillatorType, SpeechSynthesis,
    SpeechSynthesisUtterance, SpeechSynthesisVoice,
};

/// Frequency in hertz, and the start in seconds.
const CHIME: [(f32, f64); 2] = [(659.26, 0.0), (523.25, 0.45)];
const TONE_SECONDS: f64 = 1.1;
const LOUDNESS: f32 = 0.4;
/// The voice begins when the chime has nearly faded.
const VOICE_AFTER_MS: u32 = 1_200;
/// An audio device takes a moment to start; only then is silence a fault.
const SILENT_CHECKS_BEFORE_WARNING: u32 = 8;

/// Which voice spoke last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// The browser's.
    Browser,
    /// The server's.
    Server,
    /// None: the chime alone.
    Chime,
}

impl Voice {
    /// The value of the page's `data-voice` attribute.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::Server => "server",
            Self::Chime => "chime",
        }
    }
}

/// The display's sound. Bound to the browser's only thread.
pub struct Sound {
    context: Option<AudioContext>,
    voice: RwSignal<Option<Voice>>,
    blocked: RwSignal<bool>,
    silent_checks: Cell<u32>,
    speech: Rc<RefCell<Option<Speech>>>,
    ended: Rc<Cell<bool>>,
    chiming: RefCell<Option<Timeout>>,
}

/// What is speaking, with the callbacks for its end.
struct Speech {
    by: Speaker,
    _on_end: Closure<dyn FnMut()>,
    _on_error: Closure<dyn FnMut()>,
}

enum Speaker {
    Browser(SpeechSynthesis, SpeechSynthesisUtterance),
    Server(HtmlAudioElement),
}

impl Drop for Speech {
    fn drop(&mut self) {
        match &self.by {
            Speaker::Browser(synthesis, utterance) => {
                utterance.set_onend(None);
                utterance.set_onerror(None);
                synthesis.cancel();
            }
            Speaker::Server(audio) => {
                audio.set_onended(None);
                audio.set_onerror(None);
                let _ = audio.pause();
            }
        }
    }
}

impl Sound {
    /// Prepares the sound. `voice` will say which voice spoke last, `blocked`
    /// that the browser allows no sound before someone touches the screen.
    pub fn new(voice: RwSignal<Option<Voice>>, blocked: RwSignal<bool>) -> Self {
        // Browsers load their voices on the first request.
        let _ = chinese_voice();
        Self {
            context: AudioContext::new().ok(),
            voice,
            blocked,
            silent_checks: Cell::new(0),
            speech: Rc::default(),
            ended: Rc::new(Cell::new(true)),
            chiming: RefCell::default(),
        }
    }

    /// Whether everything has been spoken.
    pub fn ended(&self) -> bool {
        self.ended.get()
    }

    /// Checks whether the browser allows sound. To be called regularly.
    pub fn check(&self) {
        let silent = self.context.is_some() && !self.is_running();
        let checks = if silent { self.silent_checks.get().saturating_add(1) } else { 0 };
        self.silent_checks.set(checks);
        let blocked = checks >= SILENT_CHECKS_BEFORE_WARNING;
        if self.blocked.get_untracked() != blocked {
            self.blocked.set(blocked);
        }
    }

    /// Someone touched the screen: the browser now allows sound.
    pub fn unblock(&self) {
        if let Some(context) = &self.context {
            let _ = context.resume();
        }
    }

    /// Plays the chime and then speaks `sentence`. `recorded` is the address of
    /// the server's recording of it, if there is one.
    pub fn say(&self, sentence: String, recorded: Option<String>) {
        self.ended.set(false);
        self.speech.take();
        self.unblock();
        let _ = self.chime();
        let (voice, speech, ended) = (self.voice, self.speech.clone(), self.ended.clone());
        self.chiming.replace(Some(Timeout::new(VOICE_AFTER_MS, move || {
            speak(&sentence, recorded, voice, &speech, &ended);
        })));
    }

    fn is_running(&self) -> bool {
        self.context.as_ref().is_some_and(|context| context.state() == AudioContextState::Running)
    }

    fn chime(&self) -> Result<(), JsValue> {
        // Tones given to a suspended context would all sound at once when it
        // resumes.
        let Some(context) = self.context.as_ref().filter(|_| self.is_running()) else {
            return Ok(());
        };
        for (frequency, after) in CHIME {
            let start = context.current_time() + after;
            let end = start + TONE_SECONDS;
            let (tone, level) = (context.create_oscillator()?, context.create_gain()?);
            tone.set_type(OscillatorType::Sine);
            tone.frequency().set_value(frequency);
            level.gain().set_value_at_time(0.0, start)?;
            level.gain().linear_ramp_to_value_at_time(LOUDNESS, start + 0.01)?;
            level.gain().exponential_ramp_to_value_at_time(0.001, end)?;
            tone.connect_with_audio_node(&level)?;
            level.connect_with_audio_node(&context.destination())?;
            tone.start_with_when(start)?;
            tone.stop_with_when(end)?;
        }
        Ok(())
    }
}

/// A Chinese voice that works offline.
fn chinese_voice() -> Option<(SpeechSynthesis, SpeechSynthesisVoice)> {
    let synthesis = web_sys::window()?.speech_synthesis().ok()?;
    let voice = synthesis
        .get_voices()
        .iter()
        .filter_map(|voice| voice.dyn_into::<SpeechSynthesisVoice>().ok())
        .find(|voice| voice.local_service() && is_mandarin(&voice.lang()))?;
    Some((synthesis, voice))
}

/// `zh-HK` speaks Cantonese, which few halls expect.
fn is_mandarin(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase().replace('_', "-");
    (tag == "zh" || tag.starts_with("zh-") || tag.starts_with("cmn")) && !tag.starts_with("zh-hk")
}

fn speak(
    sentence: &str,
    recorded: Option<String>,
    voice: RwSignal<Option<Voice>>,
    speech: &Rc<RefCell<Option<Speech>>>,
    ended: &Rc<Cell<bool>>,
) {
    let on_end = ends(ended);
    let utterance = chinese_voice().and_then(|(synthesis, spoken_by)| {
        let utterance = SpeechSynthesisUtterance::new_with_text(sentence).ok()?;
        utterance.set_lang(&spoken_by.lang());
        utterance.set_voice(Some(&spoken_by));
        utterance.set_rate(0.9);
        Some((synthesis, utterance))
    });
    let Some((synthesis, utterance)) = utterance else {
        play(recorded, voice, speech, ended);
        return;
    };
    let on_error = {
        let (speech, ended) = (speech.clone(), ended.clone());
        let mut recorded = Some(recorded);
        Closure::new(move || {
            // Runs after this function has returned, since it replaces the
            // value that owns it.
            if let Some(recorded) = recorded.take() {
                let (speech, ended) = (speech.clone(), ended.clone());
                spawn_local(async move { play(recorded, voice, &speech, &ended) });
            }
        })
    };
    utterance.set_onend(Some(on_end.as_ref().unchecked_ref()));
    utterance.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    voice.set(Some(Voice::Browser));
    synthesis.speak(&utterance);
    *speech.borrow_mut() = Some(Speech {
        by: Speaker::Browser(synthesis, utterance),
        _on_end: on_end,
        _on_error: on_error,
    });
}

/// Plays the server's recording. Without one, the chime was all.
fn play(
    recorded: Option<String>,
    voice: RwSignal<Option<Voice>>,
    speech: &Rc<RefCell<Option<Speech>>>,
    ended: &Rc<Cell<bool>>,
) {
    let audio = recorded.and_then(|address| HtmlAudioElement::new_with_src(&address).ok());
    let Some((audio, playing)) = audio.and_then(|audio| Some((audio.clone(), audio.play().ok()?)))
    else {
        voice.set(Some(Voice::Chime));
        ended.set(true);
        return;
    };
    let (on_end, on_error) = (ends(ended), ends(ended));
    audio.set_onended(Some(on_end.as_ref().unchecked_ref()));
    audio.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    voice.set(Some(Voice::Server));
    let ended = ended.clone();
    spawn_local(async move {
        if JsFuture::from(playing).await.is_err() {
            voice.set(Some(Voice::Chime));
            ended.set(true);
        }
    });
    *speech.borrow_mut() =
        Some(Speech { by: Speaker::Server(audio), _on_end: on_end, _on_error: on_error });
}

fn ends(ended: &Rc<Cell<bool>>) -> Closure<dyn FnMut()> {
    let ended = ended.clone();
    Closure::new(move || ended.set(true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_mandarin_is_spoken() {
        for tag in ["zh-CN", "zh_CN", "zh", "zh-TW", "cmn-Hans-CN"] {
            assert!(is_mandarin(tag), "{tag}");
        }
        for tag in ["zh-HK", "en-US", "yue-HK", "zha"] {
            assert!(!is_mandarin(tag), "{tag}");
        }
    }
}
