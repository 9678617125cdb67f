//! What takes entries and sheets, counts them, and keeps the first refused lines.

use std::{collections::HashSet, ops::ControlFlow};

use super::super::{
    dataset::Dataset,
    edition::Edition,
    entry::Entry,
    import::{Report, Row},
    layout::rejected::{Reason, Rejected},
    sheet::{Fact, Sheet},
};
use crate::domain::code::{Code, CodeSystem};

/// Where the rows of a release go.
pub(in crate::catalog) struct Out<'a> {
    editions: &'a [Edition],
    take: &'a mut dyn FnMut(Row) -> ControlFlow<()>,
    seen: HashSet<(CodeSystem, Code)>,
    pub(in crate::catalog) report: Report,
    pub(in crate::catalog) stopped: bool,
}

impl<'a> Out<'a> {
    pub(in crate::catalog) fn new(editions: &'a [Edition], take: &'a mut dyn FnMut(Row) -> ControlFlow<()>) -> Self {
        Self { editions, take, seen: HashSet::new(), report: Report::default(), stopped: false }
    }

    /// A code of a code list. Of one that stands twice, the first is taken; one of a list that is not wanted is
    /// passed over.
    pub(super) fn entry(
        &mut self,
        line: u64,
        system: CodeSystem,
        code: Code,
        entry: impl FnOnce(&Edition) -> Entry,
    ) -> ControlFlow<()> {
        if !self.seen.insert((system, code)) {
            return self.reject(Rejected { line, reason: Reason::Twice });
        }
        let dataset = Dataset::Codes(system);
        let Some(edition) = self.editions.iter().find(|edition| edition.dataset == dataset) else {
            return ControlFlow::Continue(());
        };
        self.count(dataset, 1);
        self.hand(Row::Entry(entry(edition)))
    }

    /// A sheet of the release's table, which holds `rows` rows of the file. A release has at most one beside its code
    /// lists; one that is not wanted is passed over.
    pub(super) fn sheet(&mut self, key: String, fact: &impl Fact, rows: u64) -> ControlFlow<()> {
        self.body(key, fact.to_body(), rows)
    }

    /// A sheet of one of several tables of the release; one of a table that is not wanted is passed over.
    pub(super) fn sheet_of(&mut self, dataset: Dataset, key: String, fact: &impl Fact, rows: u64) -> ControlFlow<()> {
        let edition = self.editions.iter().find(|edition| edition.dataset == dataset);
        self.body_of(edition, key, fact.to_body(), rows)
    }

    /// The same as [`Out::sheet`] for a body that is packed already.
    pub(super) fn body(&mut self, key: String, body: Vec<u8>, rows: u64) -> ControlFlow<()> {
        let table = self.editions.iter().find(|edition| edition.dataset.system().is_none());
        self.body_of(table, key, body, rows)
    }

    fn body_of(&mut self, edition: Option<&Edition>, key: String, body: Vec<u8>, rows: u64) -> ControlFlow<()> {
        let Some(edition) = edition else { return ControlFlow::Continue(()) };
        self.count(edition.dataset, rows);
        self.hand(Row::Sheet(Sheet { edition: edition.id, key, body }))
    }

    /// The system whose codes are wanted, where the release is of one.
    pub(super) fn system(&self) -> Option<CodeSystem> {
        self.editions.first().and_then(|edition| edition.dataset.system())
    }

    /// Whether rows of that table are wanted.
    pub(super) fn fills(&self, dataset: Dataset) -> bool {
        self.editions.iter().any(|edition| edition.dataset == dataset)
    }

    /// A line that was not taken.
    pub(super) fn reject(&mut self, rejected: Rejected) -> ControlFlow<()> {
        self.report.rejected += 1;
        if self.report.first_rejected.len() < Report::SHOWN {
            self.report.first_rejected.push(rejected);
        }
        ControlFlow::Continue(())
    }

    /// Something that the operator should know of the whole file.
    pub(super) fn remark(&mut self, remark: String) {
        if !self.report.remarks.contains(&remark) {
            self.report.remarks.push(remark);
        }
    }

    fn count(&mut self, dataset: Dataset, rows: u64) {
        *self.report.rows.entry(dataset).or_default() += rows;
    }

    fn hand(&mut self, row: Row) -> ControlFlow<()> {
        let flow = (self.take)(row);
        self.stopped |= flow.is_break();
        flow
    }
}
