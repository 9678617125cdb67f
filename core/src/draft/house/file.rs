//! One file of house rules and snippets → typed values, or errors that say the line and what to do.
//!
//! ```toml
//! [[rule]]
//! id = "billing-07"
//! owner = "M. Ortiz"
//! from = 2026-01-01                       # optional: the first day on which drafts use it
//! until = 2027-03-31                      # the last
//! section = "why"                         # optional: why, edits, diagnosis, rejected, denied, notices
//! statement = "Both knees go on two lines, {{ modifiers }}, for {{ payer }}."
//! [rule.when]                             # all keys that are given have to hold; of a list one is enough
//! kinds = ["K3"]
//! systems = ["CPT"]
//! codes = ["20610", "99202-99215", "J18*"]
//! with_codes = ["76942"]                  # a second code of the same case
//! modifiers = ["50", "RT"]
//! payers = ["medicare", "UnitedHealthcare"]
//! service = { from = 2026-01-01, to = 2026-12-31 }
//!
//! [[snippet]]
//! name = "Ask for the note"
//! owner = "M. Ortiz"                      # optional
//! until = 2027-03-31                      # optional
//! text = "Please send the operative note for {{ code }}, without the patient's details."
//! ```

use std::fmt;

use jiff::civil::Date;
use toml::{Spanned, Value};

use super::{
    condition::{Condition, PayerIs},
    pattern::CodePattern,
    rule::{HouseRule, HouseRuleId, Section},
    snippet::Snippet,
    wording::{Variable, Wording},
    written::{Texts, Written, WrittenCondition, WrittenInterval, WrittenRule, WrittenSnippet},
};
use crate::{
    catalog::Interval,
    domain::code::{CodeSystem, Modifier},
    draft::kind::Kind,
    extract::{
        Findings, Said,
        said::payer::{Payer, PayerKind},
    },
    mail::search_text::SearchText,
};

/// The longest statement, in characters: it is one bullet among others.
const LONGEST_STATEMENT: usize = 600;
/// The longest snippet, in characters.
const LONGEST_SNIPPET: usize = 8_000;

/// A mistake in a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct HouseError {
    /// The file, as it was named.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub remedy: String,
}

impl fmt::Display for HouseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}: {}: {}", self.file, self.line, self.message, self.remedy)
    }
}

/// What a file holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Read {
    pub(super) rules: Vec<HouseRule>,
    pub(super) snippets: Vec<Snippet>,
    pub(super) errors: Vec<HouseError>,
}

/// Reads a file. A rule or snippet with a mistake is left out, and its mistakes are told together.
pub(super) fn read(name: &str, text: &str) -> Read {
    let mut file = File { name, text, errors: Vec::new() };
    let written: Written = match toml::from_str(text) {
        Ok(written) => written,
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            file.wrong(at, error.message(), "correct the line; the file that caseconsult init writes shows how");
            return Read { errors: file.errors, ..Read::default() };
        }
    };
    let rules = written.rule.into_iter().filter_map(|rule| file.rule(rule)).collect();
    let snippets = written.snippet.iter().filter_map(|snippet| file.snippet(snippet)).collect();
    Read { rules, snippets, errors: file.errors }
}

/// A file being read, with the mistakes found so far. Each part is read though another is wrong, so that one look tells
/// all.
struct File<'a> {
    name: &'a str,
    text: &'a str,
    errors: Vec<HouseError>,
}

impl File<'_> {
    fn rule(&mut self, written: WrittenRule) -> Option<HouseRule> {
        let line = self.line_of(written.id.span().start);
        let id = self.id(&written.id);
        let owner = self.not_empty(&written.owner, "the owner", "name who answers for the rule");
        let from = written.from.as_ref().map(|from| self.day(from));
        let until = self.day(&written.until);
        if let (Some(Some(from)), Some(until)) = (from, until)
            && until < from
        {
            let message = format!("the rule expires on {until}, before it starts on {from}");
            self.wrong(written.until.span().start, message, "correct from or until");
        }
        let when = self.condition(written.when, line);
        let statement = self.statement(&written.statement);
        let section = match &written.section {
            Some(section) => self.section(section),
            None => when.as_ref().map(|when| Section::of_kinds(&when.kinds)),
        };
        let valid = until.filter(|until| !matches!(from, Some(Some(from)) if *until < from));
        Some(HouseRule {
            id: id?,
            owner: owner?,
            from: match from {
                Some(day) => Some(day?),
                None => None,
            },
            until: valid?,
            when: when?,
            statement: statement?,
            section: section?,
            file: self.name.to_owned(),
            line,
        })
    }

    fn snippet(&mut self, written: &WrittenSnippet) -> Option<Snippet> {
        let line = self.line_of(written.name.span().start);
        let name = self.not_empty(&written.name, "the snippet's name", "give it one, as reviewers should see it");
        let owner = written.owner.as_ref().map(|owner| self.not_empty(owner, "the owner", "name one, or take it out"));
        let until = written.until.as_ref().map(|until| self.day(until));
        let text = self.wording(&written.text, written.text.get_ref(), LONGEST_SNIPPET);
        Some(Snippet {
            name: name?,
            text: text?,
            owner: match owner {
                Some(owner) => Some(owner?),
                None => None,
            },
            until: match until {
                Some(day) => Some(day?),
                None => None,
            },
            file: self.name.to_owned(),
            line,
        })
    }

    fn id(&mut self, written: &Spanned<String>) -> Option<HouseRuleId> {
        let id = HouseRuleId::read(written.get_ref());
        self.or_wrong(written.span().start, id, |error| {
            (format!("{:?} is no name for a rule", written.get_ref()), error.to_string())
        })
    }

    fn not_empty(&mut self, written: &Spanned<String>, what: &str, remedy: &str) -> Option<String> {
        let text = written.get_ref().split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            self.wrong(written.span().start, format!("{what} is empty"), remedy);
            return None;
        }
        Some(text)
    }

    /// A day as TOML writes it, with or without quotes.
    fn day(&mut self, written: &Spanned<Value>) -> Option<Date> {
        let text = match written.get_ref() {
            Value::Datetime(day) => day.to_string(),
            Value::String(text) => text.clone(),
            other => format!("this {}", other.type_str()),
        };
        let day: Result<Date, _> = text.parse();
        self.or_wrong(written.span().start, day, |_| (format!("{text} is no day"), "write it as 2027-03-31".to_owned()))
    }

    fn section(&mut self, written: &Spanned<String>) -> Option<Section> {
        let section = Section::ALL.into_iter().find(|section| section.as_str() == written.get_ref());
        self.or_wrong(written.span().start, section.ok_or(()), |()| {
            let names = Section::ALL.map(Section::as_str).join(", ");
            (format!("a reply has no section {:?} for rules", written.get_ref()), format!("use one of {names}"))
        })
    }

    fn statement(&mut self, written: &Spanned<String>) -> Option<Wording> {
        let line = self.not_empty(written, "the statement", "write what the reply should say")?;
        let wording = self.wording(written, &line, LONGEST_STATEMENT)?;
        if wording.asks_for(Variable::DateOfService) {
            let at = self.place_in(written, Variable::DateOfService.name());
            let message = "a draft never prints the date of service, which is an identifier of the patient";
            self.wrong(at, message, "use {{ year_of_service }} or {{ editions }}");
            return None;
        }
        Some(wording)
    }

    fn wording(&mut self, written: &Spanned<String>, text: &str, longest: usize) -> Option<Wording> {
        if text.trim().is_empty() {
            self.wrong(written.span().start, "the text is empty", "write it, or take the entry out");
            return None;
        }
        if text.chars().count() > longest {
            let message = format!("the text has more than {longest} characters");
            self.wrong(written.span().start, message, "shorten it, or divide it into several");
            return None;
        }
        match Wording::read(text) {
            Ok(wording) => Some(wording),
            Err(error) => {
                let at = self.place_in(written, error.mark());
                self.wrong(at, error.to_string(), "correct the text");
                None
            }
        }
    }

    fn condition(&mut self, written: WrittenCondition, line: usize) -> Option<Condition> {
        let before = self.errors.len();
        let condition = Condition {
            kinds: self.list(written.kinds, |text| {
                let kinds = Kind::ALL.map(Kind::as_str).join(", ");
                Kind::read(text).ok_or_else(|| (format!("there is no kind {text:?}"), format!("use {kinds}")))
            }),
            systems: self.list(written.systems, |text| {
                let systems = CodeSystem::ALL.map(CodeSystem::as_str).join(", ");
                let read = CodeSystem::read(text)
                    .or_else(|| CodeSystem::ALL.into_iter().find(|system| system.title().eq_ignore_ascii_case(text)));
                read.ok_or_else(|| (format!("there is no code system {text:?}"), format!("use {systems}")))
            }),
            codes: self.list(written.codes, pattern),
            with_codes: self.list(written.with_codes, pattern),
            modifiers: self.list(written.modifiers, |text| {
                Modifier::parse(text.trim())
                    .map_err(|_| (format!("{text:?} is no modifier"), "write its two letters or digits".to_owned()))
            }),
            payers: self.list(written.payers, payer),
            service: written.service.and_then(|interval| self.interval(interval)),
        };
        if self.errors.len() > before {
            return None;
        }
        if condition.is_empty() {
            self.errors.push(HouseError {
                file: self.name.to_owned(),
                line,
                message: "the rule has no condition".to_owned(),
                remedy: "add [rule.when] with kinds, systems, codes, modifiers, payers or service".to_owned(),
            });
            return None;
        }
        Some(condition)
    }

    fn list<T>(&mut self, written: Option<Texts>, read: impl Fn(&str) -> Result<T, (String, String)>) -> Vec<T> {
        let Some(written) = written else { return Vec::new() };
        if written.get_ref().is_empty() {
            self.wrong(
                written.span().start,
                "the list is empty, so nothing can meet it",
                "name something, or take it out",
            );
        }
        let each = written.into_inner().into_iter();
        each.filter_map(|text| self.or_wrong(text.span().start, read(text.get_ref()), |told| told)).collect()
    }

    /// An open beginning or end is fine, both are not.
    fn interval(&mut self, written: Spanned<WrittenInterval>) -> Option<Interval> {
        let at = written.span().start;
        let WrittenInterval { from, to } = written.into_inner();
        if from.is_none() && to.is_none() {
            self.wrong(at, "the interval has neither a beginning nor an end", "give from, to, or both");
            return None;
        }
        let from = match from {
            Some(from) => self.day(&from)?,
            None => Date::MIN,
        };
        let to = match to {
            Some(to) => Some(self.day(&to)?),
            None => None,
        };
        if let Some(to) = to.filter(|to| *to < from) {
            self.wrong(at, format!("the interval ends on {to}, before it begins on {from}"), "exchange from and to");
            return None;
        }
        Some(Interval { from, to })
    }

    fn or_wrong<T, E>(&mut self, at: usize, read: Result<T, E>, tell: impl Fn(E) -> (String, String)) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(error) => {
                let (message, remedy) = tell(error);
                self.wrong(at, message, remedy);
                None
            }
        }
    }

    fn wrong(&mut self, at: usize, message: impl Into<String>, remedy: impl Into<String>) {
        let (file, line) = (self.name.to_owned(), self.line_of(at));
        self.errors.push(HouseError { file, line, message: message.into(), remedy: remedy.into() });
    }

    fn line_of(&self, at: usize) -> usize {
        self.text.get(..at).unwrap_or("").matches('\n').count() + 1
    }

    /// Where a part of a text of several lines stands; its beginning when it is not found as it is.
    fn place_in(&self, written: &Spanned<String>, part: &str) -> usize {
        let span = written.span();
        let raw = self.text.get(span.clone()).unwrap_or("");
        span.start + raw.find(part).unwrap_or(0)
    }
}

fn pattern(text: &str) -> Result<CodePattern, (String, String)> {
    CodePattern::read(text).map_err(|error| {
        let told = error.to_string();
        let (what, remedy) = told.split_once(": ").unwrap_or((&told, "correct it"));
        (format!("{text:?} {what}"), remedy.to_owned())
    })
}

/// A kind of payer by its stable name, else a payer by any name that is read in mails too: another could never be met.
fn payer(text: &str) -> Result<PayerIs, (String, String)> {
    if let Some(kind) = PayerKind::read(text) {
        return Ok(PayerIs::Kind(kind));
    }
    let read = Said::of(&SearchText::plain(format!("The payer is {text}.")), &Findings::default());
    match read.payers.first().map(|stated| &stated.value) {
        Some(Payer { name, .. }) => Ok(PayerIs::Named(name.clone())),
        None => Err((
            format!("no mail is known to name a payer {text:?}"),
            format!(
                "use a name such as Aetna or Noridian, or a kind: {}",
                PayerKind::ALL.map(PayerKind::as_str).join(", ")
            ),
        )),
    }
}
