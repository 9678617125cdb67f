//! What single words are: given names, surnames, eponyms, towns, words of the trade, and words that only say what
//! stands beside them.
//!
//! The lists are written by hand from common knowledge, but for two: `clinical.txt` holds the small words of the titles
//! of HCPCS, ICD-10-CM and ICD-10-PCS, works of the US government, and of this project's own prose; `ordinary.txt` also
//! words that are frequent in the manuals of free software. A word may be in several lists: "Page" is a name and a word,
//! and [`super::names`] weighs which of them is meant.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
    sync::LazyLock,
};

use super::{age, form, picture, place, ssn, unique};

/// What a word may be; a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Roles(u32);

impl Roles {
    pub(super) const GIVEN: Self = Self(1);
    pub(super) const SURNAME: Self = Self(1 << 1);
    /// An ordinary word, or one of the trade: alone it names nobody.
    pub(super) const PLAIN: Self = Self(1 << 2);
    /// A physician whose name a disease, sign or operation bears.
    pub(super) const EPONYM: Self = Self(1 << 3);
    pub(super) const TOWN: Self = Self(1 << 4);
    pub(super) const MONTH: Self = Self(1 << 5);
    /// "Mr", "Dr", "Sister": a name follows.
    pub(super) const TITLE: Self = Self(1 << 6);
    /// "patient", "mother", "insured": a name may follow.
    pub(super) const PERSON: Self = Self(1 << 7);
    /// "MD", "CPC": a name went before.
    pub(super) const CREDENTIAL: Self = Self(1 << 8);
    /// "Jr", "III".
    pub(super) const SUFFIX: Self = Self(1 << 9);
    /// "van", "de", "al": part of the name that follows.
    pub(super) const PARTICLE: Self = Self(1 << 10);
    /// "Clinic", "Health": what went before is the name of a house.
    pub(super) const HOUSE: Self = Self(1 << 11);
    /// "Street", "Ave".
    pub(super) const STREET: Self = Self(1 << 12);
    /// "disease", "fracture", "repair": an eponym went before.
    pub(super) const DISEASE: Self = Self(1 << 13);
    /// The full name of a state.
    pub(super) const STATE: Self = Self(1 << 14);
    /// "Hi", "Dear".
    pub(super) const GREETING: Self = Self(1 << 15);
    /// "Thanks", "Regards".
    pub(super) const FAREWELL: Self = Self(1 << 16);
    pub(super) const WEEKDAY: Self = Self(1 << 17);
    /// "number", "is", "of": stands between a number and the word that names it.
    pub(super) const BETWEEN: Self = Self(1 << 18);
    /// No list holds it, and it ends like a thing.
    pub(super) const ENDING: Self = Self(1 << 19);
    /// A word that names a number, a print or a place: a rule looks closer.
    pub(super) const CUE: Self = Self(1 << 20);
    pub(super) const NAME: Self = Self(Self::GIVEN.0 | Self::SURNAME.0);

    /// Whether it is any of these.
    pub(super) const fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    /// Whether no list holds it.
    pub(super) const fn is_unknown(self) -> bool {
        self.0 == 0
    }

    const fn and(self, more: Self) -> Self {
        Self(self.0 | more.0)
    }
}

const LISTS: [(Roles, &str); 24] = [
    (Roles::GIVEN, include_str!("lists/given.txt")),
    (Roles::SURNAME, include_str!("lists/surnames.txt")),
    (Roles::PLAIN, include_str!("lists/ordinary.txt")),
    (Roles::PLAIN, include_str!("lists/trade.txt")),
    (Roles::PLAIN, include_str!("lists/clinical.txt")),
    (Roles::EPONYM, include_str!("lists/eponyms.txt")),
    (Roles::TOWN, include_str!("lists/places.txt")),
    (Roles::MONTH, MONTHS),
    (Roles::TITLE, TITLES),
    (Roles::PERSON, PERSONS),
    (Roles::CREDENTIAL, CREDENTIALS),
    (Roles::SUFFIX, "jr sr ii iii iv esq"),
    (
        Roles::PARTICLE,
        "van von der den de del della di da dos das du la le el al bin ibn abu st ter ten af av zu zur mac ap san santa vander mc bint y",
    ),
    (Roles::HOUSE, HOUSES),
    (Roles::STREET, STREETS),
    (Roles::DISEASE, DISEASES),
    (Roles::STATE, STATES),
    (Roles::PLAIN, STATES),
    (Roles::GREETING, "hi hello hey dear morning afternoon evening greetings hiya"),
    (
        Roles::FAREWELL,
        "thanks thank thx ty tks thankyou hugs regards sincerely best cheers respectfully warmly cordially yours",
    ),
    (
        Roles::WEEKDAY,
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun",
    ),
    (
        Roles::BETWEEN,
        "number numbers num no nr id ids is was are of the insured ending ends end in last four digits on file by under our her \
         his their patient's holder code with starting starts begins now old new same mine yours reads says named as w",
    ),
    (Roles::PLAIN, TITLES),
    (Roles::PLAIN, PERSONS),
];

const MONTHS: &str = "january february march april may june july august september october november december \
    jan feb mar apr jun jul aug sep sept oct nov dec";

const TITLES: &str = "mr mrs ms miss mx dr doctor prof professor rev reverend sister brother father fr captain capt \
    sgt sergeant lt lieutenant cmdr cpl deputy deacon elder chief coach tio tía tío uncle auntie nana tante oma opa sheikh \
    frau herr doña officer judge nurse señor señora sr sra srta mme hon pastor rabbi imam \
    aunt uncle grandma grandpa abuela abuelo papa";

const PERSONS: &str = "patient pt pts name named names mother father mom dad son daughter husband wife spouse sister \
    brother grandmother grandfather aunt uncle guardian parent insured member subscriber guarantor beneficiary client \
    employee claimant veteran vet driver victim resident attending surgeon physician provider referring rendering \
    requested attn attention signed adjuster rep contact employer widow child infant twin newborn boy girl estate \
    office nurse";

const CREDENTIALS: &str = "md do dpm dds dmd od np pa rn lpn lvn ma cma dc phd psyd lcsw lpc lmft mba mha mph rhia \
    rhit cpc ccs cpb cpma coc crc cic cemc cgsc chc arnp aprn fnp crna pac dnp msn bsn faap facs facp cpco cca";

const HOUSES: &str = "clinic clinics hospital hospitals health healthcare center centers centre medical medicine \
    physicians surgeons surgery surgical orthopedics orthopaedics orthopedic cardiology dermatology pediatrics \
    oncology radiology imaging podiatry urology gynecology obstetrics ophthalmology eye dental dentistry chiropractic \
    wellness rehab rehabilitation therapy hospice nursing pharmacy laboratory laboratories labs diagnostics institute \
    foundation university college school insurance mutual advantage llc llp pllc pc inc corp corporation company \
    partners services solutions systems associates group shield cross manor meadows practice family internal ent \
    memorial general regional community emergency urgent pain wound bone middle elementary high plan plans bank \
    billing coding department team office offices consulting staffing freight floors moving supply \
    museum hotel market restaurant airlines industries bib schools district co trust";

const STREETS: &str = "street st avenue ave road rd drive dr lane ln boulevard blvd highway hwy parkway pkwy terrace \
    ter court ct circle cir trail way place pl square sq concourse loop route rte alley pike crossing run plaza path";

const DISEASES: &str = "disease diseases syndrome syndromes fracture fractures procedure procedures repair repairs sign \
    signs test tests cyst cysts node nodes lymphoma operation operations osteotomy maneuver manoeuvre technique \
    classification score scores scale scales grade criteria palsy contracture contractures tendon tendonitis tendinitis \
    deformity dystrophy sarcoma tumor tumors thyroiditis phenomenon chorea ataxia esophagus oesophagus fundoplication \
    bunionectomy bypass pouch stent stents catheter catheters drain drains approach incision surgery positive negative \
    tear lesion lesions neuroma nerve gland glands anemia arthroplasty arthritis reflex ulcer ulcers carcinoma body \
    bodies index ratio nail nails wire wires rod rods hernia colitis ileitis block flap graft boot cast splint monitor \
    stain fundus resection reduction release method line lines angle joint joints ligament type carrier node melanosis \
    encephalopathy granulomatosis nevus duct dissection anastomosis fusion reconstruction i ii iii";

const STATES: &str = "alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii \
    idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi \
    missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont wisconsin wyoming";

/// Adds the words of a rule's own lists.
fn add(words: &mut Words, roles: Roles, list: impl Iterator<Item = &'static str>) {
    for word in list {
        let known = words.entry(word).or_default();
        *known = known.and(roles);
    }
}

/// A quick hash of a short word (eight bytes at a time, as the compiler's own tables hash): every word of every mail is looked up, and the lists are
/// ours, so nobody can choose words that collide.
#[derive(Clone, Copy)]
struct Quick(u64);

impl Default for Quick {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut eight = [0_u8; 8];
            for (to, from) in eight.iter_mut().zip(chunk) {
                *to = *from;
            }
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(eight)).wrapping_mul(0x0517_cc1b_7272_20a9 | 1);
        }
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 29
    }
}

type Words = HashMap<&'static str, Roles, BuildHasherDefault<Quick>>;

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::with_capacity_and_hasher(1 << 15, BuildHasherDefault::default());
    for (roles, list) in LISTS {
        add(&mut words, roles, list.split_whitespace());
    }
    for list in [age::cues(), form::cues(), unique::cues(), ssn::cues(), picture::cues(), place::cues()] {
        add(&mut words, Roles::CUE, list.into_iter());
    }
    words
});

/// Endings of words that name a thing, an operation or a quality, and seldom a person.
const ENDINGS: [&str; 34] = [
    "ing", "tion", "tions", "sion", "sions", "ment", "ments", "ology", "ologist", "ectomy", "itis", "scopy", "plasty",
    "otomy", "ostomy", "graphy", "opathy", "ness", "ous", "able", "ible", "ally", "osis", "emia", "uria", "algia",
    "ities", "ity", "ism", "ized", "ative", "ical", "gram", "ocele",
];

/// The longest word that a list may hold, in bytes.
const LONGEST: usize = 24;

/// What this word may be, whatever its case. A word that no list holds and that ends like a thing is plain.
pub(super) fn roles(word: &str) -> Roles {
    if word.len() > LONGEST {
        return Roles::default();
    }
    let mut buffer = [0_u8; LONGEST];
    if word.is_ascii() {
        let lower = buffer.get_mut(..word.len()).unwrap_or_default();
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        let lower = std::str::from_utf8(lower).unwrap_or_default();
        of_lower(lower)
    } else {
        of_lower(&word.to_lowercase())
    }
}

fn of_lower(lower: &str) -> Roles {
    match WORDS.get(lower) {
        Some(roles) => *roles,
        // "I'd", "can't", "we're"
        None if lower
            .rsplit_once(['\'', '’'])
            .is_some_and(|(_, end)| matches!(end, "d" | "m" | "t" | "ll" | "re" | "ve")) =>
        {
            Roles::PLAIN
        }
        None if lower.len() > 5 && ENDINGS.iter().any(|ending| lower.ends_with(ending)) => {
            Roles::PLAIN.and(Roles::ENDING)
        }
        None => Roles::default(),
    }
}

/// The two-letter names of states and territories (USPS Publication 28), with the first digits of their ZIP codes.
const ABBREVIATIONS: [(&str, &str); 10] = [
    ("0", "CT MA ME NH NJ PR RI VT"),
    ("1", "DE NY PA"),
    ("2", "DC MD NC SC VA WV"),
    ("3", "AL FL GA MS TN"),
    ("4", "IN KY MI OH"),
    ("5", "IA MN MT ND SD WI"),
    ("6", "IL KS MO NE"),
    ("7", "AR LA OK TX"),
    ("8", "AZ CO ID NM NV UT WY"),
    ("9", "AK CA HI OR WA GU"),
];

/// The full names of states, with the first digits of their ZIP codes; of two words the last.
const FULL: [(&str, &str); 10] = [
    ("0", "connecticut massachusetts maine hampshire jersey island vermont"),
    ("1", "delaware york pennsylvania"),
    ("2", "maryland carolina virginia"),
    ("3", "alabama florida georgia mississippi tennessee"),
    ("4", "indiana kentucky michigan ohio"),
    ("5", "iowa minnesota montana dakota wisconsin"),
    ("6", "illinois kansas missouri nebraska"),
    ("7", "arkansas louisiana oklahoma texas"),
    ("8", "arizona colorado idaho mexico nevada utah wyoming"),
    ("9", "alaska california hawaii oregon washington"),
];

/// The first digit of the ZIP codes of the state with this full name.
pub(super) fn zip_digit_of_name(state: &str) -> Option<&'static str> {
    let (digit, _) =
        FULL.iter().find(|(_, states)| states.split(' ').any(|known| known.eq_ignore_ascii_case(state)))?;
    Some(digit)
}

/// The first digit of the ZIP codes of the state that is written so in capitals.
pub(super) fn zip_digit(state: &str) -> Option<&'static str> {
    if state.len() != 2 {
        return None;
    }
    let (digit, _) = ABBREVIATIONS.iter().find(|(_, states)| states.split(' ').any(|known| known == state))?;
    Some(digit)
}

/// Whether a word is a title or the letters of a profession.
#[cfg(test)]
pub(super) fn is_title(word: &str) -> bool {
    roles(word).any(Roles::TITLE) || word.len() > 1 && word == word.to_uppercase() && roles(word).any(Roles::CREDENTIAL)
}

/// Whether a word is the full name of a state.
#[cfg(test)]
pub(super) fn is_state_name(word: &str) -> bool {
    roles(word).any(Roles::STATE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_all_its_roles_whatever_its_case() {
        assert!(roles("Page").any(Roles::NAME) && roles("PAGE").any(Roles::PLAIN));
        assert!(roles("Whipple").any(Roles::EPONYM) && roles("Cleveland").any(Roles::TOWN));
        assert!(roles("Arthroscopy").any(Roles::PLAIN) && roles("Zvornikan").is_unknown());
        assert!(roles(&"long".repeat(40)).is_unknown() && roles("ÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉ").is_unknown());
    }

    #[test]
    fn lists_are_in_small_letters() {
        for (_, list) in LISTS {
            assert_eq!(list, list.to_lowercase());
        }
    }
}
