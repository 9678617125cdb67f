//! The header of one part of a mail, as far as its text and its files hang on it (RFC 2045, RFC 2183). `parts` cuts each
//! part into its label and its body.

use super::{
    attachment::{Kind, kind::HEAD},
    decoding::Encoding,
    fields::{Fields, end_of_header, header_text},
    plain_text::visible,
};

/// RFC 2046 §5.1.1 allows 70 characters; some mailers write more.
const LONGEST_BOUNDARY: usize = 256;

/// The header of one part, as far as it matters.
pub(super) struct Label {
    /// `text/plain`, in lower case.
    pub(super) content_type: String,
    pub(super) subtype: String,
    pub(super) boundary: Option<String>,
    pub(super) charset: Option<String>,
    pub(super) name: Option<String>,
    pub(super) flowed: bool,
    pub(super) delsp: bool,
    pub(super) is_attachment: bool,
    pub(super) encoding: Encoding,
}

impl Label {
    /// Cuts a part into its label and its body. A part may lack the header, or the empty line (RFC 2046 §5.1); then it
    /// is all body, unless it begins with a field of MIME.
    pub(super) fn cut(raw: &[u8]) -> (Self, &[u8]) {
        let (ends, begins) = end_of_header(raw).unwrap_or((raw.len(), raw.len()));
        let header = header_text(raw.get(..ends).unwrap_or_default());
        let fields = Fields::read(&header);
        let is_header =
            begins > ends || ["Content-Type", "Content-Transfer-Encoding"].iter().any(|name| fields.has(name));
        if is_header {
            (Self::read(&fields), raw.get(begins..).unwrap_or_default())
        } else {
            (Self::read(&Fields::default()), raw)
        }
    }

    pub(super) fn read(fields: &Fields<'_>) -> Self {
        let found = fields.content_type("Content-Type");
        let disposition = fields.content_type("Content-Disposition");
        let attribute = |name: &str| found.as_ref().and_then(|found| found.attribute(name)).map(str::to_owned);
        let lower = |name: &str| attribute(name).unwrap_or_default().to_ascii_lowercase();
        let name = disposition.as_ref().and_then(|found| found.attribute("filename")).map(str::to_owned);
        let (kind, subtype) = match &found {
            Some(found) => {
                (found.ctype().to_ascii_lowercase(), found.subtype().unwrap_or("plain").to_ascii_lowercase())
            }
            None => ("text".to_owned(), "plain".to_owned()),
        };
        Self {
            content_type: format!("{kind}/{subtype}"),
            subtype,
            boundary: attribute("boundary")
                .filter(|boundary| !boundary.is_empty() && boundary.len() <= LONGEST_BOUNDARY),
            charset: attribute("charset"),
            name: name
                .or_else(|| attribute("name"))
                .map(|name| visible(&name).trim().to_owned())
                .filter(|n| !n.is_empty()),
            flowed: lower("format") == "flowed",
            delsp: lower("delsp") == "yes",
            is_attachment: disposition.is_some_and(|found| found.ctype().eq_ignore_ascii_case("attachment")),
            encoding: Encoding::named(&fields.value("Content-Transfer-Encoding").unwrap_or_default()),
        }
    }

    /// Whether it is a file of its own, and not text of the mail.
    pub(super) fn is_file(&self) -> bool {
        self.name.is_some() || self.is_attachment || !self.content_type.starts_with("text/")
    }

    /// What the file is.
    pub(super) fn kind(&self, body: &[u8]) -> Kind {
        Kind::of(self.name.as_deref().unwrap_or(""), &self.content_type, &self.encoding.head(body, HEAD))
    }

    pub(super) fn file_name(&self) -> String {
        self.name.clone().unwrap_or_else(|| "unnamed".to_owned())
    }

    pub(super) fn is_multipart(&self) -> bool {
        self.content_type.starts_with("multipart/")
    }

    pub(super) fn is_mail(&self) -> bool {
        matches!(self.content_type.as_str(), "message/rfc822" | "message/global")
    }
}
