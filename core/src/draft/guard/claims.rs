//! G12: each rule that a text states names a source of the reply, of the table that the rule stands in, and the table
//! says what the text says. G14: what is Medicare's is told as such to whoever has another payer.

use super::{
    check::{GuardInput, Text},
    finding::{Finding, Rule},
    passages::{Kind, Passage},
};
use crate::{
    catalog::{Dataset, Setting, procedure_code::ProcedureCode},
    domain::span::Span,
    draft::{edits::procedure, facts::is_of_medicare},
};

/// Words, whether a table holds such rules, and what it is called.
type Claim = (&'static str, fn(Dataset) -> bool, &'static str);

/// Words that state a rule of a table, in lower case.
const CLAIMS: [Claim; 11] = [
    ("modifier indicator", is_edits, "the NCCI edits"),
    ("(mai ", is_limits, "the unit limits"),
    ("global package", is_schedule, "the fee schedule"),
    ("global days", is_schedule, "the fee schedule"),
    ("bilateral indicator", is_schedule, "the fee schedule"),
    ("assistant indicator", is_schedule, "the fee schedule"),
    ("co-surgeon indicator", is_schedule, "the fee schedule"),
    ("team indicator", is_schedule, "the fee schedule"),
    ("pc/tc indicator", is_schedule, "the fee schedule"),
    ("excludes1 note", is_tabular, "the tabular list"),
    ("coverage article", is_articles, "the coverage articles"),
];

const fn is_edits(table: Dataset) -> bool {
    matches!(table, Dataset::Ptp(_))
}
const fn is_limits(table: Dataset) -> bool {
    matches!(table, Dataset::Mue(_) | Dataset::MueSupplier)
}
const fn is_schedule(table: Dataset) -> bool {
    matches!(table, Dataset::RelativeValues)
}
const fn is_tabular(table: Dataset) -> bool {
    matches!(table, Dataset::Icd10CmTabular)
}
const fn is_articles(table: Dataset) -> bool {
    matches!(table, Dataset::McdArticles)
}

pub(super) fn check(text: &Text<'_>, about: &GuardInput<'_>, findings: &mut Vec<Finding>) {
    if about.sources.is_empty() {
        return;
    }
    let listed = listed(text.text);
    for passage in text.passages.iter().filter(|passage| passage.kind != Kind::Restated) {
        let words = passage.span.of(text.text);
        let cited = cited(passage.span, words);
        dangling(&cited, &listed, about, findings);
        unsourced(passage, words, &cited, about, findings);
    }
    indicators(text, about, findings);
    other_payer(text, about, findings);
}

/// The numbers of the text's own list of sources.
fn listed(text: &str) -> Vec<usize> {
    let list = text.split_once("## Sources").map_or("", |(_, list)| list);
    let list = list.split_once("\n## ").map_or(list, |(list, _)| list);
    list.lines().filter_map(|line| line.split_once(". ")?.0.trim().parse().ok()).collect()
}

/// `[3]`, each with its place.
fn cited(span: Span, words: &str) -> Vec<(usize, Span)> {
    let mut found = Vec::new();
    for (at, _) in words.match_indices('[') {
        let rest = words.get(at + 1..).unwrap_or("");
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number = rest.get(..digits).and_then(|digits| digits.parse().ok());
        if let Some(number) = number
            && (1..=3).contains(&digits)
            && rest.as_bytes().get(digits) == Some(&b']')
        {
            found.push((number, Span::new(span.start + at, span.start + at + digits + 2)));
        }
    }
    found
}

fn dangling(cited: &[(usize, Span)], listed: &[usize], about: &GuardInput<'_>, findings: &mut Vec<Finding>) {
    for (number, span) in cited {
        let exists = about.sources.iter().any(|source| source.number == *number);
        if !(exists && listed.contains(number)) {
            let message = format!("The text cites source [{number}], which is not in its list of sources.");
            let remedy = "Restore the list of sources, correct the number, or take the statement out.";
            findings.push(Finding::hard(Rule::Source, *span, message, remedy));
        }
    }
}

fn unsourced(
    passage: &Passage,
    words: &str,
    cited: &[(usize, Span)],
    about: &GuardInput<'_>,
    findings: &mut Vec<Finding>,
) {
    let lower = words.to_lowercase();
    for (claim, fits, table) in CLAIMS {
        let Some(at) = lower.find(claim) else { continue };
        let fits = cited.iter().any(|(number, _)| {
            about.sources.iter().any(|source| source.number == *number && source.dataset().is_some_and(fits))
        });
        if !fits {
            let start = passage.span.start + at;
            let span = Span::new(start, (start + claim.len()).min(passage.span.end));
            let message = format!("This states a rule of {table} without naming its source.");
            let remedy = "Add the number of the source to the sentence, or take the statement out.";
            findings.push(Finding::hard(Rule::Source, span, message, remedy));
            return;
        }
    }
}

/// Whether the table says the indicator that the text says of two procedures.
fn indicators(text: &Text<'_>, about: &GuardInput<'_>, findings: &mut Vec<Finding>) {
    const WORDS: &str = "modifier indicator ";
    for passage in text.passages.iter().filter(|passage| passage.kind == Kind::Sentence) {
        let words = passage.span.of(text.text);
        let Some(at) = words.find(WORDS) else { continue };
        let digit = words.get(at + WORDS.len()..).and_then(|rest| rest.chars().next()).and_then(|c| c.to_digit(10));
        let codes = procedures_in(text, passage);
        let (Some(digit), [one, other]) = (digit, codes.as_slice()) else { continue };
        let told: Vec<u32> = Setting::ALL
            .into_iter()
            .filter_map(|setting| {
                let told = about.desk.pair(setting, *one, *other, about.on).ok()?;
                Some(u32::from(told.value()?.edit.indicator.digit()))
            })
            .collect();
        if !told.is_empty() && !told.contains(&digit) {
            let start = passage.span.start + at;
            let named: Vec<String> = told.iter().map(ToString::to_string).collect();
            let message = format!("The table gives {one} with {other} the modifier indicator {}.", named.join(" or "));
            let span = Span::new(start, start + WORDS.len() + 1);
            findings.push(Finding::hard(
                Rule::Source,
                span,
                message,
                "Correct the indicator, and what follows from it.",
            ));
        }
    }
}

fn procedures_in(text: &Text<'_>, passage: &Passage) -> Vec<ProcedureCode> {
    let mut codes: Vec<ProcedureCode> = Vec::new();
    for named in &text.named {
        let inside = passage.span.start <= named.span.start && named.span.start < passage.span.end;
        if let Some(code) = procedure(named.system, &named.code).filter(|code| inside && !codes.contains(code)) {
            codes.push(code);
        }
    }
    codes
}

/// G14.
fn other_payer(text: &Text<'_>, about: &GuardInput<'_>, findings: &mut Vec<Finding>) {
    let Some(payer) = about.payer.filter(|payer| !payer.is_medicare()) else { return };
    let of_medicare = |number: usize| {
        about.sources.iter().any(|source| source.number == number && source.dataset().is_some_and(is_of_medicare))
    };
    let own = text.passages.iter().filter(|passage| passage.kind != Kind::Restated);
    let uses = own.flat_map(|passage| cited(passage.span, passage.span.of(text.text)));
    let Some((_, first)) = uses.into_iter().find(|(number, _)| of_medicare(*number)) else { return };
    let lower = text.text.to_lowercase();
    let tells = [
        "are medicare's",
        "is medicare's",
        "medicare's rules",
        "medicare rules",
        "may follow other rules",
        "follows other rules",
    ];
    if !tells.iter().any(|words| lower.contains(words)) {
        let message =
            format!("The payer is {}, and the text uses Medicare's tables without saying so.", payer.in_a_sentence());
        let remedy = "Add that edits, limits and indicators are Medicare's and that this payer may follow other rules.";
        findings.push(Finding::soft(Rule::OtherPayer, first, message, remedy));
    }
}
