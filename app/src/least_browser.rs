//! The oldest browsers that run the pages of machines and desks, and how an older one says so
//! instead of starting for ever.
//!
//! What decides is the WebAssembly that rustc writes (`FEATURES` in `xtask/src/page.rs`):
//! references and several results came last. Firefox and Safari had those earlier than
//! dialogs. The documents for phones need neither WebAssembly nor scripts.

/// As the message names them. The build, the READMEs and INSTALL.md say the same; a test
/// compares them.
pub const LEAST_BROWSERS: &str = "Chrome 96 · Edge 96 · Firefox 98 · Safari 15.4";

/// A module with one instruction of each kind that the pages use: 16-bit signs, saturating
/// conversions, bulk memory, references, several results, a mutable global that is exported.
const EVERY_FEATURE: &str = "0,97,115,109,1,0,0,0,1,9,2,96,0,2,127,127,96,0,0,3,3,2,0,1,\
    4,4,1,111,0,1,5,3,1,0,1,6,6,1,127,1,65,0,11,7,5,1,1,103,3,0,10,44,2,6,0,65,0,65,0,11,\
    35,0,65,0,192,26,68,0,0,0,0,0,0,0,0,252,2,26,65,0,65,0,65,0,252,11,0,208,111,65,0,\
    252,15,0,26,11";

/// A script for any browser, however old (ES5), at the end of the document: it says that
/// the page starts, or that the browser is too old, and then tells the module not to start.
pub fn check_script() -> String {
    format!(
        "(function () {{
  var able = false;
  try {{
    able = WebAssembly.validate(new Uint8Array([{EVERY_FEATURE}])) &&
      'noModule' in document.createElement('script') &&
      'showModal' in document.createElement('dialog');
  }} catch (error) {{}}
  window.isTooOld = !able;
  document.querySelector(able ? '.starting > p' : '.too-old').hidden = false;
}})();"
    )
}
