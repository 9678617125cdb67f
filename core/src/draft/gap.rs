//! Facts that are missing, as questions that do not lead: they name no payment, propose no diagnosis, and always
//! leave room for "not documented" (AHIMA/ACDIS, compliant query practice).

use serde::{Deserialize, Serialize};

use super::{
    brief::Mail,
    code_line::CodeLine,
    question::Question,
    service_date::{Basis, ServiceDate},
    status::Status,
};
use crate::{
    domain::code::{Code, CodeSystem},
    extract::said::side::Side,
};

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// What the asker wants to know.
    Question,
    /// The codes, or what was done.
    Codes,
    /// The date of service.
    DateOfService,
    /// The year of the date of service.
    Year,
    /// Which code belongs to which of several dates.
    WhichDate,
    /// A longer code for a category.
    MoreCharacters,
    /// Right, left or both.
    Side,
    /// Who pays, and where.
    Payer,
    /// Where the service was given, and whose claim it is.
    Setting,
}

/// One missing fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// What is asked for.
    pub ask: Ask,
    /// The codes it concerns; none when it concerns them all.
    pub codes: Vec<Code>,
    /// The question to the asker.
    pub question: String,
    /// Which part of the reply the answer changes.
    pub changes: String,
}

impl Gap {
    /// What is missing, the most telling first.
    pub(super) fn all(mails: &[Mail<'_>], question: &Question, date: &ServiceDate, lines: &[CodeLine]) -> Vec<Self> {
        let said = || mails.iter().map(|mail| &mail.reading.said);
        let mut gaps = Vec::new();
        if !question.is_asked {
            gaps.push(Self::new(Ask::Question, &[]));
        }
        if lines.is_empty() {
            gaps.push(Self::new(Ask::Codes, &[]));
        }
        match date.basis {
            Basis::Assumed => gaps.push(Self::new(Ask::DateOfService, &[])),
            Basis::Inferred => gaps.push(Self::new(Ask::Year, &[])),
            Basis::Given => {}
        }
        if date.several() && lines.len() > 1 {
            gaps.push(Self::new(Ask::WhichDate, &[]));
        }
        let headers = lines
            .iter()
            .filter(|line| line.standings.iter().any(|standing| matches!(standing.status, Status::Header { .. })));
        push_for(&mut gaps, Ask::MoreCharacters, headers);
        if !names_side(mails) {
            push_for(&mut gaps, Ask::Side, lines.iter().filter(|line| leaves_side_open(line)));
        }
        // A question about a diagnosis alone is answered by the code set, whoever pays.
        let about_services = lines.is_empty()
            || lines
                .iter()
                .any(|line| matches!(line.system, CodeSystem::Cpt | CodeSystem::Hcpcs | CodeSystem::Modifier));
        if about_services && said().all(|said| said.payers.is_empty()) {
            gaps.push(Self::new(Ask::Payer, &[]));
        }
        if about_services && said().all(|said| said.places.is_empty() && said.claims.is_empty()) {
            gaps.push(Self::new(Ask::Setting, &[]));
        }
        gaps
    }

    fn new(ask: Ask, codes: &[Code]) -> Self {
        let named = named(codes);
        let (question, changes) = match ask {
            Ask::Question => ("What would you like to know?".to_owned(), "the answer"),
            Ask::Codes => (
                "Which codes, modifiers and units are on the claim or being considered? If none yet, what was done and \
                 why, in the words of the record, without the patient's details?"
                    .to_owned(),
                "the answer and the table",
            ),
            Ask::DateOfService => {
                ("What is the date of service?".to_owned(), "every line of the table, since codes change by date")
            }
            Ask::Year => ("Which year is the date of service in?".to_owned(), "every line of the table"),
            Ask::WhichDate => {
                ("Which of the codes belongs to which of your dates of service?".to_owned(), "the status of each line")
            }
            Ask::MoreCharacters => (
                format!("What does the record say about the condition that you coded as {named}, word for word and \
                         without the patient's details?"),
                "the code on that line, which needs more characters",
            ),
            Ask::Side => (
                format!("For {named}: which side does the record name: right, left, both, or none?"),
                "the code on that line, which leaves the side open",
            ),
            Ask::Payer => (
                "Who is the payer, which kind of plan, and in which state was the service given?".to_owned(),
                "which payer rules apply",
            ),
            Ask::Setting => (
                "Where was the service given (place of service), and is this the practitioner's claim or the facility's?"
                    .to_owned(),
                "which edits and payment rules apply",
            ),
        };
        Self { ask, codes: codes.to_vec(), question, changes: changes.to_owned() }
    }
}

fn push_for<'a>(gaps: &mut Vec<Gap>, ask: Ask, lines: impl Iterator<Item = &'a CodeLine>) {
    let codes: Vec<Code> = lines.map(|line| line.code.clone()).collect();
    if !codes.is_empty() {
        gaps.push(Gap::new(ask, &codes));
    }
}

/// `E11 and S72.00`, at most five by name.
fn named(codes: &[Code]) -> String {
    const BY_NAME: usize = 5;
    let mut names: Vec<String> = codes.iter().take(BY_NAME).map(ToString::to_string).collect();
    if codes.len() > BY_NAME {
        names.push(format!("{} more", codes.len() - BY_NAME));
    }
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

/// Whether the title of a diagnosis says that its side is unspecified: the set has a code for each side then.
fn leaves_side_open(line: &CodeLine) -> bool {
    const SIDED: [&str; 18] = [
        "knee", "hip", "shoulder", "elbow", "wrist", "ankle", "hand", "foot", "eye", "ear", "breast", "limb", "leg",
        "arm", "femur", "side", "thumb", "finger",
    ];
    if line.system != CodeSystem::Icd10Cm
        || line.modifiers.iter().flatten().any(|m| matches!(m.as_str(), "RT" | "LT" | "50"))
    {
        return false;
    }
    let title = line.title.as_ref().map_or("", |title| title.text.as_str()).to_lowercase();
    let words: Vec<&str> = title.split(|c: char| !c.is_alphanumeric()).collect();
    words
        .iter()
        .position(|word| *word == "unspecified")
        .is_some_and(|at| words.iter().skip(at + 1).take(2).any(|word| SIDED.contains(word)))
}

/// Whether a mail names a side, in words or by a modifier.
fn names_side(mails: &[Mail<'_>]) -> bool {
    let modifiers = |mail: &Mail<'_>| {
        mail.reading
            .mentions
            .iter()
            .flat_map(|mention| &mention.modifiers)
            .any(|one| Side::of_modifier(one.as_str()).is_some())
    };
    mails.iter().any(|mail| !mail.reading.said.sides.is_empty() || modifiers(mail))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        catalog::starter,
        draft::samples::{self, Invented, Sample},
    };

    #[test]
    fn what_is_missing_is_asked_for_and_nothing_else() {
        use CodeSystem::{Cpt, Icd10Cm};
        let on = date(2025, 3, 12);
        let mail = Invented::mail;
        for (case, asks) in [
            (mail(""), vec![Ask::Question, Ask::Codes, Ask::DateOfService, Ask::Payer, Ask::Setting]),
            (mail("Can we bill 20610-RT? Medicare, office.").codes(&[(Cpt, "20610-RT")]).on(on), vec![]),
            (mail("Can we bill 20610? Aetna, POS 11.").codes(&[(Cpt, "20610")]), vec![Ask::DateOfService]),
            (mail("Can we bill 20610? Aetna, ASC.").codes(&[(Cpt, "20610")]).guessed(on), vec![Ask::Year]),
            (mail("20610, Medicaid, clinic").codes(&[(Cpt, "20610")]).on(on), vec![Ask::Question]),
            // Nobody's payer or place decides whether a diagnosis code is valid.
            (mail("Is E11.9 valid?").codes(&[(Icd10Cm, "E11.9")]).on(on), vec![]),
            (mail("Is E11 valid?").codes(&[(Icd10Cm, "E11")]).on(on), vec![Ask::MoreCharacters]),
            // "homecare" is another word than a place that was named, and "the payer" names none.
            (mail("Can we bill 20610? Medicare, homecare.").codes(&[(Cpt, "20610")]).on(on), vec![Ask::Setting]),
            (mail("Did the payer see 20610? ASC.").codes(&[(Cpt, "20610")]).on(on), vec![Ask::Payer]),
            (
                mail("Are E11.9 and E78.5 valid?")
                    .codes(&[(Icd10Cm, "E11.9"), (Icd10Cm, "E78.5")])
                    .on(on)
                    .on(date(2025, 4, 1)),
                vec![Ask::WhichDate],
            ),
        ] {
            let facts = case.facts(starter());
            let found: Vec<Ask> = facts.gaps.iter().map(|gap| gap.ask).collect();
            assert_eq!(found, asks, "{:?}", facts.question.asked);
        }
    }

    #[test]
    fn an_open_side_is_asked_for_unless_the_mail_names_one() {
        let asks_side = |text: &str| {
            let case = Invented::mail(text).codes(&[(CodeSystem::Icd10Cm, "R10.20")]).on(date(2026, 1, 12));
            case.facts(starter()).gaps.iter().any(|gap| gap.ask == Ask::Side)
        };
        assert!(asks_side("Is R10.20 valid?"), "its title says: unspecified side");
        assert!(!asks_side("Is R10.20 valid? It was the left side."));
    }

    #[test]
    fn questions_do_not_lead() {
        for Sample { facts, .. } in samples::all() {
            for gap in facts.gaps {
                let lower = gap.question.to_lowercase();
                assert!(lower.ends_with('?'), "{lower}");
                for leading in ["reimburs", "denied", "should be", "would you agree", "get paid"] {
                    assert!(!lower.contains(leading), "{lower}");
                }
            }
        }
    }

    #[test]
    fn many_codes_are_named_in_part() {
        let codes: Vec<Code> = ["A01", "A02", "A03", "A04", "A05", "A06", "A07"]
            .iter()
            .map(|text| Code::normal(CodeSystem::Icd10Cm, text))
            .collect();
        assert_eq!(named(&codes), "A01, A02, A03, A04, A05 and 2 more");
        assert_eq!(named(&codes[..2]), "A01 and A02");
        assert_eq!(named(&codes[..1]), "A01");
    }
}
