//! Finds what may identify a patient, and takes it out of a text.
//!
//! It reduces and never certifies: names without a title, for one, are not found (45 CFR 164.514(b)(2) lists
//! eighteen kinds). It is careful with codes: a five-digit number alone is a CPT code here and never a ZIP, and a
//! national drug code is no telephone number. Called when the asker's question is restated, and by the guard on
//! every outgoing text.

use std::sync::LazyLock;

use regex::{Captures, Regex, RegexBuilder};
use serde::{Deserialize, Serialize};

use crate::domain::span::Span;

/// A kind of identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identifier {
    /// A mail address.
    Email,
    /// A web address. Private in an asker's mail; in a reply it may be a source.
    Link,
    /// A social security number.
    Ssn,
    /// Medical record, account, member, claim, NPI and similar numbers, with the word that names them; a Medicare
    /// beneficiary identifier; a bare run of nine or ten digits.
    Number,
    /// A telephone or fax number.
    Phone,
    /// A day: of birth, or any other. The year alone is no identifier.
    Day,
    /// A house number and street.
    Street,
    /// A ZIP code, when a state, the word ZIP or its four-digit extension shows that it is one.
    Zip,
    /// An age of 90 or more.
    OldAge,
    /// A name after a title or after "patient".
    Name,
}

impl Identifier {
    /// What stands in its place.
    #[must_use]
    pub const fn mask(self) -> &'static str {
        match self {
            Self::Email => "[email]",
            Self::Link => "[link]",
            Self::Ssn | Self::Number => "[number]",
            Self::Phone => "[phone]",
            Self::Day => "[date]",
            Self::Street => "[street]",
            Self::Zip => "[ZIP]",
            Self::OldAge => "[age 90 or over]",
            Self::Name => "[name]",
        }
    }

    /// What it is, for people: `a telephone number`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Email => "a mail address",
            Self::Link => "a web address",
            Self::Ssn => "a social security number",
            Self::Number => "a record, account or member number",
            Self::Phone => "a telephone number",
            Self::Day => "a date",
            Self::Street => "a street address",
            Self::Zip => "a ZIP code",
            Self::OldAge => "an age of 90 or more",
            Self::Name => "a name",
        }
    }
}

/// One identifier in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub identifier: Identifier,
    /// Where, in bytes of the text.
    pub span: Span,
}

/// The months' names but May's, which is a word too.
macro_rules! months {
    () => {
        "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?\
         |nov(?:ember)?|dec(?:ember)?)"
    };
}

/// The patterns. The named group `it`, when there is one, is what is masked; the rest only shows what it is.
const PATTERNS: &[(Identifier, &str)] = &[
    (Identifier::Email, r"(?i)[a-z0-9][a-z0-9._%+'-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+"),
    (Identifier::Link, r"(?i)\b(?:https?://|www\.)[!-;=?-\\^-~]+"),
    (Identifier::Ssn, r"\b\d{3}-\d{2}-\d{4}\b"),
    (Identifier::Ssn, r"(?i)\b(?:ssn|social security)(?:\s+(?:number|no\.?))?\s*[:#]?\s*(?P<it>\d[\d -]{2,9}\d)\b"),
    (
        Identifier::Number,
        r"(?i)\b(?:mrn|mbi|npi|icn|dcn|hicn?|med(?:ical)?\s+rec(?:ord)?|(?:patient|subscriber|member|insurance|group|policy)\s+id)(?:\s+(?:number|num|no\.?))?\s*(?:is\s+)?[:#]?\s*(?P<it>[a-z]{0,4}-?\d[a-z0-9-]{2,19})\b",
    ),
    (
        Identifier::Number,
        r"(?i)\b(?:account|acct|member|subscriber|policy|claim|chart|encounter|patient|authorization|referral|record|order|invoice|reference)\s*(?:(?:number|num|no\.|id)\s*(?:is\s+)?[:#]?|[:#])\s*(?P<it>[a-z]{0,4}-?\d[a-z0-9-]{2,19})\b",
    ),
    // A Medicare beneficiary identifier, by the places that CMS gives letters and digits.
    (
        Identifier::Number,
        r"\b[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y]{2}\d{2}\b",
    ),
    (Identifier::Phone, r"(?:\+1[ .-]?)?(?:\(\d{3}\)\s?|\b\d{3}[ .-])\d{3}[ .-]\d{4}\b"),
    (Identifier::Number, r"\b\d{9,10}\b"),
    (Identifier::Day, r"\b\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d{2})\b"),
    (Identifier::Day, r"\b(?:19|20)\d{2}[-/]\d{1,2}[-/]\d{1,2}\b"),
    (Identifier::Day, concat!(r"(?i)\b", months!(), r"\.?\s+\d{1,2}(?:st|nd|rd|th)?(?:,?\s+\d{4})?\b")),
    (Identifier::Day, concat!(r"(?i)\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?", months!(), r"\b(?:,?\s+\d{4})?")),
    // "May" alone asks for leave: "may 5 units be billed".
    (Identifier::Day, r"\bM(?:ay|AY)\s+\d{1,2}(?:st|nd|rd|th|,?\s+\d{4})\b"),
    (Identifier::Day, r"\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?M(?:ay|AY)\b(?:,?\s+\d{4})?"),
    (
        Identifier::Street,
        r"\b\d{1,5}\s+(?:[NSEW]\.?\s+)?(?:[A-Z][a-z]+\s+){1,3}(?:Street|Avenue|Road|Drive|Lane|Boulevard|Highway|Parkway|Terrace|St|Ave|Rd|Ln|Blvd|Hwy|Pkwy)\b",
    ),
    (Identifier::Zip, r"(?i)\bzip(?:\s*code)?\s*[:#]?\s*(?P<it>\d{5}(?:-\d{4})?)\b"),
    (Identifier::Zip, r"\b[A-Z][a-z]+,\s*(?P<state>[A-Z]{2})\s+(?P<it>\d{5}(?:-\d{4})?)\b"),
    (Identifier::OldAge, r"(?i)\b(?P<it>9\d|1[0-2]\d)[\s-]*(?:y/?o\b|yrs?\b|years?[\s-]old\b|year[\s-]old\b)"),
    (Identifier::Name, r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr)\b\.?\s+(?P<it>[A-Z][a-z'-]+(?:\s+[A-Z][a-z'-]+){0,2})"),
    (
        Identifier::Name,
        r"\b(?:[Pp]atient|[Pp]t|PATIENT|PT)(?:\s+[Nn]ame)?(?:\s+is|:|\s+named)?\s+(?P<it>[A-Z][a-z'-]+,?\s+(?:[A-Z]\.?\s+)?[A-Z][a-z'-]+)\b",
    ),
];

/// Those that compile, which a test shows to be all of them.
static COMPILED: LazyLock<Vec<(Identifier, Regex)>> = LazyLock::new(|| {
    // ASCII alone: American identifiers are, and the Unicode tables make building the patterns slow.
    let compiled = |text: &str| RegexBuilder::new(text).unicode(false).build().ok();
    PATTERNS.iter().filter_map(|(identifier, text)| Some((*identifier, compiled(text)?))).collect()
});

/// The identifiers in `text`, in order. Where patterns overlap, what they cover together is one identifier, of the
/// kind that begins first: rather one letter too many than one too few.
#[must_use]
pub fn find(text: &str) -> Vec<Found> {
    let mut hits: Vec<Found> = Vec::new();
    for (identifier, pattern) in COMPILED.iter() {
        for captures in pattern.captures_iter(text) {
            let Some(it) = captures.name("it").or_else(|| captures.get(0)) else { continue };
            let span = Span::new(it.start(), it.end());
            if is_one(*identifier, &captures, span, text) {
                hits.push(Found { identifier: *identifier, span });
            }
        }
    }
    hits.sort_by_key(|found| found.span.start);
    let mut all: Vec<Found> = Vec::with_capacity(hits.len());
    for hit in hits {
        match all.last_mut() {
            Some(last) if last.span.overlaps(hit.span) => last.span.end = last.span.end.max(hit.span.end),
            _ => all.push(hit),
        }
    }
    all
}

/// `text` with every identifier replaced by its mask, and the kinds that were there.
#[must_use]
pub fn mask(text: &str) -> (String, Vec<Identifier>) {
    let mut masked = String::with_capacity(text.len());
    let mut kinds = Vec::new();
    let mut done = 0;
    for Found { identifier, span } in find(text) {
        masked.push_str(text.get(done..span.start).unwrap_or(""));
        masked.push_str(identifier.mask());
        done = span.end;
        kinds.push(identifier);
    }
    masked.push_str(text.get(done..).unwrap_or(""));
    kinds.sort_unstable();
    kinds.dedup();
    (masked, kinds)
}

/// What the pattern alone cannot decide.
fn is_one(identifier: Identifier, captures: &Captures<'_>, span: Span, text: &str) -> bool {
    let before = text.get(..span.start).and_then(|head| head.chars().next_back());
    let after = text.get(span.end..).and_then(|tail| tail.chars().next());
    let joined = |c: Option<char>| c.is_some_and(|c| c == '-' || c.is_ascii_digit());
    match identifier {
        // `0409-1412-04` and `99202-99205` go on where a telephone number or a plain number would end.
        Identifier::Phone | Identifier::Number | Identifier::Day | Identifier::Ssn => !joined(before) && !joined(after),
        // `CT 70450` is a scan: a ZIP's first digit must be its state's.
        Identifier::Zip => captures.name("state").is_none_or(|state| {
            let digit = captures.name("it").and_then(|it| it.as_str().chars().next());
            first_digit(state.as_str()) == digit
        }),
        _ => true,
    }
}

/// The first digit of a state's ZIP codes (USPS Publication 65).
fn first_digit(state: &str) -> Option<char> {
    const STATES: [&str; 10] = [
        "CT MA ME NH NJ PR RI VT",
        "DE NY PA",
        "DC MD NC SC VA WV",
        "AL FL GA MS TN",
        "IN KY MI OH",
        "IA MN MT ND SD WI",
        "IL KS MO NE",
        "AR LA OK TX",
        "AZ CO ID NM NV UT WY",
        "AK CA HI OR WA",
    ];
    let digit = STATES.iter().position(|states| states.split(' ').any(|known| known == state))?;
    char::from_digit(u32::try_from(digit).ok()?, 10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_pattern_compiles() {
        assert_eq!(COMPILED.len(), PATTERNS.len());
    }

    #[test]
    fn identifiers_are_taken_out() {
        for (text, masked) in [
            ("write to pat.o'neil@clinic.example.test today", "write to [email] today"),
            ("call (214) 555-0142 or 214.555.0143 or +1 214-555-0144", "call [phone] or [phone] or [phone]"),
            ("SSN 078-05-1120, also ssn: 078051120", "SSN [number], also ssn: [number]"),
            ("MRN 4471923 and MRN: A-99213", "MRN [number] and MRN: [number]"),
            (
                "member ID: XYZ900123, acct #5567, claim no. 12345678",
                "member ID: [number], acct #[number], claim no. [number]",
            ),
            ("MBI 1EG4-TE5-MK73 was used", "MBI [number] was used"),
            ("NPI 1234567893", "NPI [number]"),
            ("DOB 3/4/1951, seen 2024-03-12", "DOB [date], seen [date]"),
            ("seen March 3rd, 2024, 4 April 2024, May 5th and 5 May", "seen [date], [date], [date] and [date]"),
            ("lives at 1200 West Main Street, Dallas, TX 75201", "lives at [street], Dallas, TX [ZIP]"),
            ("zip 75201 and 92 year-old, 101 y/o", "zip [ZIP] and [age 90 or over] year-old, [age 90 or over] y/o"),
            ("Mrs. Jane Doe saw Dr. Smith", "Mrs. [name] saw Dr. [name]"),
            ("Patient John Q. Public had a fall", "Patient [name] had a fall"),
            ("see https://portal.example.test/x?mrn=1", "see [link]"),
        ] {
            assert_eq!(mask(text).0, masked);
        }
    }

    #[test]
    fn codes_and_what_looks_like_identifiers_stay() {
        for text in [
            "99213-25, 20610-RT-50 and 99202-99205",
            "Head CT 70450 and OR 21256, PA 99213",
            "Chest, CT 71250",
            "NDC 0409-1412-04 and 12345-6789-01",
            "E11.621, S72.001A, 0DTJ4ZZ, G0008, 0001U",
            "our claim 99213 was denied; member of the team; the account",
            "ICD-10-CM FY2026, 74,260 codes, POS 11",
            "an 89 year old, 45 y/o",
            "Mohs surgery, Colles fracture, patient has Medicare",
            "may 5 units be billed in 2024?",
        ] {
            let (masked, kinds) = mask(text);
            assert_eq!((masked.as_str(), kinds.len()), (text, 0));
        }
    }

    proptest! {
        #[test]
        fn a_masked_text_holds_no_identifier(
            words in proptest::collection::vec(
                prop_oneof![
                    Just("(214) 555-0142".to_owned()), Just("MRN 4471923".to_owned()), Just("a@b.test".to_owned()),
                    Just("3/4/1951".to_owned()), Just("99213-25".to_owned()), Just("Dallas, TX 75201".to_owned()),
                    Just("Mrs. Jane Doe".to_owned()), Just("078-05-1120".to_owned()), "\\PC{0,12}",
                ],
                0..12,
            ),
        ) {
            let masked = mask(&words.join(" ")).0;
            prop_assert!(find(&masked).is_empty(), "{masked:?} still holds {:?}", find(&masked));
        }
    }
}
