//! Brand names → the drugs that a code list names by substance.
//!
//! A list of substances says "KETOROLAC TROMETHAMINE" and a title "Injection, ketorolac tromethamine, per 15 mg"; the
//! brand belongs to the code when the substance's first word opens the title's name of the drug. Salts and esters come
//! second in both. Called by the crate that makes the index.

use std::collections::HashMap;

use super::wording::{Form, Wording, leading_words};
use crate::{
    catalog::{Entry, fact::brand::Brand},
    domain::code::CodeSystem,
};

/// Shorter names are words of other things.
const SHORTEST: usize = 5;

/// Brand names with their substance, by its first word.
#[derive(Clone, Debug, Default)]
pub struct Brands(HashMap<String, Vec<(String, String)>>);

impl Brands {
    /// Adds a brand.
    pub fn add(&mut self, name: &str, brand: &Brand) {
        for substance in &brand.substances {
            let first = leading_words(&substance.name).into_iter().find(|word| word.len() >= SHORTEST);
            if let Some(first) = first {
                self.0.entry(first).or_default().push((name.to_owned(), substance.name.clone()));
            }
        }
    }

    /// The wordings that brands make for a code of a drug.
    #[must_use]
    pub fn wordings(&self, entry: &Entry) -> Vec<Wording> {
        let is_drug =
            entry.system == CodeSystem::Hcpcs && entry.code.as_str().starts_with(['J', 'Q', 'S', 'C', 'A', 'G', 'P']);
        if !is_drug {
            return Vec::new();
        }
        let rest = entry.title.text.to_ascii_lowercase();
        let name = rest.strip_prefix("injection").map_or(rest.as_str(), |rest| rest.trim_start_matches([',', ' ']));
        let Some(first) = leading_words(name).into_iter().find(|word| word.len() >= SHORTEST) else {
            return Vec::new();
        };
        let brands = self.0.get(&first).map(Vec::as_slice).unwrap_or_default();
        brands
            .iter()
            .map(|(brand, substance)| Wording {
                form: Form::Brand,
                system: entry.system,
                code: entry.code.clone(),
                text: brand.clone(),
                beside: substance.clone(),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;
    use crate::{
        catalog::{Descriptor, Interval, TextSource, fact::brand::Substance},
        domain::{code::Code, ids::EditionId},
    };

    #[test]
    fn a_brand_leads_to_the_codes_of_its_substance_and_to_no_other() {
        let mut brands = Brands::default();
        for (brand, substance) in [("NOSTRUM", "PLACEBINE HYDROCHLORIDE"), ("PANACEA", "SUGARINE")] {
            let substance = Substance { name: substance.to_owned(), unii: "AAAAAAAAAA".to_owned() };
            brands.add(brand, &Brand { substances: vec![substance] });
        }
        let found = |title: &str| {
            let entry = Entry {
                edition: EditionId::new(Uuid::from_u128(1)),
                system: CodeSystem::Hcpcs,
                code: Code::normal(CodeSystem::Hcpcs, "J9999"),
                title: Descriptor { text: title.to_owned(), source: TextSource::Public },
                short_title: String::new(),
                billable: true,
                valid: Interval { from: date(2020, 1, 1), to: None },
                see_also: Vec::new(),
            };
            brands.wordings(&entry).into_iter().map(|row| row.text).collect::<Vec<_>>()
        };
        assert_eq!(found("Injection, placebine, 5 mg"), ["NOSTRUM"]);
        assert_eq!(found("Injection, sugarine citrate, 1 mg"), ["PANACEA"]);
        assert!(found("Wheelchair, standard").is_empty());
    }
}
