//! ZIP archives: each member is read as if it were attached itself, and listed. An archive in an archive is listed and
//! not opened.

use super::{
    bounds::MOST_MEMBERS,
    kind::Kind,
    opened::{Full, Member, Out},
    package::Package,
    read::{Depth, Verdict, file},
    remark::Remark,
};

/// Reads the members one after the other.
pub(super) fn read(package: &mut Package<'_>, out: &mut Out<'_>) -> Verdict {
    let mut read = 0;
    let mut listed = 0;
    let mut unread: Option<Remark> = None;
    for index in 0..package.len() {
        let Some((name, is_folder, size)) = package.entry(index) else { continue };
        // What macOS keeps of its own beside each file.
        if is_folder || name.starts_with("__MACOSX/") {
            continue;
        }
        if listed == MOST_MEMBERS {
            return Ok(Some(if read > 0 { Remark::Cut } else { Remark::TooLarge }));
        }
        listed += 1;
        let name = super::super::plain_text::visible(&name).trim().to_owned();
        let (kind, remark) = match package.part_at(index) {
            Err(fault) => (Kind::of(&name, "", b""), Some(fault)),
            Ok(part) if part.fault == Some(Remark::TooLarge) => (Kind::of(&name, "", &part.bytes), part.fault),
            Ok(part) => member(&name, &part.bytes, out)?,
        };
        match &remark {
            Some(remark) if remark.is_unread() => unread = Some(remark.clone()),
            _ => read += 1,
        }
        let is_too_large = remark == Some(Remark::TooLarge);
        out.member(Member { name, kind, size, remark })?;
        if is_too_large {
            break;
        }
    }
    Ok(match unread {
        // The members say each for itself what is the matter.
        Some(_) if read > 0 => None,
        Some(remark) => Some(remark),
        None if read == 0 => Some(Remark::NoText),
        None => None,
    })
}

/// Reads one packed file.
pub(super) fn member(name: &str, bytes: &[u8], out: &mut Out<'_>) -> Result<(Kind, Option<Remark>), Full> {
    out.enter(name);
    let (kind, verdict) = file(name, "", bytes, Depth::Packed, out);
    out.enter("");
    Ok((kind, verdict?))
}
