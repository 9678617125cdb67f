//! The answer of a table, in words and in JSON: said, not in the table, or not loaded.

use caseconsult_core::catalog::answer::{Timeliness, Told};
use serde_json::{Map, Value, json};

/// What is told of one code, in both forms; which of them is printed is decided at the end.
#[derive(Debug, Default)]
pub(super) struct Telling {
    /// For a person.
    pub(super) lines: Vec<String>,
    /// For a script.
    pub(super) fields: Map<String, Value>,
}

impl Telling {
    /// A line for a person.
    pub(super) fn line(&mut self, line: String) {
        self.lines.push(line);
    }

    /// A field for a script.
    pub(super) fn field(&mut self, name: &str, value: Value) {
        self.fields.insert(name.to_owned(), value);
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
            format!("not in the table ({}), which does not say that it is allowed", edition.name)
        }
        Told::NotLoaded { loaded } if loaded.is_empty() => "not loaded".to_owned(),
        Told::NotLoaded { loaded } => {
            let names: Vec<&str> = loaded.iter().map(|edition| edition.name.as_str()).collect();
            format!("not loaded for that day; loaded is {}", names.join(", "))
        }
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
