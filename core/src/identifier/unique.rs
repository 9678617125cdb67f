//! Numbers with a word that names them: record, member, account, licence, plate, serial, claim, order.

use super::{
    found::Confidence::{Certain, Likely},
    ground::{Ground, Shape},
    hits::Hits,
    kind::Identifier::{self, Account, Device, HealthPlan, Licence, MedicalRecord, Number, Vehicle},
    lexicon::Roles,
    value,
};

/// How much a word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Weight {
    /// The word names nothing else: any number behind it is one.
    Names,
    /// The word has other uses: the number must be long, or "number", "no", "#" or a colon stand between.
    May,
}

/// Words, and what the number behind them is.
const CUES: [(Identifier, Weight, &str); 13] = [
    (MedicalRecord, Weight::Names, "mrn mrns emrn"),
    (MedicalRecord, Weight::May, "record chart mr rec"),
    (HealthPlan, Weight::Names, "mbi hicn hic subscriber"),
    (HealthPlan, Weight::May, "member policy group grp insured insurance ins plan sub medicaid medicare mem"),
    (Account, Weight::Names, "acct iban"),
    (Account, Weight::May, "account guarantor card acc"),
    (Licence, Weight::Names, "npi dea upin cdl"),
    (Licence, Weight::May, "licence license lic certificate cert passport dl certification"),
    (Vehicle, Weight::Names, "vin imo tail hull"),
    (Vehicle, Weight::May, "plate plates tag tractor truck registration reg boat trailer chassis fleet motorcycle"),
    (Device, Weight::Names, "serial udi imei sn s/n"),
    (Device, Weight::May, "lot device model iol pump machine cgm implant lens"),
    (
        Number,
        Weight::May,
        "claim case order invoice inv accession auth authorization authorisation precert preauth confirmation conf trace \
         trn ref reference ticket referral encounter csn visit user badge student file rx tin ein probate docket dcn icn \
         tcn specimen batch check id ids prescription patient pt protocol study subject incident report tracking permit \
         barcode wristband bracelet locker session login username employee payroll petition inmate booking donor sample \
         slide receipt contract registry transaction control locator reservation passcode pin ein matter warrant roster \
         requisition req application enrollment",
    ),
];

/// The longest way from the word to its number, in words.
const FAR: usize = 7;

pub(super) fn find(ground: &Ground<'_>, hits: &mut Hits) {
    for index in 0..ground.len() {
        // `447120^^^HBG` in a message's field of record numbers.
        if ground.digits(index) >= 4 && ground.after(index) == "^^^" && hits.all_free(index, index + 1) {
            hits.take(ground, (index, index + 1), MedicalRecord, Certain, "the form of a message's record number");
        }
        if let Some((identifier, weight)) = cue(ground, index) {
            after(ground, hits, index, identifier, weight);
        }
    }
}

/// The words that a closer look begins at.
pub(super) fn cues() -> Vec<&'static str> {
    CUES.iter().flat_map(|(_, _, words)| words.split_ascii_whitespace()).chain(["n"]).collect()
}

fn cue(ground: &Ground<'_>, index: usize) -> Option<(Identifier, Weight)> {
    if !ground.roles(index).any(Roles::CUE) {
        return None;
    }
    let word = ground.str(index);
    // "S/N"
    if ground.is(index, &["n"]) && index > 0 && ground.is(index - 1, &["s"]) && ground.before(index) == "/" {
        return Some((Device, Weight::Names));
    }
    let of = |words: &str| words.split_ascii_whitespace().any(|one| one.eq_ignore_ascii_case(word));
    CUES.iter().find(|(_, _, words)| of(words)).map(|(identifier, weight, _)| (*identifier, *weight))
}

fn after(ground: &Ground<'_>, hits: &mut Hits, cue: usize, identifier: Identifier, weight: Weight) {
    let mut named = weight == Weight::Names;
    let mut at = cue + 1;
    while at <= cue + FAR {
        let gap = ground.before(at);
        if gap.contains(['\n', ';', '?', '|', '[', ']'])
            || gap.contains(". ") && !ground.is(at - 1, &["no", "num", "lic", "acct"])
        {
            return;
        }
        named |= gap.contains(['#', ':']);
        // "Member ID W1234": the second word names the number and is no part of it.
        let names = cue_word(ground, at) && ground.after(at) == " ";
        if let Some(value) = value::at(ground, hits, at, true).filter(|_| !names) {
            return take(ground, hits, (at, value), identifier, named);
        }
        // "the patient's MRN is": the nearer word says more, and has its own turn.
        if matches!(self::cue(ground, at), Some((_, Weight::Names))) {
            return;
        }
        let between = ground.roles(at).any(Roles::BETWEEN) || cue_word(ground, at);
        // "policy R61", "licence of the PA": a short word in capitals may stand before the number.
        let letters = ground.shape(at) == Some(Shape::Upper) && ground.str(at).len() <= 4;
        if !between && !letters {
            return;
        }
        named |= ground.is(at, &["number", "num", "no", "nr", "id", "ending"]);
        at += 1;
    }
}

/// A second such word is part of the phrase: "member id", "lot number", "driver license plate".
fn cue_word(ground: &Ground<'_>, index: usize) -> bool {
    ground.is(index, &["id", "record", "number", "code", "model", "key", "reference", "ref", "plate", "policy"])
}

fn take(
    ground: &Ground<'_>,
    hits: &mut Hits,
    (first, value): (usize, value::Value),
    identifier: Identifier,
    named: bool,
) {
    let looks =
        value.digits >= 6 || value.letters > 0 && value.digits >= 3 || value.digits == 5 && identifier != Number;
    let single = value.last == first;
    let is_code = single && !hits.knows_codes && is_code_shaped(ground.str(first));
    let long_enough = if named { value.digits >= 3 || value.digits + value.letters >= 5 } else { looks && !is_code };
    let money = ground.before(first).contains('$');
    let year = single
        && ground.digits(first) == 4
        && ground.number(first).is_some_and(|year| (1900..2100).contains(&year))
        && !named;
    if long_enough && !money && !year {
        let confidence = if named { Certain } else { Likely };
        hits.take(ground, (first, value.last), identifier, confidence, "the word before it");
    }
}

/// `99213`, `J1885`, `0001U`, `E119`: what a code looks like is none unless its word is followed by "number" or "#".
pub(super) fn is_code_shaped(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    word.len() == 5 && digits >= 4
        || (3..=7).contains(&word.len())
            && digits + 1 == word.len()
            && word.starts_with(|c: char| c.is_ascii_uppercase())
}
