//! `codes search`: codes from words, for a date of service. Nothing is told of a code that the catalogue does not hold:
//! the title and the standing are those of the edition of the day, and its name is told with them.

use std::io::Write;

use caseconsult_core::{
    catalog::{Edition, Entry, Shelf, Standing},
    domain::{
        code::{Code, CodeSystem},
        span::Span,
    },
    search::{mark, question::Part, rank::Asked, wording::Form},
};
use caseconsult_search::{Found, Index};
use caseconsult_store::{Db, catalogue};
use serde_json::{Value, json};

/// Finds codes. JSON: one line a code, with `asked` (the part of the words that it answers), `rank` (from 1), `system`,
/// `code`, `billable`, `title`, `source`, `edition`, `on`, `marks` (where in `title` the words that matched stand, as
/// `[from, to]` in bytes), `found_by` (`form`, `text`, `marks`: the wording that matched, the title itself for `title`)
/// and `score`, which compares codes of one part only; and one line a part, before its codes, with `asked`, `on`,
/// `found` and `unknown_words`.
///
/// # Errors
/// When the catalogue or the index cannot be read, or nothing can be written.
pub async fn search(
    db: &Db,
    index: &Index,
    out: &mut (dyn Write + Send),
    words: &str,
    asked: Asked,
    limit: usize,
    as_json: bool,
) -> anyhow::Result<()> {
    let parts = index.read(words);
    for part in &parts {
        let found = index.find(part, asked, limit)?;
        let wanted: Vec<(CodeSystem, Code)> =
            found.iter().map(|found| (found.target.system, found.target.code.clone())).collect();
        let unknown = part.unknown(asked.system);
        let shelf = catalogue::shelf(db, &wanted).await?;
        if as_json {
            let head = json!({
                "asked": part.text, "on": asked.on, "found": found.len(), "unknown_words": unknown,
            });
            writeln!(out, "{head}")?;
        } else {
            if parts.len() > 1 {
                writeln!(out, "{}:", part.text)?;
            }
            if found.is_empty() {
                writeln!(out, "nothing was found for {} among the codes in force on {}", part.text, asked.on)?;
            }
            if !unknown.is_empty() {
                writeln!(out, "words that no code has: {}", unknown.join(", "))?;
            }
        }
        for (rank, found) in (1..).zip(&found) {
            let Some((entry, edition)) = listed(&shelf, found, asked) else { continue };
            let told = Told { index, part, found, entry, edition, asked, rank };
            if as_json {
                writeln!(out, "{}", told.json())?;
            } else {
                told.print(out)?;
            }
        }
    }
    Ok(())
}

/// What the edition of the day says of a code that was found.
fn listed<'a>(shelf: &'a Shelf, found: &Found<'_>, asked: Asked) -> Option<(&'a Entry, &'a Edition)> {
    match shelf.standing(found.target.system, &found.target.code, asked.on) {
        Standing::InForce { entry, edition } | Standing::Header { entry, edition } => Some((entry, edition)),
        // Taken out between the two looks.
        Standing::NotYet { .. } | Standing::Ended { .. } | Standing::Unknown { .. } => None,
    }
}

/// A code that is told.
struct Told<'a> {
    index: &'a Index,
    part: &'a Part,
    found: &'a Found<'a>,
    entry: &'a Entry,
    edition: &'a Edition,
    asked: Asked,
    rank: usize,
}

impl Told<'_> {
    fn marks(&self, text: &str) -> Vec<Span> {
        mark::marks(self.index.lexicon(), self.part.reading(self.entry.system), text)
    }

    fn print(&self, out: &mut dyn Write) -> anyhow::Result<()> {
        let title = &self.entry.title.text;
        let header = if self.entry.billable { "" } else { " (a header: more characters are needed)" };
        let marked = mark::marked(title, &self.marks(title), "*", "*");
        writeln!(out, "{:<9} {:<14} {marked}{header}", self.entry.code, self.entry.system.title())?;
        if let Some(text) = &self.found.wording {
            let marked = mark::marked(text, &self.marks(text), "*", "*");
            writeln!(out, "{:<24} {}: {marked}", "", self.found.ranked.form.title())?;
        }
        Ok(())
    }

    fn json(&self) -> Value {
        let spans = |text: &str| self.marks(text).iter().map(|span| [span.start, span.end]).collect::<Vec<_>>();
        let title = &self.entry.title.text;
        let (form, text) = match &self.found.wording {
            Some(text) => (self.found.ranked.form, text),
            None => (Form::Title, title),
        };
        json!({
            "asked": self.part.text,
            "rank": self.rank,
            "system": self.entry.system,
            "code": self.entry.code,
            "billable": self.entry.billable,
            "title": title,
            "source": self.entry.title.source,
            "edition": self.edition.name,
            "on": self.asked.on,
            "marks": spans(title),
            "found_by": { "form": form.as_str(), "text": text, "marks": spans(text) },
            "score": self.found.ranked.score,
        })
    }
}
