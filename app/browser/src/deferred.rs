//! Cuts the kiosk's code in two: what [`draw`] alone needs becomes a file of its own, which
//! is loaded when it is first called (`xtask/src/split.rs` makes the files).

// The macro exports the function under a name that the cut is found by.
#![allow(unsafe_code)]

use jiban_app::kiosk::deferred::{self, DeferredCode};
use jiban_app::kiosk::scene::Screen;
use leptos::prelude::AnyView;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

/// The kiosk's later code.
pub const CODE: DeferredCode = DeferredCode {
    load: || Box::pin(async { load().await.is_ok() }),
    draw: |screen| Box::pin(async { draw(screen).await.ok() }),
};

#[allow(clippy::unnecessary_wraps)] // The load may fail.
#[wasm_split(deferred, wasm_split_path = ::leptos::wasm_split, preload(load), fallible)]
fn draw(screen: Screen) -> Result<AnyView, SplitLoaderError> {
    Ok(deferred::draw(screen))
}
