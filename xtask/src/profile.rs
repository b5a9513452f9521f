//! How the pages and the server are built.

/// A server built with one profile takes the pages built with the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuildProfile {
    /// Quick to build: for tests and for work on a page.
    Debug,
    /// Small: what is shipped.
    Release,
}

impl BuildProfile {
    /// The name of its folders.
    pub fn name(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }

    /// The cargo profile that compiles the pages.
    pub fn of_pages(self) -> &'static str {
        match self {
            Self::Debug => "dev",
            Self::Release => "wasm-release",
        }
    }
}
