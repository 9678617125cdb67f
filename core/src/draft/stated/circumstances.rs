//! All that the mails state of the circumstances, as one value. Each field says whether a fact is told, and what it is
//! where a rule of the answer hangs on it.

use serde::{Deserialize, Serialize};

use super::{
    Between, LastSeen, Means, PatientPlace, Quantity, Words, cues,
    passed::{elapsed, is_clock, package},
    silence,
};
use crate::{
    catalog::Setting,
    draft::brief::Mail,
    extract::said::{
        Said,
        contractor::Jurisdiction,
        denial::{Denial, List},
        payer::{Payer, PayerKind},
        place::{ClaimSide, Setting as Place},
        sameness::Common,
        side::{Laterality, Side},
        stated::Stated,
    },
};

/// What the mails state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Circumstances {
    /// Who pays.
    pub payer: Option<PayerKind>,
    /// The payers that are named, each once.
    pub payers: Vec<Payer>,
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
    /// Which of the two, where that is plain.
    pub means: Option<Means>,
    /// Where the patient was.
    pub patient_place: bool,
    /// Whether that was at home, where that is plain.
    pub patient_at: Option<PatientPlace>,
    /// New or established.
    pub patient_status: bool,
    /// When the patient was seen before.
    pub last_seen: Option<LastSeen>,
    /// Why a test was done.
    pub intent: bool,
    /// Whether something was found or removed in a colorectal screening.
    pub screening_turned: bool,
    /// Who helped, or who saw the patient.
    pub who: bool,
    /// What a visit or a second operation had to do with the first.
    pub relation: Option<Relation>,
    /// Days between an operation and a later visit, where the mails count them.
    pub elapsed: Option<u32>,
    /// Days of the package that the asker names: `90`.
    pub package: Option<u32>,
    /// Reasons of refusals, each once.
    pub denials: Vec<Denial>,
    /// Remark codes.
    pub remarks: Vec<Denial>,
    /// Whether the asker says that the record is silent or not at hand.
    pub record_is_silent: bool,
    /// What is told between the lines.
    pub between: Between,
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
    /// New or established.
    pub patient_status: bool,
    /// 33 or PT.
    pub screening_modifier: bool,
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

impl Circumstances {
    /// What these mails state.
    pub(in super::super) fn read(mails: &[Mail<'_>]) -> Self {
        let words = &Words::of(mails);
        let said = Union(mails);
        let (denials, remarks) = said.all(|said| &said.denials).fold((Vec::new(), Vec::new()), by_list);
        let kinds: Vec<PayerKind> = said.all(|said| &said.payers).map(|payer| payer.kind).collect();
        let times = said.all(|said| &said.minutes).map(|one| Quantity::time(*one));
        let quantities: Vec<Quantity> =
            said.all(|said| &said.quantities).filter_map(Quantity::given).chain(times).collect();
        Self {
            payer: whose_rules(&kinds),
            payers: said.payers(),
            plan: words.say("plan|plans|insurance"),
            refusal_in_words: words.say(cues::REFUSED),
            state: said.has(|said| &said.states)
                || said.all(|said| &said.payers).any(|payer| Jurisdiction::served_by(&payer.name).next().is_some()),
            setting: said.setting(),
            place_of_service: said.has(|said| &said.places) || said.has(|said| &said.claims),
            side: said.sides().next().is_some(),
            both_sides: said.sides().any(|side| side.side == Some(Laterality::Both)),
            session: said.all(|said| &said.sameness).any(|one| one.of != Common::Provider)
                || words.say(cues::SAME_OR_NOT),
            time: said.has(|said| &said.minutes) || words.each().any(is_clock),
            quantities,
            extent: words.say(cues::EXTENTS),
            route: words.say(cues::ROUTES),
            modality: words.say(cues::MODALITIES),
            means: Means::read(words),
            patient_place: words.say(cues::PATIENT_PLACES),
            patient_at: PatientPlace::read(words),
            patient_status: said.has(|said| &said.patients) || words.say(cues::KNOWN_PATIENT),
            last_seen: LastSeen::read(words),
            intent: words.say(cues::INTENTS),
            screening_turned: words.say("screening*") && words.say(cues::TURNED),
            who: said.has(|said| &said.roles)
                || said.all(|said| &said.sameness).any(|one| one.of == Common::Provider)
                || words.say(cues::PEOPLE),
            relation: relation(words),
            elapsed: elapsed(words),
            package: package(words),
            denials,
            remarks,
            record_is_silent: silence::read(words),
            between: Between::read(words),
            asks_amount: words.say(cues::AMOUNTS),
            asks_coverage: words.say(cues::COVERAGE),
            asks: Asks::read(words),
        }
    }
}

/// What all mails of a case say.
#[derive(Clone, Copy)]
struct Union<'a>(&'a [Mail<'a>]);

impl<'a> Union<'a> {
    fn all<T: 'a>(self, of: impl Fn(&'a Said) -> &'a Vec<Stated<T>>) -> impl Iterator<Item = &'a T> {
        self.0.iter().flat_map(move |mail| of(&mail.reading.said)).map(|stated| &stated.value)
    }

    fn payers(self) -> Vec<Payer> {
        let mut payers: Vec<Payer> = Vec::new();
        for payer in self.all(|said| &said.payers) {
            if !payers.contains(payer) {
                payers.push(payer.clone());
            }
        }
        payers
    }

    fn has<T: 'a>(self, of: impl Fn(&'a Said) -> &'a Vec<Stated<T>>) -> bool {
        self.all(of).next().is_some()
    }

    /// Sides in words, and by the modifiers at codes.
    fn sides(self) -> impl Iterator<Item = Side> {
        let modifiers = self.0.iter().flat_map(|mail| &mail.reading.mentions).flat_map(|mention| &mention.modifiers);
        let by_modifier = modifiers.filter_map(|modifier| Side::of_modifier(modifier.as_str()));
        self.all(|said| &said.sides).cloned().chain(by_modifier)
    }

    /// Whose tables apply: by the claim that is named, else by the place; none when they differ.
    fn setting(self) -> Option<Setting> {
        let claims = self.all(|said| &said.claims).map(|claim| match claim {
            ClaimSide::Practitioner => Setting::Practitioner,
            ClaimSide::Facility => Setting::OutpatientHospital,
        });
        let places = self.all(|said| &said.places).filter_map(|place| match place.setting {
            Place::Office | Place::Clinic | Place::UrgentCare | Place::Laboratory | Place::SurgeryCenter => {
                Some(Setting::Practitioner)
            }
            Place::OutpatientHospital => Some(Setting::OutpatientHospital),
            _ => None,
        });
        only(claims).or_else(|| only(places))
    }
}

/// The one value of all; none when there is none, or another beside it.
fn only(mut values: impl Iterator<Item = Setting>) -> Option<Setting> {
    let first = values.next()?;
    values.all(|other| other == first).then_some(first)
}

/// Reasons and remarks apart, each once.
fn by_list((mut reasons, mut remarks): (Vec<Denial>, Vec<Denial>), one: &Denial) -> (Vec<Denial>, Vec<Denial>) {
    let list = if one.list == List::Carc { &mut reasons } else { &mut remarks };
    if !list.iter().any(|known: &Denial| (known.group, &known.code) == (one.group, &one.code)) {
        list.push(one.clone());
    }
    (reasons, remarks)
}

/// Of several payers the one whose rules the tables do not tell, so that the reply says so; but Medicare where it is
/// named beside private plans, since that part can be answered.
fn whose_rules(named: &[PayerKind]) -> Option<PayerKind> {
    use PayerKind as P;
    const ORDER: [P; 8] =
        [P::MedicareAdvantage, P::Medicaid, P::Tricare, P::Va, P::WorkersComp, P::Auto, P::Medicare, P::Commercial];
    ORDER.into_iter().find(|kind| named.contains(kind))
}

impl Asks {
    fn read(words: &Words) -> Self {
        let all = |cues: &str| cues.split('|').all(|cue| words.say(cue));
        Self {
            side: all("rt|lt") || all("right|or|left"),
            place: words.say("pos|place of service|place 02|place 10|place code|place 2|02 or 10|10 or 02"),
            validity: words.say("valid|still good|still exist*|in force|invalid"),
            afar_modifier: words.say("93|95"),
            patient_status: words.say(cues::NEW_OR_NOT),
            screening_modifier: words.say("33") && words.say("pt"),
            return_to_surgery: all("58|78") || all("78|79") || all("58|79"),
            administration: words.say("administration|admin code|injection code|how to bill the injection"),
            within_package: words.say("global*|package|post op|postop|ninety day*|90 day*|chargeable|follow up days"),
            screening: words.say("screening or*|diagnostic or*|screening code or|or the diagnostic|or screening"),
            closure: words.say("laceration*|repair code|stitched|cut on|gash*|excision of|in two layers")
                || words.say("sewn|sutured") && words.say("cut|cuts|wound|wounds|face|scalp|hand|arm|leg|finger|chin|lip"),
            unnamed_joint: words.say("joint")
                && !words.say("knee*|shoulder*|hip*|ankle*|wrist*|elbow*|finger*|toe*|bursa|facet*|sacroiliac|si joint|large joint|small joint|major joint|l3*|l4*|l5*|jaw|tmj"),
        }
    }
}

/// What is said of it: a word for "unrelated" weighs most.
fn relation(words: &Words) -> Option<Relation> {
    let said = [
        (Relation::Unrelated, cues::UNRELATED),
        (Relation::Planned, cues::PLANNED),
        (Relation::Related, cues::RELATED),
    ];
    said.into_iter().find(|(_, cues)| words.say(cues)).map(|(relation, _)| relation)
}
