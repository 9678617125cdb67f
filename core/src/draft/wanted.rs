//! What the desk must hold for the draft of a case, or for the guard: which tables, under which keys, for which days.
//! Tables of which nothing is loaded cost nothing, so that only the kinds of question decide what is asked for. Called by
//! the draft worker, the `draft` command and whoever runs the guard.

use jiff::civil::Date;

use super::{
    brief::{Mail, received},
    edits::procedure,
    kind::{self, Kind},
    service_date::ServiceDate,
};
use crate::{
    catalog::{
        Dataset, Setting,
        fact::{lab_ncd, tabular},
    },
    domain::code::{Code, CodeSystem},
};

/// Diagnoses that are looked up; each costs as many keys as it has characters.
const MOST_DIAGNOSES: usize = 60;

/// What is asked of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The tables, on both sides of a claim: a mail seldom says which side it is about.
    pub tables: Vec<Dataset>,
    /// The keys: procedures, diagnoses with their beginnings, groups.
    pub keys: Vec<String>,
    /// The days of service.
    pub days: Vec<Date>,
}

impl Wanted {
    /// For the guard, about a text with these codes on these days.
    #[must_use]
    pub fn for_codes<'a>(codes: impl IntoIterator<Item = (CodeSystem, &'a Code)>, days: Vec<Date>) -> Self {
        let mut wanted = Self { tables: Vec::new(), keys: Vec::new(), days };
        wanted.codes(codes);
        wanted
    }

    /// For the draft of a case with these mails, which ask these kinds.
    #[must_use]
    pub fn for_mails(mails: &[Mail<'_>], asked: &[kind::Asked]) -> Self {
        let mentions = || mails.iter().flat_map(|mail| &mail.reading.mentions);
        let days = ServiceDate::read(mails, received(mails)).days;
        let mut wanted = Self { tables: Vec::new(), keys: Vec::new(), days };
        wanted.codes(mentions().map(|mention| (mention.system, &mention.code)));
        let has = |systems: &[CodeSystem]| mentions().any(|mention| systems.contains(&mention.system));
        let has_procedure = has(&[CodeSystem::Cpt, CodeSystem::Hcpcs]);
        let has_diagnosis = has(&[CodeSystem::Icd10Cm]);
        if has_procedure {
            wanted.tables.push(Dataset::RelativeValues);
        }
        if has_diagnosis {
            wanted.tables.push(Dataset::Icd10CmConversion);
        }
        let asks = |kinds: &[Kind]| asked.iter().any(|one| kinds.contains(&one.kind));
        if has_procedure || has_diagnosis {
            if asks(&[Kind::K4, Kind::K6, Kind::K12, Kind::K15]) {
                wanted.tables.extend([Dataset::LabNcd, Dataset::McdArticles]);
                wanted.keys.push(lab_ncd::OTHERS.to_owned());
            }
            if asks(&[Kind::K14]) || has(&[CodeSystem::MsDrg, CodeSystem::Icd10Pcs]) {
                wanted.tables.extend([Dataset::Mcc, Dataset::Cc, Dataset::PoaExempt]);
            }
        }
        if has(&[CodeSystem::MsDrg]) {
            wanted.tables.push(Dataset::DrgWeights);
        }
        wanted
    }

    /// The same with these codes, which no mail names.
    #[must_use]
    pub fn and_codes(mut self, accepted: &[(CodeSystem, Code)]) -> Self {
        if !accepted.is_empty() {
            self.codes(accepted.iter().map(|(system, code)| (*system, code)));
            let is_procedure = accepted.iter().any(|(system, _)| matches!(system, CodeSystem::Cpt | CodeSystem::Hcpcs));
            self.tables.extend(is_procedure.then_some(Dataset::RelativeValues));
            self.tables.sort_unstable();
            self.tables.dedup();
        }
        self
    }

    /// The edit tables and the tabular list, under the keys of these codes.
    fn codes<'a>(&mut self, codes: impl IntoIterator<Item = (CodeSystem, &'a Code)>) {
        let mut diagnoses = 0;
        for (system, code) in codes {
            match system {
                CodeSystem::Icd10Cm if diagnoses < MOST_DIAGNOSES => {
                    diagnoses += 1;
                    self.keys.extend(tabular::keys(code));
                }
                CodeSystem::MsDrg => self.keys.push(code.as_str().to_owned()),
                _ => self.keys.extend(procedure(system, code).map(|code| code.as_str().to_owned())),
            }
        }
        self.keys.sort_unstable();
        self.keys.dedup();
        let both = Setting::ALL.into_iter();
        self.tables.extend(both.clone().map(Dataset::Ptp).chain(both.map(Dataset::Mue)));
        self.tables.extend([Dataset::MueSupplier, Dataset::AddOn]);
        if diagnoses > 0 {
            self.tables.push(Dataset::Icd10CmTabular);
        }
    }
}
