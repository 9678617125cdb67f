//! The answer of a table, in words and in JSON: said, not in the table, or not loaded.

use std::io::{self, Write};

use caseconsult_core::catalog::{
    Dataset,
    answer::{Timeliness, Told},
};
use serde_json::{Map, Value, json};

/// What is told of one code, in both forms; which of them is shown is decided at the end.
#[derive(Debug, Default)]
pub struct Telling {
    /// Of the code itself, for a person.
    standings: Vec<String>,
    /// Of what tables say, for a person.
    lines: Vec<String>,
    /// For a script.
    fields: Map<String, Value>,
    not_loaded: Vec<&'static str>,
}

impl Telling {
    /// How the code stands, for a person.
    pub(super) fn standing(&mut self, line: String) {
        self.standings.push(line);
    }

    /// A line for a person.
    pub(super) fn line(&mut self, line: String) {
        self.lines.push(line);
    }

    /// A field for a script.
    pub(super) fn field(&mut self, name: &str, value: Value) {
        self.fields.insert(name.to_owned(), value);
    }

    /// The answer of a table: its line is taken, and the JSON given back for a field. `said` is the word for an answer
    /// that says something, and `value` gives its fields. Tables of which nothing at all is loaded come to one line.
    pub(super) fn table<T>(
        &mut self,
        table: Dataset,
        told: &Told<'_, T>,
        words: impl FnOnce(&T) -> String,
        said: &str,
        value: impl FnOnce(&T) -> Value,
    ) -> Value {
        match told {
            Told::NotLoaded { loaded } if loaded.is_empty() => self.not_loaded.push(table.title()),
            _ => self.line(format!("{table}: {}", say(told, words))),
        }
        let mut json = answer(told, said, value);
        extend(&mut json, json!({ "table": table }));
        json
    }

    /// What the tables say, a line each: `MUE, practitioner: at most 2 units …`. What is not loaded at all comes last.
    #[must_use]
    pub fn tables(&self) -> Vec<String> {
        let mut lines = self.lines.clone();
        if !self.not_loaded.is_empty() {
            lines.push(format!("not loaded: {}", self.not_loaded.join("; ")));
        }
        lines
    }

    /// Everything, as the fields of one object.
    #[must_use]
    pub fn into_fields(self) -> Map<String, Value> {
        self.fields
    }

    /// Writes the lines, or the fields as one line of JSON.
    pub(super) fn write(self, out: &mut dyn Write, as_json: bool) -> io::Result<()> {
        if as_json {
            return writeln!(out, "{}", Value::Object(self.fields));
        }
        self.standings.iter().chain(&self.tables()).try_for_each(|line| writeln!(out, "{line}"))
    }
}

/// In words.
pub(super) fn say<T>(told: &Told<'_, T>, words: impl FnOnce(&T) -> String) -> String {
    match told {
        Told::Said { value, edition, timeliness: Timeliness::OfTheDay } => {
            format!("{} ({})", words(value), edition.name)
        }
        Told::Said { value, edition, timeliness: Timeliness::History } => {
            format!("{} (history in {})", words(value), edition.name)
        }
        Told::NotInTable { edition } => {
            format!("not in the table ({}){}", edition.name, absence(edition.dataset))
        }
        Told::NotLoaded { loaded } if loaded.is_empty() => "not loaded".to_owned(),
        Told::NotLoaded { loaded } => {
            let names: Vec<&str> = loaded.iter().map(|edition| edition.name.as_str()).collect();
            format!("not loaded for that day; loaded is {}", names.join(", "))
        }
    }
}

/// What nobody may take the silence of an edit table for.
const fn absence(table: Dataset) -> &'static str {
    match table {
        Dataset::Ptp(_) | Dataset::Mue(_) | Dataset::MueSupplier | Dataset::AddOn => {
            ", which does not say that it is allowed"
        }
        _ => "",
    }
}

/// In JSON: `answer` is `said`, `not_in_table` or `not_loaded`, beside the fields of the value and its `edition`.
pub(super) fn answer<T>(told: &Told<'_, T>, said: &str, value: impl FnOnce(&T) -> Value) -> Value {
    match told {
        Told::Said { value: it, edition, timeliness } => {
            let mut line = value(it);
            let later = *timeliness == Timeliness::History;
            extend(&mut line, json!({ "answer": said, "edition": edition.name, "from_later_edition": later }));
            line
        }
        Told::NotInTable { edition } => json!({ "answer": "not_in_table", "edition": edition.name }),
        Told::NotLoaded { loaded } => {
            let names: Vec<&str> = loaded.iter().map(|edition| edition.name.as_str()).collect();
            json!({ "answer": "not_loaded", "loaded": names })
        }
    }
}

/// Adds fields to a line of JSON.
pub(super) fn extend(line: &mut Value, more: Value) {
    if let (Value::Object(line), Value::Object(more)) = (line, more) {
        line.extend(more);
    }
}
