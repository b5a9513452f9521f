//! What a screen or a paper shows of a name or telephone that not everybody may read.

use super::ApplicantKind;
use super::masked_ends::masked;

/// The common family names of two characters.
const COMPOUND: [&str; 12] = [
    "欧阳", "司马", "上官", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐", "端木", "司徒", "夏侯",
];

/// A name masked: `张*`, `欧阳**`; of a business both ends are shown.
pub fn masked_name(kind: ApplicantKind, name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let stars = |count: usize| "*".repeat(count.min(4));
    match (kind, letters.len()) {
        (_, 0) => String::new(),
        (_, 1) => "*".to_owned(),
        (ApplicantKind::Business, long) if long > 6 => {
            let head: String = letters[..2].iter().collect();
            let tail: String = letters[long - 2..].iter().collect();
            format!("{head}{}{tail}", stars(long - 4))
        }
        (_, long) => {
            let double = COMPOUND.iter().any(|known| name.starts_with(known)) && long > 2;
            let shown = if double { 2 } else { 1 };
            format!("{}{}", letters[..shown].iter().collect::<String>(), stars(long - shown))
        }
    }
}

/// A telephone number masked: `138****5678`, `+852****4567`, of a short one `****4321`; of an
/// extension nothing is shown.
pub fn masked_telephone(telephone: &str) -> String {
    let (number, extension) = telephone.split_once('-').unwrap_or((telephone, ""));
    let head = if number.starts_with('+') { 4 } else { 3 };
    let masked = masked(number, head, 4);
    if extension.is_empty() { masked } else { format!("{masked}-{}", "*".repeat(extension.len())) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::identity::{last_four, masked_number};

    #[test]
    fn masks_show_the_ends_alone() {
        let person = |name| masked_name(ApplicantKind::Person, name);
        assert_eq!(
            (person("张伟"), person("欧阳修"), person("张")),
            ("张*".into(), "欧阳*".into(), "*".into())
        );
        assert_eq!(masked_name(ApplicantKind::Business, "青禾区小满咖啡馆"), "青禾****啡馆");
        assert_eq!(masked_telephone("13812345678"), "138****5678");
        assert_eq!(masked_telephone("+85291234567"), "+852****4567");
        assert_eq!(masked_telephone("057187654321-8001"), "057*****4321-****");
        assert_eq!(masked_telephone("4008100080"), "40****0080");
        assert_eq!(masked_telephone("87654321"), "****4321");
        assert_eq!(masked_telephone("87654321-12"), "****4321-**");
        assert_eq!(masked_telephone("8765432"), "*******");
        assert_eq!(masked_telephone("+12345678"), "+****5678");
        assert_eq!(last_four("11010519491231002X"), "002X");
    }

    proptest! {
        #[test]
        fn a_mask_hides_something(typed in ".{0,40}") {
            let shown = masked_name(ApplicantKind::Person, &typed);
            prop_assert!(typed.chars().count() < 3 || shown.contains('*'));
            prop_assert!(typed.is_empty() || masked_number(&typed).contains('*') || typed.contains('*'));
        }

        #[test]
        fn of_a_telephone_four_figures_are_hidden(number in "\\+?[0-9]{4,15}", extension in "(-[0-9]{1,6})?") {
            let shown = masked_telephone(&format!("{number}{extension}"));
            let shown = shown.split('-').next().unwrap_or_default();
            prop_assert!(shown.matches('*').count() >= 4, "{shown}");
            prop_assert_eq!(shown.len(), number.len());
        }
    }
}
