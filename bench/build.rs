//! Compiles the bound of issuing, `src/sqlite_loop.c`, into a program of its own,
//! linked with the very `SQLite` that the server is linked with.

use std::env;
use std::path::PathBuf;

fn main() {
    println!("cargo::rerun-if-changed=src/sqlite_loop.c");
    // Told by the build script of libsqlite3-sys to those who depend on it.
    let include = env::var("DEP_SQLITE3_INCLUDE").expect("libsqlite3-sys is bundled");
    let library = env::var("DEP_SQLITE3_LIB_DIR").expect("libsqlite3-sys is bundled");
    let program = PathBuf::from(env::var("OUT_DIR").expect("set by cargo")).join("sqlite_loop");
    let compiler = cc::Build::new().include(include).get_compiler();
    let compiled = compiler
        .to_command()
        .arg("src/sqlite_loop.c")
        .arg("-o")
        .arg(&program)
        .arg(format!("-L{library}"))
        .args(["-lsqlite3", "-lm", "-lpthread", "-ldl"])
        .status();
    assert!(compiled.is_ok_and(|status| status.success()), "sqlite_loop.c does not compile");
    println!("cargo::rustc-env=SQLITE_LOOP={}", program.display());
}
