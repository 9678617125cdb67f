//! What is wrong with a reply, in sentences; sentences with which nothing is; and the dice that choose among them. What is
//! flawed is known by how it is drawn here, and never by asking the guard.

use crate::draft::guard::Rule;

/// The five ways in which a reply must not leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// A code that is not in force on the date of service.
    Code,
    /// Two codes that no modifier makes billable together.
    Pair,
    /// Units over a limit by policy.
    Units,
    /// A licensed text without its mark.
    Descriptor,
    /// What may identify a patient.
    Identifier,
}

impl Flaw {
    pub(super) const ALL: [Self; 5] = [Self::Code, Self::Pair, Self::Units, Self::Descriptor, Self::Identifier];

    /// The rules of which one has to stop it.
    pub(super) const fn rules(self) -> &'static [Rule] {
        match self {
            Self::Code => &[Rule::CodeInForce, Rule::EndedCode, Rule::MoreCharacters],
            Self::Pair => &[Rule::NeverTogether],
            Self::Units => &[Rule::UnitLimit],
            Self::Descriptor => &[Rule::DescriptorSource],
            Self::Identifier => &[Rule::Identifier],
        }
    }

    /// Sentences with it. `{c}` is a code that is not in force.
    const fn sentences(self) -> &'static [&'static str] {
        match self {
            Self::Code => &[
                "Bill {c}.",
                "{c} is right.",
                "Report {c} instead.",
                "The correct code is {c}.",
                "{c} may still be billed.",
                "{c} can be reported for this visit.",
                "You can use {c} here.",
                "Go ahead with {c}.",
                "We recommend {c} for this service.",
                "Submit {c} x 2.",
                "Yes, {c}.",
                "{c} is still valid.",
                "{c} remains billable.",
                "Add {c} on the second line.",
                "- Use {c}",
                "{c} should be submitted.",
                "Bill {c}, will you?",
                "{c} was the right choice. Bill it.",
                "| Line 2 | Bill {c} |",
            ],
            Self::Pair => &[
                "Bill 20610 and 99211.",
                "Yes: 20610 with 99211.",
                "You may bill 99211 together with 20610.",
                "20610 and 99211 can be reported together.",
                "20610 and 99211 may both be billed.",
                "Report 99211 with modifier 25. Report 20610 as well.",
                "Use 99211-25 with 20610.",
                "Bill 99211. Bill 20610.",
                "20610 and 99211 are payable.",
                "20610 is billable. 99211 is billable too.",
                "Your lines are 20610 and 99211. Both are fine.",
                "You named 20610 and 99211. You may bill them.",
                "You named 20610 and 99211. They can be billed together.",
                "20610 is bundled with 99211 by an edit. Both may still be billed.",
                "Submit 20610 with 99211, whatever the indicator says.",
                "- 20610 should be billed\n- 99211 should be billed",
                "Yes.",
                "Yes, both.",
                "Both are billable.",
            ],
            Self::Units => &[
                "Bill 20610 x 3.",
                "Bill 3 units of 20610.",
                "Report three units of 20610.",
                "Report 20610 with 3 units.",
                "You may report 20610 x3 on one line.",
                "20610 x 3 is right.",
                "20610 x 4 may be billed.",
                "Bill 20610 x 2 and 20610 x 1.",
                "Submit 20610-RT x 2 and 20610-LT x 2.",
                "Yes, 20610 x 5.",
                "Use 20610 (3 units).",
                "Go ahead with 20610 x 3.",
            ],
            Self::Descriptor => &[
                "00001: Invented service for trying out templates.",
                "00001 is the INVENTED SERVICE FOR TRYING OUT TEMPLATES.",
                "It is defined as \"invented service, for trying out templates\".",
                "Invented  service\nfor trying out\ntemplates is what was done.",
                "The text reads: Invented service (for trying out templates).",
            ],
            Self::Identifier => &[
                "The patient's SSN is 078-05-1120.",
                "Her SSN: 078-05-1120.",
                "Call (214) 555-0142 about this.",
                "The fax is 214-555-0143.",
                "MRN 4471923 shows it.",
                "Write to jane.doe@home.example.test.",
                "Mrs. Jane Doe was seen.",
                "The patient John Whitfield was seen.",
                "Patient: Maria Delgado.",
                "DOB 3/4/1951.",
                "She was born on March 4, 1951.",
                "Member ID W123456789 is on the claim.",
                "Her Medicare number is 1EG4-TE5-MK73.",
                "She lives at 1200 Main Street, Springfield, IL 62704.",
                "The patient is 93 years old.",
                "Account number 88812345 was charged.",
            ],
        }
    }
}

/// Codes that are not in force on the day: ended, not yet in force, listed nowhere, a category.
const UNFIT: [&str; 6] = ["C9166", "G35.A", "K9999", "20619", "E11", "J9998"];

/// Sentences with which nothing is wrong.
pub(super) const SOUND: [&str; 14] = [
    "99211 is denied beside 20610, whatever the modifier.",
    "Do not bill 99211 with 20610.",
    "20610 x 2 is within the limit.",
    "Bill 20610.",
    "Report E11.9 as the diagnosis.",
    "C9166 ended on 2024-06-30; the edition refers to J3247.",
    "Do not bill C9166, which ended on 2024-06-30.",
    "K9999 was not found in the editions searched.",
    "E11 needs more characters.",
    "The record has to support every unit.",
    "Is the note of the visit signed?",
    "No more than 2 units of 20610 are paid on a day.",
    "If the record shows it, modifier RT goes on 20610.",
    "G35.A is not yet in force on the date of service.",
];

/// The same numbers for the same seed (xorshift64*).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(high).unwrap_or(0) % bound
    }

    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// A flawed sentence.
pub(super) fn flawed(flaw: Flaw, dice: &mut Dice) -> String {
    let code = *dice.pick(&UNFIT);
    dice.pick(flaw.sentences()).replace("{c}", code)
}
