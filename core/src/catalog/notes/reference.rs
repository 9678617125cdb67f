//! A reference in a note: a code, a stem or a range, and whether a code falls under it.

use std::{fmt, ops::Range};

use super::only::Only;
use crate::domain::code::Code;

/// What a note points to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// `T88.1`: that code, and what stands below it when it is no billable code.
    Exact(Code),
    /// `T45.1-`: whatever starts so.
    Stem(Code),
    /// `S00-T88`: everything from the first to the last, and what stands below the last.
    Range {
        /// The first.
        first: Code,
        /// The last.
        last: Code,
    },
}

/// A reference, and where it stands in the note's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// What it points to.
    pub reference: Reference,
    /// What narrows it.
    pub only: Option<Only>,
    /// Its bytes in the text, without the narrowing words.
    pub span: Range<usize>,
}

/// Whether a code falls under a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Falls {
    /// It does.
    Under,
    /// It does if the words that narrow the reference fit, which a program cannot tell.
    Perhaps,
    /// It does not.
    Outside,
}

/// The tabular order, where it is at hand.
pub trait Order {
    /// The place of a code, and that of the last code below it. A code that is not listed has the place of its stem.
    fn span(&self, code: &Code) -> Option<(u32, u32)>;
}

/// No order at hand.
pub struct ByLetters;

impl Order for ByLetters {
    fn span(&self, _code: &Code) -> Option<(u32, u32)> {
        None
    }
}

impl Reference {
    /// Whether `code` falls under it. A range goes by the tabular order; by letters and digits (these first) where
    /// the order lacks one of the three. The two differ for the few categories that end in a letter: C7A stands after
    /// C75 in the list, and between C79 and C80 by letters.
    #[must_use]
    pub fn holds(&self, code: &Code, order: &dyn Order) -> bool {
        match self {
            Self::Exact(stem) | Self::Stem(stem) => bare(code).starts_with(&bare(stem)),
            Self::Range { first, last } => match (order.span(code), order.span(first), order.span(last)) {
                (Some((at, _)), Some((from, _)), Some((_, to))) => (from..=to).contains(&at),
                _ => {
                    let (code, first, last) = (bare(code), bare(first), bare(last));
                    let to = |length: usize| code.get(..length).unwrap_or(&code);
                    to(first.len()) >= first.as_str() && to(last.len()) <= last.as_str()
                }
            },
        }
    }
}

impl Cited {
    /// Whether `code` falls under it.
    #[must_use]
    pub fn falls(&self, code: &Code, order: &dyn Order) -> Falls {
        if !self.reference.holds(code, order) {
            return Falls::Outside;
        }
        self.only.as_ref().map_or(Falls::Under, |only| only.fits(&bare(code)))
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(code) => write!(f, "{code}"),
            Self::Stem(code) if code.as_str().len() == 3 => write!(f, "{code}.-"),
            Self::Stem(code) => write!(f, "{code}-"),
            Self::Range { first, last } => write!(f, "{first}-{last}"),
        }
    }
}

/// Without the dot.
pub(super) fn bare(code: &Code) -> String {
    code.as_str().replace('.', "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::code::CodeSystem;

    fn code(text: &str) -> Code {
        Code::normal(CodeSystem::Icd10Cm, text)
    }

    #[test]
    fn what_stands_below_a_code_falls_under_it() {
        for (reference, inside, outside) in [
            (Reference::Exact(code("T88.1")), &["T88.1", "T88.1XXA"][..], &["T88.2", "T88"][..]),
            (Reference::Stem(code("I69")), &["I69", "I69.093"], &["I68.8", "I70"]),
            (
                Reference::Range { first: code("A00"), last: code("B99") },
                &["A00", "A00.0", "A99", "B99.9"],
                &["C00", "Z98"],
            ),
            (
                Reference::Range { first: code("T80"), last: code("T88.6") },
                &["T80", "T88.6", "T88.6XXA", "T88.0"],
                &["T88.7", "T79.9XXA"],
            ),
            (
                Reference::Range { first: code("S06.81"), last: code("S06.89") },
                &["S06.82", "S06.89A"],
                &["S06.8", "S06.9"],
            ),
        ] {
            for text in inside {
                assert!(reference.holds(&code(text), &ByLetters), "{text} falls under {reference}");
            }
            for text in outside {
                assert!(!reference.holds(&code(text), &ByLetters), "{text} does not fall under {reference}");
            }
        }
    }

    #[test]
    fn the_tabular_order_goes_before_letters() {
        struct Listed;
        impl Order for Listed {
            fn span(&self, code: &Code) -> Option<(u32, u32)> {
                let at = ["C75", "C7A", "C76", "C80"].iter().position(|listed| code.as_str().starts_with(listed))?;
                u32::try_from(at).ok().map(|at| (at, at))
            }
        }
        let range = Reference::Range { first: code("C76"), last: code("C80") };
        assert!(range.holds(&code("C7A"), &ByLetters));
        assert!(!range.holds(&code("C7A"), &Listed));
        assert!(range.holds(&code("C80.1"), &Listed));
    }
}
