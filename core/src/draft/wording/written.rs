//! What was kept of a model's wording. Stored with the facts of the draft that shows it, so that the page can tell who wrote
//! what, and so that the rule-written draft can be made of the same facts without it.

use serde::{Deserialize, Serialize};

use super::objection::Objection;
use crate::domain::instant::Instant;

/// A model's wording of some sections.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// The model, as configured.
    pub model: String,
    /// When it was asked.
    pub at: Instant,
    /// The version of instructions and schema.
    pub prompt: u32,
    /// The question; none where the rules' restatement stands.
    pub asked: Option<String>,
    /// What was added later, likewise.
    pub added: Option<String>,
    /// Section 2: the model's sentences, and those of the rules that it left out.
    pub short: Vec<String>,
    /// Section 4.
    pub why: Vec<String>,
    /// Section 8.
    pub rejected: Vec<String>,
    /// How many of its sentences stand in these.
    pub kept: usize,
    /// Why others do not.
    pub dropped: Vec<Objection>,
}
