//! What a diagnosis was, or is, in the other revision of the ICD.

use jiff::civil::Date;

use super::{
    super::{dataset::Dataset, fact::equivalent::Equivalents, sheet::Unreadable},
    Desk, Told,
};
use crate::domain::code::Code;

impl Desk {
    /// The possible equivalents of a diagnosis; `table` is [`Dataset::GemForward`] for an ICD-9-CM code and
    /// [`Dataset::GemBackward`] for one of ICD-10-CM.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn equivalents(
        &self,
        table: Dataset,
        diagnosis: &Code,
        day: Date,
    ) -> Result<Told<'_, Equivalents>, Unreadable> {
        self.fact(table, diagnosis.as_str(), day)
    }
}
