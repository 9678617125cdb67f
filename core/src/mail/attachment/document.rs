//! DOCX, PPTX and ODT: the text in the order of the document, a line for each paragraph, a table's rows as lines with
//! ` | ` between cells, as in web pages.
//!
//! The three formats name paragraphs, rows and cells alike once the namespace is left off, so one walk reads all. What
//! was deleted with change tracking is not text, what was inserted is. Headers, footers, notes and comments follow the
//! body.

use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesRef, BytesStart, Event},
};

use super::{opened::Out, package::Package, read::Verdict, remark::Remark};

/// Deeper elements are damage or malice; Word nests up to some hundred.
const DEEPEST: usize = 2_000;

/// Reads the parts of a document that hold text.
pub(super) fn read(package: &mut Package<'_>, out: &mut Out<'_>) -> Verdict {
    if package.is_locked() {
        return Ok(Some(Remark::Encrypted));
    }
    let mut remark = None;
    let mut has_text = false;
    for (within, name) in parts(&package.names()) {
        let part = match package.part(&name) {
            Ok(part) => part,
            Err(fault) => {
                remark = Some(fault);
                continue;
            }
        };
        let (text, is_sound) = text(&part.bytes, out.left());
        has_text |= !text.trim().is_empty();
        out.text(&within, &text)?;
        remark = match part.fault {
            Some(Remark::TooLarge) => return Ok(Some(if has_text { Remark::Cut } else { Remark::TooLarge })),
            Some(fault) => Some(fault),
            None if !is_sound => Some(Remark::Damaged),
            None => remark,
        };
    }
    Ok(match remark {
        Some(Remark::Damaged) if !has_text => Some(Remark::Broken),
        None if !has_text => Some(Remark::NoText),
        remark => remark,
    })
}

/// Which members hold text, and what each is called; in the order in which they are read.
fn parts(names: &[String]) -> Vec<(String, String)> {
    let mut found: Vec<(u32, u32, String, &String)> = Vec::new();
    for name in names {
        let Some(stem) = name.strip_suffix(".xml") else { continue };
        let number = |stem: &str| stem.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().unwrap_or(0);
        let called = |prefix: &str| stem.strip_prefix(prefix).map(number);
        let (order, number, within) = match stem {
            "word/document" | "content" => (0, 0, String::new()),
            "word/footnotes" | "word/endnotes" => (4, 0, "notes".to_owned()),
            "word/comments" => (5, 0, "comments".to_owned()),
            _ => {
                if let Some(number) = called("word/header") {
                    (2, number, "header".to_owned())
                } else if let Some(number) = called("word/footer") {
                    (3, number, "footer".to_owned())
                } else if let Some(number) = called("ppt/slides/slide") {
                    (0, number, format!("slide {number}"))
                } else if let Some(number) = called("ppt/notesSlides/notesSlide") {
                    (1, number, format!("notes {number}"))
                } else {
                    continue;
                }
            }
        };
        found.push((order, number, within, name));
    }
    found.sort();
    found.into_iter().map(|(_, _, within, name)| (within, name.clone())).collect()
}

/// The text of one part, and whether the part was read to its end. No more than `most` bytes are gathered.
fn text(xml: &[u8], most: usize) -> (String, bool) {
    let mut reader = Reader::from_reader(xml);
    reader.config_mut().check_end_names = false;
    let mut page = Page::default();
    loop {
        if page.text.len() > most || page.depth > DEEPEST {
            let is_long = page.text.len() > most;
            return (page.text, is_long);
        }
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                page.depth += 1;
                page.open(&tag);
            }
            Ok(Event::Empty(tag)) => {
                page.depth += 1;
                page.open(&tag);
                page.close(tag.local_name().as_ref());
                page.depth -= 1;
            }
            Ok(Event::End(tag)) => {
                page.close(tag.local_name().as_ref());
                page.depth = page.depth.saturating_sub(1);
            }
            Ok(Event::Text(text)) if page.is_shown() => page.text.push_str(&text),
            Ok(Event::CData(text)) if page.is_shown() => page.text.push_str(&text),
            Ok(Event::GeneralRef(name)) if page.is_shown() => page.entity(&name),
            Ok(Event::Eof) => return (page.text, page.depth == 0),
            Ok(_) => {}
            Err(_) => return (page.text, false),
        }
    }
}

/// Where in the document the reader is.
#[derive(Default)]
struct Page {
    text: String,
    depth: usize,
    /// The depth of the element in which nothing is shown.
    hidden_at: Option<usize>,
    /// How many paragraphs are open, and how many `w:t` or `a:t`.
    paragraphs: usize,
    runs: usize,
    /// Whether text stands in runs (Word, PowerPoint) or in paragraphs (OpenDocument).
    has_runs: bool,
    tables: usize,
    /// Whether the row has a cell already, and the cell a paragraph.
    in_row: bool,
    in_cell: bool,
    repeated: usize,
}

impl Page {
    const fn is_shown(&self) -> bool {
        self.hidden_at.is_none() && if self.has_runs { self.runs > 0 } else { self.paragraphs > 0 }
    }

    fn open(&mut self, tag: &BytesStart<'_>) {
        let name = tag.local_name();
        let name = name.as_ref();
        match name {
            // Deleted or moved text; the copy of a text box for old readers; OpenDocument's list of changes.
            "del" | "moveFrom" | "Fallback" | "tracked-changes" | "instrText" | "delText"
                if self.hidden_at.is_none() =>
            {
                self.hidden_at = Some(self.depth);
            }
            _ if self.hidden_at.is_some() => {}
            "document" | "hdr" | "ftr" | "sld" | "footnotes" | "endnotes" | "comments" | "notes" => {
                self.has_runs = true;
            }
            "p" | "h" => {
                self.paragraphs += 1;
                if self.in_cell && !self.text.ends_with([' ', '\n']) {
                    self.text.push(' ');
                }
            }
            "t" => self.runs += 1,
            "tab" if self.paragraphs > 0 => self.blank(),
            "s" if !self.has_runs => {
                for _ in 0..number(tag, "c").clamp(1, 100) {
                    self.text.push(' ');
                }
            }
            "br" | "cr" | "line-break" if self.paragraphs > 0 => self.line(),
            "noBreakHyphen" => self.text.push('-'),
            "tbl" | "table" => {
                self.tables += 1;
                if self.tables == 1 && !self.text.is_empty() && !self.text.ends_with('\n') {
                    self.text.push('\n');
                }
            }
            "tr" | "table-row" if self.tables == 1 => (self.in_row, self.in_cell) = (false, false),
            "tc" | "table-cell" | "covered-table-cell" if self.tables == 1 => {
                if self.in_row {
                    self.text.push_str(" | ");
                }
                (self.in_row, self.in_cell) = (true, true);
                self.repeated = number(tag, "number-columns-repeated").clamp(1, 64) - 1;
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if let Some(at) = self.hidden_at {
            if at == self.depth {
                self.hidden_at = None;
            }
            return;
        }
        match name {
            "p" | "h" => {
                self.paragraphs = self.paragraphs.saturating_sub(1);
                if !self.in_cell {
                    self.text.push('\n');
                }
            }
            "t" => self.runs = self.runs.saturating_sub(1),
            "tc" | "table-cell" | "covered-table-cell" if self.tables == 1 => {
                for _ in 0..self.repeated {
                    self.text.push_str(" | ");
                }
                (self.in_cell, self.repeated) = (false, 0);
            }
            "tr" | "table-row" if self.tables == 1 => {
                self.in_row = false;
                self.text.push('\n');
            }
            "tbl" | "table" => self.tables = self.tables.saturating_sub(1),
            _ => {}
        }
    }

    /// A tab is a gap between columns; in a cell it parts nothing.
    fn blank(&mut self) {
        self.text.push(if self.in_cell { ' ' } else { '\t' });
    }

    fn line(&mut self) {
        self.text.push(if self.in_cell { ' ' } else { '\n' });
    }

    fn entity(&mut self, name: &BytesRef<'_>) {
        if let Ok(Some(c)) = name.resolve_char_ref() {
            self.text.push(c);
            return;
        }
        self.text.push_str(resolve_predefined_entity(name).unwrap_or(" "));
    }
}

fn number(tag: &BytesStart<'_>, name: &str) -> usize {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).flatten().find(|one| one.key.local_name().as_ref() == name);
    found.and_then(|one| one.normalized_value(XmlVersion::Implicit1_0).ok()?.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_document_is_read_in_its_order() {
        let xml = br#"<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>Bill 992</w:t></w:r><w:r><w:t>13 &amp; 20610</w:t>
            </w:r></w:p><w:del><w:r><w:t>gone</w:t></w:r></w:del><w:tbl><w:tr><w:tc><w:p><w:r><w:t>CPT</w:t></w:r></w:p></w:tc>
            <w:tc><w:p><w:r><w:t>Units</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>J1885</w:t></w:r></w:p>
            <w:p><w:r><w:t>now</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>4</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
            <w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r></w:p></w:body></w:document>"#;
        assert_eq!(text(xml, 1000), ("Bill 99213 & 20610\nCPT | Units\nJ1885 now | 4\na\nb\tc\n".to_owned(), true));
    }

    #[test]
    fn an_open_document_is_read_in_its_order() {
        let xml = br#"<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b"><office:body><office:text>
            <text:p>Bill <text:span>99213</text:span><text:s text:c="2"/>now&#x2014;</text:p>
            <table:table><table:table-row><table:table-cell><text:p>CPT</text:p></table:table-cell>
            <table:table-cell table:number-columns-repeated="2"/><table:table-cell><text:p>Units</text:p></table:table-cell>
            </table:table-row></table:table></office:text></office:body></office:document-content>"#;
        assert_eq!(text(xml, 1000), ("Bill 99213  now\u{2014}\nCPT |  |  | Units\n".to_owned(), true));
    }

    #[test]
    fn damage_and_depth_end_the_reading_and_keep_what_was_read() {
        let start = "<w:document><w:p><w:t>99213</w:t></w:p>";
        assert_eq!(text(format!("{start}<w:p><w:t>cut").as_bytes(), 100), ("99213\ncut".to_owned(), false));
        let deep = format!("{start}{}", "<w:x>".repeat(100_000));
        assert_eq!(text(deep.as_bytes(), 100), ("99213\n".to_owned(), false));
        let long = format!("{start}{}", "<w:p><w:t>20610</w:t></w:p>".repeat(100_000));
        let (found, is_sound) = text(long.as_bytes(), 100);
        assert!(found.len() < 120 && is_sound);
    }
}
