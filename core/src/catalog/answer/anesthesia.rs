//! What anesthesia is paid: the locality's conversion factor times base and time units (CMS, Medicare Claims Processing
//! Manual, chapter 12, section 50). It is the amount for anesthesia that a physician gives alone: medical direction and
//! modifiers change it.

use jiff::civil::Date;

use super::{
    super::{
        dataset::Dataset,
        decimal::{Dollars, Factor},
        fact::anesthesia::{AnesthesiaFactor, BaseUnits},
        locality::Locality,
        procedure_code::ProcedureCode,
        sheet::Unreadable,
    },
    Desk, Told,
};

/// Minutes of one time unit.
const UNIT: u32 = 15;

/// Tenths of time units for so many minutes: fifteen are one, rounded to one place.
#[must_use]
pub const fn time_units(minutes: u32) -> u64 {
    let unit = UNIT as u64;
    (minutes as u64 * 20 + unit) / (2 * unit)
}

/// The amount for base units and minutes; none when it is too large.
#[must_use]
pub fn amount(base: BaseUnits, minutes: u32, factor: Factor) -> Option<Dollars> {
    let tenths = i128::from(base.units) * 10 + i128::from(time_units(minutes));
    // One place of the units, and four of the factor.
    Dollars::rounded(tenths.checked_mul(i128::from(factor.units()))?, 5)
}

impl Desk {
    /// The base units of a code.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn base_units(&self, code: ProcedureCode, day: Date) -> Result<Told<'_, BaseUnits>, Unreadable> {
        self.fact(Dataset::AnesthesiaUnits, code.as_str(), day)
    }

    /// The conversion factors of a locality.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn anesthesia_factor(&self, locality: Locality, day: Date) -> Result<Told<'_, AnesthesiaFactor>, Unreadable> {
        self.fact(Dataset::AnesthesiaFactors, &locality.to_string(), day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_become_units_to_one_place() {
        for (minutes, tenths) in [(0, 0), (15, 10), (30, 20), (17, 11), (16, 11), (14, 9), (1, 1), (37, 25), (53, 35)] {
            assert_eq!(time_units(minutes), tenths, "{minutes}");
        }
    }

    #[test]
    fn the_amount_is_the_factor_times_all_units() {
        let factor = Factor::read(b"20.4512").expect("a factor");
        let dollars = |units, minutes| amount(BaseUnits { units }, minutes, factor).map(|dollars| dollars.to_string());
        // (5 + 2.0) × 20.4512 = 143.1584
        assert_eq!(dollars(5, 30).as_deref(), Some("143.16"));
        assert_eq!(dollars(5, 0).as_deref(), Some("102.26"));
    }
}
