//! Telehealth: the place of service by where the patient was, 93 or 95 by whether there was a picture, and codes that ended.
//! Whether a service may be given from afar at all is the payer's list, and not told here.

use super::{part::Part, standing};
use crate::draft::{
    facts::Facts,
    stated::{Means, PatientPlace},
    status::Status,
};

/// K11.
pub(super) fn part(facts: &Facts) -> Part {
    let mut part = Part::default();
    place(facts, &mut part);
    modifier(facts, &mut part);
    // A code for the visit is asked besides: the tables do not tell which are given from afar.
    let answered = !part.short.is_empty() && !asked(facts).contains("code");
    let ended = facts
        .lines
        .iter()
        .any(|line| line.standings.iter().any(|standing| matches!(standing.status, Status::Ended { .. })));
    if ended {
        part.short.extend(standing::part(facts).short.into_iter().filter(|line| line.contains(" ended")));
    }
    if !answered {
        part.open = Some(
            "code, modifier and place of service for the visit; the Medicare list of telehealth services is not a table of this program"
                .to_owned(),
        );
    }
    part
}

fn asked(facts: &Facts) -> String {
    facts.question.asked.as_deref().unwrap_or("").to_lowercase()
}

/// 02 or 10 (CMS, Place of Service Code Set).
fn place(facts: &Facts, part: &mut Part) {
    if !facts.stated.asks.place {
        return;
    }
    part.short.push(match facts.stated.patient_at {
        Some(PatientPlace::Home) => {
            "You describe a patient at home: that is place of service 10, and 02 is for one who is anywhere else."
                .to_owned()
        }
        Some(PatientPlace::Elsewhere) => {
            "You describe a patient who was not at home: that is place of service 02, and 10 is for one at home."
                .to_owned()
        }
        None => "It goes by where the patient was: place of service 10 is for telehealth to a patient at home, 02 for one who is anywhere else (CMS Place of Service Code Set)."
            .to_owned(),
    });
    if facts.stated.patient_at.is_some() {
        part.why.push(
            "Where the patient was decides, and not where the practitioner sat (CMS Place of Service Code Set)."
                .to_owned(),
        );
    }
}

/// 93 or 95.
fn modifier(facts: &Facts, part: &mut Part) {
    if !(facts.stated.asks.afar_modifier || asked(facts).contains("modifier")) {
        return;
    }
    let rule = "93 marks a visit by sound alone, 95 one by sound and picture in real time";
    let (which, other) = match facts.stated.means {
        Some(Means::Voice) => ("93", "95"),
        Some(Means::Video) => ("95", "93"),
        None => {
            part.short.push(format!("The modifier goes by the means: {rule}."));
            return;
        }
    };
    part.short.push(format!("Of 93 and 95 it is {which} that fits what you describe: {rule}."));
    part.rejected.push(format!("Modifier {other}: it marks the other means."));
    part.why.push(format!(
        "Whether the payer wants {which} on the line besides the place of service is the payer's own rule."
    ));
}
