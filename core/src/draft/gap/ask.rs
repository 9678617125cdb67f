//! What a draft can ask for, as a question to the asker and the part of the reply that the answer changes.

use serde::{Deserialize, Serialize};

use crate::domain::code::Code;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// What the asker wants to know.
    Question,
    /// The codes, or what was done.
    Codes,
    /// The date of service.
    DateOfService,
    /// Which code belongs to which of several dates.
    WhichDate,
    /// The year of the date of service; drafts of before took it for missing.
    Year,
    /// A longer code for a category.
    MoreCharacters,
    /// Right, left or both; which joint or part of the body.
    Side,
    /// Who pays.
    Payer,
    /// In which state.
    State,
    /// Where the service was given, and whose claim it is.
    Setting,
    /// One encounter or several.
    Session,
    /// Length, area, depth.
    Extent,
    /// The diagnosis on the claim.
    Diagnosis,
    /// What the note says.
    Record,
    /// Reason and remark codes.
    Denial,
    /// The remark code beside a reason that says nothing alone.
    Remark,
    /// Minutes.
    Time,
    /// The amount given.
    Dose,
    /// How a drug was given.
    Route,
    /// Which product was given or handed out.
    Product,
    /// New or established.
    PatientStatus,
    /// Who did it.
    Who,
    /// What it had to do with the first operation.
    Relation,
    /// The day of the operation.
    SurgeryDate,
    /// Video or voice.
    Modality,
    /// Where the patient was.
    PatientPlace,
    /// Why a test was done.
    Intent,
}

/// One missing fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// What is asked for.
    pub ask: Ask,
    /// The codes it concerns; none when it concerns them all.
    pub codes: Vec<Code>,
    /// The question to the asker.
    pub question: String,
    /// Which part of the reply the answer changes.
    pub changes: String,
}

impl Ask {
    /// Whether a rule has to wait for the answer. Without a date of service the day of the mail stands in (A1), and a
    /// sharper diagnosis leaves the rest of the reply as it is.
    #[must_use]
    pub const fn keeps_the_answer_open(self) -> bool {
        !matches!(
            self,
            Self::DateOfService | Self::Year | Self::WhichDate | Self::MoreCharacters | Self::Setting | Self::State
        )
    }

    /// What is asked for, as a noun: `the date of service`.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Question => "your question",
            Self::Codes => "the codes, or what was done",
            Self::DateOfService => "the date of service",
            Self::WhichDate => "which code belongs to which date",
            Self::Year => "the year",
            Self::MoreCharacters => "the condition in the words of the record",
            Self::Side => "the side or part of the body",
            Self::Payer => "the payer",
            Self::State => "the state",
            Self::Setting => "the place of service",
            Self::Session => "whether it was one encounter",
            Self::Extent => "the size, the method or the device",
            Self::Diagnosis => "the diagnosis on the claim",
            Self::Record => "what the record says",
            Self::Denial => "the reason codes of the refusal",
            Self::Remark => "the remark code of the refusal",
            Self::Time => "the minutes",
            Self::Dose => "the amount given",
            Self::Route => "how the drug was given",
            Self::Product => "the product",
            Self::PatientStatus => "whether the patient is new or established",
            Self::Who => "who did it",
            Self::Relation => "what the one service had to do with the other",
            Self::SurgeryDate => "the day of the operation",
            Self::Modality => "video or voice",
            Self::PatientPlace => "where the patient was",
            Self::Intent => "why the test was done",
        }
    }
}

impl Gap {
    /// The question, and what its answer changes.
    pub(super) fn new(ask: Ask, codes: &[Code]) -> Self {
        let named = named(codes);
        let of = |line: &str| {
            if named.is_empty() { line.trim_end_matches(',').to_owned() } else { format!("{line} for {named}") }
        };
        let (question, changes) = match ask {
            Ask::Question => ("What would you like to know?".to_owned(), "the answer".to_owned()),
            Ask::Codes => (
                "Which codes, modifiers and units are on the claim or being considered? If none yet, what was done and \
                 why, in the words of the record, without the patient's details?"
                    .to_owned(),
                "the answer and the table".to_owned(),
            ),
            Ask::DateOfService => (
                "What is the date of service?".to_owned(),
                "assumption A1, and with it every line of the table, since codes change by date".to_owned(),
            ),
            Ask::Year => ("Which year is the date of service in?".to_owned(), "every line of the table".to_owned()),
            Ask::WhichDate => (
                "Which of the codes belongs to which of your dates of service?".to_owned(),
                "the status of each line that is not the same on all of them".to_owned(),
            ),
            Ask::MoreCharacters => (
                format!("What does the record say about the condition that you coded as {named}, word for word and \
                         without the patient's details?"),
                format!("the line {named}, which needs more characters"),
            ),
            Ask::Side => (
                match named.as_str() {
                    "" => "Which side, joint or part of the body does the record name, if any?".to_owned(),
                    named => format!("For {named}: which side does the record name: right, left, both, or none?"),
                },
                of("the modifier, or the code that names the side,"),
            ),
            Ask::Payer => (
                "Who is the payer, and which kind of plan is it?".to_owned(),
                "which payer's rules apply; all else here is Medicare's".to_owned(),
            ),
            Ask::State => (
                "In which state was the service given?".to_owned(),
                "which contractor's coverage list applies".to_owned(),
            ),
            Ask::Setting => (
                "Where was the service given (place of service), and is this the practitioner's claim or the facility's?"
                    .to_owned(),
                "which of the two edit tables applies".to_owned(),
            ),
            Ask::Session => (
                "Were these services given in one encounter, or in different ones on that day, and for what reason each?"
                    .to_owned(),
                of("whether a modifier can apply"),
            ),
            Ask::Extent => (
                "Which size, depth, method or device does the record give, if any?".to_owned(),
                of("the code, which goes by it,"),
            ),
            Ask::Diagnosis => {
                ("Which diagnosis codes are on the claim?".to_owned(), of("what the coverage lists say"))
            }
            Ask::Record => (
                "What does the record say about the findings, the problems dealt with and the plan, word for word and \
                 without the patient's details?"
                    .to_owned(),
                of("the code that the record supports"),
            ),
            Ask::Denial => (
                "Which reason code with its group (such as CO-97) and which remark codes stand beside each line of the \
                 remittance?"
                    .to_owned(),
                "the answer, and what to send".to_owned(),
            ),
            Ask::Remark => (
                "Which remark codes (N…, M… or MA…) stand beside the reason code on the remittance?".to_owned(),
                "the answer: the reason code alone only says that something is wrong".to_owned(),
            ),
            Ask::Time => (
                "How many minutes does the record give for each timed service?".to_owned(),
                of("the units"),
            ),
            Ask::Dose => (
                "Which amount of the drug does the record say was given, and how much was thrown away, if any?".to_owned(),
                of("the units"),
            ),
            Ask::Route => (
                "How was the drug given, by the record?".to_owned(),
                of("the code for giving it"),
            ),
            Ask::Product => (
                "Which product was it, by the name and the number (NDC) on its package?".to_owned(),
                of("the code, which goes by product,"),
            ),
            Ask::PatientStatus => (
                "Was the patient seen by this practitioner, or by another of the same group and specialty, in the three \
                 years before?"
                    .to_owned(),
                "which family of visit codes applies".to_owned(),
            ),
            Ask::Who => (
                "Who did it: which credential, and of the same group as the surgeon or of another?".to_owned(),
                of("the modifier, and whether the package applies,"),
            ),
            Ask::Relation => (
                "What does the record give as the reason for the visit or for the later operation, and what does it say \
                 of its bearing on the other service: the same problem, another one, planned beforehand, or nothing?"
                    .to_owned(),
                of("whether the one counts as part of the other, and the modifier"),
            ),
            Ask::SurgeryDate => (
                "On which date was the operation?".to_owned(),
                "whether the visit lies within its package".to_owned(),
            ),
            Ask::Modality => (
                "Was the visit held with video and sound, or by sound alone?".to_owned(),
                "the code and the modifier".to_owned(),
            ),
            Ask::PatientPlace => (
                "Where was the patient during the visit: at home, or elsewhere?".to_owned(),
                "the place of service".to_owned(),
            ),
            Ask::Intent => (
                "Why was the test ordered, in the words of the order or the record?".to_owned(),
                "whether the codes of screening or those of diagnosis apply".to_owned(),
            ),
        };
        Self { ask, codes: codes.to_vec(), question, changes }
    }
}

/// `E11 and S72.00`, at most five by name.
pub(super) fn named(codes: &[Code]) -> String {
    const BY_NAME: usize = 5;
    let mut names: Vec<String> = codes.iter().take(BY_NAME).map(ToString::to_string).collect();
    if codes.len() > BY_NAME {
        names.push(format!("{} more", codes.len() - BY_NAME));
    }
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}
