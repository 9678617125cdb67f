//! The documents of the Medicare coverage database (MCD): articles and local coverage determinations (LCD).
//!
//! `article.csv` and `lcd.csv` of CMS's weekly downloads, UTF-8 with a byte order mark, or a list of documents from
//! the database's reports. Cells hold HTML and line breaks.
//!
//! | column (CMS, MCD data dictionary) | holds |
//! |---|---|
//! | article_id, lcd_id; article_version, lcd_version | the key, of numbers without letters |
//! | title | plain text |
//! | article_eff_date; rev_eff_date, orig_det_eff_date | first day |
//! | article_end_date; rev_end_date; date_retired | last day |
//! | status | A active, R retired, P proposed |
//!
//! The texts of the documents are not read: they quote CPT descriptors, which are the AMA's.

use std::{io::BufRead, ops::ControlFlow};

use jiff::civil::Date;

use super::{
    day,
    rejected::{Reason, Rejected},
    table::{self, Column, Row as Cells, TableError},
};
use crate::mail::html_text::html_text;

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An article, which carries the code lists: `A52451`.
    Article,
    /// A local coverage determination: `L36668`.
    Lcd,
}

/// A version of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line, from 1.
    pub line: u64,
    /// Article or LCD.
    pub kind: Kind,
    /// Its number, which people write with A or L in front.
    pub number: u32,
    /// Its version.
    pub version: u32,
    /// The title.
    pub title: String,
    /// The contractor; empty where the table does not tell.
    pub contractor: String,
    /// First day of the version.
    pub effective: Option<Date>,
    /// Last day; none when it is in force.
    pub ended: Option<Date>,
    /// A active, R retired, P proposed, or what a report notes; empty where the table does not tell.
    pub status: String,
}

const NUMBER: usize = 0;
const VERSION: usize = 1;
const TITLE: usize = 2;
const EFFECTIVE: usize = 3;
const FIRST_EFFECTIVE: usize = 4;
const ENDED: usize = 5;
const RETIRED: usize = 6;
const STATUS: usize = 7;
const CONTRACTOR: usize = 8;
const KIND: usize = 9;

/// The columns of `article.csv`.
pub(in crate::catalog) const ARTICLES: &[Column] = &[
    Column::required(&["article_id"]),
    Column::required(&["article_version"]),
    Column::required(&["title"]),
    Column::optional(&["article_eff_date"]),
    Column::optional(&["article_rev_eff_date"]),
    Column::optional(&["article_end_date"]),
    Column::optional(&["date_retired"]),
    Column::optional(&["status"]),
];

/// The columns of `lcd.csv`.
pub(in crate::catalog) const LCDS: &[Column] = &[
    Column::required(&["lcd_id"]),
    Column::required(&["lcd_version"]),
    Column::required(&["title"]),
    Column::optional(&["rev_eff_date"]),
    Column::optional(&["orig_det_eff_date"]),
    Column::optional(&["rev_end_date"]),
    Column::optional(&["date_retired"]),
    Column::optional(&["status"]),
];

/// The columns of a list of documents.
pub(in crate::catalog) const DOCUMENTS: &[Column] = &[
    Column::required(&["document_id"]),
    Column::required(&["document_version"]),
    Column::required(&["title"]),
    Column::required(&["effective_date"]),
    Column::optional(&["original_effective_date"]),
    Column::optional(&["retirement_date"]),
    Column::optional(&["date_retired"]),
    Column::optional(&["note"]),
    Column::optional(&["contractor_name_type"]),
    Column::required(&["document_type"]),
];

/// What takes documents and refused lines, until it breaks off.
pub type Take<'t> = dyn FnMut(Result<Row, Rejected>) -> ControlFlow<()> + 't;

/// Hands every article of `article.csv` and every refused line to `take`, until it breaks off.
///
/// # Errors
/// [`TableError`]: not this table, or not read to its end.
pub fn read_articles<R: BufRead>(reader: R, take: &mut Take<'_>) -> Result<(), TableError> {
    table::rows_of_text(reader, ARTICLES, |row| document(row, Kind::Article), take)
}

/// Hands every LCD of `lcd.csv` and every refused line to `take`, until it breaks off.
///
/// # Errors
/// [`TableError`].
pub fn read_lcds<R: BufRead>(reader: R, take: &mut Take<'_>) -> Result<(), TableError> {
    table::rows_of_text(reader, LCDS, |row| document(row, Kind::Lcd), take)
}

/// Hands every document of a list of both and every refused line to `take`, until it breaks off.
///
/// # Errors
/// [`TableError`].
pub fn read_documents<R: BufRead>(reader: R, take: &mut Take<'_>) -> Result<(), TableError> {
    let make = |row: &Cells<'_>| match row.bytes(KIND) {
        b"Article" => document(row, Kind::Article),
        b"LCD" => document(row, Kind::Lcd),
        _ => Err(Reason::Unknown("type of document")),
    };
    table::rows_of_text(reader, DOCUMENTS, make, take)
}

fn document(row: &Cells<'_>, kind: Kind) -> Result<Row, Reason> {
    let number = |column, name| day::number(row.bytes(column)).ok_or(Reason::NotANumber(name));
    let title = plain(&row.text(TITLE));
    if title.is_empty() {
        return Err(Reason::NoTitle);
    }
    Ok(Row {
        line: row.line(),
        kind,
        number: number(NUMBER, "document's number")?,
        version: number(VERSION, "document's version")?,
        title,
        contractor: row.text(CONTRACTOR).split_whitespace().collect::<Vec<_>>().join(" "),
        effective: row.day(EFFECTIVE, "effective date")?.or(row.day(FIRST_EFFECTIVE, "first effective date")?),
        ended: row.day(ENDED, "end date")?.or(row.day(RETIRED, "retirement date")?),
        status: row.owned(STATUS),
    })
}

/// A cell of HTML as one line of text.
pub(super) fn plain(html: &str) -> String {
    html_text(html).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn articles_and_lcds_are_read_without_their_texts() -> Result<(), TableError> {
        let mut rows = Vec::new();
        let mut keep = |row: Result<Row, Rejected>| {
            rows.push(row);
            ControlFlow::Continue(())
        };
        let articles = "\u{FEFF}\"article_id\",\"article_version\",\"title\",\"description\",\"article_eff_date\",\"article_end_date\",\"status\"\r\n\
            \"52451\",\"7\",\"Billing <b>&amp;</b> Coding\",\"<p>secret\r\nwords</p>\",\"2025-01-01 00:00:00\",\"\",\"A\"\r\n\
            \"x\",\"7\",\"T\",\"\",\"\",\"\",\"A\"\r\n\"1\",\"7\",\"\",\"\",\"\",\"\",\"A\"\r\n";
        read_articles(articles.as_bytes(), &mut keep)?;
        let lcds = "lcd_id,lcd_version,title,orig_det_eff_date,rev_eff_date,rev_end_date,date_retired\n\
            36668,45,Testing,10/01/2015,,,12/31/2024\n";
        read_lcds(lcds.as_bytes(), &mut keep)?;
        let [Ok(article), Err(number), Err(title), Ok(lcd)] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((article.kind, article.number, article.version), (Kind::Article, 52_451, 7));
        assert_eq!((article.title.as_str(), article.status.as_str(), article.line), ("Billing & Coding", "A", 2));
        assert_eq!((article.effective, article.ended), (Some(date(2025, 1, 1)), None));
        assert_eq!(*number, Rejected { line: 4, reason: Reason::NotANumber("document's number") });
        assert_eq!(*title, Rejected { line: 5, reason: Reason::NoTitle });
        assert_eq!(
            (lcd.kind, lcd.effective, lcd.ended),
            (Kind::Lcd, Some(date(2015, 10, 1)), Some(date(2024, 12, 31)))
        );
        Ok(())
    }

    #[test]
    fn a_list_of_both_says_which_is_which() -> Result<(), TableError> {
        let list = "contractor_name_type,document_id,document_type,document_version,effective_date,note,retirement_date,title\r\n\
            \"Some Contractor, LLC\n(MAC)\",36668,LCD,45,08/14/2025,Future,N/A,Testing\r\n,1,Article,2,N/A,,01/31/2025,Other\r\n\
            ,1,NCD,2,N/A,,,Other\r\n";
        let mut rows = Vec::new();
        read_documents(list.as_bytes(), &mut |row| {
            rows.push(row);
            ControlFlow::Continue(())
        })?;
        let [Ok(lcd), Ok(article), Err(other)] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!(
            (lcd.kind, lcd.contractor.as_str(), lcd.status.as_str()),
            (Kind::Lcd, "Some Contractor, LLC (MAC)", "Future")
        );
        assert_eq!((article.kind, article.effective, article.ended), (Kind::Article, None, Some(date(2025, 1, 31))));
        assert_eq!(*other, Rejected { line: 5, reason: Reason::Unknown("type of document") });
        Ok(())
    }
}
