//! The ICD-10-CM tabular list of April 2026, against itself and against the codes of fiscal year 2026.

use std::{
    collections::{HashMap, HashSet},
    ops::ControlFlow,
    sync::OnceLock,
};

use caseconsult_core::{
    catalog::{
        fact::tabular,
        layout::icd10cm_tabular::{self, Name, NoteKind, Row},
        notes::{self, Only, Reading, Reference, Tree},
    },
    domain::code::{Code, CodeSystem},
};

use super::codesets;

const PATH: &str = "icd10cm/icd10c-tabular-April-1-2026.xml.gz";

fn tree() -> Option<&'static Tree> {
    static TREE: OnceLock<Option<Tree>> = OnceLock::new();
    let read = || {
        let bytes = codesets::unpacked(PATH)?;
        let mut rows = Vec::new();
        let version = icd10cm_tabular::read(&bytes[..], &mut |row| {
            rows.push(row.expect("no entry is refused"));
            ControlFlow::Continue(())
        });
        assert_eq!(version.expect("read to its end"), "2026");
        Some(Tree::new(rows))
    };
    TREE.get_or_init(read).as_ref()
}

fn code(text: &str) -> Code {
    Code::normal(CodeSystem::Icd10Cm, text)
}

#[test]
fn every_chapter_section_code_and_note_is_read() {
    let Some(tree) = tree() else { return };
    let count = |test: fn(&Row) -> bool| tree.rows().iter().filter(|row| test(row)).count();
    assert_eq!(count(|row| matches!(row.name, Name::Chapter(_))), 22);
    assert_eq!(count(|row| matches!(row.name, Name::Section { .. })), 297);
    assert_eq!(count(|row| matches!(row.name, Name::Code(_))), 46_881);
    assert_eq!(count(|row| row.placeholder), 246);
    assert_eq!(count(|row| !row.seventh.is_empty()), 508);
    assert_eq!(tree.rows().iter().map(|row| row.seventh.len()).sum::<usize>(), 1790);
    let mut groups: HashMap<&str, (usize, usize)> = HashMap::new();
    for group in tree.rows().iter().flat_map(|row| &row.notes) {
        let (held, notes) = groups.entry(group.kind.as_str()).or_default();
        *held += 1;
        *notes += group.notes.len();
    }
    for (kind, expected) in [
        ("inclusionTerm", (6809, 12_574)),
        ("includes", (415, 1024)),
        ("excludes1", (2644, 5407)),
        ("excludes2", (1165, 2520)),
        ("codeFirst", (363, 809)),
        ("useAdditionalCode", (844, 1485)),
        ("codeAlso", (320, 655)),
        ("notes", (86, 180)),
        ("sevenChrNote", (508, 508)),
    ] {
        assert_eq!(groups.get(kind), Some(&expected), "{kind}: groups and notes");
    }
}

#[test]
fn every_code_of_the_year_is_listed_or_finds_its_stem() {
    let (Some(tree), Some(year)) = (tree(), codesets::fiscal_year_2026()) else { return };
    let known: HashSet<&Code> = year.entries.iter().map(|entry| &entry.code).collect();
    let listed: HashSet<&Code> = tree
        .rows()
        .iter()
        .filter_map(|row| match &row.name {
            Name::Code(code) => Some(code),
            _ => None,
        })
        .collect();
    assert!(listed.is_subset(&known), "every code of the list is in the order file");
    let expanded = year.entries.iter().filter(|entry| entry.billable && !listed.contains(&entry.code));
    let mut count = 0;
    for entry in expanded {
        let stem = tree.stem(&entry.code).unwrap_or_else(|| panic!("{} has no stem", entry.code));
        assert!(matches!(&stem.name, Name::Code(stem) if entry.code.as_str().starts_with(stem.as_str())));
        assert!(tree.seventh(&entry.code).is_some(), "{}: its 7th character is defined", entry.code);
        count += 1;
    }
    assert_eq!(count, 51_305);
}

/// Counting by hand, 3,554 plain codes, 1,770 stems and 277 ranges stand in parentheses by themselves. The reader also
/// takes those that stand without parentheses, with a comma missing, or with words that narrow them.
#[test]
fn nearly_every_excludes1_note_can_be_read() {
    let Some(tree) = tree() else { return };
    let groups = tree.rows().iter().flat_map(|row| &row.notes).filter(|group| group.kind == NoteKind::Excludes1);
    let (mut exact, mut stems, mut ranges, mut narrowed, mut words, mut prose) = (0, 0, 0, 0, 0, 0);
    for note in groups.flat_map(|group| &group.notes) {
        let reading = notes::read(&note.text);
        prose += usize::from(reading == Reading::Prose);
        for cited in reading.cited() {
            match &cited.only {
                None => {}
                Some(Only::Words) => words += 1,
                Some(_) => narrowed += 1,
            }
            match cited.reference {
                Reference::Exact(_) => exact += 1,
                Reference::Stem(_) => stems += 1,
                Reference::Range { .. } => ranges += 1,
            }
        }
    }
    assert_eq!((exact, stems, ranges), (3564, 1810, 321));
    assert_eq!((narrowed, words), (47, 4), "references that words narrow, and those that only a person can decide");
    assert_eq!(prose, 128, "of 5,407 notes");
}

/// A reference that names a code of the year, or one with codes below it.
#[test]
fn the_references_lead_to_codes_of_the_list() {
    let Some(tree) = tree() else { return };
    let known = |code: &Code| tree.stem(code).is_some();
    let mut lost = Vec::new();
    for row in tree.rows() {
        for note in row.notes.iter().filter(|group| group.kind == NoteKind::Excludes1).flat_map(|group| &group.notes) {
            for cited in notes::read(&note.text).cited() {
                let found = match &cited.reference {
                    Reference::Exact(code) | Reference::Stem(code) => known(code),
                    Reference::Range { first, last } => known(first) && known(last),
                };
                if !found {
                    lost.push(format!("{} in {:?}", cited.reference, note.text));
                }
            }
        }
    }
    // R10.4 has gone; the note was not changed.
    assert_eq!(lost, ["R10.1-R10.4 in \"localized abdominal pain (R10.1-R10.4-)\""]);
}

#[test]
fn known_conflicts_are_found_with_the_note_that_says_so() {
    let Some(tree) = tree() else { return };
    let found = |a: &str, b: &str| -> Vec<String> {
        let told = |mention: &notes::Mention<'_>| {
            let at = match &mention.at.name {
                Name::Chapter(number) => format!("chapter {number}"),
                Name::Section { first, last } => format!("{first}-{last}"),
                Name::Code(code) => code.to_string(),
            };
            format!("{at}: {}{}", mention.cited.reference, if mention.certain { "" } else { "?" })
        };
        tree.excludes1(&code(a), &code(b)).iter().map(told).collect()
    };
    assert_eq!(found("E11.9", "E10.9"), ["E11: E10.-", "E10: E11.-"]);
    assert_eq!(found("N39.0", "I10"), Vec::<String>::new());
    assert_eq!(found("J45.909", "J44.9"), Vec::<String>::new(), "excludes2");
    // Inherited by a 7th-character expansion from its category.
    assert_eq!(found("S06.0X1A", "S09.90XA"), ["S06: S09.90"]);
}

/// The sheets of two codes alone say of them what the whole list says, for the first code that each note points to.
#[test]
fn a_part_of_the_list_answers_as_the_whole() {
    let Some(tree) = tree() else { return };
    let mut compared = 0;
    for row in tree.rows().iter().step_by(7) {
        let Name::Code(bound) = &row.name else { continue };
        let excludes = row.notes.iter().filter(|group| group.kind == NoteKind::Excludes1);
        for cited in excludes.flat_map(|group| &group.notes).flat_map(|note| notes::read(&note.text).cited().to_vec()) {
            let (Reference::Exact(other) | Reference::Stem(other) | Reference::Range { last: other, .. }) =
                &cited.reference;
            let keys: HashSet<String> = tabular::keys(bound).into_iter().chain(tabular::keys(other)).collect();
            let rows = keys.iter().filter_map(|key| tree.stem(&code(key)).filter(|row| row.name.words() == *key));
            let part = Tree::part(rows.map(|row| tree.listed(row)));
            assert_eq!(part.excludes1(bound, other), tree.excludes1(bound, other), "{bound} and {other}");
            compared += 1;
        }
    }
    assert!(compared > 500, "{compared}");
}
