//! What the rule of one kind of question says. A rule that finds nothing to say leaves its part to the reviewer.

use crate::{catalog::layout::pfs_indicator::GlobalDays, draft::source::Cited};

/// One part of the answer. Each text is one sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    /// The answer, the most telling sentence first.
    pub(super) short: Vec<String>,
    /// The reasons, each tied to the mail.
    pub(super) why: Vec<String>,
    /// Codes that were considered and rejected, with the reason.
    pub(super) rejected: Vec<String>,
    /// What a refusal would be called, and what answers it.
    pub(super) denied: Vec<String>,
    /// What only a reviewer can say; none when the rule answers.
    pub(super) open: Option<String>,
    /// Whether the sentences say why there is no answer, rather than give one.
    pub(super) is_no_answer: bool,
}

impl Part {
    /// Left to the reviewer.
    pub(super) fn open(what: &str) -> Self {
        Self { open: Some(what.to_owned()), ..Self::default() }
    }
}

/// `[3]`
pub(super) fn at(source: &Cited) -> String {
    format!("[{}]", source.number)
}

/// `a package of 90 days`.
pub(super) fn package_words(package: GlobalDays) -> &'static str {
    match package {
        GlobalDays::SameDay => "a global package of the same day alone (000)",
        GlobalDays::TenDays => "a global package of the day and ten days after it (010)",
        GlobalDays::NinetyDays => "a global package from the day before to ninety days after it (090)",
        GlobalDays::Maternity => "the maternity package (MMM)",
        GlobalDays::NotApplicable => "no global package (XXX)",
        GlobalDays::ContractorDecides => "a global package that the contractor sets (YYY)",
        GlobalDays::WithOtherService => "no package of its own: it belongs to that of another service (ZZZ)",
    }
}

/// Visits: office, hospital, emergency, nursing facility, home, preventive, eye.
pub(in super::super) fn is_visit(code: &str) -> bool {
    let number: u32 = code.parse().unwrap_or(0);
    matches!(
        number,
        99_202..=99_215 | 99_221..=99_239 | 99_242..=99_255 | 99_281..=99_285 | 99_291 | 99_304..=99_316
            | 99_341..=99_350 | 99_381..=99_397 | 92_002..=92_014
    )
}
