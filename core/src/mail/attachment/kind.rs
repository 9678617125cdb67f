//! What an attached file is. Its first bytes decide where they can, then its name, then its declared type: mailers
//! declare half of all files `application/octet-stream`, and a CSV file a spreadsheet of Excel's.
//!
//! A ZIP can be a document, a workbook or an archive, and so can the older containers of Office; which of them shows
//! when it is opened. `parts` asks for every part that is not plain text of the mail.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a file is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Plain text.
    Text,
    /// Comma, semicolon or tab separated values.
    Delimited,
    /// A web page.
    Html,
    /// A mail (RFC 5322).
    Mail,
    /// A PDF.
    Pdf,
    /// A text document: DOCX, ODT.
    Document,
    /// Slides: PPTX, ODP.
    Slides,
    /// A spreadsheet: XLSX, XLSB, XLS, ODS.
    Workbook,
    /// RTF.
    RichText,
    /// A ZIP: an archive, or a document that was not opened.
    Archive,
    /// Outlook's `winmail.dat` (TNEF).
    Winmail,
    /// An Office file older than 2007, or one protected by a password; told apart when opened.
    OldOffice,
    /// A picture or a fax.
    Picture,
    /// Encrypted for somebody (S/MIME, PGP).
    Sealed,
    /// Anything else.
    #[default]
    Other,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Delimited => "table as text",
            Self::Html => "web page",
            Self::Mail => "mail",
            Self::Pdf => "PDF",
            Self::Document => "document",
            Self::Slides => "slides",
            Self::Workbook => "spreadsheet",
            Self::RichText => "RTF document",
            Self::Archive => "ZIP archive",
            Self::Winmail => "Outlook's winmail.dat",
            Self::OldOffice => "older Office file",
            Self::Picture => "picture",
            Self::Sealed => "encrypted file",
            Self::Other => "other file",
        })
    }
}

/// First bytes, and what they begin.
const SIGNATURES: [(&[u8], Kind); 16] = [
    (b"%PDF-", Kind::Pdf),
    (b"PK\x03\x04", Kind::Archive),
    (b"PK\x05\x06", Kind::Archive),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Kind::OldOffice),
    (b"{\\rtf", Kind::RichText),
    (b"\x78\x9F\x3E\x22", Kind::Winmail),
    (b"\x89PNG", Kind::Picture),
    (b"\xFF\xD8\xFF", Kind::Picture),
    (b"GIF8", Kind::Picture),
    (b"II*\0", Kind::Picture),
    (b"MM\0*", Kind::Picture),
    (b"BM", Kind::Picture),
    (b"<!DOCTYPE html", Kind::Html),
    (b"<!doctype html", Kind::Html),
    (b"<html", Kind::Html),
    (b"<HTML", Kind::Html),
];

/// What the end of a name, or a declared type, says.
const NAMED: [(Kind, &[&str], &[&str]); 14] = [
    (Kind::Pdf, &["pdf"], &["application/pdf", "application/x-pdf"]),
    (Kind::Delimited, &["csv", "tsv", "tab", "psv"], &["text/csv", "text/tab-separated-values", "application/csv"]),
    (Kind::Html, &["html", "htm", "xhtml"], &["text/html", "application/xhtml+xml"]),
    (Kind::Mail, &["eml"], &["message/rfc822", "message/global"]),
    (
        Kind::Text,
        &["txt", "text", "log", "md", "asc", "hl7", "837", "835", "edi", "x12", "xml", "json"],
        &["text/plain"],
    ),
    (
        Kind::Document,
        &["docx", "docm", "dotx", "odt"],
        &[
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.oasis.opendocument.text",
        ],
    ),
    (Kind::Slides, &["pptx", "odp"], &["application/vnd.openxmlformats-officedocument.presentationml.presentation"]),
    (
        Kind::Workbook,
        &["xlsx", "xlsm", "xlsb", "xls", "ods"],
        &[
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.oasis.opendocument.spreadsheet",
            "application/vnd.ms-excel",
        ],
    ),
    (Kind::RichText, &["rtf"], &["application/rtf", "text/rtf", "application/x-rtf", "text/richtext"]),
    (Kind::Archive, &["zip"], &["application/zip", "application/x-zip-compressed"]),
    (Kind::Winmail, &[], &["application/ms-tnef", "application/vnd.ms-tnef"]),
    (Kind::OldOffice, &["doc", "ppt", "msg"], &["application/msword", "application/vnd.ms-outlook"]),
    (Kind::Picture, &["png", "jpg", "jpeg", "gif", "tif", "tiff", "bmp", "heic", "webp", "jp2"], &[]),
    (
        Kind::Sealed,
        &["p7m", "pgp", "gpg"],
        &["application/pgp-encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"],
    ),
];

/// So many bytes tell what a file is.
pub(in crate::mail) const HEAD: usize = 4_096;
/// A PDF may have that much before its mark (ISO 32000-1, annex H.3.4.1).
const LATEST_PDF_MARK: usize = 1024;

impl Kind {
    /// Of a file that begins with `head`. Of an empty file its name and type speak alone.
    #[must_use]
    pub fn of(name: &str, content_type: &str, head: &[u8]) -> Self {
        let head = head.get(..HEAD).unwrap_or(head);
        let said = Self::said(name, content_type);
        let begins = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
        let signed = SIGNATURES.iter().find(|(mark, _)| begins.starts_with(mark)).map(|(_, kind)| *kind);
        let late_pdf = memchr::memmem::find(head.get(..LATEST_PDF_MARK).unwrap_or(head), b"%PDF-").is_some();
        let has_text = !head.is_empty() && looks_like_text(head);
        match (signed, said) {
            // Two letters are no proof: a text can begin with them.
            (Some(Self::Picture), _) if begins.starts_with(b"BM") && has_text => Self::Text,
            // What Excel and Word save as "web page" under their own names is one, and an XML page may be called so.
            (Some(Self::Html), Self::Text | Self::Delimited) => said,
            // Of a ZIP and of an older container, the name says more than the first bytes do.
            (Some(Self::Archive), Self::Document | Self::Slides | Self::Workbook) => said,
            (Some(Self::OldOffice), Self::Workbook) => said,
            (Some(kind), _) => kind,
            (None, _) if late_pdf && said != Self::Mail => Self::Pdf,
            // A table that is declared as Excel's, as Windows does with CSV files.
            (None, Self::Workbook) if has_text => Self::Delimited,
            (None, Self::Other | Self::OldOffice | Self::Document) if has_text => Self::Text,
            // Declared as text, and holding bytes that no text has.
            (None, Self::Text | Self::Delimited) if !head.is_empty() && !has_text => Self::Other,
            (None, said) => said,
        }
    }

    /// What its name says, and if that says nothing its declared type.
    fn said(name: &str, content_type: &str) -> Self {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.trim().to_ascii_lowercase()).unwrap_or_default();
        let by_name = NAMED.iter().find(|(_, endings, _)| endings.contains(&ending.as_str()));
        let by_type = || NAMED.iter().find(|(_, _, types)| types.contains(&content_type));
        match by_name.or_else(by_type) {
            Some((kind, _, _)) => *kind,
            None if name.eq_ignore_ascii_case("winmail.dat") => Self::Winmail,
            None if content_type.starts_with("image/") => Self::Picture,
            None if content_type.starts_with("text/") => Self::Text,
            None => Self::Other,
        }
    }

    /// Whether the text of the mail is of this kind too, so that no reader has to be made for it.
    #[must_use]
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Delimited | Self::Html)
    }

    /// Whether there is a reader for it that opens the file.
    #[must_use]
    pub const fn is_opened(self) -> bool {
        matches!(
            self,
            Self::Pdf
                | Self::Document
                | Self::Slides
                | Self::Workbook
                | Self::RichText
                | Self::Archive
                | Self::Winmail
                | Self::OldOffice
        )
    }
}

/// Whether bytes are text: UTF-16 by its mark, or nothing that no text holds.
fn looks_like_text(head: &[u8]) -> bool {
    if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        return true;
    }
    let odd = head.iter().filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B)).count();
    odd == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_decide_then_the_name_then_the_type() {
        let octets = "application/octet-stream";
        for (name, content_type, head, kind) in [
            ("note.pdf", octets, &b"%PDF-1.7"[..], Kind::Pdf),
            ("note.txt", "text/plain", b"\n\njunk\n%PDF-1.4", Kind::Pdf),
            ("codes.csv", "application/vnd.ms-excel", b"CPT,Units\n99213,1", Kind::Delimited),
            ("codes.xls", "application/vnd.ms-excel", b"CPT\tUnits\n99213\t1", Kind::Delimited),
            ("codes.xls", "application/vnd.ms-excel", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Kind::Workbook),
            ("codes.xls", "application/vnd.ms-excel", b"<html><table>", Kind::Html),
            ("codes.xlsx", octets, b"PK\x03\x04", Kind::Workbook),
            ("letter.doc", "application/msword", b"{\\rtf1", Kind::RichText),
            ("letter.docx", octets, b"PK\x03\x04", Kind::Document),
            ("all.zip", octets, b"PK\x03\x04", Kind::Archive),
            ("", octets, b"99213, 25\n", Kind::Text),
            ("scan", "image/tiff", b"", Kind::Picture),
            ("scan.dat", octets, b"\xFF\xD8\xFF\xE0", Kind::Picture),
            ("BM.txt", "text/plain", b"BMI 31, Z68.31", Kind::Text),
            ("winmail.dat", octets, b"\x78\x9F\x3E\x22", Kind::Winmail),
            ("winmail.dat", octets, b"", Kind::Winmail),
            ("a.eml", octets, b"Subject: x", Kind::Mail),
            ("export.txt", "text/plain", b"\xFF\xFEC\0P\0T\0", Kind::Text),
            ("noise.txt", "text/plain", b"\0\x01\x02", Kind::Other),
            ("song.mp3", "audio/mpeg", b"ID3\x03", Kind::Other),
        ] {
            assert_eq!(Kind::of(name, content_type, head), kind, "{name} {content_type}");
        }
    }
}
