//! Who did what: the assistant, the co-surgeon, the physician assistant, the resident. The modifier hangs on it.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{
    phrase::{Phrases, Words},
    stated::Stated,
};

/// What somebody was at a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "role", rename_all = "snake_case")]
pub enum Role {
    /// Assistant at surgery.
    Assistant,
    /// First assistant who is no physician: RNFA, CSFA.
    FirstAssistant,
    /// Co-surgeon.
    CoSurgeon,
    /// Of a surgical team.
    TeamSurgeon,
    /// Physician assistant.
    PhysicianAssistant,
    /// Nurse practitioner.
    NursePractitioner,
    /// Clinical nurse specialist.
    ClinicalNurseSpecialist,
    /// Nurse anesthetist.
    NurseAnesthetist,
    /// Resident.
    Resident,
    /// Teaching physician.
    Teaching,
}

impl Role {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Assistant => "assistant at surgery",
            Self::FirstAssistant => "first assistant, no physician",
            Self::CoSurgeon => "co-surgeon",
            Self::TeamSurgeon => "team surgeon",
            Self::PhysicianAssistant => "physician assistant",
            Self::NursePractitioner => "nurse practitioner",
            Self::ClinicalNurseSpecialist => "clinical nurse specialist",
            Self::NurseAnesthetist => "nurse anesthetist",
            Self::Resident => "resident",
            Self::Teaching => "teaching physician",
        }
    }
}

/// How far a phrase can be trusted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    Sure,
    /// `PA`, `NP`: two capitals that are a state, an authorization or a new patient as well.
    Letters,
    /// "resident", who may live in a nursing home.
    Resident,
    /// "assistant", who may work at the desk.
    Assistant,
}

static ROLES: LazyLock<Phrases<(Role, Trust)>> = LazyLock::new(|| {
    use Trust::{Letters, Sure};
    Phrases::new(&[
        (
            "assistant surgeon|assistant surgeons|surgical assistant|assistant at surgery|assist at surgery|assisting surgeon|assisting physician|surgical assist|assistant to the surgeon",
            (Role::Assistant, Sure),
        ),
        ("assistant", (Role::Assistant, Trust::Assistant)),
        (
            "rnfa|first assistant|first assist|csfa|csa|certified surgical assistant|certified first assistant",
            (Role::FirstAssistant, Sure),
        ),
        ("co surgeon|co surgeons|cosurgeon|cosurgeons|co surgery|cosurgery|co surgeries", (Role::CoSurgeon, Sure)),
        ("team surgery|team surgeon|team surgeons|surgical team", (Role::TeamSurgeon, Sure)),
        (
            "physician assistant|physician assistants|physician s assistant|pa c|pac assistant",
            (Role::PhysicianAssistant, Sure),
        ),
        ("pa|pas", (Role::PhysicianAssistant, Letters)),
        ("nurse practitioner|nurse practitioners|arnp|aprn|crnp|fnp|fnp c|np c|dnp", (Role::NursePractitioner, Sure)),
        ("np|nps", (Role::NursePractitioner, Letters)),
        ("clinical nurse specialist", (Role::ClinicalNurseSpecialist, Sure)),
        ("crna|nurse anesthetist", (Role::NurseAnesthetist, Sure)),
        ("resident|residents", (Role::Resident, Trust::Resident)),
        ("resident physician|surgical resident|resident doctor", (Role::Resident, Sure)),
        (
            "teaching physician|teaching surgeon|teaching physicians|teaching attending|supervising teaching physician",
            (Role::Teaching, Sure),
        ),
    ])
});

/// All roles that the text names.
pub(super) fn read(words: &Words<'_>) -> Vec<Stated<Role>> {
    let met = ROLES.all(words).into_iter();
    met.filter(|(range, (_, trust))| is_meant(words, range.start, range.end, *trust))
        .map(|(range, (role, _))| Stated::new(words.span(&range), role))
        .collect()
}

fn is_meant(words: &Words<'_>, at: usize, end: usize, trust: Trust) -> bool {
    let (before, after) = (words.before(at, 1), words.after(end - 1, 1));
    match trust {
        Trust::Sure => true,
        Trust::Letters => {
            let acts = matches!(
                after,
                "was"
                    | "is"
                    | "saw"
                    | "sees"
                    | "assisted"
                    | "assists"
                    | "assisting"
                    | "who"
                    | "only"
                    | "bills"
                    | "billed"
                    | "bill"
                    | "did"
                    | "does"
                    | "performed"
                    | "can"
                    | "and"
                    | "provided"
                    | "helped"
                    | "services"
                    | "note"
                    | "visit"
                    | "under"
                    | "with"
                    | "as"
                    | "in"
                    | "has"
                    | "documented"
                    | "closed"
                    | "incident"
                    | "may"
                    | "or"
            );
            let named = matches!(
                before,
                "the"
                    | "our"
                    | "a"
                    | "an"
                    | "by"
                    | "his"
                    | "her"
                    | "their"
                    | "and"
                    | "or"
                    | "physician"
                    | "with"
                    | "non"
                    | "either"
                    | "my"
                    | "one"
            );
            let other = matches!(
                after,
                "approved"
                    | "required"
                    | "request"
                    | "requests"
                    | "number"
                    | "on"
                    | "denied"
                    | "expired"
                    | "form"
                    | "for"
                    | "obtained"
                    | "requirement"
                    | "lateral"
                    | "chest"
                    | "view"
                    | "patient"
            ) || words.after(end - 1, 2) == "approved"
                || words.after(end - 1, 2) == "required" && matches!(after, "is" | "was");
            words.is_upper(at) && !other && (named || acts && before != "in")
        }
        Trust::Resident => {
            let lives = matches!(after, "of" | "in")
                || matches!(
                    before,
                    "facility" | "home" | "snf" | "nursing" | "living" | "state" | "permanent" | "ltc" | "term"
                );
            !lives
        }
        Trust::Assistant => {
            let desk = matches!(
                before,
                "medical"
                    | "office"
                    | "administrative"
                    | "billing"
                    | "dental"
                    | "nursing"
                    | "virtual"
                    | "therapy"
                    | "therapist"
                    | "executive"
                    | "physician"
            );
            !desk && !matches!(after, "manager" | "director" | "professor" | "coder" | "administrator" | "to")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_and_what_looks_like_them() {
        for (text, expected) in [
            ("the PA assisted, with an assistant surgeon", "physician assistant; assistant at surgery"),
            ("PA was approved in PA", ""),
            ("seen by the NP", "nurse practitioner"),
            ("residents of a nursing home; the resident saw him", "resident"),
            ("our medical assistant called", ""),
            ("May the assistant bill?", "assistant at surgery"),
            ("co-surgeons", "co-surgeon"),
        ] {
            let found: Vec<&str> = read(&Words::of(text)).iter().map(|one| one.value.words()).collect();
            assert_eq!(found.join("; "), expected, "{text}");
        }
    }
}
