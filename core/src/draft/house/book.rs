//! All rules and snippets of an installation, from however many files; and those that are valid on a day. What has expired
//! can only be seen by whoever checks the files: a draft is given [`ValidRules`].

use std::collections::HashMap;

use jiff::civil::Date;

use super::{
    file::{self, HouseError},
    rule::HouseRule,
    snippet::Snippet,
};

/// The rules and snippets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HouseBook {
    rules: Vec<HouseRule>,
    snippets: Vec<Snippet>,
}

/// The rules that a draft written on one day may use.
#[derive(Clone, Copy, Debug)]
pub struct ValidRules<'a> {
    rules: &'a [HouseRule],
    day: Date,
}

impl HouseBook {
    /// Reads files, `(name, text)`, in their order. With an error nothing of the book should be used: a rule that is
    /// missing changes answers.
    #[must_use]
    pub fn read(files: impl IntoIterator<Item = (String, String)>) -> (Self, Vec<HouseError>) {
        let mut book = Self::default();
        let mut errors = Vec::new();
        for (name, text) in files {
            let read = file::read(&name, &text);
            book.rules.extend(read.rules);
            book.snippets.extend(read.snippets);
            errors.extend(read.errors);
        }
        let rules = book.rules.iter().map(|rule| ("rule", rule.id.as_str(), rule.file.as_str(), rule.line));
        let snippets = book.snippets.iter().map(|one| ("snippet", one.name.as_str(), one.file.as_str(), one.line));
        errors.extend(twice(rules.chain(snippets)));
        (book, errors)
    }

    /// The rules that a draft written on this day may use.
    #[must_use]
    pub fn valid_on(&self, day: Date) -> ValidRules<'_> {
        ValidRules { rules: &self.rules, day }
    }

    /// The snippets that are offered on this day, in the order of the files.
    pub fn snippets_on(&self, day: Date) -> impl Iterator<Item = &Snippet> {
        self.snippets.iter().filter(move |snippet| snippet.until.is_none_or(|until| day <= until))
    }

    /// All rules, also those that are not valid now.
    #[must_use]
    pub fn rules(&self) -> &[HouseRule] {
        &self.rules
    }

    /// All snippets, likewise.
    #[must_use]
    pub fn snippets(&self) -> &[Snippet] {
        &self.snippets
    }
}

impl<'a> ValidRules<'a> {
    /// No rules at all.
    #[must_use]
    pub const fn none() -> Self {
        Self { rules: &[], day: Date::ZERO }
    }

    /// In the order of the files.
    pub(super) fn iter(self) -> impl Iterator<Item = &'a HouseRule> {
        self.rules.iter().filter(move |rule| rule.is_valid_on(self.day))
    }
}

/// Names that two of one sort have: a citation would not say which is meant.
fn twice<'a>(all: impl Iterator<Item = (&'static str, &'a str, &'a str, usize)>) -> Vec<HouseError> {
    let mut known: HashMap<(&str, &str), (&str, usize)> = HashMap::new();
    let mut errors = Vec::new();
    for (sort, name, file, line) in all {
        if let Some((earlier, at)) = known.insert((sort, name), (file, line)) {
            errors.push(HouseError {
                file: file.to_owned(),
                line,
                message: format!("there is a {sort} {name:?} already: {earlier}, line {at}"),
                remedy: "give one of them another name, or take it out".to_owned(),
            });
        }
    }
    errors
}
