//! The fields of a row. A row is a document; its number is its place among the rows as they were added.

use std::path::Path;

use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};

/// The folder's file that holds lexicon and targets.
pub(crate) fn pack() -> &'static Path {
    Path::new("codes.bin")
}

/// The fields.
pub(crate) struct Shape {
    pub(crate) schema: Schema,
    /// Its words: which rows hold a word, and nothing more.
    pub(crate) words: Field,
    /// Words that may stand beside it and change nothing.
    pub(crate) beside: Field,
    /// The number of its code, and ...
    pub(crate) target: Field,
    /// ... what it is, in one number: `target * FORMS + form`.
    pub(crate) cost: Field,
    /// The wording as shown; a title is left out, as the catalogue has it.
    pub(crate) text: Field,
}

/// Room for more forms than there are.
pub(crate) const FORMS: u64 = 16;
/// Costs are kept in thousandths.
pub(crate) const THOUSANDTHS: f32 = 1000.0;

impl Shape {
    pub(crate) fn new() -> Self {
        let mut schema = Schema::builder();
        let indexed = || {
            let indexing = TextFieldIndexing::default()
                .set_index_option(IndexRecordOption::Basic)
                .set_fieldnorms(false)
                .set_tokenizer("raw");
            TextOptions::default().set_indexing_options(indexing)
        };
        let words = schema.add_text_field("words", indexed());
        let beside = schema.add_text_field("beside", indexed());
        let target = schema.add_u64_field("target", FAST);
        let cost = schema.add_u64_field("cost", FAST);
        let text = schema.add_text_field("text", TextOptions::default() | STORED);
        Self { schema: schema.build(), words, beside, target, cost, text }
    }
}
