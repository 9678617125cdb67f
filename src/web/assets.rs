//! The stylesheet, the script and the icon, embedded. Their paths carry a digest, so browsers keep them for good.

use axum::{
    extract::Path,
    http::{HeaderName, header},
    response::{IntoResponse, Response},
};
use caseconsult_core::domain::digest::Digest;

use super::failure::Failure;

const STYLESHEET: &str = include_str!("../../templates/static/caseconsult.css");
const SCRIPT: &str = include_str!("../../templates/static/caseconsult.js");
const ICON: &str = include_str!("../../templates/static/icon.svg");

/// The stylesheet's path.
pub(super) fn stylesheet_path() -> String {
    format!("/static/{}/caseconsult.css", mark(STYLESHEET))
}

/// The script's path.
pub(super) fn script_path() -> String {
    format!("/static/{}/caseconsult.js", mark(SCRIPT))
}

/// `GET /static/{mark}/{name}`. The mark is for the browser's cache; any is answered.
pub(super) async fn show(Path((_mark, name)): Path<(String, String)>) -> Result<Response, Failure> {
    let (kind, text) = match name.as_str() {
        "caseconsult.css" => ("text/css; charset=utf-8", STYLESHEET),
        "caseconsult.js" => ("text/javascript; charset=utf-8", SCRIPT),
        "icon.svg" => ("image/svg+xml", ICON),
        _ => return Err(Failure::NotFound),
    };
    const FOR_GOOD: (HeaderName, &str) = (header::CACHE_CONTROL, "public, max-age=31536000, immutable");
    Ok(([(header::CONTENT_TYPE, kind), FOR_GOOD], text).into_response())
}

fn mark(text: &str) -> String {
    Digest::of(text.as_bytes()).as_str().chars().take(12).collect()
}
