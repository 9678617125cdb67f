//! A text without its identifiers: with a mask in their place, or blanked so that every offset stays what it was.

use super::{
    found::Found,
    kind::Identifier,
    search::{About, find},
};

/// `text` with every identifier replaced by its mask, and the kinds that were there.
#[must_use]
pub fn mask(text: &str) -> (String, Vec<Identifier>) {
    let found = find(text, &About::default());
    let mut kinds: Vec<Identifier> = found.iter().map(|one| one.identifier).collect();
    kinds.sort_unstable();
    kinds.dedup();
    (masked(text, &found), kinds)
}

/// `text` with these replaced by their masks.
#[must_use]
pub fn masked(text: &str, found: &[Found]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for Found { identifier, span, .. } in found {
        out.push_str(text.get(done..span.start).unwrap_or(""));
        out.push_str(identifier.mask());
        done = span.end;
    }
    out.push_str(text.get(done..).unwrap_or(""));
    out
}

/// `text` with an asterisk for every byte of these, line ends excepted: byte offsets into it stay right.
#[must_use]
pub fn blanked(text: &str, found: &[Found]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for Found { span, .. } in found {
        out.push_str(text.get(done..span.start).unwrap_or(""));
        out.extend(span.of(text).bytes().map(|byte| if byte == b'\n' { '\n' } else { '*' }));
        done = span.end;
    }
    out.push_str(text.get(done..).unwrap_or(""));
    out
}
