//! From a file to its reader. A file that looks like another kind than its name says is read as what it is.

use std::{
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
};

use super::{
    super::{
        decoding::charset_text,
        html_text::html_text,
        message::{Attachment, Message},
    },
    archive,
    bounds::{LARGEST_FILE, MOST_TEXT},
    delimited, document,
    kind::Kind,
    opened::{Found, Full, Member, Out},
    package::Package,
    pdf,
    remark::Remark,
    rich_text, winmail, workbook,
};

/// What a reader has to say at its end.
pub(super) type Verdict = Result<Option<Remark>, Full>;

/// Reads a file and hands on what it finds, until `take` breaks off.
pub(super) fn read(name: &str, content_type: &str, bytes: &[u8], take: &mut dyn FnMut(Found) -> ControlFlow<()>) {
    let mut out = Out::new(take);
    let (kind, verdict) = file(name, content_type, bytes, Depth::Top, &mut out);
    out.enter("");
    out.end(kind, verdict.unwrap_or(Some(Remark::Cut)));
}

/// Whether the file is itself packed in an archive or a `winmail.dat`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    Top,
    Packed,
}

/// Reads one file, packed or not.
pub(super) fn file(name: &str, content_type: &str, bytes: &[u8], depth: Depth, out: &mut Out<'_>) -> (Kind, Verdict) {
    let kind = Kind::of(name, content_type, bytes);
    if bytes.len() > LARGEST_FILE {
        return (kind, Ok(Some(Remark::TooLarge)));
    }
    match kind {
        Kind::Text | Kind::Delimited | Kind::Html => (kind, text(kind, bytes, out)),
        Kind::Pdf => (kind, guarded(|| pdf::read(bytes, out))),
        Kind::RichText => (kind, rich_text::read(bytes, out)),
        Kind::Archive | Kind::Document | Kind::Slides | Kind::Workbook if bytes.starts_with(b"PK") => {
            package(kind, bytes, depth, out)
        }
        Kind::OldOffice | Kind::Workbook => old_office(bytes, out),
        Kind::Archive | Kind::Document | Kind::Slides => (kind, Ok(Some(Remark::Broken))),
        Kind::Winmail if depth == Depth::Packed => (kind, Ok(Some(Remark::Nested))),
        Kind::Winmail => (kind, winmail::read(bytes, out)),
        Kind::Mail => (kind, mail(bytes, out)),
        Kind::Picture => (kind, Ok(Some(Remark::NoText))),
        Kind::Sealed => (kind, Ok(Some(Remark::Encrypted))),
        Kind::Other => (kind, Ok(Some(Remark::NotOpened))),
    }
}

/// A ZIP: which of its kinds it is, shows in its members' names.
fn package(seems: Kind, bytes: &[u8], depth: Depth, out: &mut Out<'_>) -> (Kind, Verdict) {
    let Some(mut package) = Package::open(bytes) else { return (seems, Ok(Some(Remark::Broken))) };
    match package.kind() {
        kind @ (Kind::Document | Kind::Slides) => (kind, document::read(&mut package, out)),
        Kind::Workbook => match package.trouble() {
            Some(remark) => (Kind::Workbook, Ok(Some(remark))),
            None => (Kind::Workbook, guarded(|| workbook::read(bytes, out))),
        },
        kind if depth == Depth::Packed => (kind, Ok(Some(Remark::Nested))),
        kind => (kind, archive::read(&mut package, out)),
    }
}

/// A container of Office before 2007, which also wraps documents with a password ([MS-OFFCRYPTO] §2.3.2). Its
/// streams' names are UTF-16.
fn old_office(bytes: &[u8], out: &mut Out<'_>) -> (Kind, Verdict) {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &wide).is_some()
    };
    if has("EncryptedPackage") {
        (Kind::OldOffice, Ok(Some(Remark::Encrypted)))
    } else if has("Workbook") || has("Book\0") {
        (Kind::Workbook, guarded(|| workbook::read(bytes, out)))
    } else {
        (Kind::OldOffice, Ok(Some(Remark::NotOpened)))
    }
}

fn text(kind: Kind, bytes: &[u8], out: &mut Out<'_>) -> Verdict {
    let (text, cut) = plain(kind, bytes);
    out.text("", &text)?;
    Ok(cut.then_some(Remark::Cut))
}

/// The text of a file of [`Kind::is_text`], and whether it was too long to be read whole.
fn plain(kind: Kind, bytes: &[u8]) -> (String, bool) {
    let most = 3 * MOST_TEXT;
    let (text, _) = charset_text(bytes.get(..most).unwrap_or(bytes), None);
    let text = match kind {
        Kind::Html => html_text(&text),
        Kind::Delimited => delimited::lines(&text),
        _ => text,
    };
    (text, bytes.len() > most)
}

/// A mail in an archive: its text. What is attached to it is packed too deep, unless it is text.
fn mail(bytes: &[u8], out: &mut Out<'_>) -> Verdict {
    let Ok(mail) = Message::read(bytes) else { return Ok(Some(Remark::Broken)) };
    out.text("", &mail.text.text)?;
    for attachment in mail.attachments {
        if attachment.note.is_some() {
            let Attachment { name, kind, size, .. } = attachment;
            out.member(Member { name, kind, size, remark: Some(Remark::Nested) })?;
        }
    }
    Ok(None)
}

/// Runs a reader that is partly the work of others; one that panics found a broken file. What it overflows or uses up
/// is beyond this, and ends the process that was made for it.
fn guarded(read: impl FnOnce() -> Verdict) -> Verdict {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Ok(Some(Remark::Broken)))
}
