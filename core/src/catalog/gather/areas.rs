//! Where the articles of the Medicare coverage database hold, from four tables of the download: one area for all articles
//! that the same contractors carry. Called by `coverage`.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{
    fact::mcd::{McdArea, McdAreas},
    layout::mcd_contractor::{Carried, Contractor, Served},
};

/// The rows of the four tables, until all are read.
#[derive(Default)]
pub(super) struct Areas {
    carried: BTreeMap<(u32, u32), BTreeSet<Contractor>>,
    served: BTreeMap<Contractor, BTreeSet<u32>>,
    names: BTreeMap<Contractor, String>,
    states: BTreeMap<u32, String>,
}

impl Areas {
    pub(super) fn carry(&mut self, row: Carried) {
        self.carried.entry((row.article, row.version)).or_default().insert(row.by);
    }

    /// A state that the contractor no longer serves is left out.
    pub(super) fn serve(&mut self, row: Served) {
        if !row.ended {
            self.served.entry(row.by).or_default().insert(row.state);
        }
    }

    pub(super) fn name(&mut self, (contractor, name): (Contractor, String)) {
        self.names.insert(contractor, name);
    }

    pub(super) fn state(&mut self, (number, abbreviation): (u32, String)) {
        self.states.insert(number, abbreviation);
    }

    /// The areas, and which of them is an article's. An article of which neither contractor nor state is named has none.
    pub(super) fn finish(self) -> (McdAreas, BTreeMap<(u32, u32), u16>) {
        let mut numbers: BTreeMap<McdArea, u16> = BTreeMap::new();
        let mut areas = McdAreas::default();
        let mut of_articles = BTreeMap::new();
        for (article, contractors) in &self.carried {
            let area = self.area(contractors);
            if area == McdArea::default() {
                continue;
            }
            let number = match numbers.get(&area) {
                Some(number) => *number,
                None => {
                    let Ok(number) = u16::try_from(areas.areas.len()) else { continue };
                    areas.areas.push(area.clone());
                    numbers.insert(area, number);
                    number
                }
            };
            of_articles.insert(*article, number);
        }
        (areas, of_articles)
    }

    fn area(&self, contractors: &BTreeSet<Contractor>) -> McdArea {
        let names: BTreeSet<&String> = contractors.iter().filter_map(|one| self.names.get(one)).collect();
        let served = contractors.iter().filter_map(|one| self.served.get(one)).flatten();
        let states: BTreeSet<&String> = served.filter_map(|state| self.states.get(state)).collect();
        McdArea { contractors: names.into_iter().cloned().collect(), states: states.into_iter().cloned().collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_of_the_same_contractors_share_an_area() {
        let [one, other] = [1, 2].map(|id| Contractor { id, kind: 9, version: 1 });
        let mut all = Areas::default();
        for (article, by) in [(10, one), (11, one), (12, one), (12, other), (13, Contractor { id: 3, ..one })] {
            all.carry(Carried { article, version: 1, by });
        }
        for (by, state, ended) in [(one, 5, false), (one, 6, true), (other, 7, false), (other, 8, false)] {
            all.serve(Served { by, state, ended });
        }
        all.name((one, "A contractor".to_owned()));
        for (number, name) in [(5, "QA"), (6, "QB"), (7, "QC")] {
            all.state((number, name.to_owned()));
        }
        let (areas, of_articles) = all.finish();
        let found: Vec<String> =
            areas.areas.iter().map(|area| format!("{:?} {:?}", area.contractors, area.states)).collect();
        assert_eq!(found, [r#"["A contractor"] ["QA"]"#, r#"["A contractor"] ["QA", "QC"]"#]);
        let numbers: Vec<_> = of_articles.into_iter().map(|((article, _), number)| (article, number)).collect();
        assert_eq!(numbers, [(10, 0), (11, 0), (12, 1)], "of the last, nothing is named");
    }
}
