//! The points of each sign for each kind, read once from `weights.txt`.
//!
//! The file is learned from the labelled mails that may be read (`tests/kinds/tune`) and is written by the test that
//! learns it, never by hand: one line a sign, with the hundredths that it adds to a kind where it is seen once. They
//! are the weights of sixteen logistic regressions, so that above nought a kind is more likely asked than not. A line that
//! cannot be read is left out and named; a test demands that there is none.

use std::{collections::HashMap, sync::LazyLock};

use super::{
    name::Kind,
    sign::{ASKED, SAID},
};

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_str!("weights.txt")));

/// What every text starts with.
pub const BIAS: &str = "bias";

/// Hundredths for each kind, in the order of the taxonomy.
pub(super) type Row = [i32; Kind::ALL.len()];

#[derive(Debug, Default)]
pub(super) struct Weights {
    /// Of a word by its name: where it stands in a sentence that asks, and anywhere.
    asked: HashMap<String, Row>,
    said: HashMap<String, Row>,
    others: HashMap<String, Row>,
    /// The lines that could not be read.
    unread: Vec<String>,
}

impl Weights {
    pub(super) fn learned() -> &'static Self {
        &WEIGHTS
    }

    /// Of a word that is seen; both none when nothing was learned for it.
    pub(super) fn of_word(&self, name: &str, asked: bool) -> [Option<&Row>; 2] {
        [self.said.get(name), if asked { self.asked.get(name) } else { None }]
    }

    /// Of any other sign.
    pub(super) fn of(&self, sign: &str) -> Option<&Row> {
        self.others.get(sign)
    }

    pub(super) fn read(text: &str) -> Self {
        let mut weights = Self::default();
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match row(line) {
                Some((sign, row)) => {
                    let (rows, name) = match (sign.strip_prefix(SAID), sign.strip_prefix(ASKED)) {
                        (Some(name), _) => (&mut weights.said, name),
                        (None, Some(name)) => (&mut weights.asked, name),
                        (None, None) => (&mut weights.others, sign),
                    };
                    rows.insert(name.to_owned(), row);
                }
                None => weights.unread.push(line.to_owned()),
            }
        }
        weights
    }
}

/// `said modifie: K3 31, K2 -4`.
fn row(line: &str) -> Option<(&str, Row)> {
    let (sign, points) = line.rsplit_once(": ")?;
    let mut row = Row::default();
    for one in points.split(", ") {
        let (kind, hundredths) = one.split_once(' ')?;
        let kind = Kind::read(kind)?;
        *row.get_mut(kind as usize)? = hundredths.parse().ok()?;
    }
    Some((sign, row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        assert_eq!(WEIGHTS.unread, Vec::<String>::new());
        assert!(WEIGHTS.of(BIAS).is_some() && WEIGHTS.said.len() > 500 && !WEIGHTS.asked.is_empty());
    }

    #[test]
    fn a_row_names_its_kinds() {
        let weights = Weights::read("# learned\nsaid modifie: K3 31, K2 -4\nbroken\nsaid a: K99 1\n");
        let [said, asked] = weights.of_word("modifie", true);
        assert_eq!((said.map(|row| (row[3], row[2], row[0])), asked), (Some((31, -4, 0)), None));
        assert_eq!(weights.unread, ["broken", "said a: K99 1"]);
    }
}
