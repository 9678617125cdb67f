//! Files as they are published, cut short and spoilt, read into rows.

use std::io::Cursor;

use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::{
    catalog::{
        Interval, Setting, TextSource,
        fact::ptp::PtpEdits,
        layout::rejected::Reason,
        release::{Said, plan},
        release_zip::tests::zip_of,
        sheet::Fact as _,
    },
    domain::{code::CodeSystem, digest::Digest, ids::EditionId, instant::Instant},
};

type Outcome = Result<(Release, Vec<Entry>, Report), Box<dyn std::error::Error>>;
type Tested = Result<(), Box<dyn std::error::Error>>;

fn order(codes: &[&str]) -> String {
    codes.iter().enumerate().map(|(n, code)| format!("{n:05} {code:<7} 1 {:<60} Long title\r\n", "Short")).collect()
}

fn editions(release: &Release, datasets: &[Dataset]) -> Vec<Edition> {
    let id = |n: usize| EditionId::new(Uuid::from_u128(n as u128));
    let made = datasets
        .iter()
        .enumerate()
        .map(|(n, dataset)| release.edition(*dataset, id(n), "file", Digest::of(b""), Instant::from_micros(0)));
    made.collect()
}

/// All that is read of one file, into these editions or all of its.
fn read(bytes: &[u8], release: &Release, editions: &[Edition]) -> Result<(Vec<Row>, Report), ImportError> {
    let mut rows = Vec::new();
    let mut take = |row| {
        rows.push(row);
        ControlFlow::Continue(())
    };
    let mut reading = Reading::new(release.layout, editions, &mut take);
    reading.file(release, Cursor::new(bytes))?;
    let report = reading.finish()?;
    Ok((rows, report))
}

fn only(name: &str, bytes: &[u8]) -> Result<Release, Box<dyn std::error::Error>> {
    let mut releases = plan(name, Cursor::new(bytes), Said::default())?;
    assert_eq!(releases.len(), 1);
    releases.pop().ok_or_else(|| "no release".into())
}

fn import(name: &str, bytes: &[u8]) -> Outcome {
    let release = only(name, bytes)?;
    let editions = editions(&release, &release.datasets);
    let (rows, report) = read(bytes, &release, &editions)?;
    let entries = rows.into_iter().filter_map(|row| if let Row::Entry(entry) = row { Some(entry) } else { None });
    Ok((release, entries.collect(), report))
}

const HCPCS: &[u8] = b"***Disclaimers\r\n   RT001007Right side\r\nA0021001003Ambulance\r\n";

#[test]
fn an_order_file_becomes_entries_of_its_year() -> Tested {
    let text = order(&["A000", "A001"]);
    for (name, bytes) in [
        ("icd10cm_order_2026.txt", text.clone().into_bytes()),
        ("2026-code-descriptions.zip", zip_of(&[("icd10cm_order_2026.txt", text.as_bytes()), ("a.pdf", b"%PDF")])),
    ] {
        let (release, entries, report) = import(name, &bytes)?;
        assert_eq!(release.effective, Interval { from: date(2025, 10, 1), to: Some(date(2026, 9, 30)) });
        assert_eq!((report.total(), report.rejected), (2, 0));
        assert_eq!(entries[1].code.as_str(), "A00.1");
        assert_eq!(entries[1].valid, release.effective);
        assert_eq!(entries[1].title.source, TextSource::Public);
    }
    Ok(())
}

#[test]
fn one_hcpcs_file_fills_two_editions() -> Tested {
    let (release, entries, report) = import("HCPC2020_OCT_ANWEB.txt", HCPCS)?;
    let names: Vec<String> = editions(&release, &release.datasets).into_iter().map(|e| e.name).collect();
    assert_eq!(names, ["HCPCS Level II 2020 October", "HCPCS Level II modifiers 2020 October"]);
    assert_eq!(
        report.rows,
        BTreeMap::from([(Dataset::Codes(CodeSystem::Hcpcs), 1), (Dataset::Codes(CodeSystem::Modifier), 1)])
    );
    assert_ne!(entries[0].edition, entries[1].edition);
    // A code without an added date is known from the edition's first day on.
    assert_eq!(entries[1].valid, Interval { from: date(2020, 10, 1), to: None });
    Ok(())
}

#[test]
fn a_code_set_that_is_not_wanted_is_passed_over() -> Tested {
    let release = only("HCPC2020_OCT_ANWEB.txt", HCPCS)?;
    let modifiers = editions(&release, &[Dataset::Codes(CodeSystem::Modifier)]);
    let (rows, report) = read(HCPCS, &release, &modifiers)?;
    assert!(matches!(&rows[..], [Row::Entry(entry)] if entry.code.as_str() == "RT"));
    assert_eq!(report.total(), 1);
    Ok(())
}

#[test]
fn a_zip_cut_short_or_with_a_damaged_member_gives_an_error() {
    let whole = zip_of(&[("icd10cm_order_2026.txt", order(&["A000"; 500]).as_bytes())]);
    assert!(import("x.zip", &whole[..whole.len() - 30]).is_err());
    let mut flipped = whole;
    for byte in flipped.iter_mut().skip(80).take(8) {
        *byte ^= 0x55;
    }
    assert!(import("x.zip", &flipped).is_err());
}

#[test]
fn a_spreadsheet_that_is_none_gives_an_error() {
    let fake = zip_of(&[("xl/workbook.xml", b"<nothing/>")]);
    assert!(import("HCPC2020_OCT_ANWEB.xlsx", &fake).is_err());
}

#[test]
fn the_first_of_two_equal_codes_is_taken() -> Tested {
    let codes: Vec<String> = (0..40).map(|n| format!("A0{n:02}")).chain(["A000".to_owned()]).collect();
    let text = order(&codes.iter().map(String::as_str).collect::<Vec<_>>());
    let (_, entries, report) = import("icd10cm_order_2026.txt", text.as_bytes())?;
    assert_eq!((entries.len(), report.rejected), (40, 1));
    assert_eq!(report.first_rejected, [Rejected { line: 41, reason: Reason::Twice }]);
    Ok(())
}

#[test]
fn a_file_that_lost_its_columns_is_refused_whole() {
    let text = order(&["A000", "A001"]) + "00003 A0021 Short Long\r\n";
    let failure = import("icd10cm_order_2026.txt", text.as_bytes()).expect_err("a third is broken");
    assert_eq!(
        failure.to_string(),
        "1 of 3 lines do not fit the layout, so nothing was taken in; the first: line 3: the columns do not fit \
         the layout"
    );
}

#[test]
fn breaking_off_is_not_success() -> Tested {
    let text = order(&["A000", "A001"]);
    let release = only("icd10cm_order_2026.txt", text.as_bytes())?;
    let editions = editions(&release, &release.datasets);
    let mut take = |_| ControlFlow::Break(());
    let mut reading = Reading::new(release.layout, &editions, &mut take);
    reading.file(&release, Cursor::new(&text))?;
    assert!(matches!(reading.finish(), Err(ImportError::Stopped)));
    Ok(())
}

const PTP: &str = "Column 1\tColumn 2\t*=in existence prior to 1996\tEffective Date\tDeletion Date *=no data\t\
                   Modifier 0=not allowed 1=allowed 9=not applicable\tPTP Edit Rationale\r\n";

fn part(number: u8, rows: &str) -> (String, Vec<u8>) {
    (format!("ccipra-v302r0-f{number}.txt"), format!("{PTP}{rows}").into_bytes())
}

/// All parts of a PTP release, as its sheets.
fn edits(parts: &[(String, Vec<u8>)]) -> Result<(Vec<Sheet>, Report), Box<dyn std::error::Error>> {
    let releases: Vec<Release> = parts.iter().map(|(name, bytes)| only(name, bytes)).collect::<Result<_, _>>()?;
    let first = releases.first().ok_or("no part")?;
    let editions = editions(first, &first.datasets);
    let mut sheets = Vec::new();
    let mut take = |row| {
        if let Row::Sheet(sheet) = row {
            sheets.push(sheet);
        }
        ControlFlow::Continue(())
    };
    let mut reading = Reading::new(first.layout, &editions, &mut take);
    for (release, (_, bytes)) in releases.iter().zip(parts) {
        reading.file(release, Cursor::new(bytes))?;
    }
    let report = reading.finish()?;
    Ok((sheets, report))
}

#[test]
fn the_parts_of_a_release_become_one_sheet_a_code() -> Tested {
    let first = "11111\t33333\t\t20100101\t*\t1\tMore extensive procedure\r\n\
                 11111\t22222\t*\t19960101\t20091231\t0\tMore extensive procedure\r\n";
    let second = "11111\t22222\t\t20120101\t*\t1\tA new reason\r\nA1111\t22222\t\t\t*\t0\tLaboratory panel\r\n";
    let parts = [part(1, first), part(2, second)];
    assert_eq!(only(&parts[1].0, &parts[1].1)?.part, Some(2));
    let (sheets, report) = edits(&parts)?;
    assert_eq!(report.rows, BTreeMap::from([(Dataset::Ptp(Setting::Practitioner), 4)]));
    assert_eq!(sheets.iter().map(|sheet| sheet.key.as_str()).collect::<Vec<_>>(), ["11111", "A1111"]);
    let PtpEdits(edits) = PtpEdits::from_body(&sheets[0].body)?;
    assert_eq!(edits.iter().map(|edit| edit.column_2.as_str()).collect::<Vec<_>>(), ["22222", "22222", "33333"]);
    assert_eq!(edits[0].deleted, Some(date(2009, 12, 31)));
    assert!(report.remarks.iter().any(|remark| remark.contains("A new reason")), "{:?}", report.remarks);
    assert!(report.remarks.iter().any(|remark| remark.contains("no effective date")), "{:?}", report.remarks);
    Ok(())
}

#[test]
fn a_table_that_contradicts_itself_is_refused() {
    let rows = "11111\t22222\t\t20100101\t*\t1\tSequential procedure\r\n\
                22222\t11111\t\t20100101\t*\t1\tSequential procedure\r\n";
    let failure = edits(&[part(1, rows)]).expect_err("both orders").to_string();
    assert!(failure.contains("11111 with 22222") && failure.contains("both orders"), "{failure}");
}

proptest::proptest! {
    /// Whatever stands in a file: an answer, never a panic.
    #[test]
    fn any_bytes_are_read_or_refused(
        bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..600),
        at in 0..400_usize,
    ) {
        let mut spoilt = [HCPCS, order(&["A000", "A001"]).as_bytes()].concat();
        let at = at.min(spoilt.len());
        spoilt.splice(at..at, bytes.iter().copied());
        let zip = zip_of(&[("icd10cm_order_2026.txt", &spoilt)]);
        let book = zip_of(&[("xl/workbook.xml", &bytes)]);
        for file in [&bytes, &spoilt, &zip, &book] {
            for name in ["icd10cm_order_2026.txt", "HCPC2020_OCT_ANWEB.txt"] {
                let _ = import(name, file);
            }
        }
    }
}
