//! The draft in its editor, and what the guard finds in it.

use caseconsult_core::{
    draft::{
        HouseBook,
        guard::{Finding, Override, Rule, Severity},
    },
    mail::markdown,
};
use caseconsult_store::StoreError;
use serde::Serialize;

use super::{file::CaseFile, snippet_view::SnippetView};
use crate::{
    review::{
        self, Desk,
        wording::{self, Words},
    },
    web::{form::Fields, pages::View, words::Moment},
};

/// The editor.
#[derive(Serialize)]
pub(super) struct EditorView {
    /// The case's version that the text belongs to; approving another is refused.
    version: i64,
    draft_version: i64,
    author: String,
    body: String,
    /// When the reviewer's own text was last kept.
    kept: Option<Moment>,
    /// An unfinished text of before the newest draft.
    older: Option<String>,
    recipient: String,
    /// What the checks found; none where nobody could send the text, and nothing was checked.
    findings: Option<Vec<FindingView>>,
    /// Texts of the house, offered to whoever may edit.
    snippets: Vec<SnippetView>,
    preview: Option<Preview>,
    /// Who phrased it, when a model did.
    worded_by: Option<WordedBy>,
    /// `rules` or `model`: whose words may be had in place of these.
    other_words: Option<&'static str>,
}

/// A model, and when it was asked.
#[derive(Serialize)]
struct WordedBy {
    model: String,
    at: Moment,
    kept: usize,
    dropped: usize,
}

#[derive(Serialize)]
struct Preview {
    subject: String,
    text: String,
}

/// One finding. The first of each rule that a person may overrule carries the field for the reason, with what was
/// typed into it.
#[derive(Serialize)]
struct FindingView {
    rule: &'static str,
    message: String,
    remedy: String,
    is_hard: bool,
    takes_reason: bool,
    reason: String,
}

/// The findings alone, for the script.
#[derive(Serialize)]
pub(super) struct FindingList {
    findings: Vec<FindingView>,
    may_override: bool,
}

impl View for FindingList {
    const TEMPLATE: &'static str = "partials/findings.html";
}

/// What was typed into the form.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub(super) body: String,
    pub(super) version: Option<i64>,
    pub(super) overrides: Vec<Override>,
}

impl From<&Fields> for Typed {
    fn from(fields: &Fields) -> Self {
        Self { body: fields.text("body"), version: fields.line("version").parse().ok(), overrides: overrides(fields) }
    }
}

/// The reasons typed beside findings.
fn overrides(fields: &Fields) -> Vec<Override> {
    fields
        .starting_with("override:")
        .filter(|(_, reason)| !reason.is_empty())
        .filter_map(|(rule, reason)| Some(Override { rule: Rule::read(rule)?, reason: reason.to_owned() }))
        .collect()
}

impl FindingList {
    /// These findings, with the reasons typed so far.
    pub(super) fn new(findings: &[Finding], fields: &Fields) -> Self {
        Self { findings: FindingView::all(findings, &overrides(fields)), may_override: true }
    }
}

impl FindingView {
    fn all(findings: &[Finding], overrides: &[Override]) -> Vec<Self> {
        let mut asked: Vec<Rule> = Vec::new();
        let mut views = Vec::with_capacity(findings.len());
        for finding in findings {
            let is_hard = finding.severity == Severity::Hard;
            let takes_reason = is_hard && finding.rule.can_be_overridden() && !asked.contains(&finding.rule);
            if takes_reason {
                asked.push(finding.rule);
            }
            let reason = overrides.iter().find(|made| made.rule == finding.rule).map_or("", |made| &made.reason);
            views.push(Self {
                rule: finding.rule.as_str(),
                message: finding.message.clone(),
                remedy: finding.remedy.clone(),
                is_hard,
                takes_reason,
                reason: reason.to_owned(),
            });
        }
        views
    }
}

impl EditorView {
    /// The editor of this case; none when it has neither a draft nor a text.
    pub(super) async fn new(
        desk: &Desk,
        house: &HouseBook,
        file: &CaseFile,
        typed: Option<Typed>,
        (may_edit, may_claim): (bool, bool),
        preview: bool,
    ) -> Result<Option<Self>, StoreError> {
        let Some(draft) = &file.draft else { return Ok(None) };
        let typed = typed.unwrap_or_else(|| Typed { body: file.body().to_owned(), ..Typed::default() });
        // Who chooses a case sees what blocks it before claiming it.
        let found = if may_edit || may_claim || preview {
            Some(review::findings(desk, &file.case, &typed.body).await?)
        } else {
            None
        };
        let wording = wording::of_draft(draft);
        let other_words = wording::offered(&file.events, wording.is_some()).map(|words| match words {
            Words::Rules => "rules",
            Words::Model => "model",
        });
        let older = file.working_copy.as_ref().filter(|_| file.unfinished().is_none());
        Ok(Some(Self {
            version: file.case.version,
            draft_version: draft.version,
            author: draft.author.map_or_else(|| "the machine".to_owned(), |author| file.name(author).to_owned()),
            kept: file.unfinished().map(|(_, at)| file.moment(*at)),
            older: older.map(|(body, _)| body.clone()).filter(|body| *body != draft.body),
            recipient: file.case.asker.as_ref().map_or_else(|| "nobody".to_owned(), ToString::to_string),
            findings: found.map(|found| FindingView::all(&found, &typed.overrides)),
            snippets: if may_edit { SnippetView::all(house, file) } else { Vec::new() },
            preview: preview.then(|| Preview {
                subject: review::subject(desk, &file.case),
                text: markdown::text::text(&typed.body),
            }),
            worded_by: wording.map(|wording| WordedBy {
                at: file.moment(wording.at),
                model: wording.model,
                kept: wording.kept,
                dropped: wording.dropped.len(),
            }),
            other_words,
            body: typed.body,
        }))
    }
}
