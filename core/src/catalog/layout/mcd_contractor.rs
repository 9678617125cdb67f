//! Where the articles of the Medicare coverage database (MCD) hold: which contractors carry an article, and for which
//! states.
//!
//! Four small tables of CMS's weekly downloads, UTF-8 with a byte order mark (CMS, MCD data dictionary). A contractor is
//! three numbers: `contractor_id`, `contractor_type_id` and `contractor_version`.
//!
//! | file | columns besides |
//! |---|---|
//! | `article_x_contractor.csv` | article_id, article_version |
//! | `contractor.csv` | contractor_bus_name |
//! | `contractor_jurisdiction.csv` | state_id, term_date (of a state that it no longer serves) |
//! | `state_lookup.csv` | state_id, state_abbrev (without the contractor's numbers) |

use std::{io::BufRead, ops::ControlFlow};

use super::{
    day,
    rejected::{Reason, Rejected},
    table::{self, Column, Row as Cells, TableError},
};

/// A contractor's three numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Contractor {
    /// Its number.
    pub id: u32,
    /// What kind of contractor.
    pub kind: u32,
    /// The version of what is said of it.
    pub version: u32,
}

/// That a contractor carries a version of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The article's number.
    pub article: u32,
    /// Its version.
    pub version: u32,
    /// Who.
    pub by: Contractor,
}

/// That a contractor serves, or served, a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Served {
    /// Who.
    pub by: Contractor,
    /// The state's number.
    pub state: u32,
    /// Whether it does so no longer.
    pub ended: bool,
}

const FIRST: usize = 3;
const SECOND: usize = 4;

const ID: Column = Column::required(&["contractor_id"]);
const KIND: Column = Column::required(&["contractor_type_id"]);
const VERSION: Column = Column::required(&["contractor_version"]);

/// The columns of `article_x_contractor.csv`.
pub(in crate::catalog) const CARRIED: &[Column] =
    &[ID, KIND, VERSION, Column::required(&["article_id"]), Column::required(&["article_version"])];

/// The columns of `contractor.csv`.
pub(in crate::catalog) const CONTRACTORS: &[Column] = &[ID, KIND, VERSION, Column::required(&["contractor_bus_name"])];

/// The columns of `contractor_jurisdiction.csv`.
pub(in crate::catalog) const SERVED: &[Column] =
    &[ID, KIND, VERSION, Column::required(&["state_id"]), Column::optional(&["term_date"])];

/// The columns of `state_lookup.csv`.
pub(in crate::catalog) const STATES: &[Column] =
    &[Column::required(&["state_id"]), Column::required(&["state_abbrev"])];

/// What takes rows and refused lines, until it breaks off.
pub type Take<'t, T> = dyn FnMut(Result<T, Rejected>) -> ControlFlow<()> + 't;

/// Hands every row of `article_x_contractor.csv` to `take`.
///
/// # Errors
/// [`TableError`]: not this table, or not read to its end.
pub fn read_carried<R: BufRead>(reader: R, take: &mut Take<'_, Carried>) -> Result<(), TableError> {
    let make = |row: &Cells<'_>| {
        let article = number(row, FIRST, "article's number")?;
        Ok(Carried { article, version: number(row, SECOND, "article's version")?, by: contractor(row)? })
    };
    table::rows_of_text(reader, CARRIED, make, take)
}

/// Hands every contractor of `contractor.csv` with its name to `take`.
///
/// # Errors
/// [`TableError`].
pub fn read_contractors<R: BufRead>(reader: R, take: &mut Take<'_, (Contractor, String)>) -> Result<(), TableError> {
    let make = |row: &Cells<'_>| {
        let name = row.text(FIRST).split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() { Err(Reason::NoTitle) } else { Ok((contractor(row)?, name)) }
    };
    table::rows_of_text(reader, CONTRACTORS, make, take)
}

/// Hands every row of `contractor_jurisdiction.csv` to `take`.
///
/// # Errors
/// [`TableError`].
pub fn read_served<R: BufRead>(reader: R, take: &mut Take<'_, Served>) -> Result<(), TableError> {
    let make = |row: &Cells<'_>| {
        let ended = !row.bytes(SECOND).is_empty();
        Ok(Served { by: contractor(row)?, state: number(row, FIRST, "state's number")?, ended })
    };
    table::rows_of_text(reader, SERVED, make, take)
}

/// Hands every state of `state_lookup.csv` to `take`: its number and its abbreviation.
///
/// # Errors
/// [`TableError`].
pub fn read_states<R: BufRead>(reader: R, take: &mut Take<'_, (u32, String)>) -> Result<(), TableError> {
    let make = |row: &Cells<'_>| {
        let abbreviation = row.owned(1);
        if abbreviation.is_empty() {
            return Err(Reason::NoTitle);
        }
        Ok((number(row, 0, "state's number")?, abbreviation))
    };
    table::rows_of_text(reader, STATES, make, take)
}

fn contractor(row: &Cells<'_>) -> Result<Contractor, Reason> {
    let [id, kind, version] = [
        number(row, 0, "contractor's number")?,
        number(row, 1, "contractor's type")?,
        number(row, 2, "contractor's version")?,
    ];
    Ok(Contractor { id, kind, version })
}

fn number(row: &Cells<'_>, column: usize, name: &'static str) -> Result<u32, Reason> {
    day::number(row.bytes(column)).ok_or(Reason::NotANumber(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept<T>(rows: &mut Vec<Result<T, Rejected>>) -> impl FnMut(Result<T, Rejected>) -> ControlFlow<()> + '_ {
        |row| {
            rows.push(row);
            ControlFlow::Continue(())
        }
    }

    #[test]
    fn the_four_tables_are_read() -> Result<(), TableError> {
        let by = Contractor { id: 4, kind: 9, version: 1 };
        let mut carried = Vec::new();
        let text = "\u{FEFF}\"article_id\",\"article_version\",\"article_type\",\"contractor_id\",\"contractor_type_id\",\
            \"contractor_version\"\r\n\"52451\",\"7\",\"1\",\"4\",\"9\",\"1\"\r\n\"x\",\"7\",\"1\",\"4\",\"9\",\"1\"\r\n";
        read_carried(text.as_bytes(), &mut kept(&mut carried))?;
        let refused = Rejected { line: 3, reason: Reason::NotANumber("article's number") };
        assert_eq!(carried, [Ok(Carried { article: 52_451, version: 7, by }), Err(refused)]);
        let mut served = Vec::new();
        let text = "contractor_id,contractor_type_id,contractor_version,state_id,active_date,term_date\n\
            4,9,1,12,2010-01-01,\n4,9,1,13,2010-01-01,2012-01-01\n";
        read_served(text.as_bytes(), &mut kept(&mut served))?;
        let serves = |state, ended| Ok(Served { by, state, ended });
        assert_eq!(served, [serves(12, false), serves(13, true)]);
        let mut names = Vec::new();
        let text =
            "contractor_id,contractor_type_id,contractor_version,contractor_bus_name\n4,9,1,Some  Contractor\n4,9,2,\n";
        read_contractors(text.as_bytes(), &mut kept(&mut names))?;
        let nameless = Rejected { line: 3, reason: Reason::NoTitle };
        assert_eq!(names, [Ok((by, "Some Contractor".to_owned())), Err(nameless)]);
        let mut states = Vec::new();
        read_states("state_id,state_abbrev,description\n12,ZZ,Nowhere\n".as_bytes(), &mut kept(&mut states))?;
        assert_eq!(states, [Ok((12, "ZZ".to_owned()))]);
        Ok(())
    }
}
