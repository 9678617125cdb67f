//! A text of the operator with variables, `{{ code }}`. There are no conditions, loops and filters in it: what a rule
//! says must be readable in its file. A variable that has no value in a case becomes a place for the reviewer, which the
//! guard does not let out.

use super::values::Values;

/// What a text may leave to the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variable {
    /// The code: the first that meets the rule's condition; for a snippet the first of the case.
    Code,
    /// All of those codes.
    Codes,
    /// The modifiers at them.
    Modifiers,
    /// The units at them.
    Units,
    /// The payer's name.
    Payer,
    /// The kinds of question, in words.
    Kind,
    /// The case's tag.
    Case,
    /// The names of the editions that the reply cites.
    Editions,
    /// The year of service.
    YearOfService,
    /// The date of service: in snippets alone, since no draft prints it.
    DateOfService,
}

impl Variable {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Code,
        Self::Codes,
        Self::Modifiers,
        Self::Units,
        Self::Payer,
        Self::Kind,
        Self::Case,
        Self::Editions,
        Self::YearOfService,
        Self::DateOfService,
    ];

    /// As written between braces.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Codes => "codes",
            Self::Modifiers => "modifiers",
            Self::Units => "units",
            Self::Payer => "payer",
            Self::Kind => "kind",
            Self::Case => "case",
            Self::Editions => "editions",
            Self::YearOfService => "year_of_service",
            Self::DateOfService => "date_of_service",
        }
    }

    /// What a reviewer has to write where it has no value.
    const fn noun(self) -> &'static str {
        match self {
            Self::Code => "the code",
            Self::Codes => "the codes",
            Self::Modifiers => "the modifiers",
            Self::Units => "the units",
            Self::Payer => "the payer",
            Self::Kind => "the kind of question",
            Self::Case => "the case",
            Self::Editions => "the editions",
            Self::YearOfService => "the year of service",
            Self::DateOfService => "the date of service",
        }
    }

    fn read(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|variable| variable.name() == name)
    }
}

/// A text, taken apart at its variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Words(String),
    Variable(Variable),
}

/// Why a text cannot be taken apart; `mark` is the part of it that is wrong, to be found again in its file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WordingError {
    /// A brace pair that is not closed.
    #[error("{mark:?} opens a variable that is not closed")]
    Open {
        /// From the braces on.
        mark: String,
    },
    /// No such variable.
    #[error("there is no variable {mark}; the variables are {}", names())]
    Unknown {
        /// With its braces.
        mark: String,
    },
    /// A tag of a template.
    #[error("{mark:?} is a template's tag, and only variables are filled in here")]
    Tag {
        /// The tag.
        mark: String,
    },
    /// The mark that stands for a reviewer's own words.
    #[error("{mark:?} marks a place for the reviewer, which only a draft has")]
    ReviewersPlace {
        /// The mark.
        mark: String,
    },
}

impl WordingError {
    /// The part of the text that is wrong.
    #[must_use]
    pub fn mark(&self) -> &str {
        match self {
            Self::Open { mark } | Self::Unknown { mark } | Self::Tag { mark } | Self::ReviewersPlace { mark } => mark,
        }
    }
}

fn names() -> String {
    Variable::ALL.map(Variable::name).join(", ")
}

impl Wording {
    /// Takes a text apart.
    ///
    /// # Errors
    /// When braces do not close, name no variable, or belong to another kind of template.
    pub fn read(text: &str) -> Result<Self, WordingError> {
        if let Some(mark) = ["{%", "{#"].into_iter().find(|mark| text.contains(mark)) {
            return Err(WordingError::Tag { mark: mark.to_owned() });
        }
        if text.contains("[[") {
            return Err(WordingError::ReviewersPlace { mark: "[[".to_owned() });
        }
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((words, after)) = rest.split_once("{{") {
            let Some((name, after)) = after.split_once("}}") else {
                let mark: String = format!("{{{{{after}").chars().take(20).collect();
                return Err(WordingError::Open { mark });
            };
            let Some(variable) = Variable::read(name.trim()) else {
                return Err(WordingError::Unknown { mark: format!("{{{{{name}}}}}") });
            };
            pieces.extend([Piece::Words(words.to_owned()), Piece::Variable(variable)]);
            rest = after;
        }
        pieces.push(Piece::Words(rest.to_owned()));
        Ok(Self { pieces })
    }

    /// Whether the text asks for it.
    #[must_use]
    pub fn asks_for(&self, wanted: Variable) -> bool {
        self.pieces.contains(&Piece::Variable(wanted))
    }

    /// The variables that have no value here, each once.
    #[must_use]
    pub fn missing(&self, values: &Values) -> Vec<Variable> {
        let asked = Variable::ALL.into_iter().filter(|variable| self.asks_for(*variable));
        asked.filter(|variable| values.get(*variable).is_none()).collect()
    }

    /// The text with its values. What is missing is a place for the reviewer.
    #[must_use]
    pub fn filled(&self, values: &Values) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Words(words) => text.push_str(words),
                Piece::Variable(variable) => match values.get(*variable) {
                    Some(value) => text.push_str(value),
                    None => text.push_str(&format!("[[ reviewer: {} ]]", variable.noun())),
                },
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn values_are_filled_in_and_what_is_missing_is_left_to_the_reviewer() {
        let wording = Wording::read("For {{code}} of {{ payer }}: {{ codes }}.").unwrap();
        let values = Values::from_pairs([(Variable::Code, "20610"), (Variable::Codes, "20610 and 20611")]);
        assert_eq!(wording.filled(&values), "For 20610 of [[ reviewer: the payer ]]: 20610 and 20611.");
        assert_eq!(wording.missing(&values), [Variable::Payer]);
        assert!(wording.asks_for(Variable::Payer) && !wording.asks_for(Variable::Units));
    }

    #[test]
    fn what_is_no_variable_is_named_with_the_variables_that_there_are() {
        let error = Wording::read("For {{ paier }}").unwrap_err();
        assert!(error.mark() == "{{ paier }}" && error.to_string().contains("units, payer, kind"), "{error}");
        assert!(matches!(Wording::read("For {{ payer").unwrap_err(), WordingError::Open { .. }));
        assert!(matches!(Wording::read("{% if payer %}x").unwrap_err(), WordingError::Tag { .. }));
        assert!(matches!(Wording::read("[[ x ]]").unwrap_err(), WordingError::ReviewersPlace { .. }));
    }

    proptest! {
        #[test]
        fn any_text_is_taken_apart_or_refused_and_never_changed(text in "[a-z{}% \\[\\n]{0,40}") {
            if let Ok(wording) = Wording::read(&text) {
                prop_assert!(text.contains("{{") || wording.filled(&Values::default()) == text);
            }
        }
    }
}
