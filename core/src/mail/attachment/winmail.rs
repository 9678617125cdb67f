//! TNEF ([MS-OXTNEF]): what Outlook packs into `winmail.dat`: the text of the mail, and the files attached to it.
//!
//! A list of attributes, each with its length; of those that matter here the text (plain, RTF or HTML, the first that
//! there is) and, after each attRendData, the name and the bytes of one file. Packed files are read as an archive's are.

use super::{
    super::{decoding::charset_text, html_text::html_text},
    archive::member,
    bounds::{MOST_MEMBERS, MOST_TEXT},
    opened::{Full, Member, Out},
    packed_rtf,
    read::Verdict,
    remark::Remark,
    rich_text,
};

const ATTACH_REND_DATA: u32 = 0x0006_9002;
const ATTACH_TITLE: u32 = 0x0001_8010;
const ATTACH_DATA: u32 = 0x0006_800F;
const ATTACH_PROPS: u32 = 0x0006_9005;
const MESSAGE_PROPS: u32 = 0x0006_9003;
const BODY: u32 = 0x0002_800C;

/// Reads the text and the packed files.
pub(super) fn read(bytes: &[u8], out: &mut Out<'_>) -> Verdict {
    let mut rest = Bytes(bytes);
    if rest.u32() != Some(0x223E_9F78) || rest.u16().is_none() {
        return Ok(Some(Remark::Broken));
    }
    let mut text = Body::default();
    let mut files: Vec<Packed<'_>> = Vec::new();
    let mut is_sound = true;
    while !rest.0.is_empty() {
        let Some((id, content)) = attribute(&mut rest) else {
            is_sound = false;
            break;
        };
        if id == ATTACH_REND_DATA {
            if files.len() == MOST_MEMBERS {
                break;
            }
            files.push(Packed::default());
            continue;
        }
        match (id, files.last_mut()) {
            (BODY, _) => text.plain = Some(charset_text(content, None).0),
            (MESSAGE_PROPS, _) => text.properties(content),
            (ATTACH_TITLE, Some(file)) => file.title = charset_text(content, None).0,
            (ATTACH_DATA, Some(file)) => file.bytes = Some(content),
            (ATTACH_PROPS, Some(file)) => file.properties(content),
            _ => {}
        }
    }
    let body = text.text();
    out.text("text", &body)?;
    for file in &files {
        file.read(out)?;
    }
    let has_nothing = body.trim().is_empty() && files.is_empty();
    Ok(match (is_sound, has_nothing) {
        (true, true) => Some(Remark::NoText),
        (true, false) => None,
        (false, true) => Some(Remark::Broken),
        (false, false) => Some(Remark::Damaged),
    })
}

/// The next attribute: its id with its type, and its content.
fn attribute<'b>(rest: &mut Bytes<'b>) -> Option<(u32, &'b [u8])> {
    rest.take(1)?;
    let id = rest.u32()?;
    let length = usize::try_from(rest.u32()?).ok()?;
    let content = rest.take(length)?;
    // The checksum; the last one may be cut off.
    let _ = rest.take(2);
    Some((id, content))
}

/// The text of the mail in its forms.
#[derive(Default)]
struct Body {
    plain: Option<String>,
    rich: Option<String>,
    html: Option<String>,
}

impl Body {
    fn properties(&mut self, content: &[u8]) {
        properties(content, &mut |id, kind, value| match id {
            0x1000 => self.plain = Some(string(kind, value)),
            0x1009 => {
                self.rich = packed_rtf::unpacked(value, 4 * MOST_TEXT).map(|rtf| rich_text::text(&rtf, MOST_TEXT));
            }
            0x1013 => self.html = Some(html_text(&string(kind, value))),
            _ => {}
        });
    }

    fn text(self) -> String {
        let mut forms = [self.plain, self.rich, self.html].into_iter().flatten();
        forms.find(|text| !text.trim().is_empty()).unwrap_or_default()
    }
}

/// A packed file.
#[derive(Default)]
struct Packed<'b> {
    title: String,
    long_name: Option<String>,
    bytes: Option<&'b [u8]>,
    is_message: bool,
}

impl<'b> Packed<'b> {
    fn properties(&mut self, content: &'b [u8]) {
        properties(content, &mut |id, kind, value| match id {
            0x3707 => self.long_name = Some(string(kind, value)),
            0x3701 => {
                self.is_message = kind == OBJECT;
                self.bytes = self.bytes.or(Some(value));
            }
            _ => {}
        });
    }

    fn read(&self, out: &mut Out<'_>) -> Result<(), Full> {
        let named = self.long_name.as_deref().unwrap_or(&self.title);
        let name = super::super::plain_text::visible(named).trim().to_owned();
        let name = if name.is_empty() { "unnamed".to_owned() } else { name };
        let bytes = self.bytes.unwrap_or_default();
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let (kind, remark) =
            if self.is_message { (super::kind::Kind::Mail, Some(Remark::Nested)) } else { member(&name, bytes, out)? };
        out.member(Member { name, kind, size, remark })
    }
}

const STRING: u16 = 0x1E;
const WIDE_STRING: u16 = 0x1F;
const OBJECT: u16 = 0x0D;
const BINARY: u16 = 0x0102;

/// Every property of a list ([MS-OXTNEF] §2.1.3.4), of those with several values the first.
fn properties<'b>(content: &'b [u8], take: &mut dyn FnMut(u16, u16, &'b [u8])) -> Option<()> {
    let mut rest = Bytes(content);
    for _ in 0..rest.u32()? {
        let (kind, id) = (rest.u16()?, rest.u16()?);
        if id >= 0x8000 {
            rest.take(16)?;
            // Named by a number, or by a string.
            if rest.u32()? == 0 {
                rest.take(4)?;
            } else {
                rest.padded()?;
            }
        }
        let is_list = kind & 0x1000 != 0;
        let kind = kind & !0x1000;
        let is_long = matches!(kind, STRING | WIDE_STRING | OBJECT | BINARY);
        let count = if is_list || is_long { rest.u32()? } else { 1 };
        for nth in 0..count {
            let value = match kind {
                _ if is_long => rest.padded()?,
                0x02 | 0x03 | 0x04 | 0x0A | 0x0B => rest.take(4)?,
                0x05..=0x07 | 0x14 | 0x40 => rest.take(8)?,
                0x48 => rest.take(16)?,
                _ => return None,
            };
            if nth == 0 {
                take(id, kind, value);
            }
        }
    }
    Some(())
}

fn string(kind: u16, value: &[u8]) -> String {
    let text = if kind == WIDE_STRING {
        encoding_rs::UTF_16LE.decode_without_bom_handling(value).0.into_owned()
    } else {
        charset_text(value, None).0
    };
    text.trim_end_matches('\0').to_owned()
}

/// Bytes that are read from the front.
struct Bytes<'b>(&'b [u8]);

impl<'b> Bytes<'b> {
    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    /// A length, so many bytes, and zeros up to a multiple of four.
    fn padded(&mut self) -> Option<&'b [u8]> {
        let length = usize::try_from(self.u32()?).ok()?;
        let value = self.take(length)?;
        let _ = self.take(length.next_multiple_of(4) - length);
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            kind::Kind,
            open::{Attached, FileLabel, Here, Opener as _},
            opened::Opened,
        },
        *,
    };
    use crate::mail::decoding::Encoding;

    fn attribute_of(id: u32, content: &[u8]) -> Vec<u8> {
        let length = u32::try_from(content.len()).unwrap();
        [&[1][..], &id.to_le_bytes(), &length.to_le_bytes(), content, &[0, 0]].concat()
    }

    fn property_of(kind: u16, id: u16, value: &[u8]) -> Vec<u8> {
        let mut value = value.to_vec();
        let length = u32::try_from(value.len()).unwrap();
        value.resize(value.len().next_multiple_of(4), 0);
        [&kind.to_le_bytes()[..], &id.to_le_bytes(), &1_u32.to_le_bytes(), &length.to_le_bytes(), &value].concat()
    }

    fn opened(body: &[u8]) -> Opened {
        let label = FileLabel {
            name: "winmail.dat".into(),
            content_type: "application/ms-tnef".into(),
            encoding: Encoding::Plain,
            kind: Kind::Winmail,
        };
        Here.open(&Attached { label: &label, body })
    }

    #[test]
    fn the_text_and_the_files_are_read() {
        let name: Vec<u8> = "long codes.csv\0".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let body = [&1_u32.to_le_bytes()[..], &property_of(STRING, 0x1000, b"Bill 99213?\0")].concat();
        let names = [&1_u32.to_le_bytes()[..], &property_of(WIDE_STRING, 0x3707, &name)].concat();
        let file = [
            b"\x78\x9F\x3E\x22\x01\0".to_vec(),
            attribute_of(MESSAGE_PROPS, &body),
            attribute_of(ATTACH_REND_DATA, &[0; 14]),
            attribute_of(ATTACH_TITLE, b"LONGCO~1.CSV\0"),
            attribute_of(ATTACH_DATA, b"CPT,Units\n20610,2\n"),
            attribute_of(ATTACH_PROPS, &names),
        ]
        .concat();
        let found = opened(&file);
        let texts: Vec<_> = found.passages.iter().map(|one| (one.within.as_str(), one.text.as_str())).collect();
        assert_eq!(texts, [("text", "Bill 99213?"), ("long codes.csv", "CPT\tUnits\n20610\t2\n")]);
        assert_eq!((found.members.len(), found.remark), (1, None));
        for end in 0..file.len() {
            let cut = opened(&file[..end]);
            assert!(cut.is_done, "{end}");
        }
    }
}
