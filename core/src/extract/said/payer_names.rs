//! Payers in a text, by their names. One that is named as background is a fact as well; one that is ruled out ("not an
//! advantage plan") is none, and a name that is another word as often needs more beside it.

use std::{ops::Range, sync::LazyLock};

use super::{
    payer::{Payer, PayerKind},
    phrase::{Phrases, Words},
    state::{self, State},
    stated::Stated,
};

/// What a phrase names.
#[derive(Clone, Copy)]
struct Name {
    kind: PayerKind,
    name: &'static str,
    state: &'static str,
    needs: Needs,
}

/// What a name needs beside it, since it is something else as often.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Needs {
    Nothing,
    /// A capital at its beginning: "Humana", no "cigna" is needed to be one.
    Capital,
    /// Capitals throughout, and a word of Medicare's contractors in the sentence.
    Contractor,
    /// Capitals, and a word that says that it pays or sends.
    Capitals,
}

use PayerKind::{Auto, Commercial, Medicaid, Medicare, MedicareAdvantage, SelfPay, Tricare, Va, WorkersComp};

const fn of(kind: PayerKind, name: &'static str) -> Name {
    Name { kind, name, state: "", needs: Needs::Nothing }
}

const fn in_state(kind: PayerKind, name: &'static str, state: &'static str) -> Name {
    Name { kind, name, state, needs: Needs::Nothing }
}

const fn if_told(kind: PayerKind, name: &'static str, needs: Needs) -> Name {
    Name { kind, name, state: "", needs }
}

const BLUES: &str = "Blue Cross Blue Shield";

static NAMES: LazyLock<Phrases<Name>> = LazyLock::new(|| {
    let mut names: Vec<(&'static str, Name)> = vec![
        (
            "medicare|traditional medicare|original medicare|medicare part a|medicare part b|medicare ffs|medicare fee for service|part b medicare",
            of(Medicare, "Medicare"),
        ),
        ("railroad medicare|rrb medicare|medicare railroad|railroad retirement", of(Medicare, "Railroad Medicare")),
        (
            "medicare advantage|medicare advantage plan|medicare replacement|medicare replacement plan|advantage plan|medicare hmo|medicare ppo|mapd|medicare part c|part c plan|ma plan|managed medicare",
            of(MedicareAdvantage, "Medicare Advantage"),
        ),
        ("medicaid|medicaid mco|managed medicaid|medicaid hmo|state medicaid|chip plan", of(Medicaid, "Medicaid")),
        ("noridian", of(Medicare, "Noridian")),
        ("novitas|novitas solutions", of(Medicare, "Novitas")),
        ("national government services|ngsmedicare", of(Medicare, "NGS")),
        ("ngs", if_told(Medicare, "NGS", Needs::Contractor)),
        ("wps gha|wps medicare|wisconsin physicians service", of(Medicare, "WPS")),
        ("wps", if_told(Medicare, "WPS", Needs::Capitals)),
        ("palmetto gba", of(Medicare, "Palmetto")),
        ("palmetto", if_told(Medicare, "Palmetto", Needs::Capital)),
        ("cgs", if_told(Medicare, "CGS", Needs::Capitals)),
        ("cgs medicare|cgs administrators", of(Medicare, "CGS")),
        ("first coast service options|first coast medicare|fcso", of(Medicare, "First Coast")),
        ("first coast", if_told(Medicare, "First Coast", Needs::Capital)),
        (
            "uhc|unitedhealthcare|united healthcare|united health care|unitedhealth|united health|optum|umr",
            of(Commercial, "UnitedHealthcare"),
        ),
        ("aetna", of(Commercial, "Aetna")),
        ("cigna|evernorth", of(Commercial, "Cigna")),
        ("humana", of(Commercial, "Humana")),
        ("humana military", of(Tricare, "TRICARE")),
        ("humana gold plus|humana gold|humana choice|humanachoice", of(MedicareAdvantage, "Humana")),
        (
            "anthem|anthem bcbs|anthem blue cross|anthem blue cross blue shield|anthem blue cross and blue shield|elevance",
            of(Commercial, "Anthem"),
        ),
        ("kaiser|kaiser permanente", of(Commercial, "Kaiser Permanente")),
        ("wellcare", of(MedicareAdvantage, "WellCare")),
        ("devoted health|alignment health", of(MedicareAdvantage, "Medicare Advantage")),
        ("molina|molina healthcare", of(Medicaid, "Molina")),
        ("caresource", of(Medicaid, "CareSource")),
        ("amerigroup|wellpoint", of(Medicaid, "Wellpoint")),
        ("centene", of(Medicaid, "Centene")),
        ("ambetter", of(Commercial, "Ambetter")),
        ("geha", of(Commercial, "GEHA")),
        ("harvard pilgrim|point32health", of(Commercial, "Harvard Pilgrim")),
        ("emblemhealth", in_state(Commercial, "EmblemHealth", "NY")),
        ("fidelis|fidelis care", in_state(Medicaid, "Fidelis Care", "NY")),
        (
            "bcbs|bc bs|blue plan|blues plan|blue card|bluecard|the blues|blue cross|blue shield|blue cross blue shield|blue cross and blue shield|blue cross blue shield plan|bluecross|blueshield|bluecross blueshield|bc of|fep blue|federal bcbs|bcbs fep",
            of(Commercial, BLUES),
        ),
        ("tricare|tricare east|tricare west|tricare for life|champus", of(Tricare, "TRICARE")),
        ("champva", of(Va, "CHAMPVA")),
        (
            "veterans affairs|veterans administration|va community care|va choice|va ccn|va optum|va referral|va authorization|va triwest|triwest",
            of(Va, "Veterans Affairs"),
        ),
        ("va", if_told(Va, "Veterans Affairs", Needs::Capitals)),
        (
            "workers comp|worker s comp|workers compensation|worker s compensation|workmans comp|workman s comp|workmen s comp|work comp|workcomp|worker comp|wc carrier|wc claim|owcp|dol owcp",
            of(WorkersComp, "Workers' compensation"),
        ),
        (
            "auto insurance|auto insurer|auto carrier|car insurance|motor vehicle insurance|no fault|no fault insurance|no fault carrier|mva insurance|pip claim|pip coverage|medpay|auto claim",
            of(Auto, "Auto insurance"),
        ),
        (
            "self pay|selfpay|cash pay|cash paying|cash patient|cash price|paying cash|pays cash|paid cash|pay cash|pay out of pocket|paying out of pocket|uninsured|no insurance",
            of(SelfPay, "Self-pay"),
        ),
        (
            "commercial plan|commercial payer|commercial payor|commercial insurance|commercial ins|commercial carrier|commercial insurer|private insurance|private payer|private insurer|private plan|employer plan|marketplace plan|commercial hmo|commercial ppo|commercial payers|commercial plans|commercial",
            of(Commercial, "Commercial plan"),
        ),
        ("medi cal|medical medicaid", in_state(Medicaid, "Medicaid", "CA")),
        ("masshealth|mass health", in_state(Medicaid, "Medicaid", "MA")),
        ("tenncare", in_state(Medicaid, "Medicaid", "TN")),
        ("ahcccs", in_state(Medicaid, "Medicaid", "AZ")),
        ("soonercare", in_state(Medicaid, "Medicaid", "OK")),
        ("badgercare|badgercare plus|forwardhealth", in_state(Medicaid, "Medicaid", "WI")),
        ("mo healthnet", in_state(Medicaid, "Medicaid", "MO")),
        ("apple health", in_state(Medicaid, "Medicaid", "WA")),
        ("peachcare|peach state", in_state(Medicaid, "Medicaid", "GA")),
        ("kancare", in_state(Medicaid, "Medicaid", "KS")),
        ("mainecare", in_state(Medicaid, "Medicaid", "ME")),
        ("denalicare", in_state(Medicaid, "Medicaid", "AK")),
        ("health first colorado", in_state(Medicaid, "Medicaid", "CO")),
        ("healthy connections", in_state(Medicaid, "Medicaid", "SC")),
        ("husky health", in_state(Medicaid, "Medicaid", "CT")),
        ("quest integration|med quest", in_state(Medicaid, "Medicaid", "HI")),
        ("hoosier healthwise|healthy indiana plan", in_state(Medicaid, "Medicaid", "IN")),
        ("nj familycare", in_state(Medicaid, "Medicaid", "NJ")),
        ("centennial care|turquoise care", in_state(Medicaid, "Medicaid", "NM")),
        ("florida blue", in_state(Commercial, BLUES, "FL")),
        ("horizon bcbs|horizon blue cross|horizon blue cross blue shield", in_state(Commercial, BLUES, "NJ")),
        ("empire bcbs|empire blue cross|excellus|excellus bcbs", in_state(Commercial, BLUES, "NY")),
        (
            "independence blue cross|ibx|highmark|highmark bcbs|highmark blue shield|capital blue cross",
            in_state(Commercial, BLUES, "PA"),
        ),
        ("wellmark|wellmark bcbs", in_state(Commercial, BLUES, "IA")),
        ("premera|premera blue cross|regence blueshield", in_state(Commercial, BLUES, "WA")),
        ("regence|regence bcbs|carefirst|carefirst bcbs", of(Commercial, BLUES)),
    ];
    // `BCBSTX`, `BCBSNC`: as the plans call themselves.
    let glued = [
        ("bcbstx", "TX"),
        ("bcbsil", "IL"),
        ("bcbsnc", "NC"),
        ("bcbsm", "MI"),
        ("bcbsma", "MA"),
        ("bcbstn", "TN"),
        ("bcbst", "TN"),
        ("bcbsaz", "AZ"),
        ("bcbsks", "KS"),
        ("bcbsla", "LA"),
        ("bcbsal", "AL"),
        ("bcbsfl", "FL"),
        ("bcbsmn", "MN"),
        ("bcbsmt", "MT"),
        ("bcbsnd", "ND"),
        ("bcbsne", "NE"),
        ("bcbsnm", "NM"),
        ("bcbsok", "OK"),
        ("bcbsri", "RI"),
        ("bcbssc", "SC"),
        ("bcbsvt", "VT"),
        ("bcbswy", "WY"),
        ("bcbsga", "GA"),
        ("bcbsms", "MS"),
        ("bcbsde", "DE"),
        ("bcbsmi", "MI"),
        ("bsca", "CA"),
        ("bcbskc", "MO"),
        ("bcbsar", "AR"),
        ("bcbshi", "HI"),
        ("bcbsnj", "NJ"),
        ("bcbsny", "NY"),
        ("bcbsid", "ID"),
    ];
    names.extend(glued.map(|(name, state)| (name, in_state(Commercial, BLUES, state))));
    Phrases::new(&names)
});

/// What makes a private plan one of Medicare Advantage, when it follows the name: "UHC Medicare Advantage", "Aetna MA".
static ADVANTAGE: LazyLock<Phrases<()>> = LazyLock::new(|| {
    let words = "medicare advantage plan|medicare advantage|medicare replacement|medicare ppo|medicare hmo|medicare|ma plan|ma ppo|ma hmo|\
                 ma|mapd|dual complete|medicarecomplete|medicare complete|dsnp|d snp|advantage plan|advantage";
    Phrases::new(&[(words, ())])
});

/// All payers that the text names.
pub(super) fn read(words: &Words<'_>) -> Vec<Stated<Payer>> {
    let mut found: Vec<Stated<Payer>> = Vec::new();
    let mut free = 0;
    for (range, name) in NAMES.all(words) {
        if range.start < free || !is_meant(words, &range, name) || is_ruled_out(words, range.start) {
            continue;
        }
        let mut payer = Payer { kind: name.kind, name: name.name.to_owned(), state: State::read(name.state) };
        let mut end = range.end;
        if name.kind == Commercial && name.name != "Commercial plan" && words.joins(end - 1) {
            let blue = name.name == BLUES && words.word(end) == "ma";
            if let Some(((), past)) = ADVANTAGE.at(words, end).filter(|_| !blue && says_advantage(words, end)) {
                payer.kind = MedicareAdvantage;
                end = past;
            } else if matches!(words.word(end), "commercial" | "ppo" | "hmo") {
                end += 1;
            }
        }
        if payer.state.is_none() && (payer.kind == Medicaid || payer.name == BLUES || payer.name == "Anthem") {
            payer.state = state_beside(words, range.start, end);
        }
        free = end;
        found.push(Stated::new(words.span(&(range.start..end)), payer));
    }
    found
}

/// "Aetna Medicare", "Aetna MA", but not "Aetna, Medicare" nor "ma" in small letters.
fn says_advantage(words: &Words<'_>, at: usize) -> bool {
    words.word(at) != "ma" || words.is_upper(at)
}

/// Whether a word that is something else as often is a payer here.
fn is_meant(words: &Words<'_>, range: &Range<usize>, name: Name) -> bool {
    let at = range.start;
    let (before, after) = (words.before(at, 1), words.after(range.end - 1, 1));
    let medicare = |word: &str| {
        matches!(
            word,
            "medicare"
                | "mac"
                | "lcd"
                | "lcds"
                | "article"
                | "contractor"
                | "jurisdiction"
                | "policy"
                | "noridian"
                | "novitas"
                | "cgs"
                | "wps"
                | "j5"
                | "j6"
                | "j8"
                | "j15"
                | "jk"
                | "je"
                | "jf"
                | "jh"
                | "jl"
                | "jj"
                | "jm"
                | "jn"
                | "denied"
                | "denial"
        )
    };
    match name.needs {
        Needs::Nothing if name.name == "Commercial plan" && range.len() == 1 => {
            // "commercial" alone, but no "commercial lease".
            let gap = words.gap(at);
            gap.is_empty()
                || gap.starts_with([',', '.', ';', ')', '?', '/', '\n', ':', '|'])
                || after == "in"
                || after == "or"
        }
        Needs::Nothing => true,
        Needs::Capital => words.is_capital(at),
        Needs::Contractor => {
            words.is_upper(at)
                && words.sentence_has(at, 14, &medicare)
                && !matches!(after, "panel" | "sequencing" | "test" | "testing")
        }
        Needs::Capitals if name.kind != Va => words.is_upper(at) && !after.starts_with("unit"),
        Needs::Capitals => {
            let state = words.gap(at.wrapping_sub(1)) == ", " && words.is_capital(at.wrapping_sub(1))
                || after.len() == 5 && after.bytes().all(|b| b.is_ascii_digit());
            let told = matches!(
                before,
                "the"
                    | "to"
                    | "by"
                    | "bill"
                    | "billing"
                    | "from"
                    | "for"
                    | "and"
                    | "or"
                    | "is"
                    | "has"
                    | "with"
                    | "our"
            ) || matches!(
                after,
                "patient"
                    | "patients"
                    | "claim"
                    | "claims"
                    | "benefits"
                    | "auth"
                    | "referred"
                    | "referral"
                    | "pays"
                    | "paid"
                    | "denied"
                    | "will"
                    | "says"
                    | "wants"
                    | "medicine"
                    | "does"
                    | "is"
                    | "and"
                    | "vet"
                    | "veteran"
                    | "payer"
                    | "coverage"
                    | "rules"
                    | "insurance"
                    | "hospital"
                    | "clinic"
                    | "plan"
                    | "office"
                    | "only"
            );
            words.is_upper(at) && !state && told && before != "in"
        }
    }
}

/// "not an advantage plan", "isn't Medicare", "no Medicaid".
fn is_ruled_out(words: &Words<'_>, at: usize) -> bool {
    let not = |word: &str| matches!(word, "not" | "no" | "never" | "non" | "without" | "t");
    not(words.before(at, 1)) || matches!(words.before(at, 1), "a" | "an" | "the") && not(words.before(at, 2))
}

/// `Ohio Medicaid`, `BCBS of Texas`, `Medicaid of Iowa`, `TX BCBS`, `BCBS TX`.
fn state_beside(words: &Words<'_>, start: usize, end: usize) -> Option<State> {
    let joined_before = |back: usize| start.checked_sub(back).filter(|at| (*at..start).all(|one| words.joins(one)));
    let before = [1, 2].into_iter().filter_map(joined_before).find_map(|at| {
        let (state, past) = state::at(words, at)?;
        (past == start).then_some(state)
    });
    let after = || {
        let at = if matches!(words.word(end), "of" | "in") { end + 1 } else { end };
        let near = (end - 1..at).all(|one| words.joins(one) || matches!(words.gap(one), " (" | "("));
        let postal = || State::read(words.written(at)).filter(|_| words.written(at).len() == 2);
        near.then(|| state::at(words, at).map(|(state, _)| state).or_else(postal)).flatten()
    };
    before.or_else(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let one = |payer: &Payer| {
            let state = payer.state.map_or_else(String::new, |state| format!(" in {}", state.as_str()));
            format!("{:?} {}{state}", payer.kind, payer.name)
        };
        read(&Words::of(text)).iter().map(|payer| one(&payer.value)).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn payers_and_what_looks_like_them() {
        for (text, expected) in [
            ("Straight Medicare, not an advantage plan", "Medicare Medicare"),
            ("UHC Medicare Advantage", "MedicareAdvantage UnitedHealthcare"),
            ("Aetna MA PPO", "MedicareAdvantage Aetna"),
            ("BCBS MA", "Commercial Blue Cross Blue Shield in MA"),
            ("Ohio Medicaid", "Medicaid Medicaid in OH"),
            ("Blue Cross Blue Shield of North Carolina", "Commercial Blue Cross Blue Shield in NC"),
            ("BCBSTX", "Commercial Blue Cross Blue Shield in TX"),
            ("Medicare primary, Aetna secondary", "Medicare Medicare; Commercial Aetna"),
            ("the VA referred him; Richmond, VA 23219", "Va Veterans Affairs"),
            ("an NGS panel", ""),
            ("NGS is our MAC", "Medicare NGS"),
            ("a commercial lease", ""),
            ("worker’s comp", "WorkersComp Workers' compensation"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
