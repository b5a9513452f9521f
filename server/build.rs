//! Gives the server a place to take the pages from, even before they are built.

use std::path::Path;
use std::{fs, io};

fn main() -> io::Result<()> {
    for kind in ["debug", "release"] {
        let site = Path::new("../target/site").join(kind);
        let manifest = site.join("manifest.txt");
        if !manifest.exists() {
            fs::create_dir_all(site)?;
            fs::write(&manifest, "")?;
        }
        // Its lines carry the hash of every file: it changes when any of them does.
        println!("cargo::rerun-if-changed={}", manifest.display());
    }
    Ok(())
}
