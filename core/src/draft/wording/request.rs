//! The body of a chat completion (`POST …/chat/completions`) that asks for the wording: instructions, the statements as data,
//! and the JSON schema of the answer, in which ids and codes are enumerations of what there is. It holds no address, no
//! subject and no name of a case. Bounded: what is too much is not asked.

use serde_json::{Value, json};

use super::{refusal::Refusal, section::Section, statements::Statements};

/// The version of instructions and schema; stored with every wording.
pub const PROMPT: u32 = 1;

/// The longest body, bytes. The statements of a large case are a tenth of it.
const MOST_BYTES: usize = 48 * 1024;

/// Tokens that the answer may have: about 4,000 characters, twice the longest sections.
const MOST_TOKENS: u32 = 1200;

const INSTRUCTIONS: &str = include_str!("instructions.txt");

/// The request for these statements to this model, as JSON.
///
/// # Errors
/// [`Refusal::TooMuch`] when it would be too long.
pub fn body(statements: &Statements, model: &str) -> Result<String, Refusal> {
    let facts: Vec<Value> = statements
        .list
        .iter()
        .map(|one| match one.section {
            Some(section) => json!({ "id": one.id, "section": section.as_str(), "text": one.text }),
            None => json!({ "id": one.id, "text": one.text }),
        })
        .collect();
    let material = json!({ "statements": facts, "codes": statements.candidates }).to_string();
    let body = json!({
        "model": model,
        "temperature": 0,
        "max_tokens": MOST_TOKENS,
        "stream": false,
        "messages": [
            { "role": "system", "content": INSTRUCTIONS },
            { "role": "user", "content": material },
        ],
        "response_format": {
            "type": "json_schema",
            "json_schema": { "name": "wording", "strict": true, "schema": schema(statements) },
        },
    })
    .to_string();
    if body.len() > MOST_BYTES { Err(Refusal::TooMuch) } else { Ok(body) }
}

/// The schema of the answer. A strict schema demands all properties and allows no other; lengths are checked when the answer is
/// read, since not every server knows those keywords.
fn schema(statements: &Statements) -> Value {
    let sentences = |section: Section| {
        let ids: Vec<&str> =
            statements.list.iter().filter(|one| one.supports(section)).map(|one| one.id.as_str()).collect();
        // An enumeration of nothing is no schema: then only an empty list fits.
        let list_of = |values: &[&str]| {
            if values.is_empty() {
                json!({ "type": "array", "items": { "type": "string", "enum": ["none"] } })
            } else {
                json!({ "type": "array", "items": { "type": "string", "enum": values } })
            }
        };
        let candidates: Vec<&str> = statements.candidates.iter().map(String::as_str).collect();
        json!({
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "text": { "type": "string" },
                    "facts": list_of(&ids),
                    "codes": list_of(&candidates),
                },
                "required": ["text", "facts", "codes"],
                "additionalProperties": false,
            },
        })
    };
    let names: Vec<&str> = Section::ALL.iter().map(|section| section.as_str()).collect();
    let properties: serde_json::Map<String, Value> =
        Section::ALL.into_iter().map(|section| (section.as_str().to_owned(), sentences(section))).collect();
    json!({ "type": "object", "properties": properties, "required": names, "additionalProperties": false })
}
