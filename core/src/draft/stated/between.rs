//! What the mails tell between the lines: who writes tells the place, a wasted rest tells the amount, "our PA" tells whose
//! assistant it was. Nothing here is shown to anybody; it only keeps a draft from asking for what a reader knows, and has
//! it ask where two codes differ by what nobody wrote. Called by [`super::Circumstances`] alone.

use serde::{Deserialize, Serialize};

use super::Words;

/// What a reader takes as told, and what the answer hangs on though no word names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Between {
    /// Whose claim it is, by who writes: a practice, a laboratory, a hospital's department.
    pub practice: bool,
    /// Who pays, by a plan that no list of payers holds, or that nobody but the patient does.
    pub plan: bool,
    /// The amount of a drug: what was left over, or that all was used.
    pub amount: bool,
    /// Who did the first and who the later service of a package.
    pub operator: bool,
    /// Why the patient came back.
    pub reason: bool,
    /// A code that no catalogue at hand knows.
    pub bare_code: bool,
    /// Somebody assisted whom payers treat differently: PA, NP, RN.
    pub midlevel: bool,
    /// A brace or boot of which neither make nor fit is told.
    pub unnamed_brace: bool,
    /// A vaccine or device of which the product is not told.
    pub unnamed_product: bool,
    /// Who did it is told as a doubt: "somebody", "may have been a fellow".
    pub somebody: bool,
    /// Which part of the body each of two services was given to.
    pub part: bool,
    /// Why a visit was held beside what was done on it.
    pub visit_reason: bool,
    /// A prolonged service, of which Medicare has codes of its own.
    pub prolonged: bool,
    /// A service that was broken off, which goes by other modifiers on a facility's claim.
    pub broken_off: bool,
    /// A side in words, rather than by the modifiers that are asked about.
    pub side: bool,
    /// Hardly more is written than the codes.
    pub bare: bool,
    /// A time told without its minutes: "it was very long", "about half an hour".
    pub by_time_alone: bool,
}

const PRACTICE: &str = "our|office|offices|clinic|clinics|practice|practices|center|centre|centers|freestanding|hygienist*|dentist*|\
    lab|laboratory|pathologist*|pathology|radiology|imaging|podiatr*|optometr*|ophthalmol*|dermatolog*|derm|\
    chiro*|cardiology|pediatric*|urg|urgent|asc|hopd|hospital|hosp|facility|outpt|outpatient|inpatient|rhc|fqhc|\
    cah|suite|self employed|physiotherap*|therapist*|psychologist*|psychiatr*|lcsw|bcba|ub|1500|pro fee|\
    professional|anesthesiologist|crna|anesthesia|family med*|internist|internal medicine|hospice|home health|\
    snf|dme|supplier|er|ed|icu|group|doc|doctor|dr|provider*";
const PLANS: &str = "part a|part b|pip|hmo|ppo|vsp|eyemed|davis vision|delta|no fault|self pay|pays herself|pays himself|no insurance|\
    workers|work comp|cash|uninsured|hets|mco|first coast|oscar|contractor|mac";
const AMOUNTS: &str =
    "throw*|thrown|threw|left over|leftover|wast*|discard*|drain|whole syringe|whole vial|entire|all of it|all used";
const OPERATORS: &str = "dr|doc|doctor|surgeon*|same|other|elsewhere|another|nothing to do|by us|our|partner|we did|we repaired|\
    we treated|unrelated|different";
const REASONS: &str = "take out|stitches out|sutures out|stitch removal|removal|dressing|tighten*|back in|came in with|sprained|\
    certif*|opacif*|interrogation|stage two|second stage|drained|tapped|requires";
const MIDLEVEL: &str = "pa|pas|np|nps|rnfa|crnfa|first assist*|first assistant*|nurse practitioner|physician assistant|payable with|notes with";
const BRACES: &str = "boot|boots|brace|braces";
const BRACE_NAMED: &str = "air|pneumatic|inflat*|cushion*|hinge*|rigid|custom*|molded|jointed|elastic|neoprene|adjustable|non pneumatic|ankle|wrist|\
    lso|tlso|afo|plastic";
const PRODUCTS: &str = "flu shot*|flu given|flu vaccin*|vaccine itself|iud|which vaccine|covid shot*|covid vaccin*";
const PRODUCT_NAMED: &str = "fluzone*|flucelvax*|afluria*|fluarix*|flulaval*|fluad*|flublok*|flumist*|fluvirin*|mirena*|liletta*|kyleena*|skyla*|\
    paragard*|high dose|comirnaty*|spikevax*|moderna*|pfizer*|novavax*|copper|shingrix*|prevnar*|capvaxive*|vaxneuvance*|\
    gardasil*|heplisav*|arexvy*|abrysvo*";
const LONG: &str = "extended|about half an hour|half an hour|a long time|quite a while";

const SOMEBODY: &str = "somebody of|somebody assisted|somebody helped|someone of|may have been|might have been|not sure who|\
    dont know who|for the assist";
const PARTS: &str = "shoulder*|neck|knee|knees|hip|heel|ankle|metatars*|met|mets|same ulcer|same wound|same toe|one ulcer|one wound|one knee|different|\
    separate|another|other|both feet|left|right|right arm|distinct";
const VISIT_REASONS: &str = "evaluat*|she also|he also|also complain*|also came|also saw|something else|separate*|complain*|came for|\
    came in|came with|seen for|problem|problems|flare|refill*|unrelated|physical|wellness|new patient|new pt|\
    consult*|diabetes|follow up";

/// So many words tell no story.
const BARE: usize = 12;

impl Between {
    pub(super) fn read(words: &Words) -> Self {
        let number = |word: &str| word.parse::<u32>().is_ok_and(|number| number >= 10);
        let is_bare = |word: &str| {
            word.len() == 5
                && word.bytes().take(4).all(|b| b.is_ascii_digit())
                && word.bytes().all(|b| b.is_ascii_alphanumeric())
        };
        Self {
            practice: words.say(PRACTICE),
            plan: words.say(PLANS),
            amount: words.say(AMOUNTS) && words.each().any(number),
            operator: words.say(OPERATORS),
            reason: words.say(REASONS),
            bare_code: words.each().any(is_bare),
            midlevel: words.say(MIDLEVEL),
            unnamed_brace: words.say(BRACES) && !words.say(BRACE_NAMED),
            unnamed_product: words.say(PRODUCTS) && !words.say(PRODUCT_NAMED),
            somebody: words.say(SOMEBODY),
            part: words.say(PARTS),
            visit_reason: words.say(VISIT_REASONS),
            prolonged: words.say("prolonged"),
            broken_off: words.say("53|52") && words.say("73|74"),
            side: words.say("left|right|both|bilat*|each|two|one side|od|os|ou|sides"),
            bare: words.each().count() < BARE,
            by_time_alone: words.say(LONG),
        }
    }
}
