//! What can happen at a terminal, as its director reads it.

use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::text::Text;

/// What happened. Its name in snake case is on the wire and in the database; a terminal of another
/// version may send others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum TerminalEventKind {
    /// The program; its version.
    Started,
    /// A newer program lies in its place, and it ends for that one.
    Updated,
    /// The program in its place does not run on this machine.
    UpdateFailed,
    BrowserStarted,
    BrowserDied,
    /// The page gave no sign.
    BrowserHung,
    /// The page was at another address.
    BrowserStrayed,
    /// It took more memory than it may.
    BrowserGrew,
    SecondPage,
    /// The server does not answer.
    CutOff,
    /// The server answers again.
    Back,
    StoreDamaged,
    DiskFull,
    /// The server accepts its key no more.
    KeyChanged,
}

impl TerminalEventKind {
    /// What happened, in the words of the screens.
    pub fn name(self) -> Text {
        let (zh, en) = match self {
            Self::Started => ("程序启动", "program started"),
            Self::Updated => ("换用新程序", "changed over to a newer program"),
            Self::UpdateFailed => ("新程序不能运行", "a newer program does not run"),
            Self::BrowserStarted => ("浏览器启动", "browser started"),
            Self::BrowserDied => ("浏览器中断", "browser died"),
            Self::BrowserHung => ("页面没有反应", "page hung"),
            Self::BrowserStrayed => ("页面离开了本机地址", "page left its address"),
            Self::BrowserGrew => ("浏览器占用内存过多", "browser took too much memory"),
            Self::SecondPage => ("打开了第二个页面", "second page opened"),
            Self::CutOff => ("与服务器断开", "cut off from the server"),
            Self::Back => ("与服务器恢复连接", "server reached again"),
            Self::StoreDamaged => ("存储文件损坏，已更换", "store damaged and replaced"),
            Self::DiskFull => ("磁盘已满", "disk full"),
            Self::KeyChanged => ("密钥不再有效", "key no longer valid"),
        };
        Text::new(zh, en)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_kind_has_words_of_its_own_in_both_languages() {
        let mut names = BTreeSet::new();
        for kind in TerminalEventKind::VARIANTS {
            let Text { zh, en } = kind.name();
            assert!(!zh.is_ascii(), "{kind:?}");
            assert!(!en.is_empty() && en.is_ascii() && !en.contains('_'), "{kind:?}");
            assert!(names.insert(zh) && names.insert(en), "{kind:?} is called like another");
        }
    }

    #[test]
    fn a_kind_is_read_from_its_name_on_the_wire() {
        for kind in TerminalEventKind::VARIANTS {
            assert_eq!(kind.into_str().parse::<TerminalEventKind>(), Ok(*kind));
        }
        assert_eq!(TerminalEventKind::BrowserStrayed.into_str(), "browser_strayed");
        assert!("of_a_newer_terminal".parse::<TerminalEventKind>().is_err());
    }
}
