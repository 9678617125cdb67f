//! Numbers with a word that names them: record, member, account, licence, plate, serial, claim, order.

use std::{collections::HashMap, sync::LazyLock};

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
    /// A payer: only a number that looks like a member's is one.
    Payer,
}

/// Words, and what the number behind them is.
const CUES: [(Identifier, Weight, &str); 15] = [
    (MedicalRecord, Weight::Names, "mrn mrns emrn empi mpi hrn"),
    (MedicalRecord, Weight::May, "record records chart charts mr rec emr ehr file folder unit hospital hosp"),
    (HealthPlan, Weight::Names, "mbi hicn hic subscriber mbis"),
    (
        HealthPlan,
        Weight::May,
        "member members policy policies group grp insured insurance ins plan sub medicaid medicare mem beneficiary bene cin rid \
         dbn edipi sponsor mcr mcd pol cardholder dependent",
    ),
    (
        HealthPlan,
        Weight::Payer,
        "aetna humana cigna anthem uhc unitedhealthcare bcbs bluecross blueshield shield tricare champva molina centene \
         ambetter wellcare kaiser aflac premera excellus regence highmark medigap geha oscar optum ma secondary primary \
         carefirst healthnet amerigroup caresource priority wellpoint devoted",
    ),
    (Account, Weight::Names, "acct accts iban har pcn"),
    (Account, Weight::May, "account accounts guarantor card acc visa mastercard amex routing statement balance ledger"),
    (Licence, Weight::Names, "npi npis dea upin cdl clia ptan dl"),
    (Licence, Weight::May, "licence license lic certificate cert passport certification ccn cds book"),
    (Number, Weight::Names, "id ids userid"),
    (Vehicle, Weight::Names, "vin imo tail hull"),
    (
        Vehicle,
        Weight::May,
        "plate plates tag tractor truck registration reg boat trailer chassis fleet motorcycle car van",
    ),
    (Device, Weight::Names, "serial serials udi imei sn s/n dn ser"),
    (
        Device,
        Weight::May,
        "lot lots device model iol pump machine cgm implant lens transmitter sensor receiver generator pacemaker lead \
         leads stent valve modem monitor meter ventilator stimulator battery cage screw mesh graft scanner tablet",
    ),
    (
        Number,
        Weight::May,
        "claim claims case order invoice inv accession auth auths authorization authorisation precert preauth confirmation \
         conf trace trn ref reference ticket referral encounter csn visit user badge student rx tin ein probate docket dcn \
         icn tcn specimen batch check prescription patient pt protocol study subject incident report tracking \
         permit barcode wristband bracelet locker session login username employee payroll petition inmate booking donor \
         sample slide receipt contract registry transaction control locator reservation passcode pin matter warrant roster \
         requisition req application enrollment fin run token key chit alien",
    ),
];

/// Words that are written with a full stop.
const SHORTENED: [&str; 22] = [
    "no", "num", "lic", "acct", "rec", "nr", "reg", "ref", "med", "cert", "pol", "ser", "inv", "conf", "ins", "grp",
    "mem", "sub", "veh", "auth", "id", "mr",
];

/// What a word says, by the word.
static SAID: LazyLock<HashMap<&'static str, (Identifier, Weight)>> = LazyLock::new(|| {
    let words = CUES.iter().flat_map(|(identifier, weight, words)| {
        words.split_ascii_whitespace().map(move |word| (word, (*identifier, *weight)))
    });
    words.collect()
});

/// What has a number of its own that everybody may know: policies, rules, places in a claim.
const KNOWN: [&str; 33] = [
    "lcd",
    "lcds",
    "ncd",
    "ncds",
    "lca",
    "article",
    "articles",
    "transmittal",
    "section",
    "sec",
    "chapter",
    "mln",
    "pub",
    "cr",
    "part",
    "rule",
    "line",
    "lines",
    "loop",
    "segment",
    "pos",
    "cpt",
    "hcpcs",
    "icd",
    "ndc",
    "mue",
    "drg",
    "bin",
    "rxbin",
    "carc",
    "rarc",
    "form",
    "box",
];

/// The longest of these words, in bytes.
const LONGEST: usize = 24;
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
    SAID.keys().copied().chain(["n"]).collect()
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
    let mut buffer = [0_u8; LONGEST];
    let lower = buffer.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    SAID.get(std::str::from_utf8(lower).ok()?).copied()
}

fn after(ground: &Ground<'_>, hits: &mut Hits, cue: usize, identifier: Identifier, weight: Weight) {
    let mut named = weight == Weight::Names;
    let mut at = cue + 1;
    while at <= cue + FAR {
        let gap = ground.before(at);
        if gap.contains(['\n', ';', '?', '|', '[', ']']) || gap.contains(". ") && !ground.is(at - 1, &SHORTENED) {
            return;
        }
        named |= gap.contains(['#', '=']) || gap.contains(':') && weight != Weight::Payer;
        if ground.is(at, &KNOWN) {
            return;
        }
        // "Member ID W1234": the second word names the number and is no part of it.
        let names = cue_word(ground, at) && ground.after(at) == " ";
        if let Some(value) = value::at(ground, hits, at, true).filter(|_| !names) {
            if take(ground, hits, (at, value), identifier, (named, weight)) {
                others(ground, hits, value.last, (value, identifier));
            }
            return;
        }
        // `user=mfitzroy`: a name that a system gave has no digits.
        if gap == "=" && ground.is(at - 1, &["user", "username", "login", "userid"]) && hits.free(at) {
            hits.take(ground, (at, at), identifier, Certain, "the word before it");
            return;
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
        named |= ground.is(at, &["number", "num", "no", "nr", "id", "ids", "numbers", "ending", "ends"]);
        at += 1;
    }
}

/// `MRNs 55102, 55178 and 55240`, "ids MV-71 and MV-72", "serial NKM704418H out, NKM911027H in": what is listed behind a
/// number and is as long is one of its kind.
fn others(ground: &Ground<'_>, hits: &mut Hits, last: usize, (one, identifier): (value::Value, Identifier)) {
    let mut last = last;
    loop {
        let mut next = last + 1;
        let gap = ground.after(last);
        let listed = matches!(gap, ", " | "," | " / " | " & " | "/" | " + " | "; ");
        let joined = |at: usize| ground.is(at, &["and", "or", "to", "into", "vs", "then", "plus"]);
        if joined(next) && matches!(gap, " " | ", ") && ground.after(next) == " " {
            next += 1;
        } else if !listed {
            return;
        }
        let Some(value) = value::at(ground, hits, next, false) else { return };
        let alike = value.digits.abs_diff(one.digits) <= 1 && value.letters.abs_diff(one.letters) <= 1;
        let code = !hits.knows_codes && value.last == next && is_code_shaped(ground.str(next));
        if !alike || code || value.digits < 2 || ground.before(next).contains('$') {
            return;
        }
        hits.take(ground, (next, value.last), identifier, Likely, "a number listed behind another");
        last = value.last;
    }
}

/// A second such word is part of the phrase: "member id", "lot number", "driver license plate".
fn cue_word(ground: &Ground<'_>, index: usize) -> bool {
    ground.is(
        index,
        &[
            "id",
            "ids",
            "record",
            "number",
            "numbers",
            "code",
            "model",
            "key",
            "reference",
            "ref",
            "plate",
            "policy",
            "serial",
        ],
    )
}

/// Takes the number if it is one; whether it was.
fn take(
    ground: &Ground<'_>,
    hits: &mut Hits,
    (first, value): (usize, value::Value),
    identifier: Identifier,
    (named, weight): (bool, Weight),
) -> bool {
    let looks = match weight {
        // "Aetna 12345 claims", "Humana 2024": a member's number is longer.
        Weight::Payer => value.digits >= 7 || value.letters > 0 && value.digits >= 5,
        _ => {
            value.digits >= 6
                || value.letters > 0 && value.digits >= 3
                || value.digits == 5 && identifier != Number
                || value.digits == 4 && matches!(identifier, MedicalRecord | Account)
                || value.letters > 1 && value.digits > 1 && value.digits + value.letters >= 6
        }
    };
    let single = value.last == first;
    // "please check A0427-RH": what has a code's letter and its modifiers is none, even if the extractor passed it by.
    let pieces = (first + 1..=value.last).all(|at| ground.str(at).len() <= 2);
    let lettered = identifier == Number
        && pieces
        && is_code_shaped(ground.str(first))
        && !ground.str(first).starts_with(|c: char| c.is_ascii_digit());
    let modified = identifier == Number && pieces && !single && is_code_shaped(ground.str(first));
    let is_code = single && !hits.knows_codes && is_code_shaped(ground.str(first)) || lettered || modified;
    let long_enough = if named {
        value.digits >= 3 || value.digits + value.letters >= 5 || value.digits >= 2 && value.letters >= 1
    } else {
        looks && !is_code
    };
    let modifier = single && value.digits < 3 && value.letters <= 1 && !ground.before(first).contains(['#', ':', '=']);
    let money = ground.before(first).contains('$');
    let year = single
        && ground.digits(first) == 4
        && ground.number(first).is_some_and(|year| (1900..2100).contains(&year))
        && !named;
    // "ID 99213" is a consultant's visit, where nobody read the codes before.
    let visit = identifier == Number
        && weight == Weight::Names
        && single
        && !hits.knows_codes
        && is_code_shaped(ground.str(first));
    let fits = long_enough && !visit && !money && !year && !modifier;
    if fits {
        let confidence = if named { Certain } else { Likely };
        hits.take(ground, (first, value.last), identifier, confidence, "the word before it");
    }
    fits
}

/// `99213`, `J1885`, `0001U`, `E119`: what a code looks like is none unless its word is followed by "number" or "#".
pub(super) fn is_code_shaped(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    word.len() == 5 && digits >= 4
        || (3..=7).contains(&word.len())
            && digits + 1 == word.len()
            && word.starts_with(|c: char| c.is_ascii_uppercase())
}
