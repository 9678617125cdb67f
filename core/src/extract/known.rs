//! What the extractor may ask of a catalogue: does anybody list this code?

use crate::{
    catalog::{Dataset, Shelf},
    domain::code::{Code, CodeSystem},
};

/// A catalogue, as far as reading a mail needs it. Being listed speaks for a code; not being listed says nothing,
/// since the editions at hand may be few.
pub trait Known {
    /// Whether any edition lists the code, on any day; none when no edition of that system is at hand.
    fn knows(&self, system: CodeSystem, code: &Code) -> Option<bool>;
}

/// No catalogue at all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nothing;

impl Known for Nothing {
    fn knows(&self, _system: CodeSystem, _code: &Code) -> Option<bool> {
        None
    }
}

impl Known for Shelf {
    fn knows(&self, system: CodeSystem, code: &Code) -> Option<bool> {
        if Self::knows(self, system, code) {
            return Some(true);
        }
        self.holds(Dataset::Codes(system)).then_some(false)
    }
}
