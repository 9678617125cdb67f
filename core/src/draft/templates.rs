//! The reply's sections as templates: embedded, and overridden one by one by the operator's own. A set with own ones is
//! tried with samples of every kind of question when it is built, so that a broken template stops the start and not a case.
//!
//! Templates are strict (an unknown name is an error), escape nothing (Markdown comes out), reach no file, and run
//! out of fuel rather than for ever. The application reads the operator's folder; nothing here does.

use minijinja::{AutoEscape, Environment, UndefinedBehavior, syntax::SyntaxConfig, value::Serde};

use super::{
    embedded::{self, EMBEDDED, REPLY},
    facts::Facts,
    guard::{self, Finding, GuardInput, Rule, Severity},
    reply::{DraftError, Reply, compose},
    samples::{self, Sample},
};
use crate::{
    catalog::{Shelf, answer::Desk},
    domain::address::EmailAddress,
};

/// Steps that one reply may take; a thousand codes take about a twentieth of it.
const FUEL: u64 = 5_000_000;
/// Templates within templates; ours go one deep.
const DEPTH: usize = 64;

/// Why a set of templates cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// No section has this name, so the file would silently do nothing.
    #[error("there is no reply template named {name:?}; the names are {known}")]
    Unknown {
        /// The file's name.
        name: String,
        /// All names, joined.
        known: String,
    },
    /// It does not parse.
    #[error("the reply template {name} cannot be read, line {line}: {reason}")]
    Syntax {
        /// The file's name.
        name: String,
        /// The line.
        line: usize,
        /// The engine's words.
        reason: String,
    },
    /// It asks for something that no reply has, perhaps in a branch that no sample takes.
    #[error("the reply template {name} cannot be used, line {line}: there is no {unknown:?}; there are {known}")]
    NoSuchName {
        /// The file's name.
        name: String,
        /// The line.
        line: usize,
        /// What it asks for.
        unknown: String,
        /// All that it may ask for, joined.
        known: String,
    },
    /// It parses, and fails on a sample.
    #[error("tried with the sample {sample:?}: {error}")]
    Sample {
        /// The sample's name.
        sample: &'static str,
        /// What happened.
        error: DraftError,
    },
    /// A sample's reply lacks something that must never be left out.
    #[error("tried with the sample {sample:?}: the reply does not show {missing:?}; correct the templates folder")]
    Incomplete {
        /// The sample's name.
        sample: &'static str,
        /// A text that has to be in it.
        missing: String,
    },
    /// The guard would stop every reply of this kind.
    #[error("tried with the sample {sample:?}: the guard stops the reply by rule {rule}: {message}")]
    Stopped {
        /// The sample's name.
        sample: &'static str,
        /// The rule.
        rule: Rule,
        /// What the guard says.
        message: String,
    },
}

impl TemplateError {
    /// The file and the line that are wrong, as far as they are known: a reply that lacks something may lack it anywhere.
    #[must_use]
    pub fn place(&self) -> Option<(&str, usize)> {
        match self {
            Self::Syntax { name, line, .. }
            | Self::NoSuchName { name, line, .. }
            | Self::Sample { error: DraftError::Template { name, line, .. }, .. } => Some((name, *line)),
            Self::Unknown { .. } | Self::Sample { .. } | Self::Incomplete { .. } | Self::Stopped { .. } => None,
        }
    }
}

/// A set of templates that passes its check.
#[derive(Debug)]
pub struct Templates {
    environment: Environment<'static>,
}

impl Templates {
    /// The embedded set. It is tried with the samples by a test, and not again at each start.
    ///
    /// # Errors
    /// Never, as that test shows; the type says so because the engine does.
    pub fn embedded() -> Result<Self, TemplateError> {
        Self::read(std::iter::empty::<(String, String)>())
    }

    /// The embedded set with some templates replaced: `(file name, source)`.
    ///
    /// # Errors
    /// When a name is unknown, a template does not parse, or a sample cannot be rendered with the set.
    pub fn with_overrides(overrides: impl IntoIterator<Item = (String, String)>) -> Result<Self, TemplateError> {
        let templates = Self::read(overrides)?;
        samples::all().iter().try_for_each(|sample| templates.check(sample))?;
        Ok(templates)
    }

    fn read(overrides: impl IntoIterator<Item = (String, String)>) -> Result<Self, TemplateError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        environment.set_fuel(Some(FUEL));
        environment.set_recursion_limit(DEPTH);
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
        environment.set_syntax(syntax.map_err(|error| cannot_be_read(REPLY, &error))?);
        for one in EMBEDDED {
            environment.add_template(one.name, one.source).map_err(|error| cannot_be_read(one.name, &error))?;
        }
        let mut names = None;
        for (name, source) in overrides {
            if !EMBEDDED.iter().any(|one| one.name == name) {
                return Err(TemplateError::Unknown { name, known: embedded::names() });
            }
            let added = environment.add_template_owned(name.clone(), source.clone());
            added.map_err(|error| cannot_be_read(&name, &error))?;
            asks_for_what_there_is(&environment, &name, &source, names.get_or_insert_with(names_in_reply))?;
        }
        Ok(Self { environment })
    }

    /// Renders a sample: it must not fail, its reply must not leave out its case, a code that is not in force, an open
    /// question or a house rule, and the guard must not stop it.
    fn check(&self, Sample { name, facts, shelf, desk }: &Sample) -> Result<(), TemplateError> {
        let sample = *name;
        let reply = compose(self, facts).map_err(|error| TemplateError::Sample { sample, error })?;
        let standings = facts.lines.iter().flat_map(|line| &line.standings).map(|standing| &standing.status);
        let statuses = standings.filter(|status| !status.is_in_force()).map(ToString::to_string);
        let questions = facts.gaps.iter().map(|gap| gap.question.clone());
        let house = facts.house.iter().flat_map(|one| [one.sentence(), one.source.name.clone()]);
        let mut needed = statuses.chain(questions).chain(house).chain([facts.case.to_string()]);
        if let Some(missing) = needed.find(|text| !reply.contains(text.as_str())) {
            return Err(TemplateError::Incomplete { sample, missing });
        }
        match stopped(&reply, facts, shelf, desk) {
            Some(finding) => Err(TemplateError::Stopped { sample, rule: finding.rule, message: finding.message }),
            None => Ok(()),
        }
    }

    /// Renders the reply. The engine's message may quote what was rendered, so that only its kind is passed on.
    pub(super) fn render(&self, reply: &Reply<'_>) -> Result<String, DraftError> {
        let rendered = self.environment.get_template(REPLY).and_then(|template| template.render(Serde(reply)));
        rendered.map_err(|error| {
            let innermost = innermost(&error);
            DraftError::Template {
                name: innermost.name().unwrap_or(REPLY).to_owned(),
                line: innermost.line().unwrap_or(0),
                reason: innermost.kind().to_string(),
            }
        })
    }
}

/// What blocks this reply besides the answer that only a reviewer can write.
fn stopped(reply: &str, facts: &Facts, shelf: &Shelf, desk: &Desk) -> Option<Finding> {
    let anybody = EmailAddress::parse("asker@example.test").ok()?;
    let about = GuardInput::of_draft(facts, shelf, desk, &anybody);
    let is_in_the_way = |found: &Finding| found.severity == Severity::Hard && found.rule != Rule::Unanswered;
    guard::check(reply, &about).into_iter().find(is_in_the_way)
}

/// Top-level names of what templates see.
fn names_in_reply() -> Vec<String> {
    let facts = samples::all().first().map(|sample| serde_json::to_value(Reply::of(&sample.facts)));
    match facts {
        Some(Ok(serde_json::Value::Object(fields))) => fields.keys().cloned().collect(),
        _ => Vec::new(),
    }
}

/// A render finds an unknown name only where a sample leads; this looks at all branches.
fn asks_for_what_there_is(
    environment: &Environment<'_>,
    name: &str,
    source: &str,
    names: &[String],
) -> Result<(), TemplateError> {
    let template = environment.get_template(name).map_err(|error| cannot_be_read(name, &error))?;
    let is_known = |asked: &str| {
        names.iter().any(|known| known == asked) || environment.globals().any(|(global, _)| global == asked)
    };
    let mut unknown: Vec<String> = template.undeclared_variables(false).into_iter().collect();
    unknown.retain(|asked| !is_known(asked));
    unknown.sort_unstable();
    let Some(unknown) = unknown.into_iter().next() else { return Ok(()) };
    let is_word = |line: &str| line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == unknown);
    let line = source.lines().position(is_word).map_or(0, |at| at + 1);
    Err(TemplateError::NoSuchName { name: name.to_owned(), line, unknown, known: names.join(", ") })
}

fn cannot_be_read(name: &str, error: &minijinja::Error) -> TemplateError {
    TemplateError::Syntax { name: name.to_owned(), line: error.line().unwrap_or(0), reason: error.to_string() }
}

/// An error in an included template is wrapped in one of the including template.
fn innermost(error: &minijinja::Error) -> &minijinja::Error {
    let mut innermost = error;
    while let Some(inner) = std::error::Error::source(innermost).and_then(|source| source.downcast_ref()) {
        innermost = inner;
    }
    innermost
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &str, source: &str) -> Result<Templates, TemplateError> {
        Templates::with_overrides([(name.to_owned(), source.to_owned())])
    }

    #[test]
    fn the_embedded_set_is_sound() {
        assert_eq!(Templates::with_overrides([]).err(), None);
    }

    #[test]
    fn an_override_replaces_one_section() {
        let set = with("case_line.md.j2", "Consultation {{ case }}, north office.").unwrap();
        let Sample { facts, .. } = &samples::all()[0];
        assert!(compose(&set, facts).unwrap().starts_with("Consultation CC-"));
    }

    #[test]
    fn a_broken_override_stops_the_start_and_says_where() {
        let error = with("anwser.md.j2", "").unwrap_err();
        assert!(matches!(&error, TemplateError::Unknown { known, .. } if known.contains("answer.md.j2")), "{error}");

        let error = with("answer.md.j2", "fine\n{% if %}").unwrap_err();
        assert!(matches!(&error, TemplateError::Syntax { name, line: 2, .. } if name == "answer.md.j2"), "{error}");

        let error = with("answer.md.j2", "fine\n{{ verdict }}").unwrap_err();
        assert_eq!(error.place(), Some(("answer.md.j2", 2)), "{error}");
        assert!(
            error.to_string().contains("there is no \"verdict\"; there are ") && error.to_string().contains("gaps")
        );
        let error = with("answer.md.j2", "fine\n\n{% if left_out > 1000000 %}{{ verdict }}{% endif %}").unwrap_err();
        assert_eq!(error.place(), Some(("answer.md.j2", 3)), "also where no sample leads: {error}");
        assert!(matches!(error, TemplateError::NoSuchName { .. }));

        let error = with("answer.md.j2", "fine\n{{ answer.verdict }}").unwrap_err();
        let undefined = DraftError::Template { name: "answer.md.j2".into(), line: 2, reason: "undefined value".into() };
        assert!(matches!(&error, TemplateError::Sample { error, .. } if *error == undefined), "{error}");

        let error =
            with("codes.md.j2", "{% for i in range(9999) %}{% for j in range(9999) %}x{% endfor %}{% endfor %}");
        assert!(matches!(error, Err(TemplateError::Sample { .. })), "an endless template runs out of fuel");

        let error = with("codes.md.j2", "{% include 'codes.md.j2' %}").unwrap_err();
        assert!(matches!(error, TemplateError::Sample { .. }), "{error}");

        let error = with("case_line.md.j2", "{{ case }}, call (214) 555-0142").unwrap_err();
        assert!(matches!(error, TemplateError::Stopped { rule: Rule::Identifier, .. }), "{error}");

        assert!(matches!(with("codes.md.j2", "").unwrap_err(), TemplateError::Incomplete { .. }));
        let error = with("denied.md.j2", "").unwrap_err();
        assert!(
            matches!(&error, TemplateError::Incomplete { missing, .. } if missing.contains("first appeal")),
            "{error}"
        );
        assert!(matches!(
            with("reply.md.j2", " \n ").unwrap_err(),
            TemplateError::Sample { error: DraftError::Empty, .. }
        ));
    }
}
