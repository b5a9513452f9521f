//! The server's own Chinese voice, for displays whose browser has none:
//! espeak-ng, where it is installed. What is said is
//! [`jiban_app::parts::announce`]'s.

mod spoken;

use std::collections::VecDeque;
use std::process::Stdio;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::process::Command;

const PROGRAM: &str = "espeak-ng";
/// Words a minute; its usual 175 is too quick for a hall.
const RATE: &str = "135";
/// A call takes a few seconds to say and a few hundredths to make.
const LIMIT: Duration = Duration::from_secs(5);
/// Calls kept: what several displays say at once, and recalls.
const KEPT: usize = 24;
/// No call is longer; a sentence beyond it is cut.
const MOST_SIGNS: usize = 120;

/// Whether this machine can speak. Looked for once.
pub fn available() -> bool {
    static FOUND: OnceLock<bool> = OnceLock::new();
    *FOUND.get_or_init(|| {
        std::env::var_os("PATH").is_some_and(|path| {
            std::env::split_paths(&path).any(|folder| folder.join(PROGRAM).is_file())
        })
    })
}

/// A Chinese sentence as a WAV file; none where this machine cannot speak, or
/// its voice failed.
pub async fn wav(sentence_zh: &str) -> Option<Vec<u8>> {
    if !available() {
        return None;
    }
    let words = spoken::pinyin(sentence_zh, MOST_SIGNS);
    if let Some(known) = kept(&words) {
        return Some(known);
    }
    let said = match tokio::time::timeout(LIMIT, say(&words)).await {
        Ok(Ok(said)) if is_wav(&said) => with_true_lengths(said),
        failed => {
            let cause = match failed {
                Ok(Ok(_)) => "it made no sound".to_owned(),
                Ok(Err(fault)) => fault.to_string(),
                Err(_) => "it took too long".to_owned(),
            };
            tracing::warn!("{PROGRAM} failed: {cause}");
            return None;
        }
    };
    keep(words, &said);
    Some(said)
}

async fn say(words: &str) -> std::io::Result<Vec<u8>> {
    let mut voice = Command::new(PROGRAM)
        // Its Mandarin voice garbles characters; it reads pinyin with tones right.
        .args(["-v", "cmn-latn-pinyin", "-s", RATE, "-g", "2", "-b", "1", "--stdin", "--stdout"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    if let Some(mut ear) = voice.stdin.take() {
        ear.write_all(words.as_bytes()).await?;
    }
    Ok(voice.wait_with_output().await?.stdout)
}

const HEAD: usize = 44;

fn is_wav(bytes: &[u8]) -> bool {
    bytes.len() > HEAD && bytes.starts_with(b"RIFF") && &bytes[36..40] == b"data"
}

/// Written to a pipe, the file's head says two gigabytes, and a browser waits
/// for the rest.
fn with_true_lengths(mut wav: Vec<u8>) -> Vec<u8> {
    let length = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX).to_le_bytes();
    let (whole, sound) = (length(wav.len() - 8), length(wav.len() - HEAD));
    wav[4..8].copy_from_slice(&whole);
    wav[40..44].copy_from_slice(&sound);
    wav
}

static SAID: Mutex<VecDeque<(String, Vec<u8>)>> = Mutex::new(VecDeque::new());

fn kept(words: &str) -> Option<Vec<u8>> {
    let said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
    said.iter().find(|(known, _)| known == words).map(|(_, wav)| wav.clone())
}

fn keep(words: String, wav: &[u8]) {
    let mut said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
    if said.len() >= KEPT {
        said.pop_front();
    }
    said.push_back((words, wav.to_owned()));
}

#[cfg(test)]
mod tests {
    use jiban_app::parts::announce;

    use super::*;

    #[tokio::test]
    async fn a_call_is_said_in_a_few_seconds_of_sound() {
        if !available() {
            return;
        }
        let sentence = announce::sentence("A012", "1号窗口");
        let said = wav(&sentence).await.unwrap();
        let rate = u32::from_le_bytes(said[24..28].try_into().unwrap());
        let sound = u32::from_le_bytes(said[40..44].try_into().unwrap());
        assert_eq!(sound as usize + HEAD, said.len());
        let seconds = f64::from(sound) / 2.0 / f64::from(rate);
        assert!((2.0..15.0).contains(&seconds), "{seconds} s");
        let loud = said[HEAD..].chunks(2).any(|pair| i16::from_le_bytes([pair[0], pair[1]]) > 4000);
        assert!(loud, "silence");
        assert_eq!(wav(&sentence).await.unwrap(), said);
    }
}
