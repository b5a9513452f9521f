//! Finding a name by its pinyin: 食品经营许可 is found by `sp`, by `shipin`, and by
//! anything between, such as `shipj`.

/// The syllable of a name at which the typed text begins; none where it does not
/// match. `spelling` has a space between syllables: `shi pin jing ying`, and a stroke
/// between the readings of one: `chang/zhang hu xian`. Each syllable may be typed whole
/// or only begun, and none may be left out. Case and punctuation do not count; an empty
/// text matches everything.
pub fn find(spelling: &str, typed: &str) -> Option<usize> {
    let plain = |text: &str| -> Vec<u8> {
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
        letters.map(|letter| letter.to_ascii_lowercase()).collect()
    };
    let typed = plain(typed);
    let readings = |syllable: &str| syllable.split('/').map(plain).collect();
    let syllables: Vec<Vec<Vec<u8>>> = spelling.split(' ').map(readings).collect();
    (0..syllables.len()).find(|first| leads(&syllables[*first..], &typed))
}

/// Whether the typed text can be read as the syllables, from the first one.
fn leads(syllables: &[Vec<Vec<u8>>], typed: &[u8]) -> bool {
    // How far the typed text may have been read.
    let mut read = vec![0];
    for readings in syllables {
        if read.contains(&typed.len()) {
            return true;
        }
        let mut further = Vec::new();
        for from in read {
            for reading in readings {
                let common =
                    reading.iter().zip(&typed[from..]).take_while(|(one, other)| one == other);
                for length in 1..=common.count() {
                    if !further.contains(&(from + length)) {
                        further.push(from + length);
                    }
                }
            }
        }
        read = further;
    }
    read.contains(&typed.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOOD: &str = "shi pin jing ying xu ke";

    #[test]
    fn initials_spelling_and_what_lies_between_are_found() {
        for typed in ["sp", "SP", "s", "shipin", "ship", "shpi", "spj", "shipinjingyingxuke", ""] {
            assert_eq!(find(FOOD, typed), Some(0), "{typed}");
        }
        assert_eq!(find(FOOD, "jyxk"), Some(2));
        assert_eq!(find(FOOD, "xuke"), Some(4));
    }

    #[test]
    fn any_reading_of_a_syllable_is_found() {
        let spelling = "chang/zhang hu xian";
        for typed in ["chx", "zhx", "changhu", "zhanghx"] {
            assert_eq!(find(spelling, typed), Some(0), "{typed}");
        }
        assert_eq!(find(spelling, "czhx"), None, "one reading at a time");
    }

    #[test]
    fn nothing_is_skipped_and_nothing_begins_inside() {
        for typed in ["sj", "hipin", "shipinx", "spjyxkk", "z"] {
            assert_eq!(find(FOOD, typed), None, "{typed}");
        }
    }

    #[test]
    fn a_syllable_that_can_be_read_two_ways_is() {
        // xi an, or xian and nothing more.
        assert_eq!(find("xi an shi", "xian"), Some(0));
        assert_eq!(find("xian shi", "xians"), Some(0));
        assert_eq!(find("shi shi", "shs"), Some(0));
        assert_eq!(find("a a a a a a a a a a a a a a a a", &"a".repeat(16)), Some(0));
        assert_eq!(find("a a a a a a a a a a a a a a a a", &"a".repeat(17)), None);
    }
}
