//! Codes from words, for a date of service. What is found, in which order and why is `codes search`'s answer; the page
//! shows it. The words stand in the address so that a search can be kept; they are not logged, and the page asks not to
//! put a patient's details among them.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Query, State},
    response::Html,
};
use caseconsult_core::{domain::code::CodeSystem, search::rank::Asked};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    super::{failure::Failure, frame::Frame, pages::View, router::Shared, session::SignedIn},
    day, seen,
};
use crate::command::codes::search;

/// Codes shown for each thing asked.
const SHOWN: usize = 20;
/// Characters that are read; a whole mail is no question.
const MOST_CHARACTERS: usize = 1_000;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Wanted {
    q: String,
    on: Option<String>,
    system: Option<String>,
    billable: Option<String>,
}

impl Wanted {
    fn asked(&self, today: Date) -> Result<Asked, Failure> {
        let system = match self.system.as_deref() {
            None | Some("") => None,
            Some(text) => Some(CodeSystem::read(text).ok_or(Failure::Malformed)?),
        };
        let billable = self.billable.as_deref().is_some_and(|text| !text.is_empty());
        Ok(Asked { on: day(self.on.as_deref(), today)?, system, billable })
    }
}

/// The page.
#[derive(Serialize)]
pub(in super::super) struct SearchPage {
    frame: Frame,
    q: String,
    on: Date,
    system: &'static str,
    billable: bool,
    systems: Vec<(&'static str, &'static str)>,
    parts: Vec<PartView>,
}

impl View for SearchPage {
    const TEMPLATE: &'static str = "pages/search.html";
}

/// One of the things asked.
#[derive(Default, Serialize)]
struct PartView {
    asked: String,
    unknown: Vec<String>,
    codes: Vec<CodeView>,
}

/// A code that was found.
#[derive(Debug, Serialize)]
pub(in super::super) struct CodeView {
    class: &'static str,
    system: &'static str,
    /// As forms name it.
    key: &'static str,
    path: String,
    code: String,
    billable: bool,
    title: Vec<Piece>,
    source: &'static str,
    edition: String,
    /// The wording that matched, when it is not the title.
    found_by: Option<(String, Vec<Piece>)>,
}

/// A stretch of a text, marked when it was asked for.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Piece {
    text: String,
    marked: bool,
}

/// `GET /codes?q=sugar+diabetes&on=2026-11-12&system=ICD10CM&billable=on`
pub(in super::super) async fn page(
    State(shared): State<Arc<Shared>>,
    who: SignedIn,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, Failure> {
    let asked = wanted.asked(shared.context.desk.clock.now().date())?;
    let lines = found(&shared, &wanted.q, asked).await?;
    let mut parts: Vec<PartView> = Vec::new();
    for line in &lines {
        match (CodeView::of(line), parts.last_mut()) {
            (Some(code), Some(part)) => part.codes.push(code),
            _ => parts.push(PartView {
                asked: text(line, "asked"),
                unknown: list(line, "unknown_words"),
                codes: Vec::new(),
            }),
        }
    }
    let page = SearchPage {
        frame: Frame::new(&shared.context, &who, None),
        q: wanted.q.clone(),
        on: asked.on,
        system: asked.system.map_or("", CodeSystem::as_str),
        billable: asked.billable,
        systems: CodeSystem::ALL.map(|system| (system.as_str(), system.title())).to_vec(),
        parts,
    };
    Ok(shared.context.pages.html(&page)?)
}

/// `GET /api/codes?q=…`, asked like the page: `lines`, each as `codes search --json` prints it.
pub(in super::super) async fn api(
    State(shared): State<Arc<Shared>>,
    _who: SignedIn,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Value>, Failure> {
    let asked = wanted.asked(shared.context.desk.clock.now().date())?;
    Ok(Json(json!({ "on": asked.on, "lines": found(&shared, &wanted.q, asked).await? })))
}

/// The lines of `codes search --json`.
async fn found(shared: &Shared, words: &str, asked: Asked) -> Result<Vec<Value>, Failure> {
    let internal = |error: &dyn std::fmt::Display| Failure::Internal(format!("search: {error:#}"));
    let words: String = words.chars().take(MOST_CHARACTERS).collect();
    if words.trim().is_empty() {
        return Ok(Vec::new());
    }
    let db = &shared.context.desk.db;
    let index = shared.context.search.index(db).await.map_err(|error| internal(&error))?;
    let mut out = Vec::new();
    search::search(db, &index, &mut out, &words, asked, SHOWN, true).await.map_err(|error| internal(&error))?;
    let lines = String::from_utf8_lossy(&out);
    lines.lines().map(serde_json::from_str).collect::<Result<_, _>>().map_err(|error| internal(&error))
}

impl CodeView {
    /// None for the line that opens a part.
    pub(in super::super) fn of(line: &Value) -> Option<Self> {
        let system = CodeSystem::read(line.get("system")?.as_str()?)?;
        let title = text(line, "title");
        let wording = line.get("found_by")?;
        let form = text(wording, "form");
        Some(Self {
            class: seen::class(system),
            system: system.title(),
            key: system.as_str(),
            path: system.as_str().to_ascii_lowercase(),
            code: text(line, "code"),
            billable: line.get("billable").and_then(Value::as_bool).unwrap_or_default(),
            title: pieces(&title, line.get("marks")),
            source: match text(line, "source").as_str() {
                "plain" => "our own words",
                "licensed" => "licensed text",
                _ => "",
            },
            edition: text(line, "edition"),
            found_by: (form != "title").then(|| {
                let words = text(wording, "text");
                (form.replace('_', " "), pieces(&words, wording.get("marks")))
            }),
        })
    }
}

/// A text cut where its marks begin and end; a mark that does not fit is passed over.
fn pieces(whole: &str, marks: Option<&Value>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut push = |part: Option<&str>, marked| {
        if let Some(text) = part.filter(|text| !text.is_empty()) {
            pieces.push(Piece { text: text.to_owned(), marked });
        }
    };
    for mark in marks.and_then(Value::as_array).into_iter().flatten() {
        let end = |n| mark.get(n).and_then(Value::as_u64).and_then(|at| usize::try_from(at).ok());
        let (Some(from), Some(to)) = (end(0), end(1)) else { continue };
        if from >= at && whole.get(from..to).is_some() {
            push(whole.get(at..from), false);
            push(whole.get(from..to), true);
            at = to;
        }
    }
    push(whole.get(at..), false);
    pieces
}

fn text(line: &Value, name: &str) -> String {
    line.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn list(line: &Value, name: &str) -> Vec<String> {
    let items = line.get(name).and_then(Value::as_array).into_iter().flatten();
    items.filter_map(Value::as_str).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_its_marks() {
        let cut = |marks: Value| -> Vec<(String, bool)> {
            pieces("Déjà vu twice", Some(&marks)).into_iter().map(|piece| (piece.text, piece.marked)).collect()
        };
        let plain = |text: &str| (text.to_owned(), false);
        let marked = |text: &str| (text.to_owned(), true);
        assert_eq!(cut(json!([[7, 9]])), [plain("Déjà "), marked("vu"), plain(" twice")]);
        assert_eq!(cut(json!([])), [plain("Déjà vu twice")]);
        assert_eq!(cut(json!([[2, 3], [90, 99], "x"])), [plain("Déjà vu twice")], "none of these fits");
    }
}
