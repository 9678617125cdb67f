//! Tables: what stands under a heading that names an identifier. `Name | DOB | MRN`, `id,age,sex,code`, or columns held
//! apart by tabs or blanks.
//!
//! The first line whose cells are all short and of which two are known headings rules the lines below it, as long as
//! they have the same number of cells. A cell that is a code, or that does not look like what its heading says, stays.

use super::{
    age,
    found::Confidence::Certain,
    ground::{Ground, Shape},
    hits::Hits,
    kind::Identifier::{
        self, Account, Address, Age, Date, Device, Email, HealthPlan, Licence, MedicalRecord, Name, Number, Phone, Ssn,
        Vehicle, Zip,
    },
};

/// What parts the cells of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Char(char),
    /// A sign between blanks: " / ", " - ".
    Spaced(char),
    /// Two blanks or more.
    Blanks,
}

impl Mark {
    /// How many of it stand between two words.
    fn count(self, gap: &str) -> usize {
        match self {
            Self::Char(mark) => gap.matches(mark).count(),
            Self::Spaced(mark) => usize::from(gap.contains(mark) && gap.starts_with(' ') && gap.ends_with(' ')),
            Self::Blanks => usize::from(gap.contains("  ")),
        }
    }
}

/// Words of headings, and what stands below them; the first that fits a cell is what it says.
const HEADINGS: [(&str, Identifier); 14] = [
    ("ssn social ss", Ssn),
    ("age ages yrs", Age),
    (
        "dob birth born birthdate birthday dos date dates seen admit admitted disch discharge discharged svc visited",
        Date,
    ),
    ("phone tel telephone cell mobile fax", Phone),
    ("email mail", Email),
    ("zip zipcode postal", Zip),
    ("address addr street city town county residence", Address),
    ("mrn chart mr emr record empi rec", MedicalRecord),
    ("account acct guarantor", Account),
    ("member policy plan subscriber sub mbi hicn medicaid group insid", HealthPlan),
    ("npi dea lic license licence", Licence),
    ("serial lot udi sn device", Device),
    ("plate vin", Vehicle),
    ("claim ref reference auth authorization order encounter csn accession invoice icn dcn visit", Number),
];
const NAMES: &str = "name names patient pt last first lastname firstname given surname initials provider doctor dr \
    physician surgeon rendering attending insured client resident employee student nurse coder biller therapist who";
/// Headings of columns that hold no identifier.
const OTHERS: &str = "cpt code codes hcpcs dx icd icd10 mod mods modifier modifiers units unit qty sex gender pos payer \
    charge charges amount paid status notes note comment denial reason procedure em e m level side drg rev ndc \
    insurance carc reply answer question mi carrier result dose minutes time fee rvu no nr row loc location ward room \
    facility site line seq item total tech laterality allowed billed service services procedures problem type visits";

pub(super) fn find(ground: &Ground<'_>, hits: &mut Hits) {
    let mut first = 0;
    let mut table: Option<(Mark, Vec<Option<Identifier>>)> = None;
    while first < ground.len() {
        let last = ground.line_end(first);
        if let Some((mark, columns)) = &table {
            let cells = cells(ground, (first, last), *mark);
            if cells.len() == columns.len() || matches!(mark, Mark::Char('|' | '\t')) && cells.len() > 1 {
                for (cell, column) in cells.iter().zip(columns) {
                    if let (Some(identifier), Some(cell)) = (column, cell) {
                        below(ground, hits, *cell, *identifier);
                    }
                }
                first = last + 1;
                continue;
            }
        }
        table = heading(ground, (first, last));
        first = last + 1;
    }
}

/// The columns of a line that is nothing but headings.
fn heading(ground: &Ground<'_>, (first, last): (usize, usize)) -> Option<(Mark, Vec<Option<Identifier>>)> {
    if last - first > 24 || last == first {
        return None;
    }
    const MARKS: [Mark; 7] = [
        Mark::Char('|'),
        Mark::Char('\t'),
        Mark::Char(','),
        Mark::Char(';'),
        Mark::Spaced('/'),
        Mark::Spaced('-'),
        Mark::Blanks,
    ];
    let line = ground.span(first, last).of(ground.text);
    if !line.contains(['|', '\t', ',', ';', '/', '-']) && !line.contains("  ") {
        return None;
    }
    for mark in MARKS {
        let cells = cells(ground, (first, last), mark);
        if cells.len() < 2 + usize::from(!matches!(mark, Mark::Char('|' | '\t') | Mark::Blanks)) {
            continue;
        }
        let (mut columns, mut known, mut named) = (Vec::with_capacity(cells.len()), 0, 0);
        for cell in cells {
            let of = cell.map_or(Some(None), |cell| heading_of(ground, cell));
            known += usize::from(of.is_some() && cell.is_some());
            named += usize::from(of.flatten().is_some());
            if of.is_none() && cell.is_some_and(|(first, last)| last - first > 2) {
                return None;
            }
            columns.push(of.flatten());
        }
        // One known heading in a line of prose is none; two that name identifiers are enough beside any others.
        let enough = known * 3 >= columns.len() * 2 || named >= 2 && columns.len() >= 3;
        return (known >= 2 && named >= 1 && enough).then_some((mark, columns));
    }
    None
}

/// What a heading says stands below it; none when it is no heading that is known.
fn heading_of(ground: &Ground<'_>, (first, last): (usize, usize)) -> Option<Option<Identifier>> {
    if last - first > 3 {
        return None;
    }
    let has = |words: &str| (first..=last).any(|at| words.split_ascii_whitespace().any(|word| ground.is(at, &[word])));
    if has("id") && !has("member policy plan subscriber sub group insurance") {
        return Some(Some(MedicalRecord));
    }
    if let Some((_, identifier)) = HEADINGS.iter().find(|(words, _)| has(words)) {
        return Some(Some(*identifier));
    }
    if has(NAMES) {
        return Some(Some(Name));
    }
    has(OTHERS).then_some(None)
}

/// The cells of a line; an empty one is none.
fn cells(ground: &Ground<'_>, (first, last): (usize, usize), mark: Mark) -> Vec<Option<(usize, usize)>> {
    let mut cells: Vec<Option<(usize, usize)>> = Vec::new();
    for at in first..=last {
        let gap = if at == first { "" } else { ground.before(at) };
        let marks = mark.count(gap);
        if at > first && marks == 0 {
            if let Some(Some((_, last))) = cells.last_mut() {
                *last = at;
            }
            continue;
        }
        for _ in 1..marks {
            cells.push(None);
        }
        cells.push(Some((at, at)));
    }
    cells
}

fn below(ground: &Ground<'_>, hits: &mut Hits, (first, last): (usize, usize), identifier: Identifier) {
    if !hits.all_free(first, last) || last - first > 7 {
        return;
    }
    let digit = |at: usize| ground.word(at).is_some_and(|word| word.has_digit());
    let digits: usize = (first..=last).map(|at| ground.str(at).bytes().filter(u8::is_ascii_digit).count()).sum();
    let fits = match identifier {
        // "pt" and "patient" head numbers as often as names.
        Name => last - first < 5 && (!(first..=last).any(digit) || digits >= 2 && last - first < 3),
        Address | Email => true,
        Age => age::is_old(ground, first),
        Zip => ground.digits(first) == 5,
        Date => digits > 4 || digits > 1 && last > first && digits != 4,
        _ => digits >= 2 && ground.shape(first) != Some(Shape::Lower),
    };
    if fits {
        let last = if identifier == Age { first } else { last };
        hits.take(ground, (first, last), identifier, Certain, "the heading of its column");
    }
}
