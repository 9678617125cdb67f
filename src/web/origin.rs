//! Refuses requests that change something and that another site made the browser send.
//!
//! The first line of defence against forged requests; the second is the form token, the third `SameSite=Lax`.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};

use super::{failure::Failure, router::Shared};

/// Lets safe methods pass; others must come from our own pages or from a program that is no browser.
pub(super) async fn check(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    if request.method().is_safe() || is_ours(request.headers(), shared.context.public_url.as_deref()) {
        next.run(request).await
    } else {
        Failure::Forbidden("This request came from another site.").into_response()
    }
}

/// `Sec-Fetch-Site` when the browser sends it (it does over HTTPS and to loopback), else `Origin` against the
/// host, else neither: then no browser of this decade sent it.
fn is_ours(headers: &HeaderMap, public_url: Option<&str>) -> bool {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    match (text(header::HeaderName::from_static("sec-fetch-site")), text(header::ORIGIN)) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let of_host = origin.split_once("://").map(|(_, host)| host);
            let is_public = public_url.is_some_and(|url| url.trim_end_matches('/').eq_ignore_ascii_case(origin));
            is_public || (of_host.is_some() && of_host == text(header::HOST))
        }
        (None, None) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_and_programs_may_change_something() {
        let ours = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, "127.0.0.1:8080".parse().unwrap());
            for (name, value) in pairs {
                headers.insert(*name, value.parse().unwrap());
            }
            is_ours(&headers, Some("https://review.example.test/"))
        };
        for (pairs, expected) in [
            (&[][..], true),
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("sec-fetch-site", "cross-site")], false),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("origin", "http://127.0.0.1:8080")], true),
            (&[("origin", "https://review.example.test")], true),
            (&[("origin", "https://evil.example.test")], false),
            (&[("origin", "null")], false),
            (&[("origin", "http://127.0.0.1:8080"), ("sec-fetch-site", "cross-site")], false),
        ] {
            assert_eq!(ours(pairs), expected, "{pairs:?}");
        }
    }
}
