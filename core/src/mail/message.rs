//! A mail as a person would read it: its text, its attachments, and what is the matter with it.
//!
//! The extraction step makes it from the raw bytes whenever it is wanted; nothing of it is stored but what that step
//! keeps. It takes every mail that has a header, however damaged, and says in notes what could not be read. Attached
//! text is read here; other files are given to an [`Opener`], and those that hold no text are listed for the reviewer.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    attachment::{Closed, Kind, Opener, Remark, unread},
    fields::{Fields, end_of_header, header_text},
    fragments::fragments,
    parts::{Contents, contents},
    plain_text::visible,
    search_text::SearchText,
};
use crate::domain::mention::Place;

/// More text than this is cut, with a note: 2 MiB hold a thousand pages.
pub const MOST_TEXT: usize = 2 << 20;

/// What a mail says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The text in which codes are looked for.
    pub text: SearchText,
    /// What is attached, in the order of the mail.
    pub attachments: Vec<Attachment>,
    /// What a reviewer has to know about the reading.
    pub notes: Vec<Note>,
    /// The ids of the mails before this one in its thread, oldest first, each with brackets; without its own id. For
    /// [`super::compose::references`].
    pub references: Vec<String>,
}

/// A part of the mail that is not its body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its file name, or `unnamed`; private.
    pub name: String,
    /// In lower case, without parameters: `application/pdf`.
    pub content_type: String,
    /// What it is. Of readings that were stored before kinds were told, nothing is known.
    #[serde(default)]
    pub kind: Kind,
    /// In bytes, decoded; within a few bytes of it for one that was not opened.
    pub size: u64,
    /// Why its content is not, or not wholly, in the text; None when it is.
    pub note: Option<Remark>,
}

/// What could not be read, or not wholly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "note", rename_all = "snake_case")]
pub enum Note {
    /// The charset is unknown, or the bytes do not fit it.
    Charset {
        /// As the mail names it; empty when it names none.
        named: String,
    },
    /// The transfer encoding is damaged.
    DamagedEncoding,
    /// A multipart ends without its last boundary: the rest was lost on the way.
    Truncated,
    /// Neither the body nor a text attachment holds any text.
    NoText,
    /// The text was longer than [`MOST_TEXT`].
    TextCut,
    /// The mail is signed (RFC 8551, RFC 3156); the signature was not checked.
    Signed,
    /// The mail, or a part of it, is encrypted and cannot be read here.
    Encrypted,
    /// A `winmail.dat` of Outlook: the text and the files may be packed in it.
    Winmail,
    /// Mails or multiparts are nested deeper, or there are more parts, than is looked at.
    TooDeep,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Charset { named } if named.is_empty() => {
                f.write_str("The text names no character set; some letters may be wrong")
            }
            Self::Charset { named } => {
                let named: String = named.chars().filter(|c| c.is_ascii_graphic()).take(40).collect();
                write!(f, "The text does not fit its character set ({named}); some letters may be wrong")
            }
            Self::DamagedEncoding => f.write_str("The text arrived damaged; some of it may be missing"),
            Self::Truncated => f.write_str("The mail ends in the middle; some of it may be missing"),
            Self::NoText => f.write_str("No text was found; look at the attachments"),
            Self::TextCut => write!(f, "Only the first {} MiB of the text are shown", MOST_TEXT >> 20),
            Self::Signed => f.write_str("The mail is signed; the signature was not checked"),
            Self::Encrypted => f.write_str("The mail is encrypted and cannot be read here"),
            Self::Winmail => f.write_str("Outlook packed text or files into winmail.dat, which could not be opened"),
            Self::TooDeep => f.write_str("Mails are packed into this mail deeper than is looked at"),
        }
    }
}

/// Bytes that are no mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// No byte but blanks.
    #[error("it is empty")]
    Empty,
    /// No header field at the top.
    #[error("it has no header")]
    NoHeader,
}

impl Message {
    /// Why attachments of which nothing was read were not, one for each.
    #[must_use]
    pub fn unread(&self) -> Vec<Remark> {
        unread(self.attachments.iter().map(|attachment| attachment.note.as_ref()))
    }

    /// Reads the raw bytes of a mail, whole or cut off anywhere. Attached text is read, other files stay closed.
    ///
    /// # Errors
    /// [`Unreadable`] when there is no header, as `Head::read` finds too.
    pub fn read(raw: &[u8]) -> Result<Self, Unreadable> {
        Self::open(raw, &Closed)
    }

    /// The same, with attached files opened by `opener`.
    ///
    /// # Errors
    /// As [`Message::read`].
    pub fn open(raw: &[u8], opener: &dyn Opener) -> Result<Self, Unreadable> {
        let (ends, begins) = end_of_header(raw).unwrap_or((raw.len(), raw.len()));
        let header = header_text(raw.get(..ends).unwrap_or(raw));
        let fields = Fields::read(&header);
        if fields.is_empty() {
            return Err(if header.trim().is_empty() { Unreadable::Empty } else { Unreadable::NoHeader });
        }
        let subject = visible(&fields.text("Subject").unwrap_or_default());
        let Contents { texts, attachments, mut notes } =
            contents(&fields, raw.get(begins..).unwrap_or_default(), opener);

        let mut text = SearchText::default();
        text.push(Place::Subject, "", &subject);
        let forwards = is_forward(&subject);
        let (attached, bodies): (Vec<_>, Vec<_>) = texts.iter().partition(|part| part.attached_to.is_some());
        for body in bodies {
            text.push_body(&body.text, &fragments(&body.text, forwards));
        }
        for part in attached {
            let name = part.attached_to.as_deref().unwrap_or_default();
            text.push_rows(Place::Attachment, name, part.first_row, part.text.trim_end_matches('\n'));
        }
        if text.cut(MOST_TEXT) {
            notes.push(Note::TextCut);
        }
        if texts.iter().all(|part| part.text.trim().is_empty()) {
            notes.push(Note::NoText);
        }
        Ok(Self { text, attachments, notes, references: earlier(&fields) })
    }
}

/// Whether a subject calls its mail a forwarded one.
fn is_forward(subject: &str) -> bool {
    let subject = subject.trim_start().to_lowercase();
    ["fwd:", "fw:", "wg:", "tr:", "rv:"].iter().any(|mark| subject.starts_with(mark))
}

/// The thread before this mail: its References, or else the one mail that it answers (RFC 5322 §3.6.4).
fn earlier(fields: &Fields<'_>) -> Vec<String> {
    let references = fields.message_ids("References");
    let answered = fields.message_ids("In-Reply-To");
    match (references.is_empty(), answered.as_slice()) {
        (true, [_]) => answered,
        _ => references,
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    use proptest::prelude::*;

    use super::*;

    fn read(raw: impl AsRef<[u8]>) -> Message {
        Message::read(raw.as_ref()).unwrap()
    }

    /// What stands in one place, parts joined by `|`.
    fn at(message: &Message, place: Place) -> String {
        let parts = message.text.parts.iter().filter(|part| part.place == place);
        parts.map(|part| part.span.of(&message.text.text)).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn a_plain_mail_is_subject_and_body() {
        let message =
            read("Subject: Knee\r\n 20610?\r\nReferences: <a@x> <b@x>\r\n\r\nIs 992\u{ad}13 ok?\r\n> old\r\n");
        assert_eq!(message.text.text, "Knee 20610?\n\nIs 99213 ok?\n> old");
        assert_eq!((at(&message, Place::Subject), at(&message, Place::Quoted)), ("Knee 20610?".into(), "> old".into()));
        assert_eq!(message.references, ["<a@x>", "<b@x>"]);
        assert_eq!((message.notes, message.attachments), (vec![], vec![]));
    }

    #[test]
    fn of_alternatives_the_plain_one_is_taken_and_html_when_it_is_all_there_is() {
        let mail = |plain: &str| {
            format!(
                "Content-Type: multipart/alternative; boundary=\"b 1\"\r\n\r\nfor old readers 99999\r\n\
                 --b 1\r\n\r\n{plain}\r\n\
                 --b 1\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
                 <p>992=\r\n13</p>\r\n--b 1--\r\n88888"
            )
        };
        assert_eq!(read(mail("20610")).text.text, "20610");
        assert_eq!(at(&read(mail(" ")), Place::New), "99213");
    }

    #[test]
    fn text_files_and_attached_mails_are_searched_and_other_files_listed() {
        let nested = STANDARD.encode("Subject: inner\r\nContent-Type: text/html\r\n\r\n<b>E11.9</b>");
        let message = read(format!(
            "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nbody\n--x\nContent-Type: text/csv; name=codes.csv\n\n\
             99213,1\n--x\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{nested}\n--x\n\
             Content-Type: application/pdf\nContent-Disposition: attachment; filename*=utf-8''op%20note.pdf\n\
             Content-Transfer-Encoding: base64\n\nAAAA\n--x\n\
             Content-Type: application/ms-tnef; name=winmail.dat\n\nx\n--x--\n"
        ));
        assert_eq!(at(&message, Place::New), "body");
        assert_eq!(at(&message, Place::Attachment), "99213\t1|inner|E11.9");
        let listed: Vec<_> = message.attachments.iter().map(|a| (a.name.as_str(), a.size, a.note.clone())).collect();
        assert_eq!(
            listed,
            [
                ("codes.csv", 7, None),
                ("inner", 55, None),
                ("op note.pdf", 3, Some(Remark::NotOpened)),
                ("winmail.dat", 1, Some(Remark::NotOpened)),
            ]
        );
        assert_eq!(message.notes, [Note::Winmail]);
    }

    #[test]
    fn html_replies_of_the_common_clients_are_split() {
        let gmail = "<div dir=\"ltr\">And 99213?</div><br><div class=\"gmail_quote\">\
            <div dir=\"ltr\" class=\"gmail_attr\">On Tue, Nov 3, 2026 at 10:00 AM Pat \
            &lt;<a href=\"mailto:p@x.test\">p@x.test</a>&gt; wrote:<br></div>\
            <blockquote style=\"margin:0\"><div>20610</div></blockquote></div>";
        let outlook = "<p class=MsoNormal>And 99213?<o:p></o:p></p>\
            <div style='border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal><b>From:</b> Pat<br><b>Sent:</b> Tuesday<br>\
            <b>To:</b> Coding<br><b>Subject:</b> x<o:p></o:p></p>\
            </div><p>20610</p>";
        let apple = "And 99213?<br><div><blockquote type=\"cite\">\
            <div>On 3 Nov 2026, at 10:00, Pat &lt;p@x.test&gt; wrote:</div><br>\
            <div>20610</div></blockquote></div>";
        for html in [gmail, outlook, apple] {
            let message = read(format!("Content-Type: text/html; charset=utf-8\r\n\r\n{html}"));
            assert_eq!(at(&message, Place::New), "And 99213?", "{}", message.text.text);
            assert!(at(&message, Place::Quoted).contains("20610"), "{}", message.text.text);
        }
    }

    #[test]
    fn damage_is_noted_and_the_rest_is_read() {
        let multipart = "Content-Type: multipart/mixed; boundary=x\n\n";
        for (mail, text, note) in [
            (format!("{multipart}--x\nContent-Type: text/plain\n\n99213 cut o"), "99213 cut o", Note::Truncated),
            (format!("{multipart}99213 without any boundary"), "99213 without any boundary", Note::Truncated),
            (format!("{multipart}--x\n99213 without a header\n--x"), "99213 without a header", Note::Truncated),
            ("Content-Transfer-Encoding: base64\n\nOTky!MTM".into(), "99213", Note::DamagedEncoding),
            (
                "Content-Type: text/plain; charset=x-klingon\n\n99213 \u{e9}".into(),
                "99213 \u{e9}",
                Note::Charset { named: "x-klingon".into() },
            ),
            (format!("{multipart}--x\nContent-Type: image/png\n\nx\n--x--"), "", Note::NoText),
            ("Content-Type: application/pkcs7-mime; name=smime.p7m\n\nx".into(), "", Note::Encrypted),
            ("Subject: only a header".into(), "", Note::NoText),
        ] {
            let message = read(&mail);
            assert_eq!(at(&message, Place::New), text, "{mail}");
            assert!(message.notes.contains(&note), "{mail}: {:?}", message.notes);
        }
    }

    #[test]
    fn flowed_text_and_no_break_blanks_are_undone() {
        let mail = "Content-Type: text/plain; format=flowed; delsp=yes; charset=utf-8\r\n\r\n\
            modifier \u{a0} 25 on 992 \r\n13.\r\n";
        assert_eq!(at(&read(mail), Place::New), "modifier   25 on 99213.");
    }

    #[test]
    fn nesting_ends_and_text_is_bounded() {
        let nested = "Content-Type: message/rfc822\n\n".repeat(100_000);
        assert!(read(&nested).notes.contains(&Note::TooDeep));
        let packed = STANDARD.encode(&nested);
        let hidden = format!("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{packed}");
        assert!(read(hidden).notes.contains(&Note::TooDeep));
        let multiparts: String =
            (0..5_000).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")).collect();
        assert!(read(multiparts).notes.contains(&Note::TooDeep));
        let long = read(format!("A: b\n\n{}", "é99213 ".repeat(600_000)));
        assert!(long.text.text.len() <= MOST_TEXT && long.notes.contains(&Note::TextCut));
    }

    #[test]
    fn what_has_no_header_is_unreadable() {
        assert_eq!(Message::read(b""), Err(Unreadable::Empty));
        assert_eq!(Message::read(b" \r\n\r\n"), Err(Unreadable::Empty));
        assert_eq!(Message::read(b"just text\n"), Err(Unreadable::NoHeader));
    }

    const SEED: &str = "From: a@b.test\r\nSubject: =?utf-8?Q?x=20y?=\r\n\
        Content-Type: multipart/mixed; boundary=x\r\n\r\n\
        --x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\n\r\n\
        On 3 Nov 2026 Pat <a@b.test> wrote:\r\n> 99213\r\n-- \r\nPat\r\n--y\r\n\
        Content-Type: text/html; charset=gb18030\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        <table><tr><td>1=\r\n<td>&amp;<blockquote>x</table><!-- --y--\r\n--y--\r\n--x\r\n\
        Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nU3ViamVjdDogeA0KDQp5\r\n\
        --x--\r\n";

    fn check(raw: &[u8]) {
        let Ok(message) = Message::read(raw) else { return };
        let mut end = 0;
        for part in &message.text.parts {
            assert!(end <= part.span.start && !part.span.of(&message.text.text).is_empty());
            end = part.span.end;
        }
        assert!(!message.text.text.contains(['\0', '\r', '\u{a0}']));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(raw in proptest::collection::vec(any::<u8>(), 0..800)) {
            check(&raw);
        }

        #[test]
        fn any_damage_to_a_mail_is_survived(
            edits in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>(), 0_u8..3), 1..12),
            keep in 0..=SEED.len(),
        ) {
            let mut raw = SEED.as_bytes().to_vec();
            for (at, byte, edit) in edits {
                let at = at.index(raw.len());
                match edit {
                    0 => raw[at] = byte,
                    1 => raw.insert(at, byte),
                    _ => drop(raw.drain(at..raw.len().min(at + usize::from(byte) % 9))),
                }
                if raw.is_empty() {
                    break;
                }
            }
            raw.truncate(keep);
            check(&raw);
        }
    }
}
