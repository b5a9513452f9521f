use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::thread;

use tempfile::TempDir;

use super::*;

const NAME: &str = "王小明";

/// A folder, the path of a key file in it, and its vault.
fn hall() -> (TempDir, PathBuf, Vault) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hall.key");
    let vault = KeyFile::open(&path, true).unwrap();
    (folder, path, vault)
}

fn put(path: &Path, text: &[u8]) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
}

#[test]
fn what_is_sealed_opens_again_and_is_never_sealed_the_same() {
    let (_folder, _, vault) = hall();
    let sealed = vault.seal_text("person/12/name", NAME);
    assert_eq!(vault.open_text("person/12/name", &sealed).unwrap(), NAME);
    assert_ne!(vault.seal_text("person/12/name", NAME), sealed);
    assert!(!sealed.windows(3).any(|part| NAME.as_bytes().starts_with(part)));
    let nothing = vault.seal("", b"");
    assert_eq!(vault.open("", &nothing).unwrap(), b"");
    let bytes = vault.seal("file", &[0xff, 0xfe]);
    assert!(matches!(vault.open_text("file", &bytes), Err(VaultError::NotText)));
}

#[test]
fn what_is_sealed_about_one_does_not_open_about_another() {
    let (_folder, _, vault) = hall();
    let sealed = vault.seal_text("person/12/name", NAME);
    let moved = vault.open("person/13/name", &sealed);
    assert!(matches!(moved, Err(VaultError::NotGenuine)));
}

#[test]
fn no_bit_of_a_sealed_value_can_be_turned() {
    let (_folder, _, vault) = hall();
    let sealed = vault.seal_text("person/12/name", NAME);
    for bit in 0..sealed.len() * 8 {
        let mut turned = sealed.clone();
        turned[bit / 8] ^= 1 << (bit % 8);
        assert!(vault.open("person/12/name", &turned).is_err(), "bit {bit}");
    }
    for end in 0..sealed.len() {
        assert!(vault.open("person/12/name", &sealed[..end]).is_err(), "cut at {end}");
    }
}

#[test]
fn the_keyed_hash_is_the_same_for_the_same_and_tells_kinds_apart() {
    let (_folder, path, vault) = hall();
    let hash = vault.index("number", "11010519491231002X");
    assert_eq!(KeyFile::open(&path, false).unwrap().index("number", "11010519491231002X"), hash);
    assert_ne!(vault.index("number", "110105194912310021"), hash);
    assert_ne!(vault.index("telephone", "11010519491231002X"), hash);
    assert_ne!(vault.index("a", "bc"), vault.index("ab", "c"));
    assert_ne!(vault.digest(b"a"), vault.digest(b"b"));
    let (_other, _, other) = hall();
    assert_ne!(other.index("number", "11010519491231002X"), hash);
    assert_ne!(other.digest(b"a"), vault.digest(b"a"));
}

#[test]
fn after_a_rotation_old_and_new_open_and_once_all_is_new_the_old_key_may_go() {
    let (folder, path, first) = hall();
    let old = first.seal_text("name", NAME);
    let second = KeyFile::rotate(&path).unwrap();
    assert_eq!((first.newest().number, second.newest().number), (1, 2));
    let new = second.reseal("name", &old).unwrap().unwrap();
    assert_eq!(
        (Vault::key_of(&old), Vault::key_of(&new)),
        (Some(first.newest()), Some(second.newest()))
    );
    assert!(second.reseal("name", &new).unwrap().is_none());
    assert!(second.reseal("telephone", &old).is_err());
    for sealed in [&old, &new] {
        assert_eq!(second.open_text("name", sealed).unwrap(), NAME);
    }
    assert_eq!(second.index("number", "1"), first.index("number", "1"));
    assert!(
        matches!(first.open("name", &new), Err(VaultError::UnknownKey { wanted, .. }) if wanted == second.newest())
    );

    let (third, retired) = KeyFile::retire_old(&path).unwrap();
    assert_eq!(third.newest().number, 2);
    assert_eq!(third.open_text("name", &new).unwrap(), NAME);
    assert!(
        matches!(third.open("name", &old), Err(VaultError::UnknownKey { wanted, .. }) if wanted == first.newest())
    );
    assert_eq!(third.index("number", "1"), first.index("number", "1"));
    assert_eq!(KeyFile::rotate(&path).unwrap().newest().number, 3, "no number is used again");
    assert_eq!(mode(&path), 0o600);

    // An old backup opens with the retired key.
    let retired = retired.unwrap();
    assert_eq!((retired.file_name(), mode(&retired)), (Some("hall.key.retired".as_ref()), 0o600));
    let kept = KeyFile::open(&retired, false).unwrap();
    assert_eq!(kept.open_text("name", &old).unwrap(), NAME);
    let (_, retired) = KeyFile::retire_old(&path).unwrap();
    let kept = KeyFile::open(&retired.unwrap(), false).unwrap();
    for sealed in [&old, &new] {
        assert_eq!(kept.open_text("name", sealed).unwrap(), NAME, "both are kept");
    }
    assert_eq!(KeyFile::retire_old(&path).unwrap().1, None, "there is nothing more to retire");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is left over");
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_new_key_file_belongs_to_its_owner_alone_and_explains_itself() {
    let (_folder, path, _) = hall();
    assert_eq!(mode(&path), 0o600);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.starts_with("# 即办的密钥"), "{text}");
    assert!(text.contains("nobody can read"), "{text}");
}

#[test]
fn a_missing_key_file_is_not_replaced_once_data_is_sealed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hall.key");
    for missing in [
        KeyFile::open(&path, false),
        KeyFile::rotate(&path),
        KeyFile::retire_old(&path).map(|(vault, _)| vault),
    ] {
        let message = missing.unwrap_err().to_string();
        assert!(message.contains("hall.key is missing"), "{message}");
    }
    assert!(!path.exists());
    let nowhere = KeyFile::open(&folder.path().join("no/hall.key"), true).unwrap_err();
    assert!(matches!(nowhere, VaultError::File(..)), "{nowhere}");
}

#[test]
fn a_key_file_that_others_can_read_is_refused() {
    let (_folder, path, _) = hall();
    for open in [0o640, 0o604, 0o620] {
        fs::set_permissions(&path, fs::Permissions::from_mode(open)).unwrap();
        let message = KeyFile::open(&path, true).unwrap_err().to_string();
        assert!(
            message.contains(&format!("mode {open:o}")) && message.contains("chmod 600"),
            "{message}"
        );
        assert!(KeyFile::rotate(&path).is_err());
    }
    fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).unwrap();
    assert!(KeyFile::open(&path, false).is_ok());
}

#[test]
fn a_malformed_key_file_is_reported_by_its_line_without_showing_a_key() {
    let (_folder, path, _) = hall();
    let key = "5e".repeat(32);
    let index = format!("index {key}\n");
    for (text, line, word) in [
        (String::new(), 1, "index key is missing"),
        (format!("1 {key}\n"), 1, "index key is missing"),
        (format!("# ours\n\n{index}"), 3, "there is no key"),
        (format!("{index}1 {}\n", &key[1..]), 2, "64 hexadecimal"),
        (format!("{index}1 {key}5e\n"), 2, "64 hexadecimal"),
        (format!("{index}1 {key} 5e\n"), 2, "64 hexadecimal"),
        (format!("{index}1 {}é\n", &key[2..]), 2, "64 hexadecimal"),
        (format!("{index}1\n"), 2, "a space"),
        (format!("{index}0 {key}\n"), 2, "from 1"),
        (format!("{index}4294967295 {key}\n"), 2, "from 1"),
        (format!("{index}one {key}\n"), 2, "from 1"),
        (format!("{index}2 {key}\n1 {key}\n"), 3, "newest last"),
        (format!("{index}1 {key}\n1 {key}\n"), 3, "newest last"),
        (format!("{index}1 {key}\n{index}"), 3, "second index"),
        (format!("set 0011223344556677\n{index}1 {key}\n"), 1, "the set is not that of"),
        ("#\n".repeat(40_000), 1, "too long"),
    ] {
        put(&path, text.as_bytes());
        for message in [KeyFile::open(&path, true), KeyFile::rotate(&path)] {
            let message = message.unwrap_err().to_string();
            assert!(message.contains(&format!("hall.key line {line}: ")), "{message}");
            assert!(
                message.contains(word) && !message.contains("5e5e"),
                "{message}, expected {word}"
            );
        }
        assert_eq!(fs::read(&path).unwrap(), text.as_bytes(), "the file is unchanged");
    }
    put(&path, b"\xff\xfe");
    assert!(KeyFile::open(&path, true).unwrap_err().to_string().contains("not UTF-8 text"));
    put(&path, format!("# kept\r\n{index}  1   {key}\r\n7 {}", key.to_uppercase()).as_bytes());
    assert_eq!(KeyFile::open(&path, false).unwrap().newest().number, 7);
}

#[test]
fn a_link_to_the_key_file_stays_a_link() {
    let (folder, path, _) = hall();
    let link = folder.path().join("link.key");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    assert_eq!(KeyFile::rotate(&link).unwrap().newest().number, 2);
    assert!(link.is_symlink());
    assert_eq!(KeyFile::open(&path, false).unwrap().newest().number, 2);
}

#[test]
fn of_two_that_make_it_at_once_both_have_the_same_keys() {
    for _ in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hall.key");
        let made: Vec<Vault> = thread::scope(|scope| {
            let begun: Vec<_> =
                (0..4).map(|_| scope.spawn(|| KeyFile::open(&path, true).unwrap())).collect();
            begun.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let sealed: Vec<_> = made.iter().map(|vault| vault.seal_text("name", NAME)).collect();
        let read = KeyFile::open(&path, false).unwrap();
        for (vault, sealed) in made.iter().zip(&sealed) {
            assert_eq!(read.open_text("name", sealed).unwrap(), NAME);
            assert_eq!(vault.index("name", NAME), read.index("name", NAME));
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left over");
    }
}

#[test]
fn of_two_that_rotate_at_once_no_key_is_lost() {
    let (_folder, path, _) = hall();
    let made: Vec<Vault> = thread::scope(|scope| {
        let begun: Vec<_> =
            (0..8).map(|_| scope.spawn(|| KeyFile::rotate(&path).unwrap())).collect();
        begun.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let read = KeyFile::open(&path, false).unwrap();
    assert_eq!(read.newest().number, 9);
    for vault in made {
        assert_eq!(read.open_text("name", &vault.seal_text("name", NAME)).unwrap(), NAME);
    }
}

#[test]
fn nothing_shows_a_key() {
    let (_folder, _, vault) = hall();
    let set = vault.newest().set.unwrap();
    assert_eq!(format!("{vault:?}"), format!("Vault {{ keys: \"key 1 of set {set}\", .. }}"));
}

#[test]
fn a_key_file_of_another_hall_or_another_time_is_told_by_its_name() {
    let (_folder, path, vault) = hall();
    let (_other, other_path, other) = hall();
    let known = vault.known_value();
    vault.try_known(&known).unwrap();
    assert_ne!(vault.newest(), other.newest());
    let wrong = other.try_known(&known).unwrap_err().to_string();
    let (ours, theirs) = (vault.newest(), other.newest());
    assert!(
        wrong.contains(&format!("sealed with {ours}, but the key file has {theirs}")),
        "{wrong}"
    );
    // What the other hall sealed is told apart too, and not called a forgery.
    let sealed = other.seal_text("name", NAME);
    assert!(matches!(vault.open("name", &sealed), Err(VaultError::UnknownKey { .. })));

    // The same hall: a key file from before, one from after, one with both.
    let old = fs::read(&path).unwrap();
    let both = KeyFile::rotate(&path).unwrap();
    both.try_known(&known).unwrap();
    let newer = both.known_value();
    assert!(vault.try_known(&newer).unwrap_err().to_string().contains("sealed with key 2"));
    let (alone, _) = KeyFile::retire_old(&path).unwrap();
    assert!(alone.try_known(&known).unwrap_err().to_string().contains("the key file has key 2"));
    // A copy of the hall that got a new key by itself has another key 2.
    put(&other_path, &old);
    KeyFile::rotate(&other_path).unwrap();
    let (apart, _) = KeyFile::retire_old(&other_path).unwrap();
    assert!(matches!(apart.try_known(&newer), Err(VaultError::OtherKey(id)) if id == newer.key));
}

#[test]
fn what_was_sealed_before_keys_had_sets_opens() {
    let (_folder, path, vault) = hall();
    let text = fs::read_to_string(&path).unwrap();
    let without_set: Vec<&str> = text.lines().filter(|line| !line.starts_with("set ")).collect();
    put(&path, without_set.join("\n").as_bytes());
    assert_eq!(KeyFile::open(&path, false).unwrap().newest(), vault.newest());
    let mut sealed = vault.seal_text("name", NAME);
    sealed[0] = WITHOUT_SET;
    sealed.drain(1..=SET);
    assert_eq!(vault.open_text("name", &sealed).unwrap(), NAME);
    assert_eq!(Vault::key_of(&sealed), Some(KeyId { set: None, number: 1 }));
    assert!(vault.reseal("name", &sealed).unwrap().is_some(), "the next new layout is taken");
}
