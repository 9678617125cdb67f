//! The reply's templates as they come with the program: one for each section, and the one that puts them in order. An
//! operator's own takes the place of the one of the same name.

/// A template of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Embedded {
    /// Its file name, which one in its place has to have.
    pub name: &'static str,
    /// What it writes, for whoever looks for the one to change.
    pub what: &'static str,
    /// Its text.
    pub source: &'static str,
}

/// The template that includes the others.
pub(super) const REPLY: &str = "reply.md.j2";

macro_rules! embedded {
    ($($name:literal: $what:literal),* $(,)?) => {
        [$(Embedded {
            name: $name,
            what: $what,
            source: include_str!(concat!("../../../templates/replies/", $name)),
        }),*]
    };
}

/// All of them, in the order of a reply.
pub const EMBEDDED: [Embedded; 13] = embedded![
    "reply.md.j2": "the order of the sections",
    "case_line.md.j2": "0: the case, the kind of question, the editions",
    "question.md.j2": "1: the question as understood, and what is assumed",
    "answer.md.j2": "2: the short answer with its certainty",
    "codes.md.j2": "3: the table of codes",
    "why.md.j2": "4: the reasons",
    "edits.md.j2": "5: edits, units, add-on codes, indicators",
    "diagnosis.md.j2": "6: diagnosis and necessity",
    "needed.md.j2": "7: what is still needed",
    "rejected.md.j2": "8: considered and rejected",
    "denied.md.j2": "9: what answers a refusal",
    "sources.md.j2": "10: the numbered sources",
    "notices.md.j2": "11: what the reply tells besides",
];

/// All names, for whoever has written another.
pub(super) fn names() -> String {
    EMBEDDED.map(|one| one.name).join(", ")
}
