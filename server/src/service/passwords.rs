//! Which passwords are refused: those that others would guess. What is guessed first is what
//! many people use, names, patterns of the keyboard, repetitions and dates; `zxcvbn` knows
//! them, and how they are disguised.

use jiban_domain::setup::Setup;
use jiban_domain::{ClerkId, Refusal, Text};
use zxcvbn::zxcvbn;

pub const MIN_LENGTH: usize = 8;
pub const MAX_LENGTH: usize = 256;
/// Guesses that a password must withstand. Whoever guesses at a sign-in is slowed down to a few
/// a minute; whoever has stolen a backup must compute an argon2 hash for each.
const MIN_GUESSES: u64 = 1_000_000;
/// What many people here use, which a list of the world's passwords does not know.
const USED_HERE: [&str; 16] = [
    "1314",
    "520",
    "5201314",
    "admin",
    "aini",
    "banshi",
    "dating",
    "fuwu",
    "hall",
    "mima",
    "root",
    "test",
    "woaini",
    "woaiwojia",
    "zhengwu",
    "zxcvbnm",
];
/// What is estimated of a long password; the rest makes it only better.
const ESTIMATED: usize = 64;

/// Refuses a password that others would guess.
///
/// # Errors
/// [`Refusal::BadRequest`] for its length; [`Refusal::WeakPassword`] with the reason.
pub(super) fn check(password: &str, clerk: &ClerkId, setup: &Setup) -> Result<(), Refusal> {
    let length = password.chars().count();
    if !(MIN_LENGTH..=MAX_LENGTH).contains(&length) {
        return Err(Refusal::BadRequest(format!(
            "password: {MIN_LENGTH} to {MAX_LENGTH} characters are required"
        )));
    }
    let of_hall = words_of_hall(clerk, setup);
    let small = password.to_lowercase();
    let rest = of_hall.iter().filter(|word| word.chars().count() > 2);
    let rest = rest.fold(small.clone(), |rest, word| rest.replace(word.as_str(), ""));
    // What remains beside the hall's own words must be a password too, if there are any.
    if rest != small && rest.chars().count() <= MIN_LENGTH / 2 {
        return Err(weak(
            "它就是姓名、登录名或大厅的名字。",
            "it is a name of the person or the hall.",
        ));
    }
    let begun: String = password.chars().take(ESTIMATED).collect();
    let words: Vec<&str> = of_hall.iter().map(String::as_str).chain(USED_HERE).collect();
    if zxcvbn(&begun, &words).guesses() < MIN_GUESSES {
        return Err(weak(
            "它是常用密码，或是名字、日期、重复或键盘顺序。",
            "many people use it, or it is made of names, dates, repetitions or keys in a row.",
        ));
    }
    Ok(())
}

fn weak(zh: &str, en: &str) -> Refusal {
    Refusal::WeakPassword(Text::new(zh, en))
}

/// What everyone in the hall would try first, in small letters.
fn words_of_hall(clerk: &ClerkId, setup: &Setup) -> Vec<String> {
    let person = setup.clerk(clerk);
    let names = person.iter().map(|person| &person.name);
    let halls = setup.halls.iter().map(|hall| &hall.name);
    let named = names.chain(halls).flat_map(|name| [name.zh.clone(), name.en.clone()]);
    let ids = setup.halls.iter().map(|hall| hall.id.to_string());
    ["jiban", "即办"]
        .map(str::to_owned)
        .into_iter()
        .chain([clerk.to_string()])
        .chain(named)
        .chain(ids)
        .flat_map(|name| {
            let parts: Vec<_> = name.split_whitespace().map(str::to_lowercase).collect();
            parts.into_iter().chain([name.to_lowercase(), name.replace(' ', "").to_lowercase()])
        })
        .filter(|word| !word.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hall_file;

    #[test]
    fn what_others_would_guess_is_refused_with_its_reason() {
        let setup = hall_file::read(hall_file::DEMO).unwrap();
        let check = |password: &str| check(password, &ClerkId::from("clerk1"), &setup);
        for password in [
            "12345678",
            "123456789",
            "11111111",
            "aaaaaaaaaaaa",
            "password",
            "Password1",
            "P@ssw0rd",
            "qwertyuiop",
            "1qaz2wsx",
            "abc12345",
            "iloveyou1",
            "jibanjiban",
            "jiban123",
            "Jiban2026",
            "clerk1clerk1",
            "clerk1234",
            "20261126",
            "19900101",
            "woaini1314",
            "即办即办即办即办",
        ] {
            let outcome = check(password);
            assert!(matches!(outcome, Err(Refusal::WeakPassword(_))), "{password}: {outcome:?}");
        }
        for (hall, clerk) in setup.halls.iter().zip(&setup.clerks) {
            let own = hall.name.en.replace(' ', "");
            assert!(check(&own).is_err(), "{own}");
            let own = format!("{}2026", hall.name.zh);
            assert!(check(&own).is_err(), "{own}");
            let name = clerk.name.en.replace(' ', "");
            let own = format!("{name}{name}");
            assert!(super::check(&own, &clerk.id, &setup).is_err(), "{own}");
        }
        for password in ["short", "1234567", &"x".repeat(257)] {
            assert!(matches!(check(password), Err(Refusal::BadRequest(_))), "{password}");
        }
        for password in [
            "a-test-password",
            "correct horse battery staple",
            "春眠不觉晓处处闻啼鸟",
            "tV9#kLq2",
            "窗台上的三只茶杯",
            "jiban and seven teapots",
        ] {
            assert_eq!(check(password), Ok(()), "{password}");
        }
    }
}
