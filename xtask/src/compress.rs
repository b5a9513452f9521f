//! Compression at build time: slow once, instead of for every visitor.

use std::io::Write;
use std::path::Path;

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::profile::BuildProfile;

/// Formats that are compressed already.
const COMPRESSED: [&str; 8] = ["woff2", "png", "jpg", "webp", "mp3", "ogg", "opus", "m4a"];

/// Compresses files, unless an earlier build has done so.
pub struct Compressor<'a> {
    /// Where earlier builds put their files.
    pub assets: &'a Path,
    /// Chooses between speed and size.
    pub profile: BuildProfile,
}

impl Compressor<'_> {
    /// The suffix and bytes of each compressed form of `bytes` that is worth
    /// sending; `hashed` is a name that no other bytes have.
    pub fn compress(&self, hashed: &str, bytes: &[u8]) -> Result<Vec<(&'static str, Vec<u8>)>> {
        let extension = hashed.rsplit_once('.').map_or("", |(_, extension)| extension);
        if COMPRESSED.contains(&extension) {
            return Ok(Vec::new());
        }
        let earlier = |suffix| std::fs::read(self.assets.join(format!("{hashed}.{suffix}")));
        let mut forms = vec![
            ("br", earlier("br").or_else(|_| self.brotli(bytes))?),
            ("gz", earlier("gz").or_else(|_| self.gzip(bytes))?),
        ];
        forms.retain(|(_, form)| form.len() * 10 < bytes.len() * 9);
        Ok(forms)
    }

    fn brotli(&self, bytes: &[u8]) -> std::io::Result<Vec<u8>> {
        let quality = match self.profile {
            BuildProfile::Debug => 2,
            BuildProfile::Release => 11,
        };
        let parameters = BrotliEncoderParams { quality, lgwin: 22, ..Default::default() };
        let mut compressed = Vec::new();
        brotli::BrotliCompress(&mut &*bytes, &mut compressed, &parameters)?;
        Ok(compressed)
    }

    fn gzip(&self, bytes: &[u8]) -> std::io::Result<Vec<u8>> {
        let level = match self.profile {
            BuildProfile::Debug => Compression::fast(),
            BuildProfile::Release => Compression::best(),
        };
        let mut encoder = GzEncoder::new(Vec::new(), level);
        encoder.write_all(bytes)?;
        encoder.finish()
    }
}
