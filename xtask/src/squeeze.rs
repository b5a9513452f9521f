//! Compression ahead of time: slow once, instead of for every visitor.

use std::io::Write;
use std::path::Path;

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::page::Kind;

/// What is compressed already gains nothing.
const DENSE: [&str; 8] = ["woff2", "png", "jpg", "webp", "mp3", "ogg", "opus", "m4a"];

/// Compresses files that are not there in compressed form yet.
pub struct Squeeze<'a> {
    /// Where earlier builds put them.
    pub assets: &'a Path,
    /// How hard to try.
    pub kind: Kind,
}

impl Squeeze<'_> {
    /// The suffix and bytes of each form of `bytes` that is worth sending in
    /// its place; `hashed` is a name that no other bytes have.
    pub fn squeezed(&self, hashed: &str, bytes: &[u8]) -> Result<Vec<(&'static str, Vec<u8>)>> {
        let extension = hashed.rsplit_once('.').map_or("", |(_, extension)| extension);
        if DENSE.contains(&extension) {
            return Ok(Vec::new());
        }
        let there = |suffix| std::fs::read(self.assets.join(format!("{hashed}.{suffix}")));
        let mut forms = vec![
            ("br", there("br").or_else(|_| self.brotli(bytes))?),
            ("gz", there("gz").or_else(|_| self.gzip(bytes))?),
        ];
        forms.retain(|(_, form)| form.len() * 10 < bytes.len() * 9);
        Ok(forms)
    }

    fn brotli(&self, bytes: &[u8]) -> std::io::Result<Vec<u8>> {
        let quality = match self.kind {
            Kind::Debug => 2,
            Kind::Release => 11,
        };
        let parameters = BrotliEncoderParams { quality, lgwin: 22, ..Default::default() };
        let mut squeezed = Vec::new();
        brotli::BrotliCompress(&mut &*bytes, &mut squeezed, &parameters)?;
        Ok(squeezed)
    }

    fn gzip(&self, bytes: &[u8]) -> std::io::Result<Vec<u8>> {
        let level = match self.kind {
            Kind::Debug => Compression::fast(),
            Kind::Release => Compression::best(),
        };
        let mut encoder = GzEncoder::new(Vec::new(), level);
        encoder.write_all(bytes)?;
        encoder.finish()
    }
}
