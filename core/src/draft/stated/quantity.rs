//! How much was given and how long it took, and how many units of a code that makes. The unit of a HCPCS code stands in
//! its published title: "per 15 mg", "10 mg", "1 mg".

use serde::{Deserialize, Serialize};

use crate::extract::said::measure::{self, Measure as Unit, Minutes};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Thousandths of a milligram.
    Microgram,
    /// Millilitres.
    Millilitre,
    /// International or manufacturer's units.
    Unit,
    /// Minutes.
    Minute,
}

/// An amount, in thousandths of its measure, so that `0.5 mg` is exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    /// How much, in thousandths.
    pub thousandths: u64,
    /// Of what.
    pub of: Measure,
}

impl Quantity {
    /// What was given; none for what was thrown away, and for what is counted in packages.
    pub(super) fn given(said: &measure::Quantity) -> Option<Self> {
        Self::read(&said.amount, said.unit).filter(|_| !said.wasted)
    }

    /// Time spent.
    pub(super) fn time(said: Minutes) -> Self {
        Self { thousandths: u64::from(said.minutes) * 1_000, of: Measure::Minute }
    }

    fn read(number: &str, unit: Unit) -> Option<Self> {
        let (of, times) = match unit {
            Unit::Microgram => (Measure::Microgram, 1),
            Unit::Milligram => (Measure::Microgram, 1_000),
            Unit::Gram => (Measure::Microgram, 1_000_000),
            Unit::Millilitre => (Measure::Millilitre, 1),
            Unit::Unit => (Measure::Unit, 1),
            Unit::Vial | Unit::Ampule | Unit::Syringe | Unit::Tablet => return None,
        };
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() || whole.len() > 6 || part.len() > 3 {
            return None;
        }
        let thousandths: u64 = format!("{whole}{part:0<3}").parse().ok()?;
        Some(Self { thousandths: thousandths.checked_mul(times)?, of }).filter(|one| one.thousandths > 0)
    }

    /// The unit that a published title ends with: `…, per 15 mg` → 15 mg.
    #[must_use]
    pub fn of_title(title: &str) -> Option<Self> {
        let last = title.trim_end_matches('.').rsplit(',').next()?.trim().to_lowercase();
        let last = last.strip_prefix("per ").or_else(|| last.strip_prefix("up to ")).unwrap_or(&last);
        let (number, name) = last.split_once(' ')?;
        Self::read(number, Unit::read(name.trim())?)
    }

    /// How many units of `unit` hold this much, the last one begun counted whole; none when they measure different
    /// things.
    #[must_use]
    pub fn units_of(self, unit: Self) -> Option<u64> {
        (self.of == unit.of && unit.thousandths > 0).then(|| self.thousandths.div_ceil(unit.thousandths))
    }
}

impl std::fmt::Display for Quantity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (name, times) = match self.of {
            Measure::Microgram if self.thousandths >= 1_000_000 => ("mg", 1_000_000),
            Measure::Microgram => ("mcg", 1_000),
            Measure::Millilitre => ("ml", 1_000),
            Measure::Unit => ("units", 1_000),
            Measure::Minute => ("minutes", 1_000),
        };
        let (whole, rest) = (self.thousandths / times, self.thousandths % times);
        if rest == 0 {
            return write!(f, "{whole} {name}");
        }
        let part = format!("{:03}", rest * 1_000 / times);
        write!(f, "{whole}.{} {name}", part.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_its_unit_and_an_amount_becomes_units() {
        let unit = |title: &str| Quantity::of_title(title).map(|unit| unit.to_string());
        assert_eq!(unit("Injection, ketorolac tromethamine, per 15 mg").as_deref(), Some("15 mg"));
        assert_eq!(unit("Injection, methylprednisolone acetate, 1 mg").as_deref(), Some("1 mg"));
        assert_eq!(unit("Injection, vitamin b-12, up to 1000 mcg").as_deref(), Some("1 mg"));
        assert_eq!(unit("Office visit of a known patient"), None);
        let per = Quantity::of_title("x, per 15 mg").unwrap();
        let given = |number: &str, name: Unit| Quantity::read(number, name).unwrap().units_of(per);
        assert_eq!(given("60", Unit::Milligram), Some(4));
        assert_eq!(given("61", Unit::Milligram), Some(5));
        assert_eq!(given("1", Unit::Millilitre), None);
        assert_eq!(Quantity::read("0.25", Unit::Milligram).unwrap().to_string(), "250 mcg");
        assert_eq!(Quantity::read("2.5", Unit::Millilitre).unwrap().to_string(), "2.5 ml");
    }
}
