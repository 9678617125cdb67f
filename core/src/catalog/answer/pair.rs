//! Whether two codes are edited against each other on a day in a setting (NCCI PTP edits).

use jiff::civil::Date;

use super::{
    super::{
        dataset::Dataset,
        fact::ptp::{PtpEdit, PtpEdits},
        layout::ncci_ptp::ModifierIndicator,
        procedure_code::ProcedureCode,
        setting::Setting,
        sheet::Unreadable,
    },
    Desk, Told,
};

/// The edit that binds a pair on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairEdit {
    /// The code that is paid when both are billed.
    pub column_1: ProcedureCode,
    /// The edit, with the code that is denied then.
    pub edit: PtpEdit,
    /// The file gives no first day, so that on dates of service before its edition it cannot be told whether the edit
    /// was in force yet.
    pub undated: bool,
}

impl PairEdit {
    /// Whether an NCCI-associated modifier may bypass it where the record supports it.
    #[must_use]
    pub fn may_be_bypassed(&self) -> bool {
        self.edit.indicator == ModifierIndicator::Allowed
    }
}

impl Desk {
    /// The edit of two codes, whichever of them is column 1. The desk needs the sheets of both.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn pair(
        &self,
        setting: Setting,
        one: ProcedureCode,
        other: ProcedureCode,
        day: Date,
    ) -> Result<Told<'_, PairEdit>, Unreadable> {
        let first = self.ordered(setting, one, other, day)?;
        if first.value().is_some() { Ok(first) } else { self.ordered(setting, other, one, day) }
    }

    fn ordered(
        &self,
        setting: Setting,
        column_1: ProcedureCode,
        column_2: ProcedureCode,
        day: Date,
    ) -> Result<Told<'_, PairEdit>, Unreadable> {
        self.ask(Dataset::Ptp(setting), column_1.as_str(), day, |body| {
            let edit = PtpEdits::with(body, column_2)?.into_iter().find(|edit| edit.binds(day));
            Ok(edit.map(|edit| PairEdit { column_1, edit, undated: edit.effective.is_none() }))
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::{super::Timeliness, *};
    use crate::{
        catalog::{Edition, Interval, Sheet, sheet::Fact as _},
        domain::{digest::Digest, ids::EditionId, instant::Instant},
    };

    fn code(text: &str) -> ProcedureCode {
        ProcedureCode::read(text.as_bytes()).expect("a code")
    }

    /// The third quarter of 2024 with one edit: 20610 pays, 76942 does not, from 2010, bypassed by a modifier.
    fn desk() -> Desk {
        let id = EditionId::new(Uuid::from_u128(1));
        let edition = Edition {
            id,
            dataset: Dataset::Ptp(Setting::Practitioner),
            name: "NCCI PTP edits, practitioner 2024 Q3".to_owned(),
            publisher: "CMS".to_owned(),
            effective: Interval { from: date(2024, 7, 1), to: Some(date(2024, 9, 30)) },
            sha256: Digest::of(b""),
            file_name: String::new(),
            rows: 1,
            rejected: 0,
            imported_at: Instant::from_micros(0),
        };
        let edit = PtpEdit {
            column_2: code("76942"),
            effective: Some(date(2010, 1, 1)),
            deleted: None,
            indicator: ModifierIndicator::Allowed,
            before_1996: false,
            rationale: None,
        };
        let body = PtpEdits(vec![edit]).to_body();
        Desk::new(vec![edition], vec![Sheet { edition: id, key: "20610".to_owned(), body }])
    }

    #[test]
    fn a_pair_is_found_in_either_order_and_says_who_is_paid() {
        let desk = desk();
        for (one, other) in [("20610", "76942"), ("76942", "20610")] {
            let told = desk.pair(Setting::Practitioner, code(one), code(other), date(2024, 8, 1)).expect("readable");
            let Told::Said { value, timeliness, .. } = told else { panic!("{told:?}") };
            assert_eq!((value.column_1, value.edit.column_2), (code("20610"), code("76942")));
            assert!(value.may_be_bypassed() && !value.undated);
            assert_eq!(timeliness, Timeliness::OfTheDay);
        }
    }

    #[test]
    fn what_is_not_said_is_never_allowed() {
        let desk = desk();
        let ask = |one: &str, other: &str, setting, day| {
            let told = desk.pair(setting, code(one), code(other), day).expect("readable");
            match told {
                Told::Said { timeliness: Timeliness::OfTheDay, .. } => "said",
                Told::Said { timeliness: Timeliness::History, .. } => "said by a later edition",
                Told::NotInTable { .. } => "not in the table",
                Told::NotLoaded { loaded } if loaded.is_empty() => "nothing loaded",
                Told::NotLoaded { .. } => "not for that day",
            }
        };
        let here = Setting::Practitioner;
        assert_eq!(ask("20610", "99213", here, date(2024, 8, 1)), "not in the table");
        assert_eq!(ask("20610", "76942", here, date(2020, 8, 1)), "said by a later edition");
        assert_eq!(ask("20610", "76942", here, date(2009, 12, 31)), "not in the table");
        assert_eq!(ask("20610", "76942", here, date(2024, 10, 1)), "not for that day");
        assert_eq!(ask("20610", "76942", Setting::OutpatientHospital, date(2024, 8, 1)), "nothing loaded");
    }
}
