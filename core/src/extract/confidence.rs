//! How sure we are that something is a code: a set of named reasons, each with its points.
//!
//! There is no other weight anywhere. A [`Score`] of [`MENTION`] points or more is a mention; from [`POSSIBLE`] on it
//! is shown to the reviewer as a possible mention; below, it is a number like any other. The rules that give reasons
//! are in the files of the code systems, in [`super::surroundings`] and in [`super::lookalike`].

use std::fmt;

use crate::domain::mention::Confidence;

/// From here on it is a mention.
pub(super) const MENTION: i32 = 5;

/// From here on it is certain.
const CERTAIN: i32 = 10;

/// From here on it is a possible mention.
pub(super) const POSSIBLE: i32 = 2;

macro_rules! reasons {
    ($($(#[doc = $doc:literal])+ $name:ident = $points:literal, $text:literal;)+) => {
        /// Why something is, or is not, a code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(super) enum Reason {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Reason {
            const ALL: &'static [Self] = &[$(Self::$name,)+];

            const fn points(self) -> i32 {
                match self {
                    $(Self::$name => $points,)+
                }
            }

            const fn text(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)+
                }
            }
        }
    };
}

reasons! {
    // What it looks like.
    /// A five-digit number in a part of CPT that is in use.
    CptRange = 2, "in a range of CPT";
    /// A visit code, the most written numbers of all.
    VisitRange = 6, "in the range of visit codes";
    /// `0275T`, `3074F`, `0001U`.
    LetteredCpt = 4, "four digits and a letter";
    /// A letter and four digits that begin like HCPCS codes in use.
    HcpcsBlock = 4, "in a block of HCPCS";
    /// `E11.9`: a dot after a category in use.
    DottedDiagnosis = 6, "written as a diagnosis, in a category in use";
    /// `E12.9`: dotted, but no such category.
    DottedLikeDiagnosis = 3, "written as a diagnosis";
    /// `S82.-`, `428.x`: people write this of categories alone.
    Placeholder = 3, "has the placeholder of a category";
    /// `I10`: a category that is a whole code.
    WholeDiagnosis = 3, "a category that is a whole code";
    /// `E11`.
    CategoryDiagnosis = 1, "a category in use";
    /// `S72001A`: long enough to be no accident.
    LongDiagnosis = 4, "written as a long diagnosis without its dot";
    /// `E119`.
    BareDiagnosis = 1, "could be a diagnosis without its dot";
    /// `QA0101`: models, parts and teams are named like that.
    LetteredCategory = -4, "begins with two letters and has no dot";
    /// Seven characters that begin like an ICD-10-PCS table.
    ProcedureTable = 4, "in a table of ICD-10-PCS";
    /// `0UL70ZZ`: no device, no qualifier.
    ClosedProcedure = 3, "ends like a code of ICD-10-PCS";
    /// `V58.69`, `E885.9`.
    LetteredOldDiagnosis = 5, "written as a V or E code of ICD-9";
    /// "the 2014 chart had 427.31".
    OldTimes = 5, "the text speaks of the time of ICD-9";
    /// `0409-1412-04`.
    DrugDashes = 3, "grouped like a drug code";
    // What the text calls it.
    /// "CPT 99213".
    SystemNamed = 8, "its code system is named";
    /// "dx E119".
    DiagnosisNamed = 7, "called a diagnosis";
    /// "the reset code 20610": a code of something.
    PerhapsCode = 2, "called a code of something";
    /// "procedure 20610".
    ProcedureNamed = 5, "called a procedure";
    /// "the surgeon did 20610".
    Done = 3, "said to be done or used";
    /// "code 20610".
    CodeNamed = 5, "called a code";
    /// "question about 20610": neither counts nor numbers anything.
    StandsFree = 2, "stands as a name would";
    /// "on 20610 you": what stands on one side is no noun that it would be the number of.
    HalfFree = 1, "stands almost as a name would";
    /// "bill 20610".
    Billed = 4, "said to be billed";
    /// "rev code 0450".
    RevenueNamed = 8, "called a revenue code";
    /// `0636 J0696`, "0450 or 0456" where revenue codes are spoken of.
    RevenueLike = 6, "written as a revenue code";
    /// "DRG 871, the auditor says 872".
    GroupNear = 6, "said beside a DRG";
    /// A billing word in the same sentence or so.
    BillingNear = 2, "billing words near";
    /// What is done to patients is spoken of beside it.
    ClinicalNear = 3, "words of medicine near";
    /// A diagnosis word in the same sentence or so.
    DiagnosisNear = 4, "diagnosis words near";
    // What stands around a modifier without a code.
    /// "modifier 25".
    ModifierNamed = 8, "called a modifier";
    /// `-25`.
    ModifierDash = 4, "has the dash of a modifier";
    /// `XU`, `KX`.
    ModifierLetters = 4, "means nothing but a modifier";
    /// `GC`, `T5`.
    TwoLetters = -1, "two letters could be an abbreviation";
    /// "25".
    TwoDigits = -1, "two digits could be anything";
    /// "29827 went out bare, RT was never put on": one code in the sentence, and letters that may be its modifier.
    OfSentence = 4, "in the sentence of one code";
    /// `MD`, `CT`.
    Wordlike = -4, "could be a word";
    /// "need 25", "use a 59".
    Wanted = 3, "a word before asks for a modifier";
    /// "is 25", "the 59".
    Pointed = 1, "a word before points at it";
    /// "25?", "59 needed".
    Questioned = 2, "what follows asks about it";
    /// "25 on", "59 for".
    Placed = 1, "what follows says where it goes";
    /// "99214-25 was denied. Is 25 right?"
    SaidBefore = -2, "a code has this modifier already";
    /// "25 or 57", "PT or 33": of one kind, between which people choose.
    Alternatives = 4, "beside what is often asked about instead";
    /// "25 or 57".
    ModifierList = 3, "in a list of modifiers";
    /// One word of billing around.
    LittleCoding = 1, "a word of billing";
    /// The text around speaks a little of coding.
    SomeCoding = 2, "the text speaks of billing";
    /// The text around speaks of coding.
    MuchCoding = 4, "the text speaks of coding";
    /// Known to the catalogue.
    Known = 5, "in the catalogue";
    // Its company.
    /// Continues a list of codes.
    InList = 6, "in a list of codes";
    /// Two numbers in ranges of CPT side by side, with billing words near.
    Paired = 3, "paired with another";
    /// A certain code of the same kind stands in the same paragraph or the next.
    NearCode = 5, "near a certain code";
    /// The third or later in a list of numbers that could all be codes.
    Crowd = 5, "in a row of three or more that could be codes";
    /// "C61, 55700, G0416": numbers that could be codes of several systems, side by side.
    MixedCompany = 6, "beside what could be codes of other systems";
    /// `+17003`, `20610*`.
    AddOnMark = 2, "marked as in a code book";
    /// One end of a range.
    InRange = 4, "one end of a range";
    /// The same code is certain elsewhere in the text.
    Elsewhere = 5, "certain elsewhere in the text";
    /// A mention of another system stands beside it.
    BesideCode = 4, "beside a code";
    /// `-25`, `RT`.
    WithModifier = 4, "has a modifier";
    /// "using 76 on 93005".
    PutOn = 4, "a modifier is put on it";
    /// `RT`: a modifier that is letters leaves no doubt that a number is a code.
    WithSide = 3, "has a modifier of letters";
    /// `x 4`.
    WithUnits = 3, "has units";
    // What speaks against it.
    /// No CPT code has this number.
    OutsideCpt = -6, "outside the ranges of CPT";
    /// `B1190`: no block of HCPCS begins so.
    OutsideHcpcs = -1, "outside the blocks of HCPCS";
    /// `992l3`.
    LetterForDigit = -2, "a letter stands for a digit";
    /// `deleted90782`.
    Glued = -2, "glued to a word";
    /// `j1885`.
    LowerCase = -2, "in lower case";
    /// `60614-1234`, `IL 60614`.
    Zip = -40, "a ZIP code";
    /// "ext. 48213".
    Phone = -40, "a phone number";
    /// "$12500".
    Money = -40, "an amount of money";
    /// "invoice 48213".
    Identifier = -40, "an account, claim or order number";
    /// "case 48213".
    PerhapsIdentifier = -4, "perhaps an identifier";
    /// "48213 Main Street".
    Address = -40, "a street number";
    /// "section 1833.1", "version 2.1".
    Citation = -40, "a section, page or version";
    /// "48213 miles".
    Counted = -8, "a count";
    /// `45000`: few codes end so, and most amounts.
    Round = -2, "a round number";
    /// "250.00 mg", "48213 days".
    Measured = -40, "a dose, a time or a measurement";
    /// "in Springfield 62704".
    AfterTown = -8, "after a town";
    /// "Springfield 62704".
    AfterName = -3, "after a name";
    /// Part of a longer number or name: `48213-AB-9`.
    PartOfLonger = -40, "part of a longer number or name";
    /// "remark code N130".
    DenialCode = -40, "a denial code";
    /// In a signature, where numbers are addresses.
    InSignature = -4, "in a signature";
    /// Neither coding nor anything else is spoken of: who writes to a coder means codes.
    Silent = 2, "nothing near speaks of anything else";
    /// No word of coding near.
    NoCoding = -2, "nothing near speaks of coding";
    /// Orders, rooms and streets are spoken of, and not coding.
    Everyday = -5, "the text speaks of everyday business";
}

/// A set of reasons.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Score {
    reasons: u128,
    points: i32,
}

impl Score {
    /// Adds a reason; the same reason counts once.
    pub(super) fn add(&mut self, reason: Reason) {
        if !self.has(reason) {
            self.reasons |= 1 << (reason as u8);
            self.points += reason.points();
        }
    }

    pub(super) fn add_if(&mut self, condition: bool, reason: Reason) {
        if condition {
            self.add(reason);
        }
    }

    pub(super) const fn has(self, reason: Reason) -> bool {
        self.reasons & (1 << (reason as u8)) != 0
    }

    pub(super) const fn points(self) -> i32 {
        self.points
    }

    /// It is read as a code.
    pub(super) const fn is_mention(self) -> bool {
        self.points >= MENTION
    }

    /// It is worth a reviewer's look.
    pub(super) const fn is_possible(self) -> bool {
        self.points >= POSSIBLE
    }

    /// It is something else, whatever else speaks for it.
    pub(super) const fn is_hopeless(self) -> bool {
        self.points < -20
    }

    /// The reasons in words.
    pub(super) fn reasons(self) -> impl Iterator<Item = &'static str> {
        let mut left = self.reasons;
        std::iter::from_fn(move || {
            let next = usize::try_from(left.trailing_zeros()).ok().and_then(|place| Reason::ALL.get(place))?;
            left &= left - 1;
            Some(next.text())
        })
    }

    /// In one word.
    pub(super) const fn confidence(self) -> Confidence {
        match self.points {
            CERTAIN.. => Confidence::Certain,
            MENTION.. => Confidence::Likely,
            _ => Confidence::Possible,
        }
    }
}

impl fmt::Debug for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.points, self.reasons().collect::<Vec<_>>().join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_counts_once() {
        let mut score = Score::default();
        score.add(Reason::VisitRange);
        score.add(Reason::VisitRange);
        assert_eq!(score.points(), 6);
        score.add(Reason::PerhapsIdentifier);
        assert!(score.is_possible() && !score.is_mention());
        score.add(Reason::Zip);
        assert!(score.is_hopeless());
    }

    #[test]
    fn all_reasons_fit_the_set() {
        assert!(Reason::ALL.len() <= 128);
    }
}
