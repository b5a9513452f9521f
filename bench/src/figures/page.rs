//! What the browser must load, as the server sends it.

use std::collections::BTreeSet;

use anyhow::{Result, bail};

use super::hall;
use crate::client::Connection;
use crate::numbers::count;
use crate::server::Workplace;
use crate::table::{Aim, Table};

const READS: &str = "Accept-Encoding: gzip, br\r\n";
/// What a page names for later, by these attributes: it is loaded when somebody asks for it.
const LATER: [&str; 3] = ["data-accessibility=\"", "data-camera=\"", "data-style=\""];

/// Adds its rows.
pub async fn measure(workplace: &Workplace, table: &mut Table) -> Result<()> {
    let server = workplace.serve(&workplace.database("page")).await?;
    let mut connection = Connection::open(server.address).await?;
    let kiosk = load(&mut connection, "/kiosk/K1", |_| true).await?;
    let matters = hall::matters(&server, None).await?;
    let (taken, _) = hall::take(&server, &matters, 1, 1).await?;
    let progress = format!("/t/{}", taken[0]);
    let progress = load(&mut connection, &progress, |file| kind(file) != "js").await?;
    table.row(
        "what a kiosk must load",
        format!("{:.0} KB", kiosk.0),
        kiosk.1,
        [Aim::new("under 300 KB", kiosk.0 < 300.0)],
    );
    table.row(
        "what the progress page must load, without scripts",
        format!("{:.1} KB", progress.0),
        progress.1,
        [Aim::new("under 20 KB", progress.0 < 20.0)],
    );
    server.stop()
}

/// Kilobytes of a document and of every file it names, and which they are.
async fn load(
    connection: &mut Connection,
    page: &str,
    wanted: impl Fn(&str) -> bool,
) -> Result<(f64, String)> {
    let document = connection.get(page, "").await?;
    let mut wait = named(&document.body);
    let sent = connection.get(page, READS).await?;
    let mut all = sent.body.len();
    let mut parts = vec![format!("document {:.1}", kilobytes(all))];
    let mut loaded = BTreeSet::new();
    while let Some(file) = wait.pop_first() {
        if !wanted(&file) || !loaded.insert(file.clone()) {
            continue;
        }
        if kind(&file) == "css" {
            wait.extend(named(&connection.get(&file, "").await?.body));
        }
        let sent = connection.get(&file, READS).await?;
        if sent.status != 200 {
            bail!("{file}, named by {page}, answered {}", sent.status);
        }
        all += sent.body.len();
        parts.push(format!("{} {:.1}", kind(&file), kilobytes(sent.body.len())));
    }
    Ok((kilobytes(all), parts.join(", ")))
}

/// The built files a text names.
fn named(text: &[u8]) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(text);
    let ends = |c: char| !(c.is_ascii_alphanumeric() || "/._-".contains(c));
    let assets = text
        .match_indices("/assets/")
        .filter(|(at, _)| !LATER.iter().any(|later| text[..*at].ends_with(later)))
        .map(|(at, _)| &text[at..]);
    let icon = text.match_indices("/favicon.svg").map(|(at, _)| &text[at..]);
    assets
        .chain(icon)
        .map(|rest| rest[..rest.find(ends).unwrap_or(rest.len())].to_owned())
        .collect()
}

fn kind(file: &str) -> &str {
    file.rsplit('.').next().unwrap_or_default()
}

fn kilobytes(bytes: usize) -> f64 {
    count(bytes) / 1024.0
}
