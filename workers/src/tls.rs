//! Whom we trust: the one TLS configuration of the IMAP and the SMTP client.
//!
//! Certificates are always checked against the host name. A site with its own authority names its file; that adds
//! to the public roots and never replaces the check.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::{CertificateDer, pem::PemObject};

/// Why no TLS configuration could be made.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// The file named as `ca_file` cannot be used.
    #[error("the certificate file {}: {cause}", path.display())]
    CaFile {
        /// As configured.
        path: PathBuf,
        /// What is wrong with it.
        cause: String,
    },
    /// The cryptography in this build does not support TLS 1.2 and 1.3.
    #[error("no TLS: {0}")]
    Unsupported(#[from] rustls::Error),
}

/// The certificates (DER) in a PEM file; an empty list when no file is named.
///
/// # Errors
/// When the file cannot be read, is not PEM, or holds no certificate.
pub fn extra_roots(ca_file: Option<&Path>) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let Some(path) = ca_file else { return Ok(Vec::new()) };
    let unusable = |cause: String| TlsError::CaFile { path: path.to_owned(), cause };
    let roots = CertificateDer::pem_file_iter(path)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| unusable(error.to_string()))?;
    if roots.is_empty() { Err(unusable("it holds no certificate".to_owned())) } else { Ok(roots) }
}

/// TLS 1.2 and 1.3 with the public roots (Mozilla's list, built in) and those of `ca_file`.
///
/// # Errors
/// As [`extra_roots`], and when a certificate in the file is malformed.
pub fn client_config(ca_file: Option<&Path>) -> Result<Arc<ClientConfig>, TlsError> {
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    for root in extra_roots(ca_file)? {
        roots.add(root)?;
    }
    // Named, not looked up: two crates of the tree could each install a process default.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ca_file_that_is_missing_or_empty_is_named_in_the_error() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("missing.pem");
        assert!(client_config(Some(&missing)).unwrap_err().to_string().contains("missing.pem"));
        let empty = folder.path().join("empty.pem");
        std::fs::write(&empty, "no certificate here\n").unwrap();
        let error = client_config(Some(&empty)).unwrap_err().to_string();
        assert!(error.ends_with("it holds no certificate"), "{error}");
        assert!(client_config(None).is_ok());
    }
}
