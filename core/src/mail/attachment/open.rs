//! Who opens an attached file.
//!
//! Readers of PDF files and workbooks are partly the work of others, on bytes that anybody may send. Where mails of
//! strangers are read, a process of its own does it, so that a reader that runs away costs one attachment; that
//! process, tests and tools use [`Here`]. Whoever needs only the mail's own text uses [`Closed`].

use std::{borrow::Cow, ops::ControlFlow};

use serde::{Deserialize, Serialize};

use super::{
    super::decoding::Encoding,
    kind::Kind,
    opened::{Found, Opened},
    read::read,
    remark::Remark,
};

/// An attached file as it lies in the mail.
#[derive(Clone, Copy, Debug)]
pub struct Attached<'a> {
    /// What is known of it.
    pub label: &'a FileLabel,
    /// Its bytes, in their transfer encoding.
    pub body: &'a [u8],
}

/// What is known of a file before it is opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileLabel {
    /// Its file name; private.
    pub name: String,
    /// As declared, in lower case, without parameters.
    pub content_type: String,
    /// How its bytes were made fit for mail.
    pub encoding: Encoding,
    /// What it seems to be.
    pub kind: Kind,
}

impl Attached<'_> {
    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> Cow<'_, [u8]> {
        self.label.encoding.decode(self.body).0
    }

    /// Reads the file, and hands on what it finds until `take` breaks off.
    pub fn read(&self, take: &mut dyn FnMut(Found) -> ControlFlow<()>) {
        let FileLabel { name, content_type, .. } = self.label;
        read(name, content_type, &self.bytes(), take);
    }
}

/// Opens files whose [`Kind::is_opened`].
pub trait Opener {
    /// What is in it.
    fn open(&self, file: &Attached<'_>) -> Opened;
}

/// Opens nothing.
#[derive(Clone, Copy, Debug)]
pub struct Closed;

impl Opener for Closed {
    fn open(&self, file: &Attached<'_>) -> Opened {
        Opened::unread(file.label.kind, Remark::NotOpened)
    }
}

/// Reads in this process.
#[derive(Clone, Copy, Debug)]
pub struct Here;

impl Opener for Here {
    fn open(&self, file: &Attached<'_>) -> Opened {
        let mut opened = Opened { kind: file.label.kind, ..Opened::default() };
        file.read(&mut |found| {
            opened.add(found);
            ControlFlow::Continue(())
        });
        opened.ended(Remark::GaveUp)
    }
}
