//! The endpoint as configured: `http://127.0.0.1:8080/v1`.

use hyper::Uri;

/// Where chat completions are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Whether it is https.
    pub tls: bool,
    /// A name, or an address without brackets.
    pub host: String,
    /// The port, also when it is the scheme's own.
    pub port: u16,
    /// What stands before `/chat/completions`: `/v1`, or nothing.
    pub path: String,
}

/// Why a text is no endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// It does not parse, or is not http.
    #[error("it must be an address such as http://127.0.0.1:8080/v1")]
    Form,
    /// It holds a user or a password.
    #[error("it must not hold a user or a password: give a key in wording.key_file")]
    User,
    /// It holds a question mark.
    #[error("it must end with the path, without a question mark")]
    Query,
}

impl Endpoint {
    /// Reads it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, EndpointError> {
        let uri: Uri = text.trim().parse().map_err(|_| EndpointError::Form)?;
        let tls = match uri.scheme_str() {
            Some("http") => false,
            Some("https") => true,
            _ => return Err(EndpointError::Form),
        };
        let authority = uri.authority().ok_or(EndpointError::Form)?;
        if authority.as_str().contains('@') {
            return Err(EndpointError::User);
        }
        if uri.query().is_some() {
            return Err(EndpointError::Query);
        }
        let host = authority.host().trim_start_matches('[').trim_end_matches(']').to_owned();
        if host.is_empty() {
            return Err(EndpointError::Form);
        }
        let port = authority.port_u16().unwrap_or(if tls { 443 } else { 80 });
        Ok(Self { tls, host, port, path: uri.path().trim_end_matches('/').to_owned() })
    }

    /// `127.0.0.1:8080`, as in the Host header (RFC 9110 section 7.2).
    #[must_use]
    pub fn authority(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_is_a_scheme_a_host_a_port_and_a_path() {
        let read = |text: &str| Endpoint::parse(text).map(|one| (one.tls, one.authority(), one.path));
        assert_eq!(read("http://127.0.0.1:8080/v1"), Ok((false, "127.0.0.1:8080".to_owned(), "/v1".to_owned())));
        assert_eq!(read("https://models.lan/"), Ok((true, "models.lan:443".to_owned(), String::new())));
        assert_eq!(read("http://[::1]:11434/v1/"), Ok((false, "[::1]:11434".to_owned(), "/v1".to_owned())));
        for (text, error) in [
            ("", EndpointError::Form),
            ("127.0.0.1:8080", EndpointError::Form),
            ("/v1", EndpointError::Form),
            ("ftp://127.0.0.1/v1", EndpointError::Form),
            ("file:///etc/passwd", EndpointError::Form),
            ("http://me:secret@127.0.0.1/v1", EndpointError::User),
            ("http://127.0.0.1/v1?key=secret", EndpointError::Query),
        ] {
            assert_eq!(Endpoint::parse(text), Err(error), "{text}");
        }
    }
}
