//! What a reader finds in a file, piece by piece, so that what was read before a reader stops is kept.

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::{super::plain_text::visible, bounds::MOST_TEXT, kind::Kind, remark::Remark};

/// A stretch of text, and where in its file it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// `page 2`, `sheet Claims`, `op note.pdf, page 3` of an archive; empty for all of the file. Private.
    pub within: String,
    /// For a sheet, in which each line is a row: the number of the first line's row, from 1.
    pub first_row: Option<u32>,
    /// The text, as a person sees it.
    pub text: String,
}

/// A file that is packed in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its name in the archive. Private.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// In bytes, unpacked.
    pub size: u64,
    /// Why it is not, or not wholly, in the text.
    pub remark: Option<Remark>,
}

/// One thing that a reader found. The last is [`Found::End`], unless the reader was stopped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "found", rename_all = "snake_case")]
pub enum Found {
    /// Text.
    Passage(Passage),
    /// A packed file; its passages come before it.
    Member(Member),
    /// The end of the file.
    End {
        /// What the file turned out to be.
        kind: Kind,
        /// What is the matter with it.
        remark: Option<Remark>,
    },
}

/// All that was found in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opened {
    /// What it turned out to be.
    pub kind: Kind,
    /// Its text.
    pub passages: Vec<Passage>,
    /// The files that are packed in it.
    pub members: Vec<Member>,
    /// What is the matter with it.
    pub remark: Option<Remark>,
    /// Whether the reader came to its end.
    pub is_done: bool,
}

impl Opened {
    /// A file of which nothing was read.
    #[must_use]
    pub fn unread(kind: Kind, remark: Remark) -> Self {
        Self { kind, remark: Some(remark), is_done: true, ..Self::default() }
    }

    /// Takes in what was found.
    pub fn add(&mut self, found: Found) {
        match found {
            Found::Passage(passage) => self.passages.push(passage),
            Found::Member(member) => self.members.push(member),
            Found::End { kind, remark } => (self.kind, self.remark, self.is_done) = (kind, remark, true),
        }
    }

    /// The same after the reader ended, however it did: one that ended too early has the remark that says so.
    #[must_use]
    pub fn ended(mut self, too_early: Remark) -> Self {
        if !self.is_done {
            let nothing = self.passages.is_empty() && self.members.is_empty();
            self.remark = Some(if nothing { too_early } else { Remark::Damaged });
            self.is_done = true;
        }
        self
    }
}

/// Nobody wants more: the text is as long as it may be, or whoever reads it has gone.
pub(super) struct Full;

/// Where a reader puts what it finds.
pub(super) struct Out<'a> {
    take: &'a mut dyn FnMut(Found) -> ControlFlow<()>,
    left: usize,
    /// The packed file that is being read.
    member: String,
}

impl<'a> Out<'a> {
    pub(super) fn new(take: &'a mut dyn FnMut(Found) -> ControlFlow<()>) -> Self {
        Self { take, left: MOST_TEXT, member: String::new() }
    }

    /// How many bytes of text still fit.
    pub(super) const fn left(&self) -> usize {
        self.left
    }

    /// Names the packed file that is read from here on; none for the file itself.
    pub(super) fn enter(&mut self, member: &str) {
        member.clone_into(&mut self.member);
    }

    /// Adds text. Text without a letter adds nothing.
    pub(super) fn text(&mut self, within: &str, text: &str) -> Result<(), Full> {
        self.rows(within, None, text)
    }

    /// Adds text whose lines are the rows of a sheet.
    pub(super) fn rows(&mut self, within: &str, first_row: Option<u32>, text: &str) -> Result<(), Full> {
        let mut text = visible(text);
        if text.trim().is_empty() {
            return Ok(());
        }
        let fits = text.len() <= self.left;
        text.truncate(text.floor_char_boundary(self.left));
        self.left -= text.len();
        let within = match (self.member.as_str(), within) {
            ("", within) => within.to_owned(),
            (member, "") => member.to_owned(),
            (member, within) => format!("{member}, {within}"),
        };
        let flow = (self.take)(Found::Passage(Passage { within, first_row, text }));
        if fits && flow.is_continue() { Ok(()) } else { Err(Full) }
    }

    pub(super) fn member(&mut self, member: Member) -> Result<(), Full> {
        if (self.take)(Found::Member(member)).is_continue() { Ok(()) } else { Err(Full) }
    }

    pub(super) fn end(&mut self, kind: Kind, remark: Option<Remark>) {
        let _ = (self.take)(Found::End { kind, remark });
    }
}
