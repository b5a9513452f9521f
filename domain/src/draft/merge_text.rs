//! Two changes of one text, made at the same time from the same beginning.

/// Draws what follows it together with what is before it.
const JOINER: char = '\u{200d}';

/// The change where one changed something, or both the same.
pub(super) fn only_change<'a, T: PartialEq + ?Sized>(
    base: &'a T,
    ours: &'a T,
    theirs: &'a T,
) -> Option<&'a T> {
    if ours == theirs || theirs == base {
        return Some(ours);
    }
    (ours == base).then_some(theirs)
}

/// Applies both changes where they are in different places; none where they touch the same
/// characters, so that somebody has to choose.
pub(super) fn merge(base: &str, ours: &str, theirs: &str) -> Option<String> {
    if let Some(change) = only_change(base, ours, theirs) {
        return Some(change.to_owned());
    }
    let base: Vec<char> = base.chars().collect();
    let (one, other) = (Edit::of(&base, ours), Edit::of(&base, theirs));
    let (first, second) = if one.end <= other.start { (one, other) } else { (other, one) };
    // Two insertions in one place have no order of their own.
    let same_place = first.start == second.start && first.end == second.end;
    // Nor may the end of one and the beginning of the other become one letter.
    let seam: Vec<char> =
        first.put.chars().next_back().into_iter().chain(second.put.chars().next()).collect();
    let one_letter = first.end == second.start && belongs_before(&seam, 1);
    if first.end > second.start || same_place || one_letter {
        return None;
    }
    let mut merged: String = base[..first.start].iter().collect();
    merged.push_str(&first.put);
    merged.extend(&base[first.end..second.start]);
    merged.push_str(&second.put);
    merged.extend(&base[second.end..]);
    Some(merged)
}

/// What a change did: characters `start..end` were replaced. It begins and ends between letters
/// as people see them, so that a mark never moves to a letter that somebody else wrote.
struct Edit {
    start: usize,
    end: usize,
    put: String,
}

impl Edit {
    fn of(base: &[char], changed: &str) -> Self {
        let changed: Vec<char> = changed.chars().collect();
        let mut start = base.iter().zip(&changed).take_while(|(one, other)| one == other).count();
        while belongs_before(base, start) || belongs_before(&changed, start) {
            start -= 1;
        }
        let mut same_end = base[start..]
            .iter()
            .rev()
            .zip(changed[start..].iter().rev())
            .take_while(|(one, other)| one == other)
            .count();
        while same_end > 0
            && (belongs_before(base, base.len() - same_end)
                || belongs_before(&changed, changed.len() - same_end))
        {
            same_end -= 1;
        }
        let put = changed[start..changed.len() - same_end].iter().collect();
        Self { start, end: base.len() - same_end, put }
    }
}

/// Whether a character is drawn together with the one before it.
fn belongs_before(text: &[char], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|before| text.get(before)) else { return false };
    text.get(at).is_some_and(|c| *before == JOINER || is_mark(*c))
}

/// Whether a character changes how the one before it looks: accents, tones and vowel signs of
/// the scripts that are written in the country, joiners, variation selectors, colours of skin.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}'
        | '\u{483}'..='\u{489}'
        | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}'
        | '\u{670}'
        | '\u{6d6}'..='\u{6dc}'
        | '\u{6df}'..='\u{6e4}'
        | '\u{6e7}'..='\u{6e8}'
        | '\u{6ea}'..='\u{6ed}'
        // Tibetan.
        | '\u{f18}'..='\u{f19}'
        | '\u{f35}'
        | '\u{f37}'
        | '\u{f39}'
        | '\u{f3e}'..='\u{f3f}'
        | '\u{f71}'..='\u{f84}'
        | '\u{f86}'..='\u{f87}'
        | '\u{f8d}'..='\u{fbc}'
        | '\u{fc6}'
        // Mongolian.
        | '\u{180b}'..='\u{180d}'
        | '\u{180f}'
        | '\u{1885}'..='\u{1886}'
        | '\u{18a9}'
        | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{200c}'..='\u{200d}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{302a}'..='\u{302f}'
        | '\u{3099}'..='\u{309a}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}'
        | '\u{1f3fb}'..='\u{1f3ff}'
        | '\u{e0100}'..='\u{e01ef}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::merge;

    #[test]
    fn changes_in_different_places_are_both_kept() {
        let merged = |base, ours, theirs| merge(base, ours, theirs);
        assert_eq!(
            merged("建设路1号", "建设路1号院", "中原区建设路1号"),
            Some("中原区建设路1号院".into())
        );
        assert_eq!(merged("甲乙丙", "乙丙", "甲乙"), Some("乙".into()));
        assert_eq!(merged("", "甲", "甲"), Some("甲".into()));
        assert_eq!(merged("甲", "乙", "甲"), Some("乙".into()));
    }

    #[test]
    fn changes_of_the_same_characters_are_nobodys_to_join() {
        assert_eq!(merge("", "一句", "另一句"), None);
        assert_eq!(merge("甲乙丙", "甲x丙", "甲y丙"), None);
        assert_eq!(merge("甲", "甲一", "甲二"), None);
    }

    #[test]
    fn a_mark_stays_with_its_letter() {
        // One writes an accent on the letter that the other takes away, or writes after it.
        assert_eq!(merge("ca", "ca\u{300}", "c"), None);
        assert_eq!(merge("ab", "a\u{300}b", "axb"), Some("a\u{300}xb".into()));
        // One chooses another form of a character that the other changes.
        assert_eq!(merge("葛城", "葛\u{e0100}城", "蔼城"), None);
        assert_eq!(
            merge("葛\u{e0100}城", "葛\u{e0101}城", "葛\u{e0100}城镇"),
            Some("葛\u{e0101}城镇".into())
        );
        assert_eq!(merge("葛\u{e0100}城", "葛城", "东葛\u{e0100}城"), Some("东葛城".into()));
        // Nor is one half of what is drawn as one put before another.
        let (two, three) = ("👩\u{200d}🌾", "👩\u{200d}🏭");
        assert_eq!(merge(two, three, &format!("甲{two}")), Some(format!("甲{three}")));
        assert_eq!(merge(two, three, "👩"), None);
    }

    /// Letters of which some are drawn on others.
    const DRAWN: &str = "[ab\u{300}\u{fe0f}]{0,6}";

    /// A text as people see it, a letter with its marks each.
    fn letters(text: &str) -> Vec<String> {
        let mut letters: Vec<String> = Vec::new();
        for c in text.chars() {
            match letters.last_mut().filter(|_| super::is_mark(c)) {
                Some(letter) => letter.push(c),
                None => letters.push(c.to_string()),
            }
        }
        letters
    }

    proptest! {
        #[test]
        fn no_letter_is_joined_that_nobody_wrote(base in DRAWN, ours in DRAWN, theirs in DRAWN) {
            if let Some(merged) = merge(&base, &ours, &theirs) {
                let written = [letters(&base), letters(&ours), letters(&theirs)].concat();
                for letter in letters(&merged) {
                    prop_assert!(written.contains(&letter), "{letter:?} in {merged:?}");
                }
            }
        }

        #[test]
        fn who_is_first_does_not_matter(base in "[ab]{0,6}", ours in "[abc]{0,8}", theirs in "[abd]{0,8}") {
            prop_assert_eq!(merge(&base, &ours, &theirs), merge(&base, &theirs, &ours));
        }

        #[test]
        fn whoever_changed_nothing_loses_nothing(base in "\\PC{0,9}", theirs in "\\PC{0,9}") {
            prop_assert_eq!(merge(&base, &base, &theirs), Some(theirs.clone()));
        }
    }
}
