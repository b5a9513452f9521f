//! The documents match the code: they are compared with the sources, so that
//! nobody forgets a new route, field, refusal or setting.

use std::collections::BTreeSet;
use std::fs::{read_dir, read_to_string};
use std::path::{Path, PathBuf};

use jiban::settings::LIST;
use jiban::zone::zone;
use jiban_domain::Refusal;
use jiban_domain::booking::BookingRefusal;
use jiban_domain::calendar::Calendar;
use jiban_domain::case::CaseRefusal;
use jiban_domain::draft::DraftRefusal;
use jiban_domain::schedule::{HallTime, Schedule};

const READMES: [&str; 2] = ["README.md", "README.zh-CN.md"];

fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn document(name: &str) -> String {
    read_to_string(checkout().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The sources of a folder as one text, without their comments.
fn sources(folder: &str) -> String {
    let mut files: Vec<PathBuf> =
        read_dir(checkout().join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| {
        file.extension().is_some_and(|extension| extension == "rs") && !file.ends_with("tests.rs")
    });
    let texts: String = files.iter().map(|file| read_to_string(file).unwrap()).collect();
    let code: Vec<&str> =
        texts.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    code.join("\n")
}

/// Every address that the server answers, except those that match anything.
pub fn routes() -> BTreeSet<String> {
    let rows = jiban::http::routes().rows();
    rows.into_iter()
        .map(|row| row.path.to_owned())
        .filter(|address| !address.contains("{*") && address != "/favicon.svg")
        .collect()
}

#[test]
fn every_route_is_listed() {
    let routes = routes();
    assert!(routes.len() > 30, "the sources were read: {routes:?}");
    let api = document("docs/API.md");
    for route in &routes {
        assert!(names(&api, route), "docs/API.md does not list {route}");
    }
}

#[test]
fn the_demo_names_every_entrance() {
    let pages: BTreeSet<String> = routes()
        .iter()
        .filter_map(|route| route.split('/').nth(1).map(str::to_owned))
        // The last are in capitals, as QR codes have them.
        .filter(|first| !["api", "events", "healthz", "VERIFY", "B", "D"].contains(&first.as_str()))
        .collect();
    assert!(pages.len() > 8, "the sources were read: {pages:?}");
    for (name, heading) in READMES.into_iter().zip(["### The demo", "### 演示大厅"]) {
        let text = document(name);
        let demo = text.split(heading).nth(1).unwrap().split("\n## ").next().unwrap();
        for page in &pages {
            let named = [format!("`/{page}`"), format!("`/{page}/")];
            assert!(named.iter().any(|named| demo.contains(named)), "{name}: /{page}");
        }
    }
}

/// Whether a text has an address that is not the beginning of a longer one.
fn names(text: &str, address: &str) -> bool {
    text.split(address).skip(1).any(|rest| rest.starts_with(['`', '?', ' ']))
}

#[test]
fn every_field_is_named() {
    let api = document("docs/API.md");
    let code = sources("app/src/api");
    let fields: BTreeSet<&str> = code
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("pub ")?.split_once(':'))
        .map(|(field, _)| field)
        .filter(|field| field.chars().all(|sign| sign.is_ascii_lowercase() || sign == '_'))
        .collect();
    assert!(fields.len() > 60, "the sources were read: {fields:?}");
    for field in fields {
        let named = [format!("`{field}`"), format!("\"{field}\"")];
        assert!(named.iter().any(|named| api.contains(named)), "docs/API.md does not name {field}");
    }
}

#[test]
fn every_refusal_is_listed_with_its_status() {
    let api = document("docs/API.md");
    let refusals: BTreeSet<_> = Refusal::ROWS
        .iter()
        .chain(CaseRefusal::ROWS)
        .chain(BookingRefusal::ROWS)
        .chain(DraftRefusal::ROWS)
        .collect();
    for (status, code) in &refusals {
        let listed = api.contains(&format!("| {status} | `{code}` |"));
        assert!(listed, "docs/API.md does not list {status} {code}");
    }
    let rows = api.lines().filter(|line| line.starts_with("| 4") || line.starts_with("| 5"));
    assert_eq!(rows.count(), refusals.len(), "docs/API.md lists what is no refusal");
}

#[test]
fn every_setting_is_listed() {
    for name in READMES {
        let text = document(name);
        // The bounds are many, and seldom changed: they are in docs/SETTINGS.md alone.
        assert!(text.contains("](docs/SETTINGS.md)"), "{name} does not lead to the settings");
        for setting in LIST.iter().filter(|setting| !setting.key.starts_with("limit_")) {
            for word in [setting.key, setting.env].into_iter().chain(setting.flag) {
                assert!(text.contains(&format!("`{word}`")), "{name} does not list {word}");
            }
        }
    }
}

/// 2026-11-23 10:00 in Shanghai, a Monday.
const MONDAY_TEN: i64 = 1_795_399_200_000;

#[test]
fn the_hall_file_shown_is_valid_and_open_every_morning() {
    for name in READMES {
        let text = document(name);
        let file = text.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
        let setup =
            jiban::hall_file::read(file).unwrap_or_else(|faults| panic!("{name}: {faults:?}"));
        let [hall] = &setup.halls[..] else { panic!("{name} shows one hall") };
        let (zone, calendar) = (zone(hall), Calendar::default());
        let time = HallTime { zone: &zone, calendar: &calendar };
        for day in 0..7 {
            let ten = MONDAY_TEN + day * 24 * 60 * 60 * 1000;
            assert!(
                Schedule::of_hall(hall, time).is_open(ten),
                "{name}: closed on day {day} of the week"
            );
        }
    }
}

#[test]
fn links_lead_somewhere() {
    let mut all: Vec<String> = READMES.map(str::to_owned).to_vec();
    all.extend(
        ["ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"].map(Into::into),
    );
    for entry in read_dir(checkout().join("docs")).unwrap() {
        let name = PathBuf::from(entry.unwrap().file_name());
        if name.extension().is_some_and(|extension| extension == "md") {
            all.push(format!("docs/{}", name.display()));
        }
    }
    for name in all {
        let text = document(&name);
        let folder = checkout().join(&name).parent().unwrap().to_owned();
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let pictures = text.split("src=\"").skip(1).filter_map(|rest| rest.split('"').next());
        for link in links.chain(pictures) {
            let file = link.split('#').next().unwrap();
            let elsewhere = file.is_empty() || file.contains("://");
            assert!(elsewhere || folder.join(file).exists(), "{name} links to {link}");
        }
    }
}

#[test]
fn the_named_places_exist() {
    let text = document("ARCHITECTURE.md");
    let (now, rest) = text.split_once("\n## What comes later").unwrap();
    let (_, walk) = rest.split_once("\n## One ticket").unwrap();
    let rooms = ["app/", "bench/", "demo/", "docs/", "domain/", "end2end/", "public/", "server/"];
    let named = now.split('`').chain(walk.split('`')).filter(|word| {
        rooms.iter().any(|room| word.starts_with(room)) && !word.contains(char::is_whitespace)
    });
    let mut count = 0;
    for place in named {
        assert!(checkout().join(place).exists(), "ARCHITECTURE.md names {place}");
        count += 1;
    }
    assert!(count > 20, "the places were read");
}
