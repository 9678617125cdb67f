//! ICD-10-CM of April 2025 (CDC's ZIP) and of fiscal year 2026 (CMS's ZIP).

use caseconsult_core::{
    catalog::{Interval, Standing, starter},
    domain::code::{Code, CodeSystem},
};
use jiff::civil::date;

use super::codesets::{self, Taken};

fn counts(taken: &Taken) -> (usize, usize, u64) {
    let billable = taken.entries.iter().filter(|entry| entry.billable).count();
    (billable, taken.entries.len() - billable, taken.report.rejected)
}

#[test]
fn fiscal_year_2026_is_complete() {
    let Some(taken) = codesets::fiscal_year_2026() else { return };
    assert_eq!(taken.release.member.as_deref(), Some("icd10cm_order_2026.txt"));
    assert_eq!(taken.release.effective, Interval { from: date(2025, 10, 1), to: Some(date(2026, 9, 30)) });
    assert_eq!(counts(taken), (74_719, 23_467, 0));
    assert_eq!(taken.entries.iter().map(|entry| entry.title.text.chars().count()).max(), Some(228));
    let full = taken.entries.iter().filter(|entry| entry.short_title.chars().count() == 60).count();
    assert_eq!(full, 9615, "short titles that fill all 60 columns");
}

#[test]
fn april_2025_is_complete() {
    let Some(taken) = codesets::april_2025() else { return };
    assert_eq!(taken.editions.first().map(|edition| edition.name.as_str()), Some("ICD-10-CM FY2025, April update"));
    assert_eq!(counts(taken), (74_260, 23_324, 0));
}

#[test]
fn the_year_turns_on_the_first_of_october() {
    let (Some(before), Some(after)) = (codesets::april_2025(), codesets::fiscal_year_2026()) else { return };
    let shelf = codesets::shelf(&[before, after]);
    let (last, first) = (date(2025, 9, 30), date(2025, 10, 1));
    let mut turned = 0;
    let mut ended = 0;
    for entry in before.entries.iter().filter(|entry| entry.billable) {
        assert!(matches!(shelf.standing(entry.system, &entry.code, last), Standing::InForce { .. }));
        match shelf.standing(entry.system, &entry.code, first) {
            Standing::InForce { .. } => {}
            Standing::Header { .. } => turned += 1,
            Standing::Ended { entry, .. } => {
                assert_eq!(entry.valid.to, Some(last));
                ended += 1;
            }
            other => panic!("{}: {other:?}", entry.code),
        }
    }
    assert_eq!((turned, ended), (16, 12), "billable codes that became headers, and deleted ones");
    let added = after.entries.iter().filter(|entry| {
        entry.billable && matches!(shelf.standing(entry.system, &entry.code, last), Standing::NotYet { .. })
    });
    assert_eq!(added.count(), 487);
}

#[test]
fn the_starter_catalogue_has_the_published_titles() {
    for (published, day) in
        [(codesets::april_2025(), date(2025, 9, 30)), (codesets::fiscal_year_2026(), date(2025, 10, 1))]
    {
        let Some(published) = published else { return };
        let mut compared = 0;
        for entry in &published.entries {
            let system = CodeSystem::Icd10Cm;
            let starter = starter().standing(system, &Code::normal(system, entry.code.as_str()), day);
            let (Standing::InForce { entry: ours, .. } | Standing::Header { entry: ours, .. }) = starter else {
                continue;
            };
            assert_eq!((&ours.title, ours.billable), (&entry.title, entry.billable), "{}", entry.code);
            compared += 1;
        }
        assert!(compared >= 90, "{compared}");
    }
}
