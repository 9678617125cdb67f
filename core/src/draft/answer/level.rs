//! The level of a visit hangs on the note, and no rule reads notes; whether the patient is new hangs on three years, which
//! the mail may tell.

use super::part::Part;
use crate::draft::{facts::Facts, stated::LastSeen};

/// K9.
pub(super) fn part(facts: &Facts) -> Part {
    let elements = "which elements the note supports (problems, data, risk, or total time), and the level that follows";
    let mut part = Part::open(elements);
    if !facts.stated.asks.patient_status {
        return part;
    }
    let rule = "a patient is new when nobody of the same group and specialty has seen them face to face in the three years before";
    part.short.push(match facts.stated.last_seen {
        Some(LastSeen::Within) => format!(
            "Seen within three years, as you count, the patient is established, if it was the same group and specialty: {rule}."
        ),
        Some(LastSeen::Before) => {
            format!("Seen last more than three years before, as you count, the patient is new: {rule}.")
        }
        None => format!("It goes by the last visit: {rule}, and established otherwise."),
    });
    part.why.push(
        "New or established is decided by the three years before the date of service (Medicare Claims Processing Manual, chapter 12, section 30.6.7)."
            .to_owned(),
    );
    let asked = facts.question.asked.as_deref().unwrap_or("").to_lowercase();
    if !asked.contains("level") {
        part.open = None;
    }
    part
}
