//! What a file is: by its first bytes the layout, by its name the day from which it answers.
//!
//! The name alone never decides the layout, as files get renamed; and no date is made up: a file whose name does not
//! tell its quarter or year needs the date from the operator.

use std::io::{self, BufRead};

use jiff::civil::Date;

use super::{
    interval::Interval,
    layout::{hcpcs_text, icd10_order, lines::Lines},
};
use crate::domain::code::CodeSystem;

/// A layout that has a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// [`hcpcs_text`].
    HcpcsText,
    /// [`super::layout::hcpcs_xlsx`].
    HcpcsXlsx,
    /// [`icd10_order`], diagnoses.
    Icd10CmOrder,
    /// [`icd10_order`], procedures.
    Icd10PcsOrder,
}

impl Layout {
    /// The code sets that a file of this layout carries. HCPCS files carry the modifiers too.
    #[must_use]
    pub const fn systems(self) -> &'static [CodeSystem] {
        match self {
            Self::HcpcsText | Self::HcpcsXlsx => &[CodeSystem::Hcpcs, CodeSystem::Modifier],
            Self::Icd10CmOrder => &[CodeSystem::Icd10Cm],
            Self::Icd10PcsOrder => &[CodeSystem::Icd10Pcs],
        }
    }

    /// Who publishes it. CMS passes the ICD-10-CM files of CDC/NCHS on.
    #[must_use]
    pub const fn publisher(self) -> &'static str {
        match self {
            Self::Icd10CmOrder => "CDC/NCHS",
            Self::HcpcsText | Self::HcpcsXlsx | Self::Icd10PcsOrder => "CMS",
        }
    }

    const fn is_hcpcs(self) -> bool {
        matches!(self, Self::HcpcsText | Self::HcpcsXlsx)
    }
}

/// The layout of a text file, by its first lines.
///
/// # Errors
/// What the reader says.
pub fn layout_of_text<R: BufRead>(reader: R) -> io::Result<Option<Layout>> {
    /// Disclaimers before the first record have taken ten lines so far.
    const LOOK_AT: u64 = 64;
    let mut lines = Lines::new(reader.take(LOOK_AT * 4096));
    while let Some(line) = lines.advance()? {
        match icd10_order::system_of(line) {
            Some(CodeSystem::Icd10Cm) => return Ok(Some(Layout::Icd10CmOrder)),
            Some(_) => return Ok(Some(Layout::Icd10PcsOrder)),
            None => {}
        }
        if hcpcs_text::is_record(line) {
            return Ok(Some(Layout::HcpcsText));
        }
        if line.number >= LOOK_AT {
            break;
        }
    }
    Ok(None)
}

/// The first day that a file answers for, by its name and, for what that leaves open, the name of the ZIP around it:
/// `icd10cm_order_2026` 1 October 2025, `icd10cm-order-April-2025` 1 April 2025, `HCPC2020_OCT_ANWEB` 1 October 2020,
/// `HCPC2019_CONTR_ANWEB` 1 January 2019. None when they do not tell.
#[must_use]
pub fn first_day(layout: Layout, names: &[&str]) -> Option<Date> {
    let words: Vec<String> = names.iter().flat_map(|name| words(name)).collect();
    if layout.is_hcpcs() {
        let named = words.iter().find_map(|word| year(word.strip_prefix("hcpc")?));
        let month = words.iter().find_map(|word| match word.as_str() {
            "jan" | "january" => Some(1),
            "apr" | "april" => Some(4),
            "jul" | "july" => Some(7),
            "oct" | "october" => Some(10),
            _ => None,
        });
        // Before the quarterly files there was one a year, named by the year alone.
        let month = month.or(named.map(|_| 1))?;
        return Date::new(named.or_else(|| words.iter().find_map(|word| year(word)))?, month, 1).ok();
    }
    let year = words.iter().find_map(|word| year(word.strip_prefix("fy").unwrap_or(word)))?;
    if words.iter().any(|word| word == "april" || word == "apr") {
        Date::new(year, 4, 1).ok()
    } else {
        // Fiscal year 2026 starts on 1 October 2025.
        Date::new(year - 1, 10, 1).ok()
    }
}

/// The days for which a file answers that takes effect on `from`.
///
/// ICD-10: until the fiscal year ends on 30 September. HCPCS: without end. A quarterly file gives the first and last
/// day of each code, so it stays right until the next one is imported, which then takes over from its first day.
#[must_use]
pub fn interval(layout: Layout, from: Date) -> Interval {
    let to = if layout.is_hcpcs() { None } else { Date::new(fiscal_year(from), 9, 30).ok() };
    Interval { from, to }
}

/// What people call that release of that code set: `HCPCS Level II 2020 October`, `ICD-10-CM FY2026`,
/// `ICD-10-CM FY2025, April update`.
#[must_use]
pub fn edition_name(layout: Layout, system: CodeSystem, from: Date) -> String {
    let first_of = |month| from.month() == month && from.day() == 1;
    if layout.is_hcpcs() {
        let set = if system == CodeSystem::Modifier { "HCPCS Level II modifiers" } else { "HCPCS Level II" };
        return if from.day() == 1 {
            format!("{set} {}", from.strftime("%Y %B"))
        } else {
            format!("{set}, from {from}")
        };
    }
    let year = fiscal_year(from);
    match (first_of(10), first_of(4)) {
        (true, _) => format!("{system} FY{year}"),
        (_, true) => format!("{system} FY{year}, April update"),
        _ => format!("{system} FY{year}, from {from}"),
    }
}

fn fiscal_year(day: Date) -> i16 {
    if day.month() >= 10 { day.year().saturating_add(1) } else { day.year() }
}

/// The words of a file's name, small, without folders.
fn words(name: &str) -> Vec<String> {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
    base.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn year(word: &str) -> Option<i16> {
    let year = if word.len() == 4 { word.parse().ok()? } else { return None };
    (1990..2100).contains(&year).then_some(year)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn names_tell_the_first_day() {
        use Layout::{HcpcsText, HcpcsXlsx, Icd10CmOrder, Icd10PcsOrder};
        for (layout, names, expected) in [
            (Icd10CmOrder, &["icd10cm_order_2026.txt"][..], Some(date(2025, 10, 1))),
            (Icd10CmOrder, &["x/icd10cm-order-April-2025.txt"], Some(date(2025, 4, 1))),
            (Icd10CmOrder, &["icd10cm_order_2025.txt", "april-2025-code-descriptions.zip"], Some(date(2025, 4, 1))),
            (Icd10CmOrder, &["order.txt", "FY2026.zip"], Some(date(2025, 10, 1))),
            (Icd10CmOrder, &["order.txt"], None),
            (Icd10PcsOrder, &["icd10pcs_order_2026.txt"], Some(date(2025, 10, 1))),
            (HcpcsXlsx, &["HCPC2020_OCT_ANWEB.xlsx"], Some(date(2020, 10, 1))),
            (HcpcsText, &["HCPC2026_JUL_ANWEB_06172026.txt"], Some(date(2026, 7, 1))),
            (HcpcsText, &["HCPC2025_OCT_ANWEB_v2.txt"], Some(date(2025, 10, 1))),
            (HcpcsText, &["HCPC2019_CONTR_ANWEB.txt"], Some(date(2019, 1, 1))),
            (HcpcsText, &["anweb.txt", "october-2026-alpha-numeric-hcpcs-file.zip"], Some(date(2026, 10, 1))),
            (HcpcsText, &["anweb.txt", "2026.zip"], None),
            (HcpcsText, &["anweb.txt"], None),
        ] {
            assert_eq!(first_day(layout, names), expected, "{names:?}");
        }
    }

    #[test]
    fn a_fiscal_year_ends_in_september_and_a_quarter_with_the_next_edition() {
        for (layout, from, to, name) in [
            (Layout::Icd10CmOrder, date(2025, 10, 1), Some(date(2026, 9, 30)), "ICD-10-CM FY2026"),
            (Layout::Icd10CmOrder, date(2025, 4, 1), Some(date(2025, 9, 30)), "ICD-10-CM FY2025, April update"),
            (Layout::Icd10CmOrder, date(2025, 1, 15), Some(date(2025, 9, 30)), "ICD-10-CM FY2025, from 2025-01-15"),
            (Layout::Icd10PcsOrder, date(2025, 10, 1), Some(date(2026, 9, 30)), "ICD-10-PCS FY2026"),
            (Layout::HcpcsText, date(2020, 10, 1), None, "HCPCS Level II 2020 October"),
            (Layout::HcpcsText, date(2020, 10, 5), None, "HCPCS Level II, from 2020-10-05"),
        ] {
            assert_eq!(interval(layout, from), Interval { from, to });
            let system = layout.systems()[0];
            assert_eq!(edition_name(layout, system, from), name);
        }
        let modifiers = edition_name(Layout::HcpcsText, CodeSystem::Modifier, date(2020, 10, 1));
        assert_eq!(modifiers, "HCPCS Level II modifiers 2020 October");
    }

    #[test]
    fn the_first_lines_tell_the_layout_whatever_the_name() {
        let cm = format!("00001 A00     0 {:<60} Cholera\r\n", "Cholera");
        let pcs = format!("00001 001     0 {:<60} Central Nervous System, Bypass\r\n", "Bypass");
        let hcpcs = "***Disclaimers\t\t\r\n\r\n   A1001007Dressing for one wound\r\n";
        let codes_file = "A000    Cholera due to Vibrio cholerae 01, biovar cholerae\r\n";
        let addenda = "Delete:      1 B880    Other acariasis\r\n";
        for (text, expected) in [
            (cm.as_str(), Some(Layout::Icd10CmOrder)),
            (pcs.as_str(), Some(Layout::Icd10PcsOrder)),
            (hcpcs, Some(Layout::HcpcsText)),
            (codes_file, None),
            (addenda, None),
            ("column 1\tcolumn 2\n99213\t20610\n", None),
            ("", None),
        ] {
            assert_eq!(layout_of_text(text.as_bytes()).ok(), Some(expected), "{text}");
        }
    }
}
