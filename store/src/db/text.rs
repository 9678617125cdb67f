//! What may be bound as text.

use std::borrow::Cow;

/// The text without NUL, which PostgreSQL refuses in TEXT while SQLite and every mail client take it. Every text
/// that comes from outside goes through here on its way into a row.
pub(crate) fn storable(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { Cow::Owned(text.replace('\0', "")) } else { Cow::Borrowed(text) }
}

/// At most `limit` bytes of it, cut between characters. PostgreSQL refuses to index a text longer than about
/// 2,700 bytes, and a mail must not be refused because of its headers.
pub(crate) fn indexable(text: &str, limit: usize) -> Cow<'_, str> {
    storable(text.get(..text.floor_char_boundary(limit)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nul_is_left_out_and_nothing_else() {
        assert_eq!(storable("a\0b\u{1}c"), "ab\u{1}c");
        assert!(matches!(storable("plain"), Cow::Borrowed("plain")));
    }

    #[test]
    fn an_index_key_is_cut_between_characters() {
        assert_eq!(indexable("ab", 10), "ab");
        assert_eq!(indexable("aäb", 2), "a");
        assert_eq!(indexable("aäb", 3), "aä");
    }
}
