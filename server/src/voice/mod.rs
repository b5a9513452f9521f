//! Speech synthesis in Chinese with espeak-ng, if it is installed, for displays whose browser
//! has no Chinese voice. The sentences are from [`jiban_app::parts::announce`].

mod spoken;
mod turn;

use std::process::Stdio;
use std::sync::OnceLock;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::process::Command;

pub use turn::Crowded;
use turn::Turn;

const PROGRAM: &str = "espeak-ng";
/// Words per minute. The default of 175 is too fast for a hall.
const RATE: &str = "135";
/// Synthesis takes some hundredths of a second.
const TIMEOUT: Duration = Duration::from_secs(5);
/// Characters of a sentence; a longer one is cut.
const MAX_CHARACTERS: usize = 120;

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
    static TURN: Turn = Turn::new();
    if !available() {
        return Ok(None);
    }
    TURN.sound(&spoken::pinyin(sentence_zh, MAX_CHARACTERS), sound).await
}

async fn sound(words: &str) -> Option<Vec<u8>> {
    let cause = match tokio::time::timeout(TIMEOUT, synthesise(words)).await {
        Ok(Ok(wav)) if is_wav(&wav) => return Some(with_true_lengths(wav)),
        Ok(Ok(_)) => "no sound was produced".to_owned(),
        Ok(Err(error)) => error.to_string(),
        Err(_) => "it timed out".to_owned(),
    };
    tracing::warn!("{PROGRAM} failed: {cause}");
    None
}

async fn synthesise(words: &str) -> std::io::Result<Vec<u8>> {
    let mut process = Command::new(PROGRAM)
        // Its Mandarin voice mispronounces characters, but reads pinyin with tones correctly.
        .args(["-v", "cmn-latn-pinyin", "-s", RATE, "-g", "2", "-b", "1", "--stdin", "--stdout"])
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
