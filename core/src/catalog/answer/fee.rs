//! What the physician fee schedule pays for a code on a day, and how.
//!
//! The amount is CMS's formula: work, practice expense and malpractice, each times its index, summed, times the
//! conversion factor, rounded to the cent; for the nation all indices are 1. It is the amount before anything that
//! depends on the claim: multiple procedures, the outpatient cap on imaging, assistants, sequestration.

use jiff::civil::Date;

use super::{
    super::{
        dataset::Dataset,
        decimal::{Dollars, Index, Rvu},
        fact::{
            cost_index::CostIndices,
            fee_amount::{FeeAmount, FeeAmounts},
            relative_value::{RelativeValue, RelativeValues},
        },
        layout::pfs_indicator::StatusCode,
        locality::Locality,
        procedure_code::ProcedureCode,
        sheet::Unreadable,
    },
    Desk, Told,
};

/// Where a service is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Site {
    /// An office, or at home.
    NonFacility,
    /// A hospital, a surgical centre, a nursing facility.
    Facility,
}

/// The amount for a service, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// Before anything that depends on the claim.
    Dollars(Dollars),
    /// The code's status does not go with payment by relative values.
    ByStatus(StatusCode),
    /// The values are for information only.
    ForInformation,
    /// Rarely or never performed there.
    RarelyThere,
    /// The file has no values or no conversion factor for it.
    NoValues,
}

/// The amount at a site; `indices` are those of a locality, or none for the nation.
#[must_use]
pub fn amount(value: &RelativeValue, site: Site, indices: Option<&CostIndices>) -> Amount {
    if !matches!(value.status, StatusCode::Active | StatusCode::Restricted | StatusCode::OnlyWithoutOther) {
        return Amount::ByStatus(value.status);
    }
    if value.not_used_for_payment {
        return Amount::ForInformation;
    }
    let expense = match site {
        Site::NonFacility => value.non_facility,
        Site::Facility => value.facility,
    };
    if expense.rarely {
        return Amount::RarelyThere;
    }
    let one = Index::new(1000);
    let [work, practice, malpractice] =
        indices.map_or([one; 3], |indices| [indices.work, indices.practice_expense, indices.malpractice]);
    // Two places and three: five.
    let part = |rvu: Rvu, index: Index| i128::from(rvu.units()) * i128::from(index.units());
    let units = part(value.work, work) + part(expense.expense, practice) + part(value.malpractice, malpractice);
    // … and four of the factor: nine.
    let dollars = value
        .conversion_factor
        .and_then(|factor| units.checked_mul(i128::from(factor.units())))
        .and_then(|units| Dollars::rounded(units, 9));
    match dollars {
        Some(dollars) if units != 0 => Amount::Dollars(dollars),
        _ => Amount::NoValues,
    }
}

impl Desk {
    /// The relative values of a code, alone and with each modifier; `table` is [`Dataset::RelativeValues`] or
    /// [`Dataset::RelativeValuesQp`].
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn relative_values(
        &self,
        table: Dataset,
        code: ProcedureCode,
        day: Date,
    ) -> Result<Told<'_, RelativeValues>, Unreadable> {
        self.fact(table, code.as_str(), day)
    }

    /// The cost indices of a locality.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn cost_indices(&self, locality: Locality, day: Date) -> Result<Told<'_, CostIndices>, Unreadable> {
        self.fact(Dataset::Gpci, &locality.to_string(), day)
    }

    /// The published amounts of a code, in one locality or all; `table` is [`Dataset::FeeAmounts`] or
    /// [`Dataset::FeeAmountsQp`]. The file of a quarter's changes lists only what changed.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn fee_amounts(
        &self,
        table: Dataset,
        code: ProcedureCode,
        locality: Option<Locality>,
        day: Date,
    ) -> Result<Told<'_, Vec<FeeAmount>>, Unreadable> {
        use super::super::sheet::Fact as _;
        self.ask(table, code.as_str(), day, |body| {
            let amounts = match locality {
                Some(locality) => FeeAmounts::within(body, locality)?,
                None => FeeAmounts::from_body(body)?.0,
            };
            Ok((!amounts.is_empty()).then_some(amounts))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::super::{
            decimal::Factor,
            fact::relative_value::{Expense, Policy},
        },
        *,
    };

    fn value(status: StatusCode) -> RelativeValue {
        let expense = |units, total| Expense { expense: Rvu::new(units), total: Rvu::new(total), rarely: false };
        RelativeValue {
            modifier: None,
            status,
            not_used_for_payment: false,
            work: Rvu::new(103),
            malpractice: Rvu::new(15),
            non_facility: expense(171, 289),
            facility: expense(40, 158),
            conversion_factor: Some(Factor::new(334_009)),
            policy: Policy::default(),
        }
    }

    #[test]
    fn an_amount_is_computed_to_the_cent() {
        let value = value(StatusCode::Active);
        // 2.89 × 33.4009 = 96.528601, 1.58 × 33.4009 = 52.773422.
        assert_eq!(amount(&value, Site::NonFacility, None), Amount::Dollars(Dollars::new(9_653)));
        assert_eq!(amount(&value, Site::Facility, None), Amount::Dollars(Dollars::new(5_277)));
        let indices = CostIndices {
            state: String::new(),
            name: String::new(),
            work: Index::new(1500),
            practice_expense: Index::new(1081),
            malpractice: Index::new(592),
        };
        // (1.545 + 1.84851 + 0.0888) × 33.4009 = 116.312…
        assert_eq!(amount(&value, Site::NonFacility, Some(&indices)), Amount::Dollars(Dollars::new(11_631)));
    }

    #[test]
    fn where_there_is_no_amount_the_reason_is_told() {
        let paid = value(StatusCode::Restricted);
        assert!(matches!(amount(&paid, Site::Facility, None), Amount::Dollars(_)));
        for status in
            [StatusCode::Bundled, StatusCode::ContractorPriced, StatusCode::NonCovered, StatusCode::Anesthesia]
        {
            assert_eq!(amount(&value(status), Site::Facility, None), Amount::ByStatus(status));
        }
        let shown = RelativeValue { not_used_for_payment: true, ..paid.clone() };
        assert_eq!(amount(&shown, Site::Facility, None), Amount::ForInformation);
        let rarely = RelativeValue { facility: Expense { rarely: true, ..paid.facility }, ..paid.clone() };
        assert_eq!(amount(&rarely, Site::Facility, None), Amount::RarelyThere);
        assert!(matches!(amount(&rarely, Site::NonFacility, None), Amount::Dollars(_)));
        let unpriced = RelativeValue { conversion_factor: None, ..paid };
        assert_eq!(amount(&unpriced, Site::Facility, None), Amount::NoValues);
    }
}
