//! The certificate of the server, from two files. They are read again when they change, so
//! that a renewed certificate needs no restart.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use rustls::client::verify_server_name;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::server::{ClientHello, ParsedCertificate, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{InconsistentKeys, ServerConfig};
use sha2::{Digest as _, Sha256};

/// Why two files are not a certificate and its key, as the operator reads it.
#[derive(Debug, thiserror::Error)]
pub enum TlsFault {
    #[error("{setting} = \"{}\" cannot be read: {error}", .path.display())]
    Unreadable { setting: &'static str, path: PathBuf, error: io::Error },
    #[error("{setting} = \"{}\" is not PEM ({error}); expected {}", .path.display(), expected(.setting))]
    NotPem { setting: &'static str, path: PathBuf, error: pem::Error },
    #[error("{setting} = \"{}\" contains nothing of the kind; expected {}", .path.display(), expected(.setting))]
    Missing { setting: &'static str, path: PathBuf },
    #[error(
        "tls_key = \"{}\" is encrypted by a password; expected a key without one, as \
         \"openssl pkey -in FILE -out NEW\" makes it", .path.display()
    )]
    Encrypted { path: PathBuf },
    #[error("{setting} = \"{}\" cannot be used: {error}", .path.display())]
    Unusable { setting: &'static str, path: PathBuf, error: rustls::Error },
    #[error(
        "tls_key = \"{}\" does not belong to the first certificate in tls_cert = \"{}\"",
        .key.display(), .cert.display()
    )]
    Mismatch { cert: PathBuf, key: PathBuf },
}

const CERT: &str = "tls_cert";
const KEY: &str = "tls_key";

fn expected(setting: &str) -> &'static str {
    if setting == CERT {
        "certificates in PEM, the server's own first (-----BEGIN CERTIFICATE-----)"
    } else {
        "a private key in PEM (-----BEGIN PRIVATE KEY-----)"
    }
}

/// The certificate that connections get at present.
pub struct Certificate {
    cert: PathBuf,
    key: PathBuf,
    loaded: RwLock<Loaded>,
}

struct Loaded {
    certified: Arc<CertifiedKey>,
    digest: [u8; 32],
}

impl Certificate {
    /// Reads a certificate and its key.
    ///
    /// # Errors
    /// The files cannot be read, are not PEM, or do not belong together.
    pub fn read(cert: &Path, key: &Path) -> Result<Arc<Self>, TlsFault> {
        let loaded = Loaded::of(&Files::read(cert, key)?, cert, key)?;
        let (cert, key) = (cert.to_owned(), key.to_owned());
        Ok(Arc::new(Self { cert, key, loaded: RwLock::new(loaded) }))
    }

    /// Reads the files again and says whether they had changed.
    ///
    /// # Errors
    /// As of [`Certificate::read`]; the certificate so far stays.
    pub fn refresh(&self) -> Result<bool, TlsFault> {
        let known = self.loaded.read().unwrap_or_else(PoisonError::into_inner).digest;
        let files = Files::read(&self.cert, &self.key)?;
        if files.digest() == known {
            return Ok(false);
        }
        let loaded = Loaded::of(&files, &self.cert, &self.key)?;
        *self.loaded.write().unwrap_or_else(PoisonError::into_inner) = loaded;
        Ok(true)
    }

    /// Whether browsers accept it for a host.
    pub fn names(&self, host: &str) -> bool {
        let certified = self.current();
        let Ok(name) = ServerName::try_from(host.trim_matches(['[', ']'])) else { return false };
        certified
            .end_entity_cert()
            .and_then(ParsedCertificate::try_from)
            .is_ok_and(|parsed| verify_server_name(&parsed, &name).is_ok())
    }

    /// TLS 1.2 and 1.3, with HTTP/2 before HTTP/1.1.
    pub(super) fn config(self: &Arc<Self>) -> Arc<ServerConfig> {
        let mut config = ServerConfig::builder_with_provider(Arc::new(provider()))
            .with_safe_default_protocol_versions()
            .expect("ring has the default versions")
            .with_no_client_auth()
            .with_cert_resolver(self.clone());
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Arc::new(config)
    }

    fn current(&self) -> Arc<CertifiedKey> {
        self.loaded.read().unwrap_or_else(PoisonError::into_inner).certified.clone()
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.current())
    }
}

// The key must not reach the log.
impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate").field("cert", &self.cert).finish_non_exhaustive()
    }
}

/// The contents of the two files.
struct Files {
    certs: Vec<u8>,
    secret: Vec<u8>,
}

impl Files {
    fn read(cert: &Path, key: &Path) -> Result<Self, TlsFault> {
        Ok(Self { certs: contents(CERT, cert)?, secret: contents(KEY, key)? })
    }

    fn digest(&self) -> [u8; 32] {
        Sha256::new().chain_update(&self.certs).chain_update(&self.secret).finalize().into()
    }
}

impl Loaded {
    fn of(files: &Files, cert: &Path, key: &Path) -> Result<Self, TlsFault> {
        let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(&files.certs)
            .collect::<Result<_, _>>()
            .map_err(|error| TlsFault::NotPem { setting: CERT, path: cert.into(), error })?;
        if chain.is_empty() {
            return Err(TlsFault::Missing { setting: CERT, path: cert.into() });
        }
        let private =
            PrivateKeyDer::from_pem_slice(&files.secret).map_err(|error| match error {
                _ if is_encrypted(&files.secret) => TlsFault::Encrypted { path: key.into() },
                pem::Error::NoItemsFound => TlsFault::Missing { setting: KEY, path: key.into() },
                error => TlsFault::NotPem { setting: KEY, path: key.into(), error },
            })?;
        let signing = provider()
            .key_provider
            .load_private_key(private)
            .map_err(|error| TlsFault::Unusable { setting: KEY, path: key.into(), error })?;
        let certified = CertifiedKey::new(chain, signing);
        match certified.keys_match() {
            // Not every kind of key can tell.
            Ok(()) | Err(rustls::Error::InconsistentKeys(InconsistentKeys::Unknown)) => {}
            Err(rustls::Error::InconsistentKeys(_)) => {
                return Err(TlsFault::Mismatch { cert: cert.into(), key: key.into() });
            }
            Err(error) => {
                return Err(TlsFault::Unusable { setting: CERT, path: cert.into(), error });
            }
        }
        Ok(Self { certified: Arc::new(certified), digest: files.digest() })
    }
}

fn contents(setting: &'static str, path: &Path) -> Result<Vec<u8>, TlsFault> {
    std::fs::read(path).map_err(|error| TlsFault::Unreadable {
        setting,
        path: path.to_owned(),
        error,
    })
}

/// An old key says so in a line of its own.
fn is_encrypted(pem: &[u8]) -> bool {
    String::from_utf8_lossy(pem).contains("ENCRYPTED")
}

fn provider() -> CryptoProvider {
    ring::default_provider()
}
