//! One code on a date of service: what it is, what it was before, what the tables say of it, and what is said of it with
//! others. The sentences are those of `codes show` and `codes edits`: a page and the command line must not differ.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, Query, State},
    response::Html,
};
use caseconsult_core::{
    catalog::{Children, Entry, Setting, Shelf, Standing, TextSource, answer::Subject, locality::Locality},
    domain::code::{Code, CodeSystem},
};
use caseconsult_store::{Db, catalogue};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    super::{failure::Failure, frame::Frame, pages::View, router::Shared, session::SignedIn},
    day, seen,
};
use crate::command::codes::facts::{self, Asked, Telling};

/// Codes that are asked about together.
const MOST_WITH: usize = 20;

/// What the address says beside the code.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Wanted {
    on: Option<String>,
    setting: Option<String>,
    /// Where fees are paid, as contractor and locality: `02102-01`.
    locality: Option<String>,
    /// Other codes, between blanks or commas.
    with: Option<String>,
}

/// The page.
#[derive(Serialize)]
pub(in super::super) struct CodePage {
    frame: Frame,
    class: &'static str,
    system: &'static str,
    /// The system as addresses write it.
    path: String,
    code: String,
    on: Date,
    setting: &'static str,
    locality: String,
    with: String,
    title: Option<Title>,
    standing: Words,
    history: Vec<Listing>,
    /// What tables say, with the table's name in front.
    tables: Vec<Words>,
    edits: Vec<Words>,
    edits_problem: Option<String>,
    see_also: Vec<String>,
    /// Of a category, what is billable below it.
    below: Option<Below>,
}

impl View for CodePage {
    const TEMPLATE: &'static str = "pages/code.html";
}

/// A code's text, never without whose it is.
#[derive(Serialize)]
struct Title {
    text: String,
    source: &'static str,
}

/// A sentence, and what it is about or how it sounds.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Words {
    of: String,
    says: String,
}

impl Words {
    /// `MUE, practitioner: at most 2 units …` → what it is of, and what it says.
    fn of(line: &str) -> Self {
        let (of, says) = line.split_once(": ").unwrap_or(("", line));
        Self { of: of.trim().to_owned(), says: says.to_owned() }
    }

    fn is_not_loaded(&self) -> bool {
        self.of == "not loaded" || self.says.starts_with("not loaded")
    }
}

/// The code in one edition.
#[derive(Serialize)]
struct Listing {
    edition: String,
    valid: String,
    text: String,
    billable: bool,
}

/// The billable codes below a category, and how many are not named.
#[derive(Serialize)]
struct Below {
    children: Children,
    rest: u64,
}

/// What a question is about.
struct Question<'a> {
    system: CodeSystem,
    code: Code,
    text: String,
    asked: Asked,
    with: Vec<String>,
    db: &'a Db,
}

impl<'a> Question<'a> {
    /// Reads the address. A code that cannot be one of the system is no page.
    fn read(shared: &'a Shared, system: &str, code: &str, wanted: &Wanted) -> Result<Self, Failure> {
        let desk = &shared.context.desk;
        let system = CodeSystem::read(system).ok_or(Failure::NotFound)?;
        let subject = Subject::read(code);
        let code = subject.in_system(system).cloned().ok_or(Failure::NotFound)?;
        let setting = match wanted.setting.as_deref() {
            None | Some("") => None,
            Some(text) => Some(Setting::read(text).ok_or(Failure::Malformed)?),
        };
        let locality = match wanted.locality.as_deref().map(str::trim) {
            None | Some("") => None,
            Some(text) => Some(Locality::read(text).ok_or(Failure::Malformed)?),
        };
        let on = day(wanted.on.as_deref(), desk.clock.now().date())?;
        let with = wanted.with.as_deref().unwrap_or_default();
        let with = with.split([',', ' ', ';']).map(str::trim).filter(|code| !code.is_empty());
        Ok(Self {
            system,
            code,
            text: subject.text,
            asked: Asked { on, setting, locality, minutes: None },
            with: with.take(MOST_WITH).map(str::to_owned).collect(),
            db: &desk.db,
        })
    }

    async fn shelf(&self) -> Result<Shelf, Failure> {
        let mut shelf = catalogue::shelf(self.db, &[(self.system, self.code.clone())]).await?;
        catalogue::add_children(self.db, &mut shelf, &[self.asked.on]).await?;
        Ok(shelf)
    }

    /// What `codes show` says.
    async fn known(&self) -> Result<Telling, Failure> {
        facts::known(self.db, &self.text, self.asked).await.map_err(internal)
    }

    /// What `codes edits` says of the code and the others; its complaint where one of them is no code.
    async fn edits(&self, as_json: bool) -> Result<String, String> {
        if self.with.is_empty() {
            return Ok(String::new());
        }
        let mut out = Vec::new();
        let codes: Vec<String> = std::iter::once(self.text.clone()).chain(self.with.iter().cloned()).collect();
        match facts::edits(self.db, &mut out, &codes, self.asked, as_json).await {
            Ok(()) => Ok(String::from_utf8_lossy(&out).into_owned()),
            Err(complaint) => Err(complaint.to_string()),
        }
    }
}

/// `GET /codes/{system}/{code}?on=2026-11-12&setting=practitioner&with=20610,76942`
pub(in super::super) async fn page(
    State(shared): State<Arc<Shared>>,
    who: SignedIn,
    Path((system, code)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, Failure> {
    let question = Question::read(&shared, &system, &code, &wanted)?;
    let shelf = question.shelf().await?;
    let standing = shelf.standing(question.system, &question.code, question.asked.on);
    let (edits, edits_problem) = match question.edits(false).await {
        Ok(told) => (told.lines().map(Words::of).collect(), None),
        Err(complaint) => (Vec::new(), Some(complaint)),
    };
    let told = question.known().await?.tables();
    // What is known comes before what is not.
    let (unknown, mut tables): (Vec<Words>, Vec<Words>) =
        told.iter().map(|line| Words::of(line)).partition(Words::is_not_loaded);
    tables.extend(unknown);
    let entry = entry(&standing);
    let page = CodePage {
        frame: Frame::new(&shared.context, &who, None),
        class: seen::class(question.system),
        system: question.system.title(),
        path: question.system.as_str().to_ascii_lowercase(),
        code: question.code.to_string(),
        on: question.asked.on,
        setting: question.asked.setting.map_or("", Setting::as_str),
        locality: wanted.locality.clone().unwrap_or_default(),
        with: question.with.join(", "),
        title: entry.filter(|entry| !entry.title.text.is_empty()).map(Title::of),
        standing: say(&standing),
        history: history(&shelf, question.system, &question.code),
        tables,
        edits,
        edits_problem,
        below: entry
            .and_then(|entry| shelf.children(entry))
            .map(|children| Below { children: children.clone(), rest: children.rest() }),
        see_also: entry.map_or_else(Vec::new, |entry| entry.see_also.iter().map(ToString::to_string).collect()),
    };
    Ok(shared.context.pages.html(&page)?)
}

/// `GET /api/codes/{system}/{code}`, asked like the page: the object of `codes show --json` with `history` (each listing
/// with `edition`, `valid`, `text`, `billable`), and `edits` (the lines of `codes edits --json`) or `edits_problem`.
pub(in super::super) async fn api(
    State(shared): State<Arc<Shared>>,
    _who: SignedIn,
    Path((system, code)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Value>, Failure> {
    let question = Question::read(&shared, &system, &code, &wanted)?;
    let shelf = question.shelf().await?;
    let mut fields = question.known().await?.into_fields();
    fields.insert("history".to_owned(), json!(history(&shelf, question.system, &question.code)));
    match question.edits(true).await {
        Ok(lines) => {
            let lines: Result<Vec<Value>, _> = lines.lines().map(serde_json::from_str).collect();
            fields.insert("edits".to_owned(), json!(lines.map_err(internal)?));
        }
        Err(complaint) => {
            fields.insert("edits_problem".to_owned(), json!(complaint));
        }
    }
    Ok(Json(Value::Object(fields)))
}

impl Title {
    fn of(entry: &Entry) -> Self {
        Self {
            text: entry.title.text.clone(),
            source: match entry.title.source {
                TextSource::Public => "published title",
                TextSource::Plain => "our own words, not the official text",
                TextSource::Licensed => "licensed text",
            },
        }
    }
}

/// The listings of all editions, newest first.
fn history(shelf: &Shelf, system: CodeSystem, code: &Code) -> Vec<Listing> {
    let mut listings: Vec<Listing> = Vec::new();
    for edition in shelf.editions().into_iter().rev() {
        for entry in shelf.entries(system, code).iter().filter(|entry| entry.edition == edition.id) {
            listings.push(Listing {
                edition: edition.name.clone(),
                valid: entry.valid.to_string(),
                text: entry.title.text.clone(),
                billable: entry.billable,
            });
        }
    }
    listings
}

const fn entry<'a>(standing: &Standing<'a>) -> Option<&'a Entry> {
    match standing {
        Standing::InForce { entry, .. }
        | Standing::Header { entry, .. }
        | Standing::NotYet { entry, .. }
        | Standing::Ended { entry, .. } => Some(entry),
        Standing::Unknown { .. } => None,
    }
}

/// How it stands, with the tone as the stylesheet names it.
fn say(standing: &Standing<'_>) -> Words {
    let (of, says) = match standing {
        Standing::InForce { edition, .. } => ("good", format!("In force ({}).", edition.name)),
        Standing::Header { edition, .. } => {
            ("bad", format!("A category: a claim needs a longer code ({}).", edition.name))
        }
        Standing::NotYet { entry, edition } => {
            ("bad", format!("Not yet in force: its first day is {} ({}).", entry.valid.from, edition.name))
        }
        Standing::Ended { entry, edition } => match entry.valid.to {
            Some(last) => ("bad", format!("Ended: its last day was {last} ({}).", edition.name)),
            None => ("bad", format!("Ended: dropped after {}.", edition.name)),
        },
        Standing::Unknown { searched } if searched.is_empty() => {
            ("unknown", "Not checked: no edition of this code set is loaded for that date.".to_owned())
        }
        Standing::Unknown { searched } => {
            let names: Vec<&str> = searched.iter().map(|edition| edition.name.as_str()).collect();
            ("unknown", format!("Not found in: {}.", names.join(", ")))
        }
    };
    Words { of: of.to_owned(), says }
}

fn internal(error: impl std::fmt::Display) -> Failure {
    Failure::Internal(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_told_apart_from_what_it_is_about() {
        let told =
            ["MUE, practitioner: at most 2 units (2026 Q4)", "  excludes2 at S72: else: here", "plain"].map(Words::of);
        let told = told.each_ref().map(|words| (words.of.as_str(), words.says.as_str()));
        assert_eq!(
            told,
            [("MUE, practitioner", "at most 2 units (2026 Q4)"), ("excludes2 at S72", "else: here"), ("", "plain")]
        );
    }
}
