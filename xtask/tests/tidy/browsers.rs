//! The oldest browsers are the same wherever they are named.

use std::fs::read_to_string;

use crate::sources::checkout;

#[test]
fn the_least_browsers_are_the_same_everywhere() {
    let text = |path: &str| read_to_string(checkout().join(path)).unwrap();
    let source = text("app/src/least_browser.rs");
    let (_, rest) = source.split_once("LEAST_BROWSERS: &str = \"").unwrap();
    let named = rest.split('"').next().unwrap();
    for document in ["README.md", "README.zh-CN.md", "docs/INSTALL.md"] {
        assert!(text(document).contains(named), "{document} does not name {named}");
    }
    let target: String = named.to_lowercase().replace(" \u{b7} ", ",").replace(' ', "");
    let target = format!("--target={target}\"");
    assert!(text("xtask/src/esbuild.rs").contains(&target), "esbuild is not given {target}");
}
