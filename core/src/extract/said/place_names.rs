//! Places of service in a text, by their numbers or by words, and whose claim it is. The asker's own office, a billing
//! office and a person called Ed are none.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{
    phrase::{Phrases, Words},
    place::{ClaimSide, PlaceOfService, Setting},
    stated::{Stated, covers},
};
use crate::domain::span::Span;

/// How far a phrase can be trusted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// It is a place of service wherever it stands.
    Sure,
    /// It is unless it is the asker's own, or a person works there.
    Office,
    /// Only behind "in", "at", "to", or before "visit".
    Where,
    /// Likewise, and in capitals: `ED`, `ER`.
    Capitals,
}

use Setting::{
    Ambulance, AssistedLiving, Clinic, Dialysis, Emergency, HealthCenter, Home, Hospice, Hospital, Inpatient,
    Laboratory, NursingFacility, Observation, Office, Outpatient, OutpatientHospital, SkilledNursing, SurgeryCenter,
    Telehealth, Telephone, UrgentCare,
};

static PLACES: LazyLock<Phrases<(Setting, Trust)>> = LazyLock::new(|| {
    use Trust::{Capitals, Sure, Where};
    Phrases::new(&[
        ("office|doctor s office|physician s office|physician office|private office", (Office, Trust::Office)),
        (
            "office visit|office visits|office based|in office|office setting|office procedure|non facility",
            (Office, Sure),
        ),
        ("clinic", (Clinic, Where)),
        (
            "clinic visit|clinic setting|clinic patient|outpatient clinic|walk in clinic|wound clinic|wound care clinic",
            (Clinic, Sure),
        ),
        ("hospital", (Hospital, Where)),
        (
            "hospital visit|hospital visits|hospital setting|hospital stay|hospital admission|hospital patient|hospital rounds|hospital based",
            (Hospital, Sure),
        ),
        (
            "outpatient hospital|hospital outpatient|hospital outpatient department|hospital outpatient dept|hopd|outpatient department|provider based|outpatient hospital department|on campus outpatient|off campus outpatient|hospital op",
            (OutpatientHospital, Sure),
        ),
        ("outpatient|outpt", (Outpatient, Sure)),
        (
            "inpatient|in patient|inpt|inpatient hospital|hospital inpatient|icu|intensive care unit|intensive care|ip stay|nicu|picu|med surg floor",
            (Inpatient, Sure),
        ),
        (
            "emergency department|emergency room|emergency dept|emergency departments|freestanding emergency",
            (Emergency, Sure),
        ),
        ("ed|er", (Emergency, Capitals)),
        (
            "asc|ambulatory surgery center|ambulatory surgical center|ambulatory surgery centre|surgery center|surgical center|surgicenter|surgery ctr|outpatient surgery center",
            (SurgeryCenter, Sure),
        ),
        ("urgent care|urgent care center|urgent care clinic|urgent care facility", (UrgentCare, Sure)),
        ("snf|skilled nursing facility|skilled nursing|skilled facility", (SkilledNursing, Sure)),
        ("nursing facility|nursing home|nursing homes|long term care facility|ltc facility", (NursingFacility, Sure)),
        ("assisted living|assisted living facility|alf|group home", (AssistedLiving, Sure)),
        ("hospice", (Hospice, Sure)),
        ("ambulance", (Ambulance, Sure)),
        ("dialysis facility|dialysis center|dialysis clinic|dialysis unit|esrd facility", (Dialysis, Sure)),
        (
            "fqhc|rhc|rural health clinic|federally qualified health center|community health center",
            (HealthCenter, Sure),
        ),
        ("independent lab|independent laboratory|reference lab|reference laboratory", (Laboratory, Sure)),
        ("observation", (Observation, Where)),
        (
            "observation stay|observation status|observation care|observation patient|observation unit|observation hours|observation level|observation services|obs care|obs stay|obs status|obs patient|obs",
            (Observation, Sure),
        ),
        (
            "at home|home visit|home visits|in his home|in her home|in their home|in the home|in the patient s home|at the patient s home|patient s home|patient s residence|home infusion",
            (Home, Sure),
        ),
        (
            "telehealth|telemedicine|tele health|tele visit|televisit|video visit|video visits|virtual visit|virtual visits|video call|audio video|audio and video|via video|by video|over video|zoom visit",
            (Telehealth, Sure),
        ),
        (
            "audio only|audio only visit|telephone|telephone visit|telephone call|telephone only|phone visit|phone call|phone only|by phone|over the phone|via phone|by telephone|via telephone",
            (Telephone, Sure),
        ),
    ])
});

static CLAIMS: LazyLock<Phrases<ClaimSide>> = LazyLock::new(|| {
    Phrases::new(&[
        (
            "cms 1500|cms1500|hcfa 1500|hcfa|1500 form|1500 claim|837p|professional claim|professional claims|professional side|professional billing|pro fee|profee|pro claim|physician claim|physician s claim|physician side|practitioner claim|practitioner s claim|practitioner side|provider s claim|doctor s claim|professional fee",
            ClaimSide::Practitioner,
        ),
        (
            "ub 04|ub04|ub 92|ub claim|837i|facility claim|facility claims|facility side|facility billing|facility fee|facility s claim|hospital claim|hospital s claim|hospital billing|institutional claim|institutional side|facility coding",
            ClaimSide::Facility,
        ),
    ])
});

/// `POS 11`, "place of service 24", "POS 02 or 10".
static NUMBERS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?xi)(?-u:\b)(?:pos|places?\s+of\s+service)(?:\s+codes?)?(?:\s+(?:is|was|of))?\s?[:=\#-]?\s?
          (?P<list>[0-9]{1,2}(?-u:\b)(?:(?:\s?[,/&]\s?|\s(?:or|and|vs\.?|versus|to)\s)(?:pos\s)?[0-9]{2}(?-u:\b))*)",
    )
    .ok()
});

/// All places of service that the text names, in order.
pub(super) fn read(words: &Words<'_>) -> Vec<Stated<PlaceOfService>> {
    let numbered = numbered(words.text());
    let mut found = Vec::new();
    for (range, (setting, trust)) in PLACES.all(words) {
        let span = words.span(&range);
        if is_meant(words, &range, setting, trust) && !covers(&numbered, span) {
            found.push(Stated::new(span, PlaceOfService { setting, pos: None }));
        }
    }
    found.extend(numbered);
    found.sort_by_key(|one| one.span);
    found
}

/// Whose claim it is, wherever the text says so.
pub(super) fn claims(words: &Words<'_>) -> Vec<Stated<ClaimSide>> {
    CLAIMS.all(words).into_iter().map(|(range, side)| Stated::new(words.span(&range), side)).collect()
}

fn numbered(text: &str) -> Vec<Stated<PlaceOfService>> {
    let Some(numbers) = NUMBERS.as_ref() else { return Vec::new() };
    let mut found = Vec::new();
    for one in numbers.captures_iter(text) {
        let (Some(whole), Some(list)) = (one.get(0), one.name("list")) else { continue };
        let mut at = list.start();
        let mut start = whole.start();
        for piece in list.as_str().split_inclusive(|c: char| !c.is_ascii_digit()) {
            let digits = piece.trim_end_matches(|c: char| !c.is_ascii_digit());
            let setting = digits.parse().ok().and_then(Setting::of_pos);
            if let Some(setting) = setting.filter(|_| !digits.is_empty()) {
                let span = Span::new(start, at + digits.len());
                found.push(Stated::new(span, PlaceOfService { setting, pos: Some(format!("{digits:0>2}")) }));
            }
            at += piece.len();
            start = at;
        }
    }
    found
}

/// Whether a phrase is a place of service in these surroundings.
fn is_meant(words: &Words<'_>, range: &Range<usize>, setting: Setting, trust: Trust) -> bool {
    let (before, after) = (words.before(range.start, 1), words.after(range.end - 1, 1));
    let visit = || {
        matches!(
            after,
            "visit"
                | "visits"
                | "encounter"
                | "setting"
                | "physician"
                | "doctor"
                | "provider"
                | "level"
                | "consult"
                | "stay"
                | "admission"
                | "course"
        )
    };
    let located = || {
        let place = |word: &str| matches!(word, "in" | "at" | "to" | "from" | "under" | "via" | "inside");
        let ours = |back: usize| matches!(words.before(range.start, back), "our" | "my" | "are" | "we");
        (1..=3).any(|back| place(words.before(range.start, back))) && !(1..=2).any(ours)
    };
    match trust {
        Trust::Sure if setting == Home && (before == "working" || after == "health") => false,
        Trust::Sure if setting == Telephone => {
            // A signature's number, or how the asker wants to be answered.
            let gap = words.gap(range.end - 1);
            let mine = |back: usize| matches!(words.before(range.start, back), "me" | "us" | "reach" | "call");
            !gap.starts_with([':', '#'])
                && !matches!(after, "number" | "numbers" | "ext" | "line" | "at")
                && !(1..=2).any(mine)
        }
        Trust::Sure if setting == Ambulance || setting == Hospice => !matches!(after, "agency" | "company" | "service"),
        Trust::Sure => true,
        Trust::Office => {
            let mine = [
                "our",
                "my",
                "your",
                "their",
                "billing",
                "front",
                "back",
                "post",
                "business",
                "home",
                "head",
                "main",
                "coding",
                "central",
                "box",
                "admin",
                "this",
                "another",
                "other",
                "an",
                "a",
                "microsoft",
            ];
            let staff = [
                "manager",
                "managers",
                "staff",
                "hours",
                "administrator",
                "supervisor",
                "phone",
                "address",
                "will",
                "policy",
                "use",
                "work",
                "closed",
                "is",
                "billed",
                "coordinator",
                "of",
                "team",
            ];
            // "we are a dermatology office", "Ann, audiology office".
            let asker = (1..=4).any(|back| matches!(words.before(range.start, back), "are" | "am" | "re"));
            let field = before.ends_with("logy") || before.ends_with("ics") || before.ends_with("medicine");
            let inside = || (1..=3).any(|back| matches!(words.before(range.start, back), "in" | "at"));
            let named = !mine.contains(&before) && !asker && (!field || inside());
            named && !staff.contains(&after) || mine.contains(&before) && located_in_office(words, range.start)
        }
        Trust::Where => visit() || located() || is_set_off(words, range),
        Trust::Capitals => {
            words.is_upper(range.start)
                && (visit()
                    || located()
                    || (1..=2).any(|back| matches!(words.before(range.start, back), "the" | "an" | "our")))
                && !is_name(words, range.end)
        }
    }
}

/// "Medicaid, clinic": a place between marks, as in a list of facts.
fn is_set_off(words: &Words<'_>, range: &Range<usize>) -> bool {
    let before = range.start.checked_sub(1).map_or("\n", |last| words.gap(last));
    let after = words.gap(range.end - 1);
    let ends = after.starts_with([',', '.', ';', '?', ')', '\n']) || after.is_empty() && range.end == words.len();
    (before.contains([',', ';', '\n', '(', ':']) || before.contains(". ")) && ends
}

/// "in our office": the service was given there.
fn located_in_office(words: &Words<'_>, at: usize) -> bool {
    matches!(words.before(at, 1), "our" | "my" | "their" | "a" | "an") && matches!(words.before(at, 2), "in" | "at")
}

/// `ED Miller`: a name follows.
fn is_name(words: &Words<'_>, next: usize) -> bool {
    words.joins(next.wrapping_sub(1)) && words.is_capital(next) && !words.is_upper(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let one = |place: &PlaceOfService| {
            format!("{:?}{}", place.setting, place.pos.as_deref().map_or_else(String::new, |pos| format!(" {pos}")))
        };
        read(&Words::of(text)).iter().map(|place| one(&place.value)).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn places_and_what_looks_like_them() {
        for (text, expected) in [
            ("POS 11 or 22", "Office 11; OutpatientHospital 22"),
            ("place of service code: 2", "Telehealth 02"),
            ("POS 77, the POS terminal", ""),
            ("in the office, not our billing office", "Office"),
            ("our office billed it", ""),
            ("injected in our office", "Office"),
            ("seen in the ED; Ed Miller asks", "Emergency"),
            ("hospital outpatient department", "OutpatientHospital"),
            ("admitted to the hospital; the hospital bills itself", "Hospital"),
            ("Telephone: 555-0142, call us by phone", ""),
            ("by telephone only", "Telephone"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
