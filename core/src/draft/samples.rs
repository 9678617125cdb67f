//! Invented cases. Every set of templates is tried with their facts before the first real case, so that between them
//! they reach every branch that a section can take.

use std::sync::OnceLock;

use jiff::civil::{Date, date};

use super::{
    brief::{Brief, Mail},
    facts::{Facts, facts},
    house::ValidRules,
    sample_desk, sample_house, sample_kinds,
};
use crate::{
    catalog::{Dataset, Descriptor, Edition, Entry, Interval, Shelf, TextSource, answer::Desk, starter},
    domain::{
        code::{Code, CodeSystem, Modifier},
        digest::Digest,
        ids::{CaseId, EditionId},
        instant::Instant,
        mention::Mention,
        span::Span,
        tag::CaseTag,
    },
    extract::{DateOfService, Findings, Reading, Said, ServiceCue},
    mail::{attachment::Remark, search_text::SearchText},
};

/// An invented case and what is known of its codes.
#[derive(Clone, Debug)]
pub struct Sample {
    /// What it shows.
    pub name: &'static str,
    /// Its facts.
    pub facts: Facts,
    /// What they were looked up in.
    pub shelf: &'static Shelf,
    /// The edit tables.
    pub desk: &'static Desk,
}

/// All samples, made once.
#[must_use]
pub fn all() -> &'static [Sample] {
    static SAMPLES: OnceLock<Vec<Sample>> = OnceLock::new();
    SAMPLES.get_or_init(made)
}

fn made() -> Vec<Sample> {
    use CodeSystem::{Cpt, Hcpcs, Icd10Cm, Icd10Pcs};
    let every_status = Invented::mail(
        "Can we bill 20610-RT and 20610-LT x2, J3247, C9166 and K9999 with E11, E11.9 and 0DTJ4ZZ? \
         Call me at (214) 555-0142.",
    )
    .codes(&[(Cpt, "20610-RT"), (Cpt, "20610-LT"), (Hcpcs, "J3247"), (Hcpcs, "C9166"), (Hcpcs, "K9999")])
    .codes(&[(Icd10Cm, "E11"), (Icd10Cm, "E11.9"), (Icd10Pcs, "0DTJ4ZZ")])
    .units(2)
    .on(date(2025, 3, 12))
    .unread(Remark::NoText);
    let no_date = Invented::mail("99202-99205 for G35.A in the office, Medicare. Which one?")
        .codes(&[(Cpt, "99202-99205"), (Icd10Cm, "G35.A")]);
    let guessed_year = Invented::mail("Is E78.01 good for 3/12? Medicare, office.")
        .codes(&[(Icd10Cm, "E78.01")])
        .guessed(date(2025, 3, 12));
    let two_dates = Invented::mail("E78.01 and E11.9: seen in September and October, please advise.")
        .codes(&[(Icd10Cm, "E78.01"), (Icd10Cm, "E11.9")])
        .on(date(2025, 9, 29))
        .on(date(2025, 10, 2))
        .then("The payer is Medicare.");
    let many_dates = (1..=9)
        .fold(Invented::mail("Nine visits, is G35.A right?").codes(&[(Icd10Cm, "G35.A")]), |mail, day| {
            mail.on(date(2025, 1, day))
        });
    let years_ago = Invented::mail("Was E11.9 right?").codes(&[(Icd10Cm, "E11.9")]).on(date(2016, 3, 1));
    let licensed = Invented::mail("Is 00001 right?").codes(&[(Cpt, "00001")]).on(date(2025, 3, 12));
    let whole_list = Invented::mail("Are 20610 and all others right?").codes(&[(Cpt, "20610")]);
    let whole_list = Facts { left_out: 12, ..whole_list.facts(starter()) };
    let words_alone = Invented::mail("Which code is right for a knee injection?");
    let accepted = Invented::mail("Which code is right for a knee injection?")
        .accepting(&[(Cpt, Code::normal(Cpt, "20610"))])
        .on(date(2025, 3, 12));
    let edited = Invented::mail("Can we bill 20610 x 3 with 76942, 99211, 99213 and 99417?")
        .codes(&[(Cpt, "20610"), (Cpt, "76942"), (Cpt, "99211"), (Cpt, "99213"), (Cpt, "99417")])
        .units(3)
        .on(date(2025, 2, 3));
    let edited = edited.facts_with(starter(), sample_desk::desk());
    let of_the_house = Invented::mail("UHC, office, both knees injected: which modifier, 20610-RT and 20610-LT or 50?")
        .codes(&[(Cpt, "20610-RT"), (Cpt, "20610-LT")])
        .on(date(2025, 2, 3));
    let of_the_house = of_the_house.facts_of(starter(), sample_desk::desk(), sample_house::rules());
    let none = sample_desk::empty();
    let kinds = sample_kinds::all().map(|(name, case)| Sample {
        name,
        facts: case.facts_with(starter(), sample_desk::desk()),
        shelf: starter(),
        desk: sample_desk::desk(),
    });
    let with_starter =
        |name, case: &Invented| Sample { name, facts: case.facts(starter()), shelf: starter(), desk: none };
    let mut samples = vec![
        with_starter("every status", &every_status),
        with_starter("no date of service", &no_date),
        with_starter("a date without its year", &guessed_year),
        with_starter("two dates and a second mail", &two_dates),
        with_starter("too many dates", &many_dates),
        with_starter("a date before all editions", &years_ago),
        Sample {
            name: "a licensed text",
            facts: licensed.facts(licensed_shelf()),
            shelf: licensed_shelf(),
            desk: none,
        },
        Sample { name: "more codes than a table holds", facts: whole_list, shelf: starter(), desk: none },
        Sample { name: "edits", facts: edited, shelf: starter(), desk: sample_desk::desk() },
        Sample { name: "house rules", facts: of_the_house, shelf: starter(), desk: sample_desk::desk() },
        with_starter("a description without codes", &words_alone),
        with_starter("an accepted candidate", &accepted),
        with_starter("an empty mail", &Invented::mail("")),
    ];
    samples.extend(kinds);
    samples
}

/// An invented case: one mail, perhaps a second.
///
/// Its mentions and dates are given, not read: what a reply says of a code does not hang on how codes are found.
#[derive(Clone, Debug)]
pub(super) struct Invented {
    first: Reading,
    unread: Vec<Remark>,
    later: Option<Reading>,
    accepted: Vec<(CodeSystem, Code)>,
}

impl Invented {
    /// A first mail of this text, received on 2 March 2026.
    pub(super) fn mail(text: &str) -> Self {
        Self { first: said(text), unread: Vec::new(), later: None, accepted: Vec::new() }
    }

    /// Mentions, as `20610-RT` or a range `99202-99205`.
    pub(super) fn codes(self, codes: &[(CodeSystem, &str)]) -> Self {
        codes.iter().fold(self, |mail, (system, text)| mail.code(*system, text))
    }

    fn code(mut self, system: CodeSystem, text: &str) -> Self {
        let (code, modifier) = match text.split_once('-') {
            Some((code, suffix)) if suffix.len() == 2 => (code, Modifier::parse(suffix).ok()),
            _ => (text, None),
        };
        let start = self.first.text.find(text).unwrap_or(0);
        let span = Span::new(start, start + code.len());
        let bare = Mention::bare(span, system, Code::normal(system, code));
        self.first.mentions.push(Mention { modifiers: modifier.into_iter().collect(), ..bare });
        self
    }

    /// Units on the newest mention but one: enough for a cell of the table.
    pub(super) fn units(mut self, units: u32) -> Self {
        if let Some(mention) = self.first.mentions.first_mut() {
            mention.units = Some(units);
        }
        self
    }

    /// Where all mentions stand.
    #[cfg(test)]
    pub(super) fn in_place(mut self, place: crate::domain::mention::Place) -> Self {
        self.first.mentions.iter_mut().for_each(|mention| mention.place = place);
        self
    }

    /// A date of service in full.
    pub(super) fn on(self, day: Date) -> Self {
        self.dated(day, false)
    }

    /// A date of service without its year.
    pub(super) fn guessed(self, day: Date) -> Self {
        self.dated(day, true)
    }

    fn dated(mut self, day: Date, inferred: bool) -> Self {
        let span = Span::new(0, 0);
        self.first.dates.push(DateOfService { span, from: day, to: day, cue: ServiceCue::Named, inferred });
        self
    }

    /// Attachments that were not read.
    pub(super) fn unread(mut self, remark: Remark) -> Self {
        self.unread.push(remark);
        self
    }

    /// Codes that the reviewer took from the candidates.
    pub(super) fn accepting(mut self, codes: &[(CodeSystem, Code)]) -> Self {
        self.accepted.extend_from_slice(codes);
        self
    }

    /// A second mail.
    pub(super) fn then(mut self, text: &str) -> Self {
        self.later = Some(said(text));
        self
    }

    /// The facts of the case, without edit tables.
    pub(super) fn facts(&self, shelf: &Shelf) -> Facts {
        self.facts_with(shelf, &Desk::default())
    }

    /// The facts of the case, without house rules.
    pub(super) fn facts_with(&self, shelf: &Shelf, desk: &Desk) -> Facts {
        self.facts_of(shelf, desk, ValidRules::none())
    }

    /// The facts of the case.
    pub(super) fn facts_of(&self, shelf: &Shelf, desk: &Desk, house: ValidRules<'_>) -> Facts {
        let received = date(2026, 3, 2);
        let first = Mail { received, reading: &self.first, unread_attachments: &self.unread };
        let later = self.later.iter().map(|reading| Mail { received, reading, unread_attachments: &[] });
        let mails: Vec<Mail<'_>> = std::iter::once(first).chain(later).collect();
        let tag = CaseTag::of(CaseId::new(uuid::Uuid::from_u128(0x0195_0000_0000_7000_8000_0012_3456_789A)));
        facts(&Brief {
            tag: &tag,
            mails: &mails,
            kinds: &super::kind::Told::of(&mails).kinds,
            shelf,
            accepted: &self.accepted,
            desk,
            house,
        })
    }
}

/// The facts of a mail about one code on one day, for tests of what is made of facts.
#[cfg(test)]
pub(crate) fn of_one_code(text: &str, system: CodeSystem, code: &str, on: Date, shelf: &Shelf) -> Facts {
    Invented::mail(text).codes(&[(system, code)]).on(on).facts(shelf)
}

/// A reading without mentions and dates.
fn said(text: &str) -> Reading {
    let search = SearchText::plain(text);
    let said = Said::of(&search, &Findings::default());
    let SearchText { text, parts } = search;
    Reading { text, parts, said, ..Reading::default() }
}

/// A shelf with one code of an invented licensed file. Its text is ours.
pub(super) fn licensed_shelf() -> &'static Shelf {
    static SHELF: OnceLock<Shelf> = OnceLock::new();
    SHELF.get_or_init(invented_licensed_shelf)
}

fn invented_licensed_shelf() -> Shelf {
    let id = EditionId::new(uuid::Uuid::from_u128(0x0195_0000_0000_7000_8000_0000_0000_0001));
    let effective = Interval { from: date(2025, 1, 1), to: Some(date(2025, 12, 31)) };
    let edition = Edition {
        id,
        dataset: Dataset::Codes(CodeSystem::Cpt),
        name: "CPT 2025 (invented licensed file)".to_owned(),
        publisher: "AMA".to_owned(),
        effective,
        sha256: Digest::of(b"invented"),
        file_name: "licensed.txt".to_owned(),
        rows: 1,
        rejected: 0,
        imported_at: Instant::from_micros(1_740_000_000_000_000),
    };
    let entry = Entry {
        edition: id,
        system: CodeSystem::Cpt,
        code: Code::normal(CodeSystem::Cpt, "00001"),
        title: Descriptor {
            text: "Invented service for trying out templates".to_owned(),
            source: TextSource::Licensed,
        },
        short_title: String::new(),
        billable: true,
        valid: effective,
        see_also: Vec::new(),
    };
    Shelf::new(vec![edition], vec![entry])
}
