//! Uploaded files: real pictures and documents, on a real disk.

mod ordinary;
mod samples;

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use self::samples::{bomb, document, growing, photograph, pixels, signature};
use futures::{FutureExt as _, StreamExt as _, future, stream};
use jiban::uploads::{FileError, FileId, FileKind, Received, Timeouts, UploadRefused, UploadStore};
use jiban::vault::{KeyFile, VaultError};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

const MOST: usize = 10 * 1024 * 1024;
const LATER: i64 = 1 << 60;

struct Hall {
    folder: TempDir,
    files: UploadStore,
}

impl Hall {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let files = open(folder.path());
        Self { folder, files }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("hall.db.files")
    }

    async fn receive(&self, bytes: &[u8]) -> Result<Received, UploadRefused> {
        let pieces = bytes.chunks(4096).map(|piece| Ok::<_, ()>(piece.to_vec()));
        self.files.receive(stream::iter(pieces), MOST).await
    }

    /// Every stored file.
    fn stored(&self) -> Vec<PathBuf> {
        stored(&self.path())
    }
}

fn open(folder: &Path) -> UploadStore {
    let vault = KeyFile::open(&folder.join("hall.key"), true).unwrap();
    let files = UploadStore::open(&folder.join("hall.db.files"), Arc::new(vault)).unwrap();
    files.with_pdf_renderer(env!("CARGO_BIN_EXE_jiban").into())
}

fn stored(folder: &Path) -> Vec<PathBuf> {
    let folders = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    folders
        .flat_map(|folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()))
        .collect()
}

#[tokio::test]
async fn a_photograph_is_stored_unchanged_and_shown_upright() {
    let hall = Hall::new();
    // The camera was held sideways: the left of the file is the top of the picture.
    let photograph = photograph(800, 400, 6);
    let received = hall.receive(&photograph).await.unwrap();
    assert_eq!((received.kind, received.bytes), (FileKind::Jpeg, photograph.len() as u64));
    assert_eq!((received.size, received.pages), (Some((400, 800)), None));
    assert_eq!(received.sha256, <[u8; 32]>::from(Sha256::digest(&photograph)));
    let read = hall.files.read(received.id).await.unwrap();
    assert_eq!(read, (FileKind::Jpeg, photograph));

    let small = pixels(&hall.files.read_thumbnail(received.id).await.unwrap());
    assert_eq!(small.dimensions(), (160, 320));
    let (above, below) = (small.get_pixel(80, 20), small.get_pixel(80, 300));
    assert!(above[0] > 200 && above[2] < 60, "red is above: {above:?}");
    assert!(below[2] > 200 && below[0] < 60, "blue is below: {below:?}");
}

#[tokio::test]
async fn a_transparent_signature_is_shown_on_white() {
    let hall = Hall::new();
    let received = hall.receive(&signature(100, 50)).await.unwrap();
    assert_eq!((received.kind, received.size), (FileKind::Png, Some((100, 50))));
    let small = pixels(&hall.files.read_thumbnail(received.id).await.unwrap());
    assert_eq!(small.dimensions(), (100, 50), "a small one is not blown up");
    assert!(small.get_pixel(5, 5).0.iter().all(|light| *light > 240));
    assert!(small.get_pixel(50, 25).0.iter().all(|light| *light < 40));
}

#[tokio::test]
async fn a_document_is_shown_by_its_first_page() {
    let hall = Hall::new();
    let document = document();
    let received = hall.receive(&document).await.unwrap();
    assert_eq!((received.kind, received.size, received.pages), (FileKind::Pdf, None, Some(1)));
    assert_eq!(hall.files.read(received.id).await.unwrap(), (FileKind::Pdf, document.clone()));
    let small = pixels(&hall.files.read_thumbnail(received.id).await.unwrap());
    assert_eq!(small.dimensions(), (320, 160));
    let (left, right) = (small.get_pixel(40, 80), small.get_pixel(280, 80));
    assert!(left[0] > 200 && left[2] < 60 && right[0] > 240 && right[2] > 240);

    let blind = UploadStore::open(
        &hall.path(),
        Arc::new(KeyFile::open(&hall.folder.path().join("hall.key"), false).unwrap()),
    )
    .unwrap();
    for files in [blind.clone(), blind.with_pdf_renderer("/nowhere/jiban".into())] {
        let received = files.receive(stream::iter([Ok::<_, ()>(&document)]), MOST).await.unwrap();
        assert_eq!(received.pages, None);
        let small = pixels(&files.read_thumbnail(received.id).await.unwrap());
        assert_eq!(small.dimensions(), (226, 320), "a drawn sheet");
    }
}

#[tokio::test]
async fn a_document_that_explodes_ends_only_the_process_that_inspects_it() {
    let hall = Hall::new();
    // Each decoding makes 64 bytes of one: 17 GB if nothing stops it.
    let grown = growing();
    assert!(grown.len() < 4096);
    let received = hall.receive(&grown).await.unwrap();
    assert_eq!(received.pages, Some(1));
    let small = pixels(&hall.files.read_thumbnail(received.id).await.unwrap());
    assert_eq!(small.dimensions(), (226, 320), "a drawn sheet");
}

#[tokio::test]
async fn the_content_decides_the_type_of_a_file() {
    let hall = Hall::new();
    let no_kinds: [&[u8]; 3] = [b"not a photograph", b"<html>", b"<script>%PD"];
    for bytes in no_kinds {
        let refused = hall.receive(bytes).await;
        assert!(matches!(refused, Err(UploadRefused::NotAKind)), "{refused:?}");
    }
    let mut broken: Vec<Vec<u8>> = vec![
        b"\xff\xd8\xff\xe0 and no more".to_vec(),
        b"\x89PNG\r\n\x1a\n and no more".to_vec(),
        b"%PDF-1.7\nand no more\n%%EOF\n".to_vec(),
        b"RIFF....WEBPVP8 ".to_vec(),
    ];
    for whole in [photograph(800, 400, 1), signature(100, 50), document()] {
        broken.extend([3, 5, 9].map(|tenths| whole[..whole.len() * tenths / 10].to_vec()));
    }
    for bytes in broken {
        let refused = hall.receive(&bytes).await;
        assert!(matches!(refused, Err(UploadRefused::Broken)), "{refused:?} of {}", bytes.len());
    }
    assert!(hall.stored().is_empty());
}

#[tokio::test]
async fn a_photograph_cut_after_its_embedded_thumbnail_is_broken() {
    let hall = Hall::new();
    let mut photograph = photograph(800, 400, 1);
    // A phone's embedded thumbnail, in a segment with its length.
    let inside = photograph.clone();
    let long = u16::try_from(inside.len() + 2).unwrap().to_be_bytes();
    let mark: Vec<u8> = [&[0xff, 0xe2], &long[..], &inside].concat();
    photograph.splice(2..2, mark);
    let cut = hall.receive(&photograph[..photograph.len() - 40]).await;
    assert!(matches!(cut, Err(UploadRefused::Broken)), "{cut:?}");
    photograph.extend(b"what a phone puts behind the end");
    assert!(hall.receive(&photograph).await.is_ok());
}

#[tokio::test]
async fn a_picture_that_claims_to_be_huge_is_refused_before_it_is_decoded() {
    let hall = Hall::new();
    for (width, height) in [(100_000, 100_000), (20_000, 20_000)] {
        let refused = hall.receive(&bomb(width, height)).await;
        assert!(matches!(refused, Err(UploadRefused::TooLarge)), "{refused:?}");
    }
    assert!(hall.stored().is_empty());
}

#[tokio::test]
async fn a_body_is_read_no_further_than_its_limit() {
    let hall = Hall::new();
    let pieces = stream::iter(0..).map(|nth| {
        assert!(nth <= 4, "read on");
        Ok::<_, ()>(vec![0xff; 1000])
    });
    let refused = hall.files.receive(pieces, 4000).await;
    assert!(matches!(refused, Err(UploadRefused::TooLarge)), "{refused:?}");
    let signature = signature(100, 50);
    let exactly = hall.files.receive(stream::iter([Ok::<_, ()>(&signature)]), signature.len());
    assert!(exactly.await.is_ok());
}

#[tokio::test]
async fn an_upload_cut_off_leaves_nothing() {
    let hall = Hall::new();
    let photograph = photograph(800, 400, 1);
    let half = Ok(photograph[..photograph.len() / 2].to_vec());
    let cut = hall.files.receive(stream::iter([half.clone(), Err("gone")]), MOST).await;
    assert!(matches!(cut, Err(UploadRefused::Cut)), "{cut:?}");

    let waiting = stream::iter([half]).chain(stream::pending());
    assert!(hall.files.receive(waiting, MOST).now_or_never().is_none());
    assert!(hall.stored().is_empty());

    // Here everything has arrived and is being inspected, but nobody waits for it.
    assert!(hall.receive(&photograph).now_or_never().is_none());
    let next = hall.receive(&signature(100, 50)).await.unwrap();
    let id = next.id.to_string();
    let stored = hall.stored();
    let of_the_next = |path: &PathBuf| path.to_str().unwrap().contains(&id);
    assert!(stored.len() == 2 && stored.iter().all(of_the_next), "{stored:?}");
}

#[tokio::test]
async fn a_sender_who_stalls_or_never_ends_is_disconnected() {
    let hall = Hall::new();
    let soon = Timeouts { silence: Duration::from_millis(50), total: Duration::from_mins(5) };
    let files = hall.files.clone().with_timeouts(soon);
    let piece = Ok::<_, ()>(vec![0xff, 0xd8]);
    for _ in 0..40 {
        // Each returns its permit, or the later ones would wait for ever.
        let silent = stream::iter([piece.clone()]).chain(stream::pending());
        let refused = files.receive(silent, MOST).await;
        assert!(matches!(refused, Err(UploadRefused::Cut)), "{refused:?}");
    }
    let never = Timeouts { silence: Duration::from_mins(5), total: Duration::from_millis(50) };
    let trickle = stream::repeat(piece).then(async |piece| {
        tokio::task::yield_now().await;
        piece
    });
    let refused = hall.files.clone().with_timeouts(never).receive(trickle, MOST).await;
    assert!(matches!(refused, Err(UploadRefused::Cut)), "{refused:?}");
    assert!(hall.stored().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn several_at_once_are_all_stored() {
    let hall = Hall::new();
    let photographs: Vec<_> = (1..=8).map(|turned| photograph(400, 200, turned)).collect();
    let received = future::join_all(photographs.iter().map(|bytes| hall.receive(bytes))).await;
    for (received, sent) in received.into_iter().zip(photographs) {
        assert_eq!(hall.files.read(received.unwrap().id).await.unwrap().1, sent);
    }
    assert_eq!(hall.stored().len(), 16);
}

#[tokio::test]
async fn nothing_of_a_file_can_be_read_on_the_disk() {
    let hall = Hall::new();
    let signature = signature(100, 50);
    hall.receive(&signature).await.unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&hall.path()), 0o700);
    for path in hall.stored() {
        assert_eq!(mode(&path), 0o600);
        let sealed = fs::read(&path).unwrap();
        let plain = sealed.windows(8).any(|part| signature.windows(8).any(|plain| plain == part));
        assert!(!plain && !sealed.windows(4).any(|part| part == b"JFIF"), "{}", path.display());
    }
}

#[tokio::test]
async fn a_changed_moved_or_lost_file_is_found() {
    let hall = Hall::new();
    let first = hall.receive(&signature(100, 50)).await.unwrap();
    let second = hall.receive(&signature(50, 100)).await.unwrap();
    hall.files.check(first.id, first.sha256).await.unwrap();
    let other = hall.files.check(first.id, second.sha256).await;
    assert!(matches!(other, Err(FileError::Changed)), "{other:?}");

    let at = |id: FileId| hall.path().join(&id.to_string()[..2]).join(id.to_string());
    fs::copy(at(first.id), at(second.id)).unwrap();
    let moved = hall.files.check(second.id, first.sha256).await;
    assert!(matches!(moved, Err(FileError::Sealed(VaultError::NotGenuine))), "{moved:?}");

    for _ in 0..2 {
        hall.files.remove(second.id).await.unwrap();
        for gone in [
            hall.files.check(second.id, second.sha256).await,
            hall.files.read(second.id).await.map(|_| ()),
            hall.files.read_thumbnail(second.id).await.map(|_| ()),
        ] {
            assert!(matches!(gone, Err(FileError::Gone)), "{gone:?}");
        }
    }
    assert_eq!(hall.stored().len(), 2);
}

#[test]
fn a_file_has_one_name() {
    let name = "00a1b2c3d4e5f60718293a4b5c6d7e8f";
    assert_eq!(name.parse::<FileId>().unwrap().to_string(), name);
    let wrong = ["", "../../etc/passwd", "+0a1b2c3d4e5f60718293a4b5c6d7e8f", &name[1..]];
    for name in
        wrong.into_iter().map(str::to_owned).chain([name.to_uppercase(), format!("0{name}")])
    {
        assert!(name.parse::<FileId>().is_err(), "{name}");
    }
}

#[tokio::test]
async fn a_sweep_deletes_old_files_that_nothing_refers_to() {
    let hall = Hall::new();
    let known = hall.receive(&signature(100, 50)).await.unwrap().id;
    let lost = hall.receive(&signature(50, 100)).await.unwrap().id;
    let beside = hall.path().join(&known.to_string()[..2]);
    fs::write(beside.join(".abc123.part"), "half").unwrap();
    fs::write(beside.join("README"), "another's").unwrap();
    let sweep = |now| hall.files.sweep(|id| *id == known, 3_600_000, now);
    let written = fs::metadata(beside.join("README")).unwrap().modified().unwrap();
    let written = written.duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
    let written = i64::try_from(written).unwrap();
    assert_eq!(
        sweep(written).await.unwrap(),
        1,
        "nobody writes the half one; all others are younger"
    );
    assert_eq!(sweep(LATER).await.unwrap(), 2);
    assert!(hall.files.read(known).await.is_ok() && hall.files.read_thumbnail(known).await.is_ok());
    assert!(matches!(hall.files.read(lost).await, Err(FileError::Gone)));
    assert!(beside.join("README").exists());
    assert_eq!(hall.stored().len(), 3);
}

#[tokio::test]
async fn files_survive_a_new_key() {
    let hall = Hall::new();
    let key = hall.folder.path().join("hall.key");
    let first = hall.receive(&signature(100, 50)).await.unwrap();
    let broken = hall.receive(&signature(50, 100)).await.unwrap();
    let second = hall.receive(&photograph(40, 20, 1)).await.unwrap();
    let at = broken.id.to_string();
    let at = hall.path().join(&at[..2]).join(&at);
    let mut sealed = fs::read(&at).unwrap();
    *sealed.last_mut().unwrap() ^= 1;
    fs::write(&at, sealed).unwrap();

    KeyFile::rotate(&key).unwrap();
    let files = open(hall.folder.path());
    let resealed = files.reseal_all().await.unwrap();
    assert_eq!(resealed.done, 5);
    assert!(matches!(resealed.failed[..], [(id, FileError::Sealed(_))] if id == broken.id));
    assert_eq!(files.reseal_all().await.unwrap().done, 0, "once is enough");

    KeyFile::retire_old(&key).unwrap();
    let files = open(hall.folder.path());
    for received in [first, second] {
        files.check(received.id, received.sha256).await.unwrap();
    }
    assert_eq!(hall.stored().len(), 6, "nothing is left over");
}

#[tokio::test]
async fn a_backup_copies_new_files_and_files_with_a_new_key() {
    let hall = Hall::new();
    let copy = hall.folder.path().join("copy.files");
    let first = hall.receive(&signature(100, 50)).await.unwrap();
    assert_eq!(hall.files.copy_to(&copy).await.unwrap(), 2);
    let second = hall.receive(&signature(50, 100)).await.unwrap();
    fs::write(hall.path().join(&first.id.to_string()[..2]).join(".abc123.part"), "half").unwrap();
    assert_eq!(hall.files.copy_to(&copy).await.unwrap(), 2);
    assert_eq!(hall.files.copy_to(&copy).await.unwrap(), 0);
    let copied = stored(&copy);
    assert_eq!(copied.len(), 4);
    let shared = |path: &PathBuf| fs::metadata(path).unwrap().nlink() == 2;
    assert!(copied.iter().all(shared), "one disk keeps the bytes once");

    let key = hall.folder.path().join("hall.key");
    KeyFile::rotate(&key).unwrap();
    let files = open(hall.folder.path());
    files.reseal_all().await.unwrap();
    assert_eq!(files.copy_to(&copy).await.unwrap(), 4);
    files.remove(first.id).await.unwrap();
    assert_eq!(stored(&copy).len(), 4, "nothing is left over, and nothing taken out");

    let (vault, _) = KeyFile::retire_old(&key).unwrap();
    let copy = UploadStore::open(&copy, Arc::new(vault)).unwrap();
    for received in [first, second] {
        copy.check(received.id, received.sha256).await.unwrap();
    }
}
