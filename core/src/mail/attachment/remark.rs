//! Why an attached file is not, or not wholly, in the searched text: in words for the reviewer, and in other words for
//! the asker, who learns kinds and counts and never a file's name, since names of files name patients.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a reviewer has to know about a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "note", rename_all = "snake_case")]
pub enum Remark {
    /// A picture, or a document that holds only pictures.
    NoText,
    /// Its letters are there, and nothing says which letters they are.
    NoLetters,
    /// It needs a password, or is encrypted for somebody.
    Encrypted,
    /// Damaged, or not what it says it is.
    Broken,
    /// Larger than is opened.
    TooLarge,
    /// The process that read it ended, or took too long, before it had read anything.
    GaveUp,
    /// More files are attached than are opened, or they hold more text than is kept.
    TooMany,
    /// Packed in a file that is packed itself.
    Nested,
    /// A kind of file that is not searched.
    NotOpened,
    /// A `winmail.dat` that was not opened; in readings that are stored already.
    Winmail,
    /// Read, but these pages hold no text: they are pictures.
    PagesWithoutText {
        /// The first of them, counted from 1.
        first: Vec<u32>,
        /// How many there are.
        count: u32,
    },
    /// Read as far as the bounds on size and work allow.
    Cut,
    /// Read as far as it is sound.
    Damaged,
}

/// So many pages without text are named.
pub(super) const NAMED_PAGES: usize = 8;

impl Remark {
    /// Whether nothing of the file is in the searched text.
    #[must_use]
    pub const fn is_unread(&self) -> bool {
        !matches!(self, Self::PagesWithoutText { .. } | Self::Cut | Self::Damaged)
    }

    /// What the asker is told that such a file is: `a file that is encrypted`.
    #[must_use]
    pub const fn for_asker(&self) -> &'static str {
        match self {
            Self::NoText => "a picture or scan without text",
            Self::NoLetters => "a document whose text cannot be decoded",
            Self::Encrypted => "a file that is encrypted or needs a password",
            Self::Broken | Self::GaveUp => "a file that cannot be read, perhaps because it is damaged",
            Self::TooLarge => "a file that is too large to be read",
            Self::TooMany => "a file beyond the number that is read",
            Self::Nested => "a file packed in another packed file",
            Self::NotOpened | Self::Winmail => "a kind of file that is not read here",
            Self::PagesWithoutText { .. } => "a document some pages of which hold no text",
            Self::Cut => "a file that was read only in part, because it is long",
            Self::Damaged => "a file that was read only in part, because it is damaged",
        }
    }
}

/// The remarks of those files of which nothing was read.
pub fn unread<'a>(remarks: impl Iterator<Item = Option<&'a Remark>>) -> Vec<Remark> {
    remarks.flatten().filter(|remark| remark.is_unread()).cloned().collect()
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoText => f.write_str("No text found: look at it"),
            Self::NoLetters => f.write_str("Its text cannot be decoded: look at it"),
            Self::Encrypted => f.write_str("Encrypted, so not searched"),
            Self::Broken => f.write_str("Damaged, or not what its name says, so not searched: look at it"),
            Self::TooLarge => f.write_str("Too large to be searched: look at it"),
            Self::TooMany => f.write_str("More files than are searched: look at it"),
            Self::GaveUp => f.write_str("Reading it failed, so not searched: look at it"),
            Self::Nested => f.write_str("Packed too deep to be searched: look at it"),
            Self::NotOpened => f.write_str("Not a kind of file that is searched: look at it"),
            Self::Winmail => f.write_str("Outlook packed text or files into it; it was not opened"),
            Self::PagesWithoutText { first, count } => {
                let pages: Vec<String> = first.iter().map(ToString::to_string).collect();
                let more = usize::try_from(*count).unwrap_or(usize::MAX) > first.len();
                let word = if *count == 1 { "Page" } else { "Pages" };
                let verb = if *count == 1 { "holds no text: look at it" } else { "hold no text: look at them" };
                write!(f, "{word} {}{} {verb}", pages.join(", "), if more { " and others" } else { "" })
            }
            Self::Cut => f.write_str("Too long: only the beginning is searched"),
            Self::Damaged => f.write_str("Damaged: searched as far as it could be read"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_that_were_stored_before_are_still_read() {
        for (stored, remark) in [
            (r#"{"note":"not_opened"}"#, Remark::NotOpened),
            (r#"{"note":"winmail"}"#, Remark::Winmail),
            (r#"{"note":"encrypted"}"#, Remark::Encrypted),
        ] {
            assert_eq!(serde_json::from_str::<Remark>(stored).unwrap(), remark);
        }
    }

    #[test]
    fn pages_without_text_are_named_and_counted() {
        let one = Remark::PagesWithoutText { first: vec![3], count: 1 };
        let many = Remark::PagesWithoutText { first: vec![2, 4], count: 9 };
        assert_eq!(one.to_string(), "Page 3 holds no text: look at it");
        assert_eq!(many.to_string(), "Pages 2, 4 and others hold no text: look at them");
        assert_eq!(unread([Some(&one), None, Some(&Remark::NoText)].into_iter()), [Remark::NoText]);
    }
}
