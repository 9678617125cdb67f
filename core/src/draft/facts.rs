//! All that a reply may say: each statement with its source. Stored as JSON beside the draft, shown on the case page,
//! and the only thing that templates are rendered from.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    brief::{Brief, received},
    code_line::CodeLine,
    coverage::CoverageCheck,
    diagnoses::Diagnoses,
    edits::Edits,
    gap::{Case, Gap},
    house::HouseStatement,
    inpatient::Inpatient,
    kind::{Asked, Kind},
    question::Question,
    schedule::ScheduleCheck,
    service_date::ServiceDate,
    source::{Source, Sources},
    stated::Circumstances,
    unread_kind::UnreadKind,
    wording::Wording,
};
use crate::{
    catalog::{Dataset, TextSource},
    domain::{code::CodeSystem, tag::CaseTag},
    extract::said::payer::PayerKind,
    mail::attachment::Remark,
};

/// The facts of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The case's name.
    pub case: CaseTag,
    /// The day its first mail came in.
    pub received: Date,
    /// The question as understood.
    pub question: Question,
    /// What kinds of question it is, each with its reasons; empty when nothing tells.
    #[serde(default)]
    pub kinds: Vec<Asked>,
    /// The days on which codes were looked up.
    pub date: ServiceDate,
    /// The codes table.
    pub lines: Vec<CodeLine>,
    /// Codes of the mails that are not in the table because there are too many.
    pub left_out: usize,
    /// What the edit tables say of the procedures among them.
    #[serde(default)]
    pub edits: Edits,
    /// What the mails state besides codes and dates.
    #[serde(default)]
    pub stated: Circumstances,
    /// What the fee schedule says of the procedures.
    #[serde(default)]
    pub schedule: Vec<ScheduleCheck>,
    /// What the lists around ICD-10-CM say of the diagnoses.
    #[serde(default)]
    pub diagnoses: Diagnoses,
    /// What the coverage lists say of procedures with diagnoses.
    #[serde(default)]
    pub coverage: Vec<CoverageCheck>,
    /// What the inpatient tables say.
    #[serde(default)]
    pub inpatient: Inpatient,
    /// What the rules of this desk say of it.
    #[serde(default)]
    pub house: Vec<HouseStatement>,
    /// What is still needed.
    pub gaps: Vec<Gap>,
    /// The numbered sources.
    pub sources: Vec<Source>,
    /// What the reply must tell besides.
    pub notices: Vec<Notice>,
    /// How a model phrased some sections; none where the rules' own words stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wording: Option<Wording>,
}

/// What a reply tells besides the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "notice", rename_all = "snake_case")]
pub enum Notice {
    /// Educational; neither legal advice nor a promise of payment. Always there.
    Educational,
    /// CPT numbers are shown: whose mark CPT is.
    CptMark,
    /// CPT descriptors from a licensed file are shown: whose copyright they are.
    CptCopyright,
    /// Summaries in our own words are shown.
    OwnWords,
    /// A source is a selection of its code set.
    Selection,
    /// Only the ends of a range were looked up.
    RangeEnds,
    /// Attachments were not read.
    UnreadAttachments {
        /// How many.
        count: usize,
        /// What they are, in words for the asker, the most frequent first.
        #[serde(default)]
        kinds: Vec<UnreadKind>,
    },
    /// Tables of Medicare are used, and the payer is another one, or is not named.
    MedicareTables {
        /// `a private plan`; none when none is named.
        payer: Option<String>,
    },
    /// The mails hold details that may identify a patient.
    Identifiers,
}

/// Whether a table states rules of Medicare, which other payers need not follow.
#[must_use]
pub const fn is_of_medicare(table: Dataset) -> bool {
    matches!(
        table,
        Dataset::Ptp(_)
            | Dataset::Mue(_)
            | Dataset::MueSupplier
            | Dataset::AddOn
            | Dataset::RelativeValues
            | Dataset::LabNcd
            | Dataset::McdArticles
    )
}

/// The facts of this case. Total: an empty mail has facts too.
#[must_use]
pub fn facts(brief: &Brief<'_>) -> Facts {
    let received = received(brief.mails);
    let question = Question::read(brief.mails);
    let kinds = brief.kinds.to_vec();
    let date = ServiceDate::read(brief.mails, received);
    let mut sources = Sources::default();
    let (lines, left_out) = CodeLine::all(brief, &date.days, &mut sources);
    let edits = Edits::all(&lines, brief.desk, &date.days, &mut sources);
    let stated = Circumstances::read(brief.mails);
    let of_kinds: Vec<Kind> = kinds.iter().map(|asked| asked.kind).collect();
    let (desk, days) = (brief.desk, date.days.as_slice());
    let schedule = ScheduleCheck::all(&lines, &of_kinds, desk, days, stated.asks_amount, &mut sources);
    let diagnoses = Diagnoses::all(&lines, desk, days, &mut sources);
    let coverage = CoverageCheck::all(&lines, &of_kinds, desk, days, &mut sources);
    let inpatient = Inpatient::all(&lines, &of_kinds, desk, days, &mut sources);
    let case = Case { kinds: &of_kinds, question: &question, date: &date, lines: &lines, stated: &stated };
    let gaps = Gap::all(&case);
    let unread: Vec<&Remark> = brief.mails.iter().flat_map(|mail| mail.unread_attachments).collect();
    let notices = notices(&lines, &sources.list, &question, &stated, &unread);
    let mut facts = Facts {
        case: brief.tag.clone(),
        received,
        question,
        kinds,
        date,
        lines,
        left_out,
        edits,
        stated,
        schedule,
        diagnoses,
        coverage,
        inpatient,
        house: Vec::new(),
        gaps,
        sources: sources.list.clone(),
        notices,
        wording: None,
    };
    // Last, since they are judged on all other facts and cited after them.
    facts.house = HouseStatement::all(&facts, brief.house, &mut sources);
    facts.sources = sources.list;
    facts
}

fn notices(
    lines: &[CodeLine],
    sources: &[Source],
    question: &Question,
    stated: &Circumstances,
    unread: &[&Remark],
) -> Vec<Notice> {
    let of_medicare = sources.iter().filter_map(Source::dataset).any(is_of_medicare);
    let payer = stated.payer.filter(|payer| !payer.is_medicare()).map(|payer| payer.in_a_sentence().to_owned());
    let is_medicare = stated.payer.is_some_and(PayerKind::is_medicare);
    let shows = |wanted: TextSource| move |line: &CodeLine| line.title.as_ref().is_some_and(|t| t.source == wanted);
    let is_cpt = |line: &&CodeLine| line.system == CodeSystem::Cpt;
    let all = [
        (true, Notice::Educational),
        (lines.iter().any(|line| is_cpt(&line)), Notice::CptMark),
        (lines.iter().filter(is_cpt).any(shows(TextSource::Licensed)), Notice::CptCopyright),
        (lines.iter().any(shows(TextSource::Plain)), Notice::OwnWords),
        (sources.iter().filter_map(Source::edition).any(|edition| edition.selection), Notice::Selection),
        (lines.iter().any(|line| line.range.is_some()), Notice::RangeEnds),
        (of_medicare && !is_medicare, Notice::MedicareTables { payer }),
        (!unread.is_empty(), Notice::UnreadAttachments { count: unread.len(), kinds: UnreadKind::all(unread) }),
        (!question.identifiers.is_empty(), Notice::Identifiers),
    ];
    all.into_iter().filter_map(|(applies, notice)| applies.then_some(notice)).collect()
}
