//! The header of a table: found by the names wanted, wherever it stands and over however many rows it is stacked.
//! Used by [`super::table`].

use super::{
    table::{Column, TableError},
    table_row::{Bound, Raw, decode},
};

/// Rows over which a header may be stacked. The fee schedule's takes five.
pub(super) const STACKED: usize = 8;

/// Rows in which it has to begin. Notices have taken ten.
const LOOK_AT: usize = 64;

/// Looks for the header, row by row.
pub(super) struct Header<'a> {
    columns: &'a [Column],
    /// The last rows, folded.
    rows: Vec<Vec<String>>,
    seen: usize,
    found: Option<Found>,
    /// The first column that the row with the most wanted columns lacks.
    missing: Option<(usize, &'static str)>,
}

struct Found {
    bound: Bound,
    /// Its names, folded, as joined so far.
    names: Vec<String>,
}

impl<'a> Header<'a> {
    pub(super) const fn new(columns: &'a [Column]) -> Self {
        Self { columns, rows: Vec::new(), seen: 0, found: None, missing: None }
    }

    /// Whether the row belongs to the header or to what stands before it.
    pub(super) fn takes(&mut self, raw: &Raw<'_>) -> Result<bool, TableError> {
        let row: Vec<String> = (0..raw.ends.len()).map(|column| fold(&decode(raw.cell(column)))).collect();
        if let Some(found) = &mut self.found {
            return Ok(found.goes_on(self.columns, &row));
        }
        self.seen += 1;
        if self.seen > LOOK_AT {
            return self.bound().map(|_| true);
        }
        if self.rows.len() == STACKED {
            self.rows.remove(0);
        }
        self.rows.push(row);
        self.look();
        Ok(true)
    }

    /// Joins the last rows, one more each time, and keeps the join that has the most columns.
    fn look(&mut self) {
        let mut best = 0;
        for first in (0..self.rows.len()).rev() {
            let names = joined(self.rows.get(first..).unwrap_or_default());
            let (places, missing) = bind(self.columns, &names);
            let count = places.iter().flatten().count();
            match missing {
                None if count > best => {
                    best = count;
                    let width = names.len();
                    self.found = Some(Found { bound: Bound::new(self.columns, places, width), names });
                }
                Some(name) if count > self.missing.map_or(0, |(most, _)| most) => self.missing = Some((count, name)),
                _ => {}
            }
        }
    }

    /// Where the columns stand.
    pub(super) fn bound(&self) -> Result<Bound, TableError> {
        let first = || self.columns.first().and_then(|column| column.names.first()).copied().unwrap_or_default();
        match (&self.found, self.missing) {
            (Some(found), _) => Ok(found.bound.clone()),
            // One name alone may stand in any notice.
            (None, Some((2.., name))) => Err(TableError::NoColumn(name)),
            (None, _) => Err(TableError::NoHeader(first())),
        }
    }
}

impl Found {
    /// Whether a row below is part of the header: nothing stands in the first wanted column, and joined to it the
    /// header still has all of them.
    fn goes_on(&mut self, columns: &[Column], row: &[String]) -> bool {
        let key = self.bound.places.first().copied().flatten();
        if key.and_then(|key| row.get(key)).is_some_and(|cell| !cell.is_empty()) || row.len() > self.bound.width() {
            return false;
        }
        let names = joined(&[self.names.clone(), row.to_vec()]);
        let (places, missing) = bind(columns, &names);
        if missing.is_some() || places.iter().flatten().count() < self.bound.places.iter().flatten().count() {
            return false;
        }
        self.bound = Bound::new(columns, places, names.len());
        self.names = names;
        true
    }
}

/// The rows' cells, one below the other.
fn joined(rows: &[Vec<String>]) -> Vec<String> {
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    (0..width).map(|column| rows.iter().filter_map(|row| row.get(column)).map(String::as_str).collect()).collect()
}

/// The place of each column, and the first required one that has none.
fn bind(columns: &[Column], names: &[String]) -> (Vec<Option<usize>>, Option<&'static str>) {
    let places: Vec<Option<usize>> =
        columns.iter().map(|column| column.names.iter().find_map(|wanted| place(names, wanted))).collect();
    let mut lacking = columns.iter().zip(&places).filter(|(column, place)| column.required && place.is_none());
    let missing = lacking.find_map(|(column, _)| column.names.first().copied());
    (places, missing)
}

/// Where the wanted name stands; `#2` after it means its second place.
fn place(names: &[String], wanted: &str) -> Option<usize> {
    let (wanted, nth) = wanted.strip_suffix("#2").map_or((wanted, 0), |first| (first, 1));
    names.iter().enumerate().filter(|(_, name)| is_named(name, wanted)).nth(nth).map(|(place, _)| place)
}

/// Whether a folded name is the wanted one.
fn is_named(name: &str, wanted: &str) -> bool {
    let folded = fold(wanted);
    match (wanted.starts_with('*'), wanted.ends_with('*')) {
        (true, true) => name.contains(&folded),
        (true, false) => name.ends_with(&folded),
        (false, true) => name.starts_with(&folded),
        (false, false) => name == folded,
    }
}

/// Letters and digits alone, small: `HCPCS/⏎CPT Code` and `hcpcs_cpt_code` are one name.
pub(super) fn fold(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_stands_twice_has_a_second_place() {
        let names = ["na", "rvu", "na"].map(str::to_owned);
        assert_eq!((place(&names, "NA"), place(&names, "NA#2"), place(&names, "RVU#2")), (Some(0), Some(2), None));
    }

    #[test]
    fn names_are_compared_by_letters_and_digits() {
        for (name, wanted, same) in [
            ("HCPCS/\nCPT Code", "hcpcs/cpt code", true),
            ("NON- FACILITY  TOTAL", "non-facility total", true),
            ("Practitioner Services MUE Values", "*mue values", true),
            ("Deletion Date *=no data", "deletion*", true),
            ("Deletion Date *=no data", "deletion", false),
            ("MUE", "*mue values", false),
            ("2031 PW GPCI (with floor)", "*pw gpci*", true),
        ] {
            assert_eq!(is_named(&fold(name), wanted), same, "{name}");
        }
    }
}
