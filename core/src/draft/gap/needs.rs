//! Which kind of question needs which facts, and which of them the mails do not tell. A fact is asked for only where the
//! answer hangs on it: a question too many costs the asker a day.

use super::{
    super::{
        answer::standing::is_unfit,
        code_line::CodeLine,
        kind::Kind,
        question::Question,
        service_date::{Basis, ServiceDate},
        stated::{Circumstances, Measure},
        status::Status,
    },
    Ask, Gap,
};
use crate::{
    domain::code::{Code, CodeSystem},
    extract::said::{payer::PayerKind, reason},
};

/// What a case is asked about.
pub(in super::super) struct Case<'a> {
    pub(in super::super) kinds: &'a [Kind],
    pub(in super::super) question: &'a Question,
    pub(in super::super) date: &'a ServiceDate,
    pub(in super::super) lines: &'a [CodeLine],
    pub(in super::super) stated: &'a Circumstances,
}

impl Gap {
    /// What is missing, the most telling first.
    pub(in super::super) fn all(case: &Case<'_>) -> Vec<Self> {
        let Case { kinds, question, date, lines, stated } = *case;
        let mut gaps = Vec::new();
        // A mail of which a kind is told asks something, with or without a question mark.
        let no_question = !question.is_asked && kinds.is_empty();
        if no_question {
            gaps.push(Self::new(Ask::Question, &[]));
        }
        if lines.is_empty() && (kinds.is_empty() || case.needs_codes()) {
            gaps.push(Self::new(Ask::Codes, &[]));
        }
        if date.basis == Basis::Assumed {
            gaps.push(Self::new(Ask::DateOfService, &[]));
        }
        let differs = |line: &&CodeLine| line.status().is_none();
        if date.several() && lines.len() > 1 && lines.iter().any(|line| differs(&line)) {
            gaps.push(Self::new(Ask::WhichDate, &[]));
        }
        let is_header =
            |line: &&CodeLine| line.standings.iter().all(|standing| matches!(standing.status, Status::Header { .. }));
        // Elsewhere the table says it, and the answer hangs on something else.
        if kinds.iter().all(|kind| matches!(kind, Kind::K1 | Kind::K6 | Kind::K14)) {
            push_for(&mut gaps, Ask::MoreCharacters, lines.iter().filter(is_header));
        }
        if !stated.side {
            push_for(&mut gaps, Ask::Side, lines.iter().filter(|line| leaves_side_open(line, lines)));
        }
        let mut of_kinds: Vec<Ask> = kinds.iter().flat_map(|kind| case.of_kind(*kind)).collect();
        of_kinds.sort_unstable();
        of_kinds.dedup();
        for ask in of_kinds {
            if gaps.iter().all(|gap| gap.ask != ask) {
                let codes = match ask {
                    Ask::Time | Ask::Dose | Ask::Diagnosis => case.procedures(),
                    _ => Vec::new(),
                };
                gaps.push(Self::new(ask, &codes));
            }
        }
        gaps
    }
}

fn push_for<'a>(gaps: &mut Vec<Gap>, ask: Ask, lines: impl Iterator<Item = &'a CodeLine>) {
    let codes: Vec<Code> = lines.map(|line| line.code.clone()).collect();
    if !codes.is_empty() {
        gaps.push(Gap::new(ask, &codes));
    }
}

impl Case<'_> {
    /// Kinds that speak of codes and can say nothing without one.
    fn needs_codes(&self) -> bool {
        self.kinds == [Kind::K8] && !self.stated.between.bare_code
    }

    /// Whether the draft can know whose claim it is: by the place, by who writes, or by a code that only practitioners,
    /// dentists or ambulances bill.
    fn tells_setting(&self) -> bool {
        self.stated.place_of_service
            || self.stated.between.practice
            || self.has_code(|code| {
                code.starts_with("99")
                    || code.starts_with(['A', 'D'])
                    || code.starts_with("G04")
                    || code.starts_with("920")
            })
    }

    /// What the codes differ by where the record does not tell: a size for what was cut or sewn, the words of the note else.
    fn silent_about(&self) -> Ask {
        let stated = self.stated;
        let is_skin =
            |code: &str| matches!(code.parse().unwrap_or(0), 10_000..=19_999 | 28_800..=28_899 | 58_150..=58_579);
        let by_size = stated.asks.closure || self.has_code(is_skin);
        if by_size { Ask::Extent } else { Ask::Record }
    }

    fn procedures(&self) -> Vec<Code> {
        let is_procedure = |line: &&CodeLine| matches!(line.system, CodeSystem::Cpt | CodeSystem::Hcpcs);
        self.lines.iter().filter(is_procedure).map(|line| line.code.clone()).collect()
    }

    fn has_code(&self, fits: impl Fn(&str) -> bool) -> bool {
        self.lines.iter().any(|line| line.system != CodeSystem::Icd10Cm && fits(line.code.as_str()))
    }

    /// What a question of this kind lacks.
    fn of_kind(&self, kind: Kind) -> Vec<Ask> {
        let stated = self.stated;
        let mut asks = Vec::new();
        let mut ask = |missing: bool, what: Ask| {
            if missing {
                asks.push(what);
            }
        };
        let silent = stated.record_is_silent;
        match kind {
            Kind::K1 => {
                ask(stated.asks.closure && !stated.extent, Ask::Extent);
                ask(silent, self.silent_about());
                ask(stated.asks.unnamed_joint, Ask::Side);
            }
            Kind::K2 => {
                ask(!self.tells_setting() && !self.hangs_on_the_part(), Ask::Setting);
                let services = self.lines.iter().filter(|line| line.system == CodeSystem::Cpt).count();
                let has_visit = self.has_code(|code| code.starts_with("99"));
                // A story of one day tells it; a bare question of two codes does not.
                let is_story = self.date.known() && !stated.between.bare;
                let is_told = stated.session || has_visit || is_story || self.tells_by_modifier();
                ask(!is_told && services == 2, Ask::Session);
                ask(silent && self.kinds == [Kind::K2], Ask::Record);
                ask(self.hangs_on_the_part() && !stated.side && !stated.between.part, Ask::Side);
                // Medicare has a code of its own for it.
                ask(stated.payer.is_none() && self.has_code(|code| code == "29877"), Ask::Payer);
            }
            Kind::K3 => {
                ask(stated.asks.side && !stated.both_sides && silent, Ask::Side);
                let by_modifier = !self.tells_a_side() || !stated.between.side;
                ask(stated.asks.side && by_modifier, Ask::Side);
                let is_told = stated.relation.is_some() || stated.between.reason;
                ask(stated.asks.return_to_surgery && (!is_told || silent), Ask::Relation);
                let otherwise = stated.asks.side || stated.asks.return_to_surgery;
                ask(silent && !otherwise && self.kinds == [Kind::K3], Ask::Record);
                ask(stated.between.broken_off && !self.tells_setting(), Ask::Setting);
                let beside = self.has_code(is_visit) && self.has_code(is_minor);
                ask(beside && !stated.between.visit_reason && !silent, Ask::Relation);
            }
            Kind::K4 => {
                let named = !stated.denials.is_empty() || !stated.remarks.is_empty();
                let needs_remark = reason::lacks_remark(stated.denials.iter().chain(&stated.remarks));
                let explained = stated.refusal_in_words || self.lines.iter().any(is_unfit);
                ask(!named && !explained, Ask::Denial);
                ask(!named && !explained && !self.payer_told(), Ask::Payer);
                ask(named && needs_remark, Ask::Remark);
                let is_policy = stated.denials.iter().any(|one| matches!(one.code.as_str(), "197" | "1" | "204"));
                ask(is_policy && stated.payer.is_none(), Ask::Payer);
                let for_need = stated.denials.iter().any(|one| matches!(one.code.as_str(), "50" | "11"));
                let has_diagnosis = self.lines.iter().any(|line| line.system == CodeSystem::Icd10Cm);
                ask(for_need && !has_diagnosis && self.has_code(is_laboratory), Ask::Diagnosis);
            }
            Kind::K5 => {
                ask(self.has_code(is_timed) && (!stated.time || stated.between.by_time_alone), Ask::Time);
                ask(self.has_code(is_drug) && !self.tells_an_amount() && !stated.between.amount, Ask::Dose);
                ask(self.counts_by_payer() && !self.payer_told(), Ask::Payer);
                ask(stated.between.prolonged && self.lines.is_empty() && !self.payer_told(), Ask::Payer);
            }
            Kind::K6 => {
                ask(silent, Ask::Record);
                let asks_list = stated.asks_coverage && self.has_code(|_| true);
                let only = self.kinds.iter().all(|kind| matches!(kind, Kind::K5 | Kind::K6));
                // No national list names vitamin D.
                let listed = self.has_code(is_laboratory) && !self.has_code(|code| code == "82306");
                let by_contractor = stated.payer == Some(PayerKind::Medicare) && !listed;
                ask(only && asks_list && by_contractor && !stated.state, Ask::State);
            }
            Kind::K7 => {
                let dates = self.date.days.len();
                let counted = dates > 1 || stated.elapsed.is_some();
                let knows_one = dates == 1 && self.date.known();
                let asks_if_within = stated.asks.within_package && self.is_a_visit() && self.kinds == [Kind::K7];
                ask(asks_if_within && knows_one && !counted, Ask::SurgeryDate);
                let returned = dates > 1 && self.is_a_visit() && self.kinds == [Kind::K7];
                ask(stated.between.somebody, Ask::Who);
                ask(!stated.who && !stated.between.operator && returned, Ask::Who);
                let is_told = stated.relation.is_some() || stated.between.reason;
                ask((!is_told && returned) || (silent && stated.relation.is_none()), Ask::Relation);
            }
            Kind::K9 => {
                let by_time_alone = stated.between.by_time_alone;
                ask(by_time_alone, Ask::Time);
                ask(silent && !by_time_alone, Ask::Record);
                let visit = self.has_code(|code| code.starts_with("99") || code.starts_with('G'));
                let is_told = stated.patient_status || stated.last_seen.is_some() || stated.asks.patient_status;
                ask(!visit && !is_told && !silent, Ask::PatientStatus);
                let level = stated.time && !stated.asks.patient_status && self.kinds == [Kind::K9];
                ask(!visit && level && !self.tells_setting(), Ask::Setting);
            }
            Kind::K10 => {
                let which =
                    self.question.asked.as_deref().is_some_and(|asked| asked.to_lowercase().contains("modifier"));
                ask(silent || stated.between.somebody || (!stated.who && which), Ask::Who);
                let by_payer = stated.between.midlevel || self.asks_anyone() || self.has_modifier("AS");
                ask(!self.payer_told() && by_payer, Ask::Payer);
            }
            Kind::K11 => {
                ask(!stated.modality, Ask::Modality);
                let hangs_on_payer = stated.asks.place || stated.asks.afar_modifier || self.lines.is_empty();
                ask(!self.payer_told() && hangs_on_payer, Ask::Payer);
                let is_medicares = stated.payer == Some(PayerKind::Medicare);
                ask(stated.asks.place && (silent || (is_medicares && !stated.patient_place)), Ask::PatientPlace);
            }
            Kind::K12 => {
                ask(!self.payer_told(), Ask::Payer);
                let of_a_state = self.kinds == [Kind::K12] && stated.payer == Some(PayerKind::Medicaid);
                ask(of_a_state && !stated.state, Ask::State);
            }
            Kind::K13 => {
                ask(stated.asks.administration && !stated.route, Ask::Route);
                ask(stated.between.unnamed_brace && self.lines.len() <= MOST_CHOICES, Ask::Extent);
                ask(stated.between.unnamed_product, Ask::Product);
            }
            Kind::K15 => {
                ask(silent || (stated.asks.screening && !stated.intent), Ask::Intent);
                let medicare_code = self.has_code(|code| code.starts_with(['G', 'Q', 'P']));
                let both = self.has_code(|code| code.starts_with("G01")) && self.has_code(is_laboratory);
                ask(both && !stated.intent, Ask::Intent);
                let is_image = self.has_code(|code| code.starts_with('7'));
                ask(!self.payer_told() && !stated.plan && !medicare_code && !is_image, Ask::Payer);
            }
            Kind::K8 => ask(self.has_code(was_split) && !stated.extent, Ask::Extent),
            Kind::K14 => ask(silent, Ask::Record),
            Kind::K0 => {}
        }
        asks
    }

    /// A modifier that says that two services were separate tells how they came together.
    fn tells_by_modifier(&self) -> bool {
        const SEPARATE: [&str; 7] = ["25", "57", "59", "XE", "XP", "XS", "XU"];
        self.lines.iter().flat_map(|line| line.modifiers.iter().flatten()).any(|one| SEPARATE.contains(&one.as_str()))
    }

    /// A word for a side that is more than the choice that the mail asks about.
    fn tells_a_side(&self) -> bool {
        self.stated.both_sides || self.stated.side && !self.stated.record_is_silent
    }

    /// Pairs of which an edit asks whether they were of the same part of the body.
    fn hangs_on_the_part(&self) -> bool {
        let has = |from: u32, to: u32| self.has_code(|code| (from..=to).contains(&code.parse().unwrap_or(0)));
        has(11_042, 11_047) && has(97_597, 97_598)
            || has(11_055, 11_057) && has(11_719, 11_721)
            || has(98_940, 98_942) && has(97_140, 97_140)
    }

    /// Timed services of which payers count the units differently: several therapies of one day, of which Medicare adds the
    /// minutes up, anesthesia, critical and prolonged care.
    fn counts_by_payer(&self) -> bool {
        let number = |line: &CodeLine| line.code.as_str().parse().unwrap_or(0);
        let is_therapy = |number: u32| matches!(number, 97_032..=97_036 | 97_110..=97_158 | 97_530..=97_542);
        let procedures = || self.lines.iter().filter(|line| line.system != CodeSystem::Icd10Cm).map(number);
        procedures().filter(|number| is_therapy(*number)).count() > 1
            || procedures().any(|number| matches!(number, 100..=1_999 | 99_291 | 99_292 | 99_417))
    }

    fn payer_told(&self) -> bool {
        self.stated.payer.is_some() || self.stated.between.plan
    }

    fn has_modifier(&self, modifier: &str) -> bool {
        self.lines.iter().flat_map(|line| line.modifiers.iter().flatten()).any(|one| one.as_str() == modifier)
    }

    fn tells_an_amount(&self) -> bool {
        let drugs = [Measure::Microgram, Measure::Unit, Measure::Millilitre];
        self.stated.quantities.iter().any(|one| drugs.contains(&one.of))
            || self.lines.iter().any(|line| !line.units.is_empty())
    }

    /// "Can I bill anyone for my work?"
    fn asks_anyone(&self) -> bool {
        self.question.asked.as_deref().is_some_and(|asked| asked.to_lowercase().contains("anyone"))
    }

    /// Whether somebody was seen again, rather than the length of a package asked for.
    fn is_a_visit(&self) -> bool {
        let asked = self.question.asked.as_deref().unwrap_or("").to_lowercase();
        !["how many", "how long", "last day"].iter().any(|words| asked.contains(words))
    }
}

/// Therapy by the quarter of an hour, anesthesia, prolonged services, psychotherapy, care management.
fn is_timed(code: &str) -> bool {
    let number: u32 = code.parse().unwrap_or(0);
    matches!(number, 97_032..=97_036 | 97_110..=97_140 | 97_530..=97_542 | 97_750..=97_763 | 100..=1_999 | 90_832..=90_840 | 97_802..=97_804 | 99_417 | 99_490 | 99_439 | 99_457..=99_458)
        || matches!(code, "G2212" | "T1019")
}

/// Among more codes than these nobody chooses: a list is asked about.
const MOST_CHOICES: usize = 4;

fn is_visit(code: &str) -> bool {
    matches!(code.parse().unwrap_or(0), 99_202..=99_215)
}

/// Small procedures done in a visit: injections, shaving, warts, nails.
fn is_minor(code: &str) -> bool {
    matches!(code.parse().unwrap_or(0), 11_055..=11_765 | 12_001..=12_057 | 17_000..=17_286 | 20_526..=20_612 | 69_209..=69_210)
}

/// Ended codes in whose place came several, told apart by size, approach or site: hernias, the arteries of the leg, biopsies
/// of prostate and breast.
fn was_split(code: &str) -> bool {
    let number: u32 = code.parse().unwrap_or(0);
    matches!(number, 19_100..=19_103 | 37_220..=37_235 | 49_560..=49_590 | 49_652..=49_657 | 55_700)
}

fn is_drug(code: &str) -> bool {
    code.starts_with(['J']) || code.starts_with("Q5") || code.starts_with("Q2")
}

fn is_laboratory(code: &str) -> bool {
    code.len() == 5 && code.starts_with('8')
}

/// Whether the title of a diagnosis says that its side is unspecified: the set has a code for each side then. Not asked
/// where the mails name one of these codes.
fn leaves_side_open(line: &CodeLine, all: &[CodeLine]) -> bool {
    const SIDED: [&str; 18] = [
        "knee", "hip", "shoulder", "elbow", "wrist", "ankle", "hand", "foot", "eye", "ear", "breast", "limb", "leg",
        "arm", "femur", "side", "thumb", "finger",
    ];
    if line.system != CodeSystem::Icd10Cm
        || line.modifiers.iter().flatten().any(|m| matches!(m.as_str(), "RT" | "LT" | "50"))
    {
        return false;
    }
    let category = line.code.as_str().get(..4);
    let has_sibling = all.iter().any(|other| {
        other.code != line.code && other.system == line.system && other.code.as_str().get(..4) == category
    });
    let title = line.title.as_ref().map_or("", |title| title.text.as_str()).to_lowercase();
    let words: Vec<&str> = title.split(|c: char| !c.is_alphanumeric()).collect();
    !has_sibling
        && words
            .iter()
            .position(|word| *word == "unspecified")
            .is_some_and(|at| words.iter().skip(at + 1).take(2).any(|word| SIDED.contains(word)))
}
