//! Speech synthesis with espeak-ng, if it is installed: announcements, for displays whose
//! browser has no Chinese voice ([`jiban_app::parts::announce`]), and what a kiosk reads out.

mod spoken;
mod turn;

use std::process::Stdio;
use std::sync::OnceLock;
use std::time::Duration;

use jiban_domain::Lang;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

pub use turn::Crowded;
use turn::Turn;

use crate::languages::simplified;

const PROGRAM: &str = "espeak-ng";
/// Its Mandarin voice mispronounces characters, but reads pinyin with tones correctly.
const MANDARIN: &str = "cmn-latn-pinyin";
/// Words per minute. The default of 175 is too fast for a hall.
const RATE: &str = "135";
/// Synthesis takes some hundredths of a second.
const TIMEOUT: Duration = Duration::from_secs(5);
/// Characters of a sentence; a longer one is cut.
const MAX_CHARACTERS: usize = 160;

/// Whether espeak-ng is installed. It is looked up once.
pub fn available() -> bool {
    static FOUND: OnceLock<bool> = OnceLock::new();
    *FOUND.get_or_init(|| {
        std::env::var_os("PATH").is_some_and(|path| {
            std::env::split_paths(&path).any(|folder| folder.join(PROGRAM).is_file())
        })
    })
}

/// A Chinese sentence as a WAV file; `None` if espeak-ng is missing or failed.
///
/// # Errors
/// [`Crowded`]: too many wait for another sentence.
pub async fn wav(sentence_zh: &str) -> Result<Option<Vec<u8>>, Crowded> {
    wav_in(Lang::Zh, sentence_zh).await
}

/// The same in another language; `None` also if espeak-ng does not speak it.
///
/// # Errors
/// [`Crowded`]: too many wait for another sentence.
pub async fn wav_in(lang: Lang, sentence: &str) -> Result<Option<Vec<u8>>, Crowded> {
    static TURN: Turn = Turn::new();
    if !available() {
        return Ok(None);
    }
    let (voice, words) = match lang.base() {
        Lang::Zh => {
            // The dictionary of readings has words in simplified characters.
            (MANDARIN, spoken::pinyin(&simplified(sentence), MAX_CHARACTERS))
        }
        _ => (lang.tag(), spoken::plain(sentence, MAX_CHARACTERS)),
    };
    if words.is_empty() {
        return Ok(None);
    }
    // One line: the voice, and what it says.
    TURN.sound(&format!("{voice} {words}"), sound).await
}

async fn sound(line: &str) -> Option<Vec<u8>> {
    let (voice, words) = line.split_once(' ')?;
    let cause = match tokio::time::timeout(TIMEOUT, synthesise(voice, words)).await {
        Ok(Ok(wav)) if is_wav(&wav) => return Some(with_true_lengths(wav)),
        Ok(Ok(_)) => "no sound was produced".to_owned(),
        Ok(Err(error)) => error.to_string(),
        Err(_) => "it timed out".to_owned(),
    };
    tracing::warn!("{PROGRAM} failed: {cause}");
    None
}

async fn synthesise(voice: &str, words: &str) -> std::io::Result<Vec<u8>> {
    let mut process = Command::new(PROGRAM)
        .args(["-v", voice, "-s", RATE, "-g", "2", "-b", "1", "--stdin", "--stdout"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    if let Some(mut stdin) = process.stdin.take() {
        stdin.write_all(words.as_bytes()).await?;
    }
    Ok(process.wait_with_output().await?.stdout)
}

const HEAD: usize = 44;

fn is_wav(bytes: &[u8]) -> bool {
    bytes.len() > HEAD && bytes.starts_with(b"RIFF") && &bytes[36..40] == b"data"
}

/// Corrects the lengths in the head: written to a pipe, they are two gigabytes, and a browser
/// would wait for the rest.
fn with_true_lengths(mut wav: Vec<u8>) -> Vec<u8> {
    let length = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX).to_le_bytes();
    let (whole, sound) = (length(wav.len() - 8), length(wav.len() - HEAD));
    wav[4..8].copy_from_slice(&whole);
    wav[40..44].copy_from_slice(&sound);
    wav
}

#[cfg(test)]
mod tests {
    use jiban_app::parts::announce;

    use super::*;

    #[tokio::test]
    async fn each_language_has_its_voice() {
        if !available() {
            return;
        }
        let sounds = [
            wav_in(Lang::Zh, "请选择业务").await,
            wav_in(Lang::En, "What do you need?").await,
            wav_in(Lang::make_known("de", "Deutsch"), "Was brauchen Sie?").await,
        ];
        for sound in sounds {
            assert!(sound.unwrap().is_some_and(|wav| is_wav(&wav)));
        }
        let same = wav_in(Lang::make_known("zh-Hant", "繁體中文"), "請選擇業務").await;
        assert_eq!(same.unwrap(), wav_in(Lang::Zh, "请选择业务").await.unwrap());
        let nobody = Lang::make_known("x-nobody", "Nobody");
        assert_eq!(wav_in(nobody, "words").await.unwrap(), None);
        assert_eq!(wav_in(Lang::En, "<>").await.unwrap(), None, "nothing to say");
    }

    #[tokio::test]
    async fn an_announcement_is_a_few_seconds_of_sound() {
        if !available() {
            return;
        }
        let sentence = announce::sentence("A012", "1号窗口");
        let sound_file = wav(&sentence).await.unwrap().unwrap();
        let rate = u32::from_le_bytes(sound_file[24..28].try_into().unwrap());
        let sound = u32::from_le_bytes(sound_file[40..44].try_into().unwrap());
        assert_eq!(sound as usize + HEAD, sound_file.len());
        let seconds = f64::from(sound) / 2.0 / f64::from(rate);
        assert!((2.0..15.0).contains(&seconds), "{seconds} s");
        let loud =
            sound_file[HEAD..].chunks(2).any(|pair| i16::from_le_bytes([pair[0], pair[1]]) > 4000);
        assert!(loud, "silence");
        assert_eq!(wav(&sentence).await.unwrap().unwrap(), sound_file);
    }
}
