//! The search, of the guides and of the kiosks: by name, by what people call it, by its
//! result and topic, in signs, pinyin or English. How close a word is, is the domain's.

use jiban_app::api::kiosk::{Found, Search};
use jiban_domain::search::{Term, longest_that_finds, rank};
use jiban_domain::setup::{Hall, Setup};
use jiban_domain::{Lang, Refusal};

use super::offered::Offered;
use crate::languages::simplified;

/// Longer texts are cut: nobody types more to find something.
const MOST_TYPED: usize = 40;

/// What a hall offers, with the words by which it is found.
pub(super) struct Index<'a> {
    entries: Vec<(Offered<'a>, Vec<Term>)>,
}

impl<'a> Index<'a> {
    pub(super) fn of(setup: &Setup, hall: &'a Hall) -> Self {
        let entries = Offered::all(hall).into_iter().map(|offered| {
            let terms = offered.terms(setup);
            (offered, terms)
        });
        Self { entries: entries.collect() }
    }

    /// What matches, the best first.
    pub(super) fn find(&self, typed: &str, lang: Lang) -> Vec<&Offered<'a>> {
        let typed = &simplified(typed);
        let mut found: Vec<_> = self
            .entries
            .iter()
            .filter_map(|(offered, terms)| Some((rank(terms, typed, lang)?, offered)))
            .collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, offered)| offered).collect()
    }

    /// What matches, or else what matches the longest beginning of the text: nobody is left
    /// with nothing because of one letter.
    pub(super) fn find_or_closest(&self, typed: &str, lang: Lang) -> Found {
        let ids = |typed: &str| -> Vec<String> {
            self.find(typed, lang).into_iter().map(|offered| offered.id().to_owned()).collect()
        };
        let whole = ids(typed);
        if !whole.is_empty() {
            return Found { ids: whole, by: None };
        }
        let by = longest_that_finds(typed, |beginning| !self.find(beginning, lang).is_empty());
        Found { ids: by.map(ids).unwrap_or_default(), by: by.map(str::to_owned) }
    }
}

/// What a kiosk's hall offers by the text that was typed there.
///
/// # Errors
/// [`Refusal::UnknownKiosk`].
pub fn search_at_kiosk(setup: &Setup, search: &Search) -> Result<Found, Refusal> {
    let (hall, _) = setup.kiosk(&search.kiosk).ok_or(Refusal::UnknownKiosk)?;
    let typed: String = search.text.chars().take(MOST_TYPED).collect();
    Ok(Index::of(setup, hall).find_or_closest(typed.trim(), search.lang))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hall_file::{DEMO, read};

    fn found(typed: &str) -> Vec<String> {
        let setup = read(DEMO).unwrap();
        Index::of(&setup, &setup.halls[0]).find_or_closest(typed, Lang::Zh).ids
    }

    /// What people say at the information desk, and what they mean.
    const EVERYDAY: [(&str, &str); 50] = [
        ("办身份证", "identity-renew"),
        ("身份证到期", "identity-renew"),
        ("身份证过期了", "identity-renew"),
        ("换身份证", "identity-renew"),
        ("身份证丢了", "identity-lost"),
        ("补办身份证", "identity-lost"),
        ("身份证掉了怎么办", "identity-lost"),
        ("办社保卡", "social-card-new"),
        ("新生儿社保卡", "social-card-new"),
        ("医保卡", "social-card-new"),
        ("补社保卡", "social-card-again"),
        ("社保卡丢了", "social-card-again"),
        ("社保卡坏了", "social-card-again"),
        ("交社保证明", "insurance-proof"),
        ("社保证明", "insurance-proof"),
        ("打印社保", "insurance-proof"),
        ("社保流水", "insurance-proof"),
        ("参保证明", "insurance-proof"),
        ("失业金", "unemployment"),
        ("领失业金", "unemployment"),
        ("没工作了", "unemployment"),
        ("低保", "living-allowance"),
        ("申请低保", "living-allowance"),
        ("贫困补助", "living-allowance"),
        ("生活困难补助", "living-allowance"),
        ("老人补贴", "elder-allowance"),
        ("老年补贴", "elder-allowance"),
        ("高龄补贴", "elder-allowance"),
        ("80岁老人补贴", "elder-allowance"),
        ("残疾证", "disability-card"),
        ("办残疾人证", "disability-card"),
        ("结婚", "marriage"),
        ("领结婚证", "marriage"),
        ("结婚登记", "marriage"),
        ("领证", "marriage"),
        ("营业执照", "proprietor-open"),
        ("办执照", "proprietor-open"),
        ("开店", "proprietor-open"),
        ("个体户", "proprietor-open"),
        ("注销执照", "proprietor-close"),
        ("关店", "proprietor-close"),
        ("开饭店", "open-restaurant"),
        ("开餐馆", "open-restaurant"),
        ("食品许可证", "food-permit"),
        ("卫生许可证", "hygiene-permit"),
        ("砍树", "tree-felling"),
        ("门头招牌", "signboard"),
        ("占道", "road-use"),
        ("排污证", "drainage-permit"),
        ("劳务派遣证", "labour-dispatch"),
    ];

    #[test]
    fn everyday_words_find_the_right_matter_first() {
        let wrong: Vec<_> = EVERYDAY
            .iter()
            .map(|(said, meant)| (said, meant, found(said)))
            .filter(|(_, meant, found)| found.first().map(String::as_str) != Some(**meant))
            .collect();
        assert!(wrong.len() <= 5, "{} of 50: {wrong:#?}", wrong.len());
    }

    #[test]
    fn nobody_is_left_with_nothing_because_of_one_letter() {
        let setup = read(DEMO).unwrap();
        let index = Index::of(&setup, &setup.halls[0]);
        for typed in ["sfzq", "身份证呀呀", "shenfenx", "身份zz"] {
            let Found { ids, by } = index.find_or_closest(typed, Lang::Zh);
            assert!(ids[0].starts_with("identity"), "{typed}: {ids:?}");
            assert!(by.is_none_or(|by| typed.starts_with(&by)), "{typed}");
        }
        assert_eq!(index.find_or_closest("v", Lang::Zh), Found::default());
    }

    #[test]
    fn several_words_in_any_order() {
        for typed in ["身份证 丢", "丢 身份证", "身份证，丢了"] {
            assert_eq!(found(typed)[0], "identity-lost", "{typed}");
        }
    }

    #[test]
    fn food_is_found_by_letters_by_sound_and_by_name() {
        for typed in ["sp", "shipin", "食品", "SP", "ship", "food", "食品许可", " 食品 "] {
            assert!(found(typed)[0].starts_with("food"), "{typed}: {:?}", found(typed));
        }
        let setup = read(DEMO).unwrap();
        let index = Index::of(&setup, &setup.halls[0]);
        for typed in ["没有这样的", "' OR 1=1 --"] {
            assert!(index.find(typed, Lang::Zh).is_empty(), "{typed}");
        }
        assert_eq!(found("").len(), found("  ").len());
    }

    #[test]
    fn a_bundle_is_found_by_its_matters_and_its_life_event() {
        let bundle = |typed: &str| found(typed).iter().any(|id| id == "open-restaurant");
        assert!(bundle("餐饮") && bundle("招牌"));
    }
}
