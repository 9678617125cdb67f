//! What the NCCI tables say of one code on a day.

use jiff::civil::Date;

use super::{
    super::{
        dataset::Dataset,
        fact::{
            add_on::{AddOn, AddOnPrimary},
            mue::UnitLimit,
        },
        procedure_code::ProcedureCode,
        sheet::{Fact as _, Unreadable},
    },
    Desk, Told,
};

impl Desk {
    /// How many units of a code are paid at most; `table` is [`Dataset::Mue`] of a setting, or
    /// [`Dataset::MueSupplier`]. Not all limits are published: that none is found does not say that there is none.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn units(&self, table: Dataset, code: ProcedureCode, day: Date) -> Result<Told<'_, UnitLimit>, Unreadable> {
        self.fact(table, code.as_str(), day)
    }

    /// What an add-on code may be added to on that day. That nothing is found says that the table does not list it as
    /// an add-on code.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn add_on(&self, code: ProcedureCode, day: Date) -> Result<Told<'_, Vec<AddOnPrimary>>, Unreadable> {
        self.ask(Dataset::AddOn, code.as_str(), day, |body| {
            let primaries: Vec<AddOnPrimary> = AddOn::from_body(body)?.on(day).cloned().collect();
            Ok((!primaries.is_empty()).then_some(primaries))
        })
    }
}
