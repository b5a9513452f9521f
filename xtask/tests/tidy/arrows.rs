//! Which part may use which.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{Crate, circles};

/// What each crate may not name: arrows run `domain <- app <- server`.
const FORBIDDEN: [(&str, &[&str]); 4] = [
    (
        "domain/src",
        &["jiban_app", "jiban", "axum", "leptos", "sqlx", "tokio", "web_sys", "gloo_net", "image"],
    ),
    ("app/src", &["jiban", "axum", "sqlx", "tokio"]),
    ("app/browser/src", &["jiban", "jiban_domain", "axum", "sqlx", "tokio"]),
    ("server/src", &["web_sys", "wasm_bindgen", "gloo_net", "gloo_timers"]),
];

#[test]
fn arrows_between_crates_run_one_way() {
    for (folder, forbidden) in FORBIDDEN {
        let named = Crate::read(folder).crates_named();
        for name in forbidden {
            let file = named.get(*name);
            assert!(file.is_none(), "{} names {name}, which {folder} may not", file.unwrap());
        }
    }
}

/// The floors of the server from the top, as in the first lines of its `lib.rs`. A part
/// uses only parts of floors below its own: none beside it, none above it.
const FLOORS: [&[&str]; 16] = [
    &["main"],
    &["commands"],
    &["cli", "serve", "terminal"],
    &["http", "jobs"],
    &["documents", "unlock"],
    &["views"],
    &["service"],
    &["store", "waits"],
    &["live_state"],
    &["change", "connections", "pace", "calendar_file"],
    &["settings"],
    &["hall_file", "uploads"],
    &["pdf", "shapes", "vault", "voice"],
    &[
        "alerting",
        "characters",
        "clock",
        "part_file",
        "limits",
        "oidc",
        "pinyin",
        "printing",
        "qr_reader",
        "record_file",
        "sms",
        "zone",
    ],
    &["languages", "outgoing"],
    &["post"],
];

#[test]
fn arrows_inside_the_server_run_down() {
    let server = Crate::read("server/src");
    let floors: BTreeMap<&str, usize> = FLOORS
        .iter()
        .enumerate()
        .flat_map(|(floor, parts)| parts.iter().map(move |part| (*part, floor)))
        .collect();
    let mut wrong = Vec::new();
    for (file, used) in server.uses().into_iter().filter(|(file, _)| part(file) != "lib") {
        let Some(floor) = floors.get(part(file)) else {
            wrong.push(format!("{file}: {} has no floor yet in this test", part(file)));
            continue;
        };
        for other in used.into_iter().filter(|other| part(other) != part(file)) {
            if floors.get(part(other)).is_none_or(|below| below <= floor) {
                wrong.push(format!("{file} may not use {other}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The folder or file directly below `server/src`.
fn part(file: &str) -> &str {
    let inside = file.trim_start_matches("server/src/");
    inside.split('/').next().unwrap().trim_end_matches(".rs")
}

/// Files that may use each other, and why.
const RECURSIONS: [(&[&str], &str); 0] = [];

#[test]
fn no_files_use_each_other() {
    let mut found = Vec::new();
    for folder in ["domain/src", "app/src", "server/src", "xtask/src", "bench/src"] {
        let read = Crate::read(folder);
        let mut uses = read.uses();
        // A folder's mod.rs opens it and says what its files share: those two ways
        // are one folder, and no circle. A file of it that uses another and is used by
        // that one is.
        for (file, used) in &mut uses {
            if let Some(folder) = opened_by(file) {
                used.retain(|other| !other.starts_with(folder));
            }
        }
        for circle in circles(&uses) {
            let allowed = RECURSIONS.iter().any(|(files, _)| circle.iter().eq(files.iter()));
            if !allowed {
                found.push(described(&circle, &uses));
            }
        }
    }
    assert!(found.is_empty(), "{} circles\n{}", found.len(), found.join("\n"));
}

/// The folder that a file opens, with its last slash.
fn opened_by(file: &str) -> Option<&str> {
    ["mod.rs", "lib.rs", "main.rs"].into_iter().find_map(|name| file.strip_suffix(name))
}

fn described(circle: &BTreeSet<&str>, uses: &BTreeMap<&str, BTreeSet<&str>>) -> String {
    let arrows = circle.iter().flat_map(|file| {
        let used = uses[file].intersection(circle);
        used.map(move |other| format!("  {file} uses {other}"))
    });
    let arrows: Vec<String> = arrows.collect();
    format!("a circle of {} files:\n{}", circle.len(), arrows.join("\n"))
}
