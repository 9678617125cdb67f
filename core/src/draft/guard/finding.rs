//! What the guard reports, and how a person overrules it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::span::Span;

/// A rule of the guard. The stable names are those of the rule book, `G1` … `G15`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Rule {
    /// Every code in the text is in the catalogue and in force on the date of service, or the text says otherwise.
    #[serde(rename = "G1")]
    CodeInForce,
    /// Without a date of service, the text says which day or edition was assumed.
    #[serde(rename = "G2")]
    AssumedEdition,
    /// An ended code is said to have ended, with its last day and its successor.
    #[serde(rename = "G3")]
    EndedCode,
    /// Two codes that no modifier makes billable together are not presented as billable together.
    #[serde(rename = "G4")]
    NeverTogether,
    /// Two codes that need a modifier come with what the record must show for it.
    #[serde(rename = "G5")]
    ModifierReason,
    /// Units stay within the published limit, or the text says that they do not.
    #[serde(rename = "G6")]
    UnitLimit,
    /// An add-on code comes with a parent.
    #[serde(rename = "G7")]
    AddOnParent,
    /// A category is said to need more characters.
    #[serde(rename = "G8")]
    MoreCharacters,
    /// Two diagnoses that a note sets against each other are told with it.
    #[serde(rename = "G9")]
    Excludes1,
    /// A descriptor is shown only with the mark of its source.
    #[serde(rename = "G10")]
    DescriptorSource,
    /// Nothing in the text may identify a patient.
    #[serde(rename = "G11")]
    Identifier,
    /// Each rule that the text states names a source that exists and says it.
    #[serde(rename = "G12")]
    Source,
    /// Nothing in the text promises payment.
    #[serde(rename = "G13")]
    PaymentPromise,
    /// Tables of Medicare that are used for another payer are told as such.
    #[serde(rename = "G14")]
    OtherPayer,
    /// The reply goes to the asker and to nobody else.
    #[serde(rename = "G15")]
    Recipient,
    /// The reviewer's part has been written.
    Unanswered,
    /// There is a text.
    Empty,
}

impl Rule {
    /// All of them, in the order of the rule book.
    pub const ALL: [Self; 17] = [
        Self::CodeInForce,
        Self::AssumedEdition,
        Self::EndedCode,
        Self::NeverTogether,
        Self::ModifierReason,
        Self::UnitLimit,
        Self::AddOnParent,
        Self::MoreCharacters,
        Self::Excludes1,
        Self::DescriptorSource,
        Self::Identifier,
        Self::Source,
        Self::PaymentPromise,
        Self::OtherPayer,
        Self::Recipient,
        Self::Unanswered,
        Self::Empty,
    ];

    /// The stable name, as in JSON, forms and the audit trail.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CodeInForce => "G1",
            Self::AssumedEdition => "G2",
            Self::EndedCode => "G3",
            Self::NeverTogether => "G4",
            Self::ModifierReason => "G5",
            Self::UnitLimit => "G6",
            Self::AddOnParent => "G7",
            Self::MoreCharacters => "G8",
            Self::Excludes1 => "G9",
            Self::DescriptorSource => "G10",
            Self::Identifier => "G11",
            Self::Source => "G12",
            Self::PaymentPromise => "G13",
            Self::OtherPayer => "G14",
            Self::Recipient => "G15",
            Self::Unanswered => "Unanswered",
            Self::Empty => "Empty",
        }
    }

    /// The rule of that stable name.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.as_str() == text)
    }

    /// Whether a person may send in spite of it. A reply without an answer is no reply.
    #[must_use]
    pub const fn can_be_overridden(self) -> bool {
        !matches!(self, Self::Unanswered | Self::Empty)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether a finding blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Blocks sending until it is mended or overridden by name.
    Hard,
    /// A warning.
    Soft,
}

/// One thing that the guard found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// Whether it blocks.
    pub severity: Severity,
    /// Where, in bytes of the checked text; empty for what is missing from it.
    pub span: Span,
    /// What is wrong. Names codes and kinds of identifiers, and never repeats an identifier.
    pub message: String,
    /// What to do.
    pub remedy: String,
}

impl Finding {
    pub(super) fn hard(rule: Rule, span: Span, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { rule, severity: Severity::Hard, span, message: message.into(), remedy: remedy.into() }
    }

    pub(super) fn soft(rule: Rule, span: Span, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { severity: Severity::Soft, ..Self::hard(rule, span, message, remedy) }
    }
}

/// A person's decision to send in spite of a rule. Recorded with the approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// The rule that is overruled.
    pub rule: Rule,
    /// Why, in the person's words.
    pub reason: String,
}

impl Override {
    /// Whether it counts: the rule can be overruled, and the reason is more than a keystroke.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.rule.can_be_overridden() && self.reason.chars().filter(|c| c.is_alphanumeric()).count() >= 8
    }
}

/// The findings that still block sending.
#[must_use]
pub fn blocking<'a>(findings: &'a [Finding], overrides: &[Override]) -> Vec<&'a Finding> {
    let overruled = |rule: Rule| overrides.iter().any(|made| made.rule == rule && made.is_valid());
    findings.iter().filter(|found| found.severity == Severity::Hard && !overruled(found.rule)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hard_finding_blocks_until_its_rule_is_overruled_with_a_reason() {
        let hard = |rule| Finding::hard(rule, Span::new(0, 1), "wrong", "mend it");
        let findings = [
            hard(Rule::CodeInForce),
            hard(Rule::Unanswered),
            Finding::soft(Rule::PaymentPromise, Span::new(0, 1), "promise", "mend it"),
        ];
        let rules = |overrides: &[Override]| -> Vec<Rule> {
            blocking(&findings, overrides).into_iter().map(|found| found.rule).collect()
        };
        let made = |rule, reason: &str| Override { rule, reason: reason.to_owned() };
        assert_eq!(rules(&[]), [Rule::CodeInForce, Rule::Unanswered]);
        assert_eq!(rules(&[made(Rule::CodeInForce, "checked in the publisher's file")]), [Rule::Unanswered]);
        assert_eq!(rules(&[made(Rule::CodeInForce, " ... ok ")]).len(), 2, "a reason is needed");
        assert_eq!(rules(&[made(Rule::EndedCode, "checked in the publisher's file")]).len(), 2, "another rule");
        assert_eq!(rules(&[made(Rule::Unanswered, "the table says it all")]).len(), 2, "not this one");
    }

    #[test]
    fn every_rule_is_found_by_its_stable_name_which_is_its_json() {
        for rule in Rule::ALL {
            assert_eq!(Rule::read(rule.as_str()), Some(rule));
            assert_eq!(serde_json::to_string(&rule).unwrap(), format!("{:?}", rule.as_str()));
        }
    }
}
