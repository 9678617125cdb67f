//! What the denial codes that are seen most mean, and what to look at. In our own words: X12's texts are X12's and do not
//! stand here. A code that is not listed is shown as it is.

use super::denial::{Denial, List};

/// In our own words; the code, what it says, what to look at.
const CARC: [(&str, &str); 24] = [
    ("4", "the modifier does not fit the procedure, or one is missing: check the modifiers on that line"),
    ("11", "the diagnosis does not support the procedure: check the pointer and the payer's list of diagnoses"),
    ("16", "something is missing or wrong on the claim; meaningless without its remark code, which says what"),
    ("18", "an exact duplicate of a line already decided: look for the first claim before sending again"),
    ("22", "another payer should pay first: settle the coordination of benefits"),
    ("29", "received after the payer's time limit: look for proof of timely filing"),
    ("45", "the part of the charge above the fee schedule or contract; mostly a write-off and no denial"),
    ("50", "the payer does not find it medically necessary: look at the coverage policy and the diagnoses"),
    ("96", "not covered; the remark code says under which rule"),
    ("97", "paid within another service: look at NCCI edits, the global period and what else was billed"),
    ("109", "this payer or contractor does not handle it: send it to the right one"),
    ("119", "a benefit limit for the period is used up"),
    ("151", "the payer finds the number or frequency not supported: look at units, MUE and frequency limits"),
    ("167", "the diagnosis is not covered: look at the policy's list of diagnoses"),
    ("181", "the procedure code was not in force on the date of service"),
    ("182", "the modifier was not in force on the date of service"),
    ("197", "no authorization or notification was on file before the service"),
    ("204", "the patient's benefit plan does not cover it"),
    ("234", "not paid on its own: it is part of another service"),
    ("236", "this pair of procedure and modifier does not go with another one of that day under NCCI or state rules"),
    ("252", "documents are wanted before it can be decided; the remark code says which"),
    ("B7", "the provider was not certified or eligible for this service on that day"),
    ("B15", "it needs another qualifying service that was not found on the claim or in the history"),
    ("B20", "it was furnished by another provider as well, in whole or in part"),
];

/// Remark codes that go with reason 16 and 252 most often; each with what is missing or wrong.
const RARC: [(&str, &str); 22] = [
    ("M20", "the HCPCS code is missing or wrong"),
    ("M51", "a procedure code is missing or wrong"),
    ("M52", "the first date of service is missing or wrong"),
    ("M53", "the days or units of service are missing or wrong"),
    ("M76", "a diagnosis is missing or wrong"),
    ("M77", "the place of service is missing or wrong"),
    ("M79", "the charge is missing or wrong"),
    ("M119", "the NDC is missing or wrong"),
    ("M127", "the medical record is missing"),
    ("MA04", "the other payer's identity or decision is missing or cannot be read"),
    ("MA27", "the patient's name or number does not fit"),
    ("MA63", "the principal diagnosis is missing or wrong"),
    ("MA120", "the CLIA number is missing or wrong"),
    ("MA130", "the claim cannot be processed and has no appeal: correct it and send it anew"),
    ("N264", "the ordering provider's name is missing or wrong"),
    ("N265", "the ordering provider's number is missing or wrong"),
    ("N286", "the referring provider's number is missing or wrong"),
    ("N290", "the rendering provider's number is missing or wrong"),
    ("N382", "the patient's identifier is missing or wrong"),
    ("N519", "modifiers that do not go together"),
    ("N706", "documents are missing"),
    ("N822", "a modifier is missing"),
];

/// What a denial code says, in our own words; none for one that is not listed.
#[must_use]
pub fn meaning(denial: &Denial) -> Option<&'static str> {
    let list: &[(&str, &'static str)] = match denial.list {
        List::Carc => &CARC,
        List::Rarc => &RARC,
    };
    list.iter().find(|(code, _)| *code == denial.code).map(|(_, words)| *words)
}

/// Whether these denial codes hold a 16 and no remark code that says what is missing.
#[must_use]
pub fn lacks_remark<'a>(denials: impl IntoIterator<Item = &'a Denial>) -> bool {
    let (mut missing, mut remarked) = (false, false);
    for denial in denials {
        missing |= denial.list == List::Carc && denial.code == "16";
        remarked |= denial.list == List::Rarc;
    }
    missing && !remarked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_wants_its_remark() {
        let denial = |list, code: &str| Denial { list, group: None, code: code.to_owned(), line: None };
        let (sixteen, remark) = (denial(List::Carc, "16"), denial(List::Rarc, "M76"));
        assert!(lacks_remark([&sixteen]) && !lacks_remark([&sixteen, &remark]) && !lacks_remark([&remark]));
        assert!(meaning(&sixteen).is_some_and(|words| words.contains("meaningless without its remark")));
        assert_eq!(meaning(&denial(List::Rarc, "97")), None, "the two lists are told apart");
    }
}
