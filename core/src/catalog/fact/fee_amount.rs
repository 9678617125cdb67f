//! The published amounts of one code in every locality, packed, because a whole year has a million of them: 37 bytes
//! an amount, sorted by locality and modifier.
//!
//! | bytes | holds |
//! |---|---|
//! | 7 | contractor and locality |
//! | 2 | modifier; two blanks for the service as a whole |
//! | 6 × 4 | cents, big-endian: outside of and in facilities; with therapy reduction outside of and in institutions; under the OPPS cap outside of and in facilities |
//! | 4 | component, status and multiple procedure indicator as CMS writes them; 1 where the OPPS cap applies |

use super::super::{
    decimal::Dollars,
    layout::{
        pfs_amount::Row,
        pfs_indicator::{ComponentIndicator, MultipleProcedure, StatusCode},
    },
    locality::Locality,
    sheet::{Fact, Unreadable},
};
use crate::domain::code::Modifier;

/// The amounts of a code, alone or with a modifier, in a locality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeeAmount {
    /// Where.
    pub locality: Locality,
    /// None for the service as a whole.
    pub modifier: Option<Modifier>,
    /// Outside of facilities.
    pub non_facility: Dollars,
    /// In facilities.
    pub facility: Dollars,
    /// With the therapy reduction, outside of and in institutions; zero where there is none.
    pub reduced: [Dollars; 2],
    /// Under the outpatient cap, outside of and in facilities; none where it does not apply.
    pub capped: Option<[Dollars; 2]>,
    /// Professional and technical component.
    pub component: ComponentIndicator,
    /// How Medicare treats the code.
    pub status: StatusCode,
    /// A second procedure on the same day.
    pub multiple_procedure: MultipleProcedure,
}

impl FeeAmount {
    /// None when an amount is none that four bytes hold.
    #[must_use]
    pub fn of(row: &Row) -> Option<Self> {
        let amounts = [row.non_facility, row.facility, row.reduced_non_institutional, row.reduced_institutional];
        let capped = [row.opps_non_facility, row.opps_facility];
        if amounts.iter().chain(&capped).any(|amount| u32::try_from(amount.units()).is_err()) {
            return None;
        }
        Some(Self {
            locality: Locality::of(row.contractor.as_str(), row.locality.as_str())?,
            modifier: row.modifier,
            non_facility: row.non_facility,
            facility: row.facility,
            reduced: [row.reduced_non_institutional, row.reduced_institutional],
            capped: row.opps_cap.then_some(capped),
            component: row.component,
            status: row.status,
            multiple_procedure: row.multiple_procedure,
        })
    }
}

/// The bytes of one amount.
pub(in crate::catalog) const SIZE: usize = 37;

/// All amounts of a code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeeAmounts(pub Vec<FeeAmount>);

impl FeeAmounts {
    /// Those of one locality, without unpacking the others.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn within(body: &[u8], locality: Locality) -> Result<Vec<FeeAmount>, Unreadable> {
        let (amounts, rest) = body.as_chunks::<SIZE>();
        if !rest.is_empty() {
            return Err(Unreadable);
        }
        let wanted = locality.bytes();
        let start = amounts.partition_point(|amount| amount.get(..7).is_some_and(|place| place < wanted.as_slice()));
        let here = amounts.get(start..).unwrap_or_default().iter().take_while(|amount| amount.starts_with(&wanted));
        here.map(unpack).collect()
    }
}

impl Fact for FeeAmounts {
    fn to_body(&self) -> Vec<u8> {
        self.0.iter().flat_map(pack).collect()
    }

    fn from_body(body: &[u8]) -> Result<Self, Unreadable> {
        let (amounts, rest) = body.as_chunks::<SIZE>();
        if rest.is_empty() { amounts.iter().map(unpack).collect::<Result<_, _>>().map(Self) } else { Err(Unreadable) }
    }
}

/// The amount in 37 bytes, which sort by locality and modifier.
pub(in crate::catalog) fn pack(amount: &FeeAmount) -> [u8; SIZE] {
    let cents = |amount: Dollars| u32::try_from(amount.units()).unwrap_or_default().to_be_bytes();
    let [first, second] = amount.reduced;
    let [third, fourth] = amount.capped.unwrap_or_default();
    let letter = |text: &str| text.bytes().next().unwrap_or(b' ');
    let mut packed = [0; SIZE];
    let modifier = amount.modifier.map_or_else(|| "  ".to_owned(), String::from);
    let fields = amount
        .locality
        .bytes()
        .into_iter()
        .chain(modifier.bytes())
        .chain([amount.non_facility, amount.facility, first, second, third, fourth].into_iter().flat_map(cents))
        .chain([
            letter(amount.component.as_str()),
            letter(amount.status.as_str()),
            letter(amount.multiple_procedure.as_str()),
            u8::from(amount.capped.is_some()),
        ]);
    packed.iter_mut().zip(fields).for_each(|(to, from)| *to = from);
    packed
}

fn unpack(packed: &[u8; SIZE]) -> Result<FeeAmount, Unreadable> {
    let (place, rest) = packed.split_first_chunk::<7>().ok_or(Unreadable)?;
    let (modifier, rest) = rest.split_first_chunk::<2>().ok_or(Unreadable)?;
    let (cents, rest) = rest.split_first_chunk::<24>().ok_or(Unreadable)?;
    let [component, status, multiple, cap] = rest else { return Err(Unreadable) };
    let mut amounts = [Dollars::default(); 6];
    for (amount, cents) in amounts.iter_mut().zip(cents.as_chunks::<4>().0) {
        *amount = Dollars::new(i64::from(u32::from_be_bytes(*cents)));
    }
    let [non_facility, facility, first, second, third, fourth] = amounts;
    Ok(FeeAmount {
        locality: Locality::of_bytes(*place).ok_or(Unreadable)?,
        modifier: match modifier {
            b"  " => None,
            text => Some(Modifier::parse(std::str::from_utf8(text).unwrap_or_default()).map_err(|_| Unreadable)?),
        },
        non_facility,
        facility,
        reduced: [first, second],
        capped: (*cap == 1).then_some([third, fourth]),
        component: ComponentIndicator::read(&[*component]).ok_or(Unreadable)?,
        status: StatusCode::read(&[*status]).ok_or(Unreadable)?,
        multiple_procedure: MultipleProcedure::read(&[*multiple]).ok_or(Unreadable)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(locality: &str, modifier: Option<&str>, cents: i64) -> FeeAmount {
        FeeAmount {
            locality: Locality::read(locality).expect("a locality"),
            modifier: modifier.map(|text| Modifier::parse(text).expect("a modifier")),
            non_facility: Dollars::new(cents),
            facility: Dollars::new(cents - 100),
            reduced: [Dollars::new(1), Dollars::new(0)],
            capped: modifier.map(|_| [Dollars::new(7), Dollars::new(8)]),
            component: ComponentIndicator::DiagnosticTest,
            status: StatusCode::Active,
            multiple_procedure: MultipleProcedure::None,
        }
    }

    #[test]
    fn amounts_survive_their_packing_and_are_found_by_locality() {
        let all = FeeAmounts(vec![
            amount("02102-01", None, 134_405),
            amount("10112-00", None, 200),
            amount("10112-00", Some("26"), 300),
            amount("10112-01", None, 400),
        ]);
        let body = all.to_body();
        assert_eq!(body.len(), 4 * SIZE);
        assert_eq!(FeeAmounts::from_body(&body), Ok(all.clone()));
        let within = |text| FeeAmounts::within(&body, Locality::read(text).expect("a locality")).expect("readable");
        assert_eq!(within("10112-00"), all.0[1..3]);
        assert_eq!(within("10112-02"), []);
        assert_eq!(FeeAmounts::from_body(&body[1..]), Err(Unreadable));
        assert_eq!(FeeAmounts::from_body(&[b'x'; SIZE]), Err(Unreadable));
    }
}
