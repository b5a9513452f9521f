//! Files that ordinary people and machines send: taken, or told what they are.

use jiban::uploads::{FileKind, UploadRefused};

use super::Hall;
use super::samples::{
    bomb, document, fixture, flat_jpeg, long_screenshot, photograph, pixels, signature, zipped,
};

const NUL: [u8; 2048] = [0; 2048];

/// Whether the left of a thumbnail is red and its right is blue.
fn is_red_and_blue(thumbnail: &[u8]) -> bool {
    let small = pixels(thumbnail);
    let (y, width) = (small.height() / 2, small.width());
    let (left, right) = (small.get_pixel(width / 4, y).0, small.get_pixel(width * 3 / 4, y).0);
    left[0] > 180 && left[2] < 90 && right[2] > 180 && right[0] < 90
}

#[tokio::test]
async fn a_document_may_have_something_before_its_header_and_after_its_end() {
    let hall = Hall::new();
    let job = b"\x1b%-12345X@PJL JOB\r\n@PJL ENTER LANGUAGE=PDF\r\n";
    let before: [&[u8]; 6] =
        [b"", b"\xef\xbb\xbf", b"\r\n\n  \r\n", job, &[b' '; 1000], b"<script>1</script>\n"];
    let after: [&[u8]; 5] = [b"\n\n", &NUL, b"\x1a", &[b'x'; 5000], b"\x1b%-12345X"];
    for (before, after) in before.iter().flat_map(|before| after.map(|after| (before, after))) {
        let sent = [before, &*document(), after].concat();
        let received = hall.receive(&sent).await;
        let received = received.unwrap_or_else(|why| panic!("{why} {before:?}"));
        assert_eq!((received.kind, received.pages), (FileKind::Pdf, Some(1)));
        assert_eq!(hall.files.read(received.id).await.unwrap(), (FileKind::Pdf, sent));
        let small = pixels(&hall.files.read_thumbnail(received.id).await.unwrap());
        assert_eq!(small.dimensions(), (320, 160), "drawn, and no blank sheet");
    }
    let far = [&[b' '; 1024], &*document()].concat();
    assert!(matches!(hall.receive(&far).await, Err(UploadRefused::NotAKind)));
}

#[tokio::test]
async fn a_document_that_was_changed_or_is_read_while_it_arrives_may_still_not_be_cut() {
    let hall = Hall::new();
    // Both have an end mark before their end.
    let change = b"\n9 0 obj\n<< /Type /Annot >>\nendobj\nxref\n0 1\n";
    let cut = [&*document(), change].concat();
    assert!(matches!(hall.receive(&cut).await, Err(UploadRefused::Broken)));
    let whole = [&*cut, b"trailer\n<< >>\nstartxref\n0\n%%EOF\n"].concat();
    assert!(hall.receive(&whole).await.is_ok());
}

#[tokio::test]
async fn a_document_is_locked_only_if_its_password_is_asked_for() {
    let hall = Hall::new();
    for name in ["locked-rc4-40.pdf", "locked-aes-128.pdf", "locked-aes-256.pdf"] {
        let refused = hall.receive(&fixture(name)).await;
        assert!(matches!(refused, Err(UploadRefused::Locked)), "{name} {refused:?}");
    }
    // These may not be changed or printed, but read.
    for name in ["owner-rc4-128.pdf", "owner-aes-256.pdf"] {
        assert_eq!(hall.receive(&fixture(name)).await.unwrap().pages, Some(1), "{name}");
    }
}

#[tokio::test]
async fn the_pages_of_a_document_are_drawn_for_who_looks_at_it() {
    let hall = Hall::new();
    let received = hall.receive(&document()).await.unwrap();
    let first = hall.files.read_page(received.id, 1).await.unwrap().unwrap();
    assert_eq!(pixels(&first).dimensions(), (2000, 1000));
    for none in [0, 2, u32::MAX] {
        let page = hall.files.read_page(received.id, none).await.unwrap();
        assert_eq!(page.is_none(), none != 0, "{none}");
    }
}

#[tokio::test]
async fn a_photograph_without_its_end_mark_is_whole_if_its_rows_are() {
    let hall = Hall::new();
    let plain = photograph(800, 400, 1);
    for whole in [plain, fixture("progressive.jpg"), fixture("cmyk.jpg")] {
        let received = hall.receive(&whole).await.unwrap();
        let thumbnail = hall.files.read_thumbnail(received.id).await.unwrap();
        assert!(is_red_and_blue(&thumbnail));
        let no_mark = &whole[..whole.len() - 2];
        for sent in [no_mark.to_vec(), [no_mark, b"\xff"].concat(), [&*whole, &NUL].concat()] {
            let received = hall.receive(&sent).await.unwrap();
            let same = hall.files.read_thumbnail(received.id).await.unwrap();
            assert!(same == thumbnail, "the same picture");
        }
        // The end mark of a camera that ran out of power does not make rows.
        for cut in [3, 5, 9].map(|tenths| &whole[..whole.len() * tenths / 10]) {
            for sent in [cut.to_vec(), [cut, b"\xff\xd9"].concat()] {
                let refused = hall.receive(&sent).await;
                assert!(matches!(refused, Err(UploadRefused::Broken)), "{refused:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_picture_is_shown_as_it_was_held() {
    let hall = Hall::new();
    // Where the left of the stored picture, which is red, is seen.
    let red = ["left", "right", "right", "left", "above", "above", "below", "below"];
    for (orientation, red) in (1..).zip(red) {
        let received = hall.receive(&photograph(640, 320, orientation)).await.unwrap();
        let small = pixels(&hall.files.read_thumbnail(received.id).await.unwrap());
        let (x, y) = match red {
            "left" => (20, 80),
            "right" => (300, 80),
            "above" => (80, 20),
            _ => (80, 300),
        };
        let upright = if orientation < 5 { (320, 160) } else { (160, 320) };
        assert_eq!(small.dimensions(), upright, "{orientation}");
        assert!(small.get_pixel(x, y)[0] > 200, "{orientation}: red is {red}");
    }
}

#[tokio::test]
async fn a_picture_of_a_hundred_million_pixels_is_taken() {
    let hall = Hall::new();
    let jpeg = flat_jpeg(12_000, 9_000);
    let received = hall.receive(&jpeg).await.unwrap();
    assert_eq!(received.size, Some((12_000, 9_000)));
    let small = pixels(&hall.files.read_thumbnail(received.id).await.unwrap());
    assert_eq!(small.dimensions(), (320, 240));
    let cut = &jpeg[..jpeg.len() - 600];
    for sent in [cut.to_vec(), [cut, b"\xff\xd9"].concat()] {
        let refused = hall.receive(&sent).await;
        assert!(matches!(refused, Err(UploadRefused::Broken)), "{refused:?}");
    }
}

#[tokio::test]
async fn a_long_screenshot_is_taken() {
    let hall = Hall::new();
    let received = hall.receive(&long_screenshot(108, 20_000)).await.unwrap();
    assert_eq!(received.size, Some((108, 20_000)));
    let small = pixels(&hall.files.read_thumbnail(received.id).await.unwrap());
    assert_eq!(small.dimensions(), (1, 320));
    assert!(small.get_pixel(0, 10)[0] > 200 && small.get_pixel(0, 310)[2] > 200);
}

#[tokio::test]
async fn a_png_without_its_end_mark_is_whole_if_its_rows_are() {
    let hall = Hall::new();
    let grey = image::GrayImage::from_pixel(64, 32, image::Luma([90]));
    let deep = image::ImageBuffer::from_fn(64, 32, |x, _| {
        image::Rgb(if x < 32 { [u16::MAX, 0, 0] } else { [0, 0, u16::MAX] })
    });
    let encoded = |picture: image::DynamicImage| {
        let mut png = Vec::new();
        let mut to = std::io::Cursor::new(&mut png);
        picture.write_to(&mut to, image::ImageFormat::Png).unwrap();
        png
    };
    let plain = [encoded(grey.into()), signature(64, 32)];
    let coloured = ["interlaced.png", "palette.png", "animated.png"].map(fixture);
    let coloured = coloured.into_iter().chain([encoded(deep.into())]);
    let all = plain.into_iter().map(|png| (png, false)).chain(coloured.map(|png| (png, true)));
    for (nth, (png, is_coloured)) in all.enumerate() {
        for sent in [&*png, &png[..png.len() - 12]] {
            // A film has more of itself where a picture ends.
            let received = hall.receive(sent).await.unwrap_or_else(|why| panic!("{why} {nth}"));
            assert_eq!((received.kind, received.size), (FileKind::Png, Some((64, 32))));
            let thumbnail = hall.files.read_thumbnail(received.id).await.unwrap();
            assert_eq!(is_red_and_blue(&thumbnail), is_coloured, "{nth}");
        }
        let data = png.windows(4).position(|name| name == b"IDAT").unwrap() + 4;
        let refused = hall.receive(&png[..data + 5]).await;
        assert!(matches!(refused, Err(UploadRefused::Broken)), "{nth} {refused:?}");
    }
}

#[tokio::test]
async fn other_pictures_that_phones_make_are_taken() {
    let hall = Hall::new();
    for name in ["lossy.webp", "lossless.webp", "animated.webp", "mpo.jpg"] {
        let sent = fixture(name);
        let received = hall.receive(&sent).await.unwrap();
        assert_eq!(received.size, Some((64, 32)), "{name}");
        let thumbnail = hall.files.read_thumbnail(received.id).await.unwrap();
        assert!(is_red_and_blue(&thumbnail), "{name}");
        assert_eq!(hall.files.read(received.id).await.unwrap().1, sent);
        let refused = hall.receive(&sent[..sent.len() * 4 / 10]).await;
        assert!(matches!(refused, Err(UploadRefused::Broken)), "{name} {refused:?}");
    }
    // A film behind the photograph.
    let film = [&*photograph(80, 40, 1), b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"].concat();
    assert_eq!(hall.receive(&film).await.unwrap().kind, FileKind::Jpeg);
}

#[tokio::test]
async fn an_ofd_is_kept_without_being_drawn() {
    let hall = Hall::new();
    let ofd = zipped(&["Doc_0/Document.xml", "OFD.xml"]);
    let received = hall.receive(&ofd).await.unwrap();
    assert_eq!((received.kind, received.size, received.pages), (FileKind::Ofd, None, None));
    assert_eq!(hall.files.read(received.id).await.unwrap(), (FileKind::Ofd, ofd.clone()));
    let cut = hall.receive(&ofd[..ofd.len() - 30]).await;
    assert!(matches!(cut, Err(UploadRefused::Broken)), "{cut:?}");
    let sheet = hall.receive(&zipped(&["[Content_Types].xml", "word/document.xml"])).await;
    assert!(matches!(sheet, Err(UploadRefused::NotAKind)), "{sheet:?}");
}

#[tokio::test]
async fn what_cannot_be_taken_is_called_by_its_name() {
    let hall = Hall::new();
    let heif = |major: &[u8; 4], brands: &[u8]| {
        let length = u8::try_from(16 + brands.len()).unwrap();
        [&[0, 0, 0, length], &b"ftyp"[..], major, &[0; 4], brands, &[0, 0, 1, 0], b"meta"].concat()
    };
    for sent in [heif(b"heic", b"mif1heic"), heif(b"mif1", b"mif1heic"), heif(b"heix", b"")] {
        let refused = hall.receive(&sent).await;
        assert!(matches!(refused, Err(UploadRefused::Heic)), "{refused:?}");
    }
    let pictures: [&[u8]; 4] = [
        b"GIF89a\x01\0\x01\0",
        b"BM\x36\0\0\0\0\0",
        b"II*\0\x08\0\0\0\x0e\0\xfe\0",
        &heif(b"avif", b"mif1avif"),
    ];
    for sent in pictures {
        let refused = hall.receive(sent).await;
        assert!(matches!(refused, Err(UploadRefused::OtherPicture)), "{refused:?}");
    }
    assert!(matches!(hall.receive(b"").await, Err(UploadRefused::Empty)));
    let text: Vec<u8> = "\u{feff}身份证明".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for sent in [&*text, b"\xef\xbb\xbfname,number\n", b"\0\0\0\x14ftypqt  \0\0\0\0qt  "] {
        let refused = hall.receive(sent).await;
        assert!(matches!(refused, Err(UploadRefused::NotAKind)), "{refused:?}");
    }
    assert!(matches!(hall.receive(&bomb(20_000, 20_000)).await, Err(UploadRefused::TooLarge)));
    assert!(hall.stored().is_empty());
}
