//! The parts of a mail (RFC 2046): which are its text, which are attached.
//!
//! The tree is walked here and not by mail-parser, whose walk overflows the stack on deeply nested mails, also on
//! nests hidden in base64, and loses the text of a truncated multipart. This walk goes [`DEEPEST`] levels down and no
//! further, and takes a multipart that ends too early for one that ends. It decodes what is text; other files go to an
//! [`Opener`], still in their transfer encoding.
//!
//! `message` calls it once for each mail, `returned` for each delivery report.

use std::borrow::Cow;

use super::{
    attachment::{Attached, FileLabel, Kind, Opened, Opener, Remark, delimited},
    decoding::{charset_text, html_charset},
    fields::{Fields, end_of_header, header_text},
    html_text::html_text,
    message::{Attachment, MOST_TEXT, Note},
    part_label::Label,
    plain_text::{unflowed, visible},
};

/// Levels of multiparts and attached mails that are looked at. Real mails have up to six.
const DEEPEST: usize = 24;
/// Parts that are looked at.
const MOST_PARTS: usize = 1_000;
/// Files that are opened: each may cost a process of its own.
const MOST_OPENED: usize = 40;
/// Encoded text beyond this size cannot be in the shortened text any more.
const MOST_ENCODED: usize = 3 * MOST_TEXT;
/// What a mail holds.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(super) texts: Vec<PartText>,
    pub(super) attachments: Vec<Attachment>,
    pub(super) notes: Vec<Note>,
}

/// The text of one part, in the order of the mail.
#[derive(Debug)]
pub(super) struct PartText {
    /// The attached file or mail that it belongs to, and where in it; None for what a reader sees without opening
    /// anything.
    pub(super) attached_to: Option<String>,
    /// For a sheet: the number of the first line's row.
    pub(super) first_row: Option<u32>,
    /// Whether it is a file's, and not a mail's own, attached or not.
    is_file: bool,
    pub(super) text: String,
}

/// Walks through the parts of a mail with this header and body.
pub(super) fn contents(header: &Fields<'_>, body: &[u8], opener: &dyn Opener) -> Contents {
    let mut walk = Walk { contents: Contents::default(), parts: 0, opened: 0, bytes: 0, opener };
    walk.part(&Label::read(header), body, Where { depth: 0, attached_to: None });
    walk.contents
}

/// The parts of a multipart with this header and body, without those within them: the type of each, and its bytes.
pub(super) fn direct_parts<'b>(header: &Fields<'_>, body: &'b [u8]) -> Vec<(String, Cow<'b, [u8]>)> {
    let label = Label::read(header);
    let Some(boundary) = label.boundary.as_deref().filter(|_| label.is_multipart()) else { return Vec::new() };
    let (parts, _) = split(body, boundary);
    let opened = |part| {
        let (label, body) = Label::cut(part);
        (label.content_type, label.encoding.decode(body).0)
    };
    parts.into_iter().take(MOST_PARTS).map(opened).collect()
}

/// Where in the tree a part stands.
#[derive(Clone, Copy)]
struct Where<'w> {
    depth: usize,
    /// The name of the attached mail that it belongs to.
    attached_to: Option<&'w str>,
}

struct Walk<'o> {
    contents: Contents,
    parts: usize,
    /// Files that were opened.
    opened: usize,
    /// Bytes of text so far.
    bytes: usize,
    opener: &'o dyn Opener,
}

impl Walk<'_> {
    /// A mail or a part: what its type says.
    fn part(&mut self, label: &Label, body: &[u8], place: Where<'_>) {
        self.parts += 1;
        if place.depth > DEEPEST || self.parts > MOST_PARTS {
            return self.note(Note::TooDeep);
        }
        match &label.boundary {
            Some(boundary) if label.is_multipart() => self.multipart(label, boundary, body, place),
            _ if label.is_mail() => self.mail(label, body, place),
            _ if label.is_multipart() => self.text(label, None, body, place),
            _ if !label.is_file() => self.text(label, None, body, place),
            _ => self.file(label, body, place),
        }
    }

    fn multipart(&mut self, label: &Label, boundary: &str, body: &[u8], place: Where<'_>) {
        match label.subtype.as_str() {
            "signed" => self.note(Note::Signed),
            "encrypted" => self.note(Note::Encrypted),
            _ => {}
        }
        let (parts, is_closed) = split(body, boundary);
        if parts.is_empty() {
            // The boundary never comes: what there is, is text.
            self.note(Note::Truncated);
            return self.text(label, None, body, place);
        }
        if !is_closed {
            self.note(Note::Truncated);
        }
        let inside = Where { depth: place.depth + 1, ..place };
        if label.subtype == "alternative" {
            return self.alternative(&parts, inside);
        }
        for part in parts {
            let (label, body) = Label::cut(part);
            self.part(&label, body, inside);
        }
    }

    /// The versions of one text (RFC 2046 §5.1.4): the plain one if it says anything, else the last, which is the
    /// richest, that does. Their attachments are all kept.
    fn alternative(&mut self, parts: &[&[u8]], place: Where<'_>) {
        let (mut plain, mut richest, mut attached) = (Vec::new(), Vec::new(), Vec::new());
        for part in parts {
            let (label, body) = Label::cut(part);
            let before = self.contents.texts.len();
            self.part(&label, body, place);
            let (files, version): (Vec<_>, Vec<_>) =
                self.contents.texts.split_off(before).into_iter().partition(|part| part.is_file);
            attached.extend(files);
            if version.iter().all(|part| part.text.trim().is_empty()) {
                continue;
            }
            *(if label.content_type == "text/plain" { &mut plain } else { &mut richest }) = version;
        }
        self.contents.texts.extend(if plain.is_empty() { richest } else { plain });
        self.contents.texts.append(&mut attached);
    }

    /// An attached mail: listed, and its text searched with the attachments.
    fn mail(&mut self, label: &Label, body: &[u8], place: Where<'_>) {
        let (bytes, is_sound) = label.encoding.decode(body);
        if !is_sound {
            self.note(Note::DamagedEncoding);
        }
        let header = header_text(bytes.get(..end_of_header(&bytes).map_or(0, |(ends, _)| ends)).unwrap_or_default());
        let subject = Fields::read(&header).text("Subject").map(|subject| visible(&subject)).unwrap_or_default();
        let name =
            label.name.clone().unwrap_or_else(|| if subject.is_empty() { "mail".to_owned() } else { subject.clone() });
        self.contents.attachments.push(Attachment {
            name: name.clone(),
            content_type: label.content_type.clone(),
            kind: Kind::Mail,
            size: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            note: None,
        });
        self.say(PartText { attached_to: Some(name.clone()), first_row: None, is_file: false, text: subject });
        let (label, body) = Label::cut(&bytes);
        self.part(&label, body, Where { depth: place.depth + 1, attached_to: Some(&name) });
    }

    /// Text of the mail, or an attached file that is text; of that the kind is known.
    fn text(&mut self, label: &Label, file: Option<Kind>, body: &[u8], place: Where<'_>) {
        let is_whole = body.len() <= MOST_ENCODED;
        let (bytes, is_sound) = label.encoding.decode(body.get(..MOST_ENCODED).unwrap_or(body));
        // A quantum that the bound cut is no damage.
        if !is_sound && is_whole {
            self.note(Note::DamagedEncoding);
        }
        let is_html = file.map_or(label.subtype == "html", |kind| kind == Kind::Html);
        let own_charset = if is_html { html_charset(&bytes) } else { None };
        let charset = label.charset.as_deref().or(own_charset.as_deref());
        let (decoded, fits) = charset_text(&bytes, charset);
        if !fits {
            self.note(Note::Charset { named: charset.unwrap_or("").to_owned() });
        }
        let text = match file {
            _ if is_html => visible(&html_text(&decoded)),
            Some(Kind::Delimited) => visible(&delimited::lines(&decoded)),
            _ if label.flowed => visible(&unflowed(&decoded, label.delsp)),
            _ => visible(&decoded),
        };
        let name = file.map(|_| label.file_name());
        if let (Some(kind), Some(name)) = (file, &name) {
            let note = match text.trim() {
                "" => Some(Remark::NoText),
                _ => (!is_whole).then_some(Remark::Cut),
            };
            self.contents.attachments.push(Attachment {
                name: name.clone(),
                content_type: label.content_type.clone(),
                kind,
                size: label.encoding.decoded_size(body),
                note,
            });
        }
        let attached_to = match (place.attached_to, name) {
            (Some(mail), Some(name)) => Some(format!("{mail}, {name}")),
            (mail, name) => mail.map(str::to_owned).or(name),
        };
        self.say(PartText { attached_to, first_row: None, is_file: label.is_attachment, text });
    }

    /// An attached file: text is read at once, a mail walked through, anything else opened.
    fn file(&mut self, label: &Label, body: &[u8], place: Where<'_>) {
        // The signature of a signed multipart is not for reading.
        if label.content_type.ends_with("pgp-signature") || label.content_type.ends_with("pkcs7-signature") {
            return;
        }
        match label.kind(body) {
            kind if kind.is_text() => self.text(label, Some(kind), body, place),
            Kind::Mail => self.mail(label, body, place),
            kind => self.packed(label, kind, body, place),
        }
    }

    /// A file that is no text: opened where there is a reader for it, and listed with all that is packed in it.
    fn packed(&mut self, label: &Label, kind: Kind, body: &[u8], place: Where<'_>) {
        let (name, content_type) = (label.file_name(), label.content_type.clone());
        let file = FileLabel { name, content_type, encoding: label.encoding, kind };
        let opened = self.open(&file, body);
        let name = file.name;
        let is_unread = opened.remark.as_ref().is_some_and(Remark::is_unread);
        match opened.kind {
            Kind::Winmail if is_unread => self.note(Note::Winmail),
            Kind::Sealed => self.note(Note::Encrypted),
            _ => {}
        }
        self.contents.attachments.push(Attachment {
            name: name.clone(),
            content_type: label.content_type.clone(),
            kind: opened.kind,
            size: label.encoding.decoded_size(body),
            note: opened.remark,
        });
        for member in opened.members {
            self.contents.attachments.push(Attachment {
                name: format!("{name}, {}", member.name),
                content_type: String::new(),
                kind: member.kind,
                size: member.size,
                note: member.remark,
            });
        }
        let name = place.attached_to.map_or(name.clone(), |mail| format!("{mail}, {name}"));
        for passage in opened.passages {
            let within = if passage.within.is_empty() { name.clone() } else { format!("{name}, {}", passage.within) };
            let first_row = passage.first_row;
            self.say(PartText { attached_to: Some(within), first_row, is_file: true, text: passage.text });
        }
    }

    fn open(&mut self, file: &FileLabel, body: &[u8]) -> Opened {
        match file.kind {
            Kind::Picture => Opened::unread(file.kind, Remark::NoText),
            Kind::Sealed => Opened::unread(file.kind, Remark::Encrypted),
            kind if !kind.is_opened() => Opened::unread(kind, Remark::NotOpened),
            kind if self.opened == MOST_OPENED || self.bytes > MOST_TEXT => Opened::unread(kind, Remark::TooMany),
            _ => {
                self.opened += 1;
                self.opener.open(&Attached { label: file, body })
            }
        }
    }

    fn say(&mut self, text: PartText) {
        self.bytes += text.text.len();
        self.contents.texts.push(text);
    }

    /// Adds a note once.
    fn note(&mut self, note: Note) {
        if !self.contents.notes.contains(&note) {
            self.contents.notes.push(note);
        }
    }
}

/// The parts between a multipart's boundaries, and whether the last boundary came (RFC 2046 §5.1.1). Text before the
/// first and behind the last is for readers without MIME.
fn split<'b>(body: &'b [u8], boundary: &str) -> (Vec<&'b [u8]>, bool) {
    let mut parts = Vec::new();
    let mut part_start = None;
    let mut at = 0;
    for line in body.split_inclusive(|&byte| byte == b'\n') {
        let start = at;
        at += line.len();
        let Some(rest) = line.strip_prefix(b"--").and_then(|rest| rest.strip_prefix(boundary.as_bytes())) else {
            continue;
        };
        let (is_last, rest) = rest.strip_prefix(b"--").map_or((false, rest), |rest| (true, rest));
        if !rest.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        if let Some(from) = part_start {
            parts.push(without_line_end(body.get(from..start).unwrap_or_default()));
        }
        if is_last {
            return (parts, true);
        }
        part_start = Some(at);
        if parts.len() > MOST_PARTS {
            break;
        }
    }
    if let Some(from) = part_start {
        parts.push(body.get(from..).unwrap_or_default());
    }
    (parts, false)
}

/// The line end before a boundary belongs to the boundary.
fn without_line_end(part: &[u8]) -> &[u8] {
    let part = part.strip_suffix(b"\n").unwrap_or(part);
    part.strip_suffix(b"\r").unwrap_or(part)
}
