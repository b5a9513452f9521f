//! The key of a terminal. Where the hall wants one, a new terminal shows a code of six figures;
//! when an admin has accepted it, the server gives the key, which is kept in a file that only
//! this program's user may read. A terminal whose key was revoked gives nothing, and shows a new
//! code: whoever wants it back accepts it on the admin page, and nobody has to visit it. It keeps
//! the revoked key until then, for without any it would be served where no key is asked for.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use data_encoding::HEXLOWER;
use jiban_app::api::Refused;
use jiban_app::api::terminal::{AskPaired, BeginPairing, Paired, PairedAs, PairingCode};
use jiban_domain::terminal_event::TerminalEventKind;
use jiban_domain::{KioskId, Lang, Millis};
use tokio::time::sleep;

use super::server_link::{Answer, LONG_PATIENCE, own_language};
use super::{Terminal, read, write};
use crate::vault::random;

/// How often it is asked whether the code was accepted.
const ASK_EVERY: Duration = Duration::from_secs(3);

/// How the terminal stands with its hall.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Standing {
    /// It may do what kiosks do.
    #[default]
    Fine,
    /// It needs a key. The code to be typed on the admin page, once there is one.
    PairFirst { code: Option<String> },
    /// It was accepted as another kiosk than it was started as.
    OtherKiosk(KioskId),
    /// Its key was revoked. The code by which it is accepted again, once there is one.
    Revoked { code: Option<String> },
    /// Another program uses its key.
    KeyInUse,
    /// The hall has no such kiosk.
    NotRegistered(KioskId),
}

impl Standing {
    /// By the code of a refusal; none if the refusal says nothing about it.
    fn of_refusal(code: &str, kiosk: &KioskId) -> Option<Self> {
        match code {
            "unknown_kiosk" => Some(Self::NotRegistered(kiosk.clone())),
            "pair_first" => Some(Self::PairFirst { code: None }),
            "revoked" => Some(Self::Revoked { code: None }),
            "key_in_use" => Some(Self::KeyInUse),
            _ => None,
        }
    }

    /// This standing with a code to be typed on the admin page; none where no code helps.
    fn with_code(&self, code: Option<String>) -> Option<Self> {
        match self {
            Self::PairFirst { .. } => Some(Self::PairFirst { code }),
            Self::Revoked { .. } => Some(Self::Revoked { code }),
            _ => None,
        }
    }

    /// What the screen says to the installer; none where everything is fine.
    pub fn told(&self, lang: Lang) -> Option<Refused> {
        let (code, zh, en) = match self {
            Self::Fine => return None,
            Self::PairFirst { code: Some(code) } => {
                let code = in_two(code);
                (
                    "pair_first",
                    (
                        format!("配对码 {code}"),
                        "请大厅主任在管理页“终端运行”中输入这个配对码，并选择这台终端。".to_owned(),
                    ),
                    (
                        format!("Pairing code {code}"),
                        "Ask the director to type this code on the admin page, under Terminals, and to choose this kiosk."
                            .to_owned(),
                    ),
                )
            }
            Self::PairFirst { code: None } => (
                "pair_first",
                ("这台终端还没有配对。".to_owned(), "正在向服务器申请配对码，请稍候。".to_owned()),
                (
                    "This terminal is not paired yet.".to_owned(),
                    "It is asking the server for a code. One moment, please.".to_owned(),
                ),
            ),
            Self::OtherKiosk(kiosk) => (
                "pair_first",
                (
                    format!("配对成了另一台终端：{kiosk}。"),
                    format!("请用 --kiosk {kiosk} 启动，或重新配对。"),
                ),
                (
                    format!("It was paired as another kiosk: {kiosk}."),
                    format!("Start it with --kiosk {kiosk}, or pair it again."),
                ),
            ),
            Self::NotRegistered(kiosk) => (
                "unknown_kiosk",
                (
                    format!("大厅里没有编号为“{kiosk}”的自助终端。"),
                    "请在管理页（/admin）登记这台终端，或检查 --kiosk 后的编号。登记后本页自动启动。"
                        .to_owned(),
                ),
                (
                    format!("The hall has no kiosk with the id “{kiosk}”."),
                    "Register it in /admin, or check the id after --kiosk. The page then starts by itself."
                        .to_owned(),
                ),
            ),
            Self::Revoked { code: Some(code) } => {
                let code = in_two(code);
                (
                    "revoked",
                    (
                        format!("这台终端已停用。配对码 {code}"),
                        "它的密钥已被撤销。如要重新启用，请大厅主任在管理页“终端运行”中输入这个配对码。"
                            .to_owned(),
                    ),
                    (
                        format!("This terminal was taken out of use. Pairing code {code}"),
                        "Its key was revoked. To use it again, ask the director to type this code on the admin page, under Terminals."
                            .to_owned(),
                    ),
                )
            }
            Self::Revoked { code: None } => (
                "revoked",
                (
                    "这台终端已停用。".to_owned(),
                    "它的密钥已被撤销。正在申请配对码，可用来重新启用。".to_owned(),
                ),
                (
                    "This terminal was taken out of use.".to_owned(),
                    "Its key was revoked. It is asking for a code by which it can be used again."
                        .to_owned(),
                ),
            ),
            Self::KeyInUse => (
                "key_in_use",
                (
                    "另一台终端正在使用同一密钥。".to_owned(),
                    "请给每台机器单独配对；本机已停止取号。".to_owned(),
                ),
                (
                    "Another terminal uses the same key.".to_owned(),
                    "Pair each machine by itself. This one gives no numbers now.".to_owned(),
                ),
            ),
        };
        let (message, next) = match lang.base() {
            Lang::Zh => zh,
            _ => en,
        };
        Some(Refused { code: code.to_owned(), message, next, ..Refused::default() })
    }
}

/// Six figures as people read them.
fn in_two(code: &str) -> String {
    code.split_at_checked(3).map_or_else(|| code.to_owned(), |(a, b)| format!("{a} {b}"))
}

impl Terminal {
    /// How it stands with its hall.
    pub fn standing(&self) -> Standing {
        read(&self.standing).clone()
    }

    pub(super) fn set_standing(&self, standing: Standing) {
        let before = std::mem::replace(&mut *write(&self.standing), standing.clone());
        if before != standing {
            tracing::warn!(?standing, "how this terminal stands with its hall");
            // From the kiosk's page to the one that says so, or back.
            self.page.reload_when_idle();
            self.wake();
        }
    }

    /// A refusal may be about the key.
    pub(super) async fn refused_by_server(&self, answer: &Answer) {
        let code = answer.refused().unwrap_or_default();
        let Some(standing) = Standing::of_refusal(&code, &self.kiosk) else { return };
        let now = self.standing();
        // A code that is shown stays.
        let stays = matches!(
            (&now, &standing),
            (Standing::PairFirst { .. } | Standing::OtherKiosk(_), Standing::PairFirst { .. })
                | (Standing::Revoked { .. } | Standing::OtherKiosk(_), Standing::Revoked { .. })
        );
        if !stays {
            if now == Standing::Fine {
                self.note(TerminalEventKind::KeyChanged, &code).await;
            }
            self.set_standing(standing);
        }
        self.server.set_reached(false);
        self.wake();
    }

    /// Keeps a key, and uses it from now on.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn keep_key(&self, key: &str) -> io::Result<()> {
        write_key(&self.settings.key_file(), key)?;
        self.server.use_key(Some(key));
        Ok(())
    }
}

/// Reads the key; none where there is no file.
///
/// # Errors
/// It cannot be read.
pub(super) fn read_key(file: &Path) -> io::Result<Option<String>> {
    match std::fs::read_to_string(file) {
        Ok(key) => Ok(Some(key.trim().to_owned()).filter(|key| !key.is_empty())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whole or not at all: a power cut must not leave half a key.
fn write_key(file: &Path, key: &str) -> io::Result<()> {
    let part = file.with_added_extension("part");
    let mut written =
        OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
    written.write_all(key.as_bytes())?;
    written.write_all(b"\n")?;
    written.sync_all()?;
    std::fs::rename(&part, file)?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or_else(|| Path::new(".")))?.sync_all()
}

/// Asks for a code and for the key whenever the hall wants one; runs until it is dropped.
pub(super) async fn run(terminal: Arc<Terminal>) {
    let new_secret = || HEXLOWER.encode(&random::<32>());
    let mut secret = new_secret();
    let mut code = None::<PairingCode>;
    loop {
        sleep(ASK_EVERY).await;
        // A key that the server does not know, or no more, is as good as none.
        if terminal.standing().with_code(None).is_none() {
            // A secret is good for one key, and the next may be wanted long after.
            if code.take().is_some() {
                secret = new_secret();
            }
            continue;
        }
        // Asked first: it may have been accepted in the last moment of its code.
        if let Some(accepted) = ask(&terminal, &secret).await {
            // They are used up, also where the key is revoked before anybody looks again.
            if accept(&terminal, &accepted) {
                (secret, code) = (new_secret(), None);
            }
            continue;
        }
        let over = |code: &PairingCode| code.until <= terminal.clock.now();
        if code.as_ref().is_none_or(over) {
            code = begin(&terminal, &secret).await;
        }
        // Each time: a refusal that was still on its way may have taken the code from the screen.
        let shown = code.as_ref().map(|code| code.code.clone());
        let now = terminal.standing();
        if let Some(told) = now.with_code(shown).filter(|told| *told != now) {
            terminal.set_standing(told);
        }
    }
}

async fn begin(terminal: &Terminal, secret: &str) -> Option<PairingCode> {
    let call = BeginPairing { secret: secret.to_owned() };
    let answer = terminal.server.ask(&call, &own_language(), LONG_PATIENCE).await.ok()?;
    let code: PairingCode = serde_json::from_slice(&answer.body).ok()?;
    // By this clock, which may not have been set yet.
    let shortest: Millis = 60_000;
    Some(PairingCode { until: code.until.max(terminal.clock.now() + shortest), ..code })
}

async fn ask(terminal: &Terminal, secret: &str) -> Option<PairedAs> {
    let call = AskPaired { secret: secret.to_owned() };
    let answer = terminal.server.ask(&call, &own_language(), LONG_PATIENCE).await.ok()?;
    serde_json::from_slice::<Paired>(&answer.body).ok()?.accepted
}

/// Takes the key over, if it is this kiosk's and can be kept.
fn accept(terminal: &Terminal, accepted: &PairedAs) -> bool {
    if accepted.kiosk != terminal.kiosk {
        terminal.set_standing(Standing::OtherKiosk(accepted.kiosk.clone()));
        return false;
    }
    if let Err(error) = terminal.keep_key(&accepted.key) {
        tracing::error!(%error, "the key could not be kept");
        return false;
    }
    terminal.server.look_now();
    true
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_key_is_kept_for_this_user_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("k.key");
        assert_eq!(read_key(&file).unwrap(), None);
        write_key(&file, "first").unwrap();
        write_key(&file, "second").unwrap();
        assert_eq!(read_key(&file).unwrap().as_deref(), Some("second"));
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn the_code_is_shown_in_two_groups_in_both_languages() {
        let standing = Standing::PairFirst { code: Some("042917".to_owned()) };
        for lang in [Lang::Zh, Lang::En] {
            assert!(standing.told(lang).unwrap().message.contains("042 917"));
        }
        let revoked = Standing::Revoked { code: Some("042917".to_owned()) };
        for lang in [Lang::Zh, Lang::En] {
            assert!(revoked.told(lang).unwrap().message.contains("042 917"));
        }
        assert!(Standing::Fine.told(Lang::Zh).is_none());
    }
}
