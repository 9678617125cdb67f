//! The reply's sections as templates: embedded, and overridden one by one by the operator's own. Every set is tried
//! with the samples when it is built, so that a broken template stops the start and not a case.
//!
//! Templates are strict (an unknown name is an error), escape nothing (Markdown comes out), reach no file, and run
//! out of fuel rather than for ever. The application reads the operator's folder; nothing here does.

use minijinja::{AutoEscape, Environment, UndefinedBehavior, syntax::SyntaxConfig, value::Serde};

use super::{
    facts::Facts,
    guard::{self, Finding, GuardInput, Rule, Severity},
    reply::{DraftError, Reply, compose},
    samples::{self, Sample},
};
use crate::{
    catalog::{Shelf, answer::Desk},
    domain::address::EmailAddress,
};

/// The template that includes the others.
const REPLY: &str = "reply.md.j2";

/// What is embedded: the name that an override has to have, and the text.
const EMBEDDED: [(&str, &str); 13] = [
    (REPLY, include_str!("../../../templates/replies/reply.md.j2")),
    ("case_line.md.j2", include_str!("../../../templates/replies/case_line.md.j2")),
    ("question.md.j2", include_str!("../../../templates/replies/question.md.j2")),
    ("answer.md.j2", include_str!("../../../templates/replies/answer.md.j2")),
    ("codes.md.j2", include_str!("../../../templates/replies/codes.md.j2")),
    ("why.md.j2", include_str!("../../../templates/replies/why.md.j2")),
    ("edits.md.j2", include_str!("../../../templates/replies/edits.md.j2")),
    ("diagnosis.md.j2", include_str!("../../../templates/replies/diagnosis.md.j2")),
    ("needed.md.j2", include_str!("../../../templates/replies/needed.md.j2")),
    ("rejected.md.j2", include_str!("../../../templates/replies/rejected.md.j2")),
    ("denied.md.j2", include_str!("../../../templates/replies/denied.md.j2")),
    ("sources.md.j2", include_str!("../../../templates/replies/sources.md.j2")),
    ("notices.md.j2", include_str!("../../../templates/replies/notices.md.j2")),
];

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

/// A set of templates that has passed its check.
#[derive(Debug)]
pub struct Templates {
    environment: Environment<'static>,
}

impl Templates {
    /// The embedded set.
    ///
    /// # Errors
    /// Never, as a test shows; the type says so because the engine does.
    pub fn embedded() -> Result<Self, TemplateError> {
        Self::with_overrides(std::iter::empty::<(String, String)>())
    }

    /// The embedded set with some templates replaced: `(file name, source)`.
    ///
    /// # Errors
    /// When a name is unknown, a template does not parse, or a sample cannot be rendered with the set.
    pub fn with_overrides(overrides: impl IntoIterator<Item = (String, String)>) -> Result<Self, TemplateError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        environment.set_fuel(Some(FUEL));
        environment.set_recursion_limit(DEPTH);
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
        environment.set_syntax(syntax.map_err(|error| cannot_be_read(REPLY, &error))?);
        for (name, source) in EMBEDDED {
            environment.add_template(name, source).map_err(|error| cannot_be_read(name, &error))?;
        }
        for (name, source) in overrides {
            if !EMBEDDED.iter().any(|(known, _)| *known == name) {
                let known = EMBEDDED.map(|(known, _)| known).join(", ");
                return Err(TemplateError::Unknown { name, known });
            }
            let added = environment.add_template_owned(name.clone(), source);
            added.map_err(|error| cannot_be_read(&name, &error))?;
        }
        let templates = Self { environment };
        templates.check()?;
        Ok(templates)
    }

    /// Renders every sample.
    ///
    /// # Errors
    /// The first sample that fails, whose reply leaves out its case, a code that is not in force or an open question,
    /// or whose reply the guard would stop.
    pub fn check(&self) -> Result<(), TemplateError> {
        for Sample { name: sample, facts, shelf, desk } in samples::all() {
            let reply = compose(self, &facts).map_err(|error| TemplateError::Sample { sample, error })?;
            let standings = facts.lines.iter().flat_map(|line| &line.standings).map(|standing| &standing.status);
            let statuses = standings.filter(|status| !status.is_in_force()).map(ToString::to_string);
            let questions = facts.gaps.iter().map(|gap| gap.question.clone());
            let mut needed = statuses.chain(questions).chain([facts.case.to_string()]);
            if let Some(missing) = needed.find(|text| !reply.contains(text.as_str())) {
                return Err(TemplateError::Incomplete { sample, missing });
            }
            if let Some(finding) = stopped(&reply, &facts, shelf, desk) {
                return Err(TemplateError::Stopped { sample, rule: finding.rule, message: finding.message });
            }
        }
        Ok(())
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
    let about = GuardInput {
        shelf,
        desk,
        on: facts.date.first(),
        date_known: facts.date.known(),
        sources: &facts.sources,
        payer: facts.stated.payer,
        asker: Some(&anybody),
        recipient: &anybody,
    };
    let is_in_the_way = |found: &Finding| found.severity == Severity::Hard && found.rule != Rule::Unanswered;
    guard::check(reply, &about).into_iter().find(is_in_the_way)
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
        assert_eq!(Templates::embedded().err(), None);
    }

    #[test]
    fn an_override_replaces_one_section() {
        let set = with("case_line.md.j2", "Consultation {{ case }}, north office.").unwrap();
        let Sample { facts, .. } = samples::all().remove(0);
        assert!(compose(&set, &facts).unwrap().starts_with("Consultation CC-"));
    }

    #[test]
    fn a_broken_override_stops_the_start_and_says_where() {
        let error = with("anwser.md.j2", "").unwrap_err();
        assert!(matches!(&error, TemplateError::Unknown { known, .. } if known.contains("answer.md.j2")), "{error}");

        let error = with("answer.md.j2", "fine\n{% if %}").unwrap_err();
        assert!(matches!(&error, TemplateError::Syntax { name, line: 2, .. } if name == "answer.md.j2"), "{error}");

        let error = with("answer.md.j2", "fine\n{{ verdict }}").unwrap_err();
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
        assert!(matches!(
            with("reply.md.j2", " \n ").unwrap_err(),
            TemplateError::Sample { error: DraftError::Empty, .. }
        ));
    }
}
