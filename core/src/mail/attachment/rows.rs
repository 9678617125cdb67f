//! A table as text: a line for each row, a tab between two cells, and as many cells in each row as the widest has,
//! so that `extract` finds each cell under its column's name.

use super::bounds::WIDEST;

/// A table that is being gathered.
#[derive(Default)]
pub(super) struct Rows {
    rows: Vec<Vec<String>>,
    width: usize,
    bytes: usize,
}

impl Rows {
    /// Adds a row. Cells beyond the widest that is read are dropped.
    pub(super) fn push(&mut self, mut cells: Vec<String>) {
        cells.truncate(WIDEST);
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        self.width = self.width.max(cells.len());
        self.bytes += cells.iter().map(|cell| cell.len() + 1).sum::<usize>() + 1;
        self.rows.push(cells);
    }

    /// How many rows there are.
    pub(super) const fn len(&self) -> usize {
        self.rows.len()
    }

    /// How long the text will be, about.
    pub(super) const fn bytes(&self) -> usize {
        self.bytes
    }

    /// The lines. Empty rows before the first and after the last that holds anything are left out; `.1` is how many
    /// were left out before it.
    pub(super) fn lines(mut self) -> (String, usize) {
        while self.rows.last().is_some_and(Vec::is_empty) {
            self.rows.pop();
        }
        let skipped = self.rows.iter().take_while(|row| row.is_empty()).count();
        let mut text = String::with_capacity(self.bytes);
        for row in self.rows.iter().skip(skipped) {
            for column in 0..self.width {
                if column > 0 {
                    text.push('\t');
                }
                text.push_str(row.get(column).map_or("", String::as_str));
            }
            text.push('\n');
        }
        (text, skipped)
    }
}

/// A cell on one line, without blanks around it.
pub(super) fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_equal_numbers_of_cells() {
        let mut rows = Rows::default();
        rows.push(vec![]);
        rows.push(vec![cell("CPT"), cell(" Units\nbilled "), String::new()]);
        rows.push(vec![cell("99213")]);
        rows.push(vec![]);
        assert_eq!(rows.lines(), ("CPT\tUnits billed\n99213\t\n".to_owned(), 1));
    }
}
