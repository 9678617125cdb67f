//! What the coverage lists say of the procedures of a case with its diagnoses: laboratory NCDs and articles. A list that
//! says nothing says neither "covered" nor "not covered". Called by `facts`; told by "Diagnosis and necessity".

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    answer::part::is_visit,
    code_line::CodeLine,
    edits::procedure,
    kind::Kind,
    said::{Answer, Said},
    source::Sources,
};
use crate::{
    catalog::{
        Dataset,
        answer::{
            Desk,
            coverage::{ArticlePair, LabCoverage},
        },
        fact::mcd::GroupOf,
        layout::lab_ncd::Resolution,
        procedure_code::ProcedureCode,
    },
    domain::code::{Code, CodeSystem},
};

/// Procedures and diagnoses that are paired.
const MOST: usize = 8;
/// Articles that are kept of a pair.
const MOST_ARTICLES: usize = 40;

/// A procedure with a diagnosis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageCheck {
    /// The procedure.
    pub procedure: Code,
    /// The diagnosis.
    pub diagnosis: Code,
    /// What the laboratory NCDs say on each day.
    pub lab: Vec<Answer<Vec<NcdFact>>>,
    /// What the articles say on each day.
    pub articles: Vec<Answer<Vec<ArticleFact>>>,
}

/// A diagnosis under a laboratory NCD.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NcdFact {
    /// The section: `190.20`.
    pub ncd: String,
    /// What it means; none when the list does not tell.
    pub resolution: Option<Resolution>,
    /// Whether the diagnosis itself is listed.
    pub is_listed: bool,
}

/// A diagnosis in an article about a procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleFact {
    /// Its number, which people write with an A in front.
    pub article: u32,
    /// Covered or not covered.
    pub of: GroupOf,
    /// Whether the group's paragraph sets a condition.
    pub conditional: bool,
}

impl CoverageCheck {
    /// Of these lines; nothing when no kind of question is about coverage.
    pub(super) fn all(
        lines: &[CodeLine],
        kinds: &[Kind],
        desk: &Desk,
        days: &[Date],
        sources: &mut Sources,
    ) -> Vec<Self> {
        if !kinds.iter().any(|kind| matches!(kind, Kind::K4 | Kind::K6 | Kind::K12 | Kind::K15)) {
            return Vec::new();
        }
        let whole = || lines.iter().filter(|line| line.range.is_none());
        // No list is about visits.
        let procedures = whole().filter(|line| !is_visit(line.code.as_str()));
        let procedures = procedures.filter_map(|line| procedure(line.system, &line.code)).take(MOST);
        let diagnoses: Vec<&Code> =
            whole().filter(|line| line.system == CodeSystem::Icd10Cm).map(|line| &line.code).take(MOST).collect();
        let pairs = procedures.flat_map(|procedure| diagnoses.iter().map(move |diagnosis| (procedure, *diagnosis)));
        pairs.map(|(procedure, diagnosis)| Self::of(procedure, diagnosis, desk, days, sources)).collect()
    }

    fn of(procedure: ProcedureCode, diagnosis: &Code, desk: &Desk, days: &[Date], sources: &mut Sources) -> Self {
        let lab = days.iter().map(|day| {
            let said = Said::of(desk.lab_coverage(procedure, diagnosis, *day), sources, |found| {
                found.into_iter().map(NcdFact::from).collect()
            });
            Answer { table: Dataset::LabNcd, day: *day, said }
        });
        let lab = lab.collect();
        let articles = days.iter().map(|day| {
            let said = Said::of(desk.article_pairs(procedure, diagnosis, *day), sources, |found| {
                let mut articles: Vec<ArticleFact> = found.iter().map(ArticleFact::from).collect();
                articles.sort_by_key(|one| (one.article, one.of));
                articles.dedup();
                articles.truncate(MOST_ARTICLES);
                articles
            });
            Answer { table: Dataset::McdArticles, day: *day, said }
        });
        Self { procedure: procedure.code(), diagnosis: diagnosis.clone(), lab, articles: articles.collect() }
    }
}

impl From<LabCoverage> for NcdFact {
    fn from(found: LabCoverage) -> Self {
        Self { ncd: found.ncd, resolution: found.resolution, is_listed: found.is_listed }
    }
}

impl From<&ArticlePair> for ArticleFact {
    fn from(found: &ArticlePair) -> Self {
        Self {
            article: found.diagnosis.article,
            of: found.diagnosis.of,
            conditional: found.diagnosis.marked || found.procedure.marked,
        }
    }
}
