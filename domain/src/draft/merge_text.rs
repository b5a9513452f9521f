//! Two changes of one text, made at the same time from the same beginning.

/// Applies both changes where they are in different places; none where they touch the same
/// characters, so that somebody has to choose.
pub fn merge(base: &str, ours: &str, theirs: &str) -> Option<String> {
    if ours == theirs || theirs == base {
        return Some(ours.to_owned());
    }
    if ours == base {
        return Some(theirs.to_owned());
    }
    let base: Vec<char> = base.chars().collect();
    let (one, other) = (Edit::of(&base, ours), Edit::of(&base, theirs));
    let (first, second) = if one.end <= other.start { (one, other) } else { (other, one) };
    // Two insertions in one place have no order of their own.
    let same_place = first.start == second.start && first.end == second.end;
    if first.end > second.start || same_place {
        return None;
    }
    let mut merged: String = base[..first.start].iter().collect();
    merged.push_str(&first.put);
    merged.extend(&base[first.end..second.start]);
    merged.push_str(&second.put);
    merged.extend(&base[second.end..]);
    Some(merged)
}

/// What a change did: characters `start..end` were replaced.
struct Edit {
    start: usize,
    end: usize,
    put: String,
}

impl Edit {
    fn of(base: &[char], changed: &str) -> Self {
        let changed: Vec<char> = changed.chars().collect();
        let start = base.iter().zip(&changed).take_while(|(one, other)| one == other).count();
        let same_end = base[start..]
            .iter()
            .rev()
            .zip(changed[start..].iter().rev())
            .take_while(|(one, other)| one == other)
            .count();
        let put = changed[start..changed.len() - same_end].iter().collect();
        Self { start, end: base.len() - same_end, put }
    }
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

    proptest! {
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
