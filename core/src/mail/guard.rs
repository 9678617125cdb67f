//! Mails that no reader should unpack: thousands of mails, one within another.
//!
//! mail-parser's own tree walk overflows the stack on them, so this program walks the tree itself (`structure`), to a
//! bounded depth. Such a mail is an attack or a loop, never a question: it is parked with its bytes kept.

use memchr::memchr_iter;

/// More mails within a mail than any forwarded thread or digest holds.
pub(super) const MOST_NESTED: usize = 200;

/// The content types whose body is another mail (RFC 2046 §5.2.1 and §5.1.5, RFC 6532 §3.7).
const NESTED: [(&[u8], &[u8]); 3] = [(b"message", b"rfc822"), (b"message", b"global"), (b"multipart", b"digest")];

/// One byte less than the longest of them: what has to be kept between two pieces.
const OVERLAP: usize = 15;

/// Counts the mails within a mail as its bytes pass by.
#[derive(Clone, Debug, Default)]
pub(super) struct Nesting {
    seen: usize,
    tail: Vec<u8>,
}

impl Nesting {
    /// Looks through the next piece.
    pub(super) fn add(&mut self, piece: &[u8]) {
        if self.is_too_deep() {
            return;
        }
        let seam = self.tail.len();
        self.tail.extend_from_slice(piece.get(..OVERLAP).unwrap_or(piece));
        let across = nested(&self.tail).filter(|&(start, end)| start < seam && seam < end).count();
        self.seen += across + nested(piece).take(MOST_NESTED + 1).count();
        match piece.len().checked_sub(OVERLAP) {
            Some(from) => self.tail = piece.get(from..).unwrap_or(piece).to_vec(),
            None => drop(self.tail.drain(..self.tail.len().saturating_sub(OVERLAP))),
        }
    }

    /// Whether more than [`MOST_NESTED`] were seen.
    pub(super) const fn is_too_deep(&self) -> bool {
        self.seen > MOST_NESTED
    }
}

/// Where the types' names stand, in any case of letters.
fn nested(piece: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    memchr_iter(b'/', piece).filter_map(|slash| {
        NESTED.iter().find_map(|(before, after)| {
            let start = slash.checked_sub(before.len())?;
            let end = slash + 1 + after.len();
            let fits = piece.get(start..slash)?.eq_ignore_ascii_case(before)
                && piece.get(slash + 1..end)?.eq_ignore_ascii_case(after);
            fits.then_some((start, end))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_is_the_same_however_the_bytes_are_cut() {
        let mail =
            b"Content-Type: Message/RFC822\r\n\r\nContent-Type: multipart/digest\r\nx/y message/global/".repeat(3);
        for size in [1, 2, 7, 14, 15, 16, 31, 1_000] {
            let mut nesting = Nesting::default();
            mail.chunks(size).for_each(|piece| nesting.add(piece));
            assert_eq!(nesting.seen, 9, "pieces of {size}");
        }
    }

    #[test]
    fn two_hundred_are_a_digest_and_more_are_not() {
        let mut nesting = Nesting::default();
        nesting.add(&b"message/rfc822 ".repeat(MOST_NESTED));
        assert!(!nesting.is_too_deep());
        nesting.add(b"message/rfc822");
        assert!(nesting.is_too_deep());
    }
}
