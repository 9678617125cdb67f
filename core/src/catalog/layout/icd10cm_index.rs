//! The ICD-10-CM alphabetic index: diseases and injuries, external causes, the tables of neoplasms and of drugs.
//!
//! CDC/NCHS publish the four as XML of one structure (`icd-10-cm-index-2025.xml`, `…-eindex-…`, `…-neoplasm-…`,
//! `…-drug-…`):
//!
//! ```text
//! ICD10CM.index
//!   version
//!   title                                       (diseases and external causes)
//!   indexHeading > head col="2"                 (the two tables)
//!   letter > title
//!     mainTerm
//!       title                                   text, nemod, text: "Abandonment<nemod>(causing …)</nemod> NEC"
//!       code, manif, see, seeAlso, seecat, subcat
//!       cell col="2"                            (the two tables; "-" and "--" where there is no code)
//!       term level="1" …                        (nested)
//! ```
//!
//! A row has the whole path of its terms. Rows come in the file's order.

use std::{collections::HashMap, io::BufRead, ops::ControlFlow};

use quick_xml::events::BytesStart;

pub use super::icd10cm_term::{Column, Part, Pointer, Row};
use super::{
    icd10cm_term::cell,
    rejected::{Reason, Rejected},
    squeeze::squeeze,
    xml::{self, Piece, XmlError},
};

/// The documents' root.
pub(in crate::catalog) const ROOT: &str = "ICD10CM.index";

/// The most that the texts of one term may take.
const MOST: usize = 256 << 10;

/// Takes rows and refused terms.
pub(super) type Take<'a> = dyn FnMut(Result<Row, Rejected>) -> ControlFlow<()> + 'a;

/// What a file says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Its version: the fiscal year.
    pub version: String,
    /// Which part of the index it is, where it says so.
    pub part: Option<Part>,
}

/// Hands every term to `take`, as a row or as refused, until it breaks off. What stands below a refused term keeps its
/// path.
///
/// # Errors
/// [`XmlError`]; rows that were handed on before it are not to be kept.
pub fn read<R: BufRead>(reader: R, take: &mut Take<'_>) -> Result<About, XmlError> {
    let mut index = Index::default();
    xml::read(reader, ROOT, &mut |line, piece| {
        let flow = match piece {
            Piece::Open(start) => index.open(line, start, take),
            Piece::Text(text) => {
                index.text.push_str(text);
                ControlFlow::Continue(())
            }
            Piece::Close => index.close(line, take),
        };
        if index.text.len() > MOST || index.terms.last().is_some_and(|term| term.size > MOST) {
            return Err(XmlError::TooLong { line });
        }
        Ok(flow)
    })?;
    Ok(index.about)
}

/// What is open in the file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Element {
    Term,
    Title,
    Modifiers,
    Code,
    Manifestation,
    See,
    Category,
    SeeAlso,
    Cell(u8),
    Head(u8),
    Version,
    FileTitle,
    Other,
}

/// A term whose end has not come yet.
#[derive(Default)]
struct Term {
    row: Row,
    title: String,
    refused: Option<Reason>,
    /// Whether it was handed out, as it is before the terms below it.
    out: bool,
    size: usize,
}

#[derive(Default)]
struct Index {
    open: Vec<Element>,
    terms: Vec<Term>,
    text: String,
    columns: HashMap<u8, Column>,
    about: About,
    next: u32,
}

impl Index {
    fn open(&mut self, line: u64, start: &BytesStart<'_>, take: &mut Take<'_>) -> ControlFlow<()> {
        let column = || xml::attribute(start, "col").and_then(|column| column.parse().ok()).unwrap_or_default();
        let last = self.open.last().copied();
        let mut flow = ControlFlow::Continue(());
        let element = match (start.name().as_ref(), last) {
            ("mainTerm" | "term", _) => {
                flow = self.hand_out(take);
                self.terms.push(Term { row: Row { line, ..Row::default() }, ..Term::default() });
                Element::Term
            }
            ("nemod", Some(Element::Title)) => {
                // The title goes on after it.
                self.add_to_title();
                Element::Modifiers
            }
            ("title", Some(Element::Term)) => Element::Title,
            ("code", Some(Element::Term)) => Element::Code,
            ("manif", Some(Element::Term)) => Element::Manifestation,
            ("see", Some(Element::Term)) => Element::See,
            ("seeAlso", Some(Element::Term)) => Element::SeeAlso,
            ("seecat" | "subcat", Some(Element::Term)) => Element::Category,
            ("cell", Some(Element::Term)) => Element::Cell(column()),
            ("head", _) => Element::Head(column()),
            ("version", _) => Element::Version,
            ("title", _) if self.open.len() == 1 => Element::FileTitle,
            _ => Element::Other,
        };
        self.text.clear();
        self.open.push(element);
        flow
    }

    fn close(&mut self, line: u64, take: &mut Take<'_>) -> ControlFlow<()> {
        let element = self.open.pop();
        if element == Some(Element::Title) {
            self.add_to_title();
        }
        let text = squeeze(&std::mem::take(&mut self.text));
        match (element, self.terms.last_mut()) {
            (Some(Element::Term), _) => {
                let flow = self.hand_out(take);
                self.terms.pop();
                return flow;
            }
            (Some(Element::Version), _) => self.about.version = text,
            (Some(Element::FileTitle), _) => {
                let external = text.to_ascii_uppercase().contains("EXTERNAL CAUSE");
                self.about.part = Some(if external { Part::ExternalCauses } else { Part::Diseases });
            }
            (Some(Element::Head(number)), _) => {
                if let Some(column) = Column::read(&text) {
                    self.about.part = Some(column.part());
                    self.columns.insert(number, column);
                }
            }
            (None | Some(Element::Other | Element::Title), _) => {}
            (Some(_), Some(term)) if term.out => {
                return take(Err(Rejected { line, reason: Reason::Late }));
            }
            (Some(element), Some(term)) => {
                term.size += text.len() + size_of::<Pointer>();
                term.fill(element, text, &self.columns);
            }
            (Some(_), None) => {}
        }
        ControlFlow::Continue(())
    }

    fn add_to_title(&mut self) {
        if let Some(term) = self.terms.last_mut() {
            term.title.push_str(&self.text);
            term.size += self.text.len();
        }
        self.text.clear();
    }

    /// Hands the innermost term out, unless that was done before.
    fn hand_out(&mut self, take: &mut Take<'_>) -> ControlFlow<()> {
        let Some(term) = self.terms.last_mut().filter(|term| !term.out) else {
            return ControlFlow::Continue(());
        };
        term.out = true;
        term.title = squeeze(&term.title);
        if term.title.is_empty() && term.row.modifiers.is_empty() {
            term.refused = Some(Reason::NoTitle);
        }
        let path = self.terms.iter().map(|term| term.title.clone()).collect();
        let Some(term) = self.terms.last_mut() else { return ControlFlow::Continue(()) };
        let row = std::mem::take(&mut term.row);
        if let Some(reason) = term.refused.clone() {
            return take(Err(Rejected { line: row.line, reason }));
        }
        let number = self.next;
        self.next += 1;
        take(Ok(Row { number, path, ..row }))
    }
}

impl Term {
    fn fill(&mut self, element: Element, text: String, columns: &HashMap<u8, Column>) {
        if text.is_empty() {
            return;
        }
        let pointers = match element {
            Element::Code => &mut self.row.codes,
            Element::Manifestation => &mut self.row.manifestations,
            Element::Modifiers => {
                let modifiers = std::mem::take(&mut self.row.modifiers);
                self.row.modifiers = squeeze(&format!("{modifiers} {text}"));
                // What the words stand between is not one word.
                self.title.push(' ');
                return;
            }
            Element::See => return self.row.see.push(text),
            Element::SeeAlso => return self.row.see_also.push(text),
            Element::Category => return self.row.see.push(format!("category {text}")),
            Element::Cell(number) => {
                match columns.get(&number).map(|column| cell(*column, &text)) {
                    Some(Ok(cell)) => self.row.cells.extend(cell),
                    Some(Err(reason)) => self.refused = Some(reason),
                    None => self.refused = Some(Reason::NotARecord),
                }
                return;
            }
            _ => return,
        };
        match Pointer::read(text.trim_matches(['[', ']'])) {
            Some(pointer) => pointers.push(pointer),
            None => self.refused = Some(Reason::NotACode),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(body: &str) -> Result<(About, Vec<Result<Row, Rejected>>), XmlError> {
        let mut rows = Vec::new();
        let text = format!("<{ROOT}><version>2031</version>\n{body}</{ROOT}>");
        let about = read(text.as_bytes(), &mut |row| {
            rows.push(row);
            ControlFlow::Continue(())
        })?;
        Ok((about, rows))
    }

    fn shown(rows: &[Result<Row, Rejected>]) -> Vec<String> {
        let pointer = |pointer: &Pointer| format!("{}{}", pointer.code, if pointer.open { "-" } else { "" });
        let show = |row: &Row| {
            let codes = row.codes.iter().map(pointer).chain(row.manifestations.iter().map(pointer));
            let cells = row.cells.iter().map(|(column, code)| format!("{}: {}", column.title(), pointer(code)));
            let see = row.see.iter().map(|see| format!("see {see}"));
            let also = row.see_also.iter().map(|see| format!("see also {see}"));
            let more: Vec<String> = codes.chain(cells).chain(see).chain(also).collect();
            format!("{} {} {} = {}", row.line, row.path.join(" > "), row.modifiers, more.join("; "))
        };
        let show = rows.iter().map(|row| match row {
            Ok(row) => show(row),
            Err(bad) => bad.to_string(),
        });
        show.collect()
    }

    #[test]
    fn a_row_is_a_path_with_its_codes_and_references() -> Result<(), XmlError> {
        let (about, rows) = all("<title>ICD-10-CM INDEX TO DISEASES and INJURIES</title>
<letter><title>G</title>
<mainTerm><title>Grumbling<nemod>(loud) (soft)</nemod> NEC</title><code>A00.0</code>
<term level=\"1\"><title>acute</title><code>C56.-</code><manif>[F02.80]</manif>
<term level=\"2\"><title><nemod>(bitter)</nemod></title><see>Moaning</see></term></term>
<term level=\"1\"><title>chronic</title><seeAlso>Sighing</seeAlso><subcat>T75.0</subcat></term></mainTerm>
</letter>")?;
        assert_eq!(about, About { version: "2031".to_owned(), part: Some(Part::Diseases) });
        let expected = [
            "4 Grumbling NEC (loud) (soft) = A00.0",
            "5 Grumbling NEC > acute  = C56-; F02.80",
            "6 Grumbling NEC > acute >  (bitter) = see Moaning",
            "7 Grumbling NEC > chronic  = see category T75.0; see also Sighing",
        ];
        assert_eq!(shown(&rows), expected);
        Ok(())
    }

    #[test]
    fn the_tables_have_a_code_to_a_column() -> Result<(), XmlError> {
        let (about, rows) = all("<indexHeading><head col=\"1\">Substance</head>
<head col=\"2\">Poisoning Accidental (unintentional)</head><head col=\"6\">Adverse effect</head></indexHeading>
<letter><title>#</title><mainTerm><title>Snake oil</title><cell col=\"2\">T36.0X1</cell><cell col=\"6\">--</cell>
<term level=\"1\"><title>old</title><cell col=\"6\">T36.0X5</cell></term></mainTerm></letter>")?;
        assert_eq!(about.part, Some(Part::Drugs));
        let expected = [
            "4 Snake oil  = Poisoning Accidental (unintentional): T36.0X1",
            "5 Snake oil > old  = Adverse effect: T36.0X5",
        ];
        assert_eq!(shown(&rows), expected);
        Ok(())
    }

    #[test]
    fn broken_terms_are_refused_and_the_path_goes_on() -> Result<(), XmlError> {
        let (_, rows) = all("<letter><title>G</title>
<mainTerm><title>Grumbling</title><code>see below</code>
<term level=\"1\"><title>acute</title><code>A00.0</code><term><title>x</title></term><code>A00.1</code></term>
<term level=\"1\"><title> </title></term>
<term level=\"1\"><title>tabled</title><cell col=\"9\">A00.0</cell></term>
</mainTerm></letter>")?;
        let expected = [
            "line 3: no code of this code set stands in the code's columns",
            "4 Grumbling > acute  = A00.0",
            "4 Grumbling > acute > x  = ",
            "line 4: a note that stands after the codes below it",
            "line 5: the title is missing",
            "line 6: the columns do not fit the layout",
        ];
        assert_eq!(shown(&rows), expected);
        Ok(())
    }

    #[test]
    fn hostile_files_are_refused_whole() -> Result<(), XmlError> {
        assert!(all("")?.1.is_empty());
        assert!(matches!(all(&"<term><title>t</title>".repeat(99)), Err(XmlError::TooDeep { .. })));
        let wide = format!("<mainTerm>{}</mainTerm>", "<see>s</see>".repeat(20_000));
        assert!(matches!(all(&wide), Err(XmlError::TooLong { .. })));
        assert!(matches!(
            read(&b"<ICD10CM.tabular/>"[..], &mut |_| ControlFlow::Continue(())),
            Err(XmlError::Other { .. })
        ));
        Ok(())
    }
}
