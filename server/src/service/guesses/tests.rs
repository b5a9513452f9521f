use super::*;

const NOON: Millis = 1_800_000_000_000;

fn address(last: u8) -> ClientAddress {
    ClientAddress::new([203, 0, 113, last].into())
}

fn device(id: u8) -> SignInFrom {
    SignInFrom::Device(Device { id: [id; 16], by: [0; 4] })
}

#[test]
fn one_who_knows_a_password_gets_no_endless_tries_at_others() {
    let guesses = Guesses::new(&Limits::default());
    let clerk = ClerkId("clerk1".to_owned());
    let made = (0..100).filter(|_| guesses.new_device(&clerk, NOON));
    assert_eq!(made.count(), 10);
    let tried = (0..100u8)
        .flat_map(|id| (0..50).map(move |n| (id, n)))
        .filter(|(id, n)| guesses.sign_in(&format!("{n}"), device(*id), NOON).is_ok());
    assert_eq!(tried.count(), 400);
}

#[test]
fn strangers_leave_half_of_the_common_budget_to_those_who_were_right() {
    let limits = Limits { wrong_finds: 10, ..Limits::default() };
    let guesses = Guesses::new(&limits);
    let kiosk = address(1);
    guesses.find(kiosk, "261125000173", NOON).unwrap().right();
    let strangers =
        (0..200).filter(|n| guesses.find(address(2 + n % 50), &n.to_string(), NOON).is_ok());
    assert_eq!(strangers.count(), 5);
    assert!(matches!(
        guesses.find(address(99), "1", NOON),
        Err(Refusal::TooManyGuesses { seconds: 360 })
    ));
    for _ in 0..100 {
        guesses.find(kiosk, "261125000173", NOON).unwrap().right();
    }
    // It is bounded too.
    let wrong = (0..50).filter(|n| guesses.find(kiosk, &format!("k{n}"), NOON).is_ok());
    assert_eq!(wrong.count(), 5);
}

#[test]
fn a_name_that_many_try_is_answered_more_slowly_but_never_refused() {
    let guesses = Guesses::new(&Limits::default());
    for n in 0..200 {
        let _ = guesses.sign_in("admin", SignInFrom::Address(address(n)), NOON);
    }
    let from_elsewhere = SignInFrom::Address(address(250));
    let honest = guesses.sign_in("Admin", from_elsewhere, NOON).unwrap();
    assert_eq!(honest.delay(), LONGEST_DELAY);
    honest.right();
    let device = guesses.sign_in("admin", device(7), NOON).unwrap();
    assert_eq!(device.delay(), 0, "a known browser is not slowed down");
    let other = guesses.sign_in("clerk1", from_elsewhere, NOON).unwrap();
    assert_eq!(other.delay(), 0, "nor is another name");
}

#[test]
fn one_address_can_shut_out_itself_alone() {
    let guesses = Guesses::new(&Limits::default());
    let from = SignInFrom::Address(address(1));
    for n in 0..100 {
        assert!(guesses.sign_in(&format!("name{n}"), from, NOON).is_ok());
    }
    let no = guesses.sign_in("clerk1", from, NOON).unwrap_err();
    assert!(matches!(no, Refusal::AddressRefused { seconds: 36 }), "{no:?}");
    assert!(guesses.sign_in("clerk1", SignInFrom::Address(address(2)), NOON).is_ok());
    assert!(guesses.sign_in("clerk1", device(1), NOON).is_ok());
}

#[test]
fn a_clerk_cannot_try_all_pick_up_codes() {
    let guesses = Guesses::new(&Limits::default());
    let clerk = ClerkId("clerk1".to_owned());
    let tried = (0..1_000).filter(|n| guesses.pick_up(&clerk, CaseId(n % 100), NOON).is_ok());
    assert_eq!(tried.count(), 30);
    let other = ClerkId("clerk2".to_owned());
    let tried = (0..1_000).filter(|_| guesses.pick_up(&other, CaseId(500), NOON).is_ok());
    assert_eq!(tried.count(), 5);
}

#[test]
fn without_limits_nothing_is_refused() {
    let guesses = Guesses::new(&Limits { lifted: true, ..Limits::default() }.in_force());
    for _ in 0..10_000 {
        assert!(guesses.find(address(1), "1", NOON).is_ok());
        let sign_in = guesses.sign_in("a", SignInFrom::Address(address(1)), NOON).unwrap();
        assert_eq!(sign_in.delay(), 0);
        assert!(guesses.unknown_token(address(1), NOON).is_ok());
    }
}
