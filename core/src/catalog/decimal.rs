//! Exact decimals with a fixed number of places, as fee schedules and weights are published: never a float.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A number of `PLACES` decimal places, kept as a count of the last one.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal<const PLACES: u32>(i64);

/// Relative value units.
pub type Rvu = Decimal<2>;
/// United States dollars.
pub type Dollars = Decimal<2>;
/// Dollars for one relative value unit, or an MS-DRG's relative weight.
pub type Factor = Decimal<4>;
/// A geographic practice cost index.
pub type Index = Decimal<3>;
/// Days of a stay, on average.
pub type Days = Decimal<1>;

impl<const PLACES: u32> Decimal<PLACES> {
    /// From a count of the last place: 133 of two places is 1.33.
    #[must_use]
    pub const fn new(units: i64) -> Self {
        Self(units)
    }

    /// The count of the last place.
    #[must_use]
    pub const fn units(self) -> i64 {
        self.0
    }

    /// From a count of a finer place, of which there are `places`: a half is rounded away from zero, as CMS rounds
    /// amounts to the cent. None when it is too large.
    #[must_use]
    pub fn rounded(units: i128, places: u32) -> Option<Self> {
        let one = 10_i128.checked_pow(places.checked_sub(PLACES)?)?;
        let half = if units < 0 { -(one / 2) } else { one / 2 };
        i64::try_from(units.checked_add(half)? / one).ok().map(Self)
    }

    /// Reads digits with at most one point, and a minus sign in front. More places than there are have to be zeros.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (negative, digits) = match bytes {
            [b'-', rest @ ..] => (true, rest),
            _ => (false, bytes),
        };
        let point = digits.iter().position(|byte| *byte == b'.');
        let (whole, places) = digits.split_at(point.unwrap_or(digits.len()));
        let places = places.get(1..).unwrap_or_default();
        if whole.is_empty() && places.is_empty() {
            return None;
        }
        let kept = usize::try_from(PLACES).ok()?;
        if places.iter().skip(kept).any(|byte| *byte != b'0') {
            return None;
        }
        let filled = places.iter().copied().chain(std::iter::repeat(b'0')).take(kept);
        let units = whole.iter().copied().chain(filled).try_fold(0_i64, |units, byte| {
            if !byte.is_ascii_digit() {
                return None;
            }
            units.checked_mul(10)?.checked_add(i64::from(byte - b'0'))
        })?;
        Some(Self(if negative { -units } else { units }))
    }
}

impl<const PLACES: u32> fmt::Display for Decimal<PLACES> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = 10_u64.saturating_pow(PLACES);
        let units = self.0.unsigned_abs();
        let sign = if self.0 < 0 { "-" } else { "" };
        let width = usize::try_from(PLACES).unwrap_or_default();
        write!(f, "{sign}{}", units / one)?;
        if width > 0 { write!(f, ".{:0width$}", units % one) } else { Ok(()) }
    }
}

impl<const PLACES: u32> fmt::Debug for Decimal<PLACES> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<const PLACES: u32> Serialize for Decimal<PLACES> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, const PLACES: u32> Deserialize<'de> for Decimal<PLACES> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::read(text.as_bytes()).ok_or_else(|| serde::de::Error::custom(format!("{text:?} is no such number")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_kept_to_their_last_place() {
        for (text, units, shown) in [
            ("108.91", 10_891, "108.91"),
            ("0.00", 0, "0.00"),
            ("1", 100, "1.00"),
            (".5", 50, "0.50"),
            ("7.", 700, "7.00"),
            ("0001344.00", 134_400, "1344.00"),
            ("-0.30", -30, "-0.30"),
            ("1.5000", 150, "1.50"),
        ] {
            let decimal = Rvu::read(text.as_bytes()).expect(text);
            assert_eq!((decimal.units(), decimal.to_string().as_str()), (units, shown), "{text}");
        }
        assert_eq!(Factor::read(b"33.4009").map(Factor::units), Some(334_009));
        assert_eq!(Decimal::<0>::read(b"12").map(|d| d.to_string()).as_deref(), Some("12"));
    }

    #[test]
    fn amounts_are_rounded_to_the_cent() {
        for (units, cents) in [(12_344_999, 123), (12_350_000, 124), (12_349_999, 123), (-12_350_000, -124), (0, 0)] {
            assert_eq!(Dollars::rounded(units, 7).map(Dollars::units), Some(cents), "{units}");
        }
        assert_eq!(Dollars::rounded(i128::MAX, 7), None);
        assert_eq!(Factor::rounded(1, 2), None, "there are no finer places to round");
    }

    #[test]
    fn a_number_survives_json_as_text() {
        let json = serde_json::to_string(&Rvu::new(103)).expect("text");
        assert_eq!((json.as_str(), serde_json::from_str::<Rvu>(&json).ok()), ("\"1.03\"", Some(Rvu::new(103))));
        assert!(serde_json::from_str::<Rvu>("\"1.005\"").is_err());
    }

    #[test]
    fn what_is_no_number_or_too_fine_is_refused() {
        for text in ["", ".", "-", "1.005", "1,344.00", "1e3", "NA", "1.2.3", "--1", "99999999999999999999"] {
            assert_eq!(Rvu::read(text.as_bytes()), None, "{text}");
        }
    }
}
