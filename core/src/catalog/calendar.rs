//! The publication calendar: from when a release answers, until when, what people call it, and when the next one is
//! due.
//!
//! No date is made up: a file whose names do not tell its quarter or year needs the date from the operator. Called by
//! [`super::release`], and by `codes editions` for the age of what is loaded.

use jiff::{ToSpan as _, civil::Date};

use super::{
    dataset::{Cadence, Dataset},
    interval::Interval,
};
use crate::domain::code::CodeSystem;

/// The first day that a file answers for, by its name and, for what that leaves open, the name of the ZIP around it.
/// None when they do not tell.
///
/// | names | first day |
/// |---|---|
/// | `icd10cm_order_2026`, `FY2026` | 1 October 2025: fiscal year 2026 starts then |
/// | `icd10cm-order-April-2025` | 1 April 2025 |
/// | `HCPC2020_OCT_ANWEB` | 1 October 2020 |
/// | `HCPC2019_CONTR_ANWEB` | 1 January 2019 |
/// | `ccipra-v323r0-f1` | 1 October 2026: quarters are counted from 1994 |
/// | `MCR_MUE_PractitionerServices_Eff_04-01-2026` | 1 April 2026 |
/// | `AOC_V2026Q2-MCR`, `2024q3` | the quarter's first day |
/// | `ncd-lab-2026-01` | the month's first day |
/// | `PPRRVU24_JUL`, `RVU24C`, `PFREV26B` | the quarter's first day |
#[must_use]
pub fn first_day(dataset: Dataset, names: &[&str]) -> Option<Date> {
    let words: Vec<String> = names.iter().flat_map(|name| words(name)).collect();
    if let Some(day) = words.windows(3).find_map(american) {
        return Some(day);
    }
    match dataset.cadence() {
        Cadence::FiscalYearly => fiscal(&words),
        Cadence::Frozen => words.iter().find_map(|word| year(word)).and_then(|year| Date::new(year - 1, 10, 1).ok()),
        Cadence::Yearly => words.iter().find_map(|word| year(word)).and_then(|year| Date::new(year, 1, 1).ok()),
        Cadence::Quarterly | Cadence::Irregular => {
            let numbered = words.iter().find_map(|word| version(word).or_else(|| quarter(word)));
            numbered.or_else(|| named_quarter(&words)).or_else(|| words.windows(2).find_map(month_of_year))
        }
    }
}

/// The days for which a release answers that takes effect on `from`.
///
/// HCPCS has no last day: a quarterly file dates each code itself, so it stays right until the next one is imported,
/// which then takes over from its first day. NCCI, the fee schedule and ICD-10 have one, because their next release
/// changes what an absent row means.
#[must_use]
pub fn interval(dataset: Dataset, from: Date) -> Interval {
    let to = match (dataset, dataset.cadence()) {
        (Dataset::Codes(CodeSystem::Hcpcs | CodeSystem::Modifier), _) | (_, Cadence::Irregular | Cadence::Frozen) => {
            None
        }
        (_, Cadence::Quarterly) => {
            let quarter = Date::new(from.year(), (from.month() - 1) / 3 * 3 + 1, 1).unwrap_or(from);
            quarter.checked_add(3.months()).and_then(Date::yesterday).ok()
        }
        (_, Cadence::FiscalYearly) => Date::new(fiscal_year(from), 9, 30).ok(),
        (_, Cadence::Yearly) => Date::new(from.year(), 12, 31).ok(),
    };
    Interval { from, to }
}

/// What people call the release: `HCPCS Level II 2020 October`, `ICD-10-CM FY2026`, `ICD-10-CM FY2025, April update`,
/// `NCCI PTP edits, practitioner 2024 Q3`.
#[must_use]
pub fn edition_name(dataset: Dataset, from: Date) -> String {
    let title = dataset.title();
    let on_first_of = |months: &[i8]| from.day() == 1 && months.contains(&from.month());
    match dataset.cadence() {
        Cadence::FiscalYearly if on_first_of(&[10]) => format!("{title} FY{}", fiscal_year(from)),
        Cadence::FiscalYearly if on_first_of(&[4]) => format!("{title} FY{}, April update", fiscal_year(from)),
        Cadence::FiscalYearly => format!("{title} FY{}, from {from}", fiscal_year(from)),
        Cadence::Quarterly if dataset.system().is_some() && from.day() == 1 => {
            format!("{title} {}", from.strftime("%Y %B"))
        }
        Cadence::Quarterly if on_first_of(&[1, 4, 7, 10]) => {
            format!("{title} {} Q{}", from.year(), (from.month() - 1) / 3 + 1)
        }
        Cadence::Yearly if on_first_of(&[1]) => format!("{title} {}", from.year()),
        _ => format!("{title}, from {from}"),
    }
}

/// The day on which the next release takes effect after one that did on `from`; none where there is no calendar.
#[must_use]
pub fn next_due(dataset: Dataset, from: Date) -> Option<Date> {
    match dataset.cadence() {
        Cadence::Quarterly => {
            let quarter = Date::new(from.year(), (from.month() - 1) / 3 * 3 + 1, 1).ok()?;
            quarter.checked_add(3.months()).ok()
        }
        Cadence::FiscalYearly => Date::new(fiscal_year(from), 10, 1).ok(),
        Cadence::Yearly => Date::new(from.year().checked_add(1)?, 1, 1).ok(),
        Cadence::Irregular | Cadence::Frozen => None,
    }
}

fn fiscal(words: &[String]) -> Option<Date> {
    let year = words.iter().find_map(|word| {
        let named = word.rsplit_once("fy").map(|(_, digits)| digits);
        year(word).or_else(|| year(named?).or_else(|| two_digit_year(named?)))
    })?;
    if words.iter().any(|word| matches!(word.as_str(), "april" | "apr")) {
        Date::new(year, 4, 1).ok()
    } else {
        Date::new(year - 1, 10, 1).ok()
    }
}

/// `HCPC2020_OCT_ANWEB`, `october-2026-…`, `PPRRVU24_JUL`. Before the quarterly HCPCS files there was one a year,
/// named by the year alone.
fn named_quarter(words: &[String]) -> Option<Date> {
    let attached = words.iter().find_map(|word| {
        let tail = word.strip_prefix("hcpc").or_else(|| word.strip_prefix("pprrvu"))?;
        year(tail).or_else(|| two_digit_year(tail))
    });
    let month = words.iter().find_map(|word| match word.as_str() {
        "jan" | "january" => Some(1),
        "apr" | "april" => Some(4),
        "jul" | "july" => Some(7),
        "oct" | "october" => Some(10),
        _ => None,
    });
    let month = month.or(attached.map(|_| 1))?;
    Date::new(attached.or_else(|| words.iter().find_map(|word| year(word)))?, month, 1).ok()
}

/// `v323r0`: year 1994 + 32, quarter 3 + 1, revision 0.
fn version(word: &str) -> Option<Date> {
    let digits = word.strip_prefix('v')?.split('r').next()?;
    if digits.len() != 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i16 = digits.parse().ok()?;
    let (years, quarters) = (number / 10, i8::try_from(number % 10).ok()?);
    if quarters > 3 { None } else { Date::new(1994 + years, quarters * 3 + 1, 1).ok() }
}

/// `2024q3`, `v2026q2`; `rvu24c`, `pfrev26b`, where A is January.
fn quarter(word: &str) -> Option<Date> {
    if let Some((before, after)) = word.rsplit_once('q') {
        let year = year(before.strip_prefix('v').unwrap_or(before))?;
        let quarter: i8 = after.parse().ok().filter(|quarter| (1..=4).contains(quarter))?;
        return Date::new(year, quarter * 3 - 2, 1).ok();
    }
    let tail =
        word.strip_prefix("rvu").or_else(|| word.strip_prefix("pfrev")).or_else(|| word.strip_prefix("pfall"))?;
    let letter = tail.get(2..).filter(|rest| rest.len() == 1 || rest.starts_with("ar"))?;
    let month = match letter.as_bytes().first()? {
        b'a' => 1,
        b'b' => 4,
        b'c' => 7,
        b'd' => 10,
        _ => return None,
    };
    Date::new(two_digit_year(tail.get(..2)?)?, month, 1).ok()
}

/// `2025-08`.
fn month_of_year(words: &[String]) -> Option<Date> {
    let [year_word, month] = words else { return None };
    Date::new(year(year_word)?, month.parse().ok().filter(|_| month.len() == 2)?, 1).ok()
}

/// `04-01-2026`.
fn american(words: &[String]) -> Option<Date> {
    let [month, day, year_word] = words else { return None };
    if month.len() != 2 || day.len() != 2 {
        return None;
    }
    Date::new(year(year_word)?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn fiscal_year(day: Date) -> i16 {
    if day.month() >= 10 { day.year().saturating_add(1) } else { day.year() }
}

/// The words of a file's name, small, without folders.
pub(super) fn words(name: &str) -> Vec<String> {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
    base.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Four digits, or an attached `cy2026`, `gpci2024`, `anes2026`.
fn year(word: &str) -> Option<i16> {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let attached = ["", "cy", "gpci", "anes"].contains(&&word[..word.len() - digits.len()]);
    if !attached || digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok().filter(|year| (1990..2100).contains(year))
}

fn two_digit_year(digits: &str) -> Option<i16> {
    let short: i16 = if digits.len() == 2 { digits.parse().ok()? } else { return None };
    Some(2000 + short)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{
        super::setting::Setting::{OutpatientHospital, Practitioner},
        *,
    };

    const CM: Dataset = Dataset::Codes(CodeSystem::Icd10Cm);
    const PCS: Dataset = Dataset::Codes(CodeSystem::Icd10Pcs);
    const HCPCS: Dataset = Dataset::Codes(CodeSystem::Hcpcs);
    const PTP: Dataset = Dataset::Ptp(Practitioner);

    #[test]
    fn names_tell_the_first_day() {
        for (dataset, names, expected) in [
            (CM, &["icd10cm_order_2026.txt"][..], Some(date(2025, 10, 1))),
            (CM, &["x/icd10cm-order-April-2025.txt"], Some(date(2025, 4, 1))),
            (CM, &["icd10cm_order_2025.txt", "april-2025-code-descriptions.zip"], Some(date(2025, 4, 1))),
            (CM, &["order.txt", "FY2026.zip"], Some(date(2025, 10, 1))),
            (CM, &["order.txt"], None),
            (PCS, &["icd10pcs_order_2026.txt"], Some(date(2025, 10, 1))),
            (Dataset::Icd10CmTabular, &["icd10c-tabular-April-1-2026.xml.gz"], Some(date(2026, 4, 1))),
            (Dataset::DrgWeights, &["CMS-1833-F Table 5.txt", "FY2026-FR-tables.zip"], Some(date(2025, 10, 1))),
            (Dataset::PoaExempt, &["POAexemptCodesFY26.zip"], Some(date(2025, 10, 1))),
            (HCPCS, &["HCPC2020_OCT_ANWEB.xlsx"], Some(date(2020, 10, 1))),
            (HCPCS, &["HCPC2026_JUL_ANWEB_06172026.txt"], Some(date(2026, 7, 1))),
            (HCPCS, &["HCPC2025_OCT_ANWEB_v2.txt"], Some(date(2025, 10, 1))),
            (HCPCS, &["HCPC2019_CONTR_ANWEB.txt"], Some(date(2019, 1, 1))),
            (HCPCS, &["anweb.txt", "october-2026-alpha-numeric-hcpcs-file.zip"], Some(date(2026, 10, 1))),
            (HCPCS, &["hcpcs-2024q3-derived.csv.gz"], Some(date(2024, 7, 1))),
            (HCPCS, &["anweb.txt", "2026.zip"], None),
            (HCPCS, &["anweb.txt"], None),
            (PTP, &["ccipra-v323r0-f1.TXT"], Some(date(2026, 10, 1))),
            (PTP, &["ccipra-v302r1-f4.xlsx"], Some(date(2024, 7, 1))),
            (PTP, &["ncci-ptp-practitioner-2024q3.tsv.gz"], Some(date(2024, 7, 1))),
            (PTP, &["ccipra-v329r0-f1.txt"], None),
            (Dataset::Mue(Practitioner), &["MCR_MUE_PractitionerServices_Eff_04-01-2026.csv"], Some(date(2026, 4, 1))),
            (Dataset::Mue(OutpatientHospital), &["mue.csv", "medicare-ncci-2026-q2-mue-tables.zip"], None),
            (Dataset::AddOn, &["AOC_V2026Q2-MCR.txt"], Some(date(2026, 4, 1))),
            (Dataset::RelativeValues, &["PPRRVU24_JUL-derived.csv.gz"], Some(date(2024, 7, 1))),
            (Dataset::RelativeValues, &["PPRRVU2026_Oct_nonQPP.csv"], Some(date(2026, 10, 1))),
            (Dataset::FeeAmounts, &["PFREV26B_nonQP.zip"], Some(date(2026, 4, 1))),
            (Dataset::LabNcd, &["ncd-lab-2026-01-cr-icd10.csv"], Some(date(2026, 1, 1))),
            (Dataset::Gpci, &["GPCI2024-derived.csv.gz"], Some(date(2024, 1, 1))),
            (Dataset::AnesthesiaFactors, &["ANES2026.csv"], Some(date(2026, 1, 1))),
            (Dataset::GemForward, &["2018_I9gem.txt"], Some(date(2017, 10, 1))),
        ] {
            assert_eq!(first_day(dataset, names), expected, "{names:?}");
        }
    }

    #[test]
    fn a_release_answers_for_its_own_time() {
        for (dataset, from, to, name) in [
            (CM, date(2025, 10, 1), Some(date(2026, 9, 30)), "ICD-10-CM FY2026"),
            (CM, date(2025, 4, 1), Some(date(2025, 9, 30)), "ICD-10-CM FY2025, April update"),
            (CM, date(2025, 1, 15), Some(date(2025, 9, 30)), "ICD-10-CM FY2025, from 2025-01-15"),
            (PCS, date(2025, 10, 1), Some(date(2026, 9, 30)), "ICD-10-PCS FY2026"),
            (HCPCS, date(2020, 10, 1), None, "HCPCS Level II 2020 October"),
            (HCPCS, date(2020, 10, 5), None, "HCPCS Level II, from 2020-10-05"),
            (Dataset::Codes(CodeSystem::Modifier), date(2020, 10, 1), None, "HCPCS Level II modifiers 2020 October"),
            (PTP, date(2024, 7, 1), Some(date(2024, 9, 30)), "NCCI PTP edits, practitioner 2024 Q3"),
            (Dataset::Mue(Practitioner), date(2026, 4, 1), Some(date(2026, 6, 30)), "MUE, practitioner 2026 Q2"),
            (Dataset::Gpci, date(2024, 1, 1), Some(date(2024, 12, 31)), "Geographic practice cost indices 2024"),
        ] {
            assert_eq!(interval(dataset, from), Interval { from, to });
            assert_eq!(edition_name(dataset, from), name);
        }
    }

    #[test]
    fn the_next_release_is_due_by_the_calendar() {
        assert_eq!(next_due(HCPCS, date(2020, 10, 5)), Some(date(2021, 1, 1)));
        assert_eq!(next_due(CM, date(2025, 4, 1)), Some(date(2025, 10, 1)));
        assert_eq!(next_due(Dataset::Gpci, date(2024, 1, 1)), Some(date(2025, 1, 1)));
        assert_eq!(next_due(Dataset::GemForward, date(2017, 10, 1)), None);
    }
}
