//! All that the mails state of the circumstances, as one value. Each field says whether a fact is told, and what it is
//! where a rule of the answer hangs on it.

use serde::{Deserialize, Serialize};

use super::{Denial, Measure, Payer, Quantity, Words, denial};
use crate::catalog::Setting;

/// What the mails state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Circumstances {
    /// Who pays.
    pub payer: Option<Payer>,
    /// Whether a plan is spoken of, with or without its name.
    pub plan: bool,
    /// Whether a refusal is told in words rather than by its code.
    pub refusal_in_words: bool,
    /// Whether a state is named.
    pub state: bool,
    /// Whose claim it is, when that is plain.
    pub setting: Option<Setting>,
    /// Whether a place of service is told at all.
    pub place_of_service: bool,
    /// Whether a side, a finger, an eye, or that both were treated, is told.
    pub side: bool,
    /// Whether both sides were treated.
    pub both_sides: bool,
    /// Whether the services were of one encounter or of different ones.
    pub session: bool,
    /// Amounts and minutes.
    pub quantities: Vec<Quantity>,
    /// Whether a time is told, also by the clock.
    pub time: bool,
    /// Whether a length, an area or a depth is told.
    pub extent: bool,
    /// How a drug was given.
    pub route: bool,
    /// Video or voice.
    pub modality: bool,
    /// Where the patient was.
    pub patient_place: bool,
    /// New or established.
    pub patient_status: bool,
    /// Why a test was done.
    pub intent: bool,
    /// Who helped, or who saw the patient.
    pub who: bool,
    /// What a visit or a second operation had to do with the first.
    pub relation: Option<Relation>,
    /// Days between an operation and a later visit, where the mails count them.
    pub elapsed: Option<u32>,
    /// Days of the package that the asker names: `90`.
    pub package: Option<u32>,
    /// Reasons of refusals.
    pub denials: Vec<Denial>,
    /// Remark codes.
    pub remarks: Vec<String>,
    /// Whether the asker says that the record is silent or not at hand.
    pub record_is_silent: bool,
    /// Whether an amount, a fee or relative values are asked about.
    pub asks_amount: bool,
    /// Whether the policy of a payer, or what a list covers, is asked about.
    pub asks_coverage: bool,
    /// What is asked for by name, where a missing fact hangs on it.
    pub asks: Asks,
}

/// What the mails ask for by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Asks {
    /// Right, left or both.
    pub side: bool,
    /// The place of service of a visit from afar.
    pub place: bool,
    /// Whether a code is valid.
    pub validity: bool,
    /// 93 or 95.
    pub afar_modifier: bool,
    /// 58, 78 or 79.
    pub return_to_surgery: bool,
    /// How a drug's giving is coded.
    pub administration: bool,
    /// Whether a visit lies within a package.
    pub within_package: bool,
    /// Whether something is a screening.
    pub screening: bool,
    /// The code for a wound's closure.
    pub closure: bool,
    /// The code for a joint without its name.
    pub unnamed_joint: bool,
}

/// What a visit or a second operation had to do with the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Nothing.
    Unrelated,
    /// It was planned, or went on with the first.
    Planned,
    /// It was for a complication or the usual care after it.
    Related,
}

const STATES: [&str; 74] = [
    "alabama",
    "alaska",
    "arizona",
    "arkansas",
    "california",
    "colorado",
    "connecticut",
    "delaware",
    "florida",
    "georgia",
    "hawaii",
    "idaho",
    "illinois",
    "indiana",
    "iowa",
    "kansas",
    "kentucky",
    "louisiana",
    "maine",
    "maryland",
    "massachusetts",
    "michigan",
    "minnesota",
    "mississippi",
    "missouri",
    "montana",
    "nebraska",
    "nevada",
    "hampshire",
    "jersey",
    "mexico",
    "new york",
    "carolina",
    "dakota",
    "ohio",
    "oklahoma",
    "oregon",
    "pennsylvania",
    "rhode island",
    "tennessee",
    "texas",
    "utah",
    "vermont",
    "virginia",
    "washington",
    "wisconsin",
    "wyoming",
    "nj",
    "ny",
    "tx",
    "fl",
    "az",
    "nc",
    "sc",
    "pa",
    "ga",
    "mi",
    "il",
    "va",
    "wa",
    "mn",
    "tn",
    "md",
    "wi",
    "missouri",
    "nv",
    "jurisdiction",
    "noridian",
    "novitas",
    "palmetto",
    "ngs",
    "wps",
    "cgs",
    "fcso",
];
const PRACTITIONER: [&str; 14] = [
    "office",
    "professional claim",
    "1500",
    "practice",
    "clinic",
    "surgery center",
    "asc",
    "pos 11",
    "family practice",
    "physician group",
    "imaging center",
    "freestanding",
    "independent lab",
    "urgent care",
];
const FACILITY: [&str; 8] = [
    "outpatient hospital",
    "hospital outpatient",
    "hospital outpt",
    "facility side",
    "ub",
    "ub 04",
    "opps",
    "charge master",
];
const PLACES: [&str; 40] = [
    "office",
    "clinic",
    "hospital",
    "hosp",
    "inpatient",
    "outpatient",
    "asc",
    "surgery center",
    "surgical center",
    "emergency",
    "ed",
    "er",
    "icu",
    "facility",
    "telehealth",
    "home",
    "snf",
    "nursing",
    "hospice",
    "urgent care",
    "pos",
    "place of service",
    "professional",
    "observation",
    "ambulance",
    "lab",
    "laboratory",
    "imaging center",
    "freestanding",
    "practice",
    "1500",
    "ub",
    "the or",
    "cast*",
    "fiberglass",
    "pharmacy",
    "hospitalist*",
    "radiologist*",
    "school",
    "supplier",
];
const SIDES: [&str; 42] = [
    "right",
    "left",
    "bilateral*",
    "both",
    "rt",
    "lt",
    "either",
    "lower",
    "upper",
    "toe",
    "great",
    "second",
    "third",
    "finger",
    "thumb",
    "index",
    "both knees",
    "each",
    "two sides",
    "unilateral",
    "lateral",
    "medial",
    "knee",
    "shoulder",
    "hip",
    "elbow",
    "wrist",
    "ankle",
    "hand",
    "foot",
    "face",
    "cheek",
    "forehead",
    "scalp",
    "neck",
    "back",
    "chest",
    "arm",
    "leg",
    "t1",
    "t5",
    "50",
];
const SAME_OR_NOT: [&str; 50] = [
    "same day",
    "same date",
    "same time",
    "same session",
    "same sitting",
    "same visit",
    "same encounter",
    "same anesthesia",
    "same claim",
    "same hour",
    "same morning",
    "one sitting",
    "one visit",
    "one day",
    "one session",
    "one draw",
    "one claim",
    "one date",
    "one colonoscopy",
    "one encounter",
    "one go",
    "in the same",
    "first day",
    "same wound",
    "one wound",
    "separate*",
    "different",
    "another",
    "other",
    "later that",
    "next morning",
    "the next day",
    "afterwards",
    "then",
    "beforehand",
    "at once",
    "together with the",
    "on the same",
    "during",
    "same patient same",
    "both on",
    "also",
    "one patient",
    "these pairs",
    "with the visit",
    "one of them",
    "one machine",
    "came in for",
    "panel",
    "boxes",
];
const EXTENTS: [&str; 24] = [
    "cm", "mm", "sq", "square", "inch", "inches", "length", "size", "measur*", "levels", "depth", "deep", "percent",
    "%", "small", "large", "partial", "total", "complete", "half", "great", "piece", "part", "level",
];
const ROUTES: [&str; 28] = [
    "im",
    "iv",
    "subq",
    "sq",
    "subcutaneous*",
    "intramuscular*",
    "intravenous*",
    "oral*",
    "po",
    "push",
    "inject*",
    "shot",
    "drip",
    "nebul*",
    "inhal*",
    "infused",
    "infusion over",
    "intravitreal*",
    "intrathecal*",
    "topical*",
    "bolus",
    "pump",
    "port",
    "hip",
    "deltoid",
    "knee",
    "under the skin",
    "vein",
];
const MODALITIES: [&str; 21] = [
    "video*",
    "audio*",
    "phone*",
    "telephone*",
    "voice",
    "camera",
    "zoom",
    "portal",
    "call",
    "called",
    "rings",
    "online",
    "av",
    "facetime",
    "doxy",
    "by screen",
    "store and forward",
    "asynchronous",
    "two way",
    "9944x",
    "webcam",
];
const PATIENT_PLACES: [&str; 25] = [
    "home",
    "office",
    "car",
    "clinic",
    "hospital",
    "ed",
    "er",
    "facility",
    "snf",
    "nursing",
    "school",
    "work",
    "vacation",
    "beach",
    "another state",
    "out of state",
    "hotel",
    "house",
    "parking",
    "apartment",
    "residence",
    "dialysis",
    "with us",
    "in our",
    "at the clinic",
];
const STATUSES: [&str; 20] = [
    "new patient",
    "new pt",
    "new to us",
    "new to",
    "established",
    "est",
    "estab",
    "known patient",
    "last saw",
    "last seen",
    "is he new",
    "is she new",
    "new or established",
    "first visit",
    "follow up",
    "initial",
    "subsequent",
    "years ago",
    "returning",
    "consult*",
];
const INTENTS: [&str; 54] = [
    "screening*",
    "average risk",
    "high risk",
    "routine",
    "yearly",
    "annual*",
    "surveillance",
    "history of",
    "family",
    "symptom*",
    "bleeding",
    "pain",
    "lump",
    "feels",
    "positive",
    "diagnostic*",
    "follow up",
    "abnormal",
    "check up",
    "wellness",
    "preventive",
    "planned as",
    "because of",
    "complain*",
    "asymptomatic",
    "no complaint*",
    "smoked",
    "smoker",
    "quit",
    "pack",
    "adenomas",
    "polyp*",
    "anemia",
    "nodule*",
    "one time",
    "everyone",
    "low risk",
    "born",
    "physical",
    "welcome",
    "months",
    "never had",
    "allowed",
    "due",
    "eligible",
    "frequency",
    "bp",
    "smokes",
    "sees",
    "lady",
    "aged",
    "visit",
    "draw",
    "weight loss",
];
/// "our dietitian", "same doctor", "PA": who did it.
const PEOPLE: [&str; 60] = [
    "pa",
    "np",
    "cnm",
    "rn",
    "rnfa",
    "resident*",
    "attending*",
    "midwife",
    "nurse",
    "physician assistant",
    "cns",
    "fellow",
    "co surgeon*",
    "cosurgeon*",
    "two surgeons",
    "three surgeons",
    "second surgeon",
    "surgeons",
    "orthopedist*",
    "vascular",
    "neuro*",
    "ent",
    "crna",
    "aa",
    "same doctor",
    "same surgeon",
    "same provider",
    "same group",
    "our group",
    "our doctor*",
    "our surgeon",
    "by us",
    "our pa",
    "our np",
    "the surgeon",
    "her surgeon",
    "his surgeon",
    "breast surgeon",
    "by dr",
    "dr",
    "our own",
    "another doctor",
    "another group",
    "other group",
    "somebody else",
    "different doctor",
    "different group",
    "hand specialist",
    "same office",
    "we",
    "first assist*",
    "doc*",
    "dentist*",
    "assistant as",
    "as line",
    "his side",
    "her doctor",
    "us",
    "our",
    "i",
];
const UNRELATED: [&str; 16] = [
    "unrelated",
    "not related",
    "nothing to do with",
    "different problem",
    "other problem",
    "another problem",
    "carpal tunnel",
    "other ankle",
    "other eye",
    "other knee",
    "other hip",
    "other leg",
    "uti",
    "mole",
    "new problem",
    "sore throat",
];
const PLANNED: [&str; 9] = [
    "planned",
    "staged",
    "second stage",
    "expected if",
    "was expected",
    "anticipated",
    "prospectively",
    "moved up",
    "more extensive",
];
const RELATED: [&str; 40] = [
    "complication*",
    "infect*",
    "bleed*",
    "dehiscence",
    "washout",
    "hematoma",
    "wound",
    "pain",
    "fever",
    "swell*",
    "swollen",
    "redness",
    "leak*",
    "post op check",
    "postop check*",
    "follow up",
    "stitches",
    "sutures",
    "staples",
    "dressing",
    "cast",
    "fell",
    "fall",
    "injury",
    "because of",
    "came back",
    "backed out",
    "return to the or",
    "healing",
    "scar",
    "epidural",
    "operation of",
    "drain*",
    "pus",
    "check",
    "checks",
    "for her",
    "for his",
    "follow ups",
    "interrogation",
];
const SILENT: [&str; 44] = [
    "doesnt tell",
    "does not tell",
    "didnt tell",
    "doesnt say",
    "does not say",
    "didnt say",
    "didnt measure",
    "did not measure",
    "left the minutes off",
    "left off",
    "no name",
    "note lost",
    "lost",
    "is blank",
    "blank",
    "nothing else",
    "notes only say",
    "note only says",
    "only says",
    "only say",
    "only wrote",
    "wrote only",
    "nothing but",
    "skimpy",
    "not documented",
    "didnt document",
    "did not document",
    "didnt write",
    "did not write",
    "not recorded",
    "no note",
    "note is missing",
    "note missing",
    "not stated",
    "illegible",
    "doesnt mention",
    "does not mention",
    "isnt documented",
    "face sheet",
    "just says",
    "just say",
    "says just",
    "copied only",
    "one word",
];
const REFUSED: [&str; 18] = [
    "duplicate*",
    "bundled",
    "not eligible",
    "inclusive",
    "authorization",
    "timely",
    "deductible",
    "wrong contractor",
    "frequency",
    "necessity",
    "recoup*",
    "take back",
    "want it back",
    "takeback",
    "downgrad*",
    "invalid",
    "paid half",
    "without the appropriate",
];
const AMOUNTS: [&str; 14] = [
    "rvu",
    "rvus",
    "fee schedule amount",
    "how much does medicare pay",
    "how much is paid",
    "allowed amount",
    "how much do",
    "what does medicare pay",
    "reimbursement rate",
    "payment amount",
    "work rvu",
    "fee for",
    "relative value*",
    "what percent",
];
const COVERAGE: [&str; 18] = [
    "covered",
    "cover",
    "covers",
    "lcd",
    "ncd",
    "medical necessity",
    "necessity",
    "medically necessary",
    "on the list",
    "on the covered list",
    "support*",
    "coverage",
    "payable dx",
    "which dx",
    "which diagnos*",
    "policy",
    "take for",
    "carry",
];

impl Circumstances {
    /// What these words state.
    pub(in super::super) fn read(words: &Words) -> Self {
        let quantities = Quantity::all(words);
        let by_the_clock = words.each().any(is_clock);
        let setting = match (words.say(&PRACTITIONER), words.say(&FACILITY)) {
            (true, false) => Some(Setting::Practitioner),
            (false, true) => Some(Setting::OutpatientHospital),
            _ => None,
        };
        Self {
            payer: Payer::read(words),
            plan: words.say(&["plan", "plans", "insurance"]),
            refusal_in_words: words.say(&REFUSED),
            state: words.say(&STATES),
            setting,
            place_of_service: words.say(&PLACES),
            side: words.say(&SIDES),
            both_sides: words.say(&[
                "both knees",
                "both sides",
                "bilateral*",
                "each side",
                "each knee",
                "both shoulders",
            ]),
            session: words.say(&SAME_OR_NOT),
            time: by_the_clock
                || quantities.iter().any(|one| one.of == Measure::Minute)
                || words.say(&["half an hour", "an hour", "one hour"])
                || hours(words),
            quantities,
            extent: words.say(&EXTENTS),
            route: words.say(&ROUTES),
            modality: words.say(&MODALITIES),
            patient_place: words.say(&PATIENT_PLACES),
            patient_status: words.say(&STATUSES),
            intent: words.say(&INTENTS),
            who: words.say(&PEOPLE),
            relation: relation(words),
            elapsed: elapsed(words),
            package: package(words),
            denials: Denial::all(words),
            remarks: denial::remarks(words),
            record_is_silent: words.say(&SILENT),
            asks_amount: words.say(&AMOUNTS),
            asks_coverage: words.say(&COVERAGE),
            asks: Asks::read(words),
        }
    }
}

impl Asks {
    fn read(words: &Words) -> Self {
        let all = |cues: &[&str]| cues.iter().all(|cue| words.say(&[*cue]));
        Self {
            side: all(&["rt", "lt"]) || all(&["right", "or", "left"]),
            place: words.say(&["pos", "place of service"]),
            validity: words.say(&["valid", "still good", "still exist*", "in force", "invalid"]),
            afar_modifier: words.say(&["93", "95"]),
            return_to_surgery: all(&["58", "78"]) || all(&["78", "79"]) || all(&["58", "79"]),
            administration: words.say(&["administration", "admin code", "injection code", "how to bill the injection"]),
            within_package: words.say(&[
                "global*",
                "package",
                "post op",
                "postop",
                "ninety day*",
                "90 day*",
                "chargeable",
                "follow up days",
            ]),
            screening: words.say(&[
                "screening or*",
                "diagnostic or*",
                "screening code or",
                "or the diagnostic",
                "or screening",
            ]),
            closure: words.say(&["sewn", "laceration*", "repair code", "stitched", "sutured", "cut on"]),
            unnamed_joint: words.say(&["joint"])
                && !words.say(&[
                    "knee*",
                    "shoulder*",
                    "hip*",
                    "ankle*",
                    "wrist*",
                    "elbow*",
                    "finger*",
                    "toe*",
                    "bursa",
                    "facet*",
                    "sacroiliac",
                    "si joint",
                    "large joint",
                    "small joint",
                    "major joint",
                    "l3*",
                    "l4*",
                    "l5*",
                    "jaw",
                    "tmj",
                ]),
        }
    }
}

/// What is said of it: a word for "unrelated" weighs most.
fn relation(words: &Words) -> Option<Relation> {
    let said = [(Relation::Unrelated, &UNRELATED[..]), (Relation::Planned, &PLANNED), (Relation::Related, &RELATED)];
    said.into_iter().find(|(_, cues)| words.say(cues)).map(|(relation, _)| relation)
}

/// `six weeks after`, `10 days post op`: in days.
fn elapsed(words: &Words) -> Option<u32> {
    const NUMBERS: [&str; 13] =
        ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let list: Vec<&str> = words.each().collect();
    let number = |word: &str| {
        let spelled =
            NUMBERS.iter().position(|name| !name.is_empty() && *name == word).and_then(|at| u32::try_from(at).ok());
        spelled.or_else(|| word.parse().ok().filter(|number| *number <= 400))
    };
    for window in list.windows(3) {
        let [count, unit, next] = window else { continue };
        let days = match *unit {
            "day" | "days" => 1,
            "week" | "weeks" | "wks" | "wk" => 7,
            "month" | "months" => 30,
            _ => continue,
        };
        let after = ["after", "post", "postop", "later", "out", "from", "following"].contains(next);
        if after && let Some(count) = number(count) {
            return Some(count * days);
        }
    }
    if words.say(&["following day", "next day", "next morning", "day after"]) {
        return Some(1);
    }
    let on_day = list.windows(3).find_map(|window| match window {
        ["on", "day", count] => number(count),
        _ => None,
    });
    on_day.or_else(|| {
        list.windows(2).find_map(|pair| match pair {
            ["pod", count] => number(count),
            _ => None,
        })
    })
}

/// `ninety day global`, `90 days`, `ten day`.
fn package(words: &Words) -> Option<u32> {
    let spoken = words.say(&["global*", "package", "follow up"]);
    let ninety = words.say(&["ninety day*", "90 day*", "the ninety", "090"]);
    let ten = words.say(&["ten day global", "10 day global", "ten day period"]);
    match (spoken || ninety, ninety, ten) {
        (true, true, _) => Some(90),
        (true, false, true) => Some(10),
        _ => None,
    }
}

/// `2 h 10`, `3 hours`.
fn hours(words: &Words) -> bool {
    let list: Vec<&str> = words.each().collect();
    list.windows(2).any(|pair| match pair {
        [count, unit] => {
            ["h", "hr", "hrs", "hour", "hours"].contains(unit) && count.parse::<u32>().is_ok_and(|count| count <= 24)
        }
        _ => false,
    })
}

/// `13:04`, `9:40`.
fn is_clock(word: &str) -> bool {
    word.split_once(':').is_some_and(|(hours, minutes)| {
        hours.len() <= 2 && minutes.len() == 2 && hours.bytes().chain(minutes.bytes()).all(|b| b.is_ascii_digit())
    })
}
