//! A file of house rules as TOML has it, each value with its place: what `file` makes typed values from. Keys that nobody
//! knows are mistakes, since a rule whose condition is misspelt would hold everywhere.

use serde::Deserialize;
use toml::{Spanned, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    #[serde(default)]
    pub(super) rule: Vec<WrittenRule>,
    #[serde(default)]
    pub(super) snippet: Vec<WrittenSnippet>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenRule {
    pub(super) id: Spanned<String>,
    pub(super) owner: Spanned<String>,
    pub(super) from: Option<Spanned<Value>>,
    pub(super) until: Spanned<Value>,
    pub(super) section: Option<Spanned<String>>,
    pub(super) statement: Spanned<String>,
    #[serde(default)]
    pub(super) when: WrittenCondition,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenCondition {
    pub(super) kinds: Option<Texts>,
    pub(super) systems: Option<Texts>,
    pub(super) codes: Option<Texts>,
    pub(super) with_codes: Option<Texts>,
    pub(super) modifiers: Option<Texts>,
    pub(super) payers: Option<Texts>,
    pub(super) service: Option<Spanned<WrittenInterval>>,
}

pub(super) type Texts = Spanned<Vec<Spanned<String>>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenInterval {
    pub(super) from: Option<Spanned<Value>>,
    pub(super) to: Option<Spanned<Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenSnippet {
    pub(super) name: Spanned<String>,
    pub(super) owner: Option<Spanned<String>>,
    pub(super) until: Option<Spanned<Value>>,
    pub(super) text: Spanned<String>,
}
