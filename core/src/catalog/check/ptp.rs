//! NCCI edits: at most one row of a pair binds on any day, no pair binds in both orders, and an edit that was
//! withdrawn (indicator 9) has ended.

use super::{
    super::{
        fact::ptp::{PtpEdit, PtpEdits},
        layout::ncci_ptp::ModifierIndicator,
        procedure_code::ProcedureCode,
        sheet::{Fact as _, Unreadable},
    },
    Violation,
};

/// How many violations are kept: the first tell what is wrong.
const SHOWN: usize = 20;

/// Looks at the sheets of an edition, in any order.
#[derive(Debug, Default)]
pub struct PtpCheck {
    open: Vec<[ProcedureCode; 2]>,
    found: Vec<Violation>,
}

impl PtpCheck {
    /// Looks at all edits of a column 1 code.
    ///
    /// # Errors
    /// [`Unreadable`] when the body is none.
    pub fn sheet(&mut self, column_1: ProcedureCode, body: &[u8]) -> Result<(), Unreadable> {
        let PtpEdits(edits) = PtpEdits::from_body(body)?;
        for (n, edit) in edits.iter().enumerate() {
            let pair = || format!("{column_1} with {}", edit.column_2);
            if edit.indicator == ModifierIndicator::NotApplicable && edit.deleted.is_none() {
                self.note(pair(), "indicator 9 marks an edit as withdrawn, but it has not ended");
            }
            let later = edits.get(n + 1..).unwrap_or_default();
            if later.iter().take_while(|next| next.column_2 == edit.column_2).any(|next| both_bind(edit, next)) {
                self.note(pair(), "two edits of the pair are in force on one day");
            }
            if edit.deleted.is_none() {
                self.open.push([column_1, edit.column_2]);
            }
        }
        Ok(())
    }

    /// What was found, once every sheet was looked at.
    #[must_use]
    pub fn violations(mut self) -> Vec<Violation> {
        self.open.sort_unstable();
        let open = std::mem::take(&mut self.open);
        for [one, other] in &open {
            // A pair of a code with itself would be its own reverse.
            if one < other && open.binary_search(&[*other, *one]).is_ok() {
                self.note(format!("{one} with {other}"), "the pair is in force in both orders");
            }
        }
        self.found
    }

    fn note(&mut self, key: String, what: &'static str) {
        if self.found.len() < SHOWN {
            self.found.push(Violation { key, what });
        }
    }
}

/// Whether a day exists on which both bind. Where a first day is not given, only edits without an end are compared.
fn both_bind(one: &PtpEdit, other: &PtpEdit) -> bool {
    let (Some(first), Some(second)) = (one.effective, other.effective) else {
        return one.deleted.is_none() && other.deleted.is_none();
    };
    let never = |edit: &PtpEdit| edit.deleted.is_some() && edit.deleted == edit.effective;
    !never(one)
        && !never(other)
        && one.deleted.is_none_or(|last| second <= last)
        && other.deleted.is_none_or(|last| first <= last)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;

    fn code(text: &str) -> ProcedureCode {
        ProcedureCode::read(text.as_bytes()).expect("a code")
    }

    fn edit(column_2: &str, from: Option<Date>, to: Option<Date>, indicator: ModifierIndicator) -> PtpEdit {
        PtpEdit {
            column_2: code(column_2),
            effective: from,
            deleted: to,
            indicator,
            before_1996: false,
            rationale: None,
        }
    }

    fn checked(sheets: &[(&str, Vec<PtpEdit>)]) -> Vec<&'static str> {
        let mut check = PtpCheck::default();
        for (column_1, edits) in sheets {
            check.sheet(code(column_1), &PtpEdits(edits.clone()).to_body()).expect("readable");
        }
        check.violations().into_iter().map(|violation| violation.what).collect()
    }

    #[test]
    fn history_is_no_violation() {
        use ModifierIndicator::{Allowed, NotApplicable};
        let (then, later) = (date(2010, 1, 1), date(2012, 4, 1));
        let edits = vec![
            edit("22222", Some(then), Some(date(2012, 3, 31)), NotApplicable),
            edit("22222", Some(later), None, Allowed),
            edit("33333", Some(then), Some(then), Allowed),
            edit("33333", Some(then), None, Allowed),
        ];
        assert_eq!(checked(&[("11111", edits)]), [""; 0]);
    }

    #[test]
    fn each_rule_is_found_broken() {
        use ModifierIndicator::{Allowed, NotAllowed, NotApplicable};
        let then = Some(date(2010, 1, 1));
        for (sheets, what) in [
            (vec![("11111", vec![edit("22222", then, None, NotApplicable)])], "indicator 9"),
            (
                vec![("11111", vec![edit("22222", then, None, Allowed), edit("22222", then, None, NotAllowed)])],
                "two edits",
            ),
            (vec![("11111", vec![edit("22222", None, None, Allowed), edit("22222", None, None, NotAllowed)])], "two"),
            (
                vec![
                    ("22222", vec![edit("11111", None, None, Allowed)]),
                    ("11111", vec![edit("22222", then, None, Allowed)]),
                ],
                "both orders",
            ),
        ] {
            let found = checked(&sheets);
            assert!(found.len() == 1 && found[0].contains(what), "{found:?}");
        }
    }
}
