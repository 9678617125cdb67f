//! Why a pair of codes is a PTP edit: a dozen labels, whose case and spacing change from year to year. Used by
//! [`super::ncci_ptp`].

use super::{table::decode, table_header::fold};

/// CMS's rationale for an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rationale {
    /// "Misuse of Column Two code with Column One code".
    MisuseOfColumnTwo,
    /// "Standards of medical/surgical practice".
    StandardsOfPractice,
    /// "CPT Manual or CMS manual coding instruction".
    CodingInstruction,
    /// "Standard preparation/monitoring services for anesthesia".
    PreparationForAnesthesia,
    /// "HCPCS/CPT procedure code definition".
    CodeDefinition,
    /// "Mutually exclusive procedures".
    MutuallyExclusive,
    /// "More extensive procedure".
    MoreExtensive,
    /// "CPT Separate procedure definition".
    SeparateProcedure,
    /// "Anesthesia service included in surgical procedure".
    AnesthesiaIncluded,
    /// "Sequential procedure".
    Sequential,
    /// "Laboratory panel".
    LaboratoryPanel,
    /// "Gender-specific procedures".
    GenderSpecific,
    /// Another label, by its place in [`OtherRationales`].
    Other(u8),
}

impl Rationale {
    /// The known ones, each with its label as CMS writes it in 2024.
    pub const KNOWN: [(Self, &'static str); 12] = [
        (Self::MisuseOfColumnTwo, "Misuse of Column Two code with Column One code"),
        (Self::StandardsOfPractice, "Standards of medical/surgical practice"),
        (Self::CodingInstruction, "CPT Manual or CMS manual coding instruction"),
        (Self::PreparationForAnesthesia, "Standard preparation/monitoring services for anesthesia"),
        (Self::CodeDefinition, "HCPCS/CPT procedure code definition"),
        (Self::MutuallyExclusive, "Mutually exclusive procedures"),
        (Self::MoreExtensive, "More extensive procedure"),
        (Self::SeparateProcedure, "CPT Separate procedure definition"),
        (Self::AnesthesiaIncluded, "Anesthesia service included in surgical procedure"),
        (Self::Sequential, "Sequential procedure"),
        (Self::LaboratoryPanel, "Laboratory panel"),
        (Self::GenderSpecific, "Gender-specific procedures"),
    ];

    /// The label of a known rationale.
    #[must_use]
    pub fn label(self) -> Option<&'static str> {
        Self::KNOWN.into_iter().find(|(known, _)| *known == self).map(|(_, label)| label)
    }
}

/// The labels of a file that are none of the known ones, in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OtherRationales(Vec<String>);

impl OtherRationales {
    /// The label of any rationale of this file.
    #[must_use]
    pub fn label(&self, rationale: Rationale) -> Option<&str> {
        match rationale {
            Rationale::Other(nth) => self.0.get(usize::from(nth)).map(String::as_str),
            known => known.label(),
        }
    }

    /// All of them.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.0
    }
}

/// Reads labels, and keeps those that are not known. Rows that follow each other mostly have the same one.
#[derive(Default)]
pub(super) struct Reasons {
    others: OtherRationales,
    seen: Vec<(Box<[u8]>, Rationale)>,
    last: usize,
}

impl Reasons {
    /// How many ways of writing labels are kept at hand: more than CMS ever had, and a bound for a damaged file.
    const MOST: usize = 1024;

    /// The rationale of a label. None when more labels are unknown than a table of them can have.
    pub(super) fn read(&mut self, label: &[u8]) -> Option<Rationale> {
        let is = |(seen, _): &&(Box<[u8]>, Rationale)| **seen == *label;
        if let Some((_, rationale)) = self.seen.get(self.last).filter(is) {
            return Some(*rationale);
        }
        if let Some(at) = self.seen.iter().position(|seen| is(&seen)) {
            self.last = at;
            return self.seen.get(at).map(|(_, rationale)| *rationale);
        }
        let rationale = self.find(&decode(label))?;
        if self.seen.len() < Self::MOST {
            self.seen.push((label.into(), rationale));
        }
        Some(rationale)
    }

    fn find(&mut self, label: &str) -> Option<Rationale> {
        let folded = fold(label);
        if let Some((known, _)) = Rationale::KNOWN.into_iter().find(|(_, known)| fold(known) == folded) {
            return Some(known);
        }
        let others = &mut self.others.0;
        let at = others.iter().position(|other| fold(other) == folded).unwrap_or(others.len());
        let other = Rationale::Other(u8::try_from(at).ok()?);
        if at == others.len() {
            others.push(label.to_owned());
        }
        Some(other)
    }

    pub(super) fn others(self) -> OtherRationales {
        self.others
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_known_in_any_case_and_spacing() {
        let mut reasons = Reasons::default();
        for (label, rationale) in [
            ("Misuse of column two code with column one code", Rationale::MisuseOfColumnTwo),
            ("Standards of medical / surgical practice", Rationale::StandardsOfPractice),
            ("MORE EXTENSIVE PROCEDURE", Rationale::MoreExtensive),
            ("Gender-specific (formerly designated sex) procedures", Rationale::Other(0)),
            ("", Rationale::Other(1)),
            ("gender-specific (formerly designated sex) procedures", Rationale::Other(0)),
            ("More extensive procedure", Rationale::MoreExtensive),
        ] {
            assert_eq!(reasons.read(label.as_bytes()), Some(rationale), "{label}");
        }
        let others = reasons.others();
        assert_eq!(others.label(Rationale::Other(0)), Some("Gender-specific (formerly designated sex) procedures"));
        assert_eq!(others.label(Rationale::Sequential), Some("Sequential procedure"));
        assert_eq!((others.labels().len(), others.label(Rationale::Other(9))), (2, None));
    }

    #[test]
    fn a_file_of_nonsense_does_not_fill_the_memory() {
        let mut reasons = Reasons::default();
        let known = (0..2000).filter(|nth| reasons.read(format!("reason {nth}").as_bytes()).is_some());
        assert_eq!(known.count(), 256);
        assert_eq!(reasons.read("one more ünknown".as_bytes()), None);
        assert_eq!(reasons.read(b"Laboratory panel"), Some(Rationale::LaboratoryPanel));
        assert!(reasons.seen.len() <= Reasons::MOST);
    }
}
