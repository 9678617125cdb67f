//! The terms under which licensed files may be taken in. `codes licence` records who accepted which; without that
//! such files are refused. Nothing of them is ever shipped with the program.

use serde::{Deserialize, Serialize};

/// Terms that an operator has to have accepted before a file is taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Terms {
    /// The AMA's licence for CPT text.
    AmaCpt,
    /// The AMA's notice in front of CMS files that are keyed by CPT numbers (NCCI, physician fee schedule).
    CmsAmaNotice,
}

impl Terms {
    /// Both.
    pub const ALL: [Self; 2] = [Self::AmaCpt, Self::CmsAmaNotice];

    /// As the command line and rows write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AmaCpt => "ama-cpt",
            Self::CmsAmaNotice => "cms-ama-notice",
        }
    }

    /// What is agreed to.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::AmaCpt => "a licence of the American Medical Association for CPT text, which you hold",
            Self::CmsAmaNotice => {
                "the AMA notice that opens CMS files keyed by CPT numbers: use within your organisation, and no \
                 redistribution"
            }
        }
    }

    /// The terms of that name.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|terms| terms.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_found_by_their_stored_name() {
        for terms in Terms::ALL {
            assert_eq!(Terms::read(terms.as_str()), Some(terms));
        }
    }
}
