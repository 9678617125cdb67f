//! What differs between two editions of one table: code by code, sheet by sheet, and of tables that keep many rows on a
//! sheet (NCCI edits, fee amounts) row by row. It compares what it is given and knows no store; called by
//! `codes diff`, and by `codes import` where a release replaces an earlier one.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    dataset::Dataset,
    edition::Edition,
    entry::Entry,
    fact::{
        fee_amount::{FeeAmount, FeeAmounts},
        ptp::{PtpEdit, PtpEdits},
    },
    sheet::{Fact as _, Unreadable},
};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// A code, a pair of codes, or what else the table is looked up by.
    pub key: String,
    /// The codes in it: a case is touched that speaks of all of them.
    pub codes: Vec<String>,
    /// What became of it.
    #[serde(flatten)]
    pub what: What,
}

impl Change {
    /// That a code is gone.
    #[must_use]
    pub fn removed(code: String) -> Self {
        Self { key: code.clone(), codes: vec![code], what: What::Removed }
    }
}

/// What became of a code, a sheet or a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum What {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// A code of a list has another title.
    Retitled {
        /// The title before.
        before: String,
        /// The title now.
        after: String,
    },
    /// It says something else; both as short texts or JSON.
    Changed {
        /// What it said before.
        before: String,
        /// What it says now.
        after: String,
    },
}

/// How many of each, and the first of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// New ones.
    pub added: u64,
    /// Those that are gone.
    pub removed: u64,
    /// Codes with another title.
    pub retitled: u64,
    /// Those that say something else.
    pub changed: u64,
    /// The first, at most [`Changes::SHOWN`].
    pub first: Vec<Change>,
}

impl Changes {
    /// How many are named.
    pub const SHOWN: usize = 20;

    /// Counts one.
    pub fn add(&mut self, change: Change) {
        match change.what {
            What::Added => self.added += 1,
            What::Removed => self.removed += 1,
            What::Retitled { .. } => self.retitled += 1,
            What::Changed { .. } => self.changed += 1,
        }
        if self.first.len() < Self::SHOWN {
            self.first.push(change);
        }
    }

    /// Whether the two say the same.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.added + self.removed + self.retitled + self.changed == 0
    }
}

/// What became of a code of a list. That its dates are the days of its edition is no change.
#[must_use]
pub fn of_entry(before: Option<(&Edition, &Entry)>, after: Option<(&Edition, &Entry)>) -> Option<Change> {
    let code = before.or(after)?.1.code.to_string();
    let what = match (before, after) {
        (None, None) => return None,
        (None, Some(_)) => What::Added,
        (Some(_), None) => What::Removed,
        (Some((_, old)), Some((_, new))) if old.title.text != new.title.text => {
            What::Retitled { before: old.title.text.clone(), after: new.title.text.clone() }
        }
        (Some((first, old)), Some((second, new))) => {
            let (before, after) = (said(first, old), said(second, new));
            if before == after {
                return None;
            }
            What::Changed { before, after }
        }
    };
    Some(Change { key: code.clone(), codes: vec![code], what })
}

/// What a list says of a code beside its title.
fn said(edition: &Edition, entry: &Entry) -> String {
    let kind = if entry.billable { "billable" } else { "a header" };
    let days = if entry.valid == edition.effective { String::new() } else { format!(", {}", entry.valid) };
    let short = if entry.short_title.is_empty() { String::new() } else { format!(", \"{}\"", entry.short_title) };
    let also: Vec<&str> = entry.see_also.iter().map(crate::domain::code::Code::as_str).collect();
    let also = if also.is_empty() { String::new() } else { format!(", see {}", also.join(" ")) };
    format!("{kind}{days}{short}{also}")
}

/// What became of a sheet of any other table.
///
/// # Errors
/// [`Unreadable`] when a body is none of the table's.
pub fn of_sheet(
    table: Dataset,
    key: &str,
    before: Option<&[u8]>,
    after: Option<&[u8]>,
) -> Result<Vec<Change>, Unreadable> {
    match table {
        Dataset::Ptp(_) => {
            let read = |body: Option<&[u8]>| body.map_or_else(|| Ok(PtpEdits::default()), PtpEdits::from_body);
            let name = |edit: &PtpEdit| vec![key.to_owned(), edit.column_2.to_string()];
            Ok(rows(&read(before)?.0, &read(after)?.0, name, " with ", say_edit))
        }
        Dataset::FeeAmounts | Dataset::FeeAmountsQp => {
            let read = |body: Option<&[u8]>| body.map_or_else(|| Ok(FeeAmounts::default()), FeeAmounts::from_body);
            let name = |amount: &FeeAmount| {
                let modifier = amount.modifier.map(|modifier| modifier.to_string());
                [Some(key.to_owned()), modifier, Some(amount.locality.to_string())].into_iter().flatten().collect()
            };
            let mut changes = rows(&read(before)?.0, &read(after)?.0, name, " ", say_amount);
            for change in &mut changes {
                change.codes.truncate(1);
            }
            Ok(changes)
        }
        _ => {
            let text = |body: &[u8]| std::str::from_utf8(body).map(str::to_owned).map_err(|_| Unreadable);
            let what = match (before, after) {
                (Some(old), Some(new)) if old != new => What::Changed { before: text(old)?, after: text(new)? },
                (Some(_), Some(_)) | (None, None) => return Ok(Vec::new()),
                (None, Some(_)) => What::Added,
                (Some(_), None) => What::Removed,
            };
            Ok(vec![Change { key: key.to_owned(), codes: vec![key.to_owned()], what }])
        }
    }
}

/// Row by row: what is on one side alone is new or gone, and of one name on both sides has changed.
fn rows<R: PartialEq>(
    before: &[R],
    after: &[R],
    name: impl Fn(&R) -> Vec<String>,
    between: &str,
    say: impl Fn(&R) -> String,
) -> Vec<Change> {
    let mut by_name: BTreeMap<Vec<String>, [Vec<&R>; 2]> = BTreeMap::new();
    for row in before {
        by_name.entry(name(row)).or_default()[0].push(row);
    }
    for row in after {
        by_name.entry(name(row)).or_default()[1].push(row);
    }
    let mut changes = Vec::new();
    for (codes, [old, new]) in by_name {
        let gone: Vec<&R> = old.iter().copied().filter(|row| !new.contains(row)).collect();
        let come: Vec<&R> = new.iter().copied().filter(|row| !old.contains(row)).collect();
        for n in 0..gone.len().max(come.len()) {
            let what = match (gone.get(n), come.get(n)) {
                (Some(old), Some(new)) => What::Changed { before: say(old), after: say(new) },
                (None, _) => What::Added,
                (_, None) => What::Removed,
            };
            changes.push(Change { key: codes.join(between), codes: codes.clone(), what });
        }
    }
    changes
}

fn say_edit(edit: &PtpEdit) -> String {
    let from = edit.effective.map_or_else(|| "no first day".to_owned(), |day| format!("from {day}"));
    let to = edit.deleted.map(|day| format!(" to {day}")).unwrap_or_default();
    let why = edit.rationale.and_then(|rationale| rationale.label()).unwrap_or("another reason");
    format!("indicator {}, {from}{to}, {why}", edit.indicator.digit())
}

fn say_amount(amount: &FeeAmount) -> String {
    format!(
        "${} outside of facilities, ${} in them, status {}",
        amount.non_facility,
        amount.facility,
        amount.status.as_str()
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};
    use uuid::Uuid;

    use super::*;
    use crate::{
        catalog::{
            Descriptor, Interval, Setting, TextSource, layout::ncci_ptp::ModifierIndicator,
            procedure_code::ProcedureCode,
        },
        domain::{
            code::{Code, CodeSystem},
            digest::Digest,
            ids::EditionId,
            instant::Instant,
        },
    };

    const PTP: Dataset = Dataset::Ptp(Setting::Practitioner);

    fn edit(column_2: &str, deleted: Option<Date>, indicator: ModifierIndicator) -> PtpEdit {
        PtpEdit {
            column_2: ProcedureCode::read(column_2.as_bytes()).expect("a code"),
            effective: Some(date(2010, 1, 1)),
            deleted,
            indicator,
            before_1996: false,
            rationale: None,
        }
    }

    fn told(changes: &[Change]) -> Vec<String> {
        let one = |change: &Change| match &change.what {
            What::Added => format!("+ {}", change.key),
            What::Removed => format!("- {}", change.key),
            What::Retitled { before, after } => format!("{}: \"{before}\" is \"{after}\"", change.key),
            What::Changed { before, after } => format!("{}: {before} is {after}", change.key),
        };
        changes.iter().map(one).collect()
    }

    #[test]
    fn edits_are_compared_one_by_one() {
        use ModifierIndicator::{Allowed, NotAllowed};
        let before =
            PtpEdits(vec![edit("22222", None, Allowed), edit("33333", None, Allowed), edit("44444", None, Allowed)]);
        let ended = edit("22222", Some(date(2026, 3, 31)), Allowed);
        let after = PtpEdits(vec![ended, edit("44444", None, Allowed), edit("55555", None, NotAllowed)]);
        let changes = of_sheet(PTP, "11111", Some(&before.to_body()), Some(&after.to_body())).expect("readable");
        assert_eq!(
            told(&changes),
            [
                "11111 with 22222: indicator 1, from 2010-01-01, another reason is indicator 1, from 2010-01-01 to \
                 2026-03-31, another reason",
                "- 11111 with 33333",
                "+ 11111 with 55555",
            ]
        );
        assert_eq!(changes[0].codes, ["11111", "22222"]);
        let all_new = of_sheet(PTP, "11111", None, Some(&after.to_body())).expect("readable");
        assert_eq!(all_new.iter().filter(|change| change.what == What::Added).count(), 3);
        assert_eq!(of_sheet(PTP, "11111", Some(b"x"), None), Err(Unreadable));
    }

    #[test]
    fn other_sheets_are_compared_whole() {
        let table = Dataset::Gpci;
        let change = |before, after| told(&of_sheet(table, "02102-01", before, after).expect("readable"));
        assert_eq!(change(Some(b"1"), Some(b"1")), [""; 0]);
        assert_eq!(change(Some(b"1"), Some(b"2")), ["02102-01: 1 is 2"]);
        assert_eq!(change(None, Some(b"2")), ["+ 02102-01"]);
        assert_eq!(change(Some(b"2"), None), ["- 02102-01"]);
    }

    #[test]
    fn codes_are_new_gone_retitled_or_turned_into_headers() {
        let year = |from, to| Edition {
            id: EditionId::new(Uuid::from_u128(1)),
            dataset: Dataset::Codes(CodeSystem::Icd10Cm),
            name: String::new(),
            publisher: String::new(),
            effective: Interval { from, to: Some(to) },
            sha256: Digest::of(b""),
            file_name: String::new(),
            rows: 1,
            rejected: 0,
            imported_at: Instant::from_micros(0),
        };
        let first = year(date(2024, 10, 1), date(2025, 9, 30));
        let second = year(date(2025, 10, 1), date(2026, 9, 30));
        let entry = |edition: &Edition, title: &str, billable| Entry {
            edition: edition.id,
            system: CodeSystem::Icd10Cm,
            code: Code::normal(CodeSystem::Icd10Cm, "G35"),
            title: Descriptor { text: title.to_owned(), source: TextSource::Public },
            short_title: String::new(),
            billable,
            valid: edition.effective,
            see_also: Vec::new(),
        };
        let (old, same) = (entry(&first, "One", true), entry(&second, "One", true));
        let (header, renamed) = (entry(&second, "One", false), entry(&second, "Two", true));
        let of = |new: &Entry| of_entry(Some((&first, &old)), Some((&second, new))).map(|change| told(&[change]));
        assert_eq!(of(&same), None, "a new year alone is no change");
        assert_eq!(of(&header), Some(vec!["G35: billable is a header".to_owned()]));
        assert_eq!(of(&renamed), Some(vec!["G35: \"One\" is \"Two\"".to_owned()]));
        let mut changes = Changes::default();
        changes.add(of_entry(None, Some((&second, &same))).expect("new"));
        changes.add(of_entry(Some((&first, &old)), None).expect("gone"));
        assert_eq!((changes.added, changes.removed, changes.first.len(), changes.is_empty()), (1, 1, 2, false));
    }
}
