//! Fields of the messages that systems send each other, pasted into a mail: HL7 version 2 segments (`PID|1||4471^^^A`)
//! and X12 segments of claims and remittances (`NM1*IL*1*DOE*JANE~`).
//!
//! What a field holds is told by its place (HL7 2.5.1 chapters 3, 4 and 6; X12 005010X222 and X221), so nothing is
//! guessed here. Fields of codes are not in the tables.

use super::{
    found::Confidence::Certain,
    ground::{Ground, Shape},
    hits::Hits,
    kind::Identifier::{
        self, Account, Address, Date, HealthPlan, Licence, MedicalRecord, Name, Number, Phone, Ssn, Zip,
    },
};

/// What a field holds.
#[derive(Clone, Copy)]
enum Holds {
    /// One thing; its further components say who gave it.
    One(Identifier),
    /// A name, in all of its components.
    Person,
    /// A street, a town, a state and a ZIP code in HL7's order.
    Place,
    /// The number of whoever treats, then his name.
    Provider,
}
use Holds::{One, Person, Place, Provider};

/// Segments of HL7, with their fields: those of `MSH` count the mark itself as the first.
const HL7: [(&str, &[(usize, Holds)]); 10] = [
    ("MSH", &[(6, One(Date)), (9, One(Number))]),
    ("EVN", &[(2, One(Date))]),
    (
        "PID",
        &[
            (2, One(MedicalRecord)),
            (3, One(MedicalRecord)),
            (4, One(MedicalRecord)),
            (5, Person),
            (6, Person),
            (7, One(Date)),
            (9, Person),
            (11, Place),
            (13, One(Phone)),
            (14, One(Phone)),
            (18, One(Account)),
            (19, One(Ssn)),
            (20, One(Licence)),
            (21, One(MedicalRecord)),
            (29, One(Date)),
        ],
    ),
    ("NK1", &[(2, Person), (4, Place), (5, One(Phone)), (6, One(Phone))]),
    (
        "PV1",
        &[
            (7, Provider),
            (8, Provider),
            (9, Provider),
            (17, Provider),
            (19, One(Number)),
            (44, One(Date)),
            (45, One(Date)),
        ],
    ),
    (
        "GT1",
        &[
            (2, One(Account)),
            (3, Person),
            (4, Person),
            (5, Place),
            (6, One(Phone)),
            (7, One(Phone)),
            (8, One(Date)),
            (12, One(Ssn)),
        ],
    ),
    (
        "IN1",
        &[
            (8, One(HealthPlan)),
            (16, Person),
            (18, One(Date)),
            (19, Place),
            (36, One(HealthPlan)),
            (49, One(HealthPlan)),
        ],
    ),
    ("ORC", &[(2, One(Number)), (3, One(Number)), (9, One(Date)), (10, Provider), (11, Provider), (12, Provider)]),
    (
        "OBR",
        &[
            (2, One(Number)),
            (3, One(Number)),
            (6, One(Date)),
            (7, One(Date)),
            (8, One(Date)),
            (14, One(Date)),
            (16, Provider),
            (22, One(Date)),
        ],
    ),
    ("FT1", &[(2, One(Number)), (4, One(Date)), (5, One(Date)), (20, Provider), (21, Provider)]),
];

/// Segments of X12, with their fields. `NM1` and `PER` are read apart, because one field tells what another holds.
const X12: [(&str, &[(usize, Holds)]); 11] = [
    ("N3", &[(1, One(Address)), (2, One(Address))]),
    ("N4", &[(1, One(Address)), (3, One(Zip))]),
    ("DMG", &[(2, One(Date))]),
    ("CLM", &[(1, One(Account))]),
    ("CLP", &[(1, One(Account)), (7, One(Number))]),
    ("REF", &[(2, One(Number))]),
    ("DTP", &[(3, One(Date))]),
    ("DTM", &[(2, One(Date))]),
    ("SBR", &[(3, One(HealthPlan))]),
    ("TRN", &[(2, One(Number))]),
    ("BHT", &[(3, One(Number)), (4, One(Date))]),
];

pub(super) fn find(ground: &Ground<'_>, hits: &mut Hits) {
    let mut index = 0;
    while index < ground.len() {
        index = match mark(ground, index) {
            Some(mark) => segment(ground, hits, index, mark),
            None => index + 1,
        };
    }
}

/// The mark between the fields of the segment whose name is this word: it stands right behind it.
fn mark(ground: &Ground<'_>, index: usize) -> Option<char> {
    let (word, gap) = (ground.word(index)?, ground.after(index));
    let mark = gap.chars().next().filter(|mark| matches!(mark, '|' | '*'))?;
    let capital = matches!(word.shape, Shape::Upper | Shape::Mixed) && matches!(word.span.len(), 2 | 3);
    let begins = ground.starts_line(index) || ground.before(index).trim_end().ends_with('~');
    (capital && begins).then_some(mark)
}

/// Reads a segment; the word behind it.
fn segment(ground: &Ground<'_>, hits: &mut Hits, name: usize, mark: char) -> usize {
    let line = ground.word(name).map(|word| word.line);
    let mut fields: Vec<(usize, usize, usize)> = Vec::new();
    let (mut at, mut field) = (name + 1, 0);
    while ground.word(at).is_some_and(|word| Some(word.line) == line) {
        let gap = ground.before(at);
        if mark == '*' && gap.contains('~') {
            break;
        }
        field += gap.matches(mark).count();
        match fields.last_mut() {
            Some((number, _, last)) if *number == field => *last = at,
            _ => fields.push((field, at, at)),
        }
        at += 1;
    }
    let of = |table: &[(&str, &'static [(usize, Holds)])]| {
        table.iter().find(|(known, _)| *known == ground.str(name)).map(|(_, holds)| *holds)
    };
    match (mark, ground.str(name)) {
        ('*', "NM1") => named(ground, hits, &fields),
        ('*', "PER") => contact(ground, hits, &fields),
        (mark, _) => {
            let table = if mark == '|' { of(&HL7) } else { of(&X12) };
            for (number, holds) in table.unwrap_or_default() {
                if let Some((_, first, last)) = fields.iter().find(|(field, ..)| field == number) {
                    read(ground, hits, (*first, *last), *holds);
                }
            }
        }
    }
    at
}

fn read(ground: &Ground<'_>, hits: &mut Hits, (first, last): (usize, usize), holds: Holds) {
    // The word at which the `n`th component begins, and the one behind it.
    let component = |from: usize| {
        let mut count = 0;
        (first..=last).find(|at| {
            count += if *at > first { ground.before(*at).matches('^').count() } else { 0 };
            count >= from
        })
    };
    let end = |from: usize| component(from).map_or(last, |next| next - 1);
    match holds {
        One(Address) => take(ground, hits, (first, last), Address),
        One(identifier) => {
            if (first..=last).any(|at| ground.word(at).is_some_and(|word| word.has_digit())) {
                take(ground, hits, (first, last), identifier);
            }
        }
        Person => take(ground, hits, (first, last), Name),
        Place => {
            take(ground, hits, (first, end(3)), Address);
            if let Some(zip) = component(4).filter(|zip| ground.digits(*zip) == 5) {
                take(ground, hits, (zip, zip + usize::from(ground.after(zip) == "-" && zip < last)), Zip);
            }
        }
        Provider => {
            let name = component(1);
            if ground.digits(first) >= 4 {
                take(ground, hits, (first, end(1)), Licence);
            }
            if let Some(name) = name {
                take(ground, hits, (name, last), Name);
            }
        }
    }
}

/// `NM1*IL*1*DOE*JANE*Q***MI*W123`: entity type 1 is a person; field 8 says what number field 9 is.
fn named(ground: &Ground<'_>, hits: &mut Hits, fields: &[(usize, usize, usize)]) {
    let of = |number: usize| fields.iter().find(|(field, ..)| *field == number).map(|(_, first, last)| (*first, *last));
    if of(2).is_some_and(|(first, _)| ground.str(first) == "1") {
        let parts = || (3..=5).filter_map(of);
        if let (Some((first, _)), Some((_, last))) = (parts().next(), parts().next_back()) {
            take(ground, hits, (first, last), Name);
        }
    }
    if let (Some((kind, _)), Some(number)) = (of(8), of(9)) {
        let identifier = match ground.str(kind) {
            "MI" | "II" => HealthPlan,
            "XX" => Licence,
            "34" => Ssn,
            _ => Number,
        };
        take(ground, hits, number, identifier);
    }
}

/// `PER*IC*JANE DOE*TE*6145550117`.
fn contact(ground: &Ground<'_>, hits: &mut Hits, fields: &[(usize, usize, usize)]) {
    for (field, first, last) in fields {
        match field {
            2 => take(ground, hits, (*first, *last), Name),
            4 | 6 | 8 => take(ground, hits, (*first, *last), Phone),
            _ => {}
        }
    }
}

fn take(ground: &Ground<'_>, hits: &mut Hits, (first, last): (usize, usize), identifier: Identifier) {
    if first <= last && hits.all_free(first, last) {
        hits.take(ground, (first, last), identifier, Certain, "the field of a message");
    }
}
