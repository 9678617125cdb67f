//! What the denial codes that are seen most mean, and what to look at. In our own words: X12's texts are X12's and do not
//! stand here. A code that is not listed is shown as it is.

use super::denial::{Denial, List};

/// What lies behind a reason, as far as code sets and their tables can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behind {
    /// Included in another service.
    Bundled,
    /// The modifier.
    Modifier,
    /// Medical necessity, or the diagnosis.
    Necessity,
    /// The number of units, or how often.
    Quantity,
    /// Something on the claim is missing; the remark code says what.
    Incomplete,
    /// A second person at surgery.
    Assistant,
    /// The code that it needs beside it.
    Parent,
    /// Nothing that a code set tells.
    Other,
}

use Behind::{Assistant, Bundled, Incomplete, Modifier, Necessity, Other, Parent, Quantity};

/// In our own words: the code, what lies behind it, what it says, what answers it.
type Row = (&'static str, Behind, &'static str, &'static str);

const CARC: [Row; 29] = [
    (
        "1",
        Other,
        "the amount was put to the patient's deductible",
        "the benefit rule for preventive services, if the service was one",
    ),
    (
        "4",
        Modifier,
        "the modifier does not fit the procedure, or one that is needed is missing",
        "a corrected claim with the modifier that the record supports",
    ),
    (
        "11",
        Necessity,
        "the diagnosis does not go with the procedure",
        "a corrected claim, if the record names another diagnosis",
    ),
    (
        "16",
        Incomplete,
        "the claim lacks something or holds an error; the remark code beside it says what",
        "what the remark code names, on a corrected claim",
    ),
    (
        "18",
        Quantity,
        "the payer takes the line for an exact copy of another",
        "a corrected claim that tells the two services apart, and the record of each",
    ),
    (
        "22",
        Other,
        "the payer holds that another insurer pays first",
        "the other insurer's decision, or the patient's statement that there is none",
    ),
    (
        "29",
        Other,
        "the claim came after the time limit for filing",
        "the acceptance report of the first filing, dated within the limit",
    ),
    (
        "45",
        Other,
        "the part of the charge above the contracted or allowed amount is written off, which is no refusal",
        "nothing, unless the contract sets another amount",
    ),
    (
        "50",
        Necessity,
        "the payer does not hold the service medically necessary",
        "the record that shows why it was done, and the policy that lists the condition",
    ),
    (
        "54",
        Assistant,
        "a second surgeon or assistant is not paid for this procedure",
        "the operative note that says what the second person did and why it was needed",
    ),
    (
        "96",
        Other,
        "the payer does not cover this charge; the remark code beside it says why",
        "what the remark code names",
    ),
    (
        "97",
        Bundled,
        "payment is included in another service that was billed or paid",
        "the record that shows two separate services, where a modifier can tell them apart",
    ),
    ("107", Parent, "the service that it belongs to is not on the claim", "a corrected claim that holds both"),
    ("109", Other, "this payer or contractor is not the one for the claim", "the claim, sent to the right one"),
    (
        "119",
        Quantity,
        "the benefit maximum for the period is reached",
        "the record of need, where the benefit has an exception",
    ),
    (
        "151",
        Quantity,
        "the payer holds that the record does not support so many services, or so often",
        "the record that supports each unit",
    ),
    (
        "167",
        Necessity,
        "the diagnosis is not covered",
        "a corrected claim, if the record names another diagnosis, or the policy's list that holds it",
    ),
    (
        "181",
        Other,
        "the procedure code was not in force on the date of service",
        "a corrected claim with the code of that date",
    ),
    (
        "182",
        Modifier,
        "the modifier was not in force on the date of service",
        "a corrected claim with a modifier of that date",
    ),
    (
        "197",
        Other,
        "prior authorization or notice was missing",
        "the authorization, or a request for one after the fact with the reason",
    ),
    ("204", Other, "the patient's plan does not cover the service", "the plan's benefit text, if it says otherwise"),
    (
        "234",
        Bundled,
        "the service is not paid on its own, as a part of another one",
        "the record that shows a service of its own",
    ),
    (
        "236",
        Bundled,
        "the procedure or its modifier does not go with another one of the same day under the correct-coding edits",
        "the record that shows two separate services, where the edit lets a modifier tell them apart",
    ),
    (
        "252",
        Incomplete,
        "documents are wanted before it can be decided; the remark code beside it says which",
        "the documents that the remark code names",
    ),
    ("A1", Incomplete, "the claim is refused; the remark code beside it says why", "what the remark code names"),
    (
        "B7",
        Other,
        "the provider was not eligible for this service on that day",
        "the enrolment record that covers the day",
    ),
    (
        "B10",
        Bundled,
        "the allowed amount was reduced because a part of the service was paid elsewhere",
        "the record of what this provider did",
    ),
    ("B15", Parent, "another service has to be paid first, and is not", "a corrected claim that holds both"),
    ("B20", Other, "the service was paid to somebody else already", "the record of who did it"),
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

/// What a denial code says, in our own words, to follow "it says that" for a reason; none for one that is not listed.
#[must_use]
pub fn meaning(denial: &Denial) -> Option<&'static str> {
    match denial.list {
        List::Carc => reason(denial).map(|row| row.2),
        List::Rarc => RARC.iter().find(|(code, _)| *code == denial.code).map(|(_, words)| *words),
    }
}

/// What lies behind a reason.
#[must_use]
pub fn behind(denial: &Denial) -> Behind {
    reason(denial).map_or(Other, |row| row.1)
}

/// What answers a reason: what to send, or to look for.
#[must_use]
pub fn answered_by(denial: &Denial) -> Option<&'static str> {
    reason(denial).map(|row| row.3)
}

fn reason(denial: &Denial) -> Option<&'static Row> {
    CARC.iter().find(|row| denial.list == List::Carc && row.0 == denial.code)
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
        assert!(meaning(&sixteen).is_some_and(|words| words.contains("the remark code beside it says what")));
        assert_eq!(meaning(&denial(List::Rarc, "97")), None, "the two lists are told apart");
    }
}
