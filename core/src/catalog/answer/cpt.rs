//! What the operator's CPT files say of one code beside its descriptor. All of it is licensed text.

use jiff::civil::Date;

use super::{
    super::{
        dataset::Dataset,
        fact::cpt_words::{CptHistory, CptWords},
        sheet::{Fact as _, Unreadable},
    },
    Desk, Told,
};
use crate::domain::code::Code;

impl Desk {
    /// The descriptors of a code; `table` is [`Dataset::CptConsumer`] or [`Dataset::CptClinician`].
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn descriptors(&self, table: Dataset, code: &Code, day: Date) -> Result<Told<'_, CptWords>, Unreadable> {
        self.fact(table, code.as_str(), day)
    }

    /// What had happened to a code by that day.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn cpt_history(&self, code: &Code, day: Date) -> Result<Told<'_, CptHistory>, Unreadable> {
        self.ask(Dataset::CptHistory, code.as_str(), day, |body| {
            let mut history = CptHistory::from_body(body)?;
            history.changes.retain(|change| change.day <= day);
            Ok((!history.changes.is_empty()).then_some(history))
        })
    }
}
