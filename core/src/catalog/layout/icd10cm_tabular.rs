//! The ICD-10-CM tabular list: every chapter, section and code that has notes or sub-codes of its own, with its notes.
//!
//! CDC/NCHS publish it as XML (`icd10cm-tabular-2026.xml`, `icd10c-tabular-April-1-2026.xml`):
//!
//! ```text
//! ICD10CM.tabular
//!   version
//!   chapter            name, desc, notes …
//!     section id       desc, notes …           (id "A00-A09", or "D78" alone)
//!       diag           name, desc, notes …     (placeholder="true" where an X fills a place)
//!         diag …
//! ```
//!
//! Notes are groups (`excludes1`, `codeFirst` …) of `note` texts; `sevenChrDef` holds one `extension char="A"` for each
//! 7th character that the codes below take. Most billable codes do not stand here: they are a code of the list, filled
//! with X, and a 7th character. [`crate::catalog::notes`] finds the notes that bind them.
//!
//! Rows come in the list's order, a parent before its children, and every note before the children. Sections that
//! frame others (C00-C96 around C00-C14) stand beside these without codes, as published. The index of sections, the
//! introduction and the table of visual impairment are passed over.

use std::{collections::HashSet, io::BufRead, ops::ControlFlow};

use quick_xml::events::BytesStart;

pub use super::icd10cm_entry::{Group, Name, Note, NoteKind, Row, Seventh};
use super::{
    icd10_code::diagnosis,
    rejected::{Reason, Rejected},
    squeeze::squeeze,
    xml::{self, Piece, XmlError},
};
use crate::domain::code::Code;

/// The document's root.
pub(in crate::catalog) const ROOT: &str = "ICD10CM.tabular";

/// The most that the texts of one entry may take; the longest has some 8 kB.
const MOST: usize = 1 << 20;

/// Takes rows and refused entries.
type Take<'a> = dyn FnMut(Result<Row, Rejected>) -> ControlFlow<()> + 'a;

/// Hands every entry to `take`, as a row or as refused, until it breaks off. The answer is the version that the file
/// states: its fiscal year. What stands below a refused entry hangs on the next one above it.
///
/// # Errors
/// [`XmlError`]; rows that were handed on before it are not to be kept.
pub fn read<R: BufRead>(reader: R, take: &mut Take<'_>) -> Result<String, XmlError> {
    let mut list = List::default();
    xml::read(reader, ROOT, &mut |line, piece| {
        Ok(match piece {
            Piece::Open(start) => list.open(line, start, take),
            // Between the elements stands nothing but line ends.
            Piece::Text(_) if !list.holds_text() => ControlFlow::Continue(()),
            Piece::Text(text) => {
                list.text.push_str(text);
                if list.text.len() > MOST {
                    return Err(XmlError::TooLong { line });
                }
                ControlFlow::Continue(())
            }
            Piece::Close => {
                let flow = list.close(line, take);
                if list.entries.last().is_some_and(|entry| entry.size > MOST) {
                    return Err(XmlError::TooLong { line });
                }
                flow
            }
        })
    })?;
    Ok(list.version)
}

/// What is open in the file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Element {
    Entry,
    Name,
    Title,
    Group,
    Note,
    Sevenths,
    SeventhNote,
    Seventh(Option<char>),
    Version,
    Other,
}

/// An entry whose end has not come yet.
struct Entry {
    what: What,
    row: Row,
    /// What spoils it.
    refused: Option<Reason>,
    /// Whether it was handed out, as it is before its first child.
    out: bool,
    size: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Chapter,
    Section,
    Code,
}

#[derive(Default)]
struct List {
    open: Vec<Element>,
    entries: Vec<Entry>,
    text: String,
    version: String,
    seen: HashSet<Code>,
    next: u32,
}

impl List {
    fn holds_text(&self) -> bool {
        let around = [Element::Entry, Element::Group, Element::Sevenths, Element::Other];
        self.open.last().is_some_and(|element| !around.contains(element))
    }

    fn open(&mut self, line: u64, start: &BytesStart<'_>, take: &mut Take<'_>) -> ControlFlow<()> {
        self.text.clear();
        let name = start.name();
        let in_entry = matches!(self.open.last(), Some(Element::Entry));
        let mut flow = ControlFlow::Continue(());
        let element = match (name.as_ref(), self.open.last()) {
            ("chapter" | "section" | "diag", _) => {
                flow = self.hand_out(take);
                self.begin(line, start);
                Element::Entry
            }
            ("name", Some(Element::Entry)) => Element::Name,
            ("desc", Some(Element::Entry)) => Element::Title,
            ("note", Some(Element::Group)) => Element::Note,
            ("note", Some(Element::Sevenths)) => Element::SeventhNote,
            ("sevenChrDef", Some(Element::Entry)) => Element::Sevenths,
            ("extension", Some(Element::Sevenths)) => {
                let character = xml::attribute(start, "char").unwrap_or_default();
                let mut characters = character.chars();
                Element::Seventh(characters.next().filter(|_| characters.next().is_none()))
            }
            ("version", _) if self.entries.is_empty() => Element::Version,
            (name, _) => match NoteKind::read(name).filter(|_| in_entry) {
                Some(kind) => {
                    if let Some(entry) = self.entries.last_mut() {
                        entry.row.notes.push(Group { kind, notes: Vec::new() });
                    }
                    Element::Group
                }
                None => Element::Other,
            },
        };
        self.open.push(element);
        flow
    }

    fn begin(&mut self, line: u64, start: &BytesStart<'_>) {
        let what = match start.name().as_ref() {
            "chapter" => What::Chapter,
            "section" => What::Section,
            _ => What::Code,
        };
        let section = section(&xml::attribute(start, "id").unwrap_or_default()).filter(|_| what == What::Section);
        // Until it is read.
        let refused = if section.is_none() { Some(Reason::NotACode) } else { None };
        let name = section.unwrap_or_else(|| Name::Chapter(String::new()));
        let parent = self.entries.iter().rev().find(|entry| entry.refused.is_none()).map(|entry| entry.row.number);
        let placeholder = xml::attribute(start, "placeholder").is_some_and(|value| value == "true");
        let (notes, seventh) = (Vec::new(), Vec::new());
        let row = Row { line, number: 0, parent, name, title: String::new(), placeholder, notes, seventh };
        self.entries.push(Entry { what, row, refused, out: false, size: 0 });
    }

    fn close(&mut self, line: u64, take: &mut Take<'_>) -> ControlFlow<()> {
        let text = squeeze(&self.text);
        self.text.clear();
        match (self.open.pop(), self.entries.last_mut()) {
            (Some(Element::Entry), _) => {
                let flow = self.hand_out(take);
                self.entries.pop();
                return flow;
            }
            (Some(Element::Version), _) => self.version = text,
            (Some(element), Some(entry)) => {
                if entry.out {
                    // A note that comes after the children would never reach anyone.
                    return match element {
                        Element::Note | Element::SeventhNote | Element::Seventh(_) | Element::Name | Element::Title => {
                            take(Err(Rejected { line, reason: Reason::Late }))
                        }
                        _ => ControlFlow::Continue(()),
                    };
                }
                entry.size += text.len() + size_of::<Note>();
                entry.fill(element, line, text);
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }

    /// Hands the innermost entry out, unless that was done before.
    fn hand_out(&mut self, take: &mut Take<'_>) -> ControlFlow<()> {
        let Some(entry) = self.entries.last_mut().filter(|entry| !entry.out) else {
            return ControlFlow::Continue(());
        };
        entry.out = true;
        if let (Name::Code(code), None) = (&entry.row.name, &entry.refused)
            && !self.seen.insert(code.clone())
        {
            entry.refused = Some(Reason::Twice);
        }
        if entry.row.title.is_empty() && entry.refused.is_none() {
            entry.refused = Some(Reason::NoTitle);
        }
        if let Some(reason) = entry.refused.clone() {
            return take(Err(Rejected { line: entry.row.line, reason }));
        }
        entry.row.number = self.next;
        self.next += 1;
        let kept = Row {
            name: Name::Chapter(String::new()),
            title: String::new(),
            notes: Vec::new(),
            seventh: Vec::new(),
            ..entry.row
        };
        take(Ok(std::mem::replace(&mut entry.row, kept)))
    }
}

impl Entry {
    fn fill(&mut self, element: Element, line: u64, text: String) {
        match element {
            Element::Name => {
                let name = match self.what {
                    What::Chapter => Some(Name::Chapter(text)).filter(|name| *name != Name::Chapter(String::new())),
                    What::Section => None,
                    What::Code => diagnosis(&text).map(Name::Code),
                };
                if let Some(name) = name {
                    self.row.name = name;
                    self.refused = None;
                }
            }
            Element::Title => self.row.title = text,
            Element::Note => {
                if let Some(group) = self.row.notes.last_mut() {
                    group.notes.push(Note { line, text });
                }
            }
            Element::Seventh(Some(character)) => {
                self.row.seventh.push(Seventh { character, meaning: text, includes: Vec::new() });
            }
            Element::Seventh(None) => self.refused = Some(Reason::NotARecord),
            Element::SeventhNote => {
                if let Some(seventh) = self.row.seventh.last_mut() {
                    seventh.includes.push(text);
                }
            }
            Element::Entry | Element::Group | Element::Sevenths | Element::Version | Element::Other => {}
        }
    }
}

/// `A00-A09`, or `D78`.
fn section(id: &str) -> Option<Name> {
    let (first, last) = id.split_once('-').unwrap_or((id, id));
    Some(Name::Section { first: diagnosis(first)?, last: diagnosis(last)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(body: &str) -> Result<Vec<Result<Row, Rejected>>, XmlError> {
        let mut rows = Vec::new();
        let text = format!("<{ROOT}>\n<version>2031</version>\n{body}</{ROOT}>");
        let version = read(text.as_bytes(), &mut |row| {
            rows.push(row);
            ControlFlow::Continue(())
        })?;
        assert_eq!(version, "2031");
        Ok(rows)
    }

    fn names(rows: &[Result<Row, Rejected>]) -> Vec<String> {
        let name = |row: &Row| match &row.name {
            Name::Chapter(number) => number.clone(),
            Name::Section { first, last } => format!("{first}-{last}"),
            Name::Code(code) => code.to_string(),
        };
        let named = rows.iter().flatten().map(|row| match row.parent {
            Some(parent) => format!("{} {} in {parent}", row.number, name(row)),
            None => format!("{} {}", row.number, name(row)),
        });
        named.collect()
    }

    fn refused(rows: &[Result<Row, Rejected>]) -> Vec<(u64, Reason)> {
        rows.iter().filter_map(|row| row.as_ref().err()).map(|bad| (bad.line, bad.reason.clone())).collect()
    }

    const CHAPTER: &str = "<chapter><name>1</name><desc>Invented complaints (A00-A09)</desc>
<excludes2><note>borrowed  complaints
 (Z98.-)</note></excludes2>
<sectionIndex><sectionRef first=\"A00\" last=\"A09\" id=\"A00-A09\">Not a section</sectionRef></sectionIndex>
<section id=\"A00-A09\"><desc>Section (A00-A09)</desc>
<diag><name>A00</name><desc>Grumbles &amp; moans</desc>
<inclusionTerm><note>first</note><note>second</note></inclusionTerm>
<excludes1><note>joy (B00.1-, B01)</note></excludes1>
<sevenChrNote><note>The appropriate 7th character</note></sevenChrNote>
<sevenChrDef><extension char=\"A\">initial</extension><note>printed below A</note><extension char=\"S\">late</extension></sevenChrDef>
<diag placeholder=\"true\"><name>A00.0X</name><desc>Filled</desc><diag><name>A00.0X1</name><desc>One</desc></diag></diag>
<diag><name>A00.1</name><desc>Plain</desc></diag></diag></section></chapter>
";

    #[test]
    fn entries_come_before_their_children_with_all_notes_in_order() -> Result<(), XmlError> {
        let rows = all(CHAPTER)?;
        assert_eq!(
            names(&rows),
            ["0 1", "1 A00-A09 in 0", "2 A00 in 1", "3 A00.0X in 2", "4 A00.0X1 in 3", "5 A00.1 in 2"]
        );
        let [Ok(chapter), _, Ok(category), Ok(filled), ..] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!(chapter.notes[0].notes, [Note { line: 5, text: "borrowed complaints (Z98.-)".to_owned() }]);
        assert_eq!((category.line, category.title.as_str()), (8, "Grumbles & moans"));
        let kinds: Vec<_> = category.notes.iter().map(|group| (group.kind, group.notes.len())).collect();
        assert_eq!(kinds, [(NoteKind::InclusionTerm, 2), (NoteKind::Excludes1, 1), (NoteKind::Seventh, 1)]);
        let [a, s] = category.seventh.as_slice() else { panic!("{category:?}") };
        assert_eq!((a.character, a.meaning.as_str(), a.includes.len()), ('A', "initial", 1));
        assert_eq!((s.character, s.meaning.as_str(), s.includes.len()), ('S', "late", 0));
        assert!(filled.placeholder && !category.placeholder);
        Ok(())
    }

    #[test]
    fn broken_entries_are_refused_and_their_children_hang_higher() -> Result<(), XmlError> {
        let rows = all("<chapter><name>1</name><desc>C</desc>
<section id=\"bad\"><desc>S</desc>
<diag><name>A00</name><desc>Kept</desc></diag>
<diag><name>100.5</name><desc>No code</desc><diag><name>A01.1</name><desc>Below</desc></diag></diag>
<diag><desc>No name</desc></diag>
<diag><name>A02</name></diag>
<diag><name>A00</name><desc>Again</desc></diag>
<diag><name>A03</name><desc>X</desc><sevenChrDef><extension char=\"AB\">?</extension></sevenChrDef></diag>
</section></chapter>")?;
        assert_eq!(names(&rows), ["0 1", "1 A00 in 0", "2 A01.1 in 0"]);
        let expected = [
            (4, Reason::NotACode),
            (6, Reason::NotACode),
            (7, Reason::NotACode),
            (8, Reason::NoTitle),
            (9, Reason::Twice),
            (10, Reason::NotARecord),
        ];
        assert_eq!(refused(&rows), expected);
        Ok(())
    }

    #[test]
    fn a_note_below_the_children_is_refused_and_not_lost_in_silence() -> Result<(), XmlError> {
        let rows = all("<chapter><name>1</name><desc>C</desc><section id=\"A00\"><desc>S</desc>
<excludes1><note>too late</note></excludes1></section>
<excludes1><note>too late (A00)</note></excludes1></chapter>")?;
        assert_eq!(refused(&rows), [(5, Reason::Late)]);
        assert_eq!(names(&rows), ["0 1", "1 A00-A00 in 0"]);
        Ok(())
    }

    #[test]
    fn cut_and_hostile_files_are_refused_whole() -> Result<(), XmlError> {
        assert!(all("")?.is_empty());
        let deep = "<diag><name>A00</name><desc>d</desc>".repeat(200);
        assert!(matches!(all(&deep), Err(XmlError::TooDeep { .. })));
        let wide = format!("<chapter><excludes1>{}</excludes1></chapter>", "<note>y</note>".repeat(60_000));
        assert!(matches!(all(&wide), Err(XmlError::TooLong { .. })));
        for at in (0..CHAPTER.len()).step_by(7).filter(|at| CHAPTER.is_char_boundary(*at)) {
            let text = format!("<{ROOT}>{}", &CHAPTER[..at]);
            assert!(read(text.as_bytes(), &mut |_| ControlFlow::Continue(())).is_err());
        }
        Ok(())
    }
}
